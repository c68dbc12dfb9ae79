using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Picking;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>Work of a node as walks through its bins: one list, or the lists of a wave.</summary>
/// <param name="work">Those to be picked first first.</param>
/// <param name="tasks">
/// From where their units are taken; <c>Work</c> is the place among <paramref name="work"/>.
/// </param>
sealed class PickPlan(
    string node, PickMethod method, IReadOnlyList<PickWorkload> work, IReadOnlyList<PickTask> tasks,
    CancellationToken cancel)
{
    /// <summary>How many walks are measured at most to batch a wave: seconds.</summary>
    const int MostMeasured = 20_000;

    ImmutableDictionary<string, int> _places = ImmutableDictionary<string, int>.Empty;
    PickPath? _path;
    bool _knowsAll;

    /// <summary>Asks the layout where the bins are.</summary>
    public async ValueTask<PickPlan> OnFloor(Seat seat)
    {
        // As they would be gone to order by order.
        string[] bins = [.. tasks.OrderBy(t => t.Work).Select(t => t.Bin).OfType<string>().Distinct()];
        var floor = await seat.Layout(node).Floor(bins, cancel);
        ImmutableArray<Bin> told = [.. floor.Bins.Where(b => b.Stand != default || b.At != default)];
        _knowsAll = told.Length == bins.Length && !tasks.Any(t => t.Bin is null);
        if (told.IsEmpty) return this;
        _places = told.Select((b, i) => (b.Id, i)).ToImmutableDictionary(b => b.Id, b => b.i, StringComparer.Ordinal);
        _path = PickPath.Over(floor.Aisles, told, PickPathsApi.Start(node, floor, null).Start);
        return this;
    }

    /// <summary>
    /// One list with the first of the work that fits on it; of an order that is larger than a list, as much as fits.
    /// <paramref name="all"/>: also work of which nothing is left to pick.
    /// </summary>
    public PickTerms One(string? wave, bool all)
    {
        TourRoom room = new(PickList.MaxWorks, int.MaxValue, PickList.MaxLines);
        var fit = TourBatching.AsTheyCome(Orders(new Dictionary<string, long>()), room).FirstOrDefault([]);
        var none = all ? Enumerable.Range(1, work.Count).Except(tasks.Select(t => t.Work)) : [];
        return List([.. fit.Select(o => Number(o.Id)).Concat(none).Order()], wave, null);
    }

    /// <summary>All of it as lists that have room for their orders, those that must be picked first first.</summary>
    public List<PickTerms> Wave(string wave, TourRoom room, IReadOnlyDictionary<string, long> volumes, long asked)
    {
        var orders = Orders(volumes);
        if (orders.Count == 0) return [];
        var tours = TourBatching.Plan(orders, room, Length, MostMeasured);
        long? Of(IEnumerable<IEnumerable<TourOrder>> walks) =>
            _knowsAll ? walks.Sum(w => Length(w.SelectMany(o => o.Stops))) : null;
        PickTogether together = new(
            tours.Length, orders.Count, _knowsAll ? tours.Sum(t => t.LengthMm) : null,
            Of(orders.Select(o => (TourOrder[])[o])),
            Of(TourBatching.AsTheyCome(orders.OrderBy(o => work[Number(o.Id) - 1].Since), room)
                .Select(t => t.AsEnumerable())), asked);
        return [.. tours.Select(t => List([.. t.Orders.Select(Number)], wave, together))];
    }

    long Length(IEnumerable<int> stops)
    {
        cancel.ThrowIfCancellationRequested();
        return _path?.Length(stops) ?? 0;
    }

    static int Number(string id) => int.Parse(id, CultureInfo.InvariantCulture);

    /// <summary>The work that has units to be picked, each with the room that it takes.</summary>
    List<TourOrder> Orders(IReadOnlyDictionary<string, long> volumes) =>
    [
        .. from task in tasks
           group task by task.Work into of
           orderby of.Key
           select new TourOrder(
               of.Key.ToString(CultureInfo.InvariantCulture),
               (int)Math.Min(int.MaxValue, of.Sum(t => (long)t.Units)),
               [.. of.Select(t => t.Bin).OfType<string>().Distinct().Where(_places.ContainsKey)
                   .Select(b => _places[b])],
               work[of.Key - 1].Fulfilment.ShipBy, of.Count(),
               of.Sum(t => t.Units * volumes.GetValueOrDefault(t.Sku))),
    ];

    /// <summary>In the order of the shortest walk from where orders are packed; what has no place comes last.</summary>
    PickTerms List(int[] works, string? wave, PickTogether? together)
    {
        var renumbered = works.Select((w, i) => (w, i)).ToDictionary(w => w.w, w => w.i + 1);
        List<PickTask> taken =
        [
            .. tasks.Where(t => renumbered.ContainsKey(t.Work)).Select(t => t with { Work = renumbered[t.Work] })
                .OrderBy(t => t.Work).Take(PickList.MaxLines),
        ];
        var stops = taken.Select(t => t.Bin).OfType<string>().Distinct().Where(_places.ContainsKey)
            .Take(PickPath.MaxStops).Select(b => _places[b]).ToList();
        var tour = stops.Count > 0 ? _path?.Tour(stops) : null;
        var rank = (tour?.Legs ?? []).Select((l, i) => (l.Bin, i))
            .ToDictionary(l => l.Bin, l => l.i, StringComparer.Ordinal);
        var due = works.Select(w => work[w - 1].Fulfilment.ShipBy).Min();
        return new(
            node, method, [.. works.Select(w => new PickFor(work[w - 1].Order, work[w - 1].Number))],
            [
                .. taken.OrderBy(t => t.Bin is null ? int.MaxValue : rank.GetValueOrDefault(t.Bin, int.MaxValue - 1))
                    .ThenBy(t => t.Zone, StringComparer.Ordinal).ThenByDescending(t => t.Velocity)
                    .ThenBy(t => t.Bin, StringComparer.Ordinal).ThenBy(t => t.Work),
            ],
            wave, due,
            tour is { LengthMm: { } length, NaiveMm: { } naive }
                ? new(length, tour.SShapeMm, naive, tour.IsShortest) : null, together);
    }
}
