using System.Globalization;
using System.Text.RegularExpressions;
using Fulfillment.Client.Papers;
using Fulfillment.Shipping;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client.Papers;

/// <summary>Papers for customs: sums that are carried over pages, nothing lost, the same bytes each time.</summary>
public sealed partial class CustomsPaperTests
{
    static CustomsPaper Paper(int lines, TradeParty? importer = null, ExportReason reason = ExportReason.Sale) => new(
        "INV-2026-0042", new(2026, 11, 30),
        new(
            ["Acme GmbH", "Hafenstraße 1", "04158 Leipzig", "DE"],
            [new("EORI", "DE1234567"), new("VAT", "DE811234567"), new("Tel.", "+49 341 1234567")]),
        new(["Ada Lovelace", "12 St James's Square", "SW1Y 4LB London", "GB"]), importer, Incoterm.Ddp, "London",
        reason, "EUR",
        [
            .. Enumerable.Range(1, lines).Select(i => new CustomsLine(
                i % 7 == 0 ? $"LINE-{i:0000} T-shirt of knitted cotton, printed, for women, size M, colour blue"
                    : $"LINE-{i:0000} mug", (i % 3) + 1, new(1_000 + i, "EUR"), 390, "61091000",
                i % 2 == 0 ? "PT" : "CN")),
        ],
        1_490, 0, 4_000_000, 3,
        [new("ORDER", "2026-000123"), new("CARRIER", "dhl-express"), new("TRACKING NUMBER", "1234567890")],
        "Grace Hopper");

    [SkippableFact]
    public void Three_hundred_lines_carry_their_sum_from_page_to_page()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        var invoice = Paper(300);
        var pdf = CommercialInvoicePaper.Draw(invoice);
        Keep("invoice", pdf);
        var pages = PdfTools.Text(pdf).Split('\f', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(pages.Length, 8, 30);
        long sum = 0;
        for (var i = 0; i < pages.Length; i++)
        {
            Assert.Contains($"Page {i + 1} of {pages.Length}", pages[i], StringComparison.Ordinal);
            if (i > 0 && Line().IsMatch(pages[i])) Assert.Equal(sum, Carried(pages[i], "Brought forward"));
            foreach (Match line in Line().Matches(pages[i]))
            {
                var of = invoice.Lines[int.Parse(line.Groups["number"].Value, CultureInfo.InvariantCulture) - 1];
                sum += of.Value.AmountMinor * of.Quantity;
            }

            if (pages[i].Contains("Carried forward", StringComparison.Ordinal))
                Assert.Equal(sum, Carried(pages[i], "Carried forward"));
        }

        Assert.Equal(
            Enumerable.Range(1, 300),
            Line().Matches(string.Concat(pages)).Select(
                m => int.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture)));
        Assert.Equal(invoice.GoodsMinor, sum);
        var total = ((sum + 1_490) / 100m).ToString("N2", CultureInfo.InvariantCulture);
        Assert.Contains($"{total} EUR", pages[^1], StringComparison.Ordinal);
        Assert.Contains("Signature: Grace Hopper", pages[^1], StringComparison.Ordinal);
        Assert.Equal(pages.Length - 1, pages.Count(p => p.Contains("Carried forward", StringComparison.Ordinal)));
        Assert.Equal(["CODE-128:INV-2026-0042"], PdfTools.Barcodes(pdf));
    }

    [SkippableFact]
    public void A_short_one_is_a_page_with_all_that_customs_ask_for()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        var pdf = CommercialInvoicePaper.Draw(Paper(3, new(["Import Ltd", "1 Dock Rd", "E14 5AB London", "GB"],
            [new("EORI", "GB980780684000")])));
        Keep("invoice-short", pdf);
        var text = PdfTools.Text(pdf);
        foreach (var told in (string[])
            [
                "Acme GmbH", "EORI DE1234567", "VAT DE811234567", "Ada Lovelace", "Import Ltd", "EORI GB980780684000",
                "DDP London", "Sale", "61091000", "4,000.000 kg", "2.340 kg", "6 pieces", "30 Nov 2026", "dhl-express",
                "I declare that all that this invoice says is true and correct", "Page 1 of 1",
            ])
            Assert.Contains(told, text, StringComparison.Ordinal);
        Assert.DoesNotContain("forward", text, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(ExportReason.Gift, "Gift, not for sale")]
    [InlineData(ExportReason.Sample, "Sample")]
    [InlineData(ExportReason.Return, "Returned goods")]
    [InlineData(ExportReason.Repair, "Repair")]
    public void Why_goods_are_sent_is_told(ExportReason reason, string says)
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        var pdf = CommercialInvoicePaper.Draw(Paper(1, reason: reason));
        Assert.Contains(says, PdfTools.Text(pdf), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_certificate_of_origin_tells_each_country_and_leaves_room_for_the_stamp()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        var pdf = OriginCertificatePaper.Draw(Paper(60));
        Keep("origin", pdf);
        var text = PdfTools.Text(pdf);
        foreach (var told in (string[])
            [
                "Certificate of origin", "CN, PT", "CONSIGNOR", "CONSIGNEE", "CERTIFICATION", "they go to GB",
                "LINE-0060",
            ])
            Assert.Contains(told, text, StringComparison.Ordinal);
        // A stamp on a page of its own would be a stamp on nothing.
        foreach (var lines in (int[])[1, 15, 16, 34, 35, 36, 37, 60])
        {
            var stamped = PdfTools.Text(OriginCertificatePaper.Draw(Paper(lines))).Split('\f')
                .Single(p => p.Contains("CERTIFICATION", StringComparison.Ordinal));
            Assert.Contains("The exporter declares", stamped, StringComparison.Ordinal);
        }

        Assert.Equal(
            Enumerable.Range(1, 60), Line().Matches(text).Select(
                m => int.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_same_paper_is_the_same_bytes_and_another_is_not()
    {
        Assert.Equal(CommercialInvoicePaper.Draw(Paper(70)), CommercialInvoicePaper.Draw(Paper(70)));
        Assert.Equal(OriginCertificatePaper.Draw(Paper(70)), OriginCertificatePaper.Draw(Paper(70)));
        Assert.NotEqual(CommercialInvoicePaper.Draw(Paper(70)), CommercialInvoicePaper.Draw(Paper(71)));
    }

    static long Carried(string page, string label)
    {
        var match = Regex.Match(
            page, $@"{label}\s+(?<amount>[\d,]+\.\d\d)", RegexOptions.None, TimeSpan.FromSeconds(5));
        return long.Parse(
            match.Groups["amount"].Value.Replace(",", "", StringComparison.Ordinal)
                .Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    static void Keep(string name, byte[] pdf)
    {
        if (Environment.GetEnvironmentVariable("FULFILLMENT_PICTURES") is { } folder)
            File.WriteAllBytes(Path.Combine(folder, $"{name}.pdf"), pdf);
    }

    [GeneratedRegex(@"LINE-(?<number>\d{4})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Line();
}
