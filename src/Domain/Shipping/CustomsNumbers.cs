using System.Collections.Frozen;

namespace Fulfillment.Shipping;

/// <summary>The forms of the numbers under which customs and tax offices know a seller.</summary>
public static class CustomsNumbers
{
    /// <summary>The longest EORI after its country; British ones have 12 digits, or 15 for a group.</summary>
    const int LongestEori = 15, BritishEori = 12;

    /// <summary>ISO 3166-1 numeric codes of member states, by which IOSS numbers begin, and whose they are.</summary>
    static readonly FrozenDictionary<string, string> MemberNumbers =
        ("040AT 056BE 100BG 191HR 196CY 203CZ 208DK 233EE 246FI 250FR 276DE 300GR 348HU 372IE 380IT 428LV 440LT 442LU "
            + "470MT 528NL 616PL 620PT 642RO 703SK 705SI 724ES 752SE")
        .Split(' ').ToFrozenDictionary(c => c[..3], c => c[3..], StringComparer.Ordinal);

    /// <summary>
    /// An EORI number (Delegated Regulation 2015/2446, annex B, 13 01 017): the country, a member of the EU, GB or XI,
    /// and up to 15 letters and digits; of GB and XI, 12 or 15 digits.
    /// </summary>
    public static bool IsEori(string number)
    {
        if (number.Length < 3) return false;
        var country = number[..2];
        var rest = number.AsSpan(2);
        if (country is "GB" or "XI")
            return rest.Length is BritishEori or LongestEori && !rest.ContainsAnyExceptInRange('0', '9');
        if (!CustomsArea.IsMember(country) || rest.Length > LongestEori) return false;
        foreach (var c in rest)
            if (!char.IsAsciiDigit(c) && !char.IsAsciiLetterUpper(c)) return false;
        return true;
    }

    /// <summary>
    /// An IOSS number (Implementing Regulation 2020/194, annex): IM, the number of the member state that gave it, seven
    /// digits.
    /// </summary>
    public static bool IsIoss(string number) => IossCountry(number) is not null;

    /// <summary>The member state that gave an IOSS number; null of one that is none.</summary>
    public static string? IossCountry(string number) => number.Length == 12
        && number.StartsWith("IM", StringComparison.Ordinal)
        && !number.AsSpan(2).ContainsAnyExceptInRange('0', '9') ? MemberNumbers.GetValueOrDefault(number[2..5]) : null;

    /// <summary>
    /// A VAT number of the United Kingdom: GB, nine digits of which the last two check the others (modulo 97, or since
    /// 2010 with 55 more), and three more for a branch.
    /// </summary>
    public static bool IsGbVat(string number)
    {
        if (number.Length is not (11 or 14) || !number.StartsWith("GB", StringComparison.Ordinal)
            || number.AsSpan(2).ContainsAnyExceptInRange('0', '9')) return false;
        var sum = 0;
        for (var i = 0; i < 7; i++) sum += (number[2 + i] - '0') * (8 - i);
        sum += ((number[9] - '0') * 10) + (number[10] - '0');
        return sum % 97 == 0 || (sum + 55) % 97 == 0;
    }
}
