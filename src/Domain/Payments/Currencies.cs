using System.Collections.Frozen;

namespace Fulfillment.Payments;

/// <summary>
/// How many digits the minor unit of a currency has. Source: ISO 4217, list one (SIX Financial Information,
/// <c>list-one.xml</c> as of January 2026), without funds and metals that have no minor unit (<c>XAU</c>, <c>XDR</c>).
/// Codes that were withdrawn (<c>ANG</c>, <c>BGN</c>, <c>HRK</c>) are unknown: nobody settles in them.
/// </summary>
public static class Currencies
{
    const string None = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
        Three = "BHD IQD JOD KWD LYD OMR TND", Four = "CLF UYW",
        Two = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF "
            + "CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL "
            + "HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU "
            + "MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR "
            + "SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED "
            + "VES WST XCD XCG YER ZAR ZMW ZWG";

    static readonly FrozenDictionary<string, int> Known =
        Listed(None, 0).Concat(Listed(Two, 2)).Concat(Listed(Three, 3)).Concat(Listed(Four, 4))
            .ToFrozenDictionary(c => c.Code, c => c.Digits);

    /// <summary>Every known code, in no order.</summary>
    public static IReadOnlyList<string> Codes => Known.Keys;

    /// <summary>The digits of the minor unit, 0 to 4; null for a code that is none, or not in capitals.</summary>
    public static int? DigitsOf(string code) => Known.TryGetValue(code, out var digits) ? digits : null;

    /// <summary>
    /// So many minor units counted in a unit of other digits: 5 yen are 500 of a provider that counts yen in
    /// hundredths. Null where that is no whole number, or too large: money is never rounded.
    /// </summary>
    public static long? Recount(long amountMinor, int from, int to)
    {
        var amount = (Int128)amountMinor;
        for (; from < to; from++) amount *= 10;
        for (; from > to; from--)
        {
            if (amount % 10 != 0) return null;
            amount /= 10;
        }

        return amount >= long.MinValue && amount <= long.MaxValue ? (long)amount : null;
    }

    static IEnumerable<(string Code, int Digits)> Listed(string codes, int digits) =>
        codes.Split(' ').Select(code => (code, digits));
}
