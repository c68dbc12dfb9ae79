namespace Fulfillment.Client.Import;

/// <summary>
/// Chance from a seed (SplitMix64; Steele, Lea and Flood, OOPSLA 2014): the same numbers on every machine and in every
/// version of the runtime.
/// </summary>
sealed class Chance(int seed)
{
    ulong _state = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL);

    /// <summary>A number from 0 to below <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True so many times in a million.</summary>
    public bool Of(int million) => Below(1_000_000) < million;

    /// <summary>One of the values.</summary>
    public T One<T>(IReadOnlyList<T> values) => values[Below(values.Count)];

    /// <summary>An index, by running sums of weights.</summary>
    public int Weighted(long[] sums)
    {
        var at = Array.BinarySearch(sums, (long)(Next() % (ulong)sums[^1]) + 1);
        return at >= 0 ? at : ~at;
    }

    ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
