using System.Globalization;

namespace Fulfillment.Catalog;

/// <summary>In which form a scan came.</summary>
public enum BarcodeForm
{
    /// <summary>Digits of a GTIN of 8, 12, 13 or 14: EAN, UPC, ITF-14.</summary>
    Gtin,

    /// <summary>18 digits of an SSCC.</summary>
    Sscc,

    /// <summary>Element string: GS1-128, GS1 DataMatrix, GS1 QR, GS1 DataBar, or the text below one.</summary>
    ElementString,

    /// <summary>A web address.</summary>
    DigitalLink,
}

/// <summary>What a scan says. Source of the prefixes: ISO/IEC 15424, symbology identifiers.</summary>
public sealed record Barcode(BarcodeForm Form, ElementString Content)
{
    /// <summary>The item, 14 digits; null when none is told. <c>02</c>: of the items inside.</summary>
    public string? Gtin => Content["01"] ?? Content["02"];

    /// <summary>The licence plate, 18 digits; null when none is told.</summary>
    public string? Sscc => Content["00"];

    /// <summary>The lot; null when none is told.</summary>
    public string? Lot => Content["10"];

    /// <summary>The serial number; null when none is told.</summary>
    public string? Serial => Content["21"];

    /// <summary>How many items are inside (AI 37), or are told by AI 30; null when it is not told.</summary>
    public int? Count => int.TryParse(Content["37"] ?? Content["30"], CultureInfo.InvariantCulture, out var count)
        ? count : null;

    /// <summary>The day until which it may be used (AI 17), or is best (AI 15); null when neither is told.</summary>
    public DateOnly? Expiry(int thisYear) =>
        Content.Elements.Where(e => e.Ai is "17" or "15").OrderByDescending(e => e.Ai, StringComparer.Ordinal)
            .Select(e => e.Date(thisYear)).FirstOrDefault();

    /// <summary>
    /// Reads what a scanner sends, with or without its symbology identifier, or what somebody types; null when it is no
    /// barcode of GS1, and <paramref name="flaw"/> says why and where.
    /// </summary>
    public static Barcode? Read(string scan, out Gs1Flaw? flaw)
    {
        if (scan.Length is 0 or > ElementString.MostCharacters)
        {
            flaw = new(scan.Length == 0 ? Gs1Fault.TooShort : Gs1Fault.TooLong, 0, scan.Length);
            return null;
        }

        var at = scan[0] == ']' && scan.Length > 3 ? 3 : 0;
        var text = scan[at..];
        var read = at > 0 ? Marked(scan[1..3], text, out flaw) : Plain(text, out flaw);
        if (flaw is { } found) flaw = found with { At = found.At + at };
        return read;
    }

    /// <summary>By the symbology: <c>C1</c>, <c>d2</c>, <c>Q3</c> and <c>e0</c> carry element strings.</summary>
    static Barcode? Marked(string symbology, string text, out Gs1Flaw? flaw) => symbology switch
    {
        "C1" or "d2" or "Q3" or "e0" or "e1" or "e2" or "J1" => Elements(text, out flaw),
        _ => Plain(text, out flaw),
    };

    static Barcode? Plain(string text, out Gs1Flaw? flaw)
    {
        if (DigitalLink.IsLink(text))
        {
            return DigitalLink.Read(text, out flaw, shortGtin: true) is { } link
                ? new(BarcodeForm.DigitalLink, link) : null;
        }

        if (text[0] == '(')
        {
            return ElementString.ReadBracketed(text, out flaw) is { } printed
                ? new(BarcodeForm.ElementString, printed) : null;
        }

        if (text.Length is 8 or 12 or 13 or 14 or 18 && text.All(char.IsAsciiDigit))
        {
            flaw = Gs1Checks.Check("csum", text);
            if (flaw is not null) return null;
            return text.Length == 18
                ? new(BarcodeForm.Sscc, new([new("00", text)]))
                : new(BarcodeForm.Gtin, new([new("01", text.PadLeft(14, '0'))]));
        }

        return Elements(text, out flaw);
    }

    static Barcode? Elements(string text, out Gs1Flaw? flaw) =>
        ElementString.Read(text, out flaw) is { } content ? new(BarcodeForm.ElementString, content) : null;
}
