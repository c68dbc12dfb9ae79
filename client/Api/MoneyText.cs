using System.Globalization;
using Fulfillment.Payments;

namespace Fulfillment.Client.Api;

/// <summary>
/// Amounts as people read them: in the digits of their currency, such as 19.99 EUR, 1999 JPY, 1.999 KWD.
/// </summary>
static class MoneyText
{
    /// <summary>The amount; in minor units, and saying so, where nobody knows the currency's digits.</summary>
    public static string Of(long minor, string currency)
    {
        if (Currencies.DigitsOf(currency) is not { } digits) return $"{minor} {currency} (minor units)";
        decimal amount = minor;
        for (var i = 0; i < digits; i++) amount /= 10;
        return $"{amount.ToString($"F{digits}", CultureInfo.InvariantCulture)} {currency}";
    }

    /// <inheritdoc cref="Of(long, string)"/>
    public static string Of(Money money) => Of(money.AmountMinor, money.Currency);
}
