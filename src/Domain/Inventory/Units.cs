using System.Collections.Immutable;

namespace Fulfillment.Inventory;

/// <summary>Sums of units per node, in ordinal order, without zeros.</summary>
static class Units
{
    public static ImmutableArray<NodeUnits> Plus(ImmutableArray<NodeUnits> a, ImmutableArray<NodeUnits> b) =>
        b.IsEmpty ? a : a.IsEmpty ? b : Merge(a, b, 1);

    public static ImmutableArray<NodeUnits> Minus(ImmutableArray<NodeUnits> a, ImmutableArray<NodeUnits> b) =>
        b.IsEmpty ? a : a.AsSpan().SequenceEqual(b.AsSpan()) ? [] : Merge(a, b, -1);

    public static long Sum(ImmutableArray<NodeUnits> units)
    {
        long sum = 0;
        foreach (var (_, n) in units) sum += n;
        return sum;
    }

    /// <summary>As that of any sequence; many are summed at every event, and an array needs no enumerator.</summary>
    public static long Sum<T>(this ImmutableArray<T> items, Func<T, long> units)
    {
        long sum = 0;
        foreach (var item in items) sum += units(item);
        return sum;
    }

    /// <summary>The first units of the list, up to <paramref name="most"/> in all.</summary>
    public static ImmutableArray<NodeUnits> Trim(ImmutableArray<NodeUnits> units, long most)
    {
        if (Sum(units) <= most) return units;
        List<NodeUnits> kept = [];
        foreach (var (node, n) in units)
        {
            var take = Math.Min(n, most);
            if (take > 0) kept.Add(new(node, take));
            most -= take;
        }

        return [.. kept];
    }

    static ImmutableArray<NodeUnits> Merge(ImmutableArray<NodeUnits> a, ImmutableArray<NodeUnits> b, int sign)
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (node, n) in a) sums[node] = sums.GetValueOrDefault(node) + n;
        foreach (var (node, n) in b) sums[node] = sums.GetValueOrDefault(node) + sign * n;
        return [.. from sum in sums where sum.Value != 0 select new NodeUnits(sum.Key, sum.Value)];
    }
}
