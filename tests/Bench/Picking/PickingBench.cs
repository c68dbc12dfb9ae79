using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Picking;
using Fulfillment.Tests.Support;

namespace Fulfillment.Bench.Picking;

/// <summary>
/// How little is walked: rounds beside the shortest that are known (TSPLIB); shelves chosen and gone to beside the
/// routes of others; orders batched into tours beside those that are filled as orders come and walked as an S. Times
/// are of the processor, so that others at work do not count.
/// </summary>
static class PickingBench
{
    const int HundredthsWanted = 200;

    /// <summary>All that is here.</summary>
    public static IEnumerable<Figure> Measure() => Rounds().Concat(Shelves()).Concat(Batches());

    static IEnumerable<Figure> Rounds()
    {
        if (TspInstance.Missing is { } why) Settings.Tell(why);
        foreach (var instance in TspInstance.All())
        {
            Distances distances = new(instance.Distances.GetLength(0), (a, b) => instance.Distances[a, b]);
            var begin = Spent();
            var found = TourSearch.Shortest(distances);
            var above = (found.Length - instance.Best) * 10_000 / instance.Best;
            yield return new("picking", "none", $"{instance.Name}, 0.01 % above", above)
            {
                P50 = Spent() - begin,
                Wanted = $"<= {HundredthsWanted}",
                Good = found.Length >= instance.Best && above <= HundredthsWanted,
                Note = $"{found.Length:N0}, the best known is {instance.Best:N0}",
            };
        }
    }

    static IEnumerable<Figure> Shelves()
    {
        foreach (var shelves in ShelfInstance.All())
        {
            var begin = Spent();
            var found = PlaceChoice.Shortest(shelves.Distances, shelves.Units, shelves.Wanted)!;
            var took = Spent() - begin;
            yield return new("picking", "none", $"shelves, {shelves.Name}", found.Length)
            {
                P50 = took,
                Ceiling = shelves.Others.Count == 0 ? null : shelves.Others.Min(o => o.Length),
                Wanted = "ratio <= 1",
                Good = shelves.IsEnough(found.Order) && shelves.Others.All(o => found.Length <= o.Length),
                Note = $"{found.Order.Length - 1} shelves; ceiling: the best of "
                    + string.Join(", ", shelves.Others.Select(o => $"{o.Name} {o.Length} ({o.Shelves})")),
            };
        }
    }

    static IEnumerable<Figure> Batches() => BatchInstance.All().GroupBy(i => i.Set).Select(set =>
    {
        var (tours, fifo, fifoShape, alone, took) = (0L, 0L, 0L, 0L, 0.0);
        foreach (var instance in set)
        {
            var begin = Spent();
            var plan = TourBatching.Plan(
                instance.Orders, new(int.MaxValue, instance.Room), instance.Path.Length);
            took += Spent() - begin;
            tours += plan.Sum(t => t.LengthMm);
            ImmutableArray<ImmutableArray<TourOrder>> inOrder = instance.InOrder();
            fifo += inOrder.Sum(b => instance.Path.Length(b.SelectMany(o => o.Stops)));
            fifoShape += inOrder.Sum(b => Shape(instance, b));
            alone += instance.Orders.Sum(o => Shape(instance, [o]));
        }

        return new Figure("picking", "none", $"batches, {set.Key}, m", tours / 1_000)
        {
            P50 = took / set.Count(),
            Ceiling = fifoShape / 1_000,
            Wanted = "ratio < 1",
            Good = tours < fifo && fifo <= fifoShape,
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"{set.Count()} sets; ceiling: first come, first served as an S; the same batches by the shortest "
                + $"paths: {fifo / 1_000:N0}; each order alone as an S: {alone / 1_000:N0}"),
        };
    });

    static double Spent() => Environment.CpuUsage.TotalTime.TotalMilliseconds;

    static long Shape(BatchInstance instance, IEnumerable<TourOrder> orders) =>
        instance.Path.Tour([.. orders.SelectMany(o => o.Stops)]).SShapeMm!.Value;
}
