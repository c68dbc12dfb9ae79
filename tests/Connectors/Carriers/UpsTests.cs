using System.Text.Json.Nodes;
using Fulfillment.Connectors;
using Fulfillment.Shipping;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Connectors;

/// <summary>UPS, played by a mock that its published documents judge.</summary>
public sealed class UpsTests : MockedCarrierContract
{
    readonly UpsMock _mock = new();

    protected override CarrierMock Mock => _mock;

    protected override ICarrier Open() => new UpsCarrier(Access(), Time);

    protected override (string, string) Services => ("03", "99");

    protected override LabelStatus Unbought => LabelStatus.NotSeenYet;

    protected override LabelStatus Lost => LabelStatus.Bought;

    protected override (VoidStatus, VoidStatus) Voids => (VoidStatus.Voided, VoidStatus.AlreadyVoid);

    protected override MockAnswer Leak(string text) => new(400, new()
    {
        ["response"] = new JsonObject
        {
            ["errors"] = new JsonArray(
                new JsonObject { ["code"] = "250003", ["message"] = text }),
        },
    });

    [SkippableFact]
    public async Task Every_call_is_as_the_published_documents_say()
    {
        Skip.If(Fixtures.Find(UpsMock.Folder) is null, Fixtures.Missing(UpsMock.Folder));
        await Compares(
            [
                "post /security/v1/oauth/token", "post /rating/{version}/{requestoption}",
                "post /shipments/{version}/ship", "post /labels/{version}/recovery",
                "delete /shipments/{version}/void/cancel/{shipmentidentificationnumber}",
                "get /track/v1/details/{inquiryNumber}", "post /pickupcreation/{version}/pickup",
                "delete /shipments/{version}/pickup/{CancelBy}", "post /addressvalidation/{version}/{requestoption}",
            ],
            Goods_over_a_border_are_declared, An_address_is_told_as_UPS_writes_it);
    }

    [Fact]
    public async Task The_account_s_prices_count_and_not_the_published_ones()
    {
        var rate = (await Carrier.Rates(Asked(), default)).Rates.Single(r => r.Service == "03");
        Assert.Equal(
            (new Money(1_234, "USD"), new DateOnly(2026, 12, 3), 3, "UPS Ground"),
            (rate.Price, rate.Delivers!.Value, rate.TransitDays!.Value, rate.Name));
        Assert.Equal(new Surcharge("375", "Fuel Surcharge", new(185, "USD")), Assert.Single(rate.Surcharges));
        // Out of the United States in pounds and inches, rounded up.
        var parcel = _mock.Last!.Body["RateRequest"]!["Shipment"]!["Package"]![0]!;
        Assert.Equal("4.5", (string)parcel["PackageWeight"]!["Weight"]!);
        Assert.Equal("12", (string)parcel["Dimensions"]!["Length"]!);
    }

    [Fact]
    public async Task Goods_over_a_border_are_declared()
    {
        CustomsDeclaration customs = new(
            Incoterm.Ddp, "INV-1", Monday, [new("Blue mug", 2, new(1_299, "USD"), 400, "691110", "PT")]);
        await Buy("abroad", Wanted("65") with { To = Berlin, Customs = customs });
        var shipment = _mock.Last!.Body["ShipmentRequest"]!["Shipment"]!;
        var product = shipment["ShipmentServiceOptions"]!["InternationalForms"]!["Product"]![0]!;
        Assert.Equal(
            ("691110", "12.99", "2"), ((string)product["CommodityCode"]!, (string)product["Unit"]!["Value"]!,
                (string)product["Unit"]!["Number"]!));
        // The sender pays carriage and duty; the key is on the shipment.
        Assert.Equal(2, shipment["PaymentInformation"]!["ShipmentCharge"]!.AsArray().Count);
        Assert.Equal("abroad", (string)shipment["ReferenceNumber"]![0]!["Value"]!);
        await Buy("dap", Wanted("65") with { To = Berlin, Customs = customs with { Terms = Incoterm.Dap } });
        Assert.Single(
            _mock.Last!.Body["ShipmentRequest"]!["Shipment"]!["PaymentInformation"]!["ShipmentCharge"]!.AsArray());
    }

    [Theory]
    [InlineData(ExportReason.Sale, "SALE")]
    [InlineData(ExportReason.Gift, "GIFT")]
    [InlineData(ExportReason.Sample, "SAMPLE")]
    [InlineData(ExportReason.Return, "RETURN")]
    [InlineData(ExportReason.Repair, "REPAIR")]
    public async Task Customs_are_told_why_goods_come_and_who_sends_them(ExportReason reason, string says)
    {
        CustomsDeclaration customs = new(
            Incoterm.Dap, "INV-1", Monday, [new("Blue mug", 2, new(1_299, "USD"), 400, "691110", "PT")], reason,
            "XI123456789000", "IM2760000012", "GB980780684");
        await Buy("known", Wanted("65") with { To = Berlin, Customs = customs });
        var shipment = _mock.Last!.Body["ShipmentRequest"]!["Shipment"]!;
        Assert.Equal(
            says, (string)shipment["ShipmentServiceOptions"]!["InternationalForms"]!["ReasonForExport"]!);
        Assert.Equal(
            ("0356", "IM2760000012"), ((string)shipment["ShipFrom"]!["VendorInfo"]!["VendorCollectIDTypeCode"]!,
                (string)shipment["ShipFrom"]!["VendorInfo"]!["VendorCollectIDNumber"]!));
        Assert.Equal(
            ["XI123456789000 0002 02 GB", "GB980780684 1002 01 GB"],
            shipment["GlobalTaxInformation"]!["AgentTaxIdentificationNumber"]![0]!["TaxIdentificationNumber"]!.AsArray()
                .Select(n => $"{n!["IdentificationNumber"]} {n["IDNumberTypeCode"]} {n["IDNumberPurposeCode"]} "
                    + $"{n["IDNumberIssuingCntryCd"]}"));
        await Buy("unknown", Wanted("65") with
        {
            To = Berlin,
            Customs = customs with { Eori = null, Ioss = null, GbVat = null },
        });
        Assert.Null(_mock.Last.Body["ShipmentRequest"]!["Shipment"]!["GlobalTaxInformation"]);
    }

    [Fact]
    public async Task An_address_is_told_as_UPS_writes_it()
    {
        var valid = await Carrier.Check(Viejo, default);
        Assert.Equal(AddressVerdict.Valid, valid.Verdict);
        Assert.Equal("92656-2885", Assert.Single(valid.Suggestions).Postcode);
        var corrected = await Carrier.Check(Viejo with { Lines = ["26601 Alison Creek"] }, default);
        Assert.Equal(AddressVerdict.Corrected, corrected.Verdict);
        Assert.Equal(AddressVerdict.Unchecked, (await Carrier.Check(Berlin, default)).Verdict);
    }

    [Fact]
    public async Task What_is_no_address_or_may_be_several_is_told()
    {
        const string none = """{"XAVResponse":{"NoCandidatesIndicator":""}}""", many = """
            {"XAVResponse":{"AmbiguousAddressIndicator":"","Candidate":[{"AddressKeyFormat":{"CountryCode":"US"}}]}}
            """;
        foreach (var (answer, verdict) in ((string, AddressVerdict)[])
            [(none, AddressVerdict.Unknown), (many, AddressVerdict.Ambiguous)])
        {
            _mock.Instead = _ => new(200, JsonNode.Parse(answer)!.AsObject());
            Assert.Equal(verdict, (await Carrier.Check(Viejo, default)).Verdict);
        }

        // They are abridged.
        _mock.Misfits.Clear();
    }

    [Fact]
    public async Task There_is_no_PDF_and_who_wants_one_gets_an_image_and_no_manifest_is_needed()
    {
        Assert.Equal(LabelFormat.Pdf, Wanted().Format);
        Assert.Equal(LabelFormat.Gif, Assert.Single((await Buy("K")).Parcels).Format);
        Assert.Equal(CarrierStatus.NotNeeded, (await Carrier.Close("m", new(Towson, Monday, []), default)).Status);
    }

    [Fact]
    public async Task A_way_that_is_not_served_is_told_apart_from_a_refusal()
    {
        _mock.Instead = _ => Refused("111210", "The requested service is unavailable between the locations.");
        Assert.Equal(
            RateRejection.NotServed, Assert.Single((await Carrier.Rates(Asked(), default)).Rejected).Reason);
        _mock.Instead = _ => Refused("110208", "Missing/Illegal ShipTo/Address/CountryCode");
        var refused = Assert.Single((await Carrier.Rates(Asked(), default)).Rejected);
        Assert.Equal((RateRejection.Refused, "110208"), (refused.Reason, refused.Code));
    }

    MockAnswer Refused(string code, string says)
    {
        var answer = Leak(says);
        answer.Body!["response"]!["errors"]![0]!["code"] = code;
        return answer;
    }

    [Fact]
    public async Task A_form_that_is_recovered_with_the_label_is_kept()
    {
        await Buy("K");
        _mock.Instead = call => call.Path.EndsWith("/recovery", StringComparison.Ordinal) ? Recovered : null;
        var form = Assert.Single((await Carrier.Find("K", Wanted(), default)).Label!.Papers);
        Assert.Equal(new byte[] { 1, 2, 3 }, form.ToArray());
    }

    static MockAnswer Recovered => new(200, JsonNode.Parse("""
        {"LabelRecoveryResponse":{"Response":{"ResponseStatus":{"Code":"1","Description":"Success"} },
         "ShipmentIdentificationNumber":"1Z12345E0205271688","LabelResults":[{"TrackingNumber":"1Z12345E0205271688",
         "LabelImage":{"LabelImageFormat":{"Code":"GIF "},"GraphicImage":"AQID"} }],
         "Form":{"Image":{"ImageFormat":{"Code":"PDF"},"GraphicImage":"AQID"} } } }
        """)!.AsObject());
}
