using System.Collections.Immutable;

namespace Fulfillment.Screening;

/// <summary>
/// A coefficient of the model, in thousandths. <c>Weight</c>: log-odds for each unit of the feature. <c>Mean</c>: the
/// feature's mean in training, which stands in for it where it is not known.
/// </summary>
public readonly record struct Coefficient(string Feature, int Weight, int Mean);

/// <summary>
/// A logistic model of fraud over what traces and the amount tell. Everything is in thousandths, and in integers: see
/// <see cref="Thousandths"/>. What could only have been learned wrong from the history that there is, is not in it but
/// a rule: confirmed frauds and declines, of which the history has none or knows the opposite; countries, of which it
/// has one.
/// </summary>
public static class FraudModel
{
    const int One = 1_000, MinorPerUnit = 100;

    /// <summary>
    /// Currencies whose unit buys about as much as a US dollar, between half and double, and has 100 minor units; an
    /// amount in another currency says nothing by itself, and counts only beside earlier amounts.
    /// </summary>
    static readonly ImmutableArray<string> Comparable = ["AUD", "CAD", "CHF", "EUR", "GBP", "NZD", "SGD", "USD"];

    /// <summary>What the model looks at, in this order.</summary>
    public static ImmutableArray<string> FeatureNames { get; } =
        ["amount-known", "amount", "amount-to-mean", "ip-orders", "email-orders", "day-velocity"];

    /// <summary>
    /// The features of an order, in thousandths, in the order of <see cref="FeatureNames"/>; null for what is not
    /// known. 1 when there is an amount, else 0; then natural logarithms: of 1 + the amount in units of currency; of
    /// the amount to the mean amount of earlier orders by mailbox, or else by card; of 1 + the orders ever from the IP
    /// address; of 1 + the orders ever by the mailbox; of 1 + the most orders within 24 hours of any trace.
    /// </summary>
    public static ImmutableArray<int?> Features(Traces traces, Money? amount)
    {
        var minor = amount is { AmountMinor: > 0 and < long.MaxValue / 2 } money ? money.AmountMinor : 0;
        var mean = new[] { traces.Email, traces.Card }.OfType<TraceReply>().FirstOrDefault(t => t.Priced > 0);
        int? day = new[] { traces.Email, traces.Ip, traces.Address, traces.Card }.OfType<TraceReply>()
            .Max(t => (int?)t.LastDay);
        return
        [
            amount is null ? 0 : One,
            amount is { } a && Comparable.Contains(a.Currency)
                ? Thousandths.Ln(MinorPerUnit + minor) - Thousandths.Ln(MinorPerUnit) : null,
            amount is not null && mean is { MeanMinor: < long.MaxValue }
                ? Thousandths.Ln(1 + minor) - Thousandths.Ln(1 + mean.MeanMinor) : null,
            Count(traces.Ip?.OrdersBefore),
            Count(traces.Email?.OrdersBefore),
            Count(day),
        ];
    }

    /// <summary>The log-odds of fraud, in thousandths.</summary>
    public static long LogOdds(ImmutableArray<int?> features)
    {
        long sum = 0;
        for (var i = 0; i < features.Length; i++)
        {
            var (_, weight, mean) = FraudCoefficients.All[i];
            sum += (long)weight * ((features[i] ?? mean) - mean);
        }

        return FraudCoefficients.Intercept + sum / One;
    }

    /// <summary>The probability of fraud, 0 to 1000 thousandths.</summary>
    public static int Permille(ImmutableArray<int?> features) => Thousandths.LogisticOf(LogOdds(features));

    static int? Count(long? orders) => orders is { } known ? Thousandths.Ln(1 + known) : null;
}
