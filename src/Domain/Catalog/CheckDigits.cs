namespace Fulfillment.Catalog;

/// <summary>
/// Check characters. Source: GS1 General Specifications, section 7.9 (check digit, modulo 10 with weights 3 and 1 from
/// the right; check pair of alphanumeric keys, modulo 1021 with prime weights).
/// </summary>
public static class CheckDigits
{
    /// <summary>The characters of GS1 set 82 in the order of their values.</summary>
    public const string Set82 =
        "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    const string Set32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>Characters before a check pair, at most: so many primes are its weights.</summary>
    public const int MostBeforePair = 97;

    static readonly int[] Primes = [.. Enumerable.Range(2, 600).Where(IsPrime).Take(MostBeforePair)];

    /// <summary>The digit that follows these digits.</summary>
    public static char Of(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 3 : 1);
        return (char)('0' + ((10 - (sum % 10)) % 10));
    }

    /// <summary>The two characters that follow these characters of set 82, at most 97.</summary>
    public static string PairOf(ReadOnlySpan<char> text)
    {
        var sum = 0;
        for (var i = 0; i < text.Length; i++)
            sum += Set82.IndexOf(text[^(i + 1)], StringComparison.Ordinal) * Primes[i];
        sum %= 1021;
        return $"{Set32[sum >> 5]}{Set32[sum & 31]}";
    }

    static bool IsPrime(int number) => !Enumerable.Range(2, number - 2).Any(d => number % d == 0);
}
