namespace Fulfillment.Picking;

/// <summary>Tours of orders that are all due at the same time.</summary>
sealed partial class BatchSearch(
    TourOrder[] orders, TourRoom room, Func<IEnumerable<int>, long> length, int mostMeasured)
{
    const int Thrown = 3;

    readonly Chance _chance = new();
    readonly Queue<Batch> _open = [];
    List<Batch> _batches = [];
    int _measured;

    /// <summary>Orders by index, ascending.</summary>
    sealed record Batch(int[] Orders, TourLoad Load, long Length);

    /// <summary>The tours, by their first orders.</summary>
    public IEnumerable<TourOrder[]> Run()
    {
        // To merge some by savings measures each pair of them and a mean of as many more; seeds measure less.
        var atOnce = Math.Max(2, mostMeasured / 10 * 3 / Math.Max(1, orders.Length));
        foreach (var some in Enumerable.Range(0, orders.Length).Chunk(atOnce))
        {
            var (savings, seeds) = (BySavings(some), BySeeds(some));
            _batches.AddRange(Total(savings) <= Total(seeds) ? savings : seeds);
        }

        Settle(_batches);
        while (_measured < mostMeasured && _batches.Count > 1)
        {
            // To look for a change that has room is worth a walk, or where there is none it would never end.
            _measured++;
            var (before, total) = (_batches, Total(_batches));
            _batches = [.. before];
            Settle(Throw());
            if (Total(_batches) > total) _batches = before;
        }

        return _batches.OrderBy(b => b.Orders[0]).Select(b => b.Orders.Select(o => orders[o]).ToArray());
    }

    static long Total(List<Batch> batches) => batches.Sum(b => b.Length);

    Batch Of(IEnumerable<int> members)
    {
        int[] sorted = [.. members.Order()];
        _measured++;
        return new(
            sorted, sorted.Aggregate(default(TourLoad), (load, o) => load + TourLoad.Of(orders[o])),
            length(sorted.SelectMany(o => orders[o].Stops)));
    }

    bool Fit(Batch a, Batch b) => room.Has(a.Load + b.Load);

    /// <summary>Each order alone at first; those two tours are merged that save most, as long as any do.</summary>
    List<Batch> BySavings(int[] some)
    {
        List<Batch> batches = [.. some.Select(o => Of([o]))];
        Dictionary<(Batch, Batch), Batch> merged = new(new Pairs());
        while (true)
        {
            (Batch A, Batch B, Batch Both)? best = null;
            var most = -1L;
            for (var i = 0; i < batches.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var (a, b) = (batches[j], batches[i]);
                    if (!Fit(a, b)) continue;
                    if (!merged.TryGetValue((a, b), out var both))
                        merged[(a, b)] = both = Of([.. a.Orders, .. b.Orders]);
                    if (a.Length + b.Length - both.Length <= most) continue;
                    (best, most) = ((a, b, both), a.Length + b.Length - both.Length);
                }
            }

            if (best is not var (first, second, joined)) return batches;
            // In the place of the first, so that pairs stay in their order.
            batches[batches.IndexOf(first)] = joined;
            batches.Remove(second);
        }
    }

    /// <summary>The order with the longest walk that is left, filled with those that add least.</summary>
    List<Batch> BySeeds(int[] some)
    {
        List<Batch> batches = [], left = [.. some.Select(o => Of([o]))];
        while (left.Count > 0)
        {
            var seed = left.MaxBy(b => b.Length)!;
            left.Remove(seed);
            while (left.Where(b => Fit(seed, b))
                .Select(b => new { Added = b, Both = Of([.. seed.Orders, .. b.Orders]) })
                .MinBy(p => p.Both.Length - p.Added.Length) is { } next)
            {
                left.Remove(next.Added);
                seed = next.Both;
            }

            batches.Add(seed);
        }

        return batches;
    }

    /// <summary>The same two batches, not two that say the same.</summary>
    sealed class Pairs : IEqualityComparer<(Batch A, Batch B)>
    {
        public bool Equals((Batch A, Batch B) x, (Batch A, Batch B) y) =>
            ReferenceEquals(x.A, y.A) && ReferenceEquals(x.B, y.B);

        public int GetHashCode((Batch A, Batch B) pair) => HashCode.Combine(pair.A.Orders[0], pair.B.Orders[0]);
    }
}
