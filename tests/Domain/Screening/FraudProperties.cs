using Fulfillment.Screening;

namespace Fulfillment.Tests.Domain;

public sealed class FraudProperties
{
    const int Cases = 400, Longest = 24;

    [Fact]
    public void More_weight_never_counts_the_other_way() => Script.ForAll(Cases, Longest, script =>
    {
        var (signals, traces, amount) = Case(script);
        foreach (var reason in FraudReason.All)
        {
            var before = -1;
            for (var weight = 0; weight <= FraudPolicy.Most; weight += 20)
            {
                var settings = FraudSettings.BuiltIn with { Weights = [new(reason.Name, weight)] };
                var score = FraudScore.Of(signals, traces, amount, settings, 1).Score * reason.Speaks;
                Assert.True(weight == 0 || score >= before, $"{reason.Name} {weight}: {score} after {before}");
                before = score;
            }
        }
    });

    [Fact]
    public void A_score_is_the_sum_of_its_reasons_and_decides_by_the_thresholds() =>
        Script.ForAll(Cases, Longest, script =>
        {
            var (signals, traces, amount) = Case(script);
            var settings = FraudSettings.BuiltIn with { Review = 1 + script.Count % 60, Reject = 61 };

            var said = FraudScore.Of(signals, traces, amount, settings, 3);

            Assert.Equal(Math.Clamp(said.Reasons.Sum(r => r.Points), 0, 100), said.Score);
            Assert.DoesNotContain(said.Reasons, r => r.Points == 0 || r.Detail.Length is 0 or > 80);
            Assert.Equal(
                said.Score >= 61 ? Verdict.Reject : said.Score >= settings.Review ? Verdict.Review : Verdict.Accept,
                said.Verdict);
            Assert.Equal(Text.Of(said), Text.Of(FraudScore.Of(signals, traces, amount, settings, 3)));
        });

    [Fact]
    public void The_cases_show_every_reason() => Assert.Equal(
        FraudReason.All.Select(r => r.Name),
        Script.Sample(Cases, Longest).Select(Case)
            .SelectMany(c => FraudScore.Of(c.Signals, c.Traces, c.Amount, FraudSettings.BuiltIn, 1).Reasons)
            .Select(r => r.Name).Distinct().Order(StringComparer.Ordinal));

    /// <summary>A case of random signals and replies; each step sets one of them.</summary>
    static (Signals Signals, Traces Traces, Money? Amount) Case(IReadOnlyList<Step> script)
    {
        Signals signals = new();
        Traces traces = new();
        Money? amount = null;
        foreach (var (what, who, units, twist) in script)
        {
            var country = ((string?[])[null, "DE", "FR", "US"])[twist % 4];
            switch (what % 10)
            {
                case 0: signals = signals with { EmailClass = (EmailClass)(twist % 3) }; break;
                case 1: signals = signals with { BillingCountry = country, BillingDiffers = units % 2 == 0 }; break;
                case 2: signals = signals with { ShippingCountry = country, IpCountry = "NL" }; break;
                case 3: signals = signals with { CardCountry = country, IpCountry = "DE" }; break;
                case 4: signals = signals with { FailedAttempts = units % 6, LocalHour = twist % 24 }; break;
                case 5: amount = new(1L << (units % 60), "EUR"); break;
                default: traces = traces.With((TraceOf)(who % 4), Reply(who, units, twist)); break;
            }
        }

        return (signals, traces, amount);
    }

    static TraceReply Reply(int who, int units, int twist) => new(
        NoteStatus.Noted, LastHour: units / 3, LastDay: units * 2, LastMonth: units * 3, OrdersBefore: units * 5L,
        MeanMinor: 1L << (twist % 40), Priced: units % 5, OtherCountries: twist % 4, DeclinesLastDay: who % 5,
        Frauds: twist % 3 == 0 ? units % 2 : 0, Goods: twist % 6, FirstSeen: Product.Start);
}
