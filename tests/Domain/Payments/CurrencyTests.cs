using FsCheck;
using FsCheck.Fluent;
using Fulfillment.Payments;

namespace Fulfillment.Tests.Domain;

/// <summary>Every code has the digits that ISO 4217 gives it, and no amount changes by being counted anew.</summary>
public sealed class CurrencyTests
{
    [Theory]
    [InlineData("EUR", 2)]
    [InlineData("USD", 2)]
    [InlineData("JPY", 0)]
    [InlineData("ISK", 0)]
    [InlineData("UGX", 0)]
    [InlineData("HUF", 2)]
    [InlineData("TWD", 2)]
    [InlineData("MGA", 2)]
    [InlineData("MRU", 2)]
    [InlineData("KWD", 3)]
    [InlineData("IQD", 3)]
    [InlineData("CLF", 4)]
    [InlineData("UYW", 4)]
    [InlineData("XCG", 2)]
    [InlineData("eur", null)]
    [InlineData("EURO", null)]
    [InlineData("", null)]
    [InlineData("XAU", null)]
    [InlineData("HRK", null)]
    public void A_code_has_its_digits(string code, int? digits) => Assert.Equal(digits, Currencies.DigitsOf(code));

    [Fact]
    public void Every_code_is_three_capitals_and_stands_once()
    {
        Assert.All(Currencies.Codes, code => Assert.Matches("^[A-Z]{3}$", code));
        Assert.Equal(164, Currencies.Codes.Distinct().Count());
        Assert.All(Currencies.Codes, code => Assert.InRange(Currencies.DigitsOf(code)!.Value, 0, 4));
    }

    [Theory]
    [InlineData(5, 0, 2, 500L)]
    [InlineData(500, 2, 0, 5L)]
    [InlineData(501, 2, 0, null)]
    [InlineData(-500, 2, 0, -5L)]
    [InlineData(0, 4, 0, 0L)]
    [InlineData(long.MaxValue, 0, 1, null)]
    [InlineData(long.MinValue, 0, 1, null)]
    [InlineData(long.MaxValue, 3, 3, long.MaxValue)]
    public void An_amount_is_counted_anew_or_refused(long amount, int from, int to, long? counted) =>
        Assert.Equal(counted, Currencies.Recount(amount, from, to));

    [Fact]
    public void What_is_counted_anew_is_worth_the_same() => Prop.ForAll<long, byte, byte>((amount, from, to) =>
    {
        var (first, second) = (from % 5, to % 5);
        return Currencies.Recount(amount, first, second) is not { } counted
            || Currencies.Recount(counted, second, first) == amount;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_finer_count_always_exists_for_what_is_not_too_large() => Prop.ForAll<int, byte>((amount, digits) =>
        Currencies.Recount(amount, 0, digits % 5) == amount * (long)Math.Pow(10, digits % 5))
        .QuickCheckThrowOnFailure();
}
