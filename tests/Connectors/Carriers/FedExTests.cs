using System.Text.Json.Nodes;
using Fulfillment.Connectors;
using Fulfillment.Shipping;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Connectors;

/// <summary>FedEx, played by a mock that its published documents judge.</summary>
public sealed class FedExTests : MockedCarrierContract
{
    const string Sample = "carriers/fedex/shipping_responses.json";

    readonly FedExMock _mock = new();

    protected override CarrierMock Mock => _mock;

    protected override ICarrier Open() => new FedExCarrier(Access(), Time);

    protected override (string, string) Services => ("FEDEX_GROUND", "NOT_SERVED");

    protected override LabelStatus Unbought => LabelStatus.NotSeenYet;

    protected override LabelStatus Lost => LabelStatus.BoughtWithoutLabel;

    protected override (VoidStatus, VoidStatus) Voids => (VoidStatus.Voided, VoidStatus.AlreadyVoid);

    protected override MockAnswer Leak(string text) => new(400, new()
    {
        ["errors"] = new JsonArray(new JsonObject { ["code"] = "INVALID.INPUT", ["message"] = text }),
    });

    [SkippableFact]
    public async Task Every_call_is_as_the_published_documents_say()
    {
        Skip.If(Fixtures.Find(FedExMock.Folder) is null, Fixtures.Missing(FedExMock.Folder));
        await Compares(
            [
                "post /rate/v1/rates/quotes", "post /ship/v1/shipments", "put /ship/v1/shipments/cancel",
                "post /track/v1/trackingnumbers", "post /track/v1/referencenumbers", "post /pickup/v1/pickups",
                "put /pickup/v1/pickups/cancel",
            ],
            Goods_over_a_border_are_declared, Prices_are_the_account_s_and_days_are_told_or_counted);
    }

    [Fact]
    public async Task Prices_are_the_account_s_and_days_are_told_or_counted()
    {
        var rates = (await Carrier.Rates(Asked(), default)).Rates;
        Assert.Equal(
            [("FEDEX_GROUND", 1_420, "2026-12-03", false), ("PRIORITY_OVERNIGHT", 6_105, "2026-12-01", true)],
            rates.Select(r => (r.Service, r.Price.AmountMinor, $"{r.Delivers:yyyy-MM-dd}", r.Guaranteed)));
        Assert.Equal(new Surcharge("FUEL", "Fuel Surcharge", new(127, "USD")), Assert.Single(rates[0].Surcharges));
        _mock.Instead = _ => new(200, JsonNode.Parse("""
            {"output":{"rateReplyDetails":[{"serviceType":"X","operationalDetail":{"transitTime":"FIVE_DAYS"},
             "ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":1,
              "shipmentRateDetail":{"currency":"USD"}}]}]}}
            """)!.AsObject());
        // Five business days after a Monday.
        Assert.Equal(new(2026, 12, 7), Assert.Single((await Carrier.Rates(Asked(), default)).Rates).Delivers);
        _mock.Instead = null;
        await Carrier.Rates(Asked() with { Currency = "EUR", Declared = new(5_000, "EUR"), To = Berlin }, default);
    }

    [Theory]
    [InlineData(""" "minimumTransitTime":"TWO_DAYS","maximumTransitTime":"SEVEN_DAYS" """, "2026-12-09", 7)]
    [InlineData(""" "minimumTransitTime":"TWO_DAYS" """, "", null)]
    [InlineData(""" "minimumTransitTime":"TWO_DAYS","maximumTransitTime":"UNKNOWN" """, "", null)]
    public async Task Of_a_span_of_days_the_last_one_is_promised_or_none(string days, string delivers, int? count)
    {
        _mock.Instead = _ => new(200, JsonNode.Parse($$$"""
            {"output":{"rateReplyDetails":[{"serviceType":"X","commit":{"transitDays":{{{{days}}}}},
             "ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":1,"currency":"USD"}]}]}}
            """)!.AsObject());
        var rate = Assert.Single((await Carrier.Rates(Asked(), default)).Rates);
        Assert.Equal((delivers, count), ($"{rate.Delivers:yyyy-MM-dd}", rate.TransitDays));
        _mock.Misfits.Clear();
    }

    [Theory]
    [InlineData("SFR", 1_250, "CHF")]
    [InlineData("UKL", 1_250, "GBP")]
    [InlineData("JYE", 13, "JPY")]
    [InlineData("KUD", 12_500, "KWD")]
    [InlineData("EUR", 1_250, "EUR")]
    [InlineData("QQQ", 0, null)]
    public async Task Currencies_are_read_as_FedEx_writes_them(string code, long minor, string? currency)
    {
        _mock.Instead = _ => new(200, JsonNode.Parse($$$"""
            {"output":{"rateReplyDetails":[{"serviceType":"X",
             "ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":12.5,
              "shipmentRateDetail":{"currency":"{{{code}}}"}}]}]}}
            """)!.AsObject());
        var reply = await Carrier.Rates(Asked() with { Currency = currency }, default);
        if (currency is null)
        {
            var rejected = Assert.Single(reply.Rejected);
            Assert.Equal((RateRejection.OtherCurrency, "QQQ"), (rejected.Reason, rejected.Code));
            return;
        }

        Assert.Equal(new Money(minor, currency), Assert.Single(reply.Rates).Price);
        Assert.Equal(code, (string)_mock.Last!.Body["requestedShipment"]!["preferredCurrency"]!);
    }

    [Fact]
    public async Task The_total_is_in_pounds_and_goods_weigh_no_more_than_the_parcel()
    {
        CustomsDeclaration customs = new(Incoterm.Dap, "INV-1", Monday,
            [.. Enumerable.Repeat(new CustomsLine("Ring", 1, new(1_299, "USD"), 5, "711319", "PT"), 20)]);
        await Buy("light", Wanted("FEDEX_INTERNATIONAL_PRIORITY", Small with { Grams = 10_000 }) with
        {
            To = Berlin,
            Customs = customs,
        });
        var shipment = _mock.Last!.Body["requestedShipment"]!;
        Assert.Equal(22.1m, (decimal)shipment["totalWeight"]!);
        Assert.All(
            shipment["customsClearanceDetail"]!["commodities"]!.AsArray(),
            c => Assert.Equal(0.005m, (decimal)c!["weight"]!["value"]!));
    }

    [Fact]
    public async Task Goods_over_a_border_are_declared()
    {
        CustomsDeclaration customs = new(
            Incoterm.Ddp, "INV-1", Monday, [new("Blue mug", 2, new(1_299, "USD"), 400, "691110", "PT")]);
        await Buy("abroad", Wanted("FEDEX_INTERNATIONAL_PRIORITY") with { To = Berlin, Customs = customs });
        var detail = _mock.Last!.Body["requestedShipment"]!["customsClearanceDetail"]!;
        Assert.Equal(
            ("SENDER", 25.98m, "691110"), ((string)detail["dutiesPayment"]!["paymentType"]!,
                (decimal)detail["totalCustomsValue"]!["amount"]!,
                (string)detail["commodities"]![0]!["harmonizedCode"]!));
        await Buy("dap", Wanted("FEDEX_INTERNATIONAL_PRIORITY") with
        {
            To = Berlin,
            Customs = customs with { Terms = Incoterm.Dap },
            Format = LabelFormat.Zpl,
        });
        Assert.Equal("RECIPIENT", (string)_mock.Last!.Body["requestedShipment"]!["customsClearanceDetail"]![
            "dutiesPayment"]!["paymentType"]!);
    }

    [Theory]
    [InlineData(ExportReason.Sale, "SOLD")]
    [InlineData(ExportReason.Gift, "GIFT")]
    [InlineData(ExportReason.Sample, "SAMPLE")]
    [InlineData(ExportReason.Return, "NOT_SOLD")]
    [InlineData(ExportReason.Repair, "REPAIR_AND_RETURN")]
    public async Task Customs_are_told_why_goods_come_and_who_sends_them(ExportReason reason, string says)
    {
        CustomsDeclaration customs = new(
            Incoterm.Dap, "INV-1", Monday, [new("Blue mug", 2, new(1_299, "USD"), 400, "691110", "PT")], reason,
            "DE1234567", "IM2760000012", "GB980780684");
        await Buy("known", Wanted("FEDEX_INTERNATIONAL_PRIORITY") with { To = Berlin, Customs = customs });
        var shipment = _mock.Last!.Body["requestedShipment"]!;
        Assert.Equal(
            says, (string)shipment["customsClearanceDetail"]!["commercialInvoice"]!["shipmentPurpose"]!);
        Assert.Equal(
            ["DE1234567 EORI", "IM2760000012 IOSS", "GB980780684 VAT"],
            shipment["shipper"]!["tins"]!.AsArray().Select(n => $"{n!["number"]} {n["usage"]}"));
    }

    [Fact]
    public async Task A_pickup_of_today_is_of_today_where_it_is()
    {
        // Eight in the evening in Denver is three in the morning in UTC.
        Time.Now = new(2026, 12, 1, 3, 0, 0, TimeSpan.Zero);
        var ask = Pickup() with { Day = new(2026, 11, 30) };
        await Carrier.Book(ask with { TimeZone = "America/Denver" }, default);
        Assert.Equal("SAME_DAY", (string)_mock.Last!.Body["originDetail"]!["pickupDateType"]!);
        await Carrier.Book(ask with { Day = new(2026, 12, 1), TimeZone = "America/Denver" }, default);
        Assert.Equal("FUTURE_DAY", (string)_mock.Last!.Body["originDetail"]!["pickupDateType"]!);
        await Carrier.Book(ask with { Day = new(2026, 12, 1) }, default);
        Assert.Equal("SAME_DAY", (string)_mock.Last!.Body["originDetail"]!["pickupDateType"]!);
    }

    [SkippableFact]
    public async Task The_published_sample_is_read()
    {
        Skip.If(Fixtures.Find(Sample) is null, Fixtures.Missing(Sample));
        var samples = JsonNode.Parse(await File.ReadAllTextAsync(Fixtures.Find(Sample)!))!.AsArray();
        _mock.Instead = _ => new(200, samples[1]!.DeepClone().AsObject());
        var label = await Buy("sample");
        Assert.Equal(("794791341818", 21), (label.Shipment, label.Parcels.Length));
        Assert.All(label.Parcels, p => Assert.Equal((byte)'%', p.Content[0]));
        Assert.Single(label.Papers);
        // The other one has papers, and no label.
        _mock.Instead = _ => new(200, samples[0]!.DeepClone().AsObject());
        await Assert.ThrowsAsync<ProviderUnclearException>(async () => await Carrier.Buy("none", Wanted(), default));
        // Samples are not as their document says, to the letter.
        _mock.Misfits.Clear();
    }

    [Fact]
    public async Task A_shipment_that_is_not_cancelled_is_refused()
    {
        _mock.Instead = _ => new(200, JsonNode.Parse("""
            {"output":{"cancelledShipment":false,"cancelledHistory":false,"message":"Too late"}}
            """)!.AsObject());
        var reply = await Carrier.Void(new("794953550001", "k", []), default);
        Assert.Equal((VoidStatus.Refused, "Too late"), (reply.Status, reply.Refusal!.Says));
    }
}
