namespace Fulfillment.Shipping;

/// <summary>Amounts in other currencies, by the rates of a table of duties.</summary>
public static class Exchange
{
    /// <summary>The largest amount that is reckoned with, minor units.</summary>
    public const long Most = 100_000_000_000_000_000;

    /// <summary>
    /// In minor units of the other currency, rounded half up; null where a rate is missing, or the amount is larger
    /// than <see cref="Most"/>.
    /// </summary>
    public static long? Convert(DutyTable table, long minor, string from, string to)
    {
        if (from == to) return minor;
        if (RateOf(table, from) is not { } had || RateOf(table, to) is not { } wanted) return null;
        Int128 above = (Int128)minor * wanted.Millionths, below = had.Millionths;
        for (var i = had.Digits; i < wanted.Digits; i++) above *= 10;
        for (var i = wanted.Digits; i < had.Digits; i++) below *= 10;
        var told = (above * 2 + below) / (below * 2);
        return told > Most ? null : (long)told;
    }

    /// <summary>The rate of a currency; null where it is not told.</summary>
    public static ExchangeRate? RateOf(DutyTable table, string currency) =>
        table.Rates.FirstOrDefault(r => r.Currency == currency);
}
