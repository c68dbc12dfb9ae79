using System.Collections.Immutable;
using Fulfillment.Picking;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain.Picking;

/// <summary>Orders batched into tours.</summary>
public sealed class TourBatchingTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Tours_hold_every_order_once_and_no_more_than_there_is_room_for_and_walk_less_than_in_order()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (path, orders) = Some(seed, 12 + seed, due: null);
            TourRoom room = new(2 + seed % 4, 12 + seed);

            var tours = TourBatching.Plan(orders, room, path.Length, 3_000);

            Assert.Equal(orders.Select(o => o.Id).Order(), tours.SelectMany(t => t.Orders).Order());
            Assert.All(tours, t => Assert.InRange(t.Orders.Length, 1, room.Orders));
            Assert.All(tours, t => Assert.Equal(
                (Units(orders, t), Stops(path, orders, t)), (t.Units, t.LengthMm)));
            Assert.All(tours, t => Assert.Equal(t.Units > room.Units, t.IsOver));
            Assert.All(tours.Where(t => t.IsOver), t => Assert.Single(t.Orders));
            Assert.InRange(tours.Sum(t => t.LengthMm), 0, InOrder(path, orders, room));
            Assert.Equal(
                tours.Select(t => string.Join(' ', t.Orders)),
                TourBatching.Plan(orders, room, path.Length, 3_000).Select(t => string.Join(' ', t.Orders)));
        }
    }

    [Fact]
    public void With_few_orders_no_other_batching_walks_less()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var (path, orders) = Some(seed, 5, due: null);

            var tours = TourBatching.Plan(orders, new(2, 1_000), path.Length, 2_000);

            Assert.Equal((seed, Best(path, orders, [])), (seed, tours.Sum(t => t.LengthMm)));
        }
    }

    [Theory]
    [InlineData(1, 100)] // no two orders have room together
    [InlineData(9, 1)] // each is larger than the room
    [InlineData(9, 5)] // one is larger, and the others are one tour
    public void It_ends_where_nothing_can_be_moved(int most, int units)
    {
        TourOrder[] orders = [new("a", 2, [0]), new("b", 2, [1]), new("large", 50, [2])];
        var tours = TourBatching.Plan(orders, new(most, units), stops => 10 + stops.Distinct().Count(), 1_000);
        Assert.Equal(["a", "b", "large"], tours.SelectMany(t => t.Orders));
        Assert.Equal(most == 9 && units == 5 ? 2 : 3, tours.Length);
    }

    [Theory]
    [InlineData(500, 1, 20_000)]
    [InlineData(500, 250, 20_000)]
    [InlineData(120, 1, 20_000)]
    public void No_more_walks_are_measured_than_may_be(int count, int dues, int most)
    {
        TourOrder[] orders =
        [
            .. Enumerable.Range(0, count)
                .Select(i => new TourOrder($"{i}", 1, [i, i * 7 % 500], Noon.AddHours(i % dues))),
        ];
        var measured = 0;
        var tours = TourBatching.Plan(
            orders, new(10, 100), stops =>
            {
                measured++;
                return stops.Sum(s => 1L + s % 13);
            },
            most);
        Assert.Equal(count, tours.Sum(t => t.Orders.Length));
        // The last look for a better change may take a few more, and each tour is measured once more.
        Assert.InRange(measured, 0, most + (10 * count));
    }

    [Fact]
    public void Tours_have_room_for_lines_and_volume_too()
    {
        TourOrder[] orders =
            [.. Enumerable.Range(0, 9).Select(i => new TourOrder($"o-{i}", 1, [0], null, Lines: 2, VolumeMm3: 10))];
        Assert.Equal(5, TourBatching.Plan(orders, new(9, 9, Lines: 5), _ => 1, 1_000).Length);
        Assert.Equal(3, TourBatching.Plan(orders, new(9, 9, VolumeMm3: 30), _ => 1, 1_000).Length);
        Assert.Equal([2, 2, 2, 2, 1], TourBatching.AsTheyCome(orders, new(9, 9, Lines: 5)).Select(t => t.Length));
        // What is larger than any tour is alone in one.
        Assert.Equal(9, TourBatching.AsTheyCome(orders, new(9, 9, VolumeMm3: 5)).Count());
        Assert.Empty(TourBatching.AsTheyCome([], new(1, 1)));
    }

    [Fact]
    public void What_is_due_first_is_walked_first_and_never_together_with_what_is_due_later()
    {
        var (path, orders) = Some(3, 30, due: i => i % 4 == 0 ? null : Noon.AddHours(i % 3));

        var tours = TourBatching.Plan(orders, new(4, 60), path.Length, 3_000);

        var due = orders.ToDictionary(o => o.Id, o => o.Due);
        Assert.All(tours, t => Assert.All(t.Orders, o => Assert.Equal(due[o], t.Due)));
        var times = tours.Select(t => t.Due ?? DateTimeOffset.MaxValue).ToArray();
        Assert.Equal(times.Order(), times);
        Assert.Equal(orders.Count, tours.Sum(t => t.Orders.Length));
    }

    [Fact]
    public void Nothing_is_batched_into_nothing() =>
        Assert.Empty(TourBatching.Plan([], new(1, 1), _ => 0));

    static (PickPath Path, IReadOnlyList<TourOrder> Orders) Some(
        int seed, int count, Func<int, DateTimeOffset?>? due)
    {
        Random chance = new(seed);
        LayoutGrid grid = new("P", "A", 6, 10, 1, default, 4_000, 1_000, 500, 1, default);
        ImmutableArray<Bin> bins = [.. grid.Bins()];
        return (PickPath.Over(grid.Ways(), bins, new Spot(0, 0)), [.. Enumerable.Range(0, count).Select(i =>
            new TourOrder($"o{i:00}", 1 + chance.Next(14), [.. Enumerable.Range(0, 1 + chance.Next(4))
                .Select(_ => chance.Next(bins.Length))], due?.Invoke(i)))]);
    }

    static int Units(IReadOnlyList<TourOrder> orders, OrderTour tour) =>
        orders.Where(o => tour.Orders.Contains(o.Id)).Sum(o => o.Units);

    static long Stops(PickPath path, IReadOnlyList<TourOrder> orders, OrderTour tour) =>
        path.Length(orders.Where(o => tour.Orders.Contains(o.Id)).SelectMany(o => o.Stops));

    /// <summary>Tours that are filled as the orders come.</summary>
    static long InOrder(PickPath path, IReadOnlyList<TourOrder> orders, TourRoom room)
    {
        List<List<TourOrder>> tours = [[]];
        foreach (var order in orders)
        {
            var last = tours[^1];
            if (last.Count == room.Orders || (last.Count > 0 && last.Sum(o => o.Units) + order.Units > room.Units))
                tours.Add(last = []);
            last.Add(order);
        }

        return tours.Sum(t => path.Length(t.SelectMany(o => o.Stops)));
    }

    /// <summary>All ways to put the orders into tours of one or two.</summary>
    static long Best(PickPath path, IReadOnlyList<TourOrder> orders, ImmutableArray<int> used)
    {
        var first = Enumerable.Range(0, orders.Count).FirstOrDefault(i => !used.Contains(i), -1);
        if (first < 0) return 0;
        return Enumerable.Range(0, orders.Count).Where(i => !used.Contains(i)).Min(i =>
            path.Length(orders[first].Stops.Concat(orders[i].Stops)) + Best(path, orders, used.Add(first).Add(i)));
    }
}
