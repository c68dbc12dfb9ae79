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

    /// <summary>Open fulfilment orders of the node on no list, those that must leave first.</summary>
    public static List<(string Order, int Number)> Choose(Backend backend, string seller, string node, int most)
    {
        var listed = backend.Views.Picks.Listed(seller, node).ToHashSet();
        return
        [
            .. backend.Views.Fulfilments.List(seller, node, Said(FulfilmentStatus.Open), null, null, MostOpen).Items
                .Where(r => !listed.Contains((r.Order, r.Fulfilment.Number)))
                .OrderBy(r => r.Fulfilment.ShipBy ?? DateTimeOffset.MaxValue).ThenBy(r => r.OpenedAt)
                .ThenBy(r => r.Position).Take(most).Select(r => (r.Order, r.Fulfilment.Number)),
        ];
    }

    /// <summary>The list of this work; throws where one cannot be picked.</summary>
    public static async ValueTask<PickTerms> Terms(
        Seat seat, string node, PickMethod method, string? wave, IReadOnlyList<(string Order, int Number)> work,
        CancellationToken cancel)
    {
        List<PickFor> orders = [];
        List<(int Work, LineUnits Line, string Sku)> wanted = [];
        DateTimeOffset? due = null;
        for (var i = 0; i < work.Count; i++)
        {
            var (order, number) = work[i];
            var fulfilment = (await seat.Order(order).Get(cancel)) is { } known && number <= known.Fulfilments.Length
                ? known.Fulfilments[number - 1] : null;
            Check(fulfilment, node, OrderBodies.FulfilmentId(order, number), $"/fulfilmentOrders/{i}");
            orders.Add(new(order, number));
            if (fulfilment!.ShipBy < (due ?? DateTimeOffset.MaxValue)) due = fulfilment.ShipBy;
            wanted.AddRange(fulfilment.Lines.Where(l => l.MayLeave > 0)
                .Select(l => (orders.Count, new LineUnits(l.Line, l.MayLeave), l.Sku)));
        }

        var (tasks, walk) = await Walk(seat, node, await Tasks(seat, node, wanted, cancel), cancel);
        return tasks.Length <= PickList.MaxLines ? new(node, method, [.. orders], tasks, wave, due, walk)
            : throw new ProblemException(Problem.Invalid(
                "/fulfilmentOrders", "too-many-lines", $"have {tasks.Length} lines: at most {PickList.MaxLines}"));
    }

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
    /// From where the units of each line are taken: first what is to be sold first; of that, from pick faces; of those,
    /// where little is left.
    /// </summary>
    static async ValueTask<List<PickTask>> Tasks(
        Seat seat, string node, List<(int Work, LineUnits Line, string Sku)> wanted, CancellationToken cancel)
    {
        Dictionary<string, Bin?> bins = [];
        List<PickTask> tasks = [];
        foreach (var group in wanted.GroupBy(w => w.Sku, StringComparer.Ordinal))
        {
            var at = EntityId.Of(InventoryCalls.Kind, seat.Seller, group.Key);
            var reply = await seat.Cluster.Ask(at, new SkuCommand.GetSlots(node), seat.Origin, cancel);
            var slots = reply.Slots.Where(
                s => s is { State: StockState.Available, Order: null, Bin: not null } && s.Node == node).ToList();
            foreach (var bin in slots.Select(s => s.Bin!).Distinct().Where(b => !bins.ContainsKey(b)))
                bins[bin] = (await seat.Layout(node).Bin(bin, cancel)).Bin?.Bin;
            Take(tasks, group, Ordered(slots, bins, reply.Card?.Tracking?.Lots == true));
        }

        return tasks;
    }

    static List<(Slot Slot, long Left)> Ordered(List<Slot> slots, Dictionary<string, Bin?> bins, bool lots)
    {
        var order = lots ? [.. slots.Select(s => s.Lot).Distinct()] : (List<string?>)[null];
        return
        [
            .. slots.OrderBy(s => lots ? order.IndexOf(s.Lot) : 0)
                .ThenBy(s => bins[s.Bin!]?.Role != BinRole.PickFace).ThenBy(s => s.Units)
                .ThenBy(s => s.Bin, StringComparer.Ordinal).Select(s => (s, s.Units)),
        ];
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
                if (most == 0) continue;
                tasks.Add(new(work, line.Line, sku, slots[i].Slot.Bin, slots[i].Slot.Lot, most));
                slots[i] = (slots[i].Slot, slots[i].Left - most);
                units -= most;
            }

            if (units > 0) tasks.Add(new(work, line.Line, sku, null, null, units));
        }
    }
}
