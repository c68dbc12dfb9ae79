using System.Collections.Immutable;

namespace Fulfillment.Picking;

/// <summary>
/// Batches orders into tours, so that pickers walk little. It begins with the better of two constructions: savings,
/// computed anew after each merger (Clarke &amp; Wright 1964, Operations Research 12(4)), and seeds, each filled with
/// the orders that add least; both as de Koster, van der Poort &amp; Wolters 1999 compare them (International Journal
/// of Production Research 37(7)). Then it moves and swaps orders between tours as long as that helps, and again from
/// where chance throws some of them together (iterated local search: Henn et al. 2010, Business Research 3(1)).
/// <para>
/// What is due comes first: orders of different times are never in one tour. Who wants longer tours rounds the times to
/// the carriers' cutoffs. Orders due at a time have a share of all walks that may be measured; where it does not
/// suffice to compare all pairs of them, the constructions take them some at a time, in the order told.
/// </para>
/// </summary>
public static class TourBatching
{
    /// <summary>The most orders.</summary>
    public const int MaxOrders = 500;

    /// <summary>About how many walks are measured at most, when nobody says.</summary>
    public const int MostMeasured = 100_000;

    /// <summary>
    /// The tours, those that are due first the first; then in the order of their first orders. An order that is larger
    /// than the room is alone in one. <paramref name="length"/>: of the walk through some stops.
    /// </summary>
    public static ImmutableArray<OrderTour> Plan(
        IReadOnlyList<TourOrder> orders, TourRoom room, Func<IEnumerable<int>, long> length,
        int mostMeasured = MostMeasured)
    {
        Ensure.That(orders.Count <= MaxOrders && room is { Orders: > 0, Units: > 0, Lines: > 0, VolumeMm3: > 0 });
        return
        [
            .. from due in orders.GroupBy(o => o.Due).OrderBy(g => g.Key ?? DateTimeOffset.MaxValue)
               let share = (int)((long)mostMeasured * due.Count() / orders.Count)
               from tour in Tours([.. due], room, length, share)
               select new OrderTour(
                   [.. tour.Select(o => o.Id)], tour.Sum(o => o.Units), due.Key,
                   length(tour.SelectMany(o => o.Stops)), !Fits(room, tour)),
        ];
    }

    /// <summary>
    /// Tours of orders as they come: each takes what follows as long as there is room. What is walked without batching.
    /// </summary>
    public static IEnumerable<ImmutableArray<TourOrder>> AsTheyCome(IEnumerable<TourOrder> orders, TourRoom room)
    {
        var tour = ImmutableArray.CreateBuilder<TourOrder>();
        TourLoad load = default;
        foreach (var order in orders)
        {
            if (tour.Count > 0 && !room.Has(load + TourLoad.Of(order)))
            {
                yield return tour.DrainToImmutable();
                load = default;
            }

            tour.Add(order);
            load += TourLoad.Of(order);
        }

        if (tour.Count > 0) yield return tour.DrainToImmutable();
    }

    /// <summary>Those that are too large are alone; where no two have room together, nothing is looked for.</summary>
    static IEnumerable<TourOrder[]> Tours(
        TourOrder[] orders, TourRoom room, Func<IEnumerable<int>, long> length, int mostMeasured)
    {
        var fits = orders.ToLookup(o => room.Orders > 1 && room.Has(TourLoad.Of(o)));
        var tours = new BatchSearch([.. fits[true]], room, length, mostMeasured).Run();
        return fits[false].Select(o => (TourOrder[])[o]).Concat(tours).OrderBy(t => Array.IndexOf(orders, t[0]));
    }

    static bool Fits(TourRoom room, TourOrder[] tour) =>
        room.Has(tour.Select(TourLoad.Of).Aggregate((a, b) => a + b));
}
