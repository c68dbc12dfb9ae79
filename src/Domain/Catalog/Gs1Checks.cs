using System.Diagnostics;

namespace Fulfillment.Catalog;

/// <summary>
/// The checks of parts of values, by their names in GS1's barcode syntax dictionary. The prefix of a company is not
/// looked up, and what is inside a North American coupon is not read.
/// </summary>
public static class Gs1Checks
{
    // A check may not depend on the clock; in this century two digits of a year mean the same year for a long time.
    const int DigitsOfYear = 2, AnyYear = 2049;

    /// <summary>What is wrong with a text by the check of that name; null when nothing is.</summary>
    public static Gs1Flaw? Check(string name, string text) => name switch
    {
        "csetnumeric" => Digits(text),
        "cset82" => Outside(text, CheckDigits.Set82, Gs1Fault.InvalidCset82Character),
        "csum" => CheckDigit(text),
        "csumalpha" => CheckPair(text),
        "hasnondigit" => text.All(char.IsAsciiDigit) ? All(Gs1Fault.NotInList, text) : null,
        "yymmdd" => Date(text, DigitsOfYear, dayMayBeZero: false),
        "yymmd0" => Date(text, DigitsOfYear, dayMayBeZero: true),
        "yyyymmdd" => Date(text, 4, dayMayBeZero: false),
        "hh" => Clock(text, 24, Gs1Fault.HourTooShort, Gs1Fault.HourTooLong, Gs1Fault.IllegalHour),
        "mi" => Clock(text, 60, Gs1Fault.MinuteTooShort, Gs1Fault.MinuteTooLong, Gs1Fault.IllegalMinute),
        "ss" => Clock(text, 60, Gs1Fault.SecondTooShort, Gs1Fault.SecondTooLong, Gs1Fault.IllegalSecond),
        "hhmi" => HourAndMinute(text),
        "iso3166" => Listed(text, Gs1Codes.CountryNumbers.Contains(text), Gs1Fault.NotIso3166),
        "iso3166999" => Listed(text, text == "999" || Gs1Codes.CountryNumbers.Contains(text), Gs1Fault.NotIso3166),
        "iso3166alpha2" => Listed(text, Gs1Codes.Countries.Contains(text), Gs1Fault.NotIso3166Alpha2),
        "iso4217" => Listed(text, Gs1Codes.CurrencyNumbers.Contains(text), Gs1Fault.NotIso4217),
        "packagetype" => Listed(text, Gs1Codes.Packages.Contains(text), Gs1Fault.InvalidPackageType),
        "pieceoftotal" => PieceOfTotal(text),
        "posinseqslash" => PositionOfTotal(text),
        "zero" => Listed(text, text.Length > 0 && text.All(c => c == '0'), Gs1Fault.NotZero),
        "nonzero" => Digits(text) ?? (text.All(c => c == '0') ? All(Gs1Fault.IllegalZeroValue, text) : null),
        "nozeroprefix" => text.Length > 1 && text[0] == '0' ? new(Gs1Fault.IllegalZeroValue, 0, 1) : null,
        "yesno" => Listed(text, text is "0" or "1", Gs1Fault.NotZeroOrOne),
        "winding" => Listed(text, text is "0" or "1" or "9", Gs1Fault.NotInList),
        "iso5218" => Listed(text, text is "0" or "1" or "2" or "9", Gs1Fault.NotInList),
        "mediatype" => Listed(text, IsMediaType(text), Gs1Fault.NotInList),
        "hyphen" => Listed(text, text.Length > 0 && text.All(c => c == '-'), Gs1Fault.NotInList),
        "importeridx" => Listed(
            text, text.Length == 1 && (char.IsAsciiLetterOrDigit(text[0]) || text[0] is '-' or '_'),
            Gs1Fault.NotInList),
        "latitude" => Degrees(text, 180),
        "longitude" => Degrees(text, 360),
        "pcenc" => Percents(text),
        "iban" => Iban(text),
        "couponcode" or "couponposoffer" => Digits(text),
        _ => throw new UnreachableException(),
    };

    internal static Gs1Flaw? Digits(string text) => Outside(text, "0123456789", Gs1Fault.NonDigitCharacter);

    internal static Gs1Flaw? Outside(string text, string set, Gs1Fault fault)
    {
        var at = text.AsSpan().IndexOfAnyExcept(set);
        return at < 0 ? null : new(fault, at, 1);
    }

    static Gs1Flaw All(Gs1Fault fault, string text) => new(fault, 0, text.Length);

    static Gs1Flaw? Listed(string text, bool known, Gs1Fault fault) => known ? null : All(fault, text);

    static Gs1Flaw? CheckDigit(string text)
    {
        if (text.Length == 0) return All(Gs1Fault.TooShortForCheckDigit, text);
        if (Digits(text) is { } flaw) return flaw;
        return text[^1] == CheckDigits.Of(text.AsSpan(0, text.Length - 1))
            ? null : new(Gs1Fault.IncorrectCheckDigit, text.Length - 1, 1);
    }

    static Gs1Flaw? CheckPair(string text)
    {
        if (text.Length < 2) return All(Gs1Fault.TooShortForCheckPair, text);
        if (text.Length > CheckDigits.MostBeforePair + 2) return All(Gs1Fault.TooLongForCheckPair, text);
        if (Check("cset82", text[..^2]) is { } flaw) return flaw;
        return text.EndsWith(CheckDigits.PairOf(text.AsSpan(0, text.Length - 2)), StringComparison.Ordinal)
            ? null : new(Gs1Fault.IncorrectCheckPair, text.Length - 2, 2);
    }

    static Gs1Flaw? Date(string text, int year, bool dayMayBeZero)
    {
        if (text.Length < year + 4) return All(Gs1Fault.DateTooShort, text);
        if (text.Length > year + 4) return All(Gs1Fault.DateTooLong, text);
        if (Digits(text) is { } flaw) return flaw;
        if (Number(text, year, 2) is < 1 or > 12) return new(Gs1Fault.IllegalMonth, year, 2);
        var isDay = Number(text, year + 2, 2) == 0 ? dayMayBeZero : DateOf(text, AnyYear) is not null;
        return isDay ? null : new(Gs1Fault.IllegalDay, year + 2, 2);
    }

    /// <summary>
    /// The day of a date of six or eight digits; day 00 is the last one of the month. Two digits of a year mean one
    /// that is at most 49 years before <paramref name="thisYear"/> or 50 after it (General Specifications, section
    /// 7.12). Null when there is no such day.
    /// </summary>
    internal static DateOnly? DateOf(string text, int thisYear)
    {
        var year = text.Length == 8 ? Number(text, 0, 4) : Century(Number(text, 0, DigitsOfYear), thisYear);
        var (month, day) = (Number(text, text.Length - 4, 2), Number(text, text.Length - 2, 2));
        if (year is < 1 or > 9999 || month is < 1 or > 12) return null;
        var days = DateTime.DaysInMonth(year, month);
        return day > days ? null : new(year, month, day == 0 ? days : day);
    }

    static int Century(int year, int thisYear)
    {
        var full = thisYear - (thisYear % 100) + year;
        return full - thisYear > 50 ? full - 100 : full - thisYear < -49 ? full + 100 : full;
    }

    static Gs1Flaw? Clock(string text, int below, Gs1Fault tooShort, Gs1Fault tooLong, Gs1Fault illegal)
    {
        if (text.Length != 2) return All(text.Length < 2 ? tooShort : tooLong, text);
        return Digits(text) ?? (Number(text, 0, 2) < below ? null : All(illegal, text));
    }

    static Gs1Flaw? HourAndMinute(string text)
    {
        if (text.Length < 4) return All(Gs1Fault.HourWithMinuteTooShort, text);
        if (text.Length > 4) return All(Gs1Fault.HourWithMinuteTooLong, text);
        if (Check("hh", text[..2]) is { } hour) return hour;
        return Check("mi", text[2..]) is { } minute ? minute with { At = minute.At + 2 } : null;
    }

    static Gs1Flaw? PieceOfTotal(string text)
    {
        if (text.Length % 2 != 0) return All(Gs1Fault.InvalidLengthForPieceOfTotal, text);
        if (Digits(text) is { } flaw) return flaw;
        var half = text.Length / 2;
        if (text[..half].All(c => c == '0')) return new(Gs1Fault.ZeroPieceNumber, 0, half);
        if (text[half..].All(c => c == '0')) return new(Gs1Fault.ZeroTotalPieces, half, half);
        return string.CompareOrdinal(text[..half], text[half..]) > 0
            ? All(Gs1Fault.PieceNumberExceedsTotal, text) : null;
    }

    static Gs1Flaw? PositionOfTotal(string text)
    {
        var parts = text.Split('/');
        if (parts.Length != 2 || parts.Any(p => p.Length == 0 || p[0] == '0' || !p.All(char.IsAsciiDigit)))
            return All(Gs1Fault.NotInList, text);
        return parts[0].Length > parts[1].Length
            || (parts[0].Length == parts[1].Length && string.CompareOrdinal(parts[0], parts[1]) > 0)
            ? All(Gs1Fault.PieceNumberExceedsTotal, text) : null;
    }

    static bool IsMediaType(string text) =>
        text.Length == 2 && text.All(char.IsAsciiDigit) && Number(text, 0, 2) is >= 1 and <= 10 or >= 80;

    /// <summary>Ten digits: degrees with seven decimals, from the South Pole or the antimeridian on.</summary>
    static Gs1Flaw? Degrees(string text, int most)
    {
        if (Digits(text) is { } flaw) return flaw;
        return text.Length == 10 && long.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
            <= most * 10_000_000L ? null : All(Gs1Fault.OutOfRange, text);
    }

    static Gs1Flaw? Percents(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%') continue;
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                return new(Gs1Fault.InvalidPercentSequence, i, Math.Min(3, text.Length - i));
            i += 2;
        }

        return null;
    }

    /// <summary>ISO 13616: two letters, two check digits, letters and digits; ISO 7064 modulo 97 is 1.</summary>
    static Gs1Flaw? Iban(string text)
    {
        if (text.Length < 5 || !Gs1Codes.Countries.Contains(text[..2]) || !text.All(char.IsAsciiLetterOrDigit)
            || text.Any(char.IsAsciiLetterLower) || !text[2..4].All(char.IsAsciiDigit))
            return All(Gs1Fault.InvalidIban, text);
        var rest = 0;
        foreach (var c in text[4..] + text[..4])
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        return rest == 1 ? null : All(Gs1Fault.InvalidIban, text);
    }

    static int Number(string text, int at, int digits)
    {
        var number = 0;
        for (var i = at; i < at + digits; i++) number = (number * 10) + text[i] - '0';
        return number;
    }
}
