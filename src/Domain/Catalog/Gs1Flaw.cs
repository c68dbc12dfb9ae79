namespace Fulfillment.Catalog;

/// <summary>Why a text is not what a GS1 barcode, element string or Digital Link may say.</summary>
public enum Gs1Fault
{
    /// <summary>A character that is no digit.</summary>
    NonDigitCharacter,

    /// <summary>A character outside GS1 set 82.</summary>
    InvalidCset82Character,

    /// <summary>A character outside GS1 set 39.</summary>
    InvalidCset39Character,

    /// <summary>A character outside base64url.</summary>
    InvalidBase64Character,

    /// <summary>No digit before the check digit.</summary>
    TooShortForCheckDigit,

    /// <summary>The last digit is not the one that the others give.</summary>
    IncorrectCheckDigit,

    /// <summary>No two check characters.</summary>
    TooShortForCheckPair,

    /// <summary>More characters than the check pair is defined for.</summary>
    TooLongForCheckPair,

    /// <summary>The last two characters are not those that the others give.</summary>
    IncorrectCheckPair,

    /// <summary>A date with digits missing.</summary>
    DateTooShort,

    /// <summary>A date with digits too many.</summary>
    DateTooLong,

    /// <summary>No such month.</summary>
    IllegalMonth,

    /// <summary>No such day in the month.</summary>
    IllegalDay,

    /// <summary>An hour with digits missing.</summary>
    HourTooShort,

    /// <summary>An hour with digits too many.</summary>
    HourTooLong,

    /// <summary>No such hour.</summary>
    IllegalHour,

    /// <summary>A minute with digits missing.</summary>
    MinuteTooShort,

    /// <summary>A minute with digits too many.</summary>
    MinuteTooLong,

    /// <summary>No such minute.</summary>
    IllegalMinute,

    /// <summary>A second with digits missing.</summary>
    SecondTooShort,

    /// <summary>A second with digits too many.</summary>
    SecondTooLong,

    /// <summary>No such second.</summary>
    IllegalSecond,

    /// <summary>A time of day with digits missing.</summary>
    HourWithMinuteTooShort,

    /// <summary>A time of day with digits too many.</summary>
    HourWithMinuteTooLong,

    /// <summary>No number of a country.</summary>
    NotIso3166,

    /// <summary>No letters of a country.</summary>
    NotIso3166Alpha2,

    /// <summary>No number of a currency.</summary>
    NotIso4217,

    /// <summary>No known type of package.</summary>
    InvalidPackageType,

    /// <summary>Two numbers of the same length are wanted.</summary>
    InvalidLengthForPieceOfTotal,

    /// <summary>Pieces count from one.</summary>
    ZeroPieceNumber,

    /// <summary>A total of none.</summary>
    ZeroTotalPieces,

    /// <summary>A piece beyond the total.</summary>
    PieceNumberExceedsTotal,

    /// <summary>Only zeros may stand there.</summary>
    NotZero,

    /// <summary>Zero may not stand there.</summary>
    IllegalZeroValue,

    /// <summary>Zero or one may stand there.</summary>
    NotZeroOrOne,

    /// <summary>No value of the short list that may stand there.</summary>
    NotInList,

    /// <summary>Beyond the greatest or least that may stand there.</summary>
    OutOfRange,

    /// <summary>A percent sign without two hexadecimal digits.</summary>
    InvalidPercentSequence,

    /// <summary>No bank account number: its form, or its check digits.</summary>
    InvalidIban,

    /// <summary>An application identifier that there is not.</summary>
    UnknownAi,

    /// <summary>A value that ends before its identifier's parts do.</summary>
    TooShort,

    /// <summary>A value with more characters than its identifier takes.</summary>
    TooLong,

    /// <summary>The same identifier with two values.</summary>
    RepeatedAi,

    /// <summary>An identifier without one that has to be told with it.</summary>
    MissingAi,

    /// <summary>An identifier beside one that excludes it.</summary>
    ExcludedAi,

    /// <summary>Neither an element string, nor a number with a check digit, nor a Digital Link.</summary>
    NotABarcode,

    /// <summary>A link without a key of GS1 in its path, or with what does not belong behind it.</summary>
    NotADigitalLink,
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
