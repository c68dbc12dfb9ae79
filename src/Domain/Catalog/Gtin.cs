using System.Globalization;

namespace Fulfillment.Catalog;

/// <summary>
/// Global Trade Item Numbers. Of 8, 12, 13 or 14 digits, the last a check digit; all are compared with 14 digits, zeros
/// before them. The first of 14 digits tells the level of packing: 0 the item itself or a kind that is told by its own
/// number, 1 to 8 a case or pallet of it, 9 an item of variable measure. Source: GS1 General Specifications, section
/// 2.1 and 7.9.
/// </summary>
public static class Gtin
{
    /// <summary>The 14 digits of a GTIN of any length; null when it is none.</summary>
    public static string? Normal(string digits) =>
        digits.Length is 8 or 12 or 13 or 14 && Gs1Checks.Check("csum", digits) is null
            ? digits.PadLeft(14, '0') : null;
}

/// <summary>Serial Shipping Container Codes: licence plates of totes, cartons and pallets.</summary>
public static class Sscc
{
    /// <summary>
    /// The 18 digits from an extension digit, a company prefix (7 to 10 digits) and the serial number that fills the
    /// rest. Source: GS1 General Specifications, section 2.2.1. Throws when they do not fit.
    /// </summary>
    public static string Of(char extension, string prefix, long serial)
    {
        if (!char.IsAsciiDigit(extension)) throw new ArgumentOutOfRangeException(nameof(extension));
        if (prefix.Length is < 7 or > 10 || !prefix.All(char.IsAsciiDigit))
            throw new ArgumentOutOfRangeException(nameof(prefix));
        var digits = serial.ToString(CultureInfo.InvariantCulture).PadLeft(16 - prefix.Length, '0');
        if (serial < 0 || digits.Length > 16 - prefix.Length) throw new ArgumentOutOfRangeException(nameof(serial));
        var text = extension + prefix + digits;
        return text + CheckDigits.Of(text);
    }

    /// <summary>Whether a text is one.</summary>
    public static bool IsOne(string digits) => digits.Length == 18 && Gs1Checks.Check("csum", digits) is null;
}
