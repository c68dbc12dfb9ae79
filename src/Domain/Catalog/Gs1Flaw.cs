using System.Text.Json.Serialization;

namespace Fulfillment.Catalog;

/// <summary>Why a text is not what a GS1 barcode, element string or Digital Link may say.</summary>
public enum Gs1Fault
{
    /// <summary>A character that is no digit.</summary>
    [JsonStringEnumMemberName("non-digit-character")] NonDigitCharacter,

    /// <summary>A character outside GS1 set 82.</summary>
    [JsonStringEnumMemberName("invalid-cset82-character")] InvalidCset82Character,

    /// <summary>A character outside GS1 set 39.</summary>
    [JsonStringEnumMemberName("invalid-cset39-character")] InvalidCset39Character,

    /// <summary>A character outside base64url.</summary>
    [JsonStringEnumMemberName("invalid-base64-character")] InvalidBase64Character,

    /// <summary>No digit before the check digit.</summary>
    [JsonStringEnumMemberName("too-short-for-check-digit")] TooShortForCheckDigit,

    /// <summary>The last digit is not the one that the others give.</summary>
    [JsonStringEnumMemberName("incorrect-check-digit")] IncorrectCheckDigit,

    /// <summary>No two check characters.</summary>
    [JsonStringEnumMemberName("too-short-for-check-pair")] TooShortForCheckPair,

    /// <summary>More characters than the check pair is defined for.</summary>
    [JsonStringEnumMemberName("too-long-for-check-pair")] TooLongForCheckPairImplementation,

    /// <summary>The last two characters are not those that the others give.</summary>
    [JsonStringEnumMemberName("incorrect-check-pair")] IncorrectCheckPair,

    /// <summary>A date with digits missing.</summary>
    [JsonStringEnumMemberName("date-too-short")] DateTooShort,

    /// <summary>A date with digits too many.</summary>
    [JsonStringEnumMemberName("date-too-long")] DateTooLong,

    /// <summary>No such month.</summary>
    [JsonStringEnumMemberName("illegal-month")] IllegalMonth,

    /// <summary>No such day in the month.</summary>
    [JsonStringEnumMemberName("illegal-day")] IllegalDay,

    /// <summary>An hour with digits missing.</summary>
    [JsonStringEnumMemberName("hour-too-short")] HourTooShort,

    /// <summary>An hour with digits too many.</summary>
    [JsonStringEnumMemberName("hour-too-long")] HourTooLong,

    /// <summary>No such hour.</summary>
    [JsonStringEnumMemberName("illegal-hour")] IllegalHour,

    /// <summary>A minute with digits missing.</summary>
    [JsonStringEnumMemberName("minute-too-short")] MinuteTooShort,

    /// <summary>A minute with digits too many.</summary>
    [JsonStringEnumMemberName("minute-too-long")] MinuteTooLong,

    /// <summary>No such minute.</summary>
    [JsonStringEnumMemberName("illegal-minute")] IllegalMinute,

    /// <summary>A second with digits missing.</summary>
    [JsonStringEnumMemberName("second-too-short")] SecondTooShort,

    /// <summary>A second with digits too many.</summary>
    [JsonStringEnumMemberName("second-too-long")] SecondTooLong,

    /// <summary>No such second.</summary>
    [JsonStringEnumMemberName("illegal-second")] IllegalSecond,

    /// <summary>A time of day with digits missing.</summary>
    [JsonStringEnumMemberName("hour-with-minute-too-short")] HourWithMinuteTooShort,

    /// <summary>A time of day with digits too many.</summary>
    [JsonStringEnumMemberName("hour-with-minute-too-long")] HourWithMinuteTooLong,

    /// <summary>No number of a country.</summary>
    [JsonStringEnumMemberName("not-iso3166")] NotIso3166,

    /// <summary>No letters of a country.</summary>
    [JsonStringEnumMemberName("not-iso3166-alpha2")] NotIso3166Alpha2,

    /// <summary>No number of a currency.</summary>
    [JsonStringEnumMemberName("not-iso4217")] NotIso4217,

    /// <summary>No known type of package.</summary>
    [JsonStringEnumMemberName("invalid-package-type")] InvalidPackageType,

    /// <summary>Two numbers of the same length are wanted.</summary>
    [JsonStringEnumMemberName("invalid-length-for-piece-of-total")] InvalidLengthForPieceOfTotal,

    /// <summary>Pieces count from one.</summary>
    [JsonStringEnumMemberName("zero-piece-number")] ZeroPieceNumber,

    /// <summary>A total of none.</summary>
    [JsonStringEnumMemberName("zero-total-pieces")] ZeroTotalPieces,

    /// <summary>A piece beyond the total.</summary>
    [JsonStringEnumMemberName("piece-number-exceeds-total")] PieceNumberExceedsTotal,

    /// <summary>Only zeros may stand there.</summary>
    [JsonStringEnumMemberName("not-zero")] NotZero,

    /// <summary>Zero may not stand there.</summary>
    [JsonStringEnumMemberName("illegal-zero-value")] IllegalZeroValue,

    /// <summary>Zero or one may stand there.</summary>
    [JsonStringEnumMemberName("not-zero-or-one")] NotZeroOrOne,

    /// <summary>No value of the short list that may stand there.</summary>
    [JsonStringEnumMemberName("not-in-list")] NotInList,

    /// <summary>Beyond the greatest or least that may stand there.</summary>
    [JsonStringEnumMemberName("out-of-range")] OutOfRange,

    /// <summary>A percent sign without two hexadecimal digits.</summary>
    [JsonStringEnumMemberName("invalid-percent-sequence")] InvalidPercentSequence,

    /// <summary>No bank account number: its form, or its check digits.</summary>
    [JsonStringEnumMemberName("invalid-iban")] InvalidIban,

    /// <summary>An application identifier that there is not.</summary>
    [JsonStringEnumMemberName("unknown-ai")] UnknownAi,

    /// <summary>A value that ends before its identifier's parts do.</summary>
    [JsonStringEnumMemberName("too-short")] TooShort,

    /// <summary>A value with more characters than its identifier takes.</summary>
    [JsonStringEnumMemberName("too-long")] TooLong,

    /// <summary>The same identifier with two values.</summary>
    [JsonStringEnumMemberName("repeated-ai")] RepeatedAi,

    /// <summary>An identifier without one that has to be told with it.</summary>
    [JsonStringEnumMemberName("missing-ai")] MissingAi,

    /// <summary>An identifier beside one that excludes it.</summary>
    [JsonStringEnumMemberName("excluded-ai")] ExcludedAi,

    /// <summary>Neither an element string, nor a number with a check digit, nor a Digital Link.</summary>
    [JsonStringEnumMemberName("not-a-barcode")] NotABarcode,

    /// <summary>A link without a key of GS1 in its path, or with something behind it that does not belong there.</summary>
    [JsonStringEnumMemberName("not-a-digital-link")] NotADigitalLink,
}

/// <summary>
/// What is wrong and where: <c>At</c> counts characters from 0, <c>Length</c> characters are concerned, 0 for what is
/// missing there. <c>Ai</c>: in whose value; null outside of one.
/// </summary>
public readonly record struct Gs1Flaw(Gs1Fault Fault, int At, int Length, string? Ai = null)
{
    /// <summary>The text with the place between asterisks.</summary>
    public string Mark(string text) => $"{text[..At]}*{text.Substring(At, Length)}*{text[(At + Length)..]}";
}
