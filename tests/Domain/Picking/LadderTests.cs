using System.Collections.Immutable;
using Fulfillment.Picking;

namespace Fulfillment.Tests.Domain.Picking;

/// <summary>The exact tour in one block, beside the shortest of all orders over the distances there.</summary>
public sealed class LadderTests
{
    /// <summary>Aisles of their own lengths, some of which end before a cross aisle, and up to nine stops.</summary>
    [Fact]
    public void No_order_of_the_stops_is_shorter_in_any_of_1000_small_blocks()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            Random chance = new(seed);
            var rungs = Block(chance);
            var stops = Stops(chance, rungs);
            var far = Far(rungs, stops);
            var first = chance.Next(stops.Length);

            Ladder ladder = new(rungs);
            var order = ladder.Tour(stops, first);

            Assert.Equal(first, order[0]);
            Assert.Equal(Enumerable.Range(0, stops.Length), order.Order());
            var shortest = TourSearch.Shortest(far);
            Assert.True(shortest.IsShortest);
            Assert.Equal((seed, shortest.Length), (seed, ladder.Length(stops)));
            Assert.Equal((seed, shortest.Length), (seed, far.Round(order)));
        }
    }

    [Fact]
    public void A_thousand_aisles_with_thousands_of_stops_have_their_tour_at_once()
    {
        Random chance = new(1);
        Ladder ladder = new([.. Enumerable.Range(0, 1_000).Select(_ => new Rung(50_000, 4_000, 4_000))]);
        RungStop[] stops = [.. Enumerable.Range(0, 5_000)
            .Select(_ => new RungStop(chance.Next(1_000), chance.Next(50_001))).OrderBy(s => (s.Rung, s.At))];

        Assert.Equal(5_000, ladder.Tour(stops, 0).Length);
        Assert.InRange(ladder.Length(stops), 1_000 * 4_000, 1_000 * 54_000);
    }

    static ImmutableArray<Rung> Block(Random chance)
    {
        var isComb = chance.Next(8) == 0;
        var rungs = Enumerable.Range(0, 1 + chance.Next(6)).Select(_ => chance.Next(isComb ? 1 : 5) > 0
            ? new Rung(chance.Next(1, 30), chance.Next(8), chance.Next(8))
            : new(chance.Next(1, 30), chance.Next(8), chance.Next(8), HasBack: false)).ToArray();
        if (!isComb && rungs.All(r => !r.HasBack)) rungs[0] = rungs[0] with { HasBack = true };
        if (isComb) return [.. rungs.Select(r => r with { BackOn = Distances.NoWay })];
        // The same block seen from behind.
        return chance.Next(2) == 0 ? [.. rungs]
            : [.. rungs.Select(r => new Rung(r.Length, r.BackOn, r.FrontOn, r.HasBack, r.HasFront))];
    }

    static RungStop[] Stops(Random chance, ImmutableArray<Rung> rungs) =>
    [
        .. Enumerable.Range(0, 1 + chance.Next(9)).Select(_ => chance.Next(rungs.Length))
            .Select(r => new RungStop(r, chance.Next(4) switch
            {
                0 when rungs[r].HasFront => 0,
                1 when rungs[r].HasBack => rungs[r].Length,
                _ => chance.NextInt64(rungs[r].Length + 1),
            })).OrderBy(s => (s.Rung, s.At)),
    ];

    /// <summary>By going over all ways again and again until nothing gets shorter (Floyd 1962).</summary>
    static Distances Far(ImmutableArray<Rung> rungs, RungStop[] stops)
    {
        var count = stops.Length + 2 * rungs.Length;
        var far = new long[count, count];
        for (var a = 0; a < count; a++)
            for (var b = 0; b < count; b++) far[a, b] = a == b ? 0 : Distances.NoWay;
        void Way(int a, int b, long length) => far[a, b] = far[b, a] = Math.Min(far[a, b], length);
        for (var r = 0; r < rungs.Length; r++)
        {
            var (rung, front, back) = (rungs[r], stops.Length + 2 * r, stops.Length + 2 * r + 1);
            if (r + 1 < rungs.Length) Way(front, front + 2, rung.FrontOn);
            if (r + 1 < rungs.Length) Way(back, back + 2, rung.BackOn);
            if (rung is { HasFront: true, HasBack: true }) Way(front, back, rung.Length);
            for (var s = 0; s < stops.Length; s++)
            {
                if (stops[s].Rung != r) continue;
                if (rung.HasFront) Way(s, front, stops[s].At);
                if (rung.HasBack) Way(s, back, rung.Length - stops[s].At);
                for (var o = 0; o < s; o++)
                    if (stops[o].Rung == r) Way(s, o, stops[s].At - stops[o].At);
            }
        }

        for (var by = 0; by < count; by++)
            for (var a = 0; a < count; a++)
                for (var b = 0; b < count; b++) far[a, b] = Math.Min(far[a, b], far[a, by] + far[by, b]);
        return new(stops.Length, (a, b) => far[a, b]);
    }
}
