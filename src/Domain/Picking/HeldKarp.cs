namespace Fulfillment.Picking;

/// <summary>
/// The shortest round over a few places, proven: dynamic programming over sets of places (Bellman 1962, Journal of the
/// ACM 9(1); Held &amp; Karp 1962, Journal of SIAM 10(1)). Time and memory double with each place.
/// </summary>
static class HeldKarp
{
    /// <summary>The most places: a few milliseconds, half a megabyte.</summary>
    public const int MaxPlaces = 13;

    /// <summary>The order, from the first place on.</summary>
    public static int[] Shortest(Distances distances)
    {
        var others = distances.Count - 1;
        if (others <= 0) return [.. Enumerable.Range(0, distances.Count)];
        // best[set * others + last]: the shortest way from the first place through the set to its last.
        var best = new long[(1 << others) * others];
        Array.Fill(best, long.MaxValue);
        for (var last = 0; last < others; last++) best[(1 << last) * others + last] = distances[0, last + 1];
        for (var set = 1; set < 1 << others; set++)
        {
            for (var last = 0; last < others; last++)
            {
                var sofar = best[set * others + last];
                if (sofar == long.MaxValue) continue;
                for (var next = 0; next < others; next++)
                {
                    if ((set >> next & 1) != 0) continue;
                    ref var known = ref best[(set | 1 << next) * others + next];
                    known = Math.Min(known, sofar + distances[last + 1, next + 1]);
                }
            }
        }

        return Back(distances, best, others);
    }

    /// <summary>Which way led to the shortest of all, from its end to its beginning.</summary>
    static int[] Back(Distances distances, long[] best, int others)
    {
        var order = new int[others + 1];
        var (set, next) = ((1 << others) - 1, 0);
        for (var at = others; at > 0; at--)
        {
            var last = -1;
            for (var p = 0; p < others; p++)
                if ((set >> p & 1) != 0 && (last < 0 || Way(p) < Way(last))) last = p;
            order[at] = next = last + 1;
            set &= ~(1 << last);
        }

        return order;

        long Way(int place) => best[set * others + place] + distances[place + 1, next];
    }
}
