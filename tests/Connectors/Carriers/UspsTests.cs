using System.Text.Json.Nodes;
using Fulfillment.Connectors;
using Fulfillment.Shipping;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Connectors;

/// <summary>USPS, played by a mock that its published documents judge.</summary>
public sealed class UspsTests : MockedCarrierContract
{
    const string Ground = "USPS_GROUND_ADVANTAGE:SP:MACHINABLE";

    readonly UspsMock _mock = new();

    protected override CarrierMock Mock => _mock;

    protected override ICarrier Open() => new UspsCarrier(Access(), Time);

    protected override (string, string) Services => (Ground, "LIBRARY_MAIL:SP:MACHINABLE");

    protected override LabelStatus Unbought => LabelStatus.NotFound;

    protected override LabelStatus Lost => LabelStatus.Bought;

    protected override (VoidStatus, VoidStatus) Voids => (VoidStatus.Voided, VoidStatus.AlreadyVoid);

    protected override MockAnswer Leak(string text) => new(400, new()
    {
        ["error"] = new JsonObject
        {
            ["errors"] = new JsonArray(new JsonObject { ["code"] = "1", ["detail"] = text }),
        },
    });

    [SkippableFact]
    public async Task Every_call_is_as_the_published_documents_say()
    {
        Skip.If(Fixtures.Find(UspsMock.Folder) is null, Fixtures.Missing(UspsMock.Folder));
        await Compares(
            [
                "post /options/search", "post /payment-authorization", "post /label", "post /label-reprint",
                "delete /label/{trackingNumber}", "get /tracking/{trackingNumber}", "post /carrier-pickup",
                "get /carrier-pickup/{confirmationNumber}", "delete /carrier-pickup/{confirmationNumber}",
                "post /scan-form", "get /address",
            ],
            An_address_is_told_as_USPS_writes_it);
    }

    [Fact]
    public async Task The_same_key_buys_once_and_another_way_of_asking_is_refused()
    {
        var (first, again) = (await Buy("K"), await Buy("K"));
        Assert.Equal(first.Shipment, again.Shipment);
        Assert.Equal(["buy"], _mock.Effects);
        var other = await Carrier.Buy("K", Wanted(null, Small with { Grams = 1 }), default);
        Assert.Equal((LabelStatus.Refused, "160120"), (other.Status, other.Refusal!.Code));
        Assert.Equal(1, _mock.Payments);
        // It is a UUID, and no other key has it.
        Assert.True(Guid.TryParse(_mock.Last!.Header("X-Idempotency-Key"), out _));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_consent_to_pay_that_is_no_good_any_more_is_asked_for_again(int status)
    {
        await Buy("K");
        _mock.Instead = call => call.Path == "/labels/v3/label" && _mock.Payments == 1
            ? Leak("No consent") with { Status = status } : null;
        await Buy("L");
        Assert.Equal((2, 2), (_mock.Payments, _mock.Effects.Count));
        // What is refused with it shows it not.
        _mock.Instead = call => call.Path == "/labels/v3/label" ? Leak($"With {UspsMock.Payment} of it") : null;
        var refused = await Carrier.Buy("M", Wanted(), default);
        Assert.Equal("With *** of it", refused.Refusal!.Says);
    }

    [Fact]
    public async Task Of_parcels_that_cannot_all_be_bought_those_that_were_are_told_and_the_key_buys_the_rest()
    {
        var calls = 0;
        _mock.Instead = call => call.Path == "/labels/v3/label" && ++calls == 2
            ? Leak("The account is empty") : null;
        var ask = Wanted(null, Small, Small);
        var reply = await Carrier.Buy("both", ask, default);
        Assert.Equal((LabelStatus.BoughtInPart, "1"), (reply.Status, reply.Refusal!.Code));
        var first = Assert.Single(reply.Label!.Parcels).TrackingNumber;
        Assert.Equal(["buy"], _mock.Effects);
        _mock.Instead = null;
        var found = await Carrier.Find("both", ask, default);
        Assert.Equal(
            (LabelStatus.BoughtInPart, first), (found.Status, Assert.Single(found.Label!.Parcels).TrackingNumber));
        var all = await Buy("both", ask);
        Assert.Equal((2, first), (all.Parcels.Length, all.Parcels[0].TrackingNumber));
        Assert.Equal(["buy", "buy"], _mock.Effects);
        Assert.Equal(LabelStatus.Bought, (await Carrier.Find("both", ask, default)).Status);
    }

    [Fact]
    public async Task A_key_whose_label_was_voided_sells_nothing_again()
    {
        var label = await Buy("K");
        VoidAsk ask = new(label.Shipment, "K", [.. label.Parcels.Select(p => p.TrackingNumber)]);
        _mock.Instead = call => call.Method == "delete" ? Leak("The parcel is on its way") : null;
        Assert.Equal(VoidStatus.Refused, (await Carrier.Void(ask, default)).Status);
        _mock.Instead = null;
        Assert.Equal(label.Shipment, (await Buy("K")).Shipment);
        Assert.Equal(VoidStatus.Voided, (await Carrier.Void(ask, default)).Status);
        var again = await Carrier.Buy("K", Wanted(), default);
        Assert.Equal((LabelStatus.Refused, "key-voided"), (again.Status, again.Refusal!.Code));
        await Buy("a new one");
    }

    [Fact]
    public async Task Parcels_that_are_alike_are_asked_for_once_and_cost_as_many_times()
    {
        var calls = 0;
        _mock.Instead = _ =>
        {
            calls++;
            return null;
        };
        var one = (await Carrier.Rates(Asked(), default)).Rates.Single(r => r.Service == Ground);
        var three = (await Carrier.Rates(Asked(Small, Small, Small), default)).Rates.Single(r => r.Service == Ground);
        Assert.Equal(2, calls);
        Assert.Equal(new Money(765, "USD"), one.Price);
        Assert.Equal(new Money(3 * 765, "USD"), three.Price);
        Assert.Equal((new DateOnly(2026, 12, 3), 3), (one.Delivers!.Value, one.TransitDays!.Value));
    }

    [Theory]
    [InlineData(305, 12)]
    [InlineData(306, 13)]
    [InlineData(254, 10)]
    [InlineData(1, 1)]
    public async Task Inches_are_whole_and_the_millimetre_that_was_rounded_up_is_not_told(int mm, int inches)
    {
        await Carrier.Rates(Asked(new ParcelSpec(mm, mm, mm, 2_000)), default);
        var told = _mock.Last!.Body["packageDescription"]!;
        Assert.Equal(
            (inches, inches, inches), ((int)told["length"]!, (int)told["width"]!, (int)told["height"]!));
    }

    [Fact]
    public async Task Many_kinds_of_parcels_are_one_price_of_all()
    {
        ParcelSpec[] parcels = [.. Enumerable.Range(1, 25).Select(i => Small with { Grams = 100 * i })];
        var calls = 0;
        _mock.Instead = _ =>
        {
            calls++;
            return null;
        };
        var rate = (await Carrier.Rates(Asked(parcels), default)).Rates.Single(r => r.Service == Ground);
        Assert.Equal((25, new Money(25 * 765, "USD")), (calls, rate.Price));
    }

    [Fact]
    public async Task It_stays_in_the_United_States()
    {
        var rejected = Assert.Single((await Carrier.Rates(Asked() with { To = Berlin }, default)).Rejected);
        Assert.Equal(RateRejection.NotServed, rejected.Reason);
        Assert.Equal(
            LabelStatus.Refused, (await Carrier.Buy("k", Wanted() with { To = Berlin }, default)).Status);
    }

    [Fact]
    public async Task A_manifested_label_is_given_back_later()
    {
        var label = await Buy("K");
        _mock.Instead = call => call.Method == "delete"
            ? new(200, JsonNode.Parse("""{"trackingNumber":"1","status":"DISPUTED","disputeId":"1"}""")!.AsObject())
            : null;
        Assert.Equal(VoidStatus.RefundRequested, (await Carrier.Void(new(label.Shipment, "K", []), default)).Status);
    }

    [Fact]
    public async Task An_address_is_told_as_USPS_writes_it()
    {
        var valid = await Carrier.Check(Viejo, default);
        Assert.Equal((AddressVerdict.Valid, "92656-2885"), (valid.Verdict, valid.Suggestions[0].Postcode));
        Assert.Equal(
            AddressVerdict.Unknown, (await Carrier.Check(Viejo with { Lines = ["1 NOWHERE ST"] }, default)).Verdict);
        Assert.Equal(AddressVerdict.Unchecked, (await Carrier.Check(Berlin, default)).Verdict);
    }

    [Fact]
    public async Task A_scan_form_has_a_number_and_a_paper()
    {
        var reply = await Carrier.Close("m", new(Towson, Monday, ["9205590000000000000001"]), default);
        Assert.Equal((CarrierStatus.Done, "9475038234567000031430"), (reply.Status, reply.Number));
        Assert.False(reply.Form.IsEmpty);
        // The call has no key, and there is none that asks: whoever closes has to know that.
        Assert.False(Carrier.RepeatsClose);
        _mock.Instead = _ => Leak("No such labels");
        var refused = await Carrier.Close("m", new(Towson, Monday, ["1"], LabelFormat.Zpl), default);
        Assert.Equal(CarrierStatus.Refused, refused.Status);
    }

    [SkippableFact]
    public async Task Published_samples_are_read()
    {
        const string path = UspsMock.Folder + "shipping-options.yaml";
        Skip.If(Fixtures.Find(path) is null, Fixtures.Missing(path));
        var (options, labels) = (OpenApiSpec.Find(path)!, OpenApiSpec.Find(UspsMock.Folder + "domestic-labels.yaml")!);
        var sample = Example(options, "/options/search", "application/json");
        _mock.Instead = call => call.Path.EndsWith("search", StringComparison.Ordinal) ? new(200, sample) : null;
        // It is handed over at a distribution centre: not what we do.
        Assert.Equal(RateRejection.NotServed, Assert.Single((await Carrier.Rates(Asked(), default)).Rejected).Reason);
        sample["pricingOptions"]![0]!["shippingOptions"]![0]!["rateOptions"]![0]!["rates"]![0]![
            "destinationEntryFacilityType"] = "NONE";
        var rate = Assert.Single((await Carrier.Rates(Asked(), default)).Rates);
        Assert.Equal(("PARCEL_SELECT:SP:NONSTANDARD", 917), (rate.Service, rate.Price.AmountMinor));
        var label = Example(labels, "/label", "application/vnd.usps.labels+json");
        _mock.Instead = call => call.Path == "/labels/v3/label" ? new(200, label) : null;
        var bought = await Buy("sample");
        Assert.Equal(("123456789012", new Money(1_099, "USD")), (bought.Shipment, bought.Price!.Value));
        _mock.Misfits.Clear();

        static JsonObject Example(OpenApiSpec spec, string path, string type)
        {
            var content = spec.Follow(spec.Operation("post", path)!.Value.Operation["responses"]!["200"]!)["content"]!;
            var example = content[type]!["examples"]!.AsObject().First().Value!;
            return spec.Follow(example)["value"]!.DeepClone().AsObject();
        }
    }
}
