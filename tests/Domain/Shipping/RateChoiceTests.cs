using FsCheck;
using FsCheck.Fluent;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Domain;

/// <summary>The cheapest service that meets the promised date, and why not the others.</summary>
public sealed class RateChoiceTests
{
    static readonly DateOnly Day = new(2026, 12, 2);

    static Rate Rate(
        string name, long minor, int? days = 0, string currency = "EUR", RateSource source = RateSource.Carrier) => new(
            name.Split('/')[0], name.Split('/')[1], name, new(minor, currency),
            days is { } d ? Day.AddDays(d) : null, Source: source);

    [Fact]
    public void The_cheapest_in_time_is_taken_and_each_other_has_its_reason()
    {
        var choice = RateChoice.Of(
            [
                Rate("a/dear", 900), Rate("b/late", 100, 1), Rate("c/best", 500, -1), Rate("d/dateless", 50, null),
                Rate("e/foreign", 10, 0, "USD"),
            ], Day, "EUR");
        Assert.Equal("best", choice.Best!.Service);
        Assert.Equal(
            [
                ("dear", RateRejection.Dearer), ("late", RateRejection.TooLate),
                ("dateless", RateRejection.NoDate), ("foreign", RateRejection.OtherCurrency),
            ],
            choice.Rejected.Select(r => (r.Service!, r.Reason)));
        Assert.All(choice.Rejected, r => Assert.NotNull(r.Rate));
    }

    [Fact]
    public void Without_a_promise_the_cheapest_is_taken_with_a_day_or_without()
    {
        Assert.Equal("x", RateChoice.Of([Rate("a/x", 1, null), Rate("b/y", 2)], null).Best!.Service);
        Assert.Null(RateChoice.Of([Rate("a/x", 1, 1), Rate("b/y", 2, null)], Day).Best);
        Assert.Equal((null, 0), (RateChoice.Of([], Day).Best, RateChoice.Of([], Day).Rejected.Length));
    }

    [Fact]
    public void What_stands_in_for_a_carrier_wins_only_where_nobody_who_answers_is_in_time()
    {
        Rate known = Rate("a/known", 1, 0, "EUR", RateSource.LastKnown),
            table = Rate("b/table", 2, 0, "EUR", RateSource.FallbackTable);
        var choice = RateChoice.Of([known, Rate("c/now", 900), table, Rate("d/late", 5, 1)], Day);
        Assert.Equal("now", choice.Best!.Service);
        Assert.Equal(
            [("late", RateRejection.TooLate), ("known", RateRejection.NotToldNow), ("table", RateRejection.NotToldNow)],
            choice.Rejected.Select(r => (r.Service!, r.Reason)));
        var without = RateChoice.Of([table, known, Rate("d/late", 5, 1)], Day);
        Assert.Equal("known", without.Best!.Service);
        Assert.Contains(without.Rejected, r => r is { Service: "table", Reason: RateRejection.Dearer });
    }

    [Fact]
    public void Of_equal_prices_the_earlier_then_what_is_told_now_then_the_name_wins()
    {
        Assert.Equal("late", Best(Rate("a/late", 5), Rate("b/later", 5, 0)));
        Assert.Equal("early", Best(Rate("a/late", 5), Rate("b/early", 5, -1)));
        Assert.Equal("now", Best(Rate("a/known", 5, 0, "EUR", RateSource.LastKnown),
            Rate("b/now", 5), Rate("a/table", 5, 0, "EUR", RateSource.FallbackTable)));
        Assert.Equal("first", Best(Rate("b/second", 5), Rate("a/first", 5)));

        static string Best(params Rate[] rates) => RateChoice.Of(rates, Day).Best!.Service;
    }

    [Fact]
    public void Without_a_currency_the_commonest_counts_and_among_equals_the_first_by_name()
    {
        Assert.Equal("b", RateChoice.Of(
            [Rate("x/a", 9), Rate("x/b", 8), Rate("x/c", 1, 0, "USD")], null).Best!.Service);
        Assert.Equal("EUR", RateChoice.CommonCurrency([Rate("x/a", 9, 0, "USD"), Rate("x/b", 8)]));
        Assert.Null(RateChoice.CommonCurrency([]));
    }

    [Fact]
    public void The_commonest_currency_does_not_hide_the_only_service_that_is_in_time()
    {
        Rate[] rates = [Rate("x/a", 5, 1, "USD"), Rate("x/b", 6, 2, "USD"), Rate("y/c", 9, 0, "EUR")];
        var choice = RateChoice.Of(rates, Day);
        Assert.Equal("c", choice.Best!.Service);
        Assert.All(choice.Rejected, r => Assert.Equal(RateRejection.OtherCurrency, r.Reason));
        // What stands in for a carrier does not count before one who answers.
        Assert.Equal("c", RateChoice.Of(
            [rates[2], Rate("x/d", 1, 0, "USD", RateSource.FallbackTable)], Day, preferred: "USD").Best!.Service);
        Assert.Equal("b", RateChoice.Of(
            [Rate("x/a", 1, 0, "USD"), Rate("x/c", 2, 0, "USD"), Rate("y/b", 9, 0, "EUR")], Day, preferred: "EUR")
            .Best!.Service);
        Assert.Equal("a", RateChoice.Of([Rate("x/a", 1, 0, "USD"), Rate("y/b", 9, 1, "EUR")], Day, preferred: "EUR")
            .Best!.Service);
        Assert.Null(RateChoice.Of(rates, Day, "USD").Best);
    }

    [Fact]
    public void The_order_in_which_carriers_answer_does_not_count() => Prop.ForAll<int[], int>((prices, seed) =>
    {
        Rate[] rates = [.. prices.Take(12).Select((p, i) => Rate(
            $"c{i % 4}/s{i}", Math.Abs(p % 5), p % 3 == 0 ? null : (p % 7) - 3, p % 11 == 0 ? "USD" : "EUR"))];
        var shuffled = rates.OrderBy(r => HashCode.Combine(r.Service, seed)).ToArray();
        var (one, other) = (RateChoice.Of(rates, Day), RateChoice.Of(shuffled, Day));
        return one.Best == other.Best && one.Rejected.SequenceEqual(other.Rejected)
            && one.Rejected.Length == rates.Length - (one.Best is null ? 0 : 1)
            && (one.Best is null || one.Rejected.All(r => r.Reason != RateRejection.Dearer
                || r.Rate!.Price.AmountMinor >= one.Best.Price.AmountMinor));
    }).QuickCheckThrowOnFailure();
}
