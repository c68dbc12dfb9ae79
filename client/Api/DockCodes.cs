using Fulfillment.Catalog;

namespace Fulfillment.Client.Api;

/// <summary>
/// What a code may stand for that a scanner reads from a parcel: a number of a carrier, or an LPN, most likely first.
/// Carriers' barcodes have more in them than the number that is printed below.
/// </summary>
public static class DockCodes
{
    const int FedExGround = 34, FedExAstra = 32, FedExNumber = 12, FedExAstraAt = 16, ZipCode = 5, ZipPlus4 = 9;
    const string DestinationZip = "420";

    /// <summary>Each is an id; at most six.</summary>
    public static IReadOnlyList<string> Read(string scan)
    {
        // A symbology identifier (ISO/IEC 15424), such as ]C1; FNC1 is sent as a group separator.
        var text = scan.Trim();
        if (text.Length > 3 && text[0] == ']') text = text[3..];
        text = string.Concat(text.Where(c => c is not (' ' or '\u001d')));
        List<string> codes = [text, text.ToUpperInvariant()];
        if (Barcode.Read(scan.Trim(), out _)?.Sscc is { } sscc) codes.Add(sscc);
        if (text.All(char.IsAsciiDigit)) codes.AddRange(Inside(text));
        return [.. codes.Where(Fields.IsId).Distinct(StringComparer.Ordinal)];
    }

    static IEnumerable<string> Inside(string digits)
    {
        // USPS Publication 199, Intelligent Mail Package Barcode: (420) with 5 or 9 digits of the destination's ZIP
        // code stands before the number.
        if (digits.StartsWith(DestinationZip, StringComparison.Ordinal))
            foreach (var zip in (int[])[ZipCode, ZipPlus4])
                if (digits.Length > DestinationZip.Length + zip + FedExNumber)
                    yield return digits[(DestinationZip.Length + zip)..];
        // FedEx: the number is the last 12 digits of the 34 of Ground and of the common label, and stands in the middle
        // of the 32 of the ASTRA label.
        if (digits.Length == FedExGround) yield return digits[^FedExNumber..];
        if (digits.Length == FedExAstra) yield return digits.Substring(FedExAstraAt, FedExNumber);
    }
}
