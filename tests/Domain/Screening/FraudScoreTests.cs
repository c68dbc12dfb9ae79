using Fulfillment.Screening;

namespace Fulfillment.Tests.Domain;

public sealed class FraudScoreTests
{
    static readonly Money Ten = new(1_000, "EUR");

    /// <summary>Without the model, so that what is tested stands alone.</summary>
    static readonly FraudSettings Settings = Weighing(("model", 0));

    static FraudSettings Weighing(params IEnumerable<(string Name, int Weight)> weights) =>
        FraudSettings.BuiltIn with { Weights = [.. weights.Select(w => new ReasonWeight(w.Name, w.Weight))] };

    static TraceReply Seen(
        int hour = 0, int day = 0, long mean = 0, int priced = 0, int countries = 0, int declines = 0, long frauds = 0,
        long goods = 0) => new(
            NoteStatus.Noted, hour, day, day, day, mean, priced, countries, declines, frauds, goods, Product.Start);

    static Assessment Of(Signals? signals = null, Traces? traces = null, Money? amount = null) =>
        FraudScore.Of(signals ?? new(), traces ?? new(), amount, Settings, 7);

    /// <summary>A row for each reason: what holds it, and what is just short of it.</summary>
    static readonly (string Name, int Points, FraudCase Holds, FraudCase Not)[] Rows =
    [
        Row("address-velocity", 10, new(), new(Address: Seen(hour: 3)), new(), new(Address: Seen(hour: 2, day: 9))),
        Row("address-velocity", 10, new(), new(Address: Seen(day: 10)), new(), new(Ip: Seen(hour: 3, day: 10))),
        Row("card-velocity", 20, new(), new(Card: Seen(hour: 2)), new(), new(Card: Seen(hour: 1, day: 4))),
        Row("card-velocity", 20, new(), new(Card: Seen(day: 5)), new(), new()),
        Row("email-velocity", 15, new(), new(Email: Seen(hour: 3)), new(), new(Email: Seen(hour: 2, day: 5))),
        Row("email-velocity", 15, new(), new(Email: Seen(day: 6)), new(), new()),
        Row("ip-velocity", 10, new(), new(Ip: Seen(hour: 20)), new(), new(Ip: Seen(hour: 19, day: 99))),
        Row("ip-velocity", 10, new(), new(Ip: Seen(day: 100)), new(), new()),
        Row("billing-country-differs", 10, new(BillingCountry: "DE", ShippingCountry: "FR"), new(),
            new(BillingCountry: "DE", ShippingCountry: "DE"), new()),
        Row("billing-differs", 5, new(BillingDiffers: true), new(), new(), new()),
        Row("card-country-differs", 15, new(CardCountry: "US", ShippingCountry: "DE"), new(),
            new(CardCountry: "DE", ShippingCountry: "DE"), new()),
        Row("confirmed-fraud", 50, new(), new(Address: Seen(frauds: 1)), new(), new(Ip: Seen(frauds: 1))),
        Row("confirmed-fraud", 13, new(), new(Email: Seen(frauds: 1, goods: 3)), new(), new(Email: Seen(goods: 1))),
        Row("ip-confirmed-fraud", 20, new(), new(Ip: Seen(frauds: 2)), new(), new(Email: Seen(frauds: 2))),
        Row("declines", 20, new(), new(Ip: Seen(declines: 3)), new(), new(Ip: Seen(declines: 2))),
        Row("disposable-email", 20, new(EmailClass: EmailClass.Disposable), new(), new(EmailClass: EmailClass.Free),
            new()),
        Row("disposable-email", 20, new(EmailClass: EmailClass.Disposable), new(), new(EmailClass: EmailClass.Other),
            new()),
        Row("failed-attempts", 15, new(FailedAttempts: 3), new(), new(FailedAttempts: 2), new()),
        Row("ip-country-differs", 10, new(IpCountry: "NL", ShippingCountry: "DE"), new(),
            new(IpCountry: "NL", ShippingCountry: "NL"), new()),
        Row("many-countries", 10, new(), new(Card: Seen(countries: 2)), new(), new(Card: Seen(countries: 1))),
        Row("night-order", 3, new(LocalHour: 0), new(), new(LocalHour: 5), new()),
        Row("night-order", 3, new(LocalHour: 4), new(), new(LocalHour: 23), new()),
        Row("amount-above-history", 15, new(), new(Card: Seen(mean: 200, priced: 3)), new(),
            new(Card: Seen(mean: 201, priced: 3))),
        Row("amount-above-history", 15, new(), new(Email: Seen(mean: 200, priced: 3)), new(),
            new(Email: Seen(mean: 200, priced: 2))),
    ];

    static (string, int, FraudCase, FraudCase) Row(
        string name, int points, Signals signals, Traces traces, Signals otherSignals, Traces otherTraces) =>
        (name, points, new(signals, traces, Ten, 0), new(otherSignals, otherTraces, Ten, 0));

    public static TheoryData<int> All => [.. Enumerable.Range(0, Rows.Length)];

    [Theory, MemberData(nameof(All))]
    public void A_reason_holds_from_its_number_on(int row)
    {
        var (name, points, holds, not) = Rows[row];

        Assert.Contains(
            Of(holds.Signals, holds.Traces, holds.Amount).Reasons, r => r.Name == name && r.Points == points);
        Assert.DoesNotContain(Of(not.Signals, not.Traces, not.Amount).Reasons, r => r.Name == name);
    }

    [Fact]
    public void Every_reason_has_a_row()
    {
        string[] apart = ["known-good", "model"];
        Assert.Equal(FraudReason.All.Select(r => r.Name).Except(apart), Rows.Select(r => r.Name).Distinct().Order());
    }

    [Fact]
    public void Reasons_are_named_once_and_in_order() => Assert.Equal(
        FraudReason.All.Select(r => r.Name).Distinct().Order(StringComparer.Ordinal),
        FraudReason.All.Select(r => r.Name));

    [Fact]
    public void An_order_of_which_nothing_is_known_has_no_rule_against_it() => Assert.Equivalent(
        new Assessment(
            0, Verdict.Accept, [], FraudCoefficients.Version, Of().ModelPermille, 7, TimeSpan.FromDays(1)), Of());

    [Fact]
    public void Nobody_is_far_from_himself() => Assert.Empty(Of(new(
        BillingCountry: "DE", ShippingCountry: "FR", IpCountry: "DE", CardCountry: "DE")).Reasons.Where(
            r => r.Name is "ip-country-differs" or "card-country-differs"));

    [Fact]
    public void What_speaks_for_a_buyer_takes_points_off_but_never_below_zero()
    {
        Traces known = new(Email: Seen(goods: 2));

        Assert.Equal(0, Of(traces: known).Score);
        Assert.Equal(
            new Reason("known-good", -10, "2 good orders by mailbox or card"),
            Assert.Single(Of(traces: known).Reasons));
        Assert.Equal(10, Of(new(EmailClass: EmailClass.Disposable), known).Score);
        Assert.DoesNotContain(Of(traces: new(Email: Seen(goods: 1))).Reasons, r => r.Name == "known-good");
        Assert.DoesNotContain(
            Of(traces: new(Email: Seen(goods: 9), Card: Seen(frauds: 1))).Reasons, r => r.Name == "known-good");
    }

    [Fact]
    public void All_reasons_together_are_a_hundred_points_at_most()
    {
        var bad = Seen(99, 99, 1, 3, 9, 9, 9);

        var said = Of(
            new(EmailClass: EmailClass.Disposable, BillingDiffers: true, FailedAttempts: 9), new(bad, bad, bad, bad),
            Ten);

        Assert.Equal(100, said.Score);
        Assert.True(said.Reasons.Sum(r => r.Points) > 100);
    }

    [Fact]
    public void The_strongest_reason_comes_first_and_equal_ones_by_name() => Assert.Equal(
        ["disposable-email", "failed-attempts", "billing-country-differs", "ip-country-differs", "billing-differs"],
        Of(new(
            EmailClass: EmailClass.Disposable, FailedAttempts: 3, BillingDiffers: true, BillingCountry: "DE",
            ShippingCountry: "FR", IpCountry: "NL")).Reasons.Select(r => r.Name));

    [Theory]
    [InlineData(20, 21, Verdict.Review)]
    [InlineData(21, 22, Verdict.Accept)]
    [InlineData(19, 20, Verdict.Reject)]
    [InlineData(20, 20, Verdict.Reject)]
    public void A_threshold_is_met_by_its_number(int review, int reject, Verdict verdict)
    {
        var settings = Settings with { Review = review, Reject = reject };

        var said = FraudScore.Of(new(EmailClass: EmailClass.Disposable), new(), null, settings, 1);

        Assert.Equal((20, verdict), (said.Score, said.Verdict));
    }

    [Fact]
    public void A_weight_of_the_policy_counts_and_zero_is_silent()
    {
        Signals signals = new(EmailClass: EmailClass.Disposable);

        FraudSettings more = Weighing(("disposable-email", 33), ("model", 0)),
            silent = Weighing(("disposable-email", 0), ("model", 0));

        Assert.Equal(33, FraudScore.Of(signals, new(), null, more, 1).Score);
        Assert.Empty(FraudScore.Of(signals, new(), null, silent, 1).Reasons);
    }

    [Fact]
    public void Neither_the_model_nor_a_confirmed_fraud_rejects_alone_but_either_can_ask_for_a_review()
    {
        foreach (var name in (string[])["model", "confirmed-fraud"])
            Assert.InRange(
                FraudReason.Find(name)!.Weight, FraudSettings.BuiltIn.Review, FraudSettings.BuiltIn.Reject - 1);
    }

    [Fact]
    public void The_model_counts_its_part_of_its_weight()
    {
        Traces stranger = new(Email: Seen() with { OrdersBefore = 40 }, Ip: Seen());

        var said = FraudScore.Of(new(), stranger, new(90_000, "EUR"), Weighing(("model", 50)), 1);

        Assert.InRange(said.ModelPermille, 500, 1_000);
        Assert.Equal((said.ModelPermille * 50 + 500) / 1_000, said.Score);
        Assert.Equal(
            new Reason("model", said.Score, $"{said.ModelPermille} in a thousand"), Assert.Single(said.Reasons));
    }
}
