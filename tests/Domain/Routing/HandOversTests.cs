using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>On which day goods are handed over next.</summary>
public sealed class HandOversTests
{
    static readonly NodeFacts Berlin = NodeFacts.Ordinary with { TimeZone = "Europe/Berlin" };

    static readonly HandOverAsk Ask = new("LEJ1", Berlin, "DE", "AT", "1010", 900);

    static readonly Tariff Post = new("post", null, "DE", new("AT", []), null, null, 490, 0, 1, 2, new(18, 30));

    static DateOnly Next(string utc, HandOverAsk ask, params Tariff[] tariffs) => HandOvers.Next(
        RoutingRules.BuiltIn with
        {
            Tariffs = [.. tariffs],
            Calendars = [new("six", Weekdays.WorkingDays | Weekdays.Saturday, [new(2026, 12, 1)])],
        },
        ask, DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture));

    static DateOnly December(int day) => new(2026, 12, day);

    [Fact]
    public void After_the_last_collection_it_is_the_next_day_on_which_both_work()
    {
        Assert.Equal(new(2026, 11, 30), Next("2026-11-30T17:29Z", Ask, Post));
        Assert.Equal(December(1), Next("2026-11-30T17:30Z", Ask, Post));
        // The carrier has a holiday, or does not come at the weekend.
        Assert.Equal(December(2), Next("2026-11-30T17:30Z", Ask, Post with { Calendar = "six" }));
        Assert.Equal(December(7), Next("2026-12-04T18:00Z", Ask, Post));
        // The carrier comes on Saturday, the node does not work; and the other way round.
        var sixDays = Post with { Calendar = "six" };
        Assert.Equal(December(7), Next("2026-12-04T18:00Z", Ask, sixDays));
        var busy = Ask with { Facts = Berlin with { Days = Weekdays.WorkingDays | Weekdays.Saturday } };
        Assert.Equal(December(5), Next("2026-12-04T18:00Z", busy, sixDays));
        Assert.Equal(December(8), Next(
            "2026-12-04T18:00Z", busy with { Facts = busy.Facts! with { Holidays = [December(5), December(7)] } },
            sixDays));
        // Late in the evening it is tomorrow there already.
        Assert.Equal(December(1), Next("2026-11-30T23:30Z", Ask, Post));
    }

    [Fact]
    public void The_earliest_of_those_that_go_there_counts()
    {
        var late = Post with { Service = "late", Cutoff = null };
        Assert.Equal(new(2026, 11, 30), Next("2026-11-30T20:00Z", Ask, Post, late));
        foreach (var other in (Tariff[])[
            late with { Node = "MUC2" }, late with { FromCountry = "AT" }, late with { To = new("CH", []) },
            late with { UpToGrams = 899 }, late with { UpToKm = 30 }])
            Assert.Equal(December(1), Next("2026-11-30T20:00Z", Ask, Post, other));
        Assert.Equal(new(2026, 11, 30), Next("2026-11-30T20:00Z", Ask, late with { UpToGrams = 900, Node = "LEJ1" }));
    }

    [Fact]
    public void Where_nobody_knows_when_a_carrier_comes_it_is_today()
    {
        Assert.Equal(new(2026, 11, 28), Next("2026-11-28T12:00Z", Ask));
        Assert.Equal(new(2026, 11, 30), Next("2026-11-30T20:00Z", Ask with { ToCountry = "CH" }, Post));
        Assert.Equal(
            December(1), Next("2026-11-30T23:30Z", Ask, Post with { Calendar = "six", FromCountry = "FR" }));
        var never = Ask with { Facts = Berlin with { Days = Weekdays.None } };
        Assert.Equal(new(2026, 11, 30), Next("2026-11-30T12:00Z", never, Post));
    }

    [Theory]
    [InlineData("America/Los_Angeles", "2026-12-02T08:00Z")]
    [InlineData("Europe/Berlin", "2026-12-01T23:00Z")]
    [InlineData("Nowhere/At_All", "2026-12-02T00:00Z")]
    [InlineData(null, "2026-12-02T00:00Z")]
    public void A_day_ends_by_the_clock_on_the_wall(string? timeZone, string ends) => Assert.Equal(
        DateTimeOffset.Parse(ends, System.Globalization.CultureInfo.InvariantCulture),
        HandOvers.EndOf(December(1), timeZone));
}
