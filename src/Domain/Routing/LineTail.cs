namespace Fulfillment.Routing;

/// <summary>
/// What the lines of a search from each one on add at least, when each gets its cheapest; and what it takes to keep
/// what they bring to a leg within what its parcels hold.
/// </summary>
sealed class LineTail(int mostLines, int mostSlots)
{
    const long Never = long.MaxValue;

    readonly (long Short, long Overflow, long Rate, long Labour)[] _sums = new (
        long, long, long, long)[mostLines + 1];
    readonly long[] _grams = new long[mostLines + 1];
    readonly (long Grams, long Movable, long Rate)[] _legs = new (long, long, long)[(mostLines + 1) * mostSlots];
    int _slots;

    /// <summary>Of the lines from the <paramref name="k"/>th on.</summary>
    public (long Short, long Overflow, long Rate, long Labour) From(int k) => _sums[k];

    /// <summary>What they weigh.</summary>
    public long Grams(int k) => _grams[k];

    /// <summary>Begins anew, from the last line.</summary>
    public void Begin(int lines, int slots)
    {
        _slots = slots;
        (_sums[lines], _grams[lines]) = (default, 0);
        Array.Fill(_legs, (0, 0, Never), lines * slots, slots);
    }

    /// <summary>Adds a line before those that there are; what it brings to legs follows.</summary>
    public void Add(int k, (long Short, long Overflow, long Rate) least, long labour, long grams)
    {
        var after = _sums[k + 1];
        _sums[k] = (
            after.Short + least.Short, after.Overflow + least.Overflow, after.Rate + least.Rate, after.Labour + labour);
        _grams[k] = _grams[k + 1] + grams;
        Array.Copy(_legs, (k + 1) * _slots, _legs, k * _slots, _slots);
    }

    /// <summary>
    /// The line brings that weight to a leg, of which a gram can be moved elsewhere for that at least; null for never.
    /// </summary>
    public void Bring(int k, int slot, long grams, long? moved)
    {
        ref var leg = ref _legs[k * _slots + slot];
        leg = (
            leg.Grams + grams, leg.Movable + (moved is null ? 0 : grams), Math.Min(leg.Rate, moved ?? Never));
    }

    /// <summary>
    /// What it takes at least to move what the legs cannot hold, which weigh so much without the lines from the
    /// <paramref name="k"/>th on; null when it cannot be moved.
    /// </summary>
    public long? ShedRate(int k, long[] grams, LegWay[] ways)
    {
        var rate = 0L;
        for (var s = 0; s < _slots; s++)
        {
            if (ways[s].Parcels == 0) continue;
            var leg = _legs[k * _slots + s];
            var over = grams[s] + leg.Grams - ways[s].MostGrams;
            if (over <= 0) continue;
            if (over > leg.Movable) return null;
            rate += over * leg.Rate;
        }

        return rate;
    }
}
