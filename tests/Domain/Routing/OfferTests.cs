using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>Whether delivery can be promised for Friday, 27 November 2026, or for the day after.</summary>
public sealed class OfferTests
{
    static readonly CarrierCalendar Daily = new("daily", (Weekdays)127, []);
    static readonly Tariff Courier = Routes.Tariff("courier", 900, 0), NextDay = Routes.Tariff("next-day", 500);

    static WorkAsk Ask(double hours = 0, NodeFacts? facts = null, int? capacity = null, bool offline = false) => new(
        "N", Routes.Node(facts: facts, capacity: capacity, offline: offline, used: (27, 5)),
        Product.Start.AddHours(hours), Product.Start.AddHours(hours), [], []);

    static (PromiseStep?, PromiseStep?) Prevents(WorkAsk ask, Carriage carriage, bool inStock = true)
    {
        var (same, next) = Promises.Offers(ask, inStock, carriage);
        Assert.Equal((same.Prevents is null, next.Prevents is null), (same.Offered, next.Offered));
        return (same.Prevents, next.Prevents);
    }

    [Fact]
    public void A_courier_delivers_on_the_day_when_all_allow_it() =>
        Assert.Equal((null, null), Prevents(Ask(), new(Courier, Daily)));

    [Fact]
    public void An_overnight_carrier_delivers_on_the_day_after() =>
        Assert.Equal((PromiseStep.Transit, null), Prevents(Ask(), new(NextDay, Daily)));

    [Fact]
    public void Not_without_stock() => Assert.Equal(
        (PromiseStep.Stock, PromiseStep.Stock), Prevents(Ask(), new(Courier, Daily), inStock: false));

    [Fact]
    public void Nor_before_the_stock_is_there() => Assert.Equal(
        (PromiseStep.Stock, PromiseStep.Stock),
        Prevents(Ask() with { Ready = Product.Start.AddDays(3) }, new(Courier, Daily)));

    [Fact]
    public void Nor_after_the_cutoff() => Assert.Equal(
        (PromiseStep.Cutoff, PromiseStep.NodeCalendar), Prevents(Ask(6), new(Courier, Daily)));

    [Fact]
    public void Nor_overnight_after_the_cutoff() => Assert.Equal(
        (PromiseStep.Transit, PromiseStep.Cutoff),
        Prevents(Ask(6, NodeFacts.Ordinary with { Days = (Weekdays)127 }), new(NextDay, Daily)));

    [Fact]
    public void Nor_when_the_node_does_not_work() => Assert.Equal(
        (PromiseStep.NodeCalendar, null),
        Prevents(
            Ask(facts: NodeFacts.Ordinary with { Days = (Weekdays)127, Holidays = [Routes.Day(27)] }),
            new(Courier, Daily)));

    [Fact]
    public void Nor_when_it_is_full_or_takes_no_work()
    {
        Assert.Equal(
            (PromiseStep.Capacity, PromiseStep.Capacity), Prevents(Ask(capacity: 5), new(Courier, Daily)));
        Assert.Equal(
            (PromiseStep.Capacity, PromiseStep.Capacity), Prevents(Ask(capacity: 0), new(Courier, Daily)));
        Assert.Equal(
            (PromiseStep.Capacity, PromiseStep.Capacity), Prevents(Ask(offline: true), new(Courier, Daily)));
    }

    [Fact]
    public void Nor_in_a_blackout() => Assert.Equal(
        (PromiseStep.NodeCalendar, PromiseStep.NodeCalendar),
        Prevents(
            Ask() with { Blackouts = [new("b", "N", Routes.Day(1), Routes.Day(400), "fire")] }, new(Courier, Daily)));

    [Fact]
    public void Nor_when_a_supplier_has_yet_to_send() => Assert.Equal(
        (PromiseStep.SupplierLead, PromiseStep.SupplierLead),
        Prevents(Ask(facts: NodeFacts.Ordinary with { LeadDays = 3 }), new(Courier, Daily)));

    [Fact]
    public void Nor_when_it_takes_days_to_pack() => Assert.Equal(
        (PromiseStep.Processing, PromiseStep.Processing),
        Prevents(Ask(facts: NodeFacts.Ordinary with { ProcessingDays = 1 }), new(Courier, Daily)));

    [Fact]
    public void Nor_when_the_carrier_does_not_work() => Assert.Equal(
        (PromiseStep.CarrierCalendar, null),
        Prevents(Ask(), new(Courier, new("c", Weekdays.Saturday, []))));

    [Fact]
    public void Nor_after_the_carriers_last_hand_over() => Assert.Equal(
        (PromiseStep.CarrierCalendar, null), Prevents(Ask(), new(Courier with { Cutoff = new(8, 0) }, Daily)));

    [Fact]
    public void Nor_over_a_border() => Assert.Equal(
        (PromiseStep.Customs, PromiseStep.Customs), Prevents(Ask(), new(Courier, Daily, 2)));

    [Fact]
    public void Nor_when_nobody_knows_how() =>
        Assert.Equal((PromiseStep.Transit, PromiseStep.Transit), Prevents(Ask(), new(null)));
}
