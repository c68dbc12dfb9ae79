using System.Text;

namespace Fulfillment.Payments;

/// <summary>
/// Finds card numbers in text and masks them: the last four digits stay, of numbers from 16 digits on the first six
/// too, which is the most that PCI DSS 4.0 lets be shown (requirement 3.4.1).
/// <para>In free text a card number is 12 to 19 digits, with at most one space or hyphen between two of them, whose
/// check digit is right (ISO/IEC 7812-1, annex B: Luhn) and whose first digits and length are those of a card scheme.
/// It begins and ends where digits do. Up to 15 digits after a plus sign are a telephone number (ITU-T E.164).</para>
/// <para>An id is judged more strictly, because every tenth number has a right Luhn digit: the digits must stand
/// together or in the groups that are printed on cards, be 14 (Diners), 15 (American Express) or 16 (all others), and
/// not adjoin a letter of A to F, which makes them hexadecimal. 14 digits whose last is right for a GTIN-14 (GS1
/// General Specifications, section 7.9) are an article number. So EANs of 13 digits, and order and tracking numbers of
/// 12, 13 and 17 to 19, are never taken for cards; of ids of 16 digits about one in forty is.</para>
/// </summary>
public static class CardNumbers
{
    /// <summary>The fewest and the most digits of a card number, and the fewest of those issued today.</summary>
    public const int Fewest = 12, Most = 19, FewestIssued = 14;

    const byte Mask = (byte)'*';
    const int Shown = 6, Last = 4, LongestPhone = 15, MostInId = 16;

    /// <summary>How numbers are printed on cards: Diners, American Express, all others.</summary>
    static readonly string[] Groups = ["dddd-dddddd-dddd", "dddd-dddddd-ddddd", "dddd-dddd-dddd-dddd"];

    /// <summary>
    /// Whether there may be one: quick, allocates nothing. Of a run of twelve bytes that are digits, spaces and
    /// hyphens every twelfth byte of the text hits one.
    /// </summary>
    public static bool MayContain(ReadOnlySpan<byte> text)
    {
        for (var at = Fewest - 1; at < text.Length; at += Fewest)
        {
            if (!IsPart(text[at])) continue;
            var first = at;
            while (first > 0 && IsPart(text[first - 1])) first--;
            var digits = 0;
            for (; first < text.Length && IsPart(text[first]); first++)
                if (char.IsAsciiDigit((char)text[first]) && ++digits == Fewest) return true;
            at = Math.Max(at, first - 1);
        }

        return false;
    }

    /// <summary>
    /// Overwrites digits of every card number in UTF-8 text with asterisks; the length stays. Returns how many there
    /// were. With <paramref name="fewest"/> shorter numbers are left alone.
    /// </summary>
    public static int MaskIn(Span<byte> text, int fewest = Fewest)
    {
        // What one leaves to be seen may be another's beginning; every pass leaves fewer digits.
        var found = 0;
        while (MaskOnce(text, fewest) is > 0 and var more) found += more;
        return found;
    }

    static int MaskOnce(Span<byte> text, int fewest)
    {
        var found = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit((char)text[at])) continue;
            var end = RunEnd(text, at);
            var isPhone = at > 0 && text[at - 1] == '+' && Digits(text[at..end]) <= LongestPhone;
            if (!isPhone) found += MaskRun(text[at..end], fewest);
            at = end;
        }

        return found;
    }

    /// <summary>The text with its card numbers masked; the same where there are none.</summary>
    public static string Masked(string text, int fewest = Fewest)
    {
        if (text.Length < Fewest) return text;
        var bytes = Encoding.UTF8.GetBytes(text);
        return MayContain(bytes) && MaskIn(bytes, fewest) > 0 ? Encoding.UTF8.GetString(bytes) : text;
    }

    /// <summary>Whether there is a card number in an id, by the stricter rule for ids.</summary>
    public static bool IsCard(string? id)
    {
        if (id is null || id.Length < FewestIssued) return false;
        for (var at = 0; at < id.Length; at++)
        {
            if (!char.IsAsciiDigit(id[at])) continue;
            var together = at;
            while (together < id.Length && char.IsAsciiDigit(id[together])) together++;
            if (IsCard(id, at, together)) return true;
            foreach (var groups in Groups)
                if (IsGrouped(id, at, groups) && IsCard(id, at, at + groups.Length)) return true;
            at = together;
        }

        return false;
    }

    /// <summary>Whether the digits in this part are a card number's, and nothing that adjoins denies it.</summary>
    static bool IsCard(string id, int start, int end)
    {
        if ((start > 0 && char.IsAsciiHexDigit(id[start - 1])) || (end < id.Length && char.IsAsciiHexDigit(id[end])))
            return false;
        Span<byte> digits = stackalloc byte[MostInId];
        var count = 0;
        foreach (var c in id.AsSpan(start, end - start))
        {
            if (c == '-') continue;
            if (count == MostInId) return false;
            digits[count++] = (byte)(c - '0');
        }

        digits = digits[..count];
        return count >= FewestIssued && IsScheme(digits) && (count == MostInId || digits[0] == 3) && IsLuhn(digits)
            && !(count == FewestIssued && IsGtin(digits));
    }

    /// <summary>Whether digits and hyphens stand as in the groups, and no further group adjoins.</summary>
    static bool IsGrouped(string id, int at, string groups)
    {
        if (at + groups.Length > id.Length) return false;
        for (var i = 0; i < groups.Length; i++)
            if (groups[i] == '-' ? id[at + i] != '-' : !char.IsAsciiDigit(id[at + i])) return false;
        var (end, length) = (at + groups.Length, id.Length);
        return !(at > 1 && id[at - 1] == '-' && char.IsAsciiDigit(id[at - 2]))
            && !(end + 1 < length && id[end] == '-' && char.IsAsciiDigit(id[end + 1]));
    }

    /// <summary>The end of the digits and single separators that begin here.</summary>
    static int RunEnd(ReadOnlySpan<byte> text, int at)
    {
        var end = at + 1;
        while (end < text.Length)
        {
            if (char.IsAsciiDigit((char)text[end])) end++;
            else if (IsPart(text[end]) && end + 1 < text.Length && char.IsAsciiDigit((char)text[end + 1])) end += 2;
            else break;
        }

        return end;
    }

    /// <summary>
    /// Masks the card numbers in a run. Digits that a separator parts may belong to different things, as in
    /// <c>12 4111 1111 1111 1111 05/30</c>, so a number may begin and end at every separator; the longest that fits
    /// wins.
    /// </summary>
    static int MaskRun(Span<byte> run, int fewest)
    {
        var found = 0;
        for (var first = 0; first < run.Length;)
        {
            var begins = first == 0 || !char.IsAsciiDigit((char)run[first - 1]);
            var length = begins && char.IsAsciiDigit((char)run[first]) ? LongestCard(run[first..], fewest) : 0;
            if (length > 0)
            {
                Overwrite(run.Slice(first, length));
                found++;
            }

            first += Math.Max(length, 1);
        }

        return found;
    }

    /// <summary>The bytes of the longest card number that begins here and ends where digits end; else 0.</summary>
    static int LongestCard(ReadOnlySpan<byte> run, int fewest)
    {
        Span<byte> digits = stackalloc byte[Most];
        var (count, longest) = (0, 0);
        for (var i = 0; i < run.Length; i++)
        {
            if (!char.IsAsciiDigit((char)run[i])) continue;
            if (count == Most) break;
            digits[count++] = (byte)(run[i] - '0');
            var ends = i + 1 == run.Length || !char.IsAsciiDigit((char)run[i + 1]);
            if (ends && count >= fewest && IsScheme(digits[..count]) && IsLuhn(digits[..count])) longest = i + 1;
        }

        return longest;
    }

    static void Overwrite(Span<byte> card)
    {
        var digits = Digits(card);
        // Of shorter numbers six and four would leave little.
        var shown = digits < 16 ? 0 : Shown;
        var at = 0;
        foreach (ref var b in card)
        {
            if (!char.IsAsciiDigit((char)b)) continue;
            if (at >= shown && at < digits - Last) b = Mask;
            at++;
        }
    }

    /// <summary>
    /// Whether first digits and length are of a scheme: Visa 4; Mastercard 51-55 and 2221-2720; American Express 34,
    /// 37; Diners 300-305, 309, 36, 38, 39; Discover 6011, 644-649, 65; JCB 3528-3589; UnionPay 62, 81; Mir 2200-2204;
    /// Maestro 50, 56-58, 6.
    /// </summary>
    static bool IsScheme(ReadOnlySpan<byte> digits)
    {
        var (two, three, four, count) = (Number(digits, 2), Number(digits, 3), Number(digits, 4), digits.Length);
        return digits[0] == 4 ? count is 13 or 16 or 19
            : two is >= 51 and <= 55 || four is >= 2221 and <= 2720 ? count == 16
            : two is 34 or 37 ? count == 15
            : three is (>= 300 and <= 305) or 309 || two is 36 or 38 or 39 ? count is >= 14 and <= 19
            : four is (>= 3528 and <= 3589) or (>= 2200 and <= 2204) || two == 81 ? count is >= 16 and <= 19
            : (two is 50 or (>= 56 and <= 58) || digits[0] == 6) && count is >= Fewest and <= Most;
    }

    static int Digits(ReadOnlySpan<byte> text)
    {
        var digits = 0;
        foreach (var b in text) digits += char.IsAsciiDigit((char)b) ? 1 : 0;
        return digits;
    }

    static int Number(ReadOnlySpan<byte> digits, int count)
    {
        var number = 0;
        foreach (var digit in digits[..count]) number = (number * 10) + digit;
        return number;
    }

    static bool IsLuhn(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] << (i & 1);
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum % 10 == 0;
    }

    static bool IsGtin(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += digits[^(i + 1)] * ((i & 1) == 0 ? 1 : 3);
        return sum % 10 == 0;
    }

    static bool IsPart(byte b) => char.IsAsciiDigit((char)b) || b is (byte)' ' or (byte)'-';
}
