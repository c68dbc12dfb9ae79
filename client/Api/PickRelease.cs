using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Picking;
using Fulfillment.Views;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>
/// From where the units of work are taken. <c>Volumes</c>: of a unit of each SKU, as far as its card tells.
/// <c>Seen</c>: of the roster, before it was looked where units lie.
/// </summary>
sealed record PickTasks(List<PickTask> Tasks, Dictionary<string, long> Volumes, long Seen);

/// <summary>
/// A fulfilment order to be picked. <c>Sold</c>: as what its lines were sold, those that are more than a plain SKU.
/// <c>Velocity</c>: of its fastest SKU. <c>Since</c>: when it was opened.
/// </summary>
sealed record PickWorkload(
    string Order, int Number, Fulfilment Fulfilment, Dictionary<string, SoldAs> Sold, (long At, long Position) Since,
    long Velocity = 0);

/// <summary>Which work goes on pick lists, and from where its units are taken.</summary>
static class PickRelease
{
    /// <summary>How many of the oldest fulfilment orders are looked at for those that must leave first.</summary>
    const int MostOpen = 1_000;

    /// <summary>The most of those that are begun, and on no list, which are looked at.</summary>
    const int MostBegun = 5_000;

    /// <summary>Units that left the node within this time tell how fast a SKU is.</summary>
    public static readonly TimeSpan VelocityOver = TimeSpan.FromDays(30);

    /// <summary>
    /// Fulfilment orders of the node that are on lists which are not picked yet. Lists of old journals only the views
    /// know.
    /// </summary>
    public static async ValueTask<HashSet<(string Order, int Number)>> Listed(
        Backend backend, Seat seat, string node, CancellationToken cancel)
    {
        var roster = await seat.PickRoster(node).Get(cancel);
        HashSet<(string, int)> listed =
            [.. roster.Lists.SelectMany(l => l.Works).Select(w => (w.Order, w.Fulfilment))];
        foreach (var id in backend.Views.Picks.Live(seat.Seller, node).Except(roster.Lists.Select(l => l.Id)))
        {
            if ((await seat.PickList(id).Get(cancel)).Sheet is not { } sheet
                || sheet.Status is not (PickListStatus.Released or PickListStatus.Picking)) continue;
            listed.UnionWith(sheet.Works.Where(w => w.State != PickWorkState.Dropped)
                .Select(w => (w.Order, w.Fulfilment)));
        }

        return listed;
    }

    /// <summary>
    /// Fulfilment orders of the node on no list: open ones, and those that were on one and have units that nobody has
    /// picked. First what must leave first; of that what was promised to arrive first, then what has the fastest SKU,
    /// then the oldest.
    /// </summary>
    public static async ValueTask<List<PickWorkload>> Choose(
        Backend backend, Seat seat, string node, int most, HashSet<(string Order, int Number)> listed,
        CancellationToken cancel)
    {
        // What is on a list stays open until somebody claims it.
        var open = backend.Views.Fulfilments.List(
            seat.Seller, node, Said(FulfilmentStatus.Open), null, null, MostOpen + listed.Count).Items;
        var rows = LeftOver(backend, seat, node, listed)
            .Concat(open.Where(r => !listed.Contains((r.Order, r.Fulfilment.Number))))
            .OrderBy(r => r.Fulfilment.ShipBy ?? DateTimeOffset.MaxValue).ToList();
        // All that leave together: which of them are first only their orders tell.
        var last = rows.Count > most ? rows[most - 1].Fulfilment.ShipBy : null;
        var asked = last is null ? rows : rows.TakeWhile(r => r.Fulfilment.ShipBy <= last).ToList();
        List<PickWorkload> found = [];
        foreach (var row in asked)
        {
            var work = await Find(seat, row.Order, row.Fulfilment.Number, (row.OpenedAt, row.Position), cancel);
            if (work is not null && Why(work.Fulfilment, node) is null) found.Add(work);
        }

        return [.. Ordered(WithVelocity(backend, seat, node, found)).Take(most)];
    }

    /// <summary>
    /// Work of lists that were given up, or that had no room for all of it, or dropped it. What was never on a list
    /// somebody else has begun, who picks it in his own way.
    /// </summary>
    static IEnumerable<FulfilmentRow> LeftOver(
        Backend backend, Seat seat, string node, HashSet<(string Order, int Number)> listed)
    {
        List<FulfilmentRow> begun = [];
        string? after = null;
        do
        {
            var page = backend.Views.Fulfilments.List(
                seat.Seller, node, Said(FulfilmentStatus.InProgress), null, after, MostOpen);
            begun.AddRange(page.Items.Where(r => !listed.Contains((r.Order, r.Fulfilment.Number))
                && r.Fulfilment.Lines.Any(l => l.MayLeave > 0)));
            after = page.Next;
        }
        while (after is not null && begun.Count < MostBegun);
        if (begun.Count == 0) return [];
        var were = backend.Views.Picks.Listed(seat.Seller, begun.Select(r => r.Order));
        begun.RemoveAll(r => !were.Contains((r.Order, r.Fulfilment.Number)));
        var picked = backend.Views.Slots.Picked(
            seat.Seller, node, begun.SelectMany(r => r.Fulfilment.Lines).Select(l => l.Sku));
        return begun.Where(r => r.Fulfilment.Lines.GroupBy(l => l.Sku).Any(
            g => g.Sum(l => (long)l.MayLeave) > picked.GetValueOrDefault((r.Order, g.Key))));
    }

    /// <summary>These, in the order told; throws where one cannot be picked.</summary>
    public static async ValueTask<List<PickWorkload>> Named(
        Backend backend, Seat seat, string node, IReadOnlyList<(string Order, int Number)> work,
        HashSet<(string Order, int Number)> listed, CancellationToken cancel)
    {
        List<PickWorkload> found = [];
        for (var i = 0; i < work.Count; i++)
        {
            var (order, number) = work[i];
            var id = OrderBodies.FulfilmentId(order, number);
            var field = $"/fulfilmentOrders/{i}";
            var told = await Find(seat, order, number, (i, i), cancel) ?? throw new ProblemException(
                Problem.Invalid(field, "unknown-fulfilment-order", $"there is no {id}"));
            var fulfilment = told.Fulfilment;
            if (fulfilment.Node != node)
                throw new ProblemException(Problem.Invalid(field, "other-node", $"{id} is given to {fulfilment.Node}"));
            if (Why(fulfilment, node) is { } why)
            {
                throw new ProblemException(Problem.Conflict(why, why == "on-hold"
                    ? $"{id} is {Said(fulfilment.Status)}." : $"{id} has no open units."));
            }

            if (listed.Contains((order, number)))
                throw new ProblemException(Problem.Conflict("already-listed", $"{id} is on a pick list."));
            found.Add(told);
        }

        return WithVelocity(backend, seat, node, found);
    }

    /// <summary>Those that must be picked first first.</summary>
    static IEnumerable<PickWorkload> Ordered(IEnumerable<PickWorkload> work) => work
        .OrderBy(w => w.Fulfilment.ShipBy ?? DateTimeOffset.MaxValue)
        .ThenBy(w => w.Fulfilment.Promise?.LatestDelivery ?? DateOnly.MaxValue).ThenByDescending(w => w.Velocity)
        .ThenBy(w => w.Since);

    static List<PickWorkload> WithVelocity(Backend backend, Seat seat, string node, List<PickWorkload> work)
    {
        var since = DateTimeOffset.UtcNow - VelocityOver;
        var fast = backend.Views.Stock.Velocity(
            seat.Seller, node, work.SelectMany(w => w.Fulfilment.Lines).Select(l => l.Sku),
            since.ToUnixTimeMilliseconds());
        return
        [
            .. work.Select(w => w with { Velocity = w.Fulfilment.Lines.Max(l => fast.GetValueOrDefault(l.Sku)) }),
        ];
    }

    static async ValueTask<PickWorkload?> Find(
        Seat seat, string order, int number, (long At, long Position) since, CancellationToken cancel)
    {
        if (await seat.Order(order).Get(cancel) is not { } known || number > known.Fulfilments.Length) return null;
        var fulfilment = known.Fulfilments[number - 1];
        Dictionary<string, SoldAs> sold = [];
        foreach (var line in fulfilment.Lines) if (SoldLines.Of(known, line.Line) is { } told) sold[line.Line] = told;
        return new(order, number, fulfilment, sold, since);
    }

    /// <summary>Why it cannot be picked there; null when it can.</summary>
    static string? Why(Fulfilment fulfilment, string node) =>
        fulfilment.Node != node || fulfilment.Lines.All(l => l.MayLeave <= 0) ? "nothing-to-pick"
        : fulfilment.Status is FulfilmentStatus.OnHold or FulfilmentStatus.Scheduled ? "on-hold" : null;

    static string Said(FulfilmentStatus status) => Words<FulfilmentStatus>.Of(status);

    /// <summary>
    /// From where the units of each order are taken that are not picked yet, those told first first. <c>Work</c> is the
    /// place in the order told, from 1.
    /// </summary>
    public static async ValueTask<PickTasks> Tasks(
        Backend backend, Seat seat, string node, IReadOnlyList<PickWorkload> work, CancellationToken cancel)
    {
        List<(int Work, LineUnits Line, string Sku)> wanted =
        [
            .. work.SelectMany((w, i) => w.Fulfilment.Lines.Where(l => l.MayLeave > 0)
                .Select(l => (i + 1, new LineUnits(l.Line, l.MayLeave), l.Sku))),
        ];
        var since = DateTimeOffset.UtcNow - VelocityOver;
        var fast = backend.Views.Stock.Velocity(
            seat.Seller, node, wanted.Select(w => w.Sku), since.ToUnixTimeMilliseconds());
        // Before the SKUs are asked: what is picked meanwhile is counted twice rather than not at all.
        var promises = await PickPromises.Of(backend, seat, node, wanted.Select(w => w.Sku), cancel);
        PickSlots slots = new(seat, node, promises.Units);
        List<PickTask> tasks = [];
        Dictionary<string, long> volumes = new(StringComparer.Ordinal);
        foreach (var group in wanted.GroupBy(w => w.Sku, StringComparer.Ordinal))
        {
            var (free, picked, card) = await slots.Of(group.Key, cancel);
            Take(tasks, Unpicked(group, work, picked), free, fast.GetValueOrDefault(group.Key), work);
            volumes[group.Key] = BinView.SizeOf(card?.Product).VolumeMm3;
        }

        return new(tasks, volumes, promises.Seen);
    }

    /// <summary>The lines without what lies in totes for their orders.</summary>
    static IEnumerable<(int Work, LineUnits Line, string Sku)> Unpicked(
        IEnumerable<(int Work, LineUnits Line, string Sku)> lines, IReadOnlyList<PickWorkload> works,
        Dictionary<string, long> picked)
    {
        foreach (var (work, line, sku) in lines)
        {
            var order = works[work - 1].Order;
            var there = (int)Math.Min(line.Units, picked.GetValueOrDefault(order));
            picked[order] = picked.GetValueOrDefault(order) - there;
            if (line.Units > there) yield return (work, new(line.Line, line.Units - there), sku);
        }
    }

    /// <summary>Takes the lines' units from the places in turn; what lies in no bin is to be looked for.</summary>
    static void Take(
        List<PickTask> tasks, IEnumerable<(int Work, LineUnits Line, string Sku)> lines, List<PickPlace> places,
        long velocity, IReadOnlyList<PickWorkload> works)
    {
        foreach (var (work, line, sku) in lines)
        {
            var units = line.Units;
            var sold = works[work - 1].Sold.GetValueOrDefault(line.Line);
            for (var i = 0; i < places.Count && units > 0; i++)
            {
                var place = places[i];
                var most = Math.Min(units, place.Units);
                if (most <= 0) continue;
                tasks.Add(new(
                    work, line.Line, sku, place.Bin, place.Lot, most, place.Zone, velocity, place.Face, sold));
                places[i] = place with { Units = place.Units - most };
                units -= most;
            }

            if (units > 0) tasks.Add(
                new(work, line.Line, sku, null, null, units, Velocity: velocity, SoldAs: sold));
        }
    }
}
