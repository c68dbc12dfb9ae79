using System.Collections.Immutable;
using Fulfillment.Picking;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain.Picking;

/// <summary>Walks to bins of a layout.</summary>
public sealed class PickPathTests
{
    const int MostForProof = TourSearch.MaxProven - 1;

    static LayoutGrid Grid(int aisles, int bays, Spot origin = default, string prefix = "A", int every = 4_000) =>
        new("P", prefix, aisles, bays, 2, origin, every, 1_000, 500, 1, default);

    [Fact]
    public void Through_one_block_no_order_is_shorter_and_neither_is_the_S_shape_or_the_order_told()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            Random chance = new(seed);
            var grid = Grid(1 + chance.Next(5), 1 + chance.Next(8), new(chance.Next(9_000), chance.Next(9_000)));
            var bins = Some(chance, grid.Bins(), 1 + chance.Next(MostForProof));
            Spot? bench = chance.Next(3) switch
            {
                0 => null,
                1 => new(grid.Origin.X + chance.Next(20_000), grid.Origin.Y),
                _ => new(chance.Next(30_000), chance.Next(20_000)),
            };
            var path = PickPath.Over(grid.Ways(), bins, bench);

            var tour = path.Tour([.. Enumerable.Range(0, bins.Length)]);

            Assert.True(path.IsBlock && tour is { IsShortest: true, Ways: PickWays.Aisles });
            IsWhole(path, bins, tour);
            Assert.Equal((seed, TourSearch.Shortest(All(path, bins)).Length), (seed, tour.LengthMm!.Value));
            Assert.Equal(tour.LengthMm, path.Length(Enumerable.Range(0, bins.Length)));
        }
    }

    /// <summary>Two blocks one behind the other, which share a cross aisle; perhaps with one-way aisles.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void Through_more_blocks_it_is_the_shortest_up_to_some_stops_and_a_good_one_beyond(bool oneWay)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            Random chance = new(seed);
            LayoutGrid front = Grid(5, 10), back = Grid(5, 8, new(0, 10_000), "B");
            ImmutableArray<Aisle> aisles = [.. front.Ways().Concat(back.Ways().Where(w => w.Id != "B-front"))
                .Select((a, i) => oneWay && !a.Cross ? a with { OneWay = i % 2 == 0 } : a)];
            var bins = Some(chance, front.Bins().Concat(back.Bins()), 4 + seed);
            var path = PickPath.Over(aisles, bins, new Spot(8_000, -3_000));

            var tour = path.Tour([.. Enumerable.Range(0, bins.Length)]);

            Assert.Equal(PickWays.Aisles, tour.Ways);
            Assert.False(path.IsBlock);
            Assert.Equal(bins.Length <= MostForProof, tour.IsShortest);
            IsWhole(path, bins, tour);
        }
    }

    [Fact]
    public void The_walk_through_this_block_is_as_by_hand_and_a_bin_told_twice_is_gone_to_once()
    {
        var grid = Grid(3, 10);
        ImmutableArray<Bin> bins = [.. ((string[])["A-02-11-1", "A-01-03-1", "A-03-01-1", "A-01-17-1"])
            .Select(id => grid.Bins().Single(b => b.Id == id))];
        var tour = PickPath.Over(grid.Ways(), bins, new Spot(0, 0)).Tour([0, 1, 2, 3, 1]);

        // Up the first aisle, over the back and down the second; into the third and back from the front.
        Assert.Equal(["A-01-03-1", "A-01-17-1", "A-02-11-1", "A-03-01-1"], tour.Legs.Select(l => l.Bin));
        Assert.Equal([1_500, 7_000, 10_000, 10_000], tour.Legs.Select(l => l.WalkMm!.Value));
        Assert.Equal((8_500L, 37_000L), (tour.BackMm!.Value, tour.LengthMm!.Value));
        Assert.Equal(37_000L, tour.SShapeMm);
        // Told: to the second, to the first, to the third, back to the first, and once more into it.
        Assert.Equal(9_500 + 11_000 + 10_000 + 17_000 + 7_000 + 1_500L, tour.NaiveMm);
    }

    [Fact]
    public void Nobody_walks_the_S_shape_into_the_end_of_a_one_way_aisle()
    {
        Bin At(string id, int x, int y) => new(
            id, "P", BinRole.PickFace, null, 0, 0, 0, default, new(x, y), default);
        // Up the first, down the two others; the second goes on to where nobody comes back from.
        ImmutableArray<Aisle> aisles =
        [
            new("A", new(0, 0), new(0, 10_000), OneWay: true), new("B", new(0, 10_000), new(10_000, 10_000)),
            new("C", new(5_000, 10_000), new(5_000, -9_000), OneWay: true), new("D", new(10_000, 0), new(0, 0)),
            new("E", new(4_000, -8_000), new(6_000, -8_000)),
            new("F", new(10_000, 10_000), new(10_000, 0), OneWay: true),
        ];
        ImmutableArray<Bin> bins = [At("A-1", 0, 4_000), At("C-1", 5_000, 6_000), At("F-1", 10_000, 5_000)];
        var tour = PickPath.Over(aisles, bins, new Spot(0, 0)).Tour([0, 1, 2]);

        Assert.Equal((PickWays.Aisles, 70_000L, null), (tour.Ways, tour.LengthMm, tour.SShapeMm));
    }

    [Fact]
    public void Without_aisles_that_join_the_bins_it_is_measured_over_the_floor()
    {
        LayoutGrid here = Grid(2, 5), there = Grid(2, 5, new(50_000, 0), "B");
        ImmutableArray<Bin> bins = [here.Bins().First(), there.Bins().First(), here.Bins().Last()];

        var alone = PickPath.Over([], bins, new Spot(0, 0)).Tour([0, 1, 2]);
        var apart = PickPath.Over([.. here.Ways(), .. there.Ways()], bins, new Spot(0, 0)).Tour([0, 1, 2]);

        Assert.Equal(PickWays.Floor, alone.Ways);
        Assert.Equal((2 * (50_000 + 4_500), true), (alone.LengthMm!.Value, alone.IsShortest));
        Assert.Equal(alone.Legs.AsEnumerable(), apart.Legs);
        Assert.InRange(alone.LengthMm.Value, 0, Math.Min(alone.SShapeMm!.Value, alone.NaiveMm!.Value));
    }

    [Fact]
    public void Bins_of_which_nobody_told_the_place_are_in_the_order_of_their_ids()
    {
        var grid = Grid(2, 5);
        ImmutableArray<Bin> bins = [.. grid.Bins().Take(2), new("A-00", "P", BinRole.Reserve, null, 0, 0, 0, default,
            default, default)];

        var tour = PickPath.Over(grid.Ways(), bins, null).Tour([1, 2, 0]);

        Assert.Equal((PickWays.NotTold, false), (tour.Ways, tour.IsShortest));
        Assert.Equal(["A-00", "A-01-01-1", "A-01-01-2"], tour.Legs.Select(l => l.Bin));
        Assert.Equal(((long?)null, (long?)null), (tour.LengthMm, tour.Legs[0].WalkMm));
    }

    [Fact]
    public void Aisles_at_any_angle_and_height_are_ways_too()
    {
        // A ramp of 3-4-5 up to a gallery, which passes over the aisle below and does not meet it.
        ImmutableArray<Aisle> aisles =
        [
            new("floor", new(0, 0), new(9_000, 0), Cross: true), new("ramp", new(0, 0), new(4_000, 0, 3_000)),
            new("gallery", new(4_000, -2_000, 3_000), new(4_000, 5_000, 3_000)),
            new("below", new(4_000, 0), new(4_000, 5_000)),
        ];
        ImmutableArray<Bin> bins = [In("gallery", new(4_000, 1_000, 3_000)), In("below", new(4_000, 1_000))];
        var path = PickPath.Over(aisles, bins, new Spot(0, 0));

        Assert.Equal((6_000L, 5_000L, 11_000L), (path.Far(0, 1), path.Far(0, 2), path.Far(1, 2)));

        static Bin In(string aisle, Spot at) => new(aisle, "P", BinRole.PickFace, aisle, 0, 0, 0, at, at, default);
    }

    static ImmutableArray<Bin> Some(Random chance, IEnumerable<Bin> bins, int count) =>
        [.. bins.OrderBy(_ => chance.Next()).Take(count)];

    static Distances All(PickPath path, ImmutableArray<Bin> bins) => new(bins.Length + 1, path.Far);

    static void IsWhole(PickPath path, ImmutableArray<Bin> bins, PickTour tour)
    {
        var length = tour.LengthMm!.Value;
        Assert.Equal(bins.Select(b => b.Id).Order(), tour.Legs.Select(l => l.Bin).Order());
        Assert.Equal(length, tour.Legs.Sum(l => l.WalkMm!.Value) + tour.BackMm!.Value);
        Assert.InRange(length, 0, Math.Min(tour.SShapeMm!.Value, tour.NaiveMm!.Value));
        int[] order = [0, .. tour.Legs.Select(l => bins.IndexOf(bins.Single(b => b.Id == l.Bin)) + 1)];
        Assert.Equal(length, All(path, bins).Round(order));
    }
}
