using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Catalog;
using Fulfillment.Payments;

namespace Fulfillment.Client.Papers;

/// <summary>A label and what it says.</summary>
public sealed record PaperFact(string Label, string Says);

/// <summary>What our papers have in common: head and foot, blocks of facts, and how numbers are written.</summary>
static class PaperParts
{
    /// <summary>White around a page, and the height of its foot.</summary>
    public const float Margin = 42, Foot = 26;

    const float BarcodeWidth = 250, BarcodeHeight = 34;

    /// <summary>Widths of a module, in millimetres: whole dots of a printer of 203 dpi.</summary>
    static readonly float[] Modules = [0.5f, 0.375f, 0.25f];

    /// <summary>A page of A4 with our margins.</summary>
    public static PaperWriter Page() => new(PaperSize.A4, Margin, Foot);

    /// <summary>The head of a first page; what follows goes below it.</summary>
    public static void Head(
        PaperWriter paper, string over, string title, string under, string barcode, bool isCarrier = false)
    {
        var top = paper.Y;
        var symbol = SymbolOf(barcode, BarcodeWidth, out var module, isCarrier);
        var (width, height) = symbol.Rows == 1 ? (symbol.Columns * module, BarcodeHeight) : (56f, 56f);
        if (symbol.Rows > 1) module = height / symbol.Rows;
        var room = paper.Width - width - 24;
        paper.Fit(over, paper.Left, top + 9, Ink.Strong(9).Quiet, room);
        paper.Fill(title, paper.Left, top + 35, Ink.Strong(23), room, 12);
        paper.Fit(under, paper.Left, top + 52, Ink.Text(9.5f).Quiet, room);
        paper.Draw(symbol, paper.Right - width, top + 2, module, height);
        if (symbol.Rows == 1)
            paper.Text(barcode, paper.Right - (width / 2), top + 50, Ink.Code(8.5f), Side.Middle);
        paper.Y = top + 68;
        paper.Rule(paper.Left, paper.Y, paper.Width, 1.4f, Ink.Black);
        paper.Y += 20;
    }

    /// <summary>The head of every other page.</summary>
    public static void Again(PaperWriter paper, string title, string under)
    {
        paper.Text(title, paper.Left, paper.Y + 9, Ink.Strong(10));
        paper.Fit(under, paper.Right, paper.Y + 9, Ink.Text(8.5f).Quiet, paper.Width - 140, Side.Right);
        paper.Y += 17;
        paper.Rule(paper.Left, paper.Y, paper.Width, 1.4f, Ink.Black);
        paper.Y += 16;
    }

    /// <summary>The foot of a page.</summary>
    public static void End(PaperWriter paper, string says, int page, int pages)
    {
        var y = paper.Bottom + 14;
        paper.Rule(paper.Left, y, paper.Width, 0.5f, Ink.Hairline);
        var number = string.Create(CultureInfo.InvariantCulture, $"Page {page} of {pages}");
        paper.Text(number, paper.Right, y + 13, Ink.Text(8).Quiet, Side.Right);
        paper.Fit(says, paper.Left, y + 13, Ink.Text(8).Quiet, paper.Width - 80);
        if (page == pages && paper.Lacking is { } lacking)
            paper.Fit(lacking, paper.Left, y + 24, Ink.Text(7).Quiet, paper.Width);
    }

    /// <summary>Lines of text under a label; returns how high they are.</summary>
    public static float Block(PaperWriter paper, float x, string label, IEnumerable<string> lines, float width)
    {
        var (y, ink) = (paper.Y, Ink.Text(9.5f));
        paper.Text(label, x, y + 7, Ink.Strong(7.5f).Quiet);
        y += 21;
        var first = true;
        foreach (var line in lines.SelectMany(l => paper.Wrap(l, ink, width)))
        {
            paper.Text(line, x, y, first ? Ink.Strong(9.5f) : ink);
            y += ink.Leading;
            first = false;
        }

        return y - paper.Y - 4;
    }

    /// <summary>Labels with what each says beside it; returns how high they are.</summary>
    public static float Facts(PaperWriter paper, float x, ImmutableArray<PaperFact> facts, float width)
    {
        const float labels = 64;
        var y = paper.Y + 7;
        foreach (var (label, says) in facts)
        {
            paper.Text(label, x, y, Ink.Text(8.5f).Quiet);
            foreach (var line in paper.Wrap(says, Ink.Text(9), width - labels))
            {
                paper.Text(line, x + labels, y, Ink.Text(9));
                y += 13;
            }

            y += 1.5f;
        }

        return y - paper.Y - 8;
    }

    /// <summary>
    /// A barcode of an id, that of a carrier with an SSCC as GS1-128, with modules as wide as fit.
    /// </summary>
    public static Symbol SymbolOf(string id, float width, out float module, bool isCarrier = false)
    {
        var symbol = isCarrier && Sscc.IsOne(id) ? Symbol.Gs1128(new([new("00", id)]))
            : Symbol.Of(id, width, PaperSize.Mm(0.25f));
        module = Module(symbol, width);
        return symbol;
    }

    /// <summary>How wide its modules may be so that it fits with the white beside it; 0.25 mm at least.</summary>
    public static float Module(Symbol symbol, float width)
    {
        var modules = symbol.Columns + (2 * symbol.Quiet);
        foreach (var module in Modules)
            if (modules * PaperSize.Mm(module) <= width) return PaperSize.Mm(module);
        return PaperSize.Mm(Modules[^1]);
    }

    /// <summary>An amount in its currency's digits, such as 1,299.00; in minor units where they are unknown.</summary>
    public static string Amount(long minor, string currency)
    {
        var digits = Currencies.DigitsOf(currency) ?? 0;
        decimal amount = minor;
        for (var i = 0; i < digits; i++) amount /= 10;
        return amount.ToString($"N{digits}", CultureInfo.InvariantCulture).Replace('-', '\u2212');
    }

    /// <summary>A count.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count and what of: 1 unit, 2 units.</summary>
    public static string Count(long count, string one) => $"{Count(count)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>A day, such as 3 Dec 2026.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The day of a moment, in UTC.</summary>
    public static string Day(DateTimeOffset at) => Day(DateOnly.FromDateTime(at.UtcDateTime));

    /// <summary>A moment, such as 3 Dec 2026, 14:05 UTC.</summary>
    public static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
