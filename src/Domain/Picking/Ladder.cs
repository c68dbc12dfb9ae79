using System.Collections.Immutable;
using System.Diagnostics;

namespace Fulfillment.Picking;

/// <summary>
/// A block of aisles between two cross aisles, in which the shortest tour is found exactly, in time that grows with the
/// number of aisles and of stops: Ratliff &amp; Rosenthal 1983, Order-Picking in a Rectangular Warehouse: A Solvable
/// Case of the Traveling Salesman Problem, Operations Research 31(3). Aisle by aisle from left to right it keeps the
/// shortest part of a tour of each kind that matters for the rest: how many ways of it end at front and back, and
/// whether they hang together. Nothing there needs equal lengths, so aisles may differ; the door is a stop like others.
/// </summary>
public sealed class Ladder(ImmutableArray<Rung> rungs)
{
    const int Ties = 7;

    /// <summary>What is left open on the right of a part of a tour.</summary>
    enum Tie
    {
        /// <summary>Nothing was walked: (0,0,0C).</summary>
        Nothing,

        /// <summary>One way at the front and one at the back: (U,U,1C).</summary>
        Odd,

        /// <summary>There and back at the front: (E,0,1C).</summary>
        Front,

        /// <summary>There and back at the back: (0,E,1C).</summary>
        Back,

        /// <summary>There and back at both, in one piece: (E,E,1C).</summary>
        Joined,

        /// <summary>There and back at both, in two pieces: (E,E,2C).</summary>
        Apart,

        /// <summary>It is over: (0,0,1C).</summary>
        Over,
    }

    /// <summary>How an aisle is walked.</summary>
    enum Walk
    {
        Not, Through, FromFront, FromBack, AroundGap, Twice,
    }

    /// <summary>The length of the shortest tour through the stops, which are sorted by rung, then place.</summary>
    public long Length(ReadOnlySpan<RungStop> stops) => Math.Min(Inside(stops), Solve(stops, null));

    /// <summary>
    /// The order of the shortest tour from the <paramref name="first"/> stop: indexes of stops, which are sorted by
    /// rung, then place.
    /// </summary>
    public int[] Tour(ReadOnlySpan<RungStop> stops, int first)
    {
        var steps = new (Tie Before, Walk Walk, Tie Crossed)[rungs.Length * Ties];
        var length = Solve(stops, steps);
        if (Inside(stops) <= length)
            return [.. Enumerable.Range(first, stops.Length - first), .. Enumerable.Range(0, first).Reverse()];
        var end = length < Distances.NoWay ? steps[^1].Crossed : throw new UnreachableException();
        LadderTour tour = new(stops.Length, rungs.Length);
        var last = stops.Length;
        for (var rung = rungs.Length - 1; rung >= 0; rung--)
        {
            if (rung < rungs.Length - 1)
            {
                var crossed = end;
                end = steps[rung * Ties + (int)end].Crossed;
                var (front, back) = Copies(crossed);
                tour.Cross(rung, front, back);
            }

            var begin = last;
            while (begin > 0 && stops[begin - 1].Rung == rung) begin--;
            var (before, walk, _) = steps[rung * Ties + (int)end];
            Draw(tour, rung, stops[begin..last], begin, walk);
            (end, last) = (before, begin);
        }

        return tour.From(first);
    }

    /// <summary>There and back between stops that are all in one aisle, which leaves it nowhere.</summary>
    static long Inside(ReadOnlySpan<RungStop> stops) =>
        stops[0].Rung == stops[^1].Rung ? 2 * (stops[^1].At - stops[0].At) : Distances.NoWay;

    /// <summary>
    /// <paramref name="steps"/>, by rung and tie: from which tie on its left, and how walked, the aisle came to the
    /// tie; and from which of its ties the crossing to the next came to that tie. The last says where all ends.
    /// </summary>
    long Solve(ReadOnlySpan<RungStop> stops, (Tie Before, Walk Walk, Tie Crossed)[]? steps)
    {
        Span<long> left = stackalloc long[Ties], right = stackalloc long[Ties];
        left.Fill(Distances.NoWay);
        left[(int)Tie.Nothing] = 0;
        var first = 0;
        for (var rung = 0; rung < rungs.Length; rung++)
        {
            var last = first;
            while (last < stops.Length && stops[last].Rung == rung) last++;
            right.Fill(Distances.NoWay);
            for (var walk = Walk.Not; walk <= Walk.Twice; walk++)
            {
                if (LengthOf(rungs[rung], stops[first..last], walk) is not { } length) continue;
                for (var tie = Tie.Nothing; tie <= Tie.Over; tie++)
                {
                    if (left[(int)tie] >= Distances.NoWay || After(tie, walk) is not { } after) continue;
                    if (left[(int)tie] + length >= right[(int)after]) continue;
                    right[(int)after] = left[(int)tie] + length;
                    if (steps is not null) steps[rung * Ties + (int)after] = (tie, walk, default);
                }
            }

            first = last;
            if (rung < rungs.Length - 1) Cross(rung, right, left, steps);
        }

        var end = Tie.Over;
        foreach (var tie in (ReadOnlySpan<Tie>)[Tie.Front, Tie.Back, Tie.Joined])
            if (right[(int)tie] < right[(int)end]) end = tie;
        if (steps is not null) steps[^1].Crossed = end;
        return right[(int)end];
    }

    void Cross(int rung, Span<long> from, Span<long> to, (Tie Before, Walk Walk, Tie Crossed)[]? steps)
    {
        for (var tie = Tie.Nothing; tie <= Tie.Over; tie++)
        {
            var source = tie;
            if (tie is Tie.Front or Tie.Back or Tie.Over && from[(int)Tie.Joined] < from[(int)source])
                source = Tie.Joined;
            if (tie == Tie.Over && from[(int)Tie.Front] < from[(int)source]) source = Tie.Front;
            if (tie == Tie.Over && from[(int)Tie.Back] < from[(int)source]) source = Tie.Back;
            var (front, back) = Copies(tie);
            to[(int)tie] = Math.Min(
                Distances.NoWay, from[(int)source] + front * rungs[rung].FrontOn + back * rungs[rung].BackOn);
            if (steps is not null) steps[rung * Ties + (int)tie].Crossed = source;
        }
    }

    /// <summary>How often the cross aisles are walked on the way to the next aisle.</summary>
    static (int Front, int Back) Copies(Tie tie) => tie switch
    {
        Tie.Odd => (1, 1),
        Tie.Front => (2, 0),
        Tie.Back => (0, 2),
        Tie.Joined or Tie.Apart => (2, 2),
        Tie.Nothing or Tie.Over => (0, 0),
    };

    /// <summary>The tie after an aisle; null where a tour cannot have it (the paper's table I).</summary>
    static Tie? After(Tie before, Walk walk) => (before, walk) switch
    {
        (_, Walk.Not) => before,
        (Tie.Over, _) => null,
        (Tie.Odd, Walk.Through) => Tie.Joined,
        (_, Walk.Through) => Tie.Odd,
        (Tie.Odd or Tie.Joined, _) => before,
        (_, Walk.Twice) => Tie.Joined,
        (Tie.Nothing or Tie.Front, Walk.FromFront) => Tie.Front,
        (Tie.Nothing or Tie.Back, Walk.FromBack) => Tie.Back,
        _ => Tie.Apart,
    };

    /// <summary>How long it is to walk an aisle so; null where that does not reach all stops, or cannot be.</summary>
    static long? LengthOf(Rung rung, ReadOnlySpan<RungStop> stops, Walk walk) => walk switch
    {
        Walk.Not => stops.IsEmpty ? 0 : null,
        Walk.Through => rung is { HasFront: true, HasBack: true } ? rung.Length : null,
        Walk.Twice => rung is { HasFront: true, HasBack: true } ? 2 * rung.Length : null,
        Walk.FromFront => rung.HasFront && !stops.IsEmpty ? 2 * stops[^1].At : null,
        Walk.FromBack => rung.HasBack && !stops.IsEmpty ? 2 * (rung.Length - stops[0].At) : null,
        Walk.AroundGap => rung is { HasFront: true, HasBack: true } && stops.Length > 1
            ? 2 * (rung.Length - Gap(stops).Length) : null,
    };

    /// <summary>The largest gap between neighbouring stops, and behind which it is.</summary>
    static (long Length, int Behind) Gap(ReadOnlySpan<RungStop> stops)
    {
        var (length, behind) = (-1L, 0);
        for (var i = 0; i + 1 < stops.Length; i++)
            if (stops[i + 1].At - stops[i].At > length) (length, behind) = (stops[i + 1].At - stops[i].At, i);
        return (length, behind);
    }

    /// <summary>Adds the ways of an aisle to the tour: from each of its points to the next, front first.</summary>
    static void Draw(LadderTour tour, int rung, ReadOnlySpan<RungStop> stops, int begin, Walk walk)
    {
        if (walk == Walk.Not) return;
        var gap = walk switch
        {
            Walk.FromFront => stops.Length,
            Walk.FromBack => 0,
            Walk.AroundGap => Gap(stops).Behind + 1,
            _ => -1,
        };
        for (var i = 0; i <= stops.Length; i++)
            if (i != gap) tour.Climb(rung, begin + i, i == 0, i == stops.Length, walk == Walk.Through ? 1 : 2);
    }
}
