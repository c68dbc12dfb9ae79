using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>The day is Friday, 27 November 2026, 08:00 UTC; nodes work Monday to Friday, cutoff at 14:00.</summary>
public sealed class NodePromiseTests
{
    static readonly Tariff NextDay = Routes.Tariff("next-day", 500);

    static WorkAsk Ask(NodeFacts? facts = null, double hours = 0, double readyHours = 0, int? capacity = null) => new(
        "N", Routes.Node(facts: facts, capacity: capacity, used: [(27, 5), (30, 5)]), Product.Start.AddHours(hours),
        Product.Start.AddHours(Math.Max(hours, readyHours)), [], []);

    static NodeFacts In(string zone) => NodeFacts.Ordinary with { TimeZone = zone };

    static DateTimeOffset Utc(int day, int hour = 0, int minute = 0) =>
        new(2026, 11, day, hour, minute, 0, TimeSpan.Zero);

    static NodePromise Of(WorkAsk ask, Tariff? tariff = null, CarrierCalendar? calendar = null, int clearance = 0) =>
        Promises.Of(ask, new(tariff, calendar, clearance))!;

    /// <summary>Each part and until when, a day of November or December.</summary>
    static string Parts(NodePromise promise) => string.Join(
        ", ", promise.Promise.Parts.Select(p => $"{p.Step} {p.Until.UtcDateTime.Day} {p.Until.UtcDateTime:HH:mm}"));

    [Fact]
    public void What_comes_before_the_cutoff_leaves_on_the_day_and_arrives_when_the_carrier_works()
    {
        var promise = Of(Ask(), NextDay);

        Assert.Equal(Routes.Day(27), promise.Day);
        Assert.Equal("Processing 28 00:00, Transit 1 00:00", Parts(promise));
        Assert.Equal(
            new Promise(
                Utc(27, 8), Utc(27, 8), Utc(28), Routes.Day(30), Routes.Day(30), promise.Promise.Parts),
            promise.Promise);
    }

    [Theory]
    [InlineData(5, 59, 27)]
    [InlineData(6, 0, 30)]
    public void What_comes_at_the_very_minute_of_the_cutoff_comes_too_late(int hours, int minutes, int day) =>
        Assert.Equal(Routes.Day(day), Of(Ask(hours: hours + minutes / 60.0)).Day);

    [Fact]
    public void After_the_cutoff_of_a_Friday_work_begins_on_Monday() => Assert.Equal(
        "Cutoff 28 00:00, NodeCalendar 30 00:00, Processing 1 00:00, Transit 2 00:00",
        Parts(Of(Ask(hours: 7), NextDay)));

    /// <summary>From Friday on, the first day that is the one.</summary>
    [Theory]
    [InlineData(Weekdays.Monday, 30)]
    [InlineData(Weekdays.Tuesday, 31)]
    [InlineData(Weekdays.Wednesday, 32)]
    [InlineData(Weekdays.Thursday, 33)]
    [InlineData(Weekdays.Friday, 27)]
    [InlineData(Weekdays.Saturday, 28)]
    [InlineData(Weekdays.Sunday, 29)]
    public void A_node_works_on_its_days(Weekdays days, int day) =>
        Assert.Equal(Routes.Day(day), Of(Ask(NodeFacts.Ordinary with { Days = days })).Day);

    [Fact]
    public void A_holiday_is_no_day_of_work() => Assert.Equal(
        Routes.Day(30), Of(Ask(NodeFacts.Ordinary with { Holidays = [Routes.Day(27)] })).Day);

    [Fact]
    public void A_blackout_is_no_day_of_work() => Assert.Equal(
        "NodeCalendar 1 00:00, Processing 2 00:00",
        Parts(Of(Ask() with { Blackouts = [new("b", "N", Routes.Day(20), Routes.Day(30), "stocktaking")] })));

    [Fact]
    public void Nor_is_one_of_another_node_its_own() => Assert.Equal(
        Routes.Day(27),
        Of(Ask() with { Blackouts = [new("b", "M", Routes.Day(20), Routes.Day(30), "stocktaking")] }).Day);

    [Fact]
    public void A_node_that_is_full_works_on_the_next_day_with_room() => Assert.Equal(
        "Capacity 1 00:00, Processing 2 00:00, Transit 3 00:00", Parts(Of(Ask(capacity: 5), NextDay)));

    [Fact]
    public void As_does_one_that_refused_the_day() => Assert.Equal(
        "Capacity 30 00:00, Processing 1 00:00", Parts(Of(Ask() with { Refused = [Routes.Day(27)] })));

    [Fact]
    public void There_is_no_promise_without_room_within_sixty_days()
    {
        Assert.Null(Promises.Of(Ask(capacity: 0), new(NextDay)));
        Assert.Null(Promises.Of(Ask(NodeFacts.Ordinary with { Days = Weekdays.None }), new(NextDay)));
        Assert.Equal(60, Promises.HorizonDays);
    }

    [Fact]
    public void Nor_by_a_carrier_who_never_works() =>
        Assert.Null(Promises.Of(Ask(), new(NextDay, new("idle", Weekdays.None, []))));

    [Fact]
    public void Processing_takes_working_days() => Assert.Equal(
        "Processing 2 00:00, Transit 3 00:00",
        Parts(Of(Ask(NodeFacts.Ordinary with { ProcessingDays = 2 }), NextDay)));

    [Fact]
    public void Stock_that_is_expected_and_the_suppliers_lead_come_first()
    {
        var promise = Of(Ask(NodeFacts.Ordinary with { LeadDays = 3 }, readyHours: 24), NextDay);

        Assert.Equal(
            "Stock 28 08:00, SupplierLead 1 08:00, Processing 2 00:00, Transit 3 00:00", Parts(promise));
        Assert.Equal(Product.Start.AddDays(4), promise.Promise.EarliestShip);
    }

    [Fact]
    public void A_carrier_that_does_not_collect_on_the_day_does_on_its_next() => Assert.Equal(
        "Processing 28 00:00, CarrierCalendar 1 00:00, Transit 2 00:00",
        Parts(Of(Ask(), NextDay with { Calendar = "c" }, new("c", Weekdays.WorkingDays, [Routes.Day(27)]))));

    [Fact]
    public void Work_that_begins_after_the_last_hand_over_leaves_with_the_next_collection()
    {
        var promise = Of(Ask(hours: 4), NextDay with { Cutoff = new(12, 0) });

        Assert.Equal("Processing 28 00:00, CarrierCalendar 30 12:00, Transit 2 00:00", Parts(promise));
        Assert.Equal((Utc(30), Utc(30, 12)), (promise.Promise.EarliestShip, promise.Promise.LatestShip));
        Assert.Equal(Utc(27, 12), Of(Ask(hours: 3.9), NextDay with { Cutoff = new(12, 0) }).Promise.LatestShip);
    }

    [Fact]
    public void Transit_has_an_earliest_and_a_latest_day()
    {
        var promise = Of(Ask(), NextDay with { MaxDays = 3 }).Promise;

        Assert.Equal((Routes.Day(30), Routes.Day(32)), (promise.EarliestDelivery, promise.LatestDelivery));
    }

    [Fact]
    public void Customs_take_days_from_Monday_to_Friday_and_delivery_waits_for_the_carrier() => Assert.Equal(
        "Processing 28 00:00, Transit 29 00:00, Customs 2 00:00, CarrierCalendar 3 00:00",
        Parts(Of(Ask(), NextDay, new("c", (Weekdays)127, [Routes.Day(31)]), 2)));

    [Fact]
    public void Without_a_tariff_goods_arrive_on_the_day_they_leave()
    {
        var promise = Of(Ask()).Promise;

        Assert.Equal((Routes.Day(27), Routes.Day(27)), (promise.EarliestDelivery, promise.LatestDelivery));
        Assert.Equal(PromiseStep.Processing, Assert.Single(promise.Parts).Step);
    }

    [Theory]
    [InlineData("America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T04:00:00Z", 25)]
    [InlineData("America/New_York", "2026-03-08T06:30:00Z", "2026-03-08T05:00:00Z", 23)]
    [InlineData("Europe/Vienna", "2026-11-27T22:59:00Z", "2026-11-26T23:00:00Z", 24)]
    [InlineData("Nowhere/Nothing", "2026-11-27T22:59:00Z", "2026-11-27T00:00:00Z", 24)]
    public void The_days_of_a_clock_change_have_23_or_25_hours(string zone, string at, string start, int hours)
    {
        var facts = In(zone) with { Days = (Weekdays)127, Cutoff = new(23, 59, 59) };
        var ask = Ask(facts) with { At = Instant(at), Ready = Instant(at) };

        var promise = Of(ask).Promise;

        Assert.Equal(Instant(start).AddHours(hours), promise.LatestShip);
    }

    /// <summary>Half past one comes twice in New York on 1 November: the first counts.</summary>
    [Theory]
    [InlineData("2026-11-01T05:29:00Z", 1)]
    [InlineData("2026-11-01T05:30:00Z", 2)]
    [InlineData("2026-11-01T06:10:00Z", 2)]
    public void A_cutoff_that_the_clock_shows_twice_is_the_first(string at, int day)
    {
        var facts = In("America/New_York") with { Days = (Weekdays)127, Cutoff = new(1, 30) };

        Assert.Equal(day, Of(Ask(facts) with { At = Instant(at), Ready = Instant(at) }).Day.Day);
    }

    /// <summary>Half past two does not come in New York on 8 March: it is half past three.</summary>
    [Theory]
    [InlineData("2026-03-08T07:29:00Z", 8)]
    [InlineData("2026-03-08T07:30:00Z", 9)]
    public void A_cutoff_that_the_clock_skips_is_as_much_later(string at, int day)
    {
        var facts = In("America/New_York") with { Days = (Weekdays)127, Cutoff = new(2, 30) };

        Assert.Equal(day, Of(Ask(facts) with { At = Instant(at), Ready = Instant(at) }).Day.Day);
    }

    static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, null);
}
