using Fulfillment.Screening;

namespace Fulfillment.Tests.Domain;

public sealed class FraudModelTests
{
    static TraceReply Seen(long before, int day = 0, long mean = 0, int priced = 0) =>
        new(NoteStatus.Noted, LastDay: day, OrdersBefore: before, MeanMinor: mean, Priced: priced);

    static int? Feature(string name, Traces traces, Money? amount) =>
        FraudModel.Features(traces, amount)[FraudModel.FeatureNames.IndexOf(name)];

    static int Permille(Traces traces, Money? amount) => FraudModel.Permille(FraudModel.Features(traces, amount));

    [Fact]
    public void Every_feature_has_a_coefficient_in_its_place() =>
        Assert.Equal(FraudModel.FeatureNames, FraudCoefficients.All.Select(c => c.Feature));

    [Fact]
    public void What_is_not_known_is_no_feature_and_moves_nothing()
    {
        var (_, weight, mean) = FraudCoefficients.All[0];

        Assert.Equal([0, null, null, null, null, null], FraudModel.Features(new(), null).AsEnumerable());
        Assert.Equal(
            FraudCoefficients.Intercept - (long)weight * mean / 1_000,
            FraudModel.LogOdds(FraudModel.Features(new(), null)));
    }

    [Fact]
    public void Features_are_logarithms_in_thousandths()
    {
        Traces traces = new(Email: Seen(9, day: 2, mean: 499, priced: 3), Ip: Seen(0, day: 4));

        Assert.Equal(
            [1_000, 2_398, 694, 0, 2_303, 1_609], FraudModel.Features(traces, new(1_000, "EUR")).AsEnumerable());
    }

    [Theory]
    [InlineData("EUR", true)]
    [InlineData("USD", true)]
    [InlineData("JPY", false)]
    [InlineData("VND", false)]
    public void An_amount_speaks_for_itself_only_in_a_currency_like_the_dollar(string currency, bool speaks)
    {
        Money amount = new(50_000, currency);

        Assert.Equal(speaks, Feature("amount", new(), amount) is not null);
        Assert.Equal(1_000, Feature("amount-known", new(), amount));
        Assert.NotNull(Feature("amount-to-mean", new(Card: Seen(1, mean: 9, priced: 1)), amount));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void No_amount_is_too_odd(long minor) => Assert.InRange(
        Permille(new(Email: Seen(long.MaxValue - 1, int.MaxValue, long.MaxValue - 1, 1)), new(minor, "EUR")), 0, 1_000);

    [Fact]
    public void The_model_has_learned_what_fraud_looks_like()
    {
        Money small = new(1_500, "EUR"), large = new(90_000, "EUR");
        Traces regular = new(Email: Seen(8), Ip: Seen(8)), elsewhere = new(Email: Seen(8), Ip: Seen(0));

        Assert.True(Permille(regular, small) < Permille(regular, large));
        Assert.True(Permille(regular, small) < Permille(elsewhere, small));
        Assert.True(Permille(elsewhere, large) > 500 && Permille(regular, small) < 250);
    }

    [Fact]
    public void Logarithms_are_right_to_the_thousandth()
    {
        for (var bit = 0; bit < 63; bit++)
        {
            foreach (var number in (long[])[1L << bit, (1L << bit) + (1L << bit) / 3, (1L << bit) - 1 + (1L << bit)])
                Assert.InRange(Thousandths.Ln(number) - 1_000 * Math.Log(number), -0.51, 0.51);
        }

        Assert.Throws<InvalidOperationException>(() => Thousandths.Ln(0));
    }

    [Fact]
    public void The_logistic_function_is_right_to_the_thousandth_and_never_falls()
    {
        var before = 0;
        for (var x = -12_000; x <= 12_000; x++)
        {
            var y = Thousandths.LogisticOf(x);
            Assert.InRange(y - 1_000 / (1 + Math.Exp(-x / 1_000.0)), -1.3, 1.3);
            Assert.True(y >= before, $"{y} at {x} after {before}");
            before = y;
        }

        Assert.Equal((0, 1_000), (Thousandths.LogisticOf(-long.MaxValue), Thousandths.LogisticOf(long.MaxValue)));
    }
}
