namespace Fulfillment.Routing;

/// <summary>
/// How large the question is, and which nodes and ways may take part so that no sum of any plan leaves 64 bits: of
/// labour and duty, of carriage, of lateness and of preference each plan has at most <see cref="Most"/> or
/// <see cref="MostScore"/>, the first two in the parts of <see cref="RouteRates.Scale"/>.
/// </summary>
sealed record RouteSize(long Grams, int Lines, int Nodes)
{
    /// <summary>The most that goods of a plan may weigh: a billion tonnes.</summary>
    public const long MostGrams = 1_000_000_000_000_000;

    const long Most = 1L << 60, MostScore = 1L << 50;

    /// <summary>Of lines, and so many nodes that they name. Heavier than <c>MostGrams</c> is all the same.</summary>
    public static RouteSize Of(RouteLine[] lines, int nodes)
    {
        Int128 grams = 0;
        foreach (var line in lines) grams += (Int128)Math.Max(0, line.Units) * (line.Product?.Grams ?? 0);
        return new((long)Int128.Min(grams, MostGrams + 1), Math.Max(1, lines.Length), Math.Max(1, nodes));
    }

    /// <summary>Nobody can reckon with so much.</summary>
    public bool IsTooHeavy => Grams > MostGrams;

    /// <summary>Whether what one unit costs may count for all units of a line.</summary>
    public bool Fits(long units, long unitMinor) =>
        (Int128)Math.Max(0, units) * unitMinor * RouteRates.Scale <= Most / Lines;

    /// <summary>Whether a way may carry all goods, and be as late as it is.</summary>
    public bool Fits(RouteOption way)
    {
        var parcels = way.MaxGrams == long.MaxValue ? way.ParcelMinor
            : (Int128)way.ParcelMinor * Math.Max(1, (Grams + way.MaxGrams - 1) / way.MaxGrams) * RouteRates.Scale;
        var kilograms = (Int128)way.KilogramMinor * RouteOption.Kilograms(Grams) * RouteRates.Scale;
        return parcels + kilograms <= Most && FitsScore(way.LateMinor);
    }

    /// <summary>Whether so much may count for each node of a plan.</summary>
    public bool FitsScore(Int128 minor) => Int128.Abs(minor) <= MostScore / Nodes;
}
