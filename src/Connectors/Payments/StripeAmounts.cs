using System.Collections.Frozen;
using Fulfillment.Payments;

namespace Fulfillment.Connectors;

/// <summary>
/// Amounts as Stripe counts them (docs.stripe.com/currencies): in hundredths; in whole units for its zero-decimal
/// currencies; in thousandths, of which the last digit must be 0, for its three-decimal ones. Against ISO 4217 it
/// counts Malagasy ariary in whole units, and Icelandic krónur and Ugandan shillings in hundredths that must be 00.
/// Hungarian forints and Taiwan dollars are charged in hundredths; only payouts in them are whole. An amount that
/// Stripe cannot count is refused, never rounded.
/// </summary>
static class StripeAmounts
{
    static readonly FrozenSet<string> Whole = FrozenSet.Create(
        "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");

    static readonly FrozenSet<string> Thousandths = FrozenSet.Create("BHD", "JOD", "KWD", "OMR", "TND");

    /// <summary>The amount in Stripe's count; otherwise the code of the refusal.</summary>
    public static (long Amount, string? Refusal) Of(Money money)
    {
        if (money.AmountMinor <= 0) return (0, "amount-not-positive");
        if (Currencies.DigitsOf(money.Currency) is not { } digits) return (0, "unknown-currency");
        if (digits > 3 || (digits == 3 && !Thousandths.Contains(money.Currency))) return (0, "unsupported-currency");
        if (Currencies.Recount(money.AmountMinor, digits, Digits(money.Currency)) is not { } amount
            || (Thousandths.Contains(money.Currency) && amount % 10 != 0))
            return (0, "amount-not-representable");
        return (amount, null);
    }

    /// <summary>Stripe's count as money; null for a currency that is none.</summary>
    public static Money? Read(long? amount, string? currency)
    {
        var code = currency?.ToUpperInvariant() ?? "";
        return amount is { } count && Currencies.DigitsOf(code) is { } digits
            && Currencies.Recount(count, Digits(code), digits) is { } minor ? new Money(minor, code) : null;
    }

    static int Digits(string currency) => Whole.Contains(currency) ? 0 : Thousandths.Contains(currency) ? 3 : 2;
}
