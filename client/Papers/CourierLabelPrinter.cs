using System.Globalization;
using System.Text;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Client.Papers;

/// <summary>
/// Draws the labels of couriers, 100 x 150 mm: PDF, or ZPL II for printers of 203 dots per inch. The same label makes
/// the same bytes.
/// </summary>
public sealed class CourierLabelPrinter : ILabelPrinter
{
    /// <inheritdoc/>
    public byte[] Draw(CourierLabel label, LabelFormat format) => format switch
    {
        LabelFormat.Zpl => Zpl(label),
        LabelFormat.Pdf => Pdf(label),
        LabelFormat.Gif => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    // The last dot that is printed on; the narrowest letters that are read, and how many tenths of their size is one.
    const int LastDot = 767, Narrowest = 14, LetterTenths = 6;

    static byte[] Pdf(CourierLabel label)
    {
        const float margin = 11, bars = 96;
        using PaperWriter paper = new(PaperSize.TallLabel, margin);
        paper.Fit(label.Courier.ToUpperInvariant(), paper.Left, paper.Top(12), Ink.Strong(12), paper.Width * 0.6f);
        paper.Fit(label.Service, paper.Right, paper.Top(12), Ink.Text(10), paper.Width * 0.38f, Side.Right);
        paper.Rule(paper.Left, paper.Top(20), paper.Width, 1.2f, Ink.Black);
        var y = paper.Top(34);
        foreach (var line in Sender(label.From))
        {
            paper.Fit(line, paper.Left, y, Ink.Text(8), paper.Width);
            y += 11;
        }

        paper.Rule(paper.Left, paper.Top(88), paper.Width, 0.8f, Ink.Black);
        paper.Text("TO", paper.Left, paper.Top(104), Ink.Strong(8).Quiet);
        y = paper.Top(124);
        foreach (var line in Address(label.To).Take(7))
        {
            paper.Fill(line, paper.Left, y, Ink.Strong(14), paper.Width, 8);
            y += 18;
        }

        paper.Rule(paper.Left, paper.Top(252), paper.Width, 1.2f, Ink.Black);
        paper.Fit(label.Zone.ToUpperInvariant(), paper.Left, paper.Top(274), Ink.Strong(18), paper.Width * 0.55f);
        paper.Fit(Weight(label), paper.Right, paper.Top(266), Ink.Text(9), paper.Width * 0.42f, Side.Right);
        paper.Fit(
            $"{PaperParts.Day(label.ShipOn)}  {Count(label)}", paper.Right, paper.Top(278), Ink.Text(9),
            paper.Width * 0.42f, Side.Right);
        if (label.References.Count > 0)
        {
            paper.Fit(
                $"Ref. {string.Join(", ", label.References)}", paper.Left, paper.Top(290), Ink.Text(8), paper.Width);
        }

        var symbol = PaperParts.SymbolOf(label.TrackingNumber, PaperSize.TallLabel.Width, out var module);
        var middle = paper.Left + (paper.Width / 2);
        var top = paper.Bottom - bars - 14;
        paper.Draw(symbol, middle - (symbol.Columns * module / 2), top, module, bars);
        paper.Text(label.TrackingNumber, middle, paper.Bottom - 2, Ink.Code(10), Side.Middle);
        return paper.End($"Label {label.TrackingNumber}");
    }

    /// <summary>ZPL II (Zebra's programming guide): 799 x 1199 dots; UTF-8 with hexadecimal escapes.</summary>
    static byte[] Zpl(CourierLabel label)
    {
        StringBuilder zpl = new("^XA\n^CI28\n^PW799\n^LL1199\n^LH0,0\n");
        Text(32, 30, 40, label.Courier.ToUpperInvariant());
        Text(460, 36, 28, label.Service);
        zpl.Append("^FO32,80^GB735,3,3^FS\n");
        var y = 96;
        foreach (var line in Sender(label.From))
        {
            Text(32, y, 24, line);
            y += 30;
        }

        zpl.Append("^FO32,252^GB735,2,2^FS\n");
        Text(32, 268, 22, "TO");
        y = 304;
        foreach (var line in Address(label.To).Take(7))
        {
            Text(32, y, 42, line);
            y += 52;
        }

        zpl.Append("^FO32,690^GB735,3,3^FS\n");
        Text(32, 712, 56, label.Zone.ToUpperInvariant());
        Text(480, 710, 28, Weight(label));
        Text(480, 746, 28, $"{PaperParts.Day(label.ShipOn)}  {Count(label)}");
        if (label.References.Count > 0) Text(32, 792, 24, $"Ref. {string.Join(", ", label.References)}");
        zpl.Append(CultureInfo.InvariantCulture, $"^BY3,3,260^FO80,850^BCN,260,Y,N,N,A^FD{label.TrackingNumber}^FS\n");
        return Encoding.UTF8.GetBytes(zpl.Append("^PQ1\n^XZ\n").ToString());

        // Narrower letters where the line would run over the edge, and no more of it than they hold.
        void Text(int x, int at, int height, string says)
        {
            var text = Cut(says, (LastDot - x) * 10 / (Narrowest * LetterTenths));
            var width = Math.Clamp((LastDot - x) * 10 / (Math.Max(1, text.Length) * LetterTenths), Narrowest, height);
            zpl.Append(CultureInfo.InvariantCulture, $"^FO{x},{at}^A0N,{height},{width}^FH^FD{Escaped(text)}^FS\n");
        }
    }

    /// <summary>At most so many characters, none of them halved.</summary>
    static string Cut(string text, int most) => text.Length <= most ? text
        : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    /// <summary>What ZPL reads as a command, as its code; control characters are spaces.</summary>
    static string Escaped(string says)
    {
        StringBuilder text = new();
        foreach (var c in says)
        {
            if (c is '^' or '~' or '_' or '\\') text.Append(CultureInfo.InvariantCulture, $"_{(int)c:X2}");
            else text.Append(char.IsControl(c) ? ' ' : c);
        }

        return text.ToString();
    }

    static string Weight(CourierLabel label) => string.Create(
        CultureInfo.InvariantCulture,
        $"{label.Parcel.Grams / 1000m:0.###} kg  {Cm(label.Parcel.LongestMm)} x {Cm(label.Parcel.MiddleMm)} x "
        + $"{Cm(label.Parcel.ShortestMm)} cm");

    static decimal Cm(int mm) => mm / 10m;

    static string Count(CourierLabel label) =>
        string.Create(CultureInfo.InvariantCulture, $"{label.Number} of {label.Count}");

    /// <summary>Five lines; whatever is left out, it is not where it goes back to.</summary>
    static IEnumerable<string> Sender(ShipAddress a)
    {
        string[] lines = [.. Address(a)];
        return lines.Length <= 5 ? lines : lines.Take(3).Concat(lines.TakeLast(2));
    }

    static IEnumerable<string> Address(ShipAddress a)
    {
        string?[] lines =
        [
            a.Name, a.Company, .. (a.Lines.IsDefault ? [] : a.Lines).Take(3),
            string.Join(' ', new[] { a.Postcode, a.City, a.State }.Where(t => !string.IsNullOrWhiteSpace(t))),
            a.Country,
        ];
        return lines.OfType<string>().Where(l => !string.IsNullOrWhiteSpace(l));
    }
}
