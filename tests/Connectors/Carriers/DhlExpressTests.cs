using System.Text.Json.Nodes;
using Fulfillment.Connectors;
using Fulfillment.Shipping;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Connectors;

/// <summary>DHL Express, played by a mock that its published document judges.</summary>
public sealed class DhlExpressTests : MockedCarrierContract
{
    const string Sample = "carriers/mydhl/shipment_response.json";

    readonly DhlExpressMock _mock = new();

    protected override CarrierMock Mock => _mock;

    protected override ICarrier Open() => new DhlExpressCarrier(Access("mydhlapi/"), Time);

    protected override bool HasToken => false;

    protected override (string, string) Services => ("P", "0");

    protected override (ShipAddress, ShipAddress) Way => (Berlin, Viejo with { Email = "grace@example.com" });

    protected override Money? Declared => new(2_598, "EUR");

    protected override LabelStatus Unbought => LabelStatus.NotSeenYet;

    protected override LabelStatus Lost => LabelStatus.BoughtWithoutLabel;

    protected override (VoidStatus, VoidStatus) Voids => (VoidStatus.LapsesUnused, VoidStatus.LapsesUnused);

    protected override Milestone[] Story =>
        [Milestone.HandedOver, Milestone.Other, Milestone.Exception, Milestone.OutForDelivery, Milestone.Delivered];

    protected override MockAnswer Leak(string text) => new(400, new()
    {
        ["title"] = "Bad Request",
        ["detail"] = text,
    });

    [SkippableFact]
    public async Task Every_call_is_as_the_published_document_says()
    {
        Skip.If(Fixtures.Find(DhlExpressMock.SpecPath) is null, Fixtures.Missing(DhlExpressMock.SpecPath));
        await Compares(
            [
                "post /rates", "post /shipments", "get /tracking", "get /shipments/{shipmentTrackingNumber}/tracking",
                "post /pickups", "delete /pickups/{dispatchConfirmationNumber}", "get /servicepoints",
                "get /address-validate",
            ],
            Goods_over_a_border_are_declared, Service_points_are_told_with_their_distance,
            Place_and_postcode_are_checked);
    }

    [Fact]
    public async Task Prices_are_as_they_are_billed_and_what_the_account_may_not_have_is_none()
    {
        var rates = (await Carrier.Rates(Asked(), default)).Rates;
        Assert.Equal(
            [("P", 4_210, "2026-12-02"), ("E", 8_000, "2026-12-01")],
            rates.Select(r => (r.Service, r.Price.AmountMinor, $"{r.Delivers:yyyy-MM-dd}")));
        Assert.Equal(new Surcharge("FF", "FUEL SURCHARGE", new(600, "EUR")), Assert.Single(rates[0].Surcharges));
        var nowhere = Assert.Single((await Carrier.Rates(
            Asked() with { To = new("US", "92656") }, default)).Rejected);
        Assert.Equal((RateRejection.Incomplete, "/to/city"), (nowhere.Reason, nowhere.Code));
    }

    [Fact]
    public async Task Goods_over_a_border_are_declared()
    {
        CustomsDeclaration customs = new(
            Incoterm.Ddp, "INV-1", Monday, [new("Blue mug", 2, new(1_299, "EUR"), 400, "691110", "PT")]);
        await Buy("abroad", Wanted() with { Customs = customs, Format = LabelFormat.Zpl });
        var content = _mock.Last!.Body["content"]!;
        Assert.Equal(
            (true, "DDP", 25.98m), ((bool)content["isCustomsDeclarable"]!, (string)content["incoterm"]!,
                (decimal)content["declaredValue"]!));
        // Two mugs of 400 g; their packing is no goods.
        Assert.Equal("""{"netValue":0.8}""",
            content["exportDeclaration"]!["lineItems"]![0]!["weight"]!.ToJsonString());
        Assert.Equal("DD", (string)_mock.Last.Body["valueAddedServices"]![0]!["serviceCode"]!);
        await Buy("dap", Wanted() with { Customs = customs with { Terms = Incoterm.Dap } });
        await Carrier.Rates(Asked() with { Declared = new(2_598, "EUR") }, default);
        Assert.True((bool)_mock.Last!.Body["isCustomsDeclarable"]!);
    }

    [Theory]
    [InlineData(ExportReason.Sale, "permanent", "commercial")]
    [InlineData(ExportReason.Gift, "gift", "personal")]
    [InlineData(ExportReason.Sample, "sample", "commercial")]
    [InlineData(ExportReason.Return, "return", "commercial")]
    [InlineData(ExportReason.Repair, "temporary", "commercial")]
    public async Task Customs_are_told_why_goods_come_and_who_sends_them(ExportReason reason, string says, string type)
    {
        CustomsDeclaration customs = new(
            Incoterm.Dap, "INV-1", Monday, [new("Blue mug", 2, new(1_299, "EUR"), 400, "691110", "PT")], reason,
            "XI123456789000", "IM2760000012", "GB980780684");
        await Buy("known", Wanted() with { Customs = customs });
        var declared = _mock.Last!.Body["content"]!["exportDeclaration"]!;
        Assert.Equal(
            (says, says, type), ((string)declared["exportReasonType"]!,
                (string)declared["lineItems"]![0]!["exportReasonType"]!, (string)declared["shipmentType"]!));
        Assert.Equal(
            ["EOR XI123456789000 GB", "SDT IM2760000012 DE", "SDT GB980780684 GB"],
            _mock.Last.Body["customerDetails"]!["shipperDetails"]!["registrationNumbers"]!.AsArray().Select(
                n => $"{n!["typeCode"]} {n["number"]} {n["issuerCountryCode"]}"));
        await Buy("unknown", Wanted() with { Customs = customs with { Eori = null, Ioss = null, GbVat = null } });
        Assert.Null(_mock.Last.Body["customerDetails"]!["shipperDetails"]!["registrationNumbers"]);
    }

    [Theory]
    [InlineData("America/Los_Angeles", "2026-11-30T09:00:00 GMT-08:00")]
    [InlineData("Asia/Kolkata", "2026-11-30T09:00:00 GMT+05:30")]
    [InlineData(null, "2026-11-30T09:00:00 GMT+00:00")]
    public async Task A_pickup_is_at_the_time_on_the_wall(string? timeZone, string told)
    {
        await Carrier.Book(Pickup() with { TimeZone = timeZone }, default);
        Assert.Equal(told, (string)_mock.Last!.Body["plannedPickupDateAndTime"]!);
        Assert.Empty(_mock.Misfits);
    }

    [Fact]
    public async Task A_shipment_that_is_too_far_ahead_is_refused_before_he_is_asked()
    {
        var last = DateOnly.FromDateTime(Time.Now.UtcDateTime).AddDays(10);
        Assert.NotEmpty((await Carrier.Rates(Asked() with { ShipOn = last }, default)).Rates);
        var asked = _mock.Last;
        var rejected = Assert.Single(
            (await Carrier.Rates(Asked() with { ShipOn = last.AddDays(1) }, default)).Rejected);
        Assert.Equal((RateRejection.Refused, "too-far-ahead"), (rejected.Reason, rejected.Code));
        var label = await Carrier.Buy("later", Wanted() with { ShipOn = last.AddDays(1) }, default);
        Assert.Equal((LabelStatus.Refused, "too-far-ahead"), (label.Status, label.Refusal!.Code));
        Assert.Same(asked, _mock.Last);
        // Where it is a day later already, a day more is not too far.
        Time.Now = new(Time.Now.UtcDateTime.Date.AddHours(12), TimeSpan.Zero);
        Assert.NotEmpty((await Carrier.Rates(
            Asked() with { ShipOn = last.AddDays(1), TimeZone = "Pacific/Kiritimati" }, default)).Rates);
    }

    [Fact]
    public async Task Whether_goods_are_declared_depends_on_the_way()
    {
        var missing = Assert.Single((await Carrier.Rates(Asked() with { Declared = null }, default)).Rejected);
        Assert.Equal((RateRejection.Incomplete, "/declared"), (missing.Reason, missing.Code));
        Assert.Null(_mock.Last);
        await Carrier.Rates(Asked() with { To = Berlin with { Country = "FR", City = "Paris" } }, default);
        Assert.False((bool)_mock.Last!.Body["isCustomsDeclarable"]!);
        Assert.Null(_mock.Last.Body["monetaryAmount"]);
        // The Canaries are in the customs area of the Union, and tax is asked for there.
        ShipAddress madrid = Berlin with { Country = "ES", Postcode = "28013", City = "Madrid" },
            palmas = madrid with { Postcode = "35001", City = "Las Palmas" };
        await Carrier.Rates(Asked() with { From = madrid, To = palmas }, default);
        Assert.True((bool)_mock.Last!.Body["isCustomsDeclarable"]!);
        await Carrier.Rates(Asked(), default);
        Assert.True((bool)_mock.Last!.Body["isCustomsDeclarable"]!);
    }

    [Theory]
    [InlineData("Asia/Tokyo", "2026-11-30T05:00:00Z", "2026-11-30T16:00:00 GMT+09:00")]
    [InlineData("America/New_York", "2026-11-30T17:00:00Z", "2026-11-30T16:00:00 GMT-05:00")]
    [InlineData("America/New_York", "2026-11-30T20:30:00Z", "2026-11-30T16:30:00 GMT-05:00")]
    [InlineData("America/New_York", "2026-12-01T04:30:00Z", "2026-11-30T23:59:00 GMT-05:00")]
    [InlineData(null, "2026-11-27T08:00:00Z", "2026-11-30T16:00:00 GMT+00:00")]
    [InlineData(null, "2026-11-30T17:00:00Z", "2026-11-30T18:00:00 GMT+00:00")]
    public async Task It_is_handed_over_by_the_clock_where_it_is_sent_from_and_not_in_the_past(
        string? zone, string now, string planned)
    {
        Time.Now = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        await Carrier.Rates(Asked() with { TimeZone = zone }, default);
        Assert.Equal(planned, (string)_mock.Last!.Body["plannedShippingDateAndTime"]!);
        await Buy("in-time", Wanted() with { TimeZone = zone });
        Assert.Equal(planned, (string)_mock.Last!.Body["plannedShippingDateAndTime"]!);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task Labels_are_one_for_all_pieces_or_one_for_each(int labels, bool clear)
    {
        var paper = Convert.ToBase64String("%PDF-1.4"u8);
        _mock.Instead = _ => new(201, new()
        {
            ["shipmentTrackingNumber"] = "1234567890",
            ["packages"] = new JsonArray([.. Enumerable.Range(1, 3)
                .Select(i => (JsonNode)new JsonObject { ["trackingNumber"] = $"JD0{i}" })]),
            ["documents"] = new JsonArray([.. Enumerable.Range(0, labels)
                .Select(_ => (JsonNode)new JsonObject { ["typeCode"] = "label", ["content"] = paper })]),
        });
        var ask = Wanted(null, Small, Small, Small);
        if (clear) Assert.Equal(3, (await Buy("three", ask)).Parcels.Length);
        else await Assert.ThrowsAsync<ProviderUnclearException>(async () => await Carrier.Buy("three", ask, default));
        _mock.Misfits.Clear();
    }

    [Fact]
    public async Task Service_points_are_told_with_their_distance()
    {
        var reply = await Carrier.Points(Berlin, default);
        Assert.Equal(CarrierStatus.Done, reply.Status);
        var point = Assert.Single(reply.Points);
        Assert.Equal(("BER001", "Kiosk", 1_650), (point.Id, point.Name, point.Metres!.Value));
    }

    [Fact]
    public async Task Place_and_postcode_are_checked()
    {
        Assert.Equal(AddressVerdict.Valid, (await Carrier.Check(Berlin, default)).Verdict);
        Assert.Equal(AddressVerdict.Corrected, (await Carrier.Check(Berlin with { City = "Bonn" }, default)).Verdict);
        var unknown = await Carrier.Check(Berlin with { Postcode = "99999" }, default);
        Assert.Equal((AddressVerdict.Unknown, "8004"), (unknown.Verdict, unknown.Refusal!.Code));
    }

    [SkippableFact]
    public async Task Published_samples_are_read()
    {
        Skip.If(Fixtures.Find(Sample) is null, Fixtures.Missing(Sample));
        var sample = JsonNode.Parse(await File.ReadAllTextAsync(Fixtures.Find(Sample)!))!.AsObject();
        // The sample abridges its documents with dots.
        foreach (var document in sample["documents"]!.AsArray())
            document!["content"] = ((string)document["content"]!).Replace("...", "", StringComparison.Ordinal);
        _mock.Instead = _ => new(201, sample.DeepClone().AsObject());
        var label = await Buy("sample");
        Assert.Equal(("1234567890", new Money(14_750, "USD")), (label.Shipment, label.Price!.Value));
        Assert.Equal("JD014600001234567890", Assert.Single(label.Parcels).TrackingNumber);
        var spec = OpenApiSpec.Find(DhlExpressMock.SpecPath);
        Skip.If(spec is null, Fixtures.Missing(DhlExpressMock.SpecPath));
        var rates = Example("post", "/rates");
        _mock.Instead = _ => new(200, rates);
        var told = (await Carrier.Rates(Asked(), default)).Rates;
        Assert.Equal(new Money(15_795, "GBP"), told.First(r => r.Service == "P").Price);
        var tracking = Example("get", "/shipments/1/tracking");
        _mock.Instead = _ => new(200, tracking);
        var events = (await Carrier.Track("1234567890", default)).Events;
        Assert.Equal(Milestone.HandedOver, events[0].Milestone);
        Assert.Contains(events, e => e.Milestone == Milestone.InTransit && e.Code == "DF");
        // Samples are not as their document says, to the letter.
        _mock.Misfits.Clear();

        JsonObject Example(string method, string path)
        {
            var content = spec!.Follow(spec.Operation(method, path)!.Value.Operation["responses"]!["200"]!)["content"]!;
            var example = content["application/json"]!["examples"]!.AsObject().First().Value!;
            return spec.Follow(example)["value"]!.DeepClone().AsObject();
        }
    }
}
