using System.Text;
using Fulfillment.Client.Papers;
using Fulfillment.Connectors;
using Fulfillment.Shipping;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client.Papers;

/// <summary>Labels of the courier: a scanner reads the tracking number, people the rest.</summary>
public sealed class CourierLabelTests
{
    static readonly LocalCourier Courier = new(CourierTables.Example, new CourierLabelPrinter());

    static LabelAsk Ask(LabelFormat format, string to = "Ada Łovelace") => new(
        "standard", new("DE", "10115", "Berlin", Lines: ["Invalidenstr. 1"], Company: "Zuse KG"),
        new("GB", "SW1Y 4LB", "London", Lines: ["12 St James's Square", "Flat 3"], Name: to),
        [new(300, 200, 100, 1_900), new(400, 300, 200, 2_400)], new(2026, 11, 30), format, ["o-1"]);

    static async Task<BoughtLabel> Buy(LabelAsk ask, string key = "K") =>
        (await Courier.Buy(key, ask, default)).Label!;

    [SkippableFact]
    public async Task A_scanner_reads_the_tracking_number_and_people_where_it_goes()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        var label = await Buy(Ask(LabelFormat.Pdf));
        for (var i = 0; i < 2; i++)
        {
            byte[] pdf = [.. label.Parcels[i].Content];
            Assert.Equal([$"CODE-128:{label.Parcels[i].TrackingNumber}"], PdfTools.Barcodes(pdf));
            var text = PdfTools.Text(pdf);
            foreach (var told in (string[])["Ada Łovelace", "12 St James's Square", "Flat 3", "SW1Y 4LB London",
                "Zuse KG", "EUROPE", "Standard parcel", "o-1", $"{i + 1} of 2", "30 Nov 2026",
                label.Parcels[i].TrackingNumber])
                Assert.Contains(told, text, StringComparison.Ordinal);
            Assert.Contains("283 x 425 pts", PdfTools.About(pdf), StringComparison.Ordinal);
            Assert.Single(text.Split('\f', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [SkippableFact]
    public async Task Texts_as_long_as_they_may_be_stay_on_the_label_and_the_bars_are_read()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        string words = string.Join(' ', Enumerable.Repeat("wording", 28));
        var ask = Ask(LabelFormat.Pdf, words);
        ask = ask with
        {
            To = ask.To with { Lines = [words, words, words], City = words, Company = words },
            From = ask.From with { Lines = [words, words, words], City = words },
            References = [words, words, words, words, words],
        };
        var label = await Buy(ask);
        byte[] pdf = [.. label.Parcels[0].Content];
        Assert.Equal([$"CODE-128:{label.Parcels[0].TrackingNumber}"], PdfTools.Barcodes(pdf));
        Assert.Single(PdfTools.Text(pdf).Split('\f', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_same_label_has_the_same_bytes_and_another_has_not()
    {
        foreach (var format in (LabelFormat[])[LabelFormat.Pdf, LabelFormat.Zpl])
        {
            var (first, again) = (await Buy(Ask(format)), await Buy(Ask(format)));
            Assert.True(first.Parcels[0].Content.SequenceEqual(again.Parcels[0].Content));
            Assert.False(first.Parcels[0].Content.SequenceEqual((await Buy(Ask(format), "L")).Parcels[0].Content));
            Assert.False(first.Parcels[0].Content.SequenceEqual(first.Parcels[1].Content));
        }
    }

    [Fact]
    public async Task Lines_of_zpl_end_on_the_label_and_the_sender_has_a_city_and_a_country()
    {
        var ask = Ask(LabelFormat.Zpl);
        ask = ask with
        {
            To = ask.To with
            {
                Lines =
                [
                    "c/o Rechtsanwaltskanzlei Muster, Hinterhaus 3. OG",
                    string.Concat(Enumerable.Repeat("🏠", 60)),
                ],
            },
            From = ask.From with { Lines = ["Street 1", "Yard 2", "Door 3"], Name = "Konrad Zuse" },
        };
        var zpl = Encoding.UTF8.GetString([.. (await Buy(ask)).Parcels[0].Content]);
        Assert.Contains("c/o Rechtsanwaltskanzlei Muster, Hinterhaus 3. OG^FS", zpl, StringComparison.Ordinal);
        Assert.Contains("^FD10115 Berlin^FS", zpl, StringComparison.Ordinal);
        Assert.Contains("^FDDE^FS", zpl, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', zpl);
        foreach (var line in zpl.Split('\n').Where(l => l.Contains("^A0N,", StringComparison.Ordinal)))
        {
            // Such as ^FO32,96^A0N,24,24^FH^FDtext^FS; a letter takes about six tenths of its width.
            var parts = line.Split('^');
            var (x, width) = (Number(parts[1][2..].Split(',')[0]), Number(parts[2].Split(',')[2]));
            Assert.InRange(x + (width * (parts[4].Length - 2) * 6 / 10), 33, 767);
        }

        static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Zpl_is_one_label_with_the_bars_and_no_text_is_a_command()
    {
        var label = await Buy(Ask(LabelFormat.Zpl, "Ada^XZ ~JA_00\r\n\\"));
        var zpl = Encoding.UTF8.GetString([.. label.Parcels[0].Content]);
        Assert.Equal(LabelFormat.Zpl, label.Parcels[0].Format);
        Assert.StartsWith("^XA\n^CI28\n", zpl, StringComparison.Ordinal);
        Assert.EndsWith("^XZ\n", zpl, StringComparison.Ordinal);
        Assert.Equal(2, zpl.Split("^XZ").Length);
        Assert.Contains($"^BCN,260,Y,N,N,A^FD{label.Parcels[0].TrackingNumber}^FS", zpl, StringComparison.Ordinal);
        Assert.Contains("^FH^FDAda_5EXZ _7EJA_5F00  _5C^FS", zpl, StringComparison.Ordinal);
        Assert.Contains("SW1Y 4LB London", zpl, StringComparison.Ordinal);
    }
}
