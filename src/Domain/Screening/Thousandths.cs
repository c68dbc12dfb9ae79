namespace Fulfillment.Screening;

/// <summary>
/// Logarithm and logistic function in whole thousandths. In integers, so that a score is the same on every machine, for
/// as long as its journal is kept.
/// </summary>
public static class Thousandths
{
    const int FractionBits = 20, QuartersToFlat = 32, Million = 1_000_000;
    const long LnOf2 = 693_147_181; // billionths

    /// <summary>The logistic function at 0, 1/4, 2/4 ... 8, in millionths; flat beyond.</summary>
    static ReadOnlySpan<int> Logistic =>
    [
        500_000, 562_177, 622_459, 679_179, 731_059, 777_300, 817_574, 851_953, 880_797, 904_651, 924_142,
        939_913, 952_574, 962_673, 970_688, 977_023, 982_014, 985_936, 989_013, 991_423, 993_307, 994_780,
        995_930, 996_827, 997_527, 998_073, 998_499, 998_830, 999_089, 999_290, 999_447, 999_569, 999_665,
    ];

    /// <summary>The natural logarithm of a whole number from 1 on, to the nearest thousandth.</summary>
    public static int Ln(long number)
    {
        Ensure.That(number > 0);
        var whole = 63 - long.LeadingZeroCount(number);
        // 1 up to 2, with 31 bits behind the point: squared, its whole part is the next bit of the logarithm.
        var rest = whole >= 31 ? (ulong)number >> (int)(whole - 31) : (ulong)number << (int)(31 - whole);
        var log2 = whole;
        for (var bit = 0; bit < FractionBits; bit++)
        {
            rest = (rest * rest) >> 31;
            log2 <<= 1;
            if (rest < 1UL << 32) continue;
            rest >>= 1;
            log2 |= 1;
        }

        return (int)(((log2 * LnOf2 >> FractionBits) + Million / 2) / Million);
    }

    /// <summary>1 / (1 + e^-x), in thousandths, to one of them: the table, and straight lines between.</summary>
    public static int LogisticOf(long logOdds)
    {
        if (logOdds < 0) return 1_000 - LogisticOf(-logOdds);
        var (quarter, part) = Math.DivRem(logOdds, 250);
        if (quarter >= QuartersToFlat) return 1_000;
        var (low, high) = (Logistic[(int)quarter], Logistic[(int)quarter + 1]);
        return (int)((low + (high - low) * part / 250 + Million / 2_000) / 1_000);
    }
}
