using System.Collections.Frozen;

namespace Fulfillment.Routing;

/// <summary>
/// What an address in a country needs. Countries: ISO 3166-1, with XK for Kosovo. Forms of postcodes, and which
/// countries cannot do without: Google's address data (<c>testdata/countryinfo.txt</c> of google/libaddressinput, as of
/// June 2025), but for the Republic of Korea (five digits) and Ireland (Eircodes), which both have had since 2015.
/// Forms here are coarser than those patterns: of letters they know only that they are some.
/// </summary>
public static class AddressRules
{
    /// <summary>No postcode is longer, without spaces and hyphens.</summary>
    public const int MostPostcode = 10;

    const string Without =
        "AE AG AO AQ AW BF BI BJ BO BQ BS BV BW BZ CD CF CG CI CM CU CW DJ DM ER FJ GA GD GH GM GQ GY HK JM KI KM KN "
        + "KP LC LY ML MO MR MS MW NA NR NU PA PS QA RW SB SC SD SL SR SS ST SX SY TD TF TG TK TL TO TT TV UG UM VU WS "
        + "YE ZW";

    /// <summary>
    /// Forms and who has them, without spaces and hyphens: <c>#</c> is a digit, <c>@</c> a letter, <c>*</c> either;
    /// anything else is itself.
    /// </summary>
    static readonly (string Forms, string Countries)[] Table =
    [
        ("###", "FO GN IS LS MG PG"),
        ("####", "AF AL AT AU AZ BD BE BG CH CK CV CY DK ET GE GW HM HT HU LR LU MD MK MZ NE NO NZ PH PY SI SJ TN TZ "
            + "VE ZA"),
        ("#####", "BA BT CZ DE DO DZ EE EG EH ES FI FR GR GT HN HR ID IQ IT JO KE KH KR KW LA LK LT MA MM MN MV MX MY "
            + "NI NP PK SA SE SK SN SO TH TR UA UY ZM"),
        ("######", "BY CN CO IN KG KZ NG RO RU SG TJ TM UZ VN"),
        ("#######", "CL JP PT"),
        ("########", "BR"), ("##########", "IR"), ("#####|######", "RS"), ("#####|#######", "IL"),
        ("#####|#########", "US"), ("####|37####", "AM"), ("###|####", "BH"), ("###|#####|######", "TW"),
        ("####|#####|#######", "CR"), ("####|########", "LB"), ("###|PC###", "OM"),
        ("#####|LIMA#|LIMA##|CALLAO#|CALLAO##", "PE"), ("####|@####|@####@@@", "AR"),
        ("@####@|######|@@######", "EC"), ("#####|###@@###", "MU"), ("####@@", "NL"), ("@#@#@#", "CA"),
        ("@##@@|@###@@|@@##@@|@@###@@|@#@#@@|@@#@#@@|@##@#@@|GIR0AA|BFPO#|BFPO##|BFPO###|BFPO####", "GB"),
        ("GY##@@|GY###@@", "GG"), ("IM##@@|IM###@@", "IM"), ("JE##@@|JE###@@", "JE"), ("*******", "IE"),
        ("AD###", "AD"), ("AI2640|2640", "AI"), ("BB#####", "BB"), ("@@**", "BM"), ("@@####", "BN"), ("KY#####", "KY"),
        ("LV####|####", "LV"), ("@@@##|@@@###|@@@####", "MT"), ("CP####|####", "SV"), ("@###", "SZ"), ("VC####", "VC"),
        ("VG####", "VG"), ("96799|96799####", "AS"), ("969##|969######", "FM GU MH MP PW"),
        ("00###|00#######", "PR VI"),
        ("22###", "AX"), ("39##", "GL"), ("948#|949#", "LI"), ("980##", "MC"), ("8####", "ME"), ("988##", "NC"),
        ("987##", "PF"), ("986##", "WF"), ("976##", "YT"), ("97###|98###", "BL GF GP MF MQ PM RE"), ("4789#", "SM"),
        ("00120", "VA"), ("#####", "PL XK"), ("6799", "CC"), ("6798", "CX"), ("2899", "NF"), ("FIQQ1ZZ", "FK"),
        ("GX111AA", "GI"), ("SIQQ1ZZ", "GS"), ("BBND1ZZ", "IO"), ("PCRN1ZZ", "PN"), ("ASCN1ZZ|STHL1ZZ", "SH"),
        ("TKCA1ZZ", "TC"),
    ];

    static readonly FrozenSet<string> Needs =
        ("AS AT AU AX BE BL BR CA CH CN DE DK ES FI FK FM FR GB GF GG GL GP GR GS GU IM IN IO IT JE JP KR LI LU MF MH "
        + "MP MQ MX MY NC NL NO NZ PF PL PM PN PR PT PW RE RU SE SG SH SJ SM TC TR TW US VI WF YT ZA").Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, string[]> Known =
        Table.SelectMany(row => row.Countries.Split(' ').Select(country => (country, Forms: row.Forms.Split('|'))))
            .Concat(Without.Split(' ').Select(country => (country, Forms: (string[])[])))
            .ToFrozenDictionary(c => c.country, c => c.Forms, StringComparer.Ordinal);

    /// <summary>Every country, in no order.</summary>
    public static IReadOnlyList<string> Countries => Known.Keys;

    /// <summary>Whether there is such a country, in capitals.</summary>
    public static bool IsCountry(string code) => Known.ContainsKey(code);

    /// <summary>Whether the country has postcodes at all.</summary>
    public static bool HasPostcodes(string country) => Known.TryGetValue(country, out var forms) && forms.Length > 0;

    /// <summary>Whether nothing is delivered in the country without a postcode.</summary>
    public static bool NeedsPostcode(string country) => Needs.Contains(country);

    /// <summary>
    /// Whether the text is a postcode of the country, however it is spaced, hyphenated and capitalised. Of a country
    /// without postcodes, or none, anything is.
    /// </summary>
    public static bool IsPostcode(string country, string text)
    {
        if (!Known.TryGetValue(country, out var forms) || forms.Length == 0) return true;
        var postcode = Compact(text);
        foreach (var form in forms)
            if (Fits(form, postcode)) return true;
        return false;
    }

    /// <summary>A postcode as regions are told by it: in capitals, without spaces and hyphens.</summary>
    public static string Compact(string text) =>
        text.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Whether a postcode of the country may begin like this; it is to be compact.</summary>
    public static bool MayBegin(string country, string start) => start.Length > 0
        && Known.TryGetValue(country, out var forms)
        && forms.Any(form => start.Length <= form.Length && Fits(form[..start.Length], start));

    static bool Fits(string form, string text)
    {
        if (form.Length != text.Length) return false;
        for (var i = 0; i < form.Length; i++)
        {
            var fits = form[i] switch
            {
                '#' => char.IsAsciiDigit(text[i]),
                '@' => char.IsAsciiLetterUpper(text[i]),
                '*' => char.IsAsciiDigit(text[i]) || char.IsAsciiLetterUpper(text[i]),
                var itself => itself == text[i],
            };
            if (!fits) return false;
        }

        return true;
    }
}
