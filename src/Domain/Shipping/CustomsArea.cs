using System.Collections.Frozen;

namespace Fulfillment.Shipping;

/// <summary>
/// Between which countries goods are declared to customs. Parts of a country outside its customs area, such as the
/// Canary Islands, and Northern Ireland are not told apart.
/// </summary>
public static class CustomsArea
{
    /// <summary>The customs territory of the European Union (Regulation 952/2013, article 4), by country.</summary>
    static readonly FrozenSet<string> Union = FrozenSet.Create(
        StringComparer.Ordinal, "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
        "IE", "IT", "LT", "LU", "LV", "MC", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

    /// <summary>Others that are one area with a larger country.</summary>
    static readonly FrozenDictionary<string, string> Shared = new Dictionary<string, string>
    {
        ["LI"] = "CH",
        ["IM"] = "GB",
        ["PR"] = "US",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether goods from one to the other cross a customs border.</summary>
    public static bool IsLeft(string from, string to) =>
        Of(from) != Of(to) && !(Union.Contains(from) && Union.Contains(to));

    static string Of(string country) => Shared.GetValueOrDefault(country, country);
}
