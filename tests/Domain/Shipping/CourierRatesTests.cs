using Fulfillment.Routing;
using Fulfillment.Shipping;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>What a courier charges by his table.</summary>
public sealed class CourierRatesTests
{
    static readonly DateOnly Friday = new(2026, 11, 27);

    static readonly CourierTable Table = new(
        "EUR",
        [
            new("near", Domestic: true, SharedPostcode: 2), new("alps", [new("AT", ["60", "61"])]),
            new("home", Domestic: true), new("far", [new("FR"), new("AT")]),
        ],
        [
            new("parcel", "Parcel", new(30_000, 1_200), [
                Lane("near", 0, (1_000, 300), (30_000, 900)), Lane("home", 2, (1_000, 400), (30_000, 1_000)),
                Lane("alps", 3, (1_000, 2_000)), Lane("far", 4, (1_000, 800), (20_000, 1_700)),
            ], 1_500, 250),
            new("letter", "Letter", new(2_000, 400), [Lane("near", 1, (2_000, 100))]),
        ],
        5_000, 100, new("c", Weekdays.WorkingDays, [new(2026, 11, 30)]), [new("DE"), new("AT")]);

    static CourierLane Lane(string zone, int days, params (long, long)[] bands) =>
        new(zone, days, [.. bands.Select(b => new CourierBand(b.Item1, b.Item2))]);

    static ShipAddress At(string place) => new(place.Split(' ')[0], place.Split(' ', 2)[1]);

    static CourierReply Rates(string from, string to, params ParcelSpec[] parcels) => CourierRates.Of(
        Table, "c", At(from), At(to), parcels.Length == 0 ? [new(200, 100, 100, 900)] : parcels, Friday);

    [Theory]
    [InlineData("DE 10115", "DE 10999", "near")]
    [InlineData("DE 10115", "DE 80331", "home")]
    [InlineData("DE 10115", "FR 75001", "far")]
    [InlineData("DE 10115", "AT 6020", "alps")]
    [InlineData("AT 6020", "AT 60-10", "near")]
    [InlineData("DE 10115", "AT 1010", "far")]
    [InlineData("DE 10115", "US 10115", null)]
    [InlineData("FR 75001", "FR 75002", null)]
    public void The_first_zone_that_covers_the_way_is_its_zone(string from, string to, string? zone) =>
        Assert.Equal(zone, CourierRates.ZoneOf(Table, At(from), At(to))?.Id);

    [Fact]
    public void A_place_without_a_postcode_shares_none()
    {
        Assert.Equal("home", CourierRates.ZoneOf(Table, new("DE"), At("DE 10115"))?.Id);
        Assert.Equal("far", CourierRates.ZoneOf(Table, At("DE 10115"), new("AT"))?.Id);
    }

    [Fact]
    public void Weight_or_size_counts_whichever_is_more_and_the_band_begins_after_the_one_before()
    {
        Assert.Equal(300 + 30, Price(Rates("DE 10115", "DE 10999", new ParcelSpec(200, 100, 100, 1_000))));
        Assert.Equal(900 + 90, Price(Rates("DE 10115", "DE 10999", new ParcelSpec(200, 100, 100, 1_001))));
        // 300 x 200 x 84 mm count as 1,008 g.
        var light = Rates("DE 10115", "DE 10999", new ParcelSpec(300, 200, 84, 100));
        Assert.Equal(900 + 90, Price(light));
        Assert.Equal(1_008, light.Rates[0].BillableGrams);
    }

    [Fact]
    public void Parcels_are_added_up_bulky_ones_and_fuel_on_all_of_it()
    {
        var reply = Rates("DE 10115", "DE 10999", new(200, 100, 100, 900), new(700, 250, 200, 900));
        var rate = Assert.Single(reply.Rates);
        // 300 + 900, 250 for the bulky one, and a tenth of all that.
        Assert.Equal(new Money(1_595, "EUR"), rate.Price);
        Assert.Equal(
            [new("bulky", "Bulky parcel", new(250, "EUR")), new Surcharge("fuel", "Fuel", new(145, "EUR"))],
            rate.Surcharges.ToArray());
        Assert.Equal((RateRejection.Oversize, ParcelLimit.LongestEdge, 1),
            (reply.Rejected[0].Reason, reply.Rejected[0].Breach!.Value.Limit, reply.Rejected[0].Breach!.Value.Parcel));
    }

    [Fact]
    public void Too_heavy_for_the_last_band_is_overweight_and_without_a_lane_is_not_served()
    {
        var reply = Rates("DE 10115", "FR 75001", new ParcelSpec(200, 100, 100, 20_001));
        Assert.Empty(reply.Rates);
        Assert.Equal(
            [("parcel", RateRejection.Overweight), ("letter", RateRejection.NotServed)],
            reply.Rejected.Select(r => (r.Service!, r.Reason)));
        Assert.Equal(new(0, ParcelLimit.Weight, 20_000, 20_001), reply.Rejected[0].Breach);
        Assert.All(Rates("DE 10115", "US 10115").Rejected, r => Assert.Equal(RateRejection.NotServed, r.Reason));
    }

    [Theory]
    [InlineData("DE 10115", "DE 10999", "2026-11-27", "2026-11-27")]
    // Monday is a holiday: Tuesday is the first working day after a Friday, Wednesday the second.
    [InlineData("DE 10115", "DE 80331", "2026-11-27", "2026-12-02")]
    // Handed over on a Saturday is as on Tuesday.
    [InlineData("DE 10115", "DE 10999", "2026-11-28", "2026-12-01")]
    [InlineData("DE 10115", "DE 80331", "2026-11-28", "2026-12-03")]
    public void Days_are_those_on_which_the_courier_works(string from, string to, string shipOn, string delivers)
    {
        var reply = CourierRates.Of(
            Table, "c", At(from), At(to), [new(200, 100, 100, 900)],
            DateOnly.Parse(shipOn, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(delivers, $"{reply.Rates[0].Delivers:yyyy-MM-dd}");
    }

    [Fact]
    public void Who_never_works_delivers_nothing()
    {
        var idle = Table with { Calendar = new("c", Weekdays.None, []) };
        var reply = CourierRates.Of(idle, "c", At("DE 10115"), At("DE 10999"), [new(200, 100, 100, 900)], Friday);
        Assert.Empty(reply.Rates);
        Assert.Equal(RateRejection.NotServed, reply.Rejected[0].Reason);
    }

    [Fact]
    public void A_table_that_stands_in_for_a_carrier_marks_its_rates()
    {
        var reply = CourierRates.Of(
            Table, "ups", At("DE 10115"), At("DE 10999"), [new(200, 100, 100, 900)], Friday,
            RateSource.FallbackTable);
        Assert.All(reply.Rates, r => Assert.Equal(("ups", true), (r.Carrier, r.IsFallback)));
    }

    static long Price(CourierReply reply) => reply.Rates.Single(r => r.Service == "parcel").Price.AmountMinor;
}
