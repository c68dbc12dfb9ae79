using System.Collections.Frozen;
using System.Globalization;
using Fulfillment.Payments;

namespace Fulfillment.Connectors;

/// <summary>
/// Amounts as PayPal writes them: decimal text, and only in the currencies of its list
/// (developer.paypal.com/api/rest/reference/currency-codes), of which forints, yen and Taiwan dollars have no decimals
/// whatever ISO 4217 says. An amount that PayPal cannot write is refused, never rounded.
/// </summary>
static class PayPalAmounts
{
    static readonly FrozenDictionary<string, int> Supported = FrozenDictionary.ToFrozenDictionary(
        ("AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD ILS MXN MYR NOK NZD PHP PLN SEK SGD THB USD".Split(' ')
            .Select(code => KeyValuePair.Create(code, 2)))
            .Concat("HUF JPY TWD".Split(' ').Select(code => KeyValuePair.Create(code, 0))));

    /// <summary>The decimal text; otherwise the code of the refusal.</summary>
    public static (string Value, string? Refusal) Of(Money money)
    {
        if (money.AmountMinor <= 0) return ("", "amount-not-positive");
        if (Currencies.DigitsOf(money.Currency) is not { } digits) return ("", "unknown-currency");
        if (!Supported.TryGetValue(money.Currency, out var decimals)) return ("", "unsupported-currency");
        if (Currencies.Recount(money.AmountMinor, digits, decimals) is not { } amount)
            return ("", "amount-not-representable");
        var text = amount.ToString(CultureInfo.InvariantCulture);
        if (decimals == 0) return (text, null);
        text = text.PadLeft(decimals + 1, '0');
        return ($"{text[..^decimals]}.{text[^decimals..]}", null);
    }

    /// <summary>PayPal's text as money; null where it is none, or finer than the currency.</summary>
    public static Money? Read(string? value, string? currency)
    {
        if (value is null || currency is null || Currencies.DigitsOf(currency) is not { } digits) return null;
        var dot = value.IndexOf('.', StringComparison.Ordinal);
        var decimals = dot < 0 ? 0 : value.Length - dot - 1;
        return long.TryParse(value.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var amount)
            && Currencies.Recount(amount, decimals, digits) is { } minor ? new Money(minor, currency) : null;
    }
}

/// <summary>
/// Our id of a payment as <c>custom_id</c> (Payments v2, refund: <c>^[A-Za-z0-9-_.,]*$</c>): a slash is <c>,1</c>, a
/// colon <c>,2</c>; ids have no commas.
/// </summary>
static class PayPalPayments
{
    /// <summary>What custom_id holds (Orders v2, purchase_unit_request).</summary>
    public const int Longest = 127;

    public static string Write(string payment) =>
        payment.Replace("/", ",1", StringComparison.Ordinal).Replace(":", ",2", StringComparison.Ordinal);

    /// <summary>Null where there is none.</summary>
    public static string? Read(string? custom) => string.IsNullOrEmpty(custom) ? null
        : custom.Replace(",1", "/", StringComparison.Ordinal).Replace(",2", ":", StringComparison.Ordinal);
}
