using Fulfillment.Catalog;

namespace Fulfillment.Tests.Domain;

public sealed class BarcodeTests
{
    [Theory]
    [InlineData("9520123456788", BarcodeForm.Gtin)]
    [InlineData("]E09520123456788", BarcodeForm.Gtin)]
    [InlineData("416000336108", BarcodeForm.Gtin)]
    [InlineData("02345680", BarcodeForm.Gtin)]
    [InlineData("12345678901231", BarcodeForm.Gtin)]
    [InlineData("006141411234567890", BarcodeForm.Sscc)]
    [InlineData("(01)12345678901231(10)LOT-7", BarcodeForm.ElementString)]
    [InlineData("]C10112345678901231" + "10LOT-7", BarcodeForm.ElementString)]
    [InlineData("]d2011234567890123117300500" + "10LOT-7\u001d21S1", BarcodeForm.ElementString)]
    [InlineData("https://example.com/01/9520123456788/10/LOT-7", BarcodeForm.DigitalLink)]
    public void A_scan_is_known_by_its_form(string scan, BarcodeForm form)
    {
        var barcode = Barcode.Read(scan, out var flaw);
        Assert.Null(flaw);
        Assert.Equal(form, barcode!.Form);
    }

    [Fact]
    public void A_case_label_tells_item_lot_expiry_and_count()
    {
        var barcode = Barcode.Read(
            "]C100006141411234567890" + "021234567890123117300200" + "3712\u001d10LOT-7", out _)!;
        Assert.Equal(("12345678901231", 12, "LOT-7"), (barcode.Gtin, barcode.Count, barcode.Lot));
        Assert.Equal("006141411234567890", barcode.Sscc);
        Assert.Equal(new DateOnly(2030, 2, 28), barcode.Expiry(2026));
        Assert.Null(barcode.Content.Associations());
    }

    [Theory]
    [InlineData("9520123456789", Gs1Fault.IncorrectCheckDigit, 12)]
    [InlineData("]E09520123456789", Gs1Fault.IncorrectCheckDigit, 15)]
    [InlineData("006141411234567891", Gs1Fault.IncorrectCheckDigit, 17)]
    [InlineData("hello", Gs1Fault.UnknownAi, 0)]
    [InlineData("", Gs1Fault.TooShort, 0)]
    [InlineData("]C1", Gs1Fault.UnknownAi, 0)]
    [InlineData("(17)301332", Gs1Fault.IllegalMonth, 6)]
    [InlineData("]C101123456789012311", Gs1Fault.UnknownAi, 19)]
    [InlineData("]C1011234", Gs1Fault.TooShort, 9)]
    [InlineData("(10)A(10)B", Gs1Fault.RepeatedAi, 9)]
    [InlineData("(09)12", Gs1Fault.UnknownAi, 1)]
    [InlineData("(10)ABCDEFGHIJKLMNOPQRSTU", Gs1Fault.TooLong, 24)]
    [InlineData("(10)A B", Gs1Fault.InvalidCset82Character, 5)]
    [InlineData("ftp://example.com/01/09520123456788", Gs1Fault.UnknownAi, 0)]
    public void What_is_no_barcode_is_told_why_and_where(string scan, Gs1Fault fault, int at)
    {
        Assert.Null(Barcode.Read(scan, out var flaw));
        Assert.Equal((fault, at), (flaw!.Value.Fault, flaw.Value.At));
    }

    [Fact]
    public void What_has_to_stand_together_does()
    {
        Assert.Equal(Gs1Fault.MissingAi, Of("(02)12345678901231").Associations()!.Value.Fault);
        Assert.Equal(Gs1Fault.MissingAi, Of("(10)LOT").Associations()!.Value.Fault);
        Assert.Equal(Gs1Fault.ExcludedAi, Of("(01)12345678901231(37)5").Associations()!.Value.Fault);
        Assert.Null(Of("(01)12345678901231(3103)001750").Associations());
        Assert.Equal(Gs1Fault.ExcludedAi, Of("(01)12345678901231(3103)001750(3102)001750").Associations()!.Value.Fault);

        static ElementString Of(string text) => ElementString.ReadBracketed(text, out _)!;
    }

    [Theory]
    [InlineData("49", 2049)]
    [InlineData("76", 2076)]
    [InlineData("77", 1977)]
    [InlineData("99", 1999)]
    public void Two_digits_of_a_year_are_the_nearest(string year, int full) =>
        Assert.Equal(full, new Element("17", $"{year}0101").Date(2026)!.Value.Year);

    [Fact]
    public void A_licence_plate_is_made_with_its_check_digit()
    {
        var sscc = Sscc.Of('0', "0614141", 123456789);
        Assert.Equal("006141411234567890", sscc);
        Assert.True(Sscc.IsOne(sscc));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sscc.Of('0', "0614141", 1_000_000_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sscc.Of('0', "06141", 1));
    }
}
