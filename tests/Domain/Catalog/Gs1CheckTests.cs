using Fulfillment.Catalog;

namespace Fulfillment.Tests.Domain;

/// <summary>Each reason for which a part of a value is refused, without vectors that are not ours to keep.</summary>
public sealed class Gs1CheckTests
{
    [Theory]
    [InlineData("csetnumeric", "a0", Gs1Fault.NonDigitCharacter)]
    [InlineData("cset82", "A B", Gs1Fault.InvalidCset82Character)]
    [InlineData("csum", "", Gs1Fault.TooShortForCheckDigit)]
    [InlineData("csum", "12345673", Gs1Fault.IncorrectCheckDigit)]
    [InlineData("csumalpha", "2", Gs1Fault.TooShortForCheckPair)]
    [InlineData("csumalpha", "1987654Ad4X4bL5ttr2310c2X", Gs1Fault.IncorrectCheckPair)]
    [InlineData("yymmdd", "11111", Gs1Fault.DateTooShort)]
    [InlineData("yymmdd", "1111111", Gs1Fault.DateTooLong)]
    [InlineData("yymmdd", "201301", Gs1Fault.IllegalMonth)]
    [InlineData("yymmdd", "210229", Gs1Fault.IllegalDay)]
    [InlineData("yyyymmdd", "20200600", Gs1Fault.IllegalDay)]
    [InlineData("hh", "1", Gs1Fault.HourTooShort)]
    [InlineData("hh", "111", Gs1Fault.HourTooLong)]
    [InlineData("hh", "24", Gs1Fault.IllegalHour)]
    [InlineData("mi", "1", Gs1Fault.MinuteTooShort)]
    [InlineData("mi", "111", Gs1Fault.MinuteTooLong)]
    [InlineData("mi", "60", Gs1Fault.IllegalMinute)]
    [InlineData("ss", "1", Gs1Fault.SecondTooShort)]
    [InlineData("ss", "111", Gs1Fault.SecondTooLong)]
    [InlineData("ss", "60", Gs1Fault.IllegalSecond)]
    [InlineData("hhmi", "111", Gs1Fault.HourWithMinuteTooShort)]
    [InlineData("hhmi", "11111", Gs1Fault.HourWithMinuteTooLong)]
    [InlineData("iso3166", "001", Gs1Fault.NotIso3166)]
    [InlineData("iso3166999", "998", Gs1Fault.NotIso3166)]
    [InlineData("iso3166alpha2", "XX", Gs1Fault.NotIso3166Alpha2)]
    [InlineData("iso4217", "001", Gs1Fault.NotIso4217)]
    [InlineData("packagetype", "00", Gs1Fault.InvalidPackageType)]
    [InlineData("pieceoftotal", "1", Gs1Fault.InvalidLengthForPieceOfTotal)]
    [InlineData("pieceoftotal", "0001", Gs1Fault.ZeroPieceNumber)]
    [InlineData("pieceoftotal", "0100", Gs1Fault.ZeroTotalPieces)]
    [InlineData("pieceoftotal", "0201", Gs1Fault.PieceNumberExceedsTotal)]
    [InlineData("posinseqslash", "3/2", Gs1Fault.PieceNumberExceedsTotal)]
    [InlineData("zero", "01", Gs1Fault.NotZero)]
    [InlineData("nonzero", "00", Gs1Fault.IllegalZeroValue)]
    [InlineData("nozeroprefix", "01", Gs1Fault.IllegalZeroValue)]
    [InlineData("yesno", "2", Gs1Fault.NotZeroOrOne)]
    [InlineData("winding", "2", Gs1Fault.NotInList)]
    [InlineData("mediatype", "11", Gs1Fault.NotInList)]
    [InlineData("latitude", "1800000001", Gs1Fault.OutOfRange)]
    [InlineData("pcenc", "a%2", Gs1Fault.InvalidPercentSequence)]
    [InlineData("iban", "DE88370400440532013000", Gs1Fault.InvalidIban)]
    public void A_part_is_refused(string check, string text, Gs1Fault fault) =>
        Assert.Equal(fault, Gs1Checks.Check(check, text)?.Fault);

    [Theory]
    [InlineData("iban", "DE89370400440532013000")]
    [InlineData("csumalpha", "1987654Ad4X4bL5ttr2310c2K")]
    [InlineData("longitude", "3600000000")]
    [InlineData("pcenc", "a%20b")]
    [InlineData("posinseqslash", "2/10")]
    [InlineData("yymmd0", "300200")]
    public void A_part_is_taken(string check, string text) => Assert.Null(Gs1Checks.Check(check, text));

    [Theory]
    [InlineData("8010", "abc", Gs1Fault.InvalidCset39Character)]
    [InlineData("8030", "a+b", Gs1Fault.InvalidBase64Character)]
    [InlineData("00", "00614141123456789", Gs1Fault.TooShort)]
    [InlineData("37", "123456789", Gs1Fault.TooLong)]
    public void A_value_is_refused(string ai, string value, Gs1Fault fault) =>
        Assert.Equal((fault, ai), (ApplicationIdentifier.Find(ai)!.Check(value)!.Value.Fault, ai));

    [Fact]
    public void What_is_no_text_below_a_symbol_and_no_link_is_told()
    {
        Assert.Null(ElementString.ReadBracketed("1(12345", out var flaw));
        Assert.Equal(Gs1Fault.NotABarcode, flaw!.Value.Fault);
        Assert.Null(DigitalLink.Read("https://example.com/about", out flaw));
        Assert.Equal(Gs1Fault.NotADigitalLink, flaw!.Value.Fault);
        Assert.Equal(
            Gs1Fault.TooLongForCheckPair, Gs1Checks.Check("csumalpha", new string('1', 100))?.Fault);
    }
}
