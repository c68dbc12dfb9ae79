using Fulfillment.Catalog;
using Fulfillment.Client.Papers;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Client.Papers;

/// <summary>What we print as a barcode is what a scanner reads, and what our own scanner input understands.</summary>
public sealed class SymbolTests
{
    const string Gtin = "09506000134352";

    static readonly DateOnly Day = new(2027, 3, 31);

    [SkippableTheory]
    [InlineData("A-01-03")]
    [InlineData("1234567890123")]
    [InlineData("z.Z_9:-0a1234b")]
    [InlineData("0")]
    public void A_bin_is_read_from_its_label_as_it_is_called(string bin)
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        var label = LabelPaper.Draw(new BinLabel(bin, "Leipzig (LEJ1)", "AMBIENT", "aisle A · bay 1 · level 3"));
        Assert.Equal([$"CODE-128:{bin}"], PdfTools.Barcodes(label));
        Assert.Contains(bin, PdfTools.Text(label), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void An_id_that_is_too_long_for_bars_is_a_square()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        var bin = string.Concat(Enumerable.Repeat("Ab-9._:x", 16));
        Assert.Equal([$"QR-Code:{bin}"], PdfTools.Barcodes(LabelPaper.Draw(new BinLabel(bin, "L", "Z", null))));
    }

    [SkippableFact]
    public void An_sscc_is_a_label_of_gs1_and_our_scanner_input_tells_it()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        var sscc = Sscc.Of('3', "4012345", 17);
        var label = LabelPaper.Draw(new PlateLabel(sscc, "pallet", "acme", "Leipzig (LEJ1)", []));
        var read = Barcode.Read(Scanned(label), out _)!;
        Assert.Equal((sscc, BarcodeForm.ElementString), (read.Sscc, read.Form));
        Assert.Contains($"(00){sscc}", PdfTools.Text(label), StringComparison.Ordinal);
        // 100 x 150 mm.
        Assert.Contains("283 x 425 pts", PdfTools.About(label), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_tote_is_read_from_its_label()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        var label = LabelPaper.Draw(new PlateLabel("TOTE-0042", "tote", "acme", "LEJ1", []));
        Assert.Equal(["CODE-128:TOTE-0042"], PdfTools.Barcodes(label));
        Assert.Contains("283 x 142 pts", PdfTools.About(label), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(null, null)]
    [InlineData("L7", null)]
    [InlineData(null, "S-1")]
    [InlineData("LOT-20-signs-long-00", "SERIAL-20-signs-long")]
    public void Goods_tell_gtin_expiry_lot_and_serial_with_the_separators_that_they_need(string? lot, string? serial)
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        var read = Barcode.Read(
            Scanned(LabelPaper.Draw(new ItemLabel("A", "Cup", null, Gtin, lot, Day, serial))), out _)!;
        Assert.Equal((Gtin, lot, serial, Day), (read.Gtin, read.Lot, read.Serial, read.Expiry(2026)));
    }

    [SkippableFact]
    public void A_piece_with_nothing_but_a_gtin_has_an_ean13_and_a_case_has_not()
    {
        Skip.If(PdfTools.Missing is not null, PdfTools.Missing);
        Assert.Equal([$"EAN-13:{Gtin[1..]}"], PdfTools.Barcodes(Item(Gtin)));
        const string box = "19506000134359";
        Assert.Equal(box, Barcode.Read(Scanned(Item(box)), out _)!.Gtin);
        Assert.Equal(["CODE-128:MUG-1"], PdfTools.Barcodes(Item(null)));

        static byte[] Item(string? gtin) =>
            LabelPaper.Draw(new ItemLabel("MUG-1", "Mug", null, gtin, null, null, null));
    }

    [Fact]
    public void A_gtin_of_a_case_is_no_ean13() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Symbol.Ean13("19506000134359"));

    /// <summary>What the scanner sends for the one barcode that is there.</summary>
    static string Scanned(byte[] pdf) => Assert.Single(PdfTools.Barcodes(pdf)).Split(':', 2)[1];
}
