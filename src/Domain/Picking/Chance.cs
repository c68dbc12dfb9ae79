namespace Fulfillment.Picking;

/// <summary>
/// Numbers without order that are the same each time: xorshift64* (Vigna 2016, ACM Transactions on Mathematical
/// Software 42(4)), from a constant.
/// </summary>
sealed class Chance
{
    ulong _state = 0x9E3779B97F4A7C15;

    /// <summary>From 0 on, below the bound.</summary>
    public int Below(int bound)
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (int)(unchecked(_state * 2685821657736338717) >> 33) % bound;
    }
}
