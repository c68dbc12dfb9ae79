using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Connectors;

/// <summary>What every carrier does alike.</summary>
public abstract class CarrierContract : IAsyncLifetime
{
    protected static readonly DateOnly Monday = new(2026, 11, 30);

    protected static readonly ParcelSpec Small = new(300, 200, 100, 2_000);

    protected static readonly ShipAddress Towson = new(
        "US", "21093", "Timonium", "MD", ["2311 York Rd"], "Ada Lovelace", "Acme Inc", "4105550100",
        "ship@example.com");

    protected static readonly ShipAddress Viejo = new(
        "US", "92656", "Aliso Viejo", "CA", ["26601 Aliso Creek Rd"], "Grace Hopper", null, "9495550100");

    protected static readonly ShipAddress Berlin = new(
        "DE", "10115", "Berlin", null, ["Invalidenstr. 1"], "Konrad Zuse", "Zuse KG", "+49301234567");

    protected abstract ICarrier Carrier { get; }

    /// <summary>A service that is offered, and one that is refused.</summary>
    protected abstract (string Good, string Bad) Services { get; }

    /// <summary>What is said of a key under which nothing was bought.</summary>
    protected abstract LabelStatus Unbought { get; }

    /// <summary>What is said of one under which something was bought and whose answer was lost.</summary>
    protected abstract LabelStatus Lost { get; }

    /// <summary>What is said of voiding a label, and of doing it again.</summary>
    protected abstract (VoidStatus First, VoidStatus Again) Voids { get; }

    /// <summary>What the goods are worth, where the way crosses a border.</summary>
    protected virtual Money? Declared => null;

    protected virtual (ShipAddress From, ShipAddress To) Way => (Towson, Viejo);

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    protected RateAsk Asked(params ParcelSpec[] parcels) =>
        new(Way.From, Way.To, parcels.Length == 0 ? [Small] : [.. parcels], Monday, null, Declared);

    protected LabelAsk Wanted(string? service = null, params ParcelSpec[] parcels) => new(
        service ?? Services.Good, Way.From, Way.To, parcels.Length == 0 ? [Small] : [.. parcels], Monday,
        LabelFormat.Pdf, ["o-1"]);

    protected async Task<BoughtLabel> Buy(string key, LabelAsk? ask = null)
    {
        var reply = await Carrier.Buy(key, ask ?? Wanted(), default);
        Assert.Equal(LabelStatus.Bought, reply.Status);
        return reply.Label!;
    }

    [Fact]
    public async Task Rates_have_a_price_a_day_and_a_service_that_labels_take()
    {
        var reply = await Carrier.Rates(Asked(), default);
        Assert.NotEmpty(reply.Rates);
        Assert.All(reply.Rates, rate =>
        {
            Assert.Equal(Carrier.Name, rate.Carrier);
            Assert.True(rate.Price.AmountMinor > 0);
            Assert.True(rate.Delivers >= Monday);
            Assert.False(rate.IsFallback);
            Assert.All(rate.Surcharges, s => Assert.InRange(s.Price.AmountMinor, 1, rate.Price.AmountMinor));
        });
        Assert.Contains(reply.Rates, r => r.Service == Services.Good);
        await Buy("from-a-rate", Wanted(reply.Rates[0].Service));
    }

    [Theory]
    [InlineData(4_100, 300, 200, 2_000, RateRejection.Oversize, ParcelLimit.LongestEdge)]
    [InlineData(300, 200, 100, 70_001, RateRejection.Overweight, ParcelLimit.Weight)]
    public async Task What_is_too_large_or_too_heavy_is_refused_with_the_limit(
        int length, int width, int height, long grams, RateRejection reason, ParcelLimit limit)
    {
        ParcelSpec parcel = new(length, width, height, grams);
        var reply = await Carrier.Rates(Asked(Small, parcel), default);
        Assert.Empty(reply.Rates);
        Assert.All(reply.Rejected.Where(r => r.Reason != RateRejection.NotServed), r =>
        {
            Assert.Equal((reason, limit, 1), (r.Reason, r.Breach!.Value.Limit, r.Breach.Value.Parcel));
            Assert.True(r.Breach.Value.Actual > r.Breach.Value.Most);
        });
        Assert.Contains(reply.Rejected, r => r.Reason == reason);
        var label = await Carrier.Buy("too-much", Wanted(null, Small, parcel), default);
        Assert.Equal(LabelStatus.Refused, label.Status);
        Assert.Equal(reason == RateRejection.Oversize ? "oversize" : "overweight", label.Refusal!.Code);
    }

    [Fact]
    public async Task Each_parcel_has_a_label_and_a_number_of_its_own()
    {
        var label = await Buy("two", Wanted(null, Small, Small with { Grams = 900 }));
        Assert.Equal(2, label.Parcels.Length);
        Assert.Equal(2, label.Parcels.Select(p => p.TrackingNumber).Distinct().Count());
        Assert.All(label.Parcels, p => Assert.False(p.Content.IsEmpty));
        Assert.True(label.Price is null or { AmountMinor: > 0 });
    }

    [Fact]
    public async Task What_a_carrier_refuses_is_not_bought()
    {
        var reply = await Carrier.Buy("bad", Wanted(Services.Bad), default);
        Assert.Equal(LabelStatus.Refused, reply.Status);
        Assert.False(string.IsNullOrEmpty(reply.Refusal!.Code));
        Assert.Equal(Unbought, (await Carrier.Find("bad", Wanted(), default)).Status);
    }

    [Fact]
    public async Task What_was_bought_is_found_by_its_key_however_long_it_is()
    {
        foreach (var key in (string[])["k", new('k', 128), $"{new string('k', 127)}x"])
        {
            var bought = await Buy(key);
            var found = await Carrier.Find(key, Wanted(), default);
            Assert.Equal(Lost, found.Status);
            Assert.Equal(bought.Shipment, found.Label!.Shipment);
            if (Lost == LabelStatus.Bought)
                Assert.True(bought.Parcels[0].Content.SequenceEqual(found.Label.Parcels[0].Content));
        }
    }

    [Fact]
    public async Task A_label_is_voided_or_lapses_and_may_be_voided_again()
    {
        var label = await Buy("to-void");
        VoidAsk ask = new(label.Shipment, "to-void", [.. label.Parcels.Select(p => p.TrackingNumber)]);
        var (first, again) = (await Carrier.Void(ask, default), await Carrier.Void(ask, default));
        Assert.Equal(Voids, (first.Status, again.Status));
        Assert.Equal(Carrier.Can.HasFlag(CarrierAbility.Voids), first.Status == VoidStatus.Voided);
    }

    [Fact]
    public async Task Nobody_knows_a_parcel_that_there_is_not()
    {
        var reply = await Carrier.Track("1Z999", default);
        Assert.False(reply.Known);
        Assert.Empty(reply.Events);
        Assert.Null(reply.Refusal);
    }

    [Fact]
    public async Task What_a_carrier_cannot_do_he_says()
    {
        if (!Carrier.Can.HasFlag(CarrierAbility.ServicePoints))
            Assert.Equal(CarrierStatus.Unsupported, (await Carrier.Points(Way.To, default)).Status);
        if (!Carrier.Can.HasFlag(CarrierAbility.Pickups))
        {
            Assert.Equal(CarrierStatus.Unsupported, (await Carrier.Book(Pickup(), default)).Status);
            PickupCancel cancel = new("1", Monday, "x", "x");
            Assert.Equal(CarrierStatus.Unsupported, (await Carrier.Cancel(cancel, default)).Status);
        }

        if (!Carrier.Can.HasFlag(CarrierAbility.AddressChecks))
            Assert.Equal(AddressVerdict.Unchecked, (await Carrier.Check(Way.To, default)).Verdict);
        var manifest = await Carrier.Close("m", new(Way.From, Monday, ["9205590000000000000001"]), default);
        Assert.Equal(
            Carrier.Can.HasFlag(CarrierAbility.Manifests) ? CarrierStatus.Done : CarrierStatus.NotNeeded,
            manifest.Status);
    }

    protected PickupAsk Pickup() => new(
        Way.From, Monday, new(9, 0), new(17, 30), 3, 12_000, Services.Good, Way.To.Country);
}
