using System.Globalization;
using Fulfillment.Catalog;

namespace Fulfillment.Client.Papers;

/// <summary>Labels: one page of the size of the label, and a barcode to be read from an arm's length.</summary>
public static class LabelPaper
{
    const float Margin = 11;

    /// <summary>Of a bin, 100 x 50 mm.</summary>
    public static byte[] Draw(BinLabel label)
    {
        using PaperWriter paper = new(PaperSize.Label, Margin);
        var place = label.Place is null ? $"Zone {label.Zone}" : $"Zone {label.Zone} · {label.Place}";
        Head(paper, label.Node, place);
        paper.Fill(label.Bin, paper.Left, paper.Top(46), Ink.Code(34), paper.Width, 8);
        Code(paper, label.Bin, paper.Top(58), paper.Bottom - paper.Top(58) - 1);
        return paper.End($"Bin {label.Bin}");
    }

    /// <summary>Of a tote, carton or pallet: 100 x 150 mm with an SSCC, else 100 x 50 mm.</summary>
    public static byte[] Draw(PlateLabel label)
    {
        if (Sscc.IsOne(label.Lpn)) return Logistic(label);
        using PaperWriter paper = new(PaperSize.Label, Margin);
        Head(paper, label.Node, label.Kind.ToUpperInvariant());
        paper.Fill(label.Lpn, paper.Left, paper.Top(43), Ink.Code(28), paper.Width, 8);
        Code(paper, label.Lpn, paper.Top(56), paper.Bottom - paper.Top(56) - 1);
        return paper.End($"LPN {label.Lpn}");
    }

    /// <summary>Of goods, 100 x 50 mm: EAN-13 where nothing but a GTIN of a piece is told, else GS1-128.</summary>
    public static byte[] Draw(ItemLabel label)
    {
        using PaperWriter paper = new(PaperSize.Label, Margin);
        var name = paper.Wrap(label.Name, Ink.Strong(11), paper.Width);
        paper.Lines(name.Take(1), paper.Left, paper.Top(10), Ink.Strong(11));
        if (name.Count > 1)
            paper.Fit(string.Join(' ', name.Skip(1)), paper.Left, paper.Top(24), Ink.Strong(11), paper.Width);
        paper.Fit(label.Sku, paper.Left, paper.Top(38), Ink.Code(9), paper.Width * 0.62f);
        if (label.Unit is { } unit) paper.Fit(unit, paper.Right, paper.Top(38), Ink.Text(9), 90, Side.Right);
        var (symbol, text) = Of(label);
        var top = paper.Top(48);
        if (symbol.Rows > 1) Square(paper, symbol, text, top, paper.Bottom - top);
        else Bars(paper, symbol, text, top, paper.Bottom - top - 13);
        return paper.End($"Item {label.Sku}");
    }

    static (Symbol Symbol, string Text) Of(ItemLabel label)
    {
        if (label.Gtin is not { } gtin)
            return (PaperParts.SymbolOf(label.Sku, PaperSize.Label.Width, out _), label.Sku);
        List<Element> told = [new("01", gtin)];
        if (label.Expiry is { } day) told.Add(new("17", day.ToString("yyMMdd", CultureInfo.InvariantCulture)));
        if (label.Lot is { } lot) told.Add(new("10", lot));
        if (label.Serial is { } serial) told.Add(new("21", serial));
        ElementString content = new([.. told]);
        if (told.Count == 1 && gtin[0] == '0') return (Symbol.Ean13(gtin), gtin[1..]);
        var bars = Symbol.Gs1128(content);
        var fits = (bars.Columns + (2 * bars.Quiet)) * PaperSize.Mm(0.25f) <= PaperSize.Label.Width;
        return (fits ? bars : Symbol.Gs1Qr(content), content.ToBracketed());
    }

    /// <summary>
    /// The logistic label of GS1 (GS1 Logistic Label Guideline, release 1.4): free text, what is told in words, and the
    /// SSCC in bars of at least 0.495 mm a module and 32 mm high at the bottom.
    /// </summary>
    static byte[] Logistic(PlateLabel label)
    {
        using PaperWriter paper = new(PaperSize.TallLabel, Margin);
        paper.Fit(label.Seller, paper.Left, paper.Top(10), Ink.Strong(10), paper.Width * 0.6f);
        paper.Fit(label.Node, paper.Right, paper.Top(10), Ink.Text(9).Quiet, paper.Width * 0.38f, Side.Right);
        paper.Text(label.Kind.ToUpperInvariant(), paper.Left, paper.Top(52), Ink.Strong(34));
        paper.Rule(paper.Left, paper.Top(68), paper.Width, 1.2f, Ink.Black);
        paper.Text("SSCC", paper.Left, paper.Top(86), Ink.Strong(8).Quiet);
        paper.Fill(label.Lpn, paper.Left, paper.Top(109), Ink.Code(23), paper.Width, 12);
        var y = paper.Top(136);
        foreach (var (name, says) in label.Facts.Take(6))
        {
            paper.Text(name, paper.Left, y, Ink.Text(10).Quiet);
            paper.Fit(says, paper.Left + 92, y, Ink.Text(11), paper.Width - 92);
            y += 17;
        }

        const float height = 110;
        ElementString content = new([new("00", label.Lpn)]);
        paper.Rule(paper.Left, paper.Bottom - height - 30, paper.Width, 1.2f, Ink.Black);
        Bars(paper, Symbol.Gs1128(content), content.ToBracketed(), paper.Bottom - height - 16, height);
        return paper.End($"LPN {label.Lpn}");
    }

    static void Head(PaperWriter paper, string left, string right)
    {
        paper.Fit(left, paper.Left, paper.Top(8), Ink.Strong(8.5f), paper.Width * 0.48f);
        var room = paper.Width - Math.Min(paper.Measure(left, Ink.Strong(8.5f)), paper.Width * 0.48f) - 10;
        paper.Fit(right, paper.Right, paper.Top(8), Ink.Text(8.5f).Quiet, room, Side.Right);
    }

    /// <summary>The barcode of an id, as wide as the label allows; a long id is a square, in the middle.</summary>
    static void Code(PaperWriter paper, string id, float top, float height)
    {
        var symbol = PaperParts.SymbolOf(id, PaperSize.Label.Width, out var module);
        if (symbol.Rows > 1) module = height / symbol.Rows;
        var width = symbol.Columns * module;
        paper.Draw(symbol, paper.Left + ((paper.Width - width) / 2), top, module, height);
    }

    /// <summary>A square, with what it says beside it.</summary>
    static void Square(PaperWriter paper, Symbol symbol, string text, float top, float height)
    {
        paper.Draw(symbol, paper.Left, top, height / symbol.Rows, height);
        var left = paper.Left + height + 14;
        paper.Lines(paper.Wrap(text, Ink.Code(8), paper.Right - left), left, top + 8, Ink.Code(8));
    }

    /// <summary>Bars in the middle, with what they say below.</summary>
    static void Bars(PaperWriter paper, Symbol symbol, string text, float top, float height)
    {
        var module = PaperParts.Module(symbol, PaperSize.Label.Width);
        var middle = paper.Left + (paper.Width / 2);
        paper.Draw(symbol, middle - (symbol.Columns * module / 2), top, module, height);
        var ink = Ink.Code(9);
        while (ink.Size > 5 && paper.Measure(text, ink) > paper.Width) ink = ink with { Size = ink.Size - 0.5f };
        paper.Text(text, middle, top + height + 11, ink, Side.Middle);
    }
}
