using Fulfillment.Catalog;
using ZXing;
using ZXing.OneD;
using ZXing.QrCode;
using ZXing.QrCode.Internal;

namespace Fulfillment.Client.Papers;

/// <summary>
/// A barcode as dark and light modules: one row for bars, more for a square. <c>Quiet</c>: light modules that have to
/// be on each side of it.
/// </summary>
public sealed class Symbol
{
    /// <summary>Characters of a Code 128 on our papers; what is longer becomes a QR code.</summary>
    public const int MostInBars = 48;

    const char Fnc1 = '\u00f1';

    readonly bool[] _dark;

    Symbol(bool[] dark, int rows, int quiet) => (_dark, Rows, Quiet) = (dark, rows, quiet);

    /// <summary>Rows of modules; 1 for bars.</summary>
    public int Rows { get; }

    /// <summary>Modules of a row.</summary>
    public int Columns => _dark.Length / Rows;

    /// <summary>Light modules on each side.</summary>
    public int Quiet { get; }

    /// <summary>Whether a module is dark.</summary>
    public bool this[int row, int column] => _dark[(row * Columns) + column];

    /// <summary>An id: bars where they are short enough to be read well, else a square.</summary>
    public static Symbol Of(string id, float width, float module) =>
        id.Length <= MostInBars && Code128(id) is var bars && (bars.Columns + (2 * bars.Quiet)) * module <= width
            ? bars : Qr(id);

    /// <summary>Code 128 (ISO/IEC 15417) of ASCII text.</summary>
    public static Symbol Code128(string text) => Bars(new Code128Writer().encode(text), 10);

    /// <summary>GS1-128 (GS1 General Specifications, section 5.4): Code 128 with FNC1 at its beginning.</summary>
    public static Symbol Gs1128(ElementString content) => Code128(content.ToText(Fnc1));

    /// <summary>EAN-13 (GS1 General Specifications, section 5.2) of 13 digits, or of 14 that begin with 0.</summary>
    public static Symbol Ean13(string gtin) =>
        Bars(new EAN13Writer().encode(gtin.PadLeft(14, '0') is ['0', .. var digits] ? digits
            : throw new ArgumentOutOfRangeException(nameof(gtin))), 11);

    /// <summary>QR code (ISO/IEC 18004), correcting 15 % of it.</summary>
    public static Symbol Qr(string text) => Qr(text, isGs1: false);

    /// <summary>GS1 QR code (GS1 General Specifications, section 5.7): with FNC1 at its beginning.</summary>
    public static Symbol Gs1Qr(ElementString content) => Qr(content.ToText()[1..], isGs1: true);

    static Symbol Qr(string text, bool isGs1)
    {
        Dictionary<EncodeHintType, object> hints = new()
        {
            [EncodeHintType.ERROR_CORRECTION] = ErrorCorrectionLevel.M,
            [EncodeHintType.MARGIN] = 0,
            [EncodeHintType.GS1_FORMAT] = isGs1,
        };
        var matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints);
        var dark = new bool[matrix.Width * matrix.Height];
        for (var i = 0; i < dark.Length; i++) dark[i] = matrix[i % matrix.Width, i / matrix.Width];
        return new(dark, matrix.Height, 4);
    }

    static Symbol Bars(bool[] dark, int quiet) => new(dark, 1, quiet);
}
