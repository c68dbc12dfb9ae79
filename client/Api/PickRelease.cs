using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Picking;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Which work goes on a pick list, and from where its units are taken.</summary>
static class PickRelease
{
    /// <summary>How many of the oldest fulfilment orders are looked at for those that must leave first.</summary>
    const int MostOpen = 1_000;

    /// <summary>
    /// Fulfilment orders of the node on no list, those that must leave first: open ones, and those whose list was given
    /// up.
    /// </summary>
    public static List<(string Order, int Number)> Choose(Backend backend, string seller, string node, int most)
    {
        var listed = backend.Views.Picks.Listed(seller, node).ToHashSet();
        var givenUp = backend.Views.Picks.GivenUp(seller, node).ToHashSet();
        // What is on a list stays open until somebody claims it.
        var open = backend.Views.Fulfilments.List(
            seller, node, Said(FulfilmentStatus.Open), null, null, MostOpen + listed.Count).Items;
        var begun = givenUp.Count == 0 ? [] : backend.Views.Fulfilments.List(
            seller, node, Said(FulfilmentStatus.InProgress), null, null, MostOpen).Items;
        return
        [
            .. begun.Where(r => givenUp.Contains((r.Order, r.Fulfilment.Number))).Concat(open)
                .Where(r => !listed.Contains((r.Order, r.Fulfilment.Number)))
                .OrderBy(r => r.Fulfilment.ShipBy ?? DateTimeOffset.MaxValue).ThenBy(r => r.OpenedAt)
                .ThenBy(r => r.Position).Take(most).Select(r => (r.Order, r.Fulfilment.Number)),
        ];
    }

    /// <summary>The list of this work; throws where one cannot be picked.</summary>
    public static async ValueTask<PickTerms> Terms(
        Backend backend, Seat seat, string node, PickMethod method, string? wave,
        IReadOnlyList<(string Order, int Number)> work, CancellationToken cancel)
    {
        var live = await Live(backend, seat, node, cancel);
        List<PickFor> orders = [];
        List<(int Work, LineUnits Line, string Sku)> wanted = [];
        Dictionary<(int Work, string Line), SoldAs> sold = [];
        DateTimeOffset? due = null;
        for (var i = 0; i < work.Count; i++)
        {
            var (order, number) = work[i];
            var known = await seat.Order(order).Get(cancel);
            var fulfilment = number <= known?.Fulfilments.Length ? known.Fulfilments[number - 1] : null;
            Check(fulfilment, node, OrderBodies.FulfilmentId(order, number), $"/fulfilmentOrders/{i}");
            if (live.FirstOrDefault(l => l.Sheet.Terms.For.Any(f => f.Order == order && f.Fulfilment == number)).Id
                is { } other)
            {
                throw new ProblemException(Problem.Conflict(
                    "already-listed", $"{OrderBodies.FulfilmentId(order, number)} is on pick list {other}."));
            }

            orders.Add(new(order, number));
            if (fulfilment!.ShipBy < (due ?? DateTimeOffset.MaxValue)) due = fulfilment.ShipBy;
            foreach (var line in fulfilment.Lines)
                if (SoldLines.Of(known!, line.Line) is { } told) sold[(orders.Count, line.Line)] = told;
            wanted.AddRange(fulfilment.Lines.Where(l => l.MayLeave > 0)
                .Select(l => (orders.Count, new LineUnits(l.Line, l.MayLeave), l.Sku)));
        }

        var (tasks, walk) = await Walk(
            seat, node, await Tasks(seat, node, orders, wanted, Promised(live), cancel), cancel);
        if (tasks.IsEmpty)
            throw new ProblemException(Problem.Conflict("nothing-to-pick", "All units of it are in totes."));
        if (sold.Count > 0)
            tasks = [.. tasks.Select(t => t with { SoldAs = sold.GetValueOrDefault((t.Work, t.OrderLine)) })];
        return tasks.Length <= PickList.MaxLines ? new(node, method, [.. orders], tasks, wave, due, walk)
            : throw new ProblemException(Problem.Invalid(
                "/fulfilmentOrders", "too-many-lines", $"have {tasks.Length} lines: at most {PickList.MaxLines}"));
    }

    /// <summary>The lists of the node that are not picked yet.</summary>
    static async ValueTask<List<(string Id, PickSheet Sheet)>> Live(
        Backend backend, Seat seat, string node, CancellationToken cancel)
    {
        List<(string, PickSheet)> live = [];
        foreach (var id in backend.Views.Picks.Live(seat.Seller, node))
        {
            if ((await seat.PickList(id).Get(cancel)).Sheet is { } sheet
                && sheet.Status is PickListStatus.Released or PickListStatus.Picking) live.Add((id, sheet));
        }

        return live;
    }

    /// <summary>What other lists will take, and from where.</summary>
    static Dictionary<(string Sku, string Bin, string? Lot), long> Promised(List<(string Id, PickSheet Sheet)> live) =>
        live.SelectMany(l => l.Sheet.Lines).Where(l => l.Bin is not null && l.Left + l.Asked > 0)
            .GroupBy(l => (l.Sku, l.Bin!, l.Lot)).ToDictionary(g => g.Key, g => g.Sum(l => (long)l.Left + l.Asked));

    static void Check(Fulfilment? fulfilment, string node, string id, string field)
    {
        if (fulfilment is null)
            throw new ProblemException(Problem.Invalid(field, "unknown-fulfilment-order", $"there is no {id}"));
        if (fulfilment.Node != node)
            throw new ProblemException(Problem.Invalid(field, "other-node", $"{id} is given to {fulfilment.Node}"));
        if (fulfilment.Lines.All(l => l.MayLeave <= 0))
            throw new ProblemException(Problem.Conflict("nothing-to-pick", $"{id} has no open units."));
        if (fulfilment.Status is FulfilmentStatus.OnHold or FulfilmentStatus.Scheduled)
            throw new ProblemException(Problem.Conflict("on-hold", $"{id} is {Said(fulfilment.Status)}."));
    }

    static string Said(FulfilmentStatus status) => Words<FulfilmentStatus>.Of(status);

    /// <summary>In the order of the shortest walk from where orders are packed; what has no place comes last.</summary>
    static async ValueTask<(ImmutableArray<PickTask> Tasks, PickWalk? Walk)> Walk(
        Seat seat, string node, List<PickTask> tasks, CancellationToken cancel)
    {
        // As they would be gone to order by order.
        var bins = tasks.OrderBy(t => t.Work).Select(t => t.Bin).OfType<string>().Distinct().Take(PickPath.MaxStops)
            .ToArray();
        var floor = await seat.Layout(node).Floor(bins, cancel);
        var index = floor.Bins.Select((b, i) => (b.Id, i)).ToDictionary(b => b.Id, b => b.i, StringComparer.Ordinal);
        var stops = bins.Where(index.ContainsKey).Select(b => index[b]).ToList();
        if (stops.Count == 0) return ([.. tasks.OrderBy(t => t.Bin ?? "\uffff", StringComparer.Ordinal)], null);
        var (start, _) = PickPathsApi.Start(node, floor, null);
        var tour = PickPath.Over(floor.Aisles, floor.Bins, start).Tour(stops);
        var rank = tour.Legs.Select((l, i) => (l.Bin, i)).ToDictionary(l => l.Bin, l => l.i, StringComparer.Ordinal);
        return (
            [
                .. tasks.OrderBy(t => t.Bin is null ? int.MaxValue : rank.GetValueOrDefault(t.Bin, int.MaxValue - 1))
                    .ThenBy(t => t.Bin, StringComparer.Ordinal).ThenBy(t => t.Work),
            ],
            tour is { LengthMm: { } length, SShapeMm: { } shape, NaiveMm: { } naive }
                ? new(length, shape, naive, tour.IsShortest) : null);
    }

    /// <summary>
    /// From where the units of each line are taken that are not picked yet: first what is to be sold first; of that,
    /// from pick faces; of those, where little is left.
    /// </summary>
    static async ValueTask<List<PickTask>> Tasks(
        Seat seat, string node, List<PickFor> orders, List<(int Work, LineUnits Line, string Sku)> wanted,
        Dictionary<(string Sku, string Bin, string? Lot), long> promised, CancellationToken cancel)
    {
        Dictionary<string, Bin?> bins = [];
        List<PickTask> tasks = [];
        foreach (var group in wanted.GroupBy(w => w.Sku, StringComparer.Ordinal))
        {
            var at = EntityId.Of(InventoryCalls.Kind, seat.Seller, group.Key);
            var reply = await seat.Cluster.Ask(at, new SkuCommand.GetSlots(node), seat.Origin, cancel);
            // What may not be sold is not picked.
            var blocked = reply.Lots.Where(l => l.Status != LotStatus.Good).Select(l => l.Id).ToHashSet();
            var slots = reply.Slots.Where(
                s => s is { State: StockState.Available, Order: null, Bin: not null } && s.Node == node
                    && (s.Lot is null || !blocked.Contains(s.Lot))).ToList();
            foreach (var bin in slots.Select(s => s.Bin!).Distinct().Where(b => !bins.ContainsKey(b)))
                bins[bin] = (await seat.Layout(node).Bin(bin, cancel)).Bin?.Bin;
            var picked = reply.Slots.Where(s => s.Node == node && s.Order is not null)
                .GroupBy(s => s.Order!).ToDictionary(g => g.Key, g => g.Sum(s => s.Units));
            Take(
                tasks, Unpicked(group, orders, picked),
                [
                    .. Ordered(slots, bins, reply.Card?.Tracking?.Lots == true).Select(s => (
                        s, s.Units - promised.GetValueOrDefault((group.Key, s.Bin!, s.Lot)))),
                ]);
        }

        return tasks;
    }

    /// <summary>The lines without what lies in totes for their orders.</summary>
    static IEnumerable<(int Work, LineUnits Line, string Sku)> Unpicked(
        IEnumerable<(int Work, LineUnits Line, string Sku)> lines, List<PickFor> orders,
        Dictionary<string, long> picked)
    {
        foreach (var (work, line, sku) in lines)
        {
            var order = orders[work - 1].Order;
            var there = (int)Math.Min(line.Units, picked.GetValueOrDefault(order));
            picked[order] = picked.GetValueOrDefault(order) - there;
            if (line.Units > there) yield return (work, new(line.Line, line.Units - there), sku);
        }
    }

    static IEnumerable<Slot> Ordered(List<Slot> slots, Dictionary<string, Bin?> bins, bool lots)
    {
        Dictionary<string, int> order = [];
        foreach (var slot in slots) order.TryAdd(slot.Lot ?? "", order.Count);
        return slots.OrderBy(s => lots ? order[s.Lot ?? ""] : 0)
            .ThenBy(s => bins[s.Bin!]?.Role != BinRole.PickFace).ThenBy(s => s.Units)
            .ThenBy(s => s.Bin, StringComparer.Ordinal);
    }

    /// <summary>Takes the lines' units from the slots in turn; what lies in no bin is to be looked for.</summary>
    static void Take(
        List<PickTask> tasks, IEnumerable<(int Work, LineUnits Line, string Sku)> lines,
        List<(Slot Slot, long Left)> slots)
    {
        foreach (var (work, line, sku) in lines)
        {
            var units = line.Units;
            for (var i = 0; i < slots.Count && units > 0; i++)
            {
                var most = (int)Math.Min(units, slots[i].Left);
                if (most <= 0) continue;
                tasks.Add(new(work, line.Line, sku, slots[i].Slot.Bin, slots[i].Slot.Lot, most));
                slots[i] = (slots[i].Slot, slots[i].Left - most);
                units -= most;
            }

            if (units > 0) tasks.Add(new(work, line.Line, sku, null, null, units));
        }
    }
}
