using System.Collections.Immutable;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>The tests begin on a Friday, at 08:00 UTC.</summary>
public sealed class SpeedOffersTests
{
    static readonly NodeNow Open = new(
        new("x", NodeType.Warehouse, 1, "DE", null, null, null, null), false,
        ImmutableDictionary<DateOnly, int>.Empty);

    static readonly NodeNow Full = Open with { Card = Open.Card with { CapacityPerDay = 0 } };

    static readonly CarrierCalendar EveryDay = new("c", (Weekdays)127, []);

    static readonly RoutingRules Courier = RoutingRules.BuiltIn with
    {
        Tariffs = [Way("slow", 5), Way("courier", 0)],
        Calendars = [EveryDay],
    };

    static Tariff Way(string name, int days) =>
        new(name, null, null, null, null, null, 0, 0, days, days, null, "c");

    static (SpeedOffer SameDay, SpeedOffer NextDay) Offers(
        RoutingRules rules, NodeNow node, bool inStock = true, double hours = 0)
    {
        var at = Product.After(hours * 3_600);
        return SpeedOffers.Of(rules, new("shop", "DE", "10115", at), "N", node, at, inStock);
    }

    [Fact]
    public void The_fastest_way_counts() =>
        Assert.Equal((new(true, null), new(true, null)), Offers(Courier, Open));

    [Fact]
    public void After_the_cutoff_it_is_no_longer_the_same_day() => Assert.Equal(
        (new(false, PromiseStep.Cutoff), new(false, PromiseStep.NodeCalendar)), Offers(Courier, Open, hours: 7));

    [Fact]
    public void What_is_not_there_is_prevented_by_stock() => Assert.Equal(
        (new(false, PromiseStep.Stock), new(false, PromiseStep.Stock)), Offers(Courier, Open, inStock: false));

    [Fact]
    public void Without_a_way_or_with_slow_ones_only_transit_prevents_it()
    {
        (SpeedOffer, SpeedOffer) never = (new(false, PromiseStep.Transit), new(false, PromiseStep.Transit));
        Assert.Equal(never, Offers(Courier with { Tariffs = [Way("slow", 5)] }, Open));
        Assert.Equal(
            never, Offers(Courier with { Tariffs = [Way("courier", 0) with { FromCountry = "FR" }] }, Open));
        Assert.Equal(never, Offers(RoutingRules.BuiltIn, Open));
    }

    [Fact]
    public void A_node_without_any_day_prevents_it_by_what_takes_its_days()
    {
        Assert.Equal(
            (new(false, PromiseStep.Capacity), new(false, PromiseStep.Capacity)), Offers(Courier, Full));
        var shut = Courier with { Blackouts = [new("b", "N", Rules.Day, DateOnly.MaxValue, "x")] };
        Assert.Equal(
            (new(false, PromiseStep.NodeCalendar), new(false, PromiseStep.NodeCalendar)), Offers(shut, Open));
        Assert.Equal(
            (new(false, PromiseStep.Stock), new(false, PromiseStep.Stock)), Offers(shut, Open, inStock: false));
    }

    /// <summary>However regions and postcodes are hyphenated.</summary>
    [Fact]
    public void A_region_is_told_by_the_beginning_of_a_postcode_without_its_hyphen()
    {
        var rules = Courier with { Tariffs = [Way("courier", 0) with { To = new("PL", ["009"]) }] };
        RouteFacts facts = new("shop", "PL", "00-950", Product.Start);

        Assert.True(SpeedOffers.Of(rules, facts, "N", Open, Product.Start, inStock: true).SameDay.Offered);
    }
}
