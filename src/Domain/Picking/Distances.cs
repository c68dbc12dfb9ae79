namespace Fulfillment.Picking;

/// <summary>
/// How far it is from each place to each other, in millimetres or any other whole unit. The way back may be another
/// length: some aisles are walked in one direction only.
/// </summary>
public sealed class Distances
{
    /// <summary>There is no way; sums of some thousands still fit.</summary>
    public const long NoWay = 1L << 50;

    readonly long[] _between;

    /// <summary>Asks for every pair once.</summary>
    public Distances(int count, Func<int, int, long> between)
    {
        Count = count;
        _between = new long[count * count];
        for (var from = 0; from < count; from++)
            for (var to = 0; to < count; to++) _between[from * count + to] = from == to ? 0 : between(from, to);
        IsSymmetric = AreEqualBothWays();
    }

    /// <summary>How many places; the first is where a tour begins and ends.</summary>
    public int Count { get; }

    /// <summary>Whether every way is as long as the way back.</summary>
    public bool IsSymmetric { get; }

    /// <summary>From one place to another.</summary>
    public long this[int from, int to] => _between[from * Count + to];

    /// <summary>The length of the round through all these places, from the last to the first too.</summary>
    public long Round(ReadOnlySpan<int> order)
    {
        var length = 0L;
        for (var i = 0; i < order.Length; i++) length += this[order[i], order[i + 1 < order.Length ? i + 1 : 0]];
        return length;
    }

    bool AreEqualBothWays()
    {
        for (var from = 0; from < Count; from++)
            for (var to = 0; to < from; to++)
                if (this[from, to] != this[to, from]) return false;
        return true;
    }
}
