using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Fulfillment.Shipping;

/// <summary>
/// Between which places goods are declared to customs: a table of areas, and of the parts of countries that are not in
/// the area of the rest. Places are told apart by country and the beginning of the postcode. Sources: Regulation (EU)
/// 952/2013, article 4, and Directive 2006/112/EC, articles 5 to 7, as amended; the Windsor Framework for Northern
/// Ireland (in both areas, so that no parcel to or from either is declared); 19 CFR 101.1 for the United States; the
/// Norwegian Customs Duty Act, section 1-1; the treaty of 1964 on Büsingen.
/// </summary>
public static class CustomsArea
{
    /// <summary>Of the table.</summary>
    public const string Version = "2026-11";

    /// <summary>The day as of which it was written down.</summary>
    public static readonly DateOnly AsOf = new(2026, 11, 1);

    /// <summary>The customs area of the European Union.</summary>
    public const string Eu = "EU";

    const string NorthernIreland = "XI";

    static readonly FrozenSet<string> Members = FrozenSet.Create(
        StringComparer.Ordinal, "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
        "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

    /// <summary>Countries that are in the area of another; tax may be their own all the same.</summary>
    static readonly FrozenDictionary<string, (string Customs, string Tax)> Shared =
        new Dictionary<string, (string, string)>
        {
            ["MC"] = (Eu, "FR"),
            ["LI"] = ("CH", "CH"),
            ["IM"] = ("GB", "GB"),
            ["PR"] = ("US", "US"),
            ["AX"] = (Eu, "AX"),
            ["GP"] = (Eu, "GP"),
            ["MQ"] = (Eu, "MQ"),
            ["GF"] = (Eu, "GF"),
            ["RE"] = (Eu, "RE"),
            ["YT"] = (Eu, "YT"),
            ["MF"] = (Eu, "MF"),
            ["XI"] = (NorthernIreland, NorthernIreland),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Parts of countries by how their postcodes begin; of several that fit the longest counts.</summary>
    static readonly FrozenDictionary<string, ImmutableArray<(string Begins, string Customs, string Tax)>> Parts =
        new Dictionary<string, ImmutableArray<(string, string, string)>>
        {
            ["DE"] = [("27498", "DE-HELGOLAND", "DE-HELGOLAND"), ("78266", "CH", "CH")],
            ["IT"] = [("23041", "IT-LIVIGNO", "IT-LIVIGNO"), ("22061", Eu, "IT-CAMPIONE")],
            ["ES"] =
            [
                ("35", Eu, "ES-CANARIAS"), ("38", Eu, "ES-CANARIAS"), ("51", "ES-CEUTA", "ES-CEUTA"),
                ("52", "ES-MELILLA", "ES-MELILLA"),
            ],
            ["FI"] = [("22", Eu, "AX")],
            ["GR"] = [("63086", Eu, "GR-ATHOS"), ("63087", Eu, "GR-ATHOS")],
            ["FR"] =
            [
                ("971", Eu, "GP"), ("972", Eu, "MQ"), ("973", Eu, "GF"), ("974", Eu, "RE"), ("976", Eu, "YT"),
                ("97133", "BL", "BL"), ("97150", Eu, "MF"), ("975", "PM", "PM"), ("986", "WF", "WF"),
                ("987", "PF", "PF"), ("988", "NC", "NC"),
            ],
            ["GB"] =
            [
                ("BT", NorthernIreland, NorthernIreland), ("JE", "JE", "JE"), ("GY", "GG", "GG"),
            ],
            ["NO"] = [("917", "SJ", "SJ"), ("8099", "SJ", "SJ")],
            ["US"] =
            [
                ("008", "VI", "VI"), ("969", "GU", "GU"), ("96799", "AS", "AS"), ("9695", "MP", "MP"),
            ],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Where that is. <paramref name="postcode"/>: null when not told; then it is in the main part.</summary>
    public static CustomsPlace Of(string country, string? postcode = null)
    {
        if (postcode is not null && Parts.TryGetValue(country, out var parts))
        {
            var compact = string.Concat(postcode.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
            var longest = 0;
            (string Customs, string Tax)? found = null;
            foreach (var (begins, customs, tax) in parts)
            {
                if (begins.Length <= longest || !compact.StartsWith(begins, StringComparison.Ordinal)) continue;
                // JE and GY are letters before a digit: the letters of a longer area are another one.
                if (char.IsAsciiLetter(begins[0]) && compact.Length > begins.Length
                    && char.IsAsciiLetter(compact[begins.Length])) continue;
                (longest, found) = (begins.Length, (customs, tax));
            }

            if (found is { } part) return new(country, part.Customs, part.Tax);
        }

        if (Shared.TryGetValue(country, out var of)) return new(country, of.Customs, of.Tax);
        return new(country, Members.Contains(country) ? Eu : country, country);
    }

    /// <summary>Whether goods between them are declared: another customs area, or another area of tax.</summary>
    public static bool IsLeft(CustomsPlace from, CustomsPlace to) =>
        !IsSame(from, to) || (FiscalOf(from, to) != FiscalOf(to, from));

    /// <summary>Whether goods from one country's main part to the other's are declared.</summary>
    public static bool IsLeft(string from, string to) => IsLeft(Of(from), Of(to));

    /// <summary>Whether both are in one customs area: then there is no duty, but there may be tax.</summary>
    public static bool IsSame(CustomsPlace from, CustomsPlace to) =>
        from.Customs == to.Customs
        || (from.Customs == NorthernIreland && to.Customs is Eu or "GB")
        || (to.Customs == NorthernIreland && from.Customs is Eu or "GB");

    /// <summary>Whether the country is in the European Union.</summary>
    public static bool IsMember(string country) => Members.Contains(country);

    /// <summary>Whether tax is raised there as in the European Union.</summary>
    public static bool IsUnionTax(CustomsPlace place) => Members.Contains(place.Tax);

    /// <summary>The area of tax: Northern Ireland is in that of whoever it deals with.</summary>
    static string FiscalOf(CustomsPlace place, CustomsPlace other)
    {
        if (place.Tax == NorthernIreland && (other.Tax == "GB" || Members.Contains(other.Tax)))
            return other.Tax == "GB" ? "GB" : Eu;
        return Members.Contains(place.Tax) ? Eu : place.Tax;
    }
}
