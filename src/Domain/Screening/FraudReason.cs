using System.Collections.Immutable;

namespace Fulfillment.Screening;

/// <summary>What is known of an order when it is judged.</summary>
/// <param name="Signals">What the channel told of the buyer.</param>
/// <param name="Traces">What was seen of him before.</param>
/// <param name="Amount">What he is to pay; null when that is not known.</param>
/// <param name="ModelPermille">How likely the model takes fraud for, 0 to 1000.</param>
public sealed record FraudCase(Signals Signals, Traces Traces, Money? Amount, int ModelPermille);

/// <summary>
/// A named reason for or against an order, and how many points it counts unless a policy says otherwise. The numbers at
/// which reasons begin to hold are ours: a start for a shop of consumer goods. What is theirs to decide, sellers decide
/// by weights.
/// </summary>
/// <param name="Name">Stable, kebab-case: policies and orders have it.</param>
/// <param name="Weight">Points when it holds, 0 to 100.</param>
/// <param name="Speaks">1 against the buyer, -1 for him.</param>
/// <param name="Permille">How much of the weight counts, 0 to 1000; 0 when the reason does not hold.</param>
/// <param name="Detail">What was found; asked only when the reason holds.</param>
public sealed record FraudReason(
    string Name, int Weight, int Speaks, Func<FraudCase, int> Permille, Func<FraudCase, string> Detail)
{
    const int Whole = 1_000, FirstNightHour = 0, LastNightHour = 4, ManyDeclines = 3, ManyCountries = 2,
        TimesTheMean = 5, EnoughPriced = 3, EnoughGoods = 2;

    /// <summary>All of them, by name in ordinal order.</summary>
    public static ImmutableArray<FraudReason> All { get; } =
    [
        new("address-velocity", 10, 1,
            c => Fast(c.Traces.Address, 3, 10), c => Counts(c.Traces.Address)),
        new("amount-above-history", 15, 1,
            c => When(History(c) is { } known && c.Amount!.Value.AmountMinor / TimesTheMean >= known.MeanMinor
                && known.MeanMinor > 0),
            c => $"{c.Amount!.Value.AmountMinor / Math.Max(1, History(c)!.MeanMinor)} times the mean of "
                + $"{History(c)!.Priced} orders"),
        new("billing-country-differs", 10, 1,
            c => When(Differ(c.Signals.BillingCountry, c.Signals.ShippingCountry)),
            c => $"invoice to {c.Signals.BillingCountry}, goods to {c.Signals.ShippingCountry}"),
        new("billing-differs", 5, 1, c => When(c.Signals.BillingDiffers), _ => "invoice and goods go to two addresses"),
        new("card-country-differs", 15, 1,
            c => When(Differ(c.Signals.CardCountry, c.Signals.BillingCountry ?? c.Signals.ShippingCountry)),
            c => $"card of {c.Signals.CardCountry}, "
                + $"buyer of {c.Signals.BillingCountry ?? c.Signals.ShippingCountry}"),
        new("card-velocity", 20, 1, c => Fast(c.Traces.Card, 2, 5), c => Counts(c.Traces.Card)),
        new("confirmed-fraud", 50, 1,
            c => Household(c.Traces).Select(FraudShare).DefaultIfEmpty().Max(),
            c => Endings(Household(c.Traces).MaxBy(FraudShare)!)),
        new("declines", 20, 1,
            c => When(Declines(c.Traces) >= ManyDeclines), c => $"{Declines(c.Traces)} within 24 hours"),
        new("disposable-email", 20, 1,
            c => When(c.Signals.EmailClass == EmailClass.Disposable), _ => "a mailbox to be thrown away"),
        new("email-velocity", 15, 1, c => Fast(c.Traces.Email, 3, 6), c => Counts(c.Traces.Email)),
        new("failed-attempts", 15, 1,
            c => When(c.Signals.FailedAttempts >= ManyDeclines), c => $"{c.Signals.FailedAttempts} before the order"),
        new("ip-confirmed-fraud", 20, 1,
            c => c.Traces.Ip is { } ip ? FraudShare(ip) : 0, c => Endings(c.Traces.Ip!)),
        new("ip-country-differs", 10, 1,
            c => When(Differ(c.Signals.IpCountry, c.Signals.ShippingCountry)
                && c.Signals.IpCountry != c.Signals.BillingCountry),
            c => $"ordered from {c.Signals.IpCountry}, goods to {c.Signals.ShippingCountry}"),
        // Many buyers share an address of a mobile network, an office or a school.
        new("ip-velocity", 10, 1, c => Fast(c.Traces.Ip, 20, 100), c => Counts(c.Traces.Ip)),
        new("known-good", 10, -1,
            c => When(Mine(c.Traces).Any(t => t.Goods >= EnoughGoods) && !Household(c.Traces).Any(t => t.Frauds > 0)),
            c => $"{Mine(c.Traces).Max(t => t.Goods)} good orders by mailbox or card"),
        new("many-countries", 10, 1,
            c => When(Mine(c.Traces).Any(t => t.OtherCountries >= ManyCountries)),
            c => $"goods to {Mine(c.Traces).Max(t => t.OtherCountries)} other countries within 30 days"),
        // Enough for a review, and by itself not enough to reject.
        new("model", 80, 1, c => c.ModelPermille, c => $"{c.ModelPermille} in a thousand"),
        new("night-order", 3, 1,
            c => When(c.Signals.LocalHour is >= FirstNightHour and <= LastNightHour),
            c => $"at {c.Signals.LocalHour} o'clock where the buyer is"),
    ];

    /// <summary>The reason of this name; null when there is none.</summary>
    public static FraudReason? Find(string name) => All.FirstOrDefault(r => r.Name == name);

    static int When(bool holds) => holds ? Whole : 0;

    /// <summary>Holds from so many earlier orders within an hour, or within a day, on.</summary>
    static int Fast(TraceReply? trace, int hour, int day) =>
        When(trace is not null && (trace.LastHour >= hour || trace.LastDay >= day));

    static string Counts(TraceReply? trace) =>
        $"{trace?.LastHour ?? 0} within an hour, {trace?.LastDay ?? 0} within 24 hours";

    static bool Differ(string? one, string? other) => one is not null && other is not null && one != other;

    /// <summary>What no stranger shares: mailbox and card.</summary>
    static IEnumerable<TraceReply> Mine(Traces traces) =>
        new[] { traces.Email, traces.Card }.OfType<TraceReply>();

    /// <summary>What few share: mailbox, card and the address of a household.</summary>
    static IEnumerable<TraceReply> Household(Traces traces) =>
        new[] { traces.Email, traces.Card, traces.Address }.OfType<TraceReply>();

    /// <summary>
    /// How many of the earlier orders whose end is known were fraud, in thousandths: who was robbed once and has bought
    /// honestly ten times is no thief.
    /// </summary>
    static int FraudShare(TraceReply trace) =>
        trace.Frauds <= 0 ? 0 : (int)(Whole * (Int128)trace.Frauds / ((Int128)trace.Frauds + trace.Goods));

    static string Endings(TraceReply trace) => $"{trace.Frauds} earlier, beside {trace.Goods} good orders";

    static int Declines(Traces traces) =>
        Household(traces).Append(traces.Ip).OfType<TraceReply>().Select(t => t.DeclinesLastDay).DefaultIfEmpty().Max();

    /// <summary>The trace with enough earlier orders in the currency of this one; null when there is none.</summary>
    static TraceReply? History(FraudCase c) =>
        c.Amount is null ? null : Mine(c.Traces).FirstOrDefault(t => t.Priced >= EnoughPriced);
}
