using System.Globalization;
using System.Text.Json.Nodes;
using Fulfillment.Shipping;
using static Fulfillment.Connectors.CarrierText;

namespace Fulfillment.Connectors;

/// <summary>What is sent to UPS. Out of the United States weights are pounds and edges inches, else metric.</summary>
static class UpsBodies
{
    /// <summary>Rating, all services with their time in transit.</summary>
    public static JsonObject Rate(string account, RateAsk ask)
    {
        var imperial = IsImperial(ask.From);
        JsonObject shipment = new()
        {
            ["Shipper"] = RateParty(ask.From, account),
            ["ShipTo"] = RateParty(ask.To, null),
            ["ShipFrom"] = RateParty(ask.From, null),
            ["ShipmentTotalWeight"] = Weight(ask.Parcels.Sum(p => p.Grams), imperial),
            ["ShipmentRatingOptions"] = new JsonObject { ["NegotiatedRatesIndicator"] = "Y" },
            // 03: goods, not documents.
            ["DeliveryTimeInformation"] = new JsonObject
            {
                ["PackageBillType"] = "03",
                ["Pickup"] = new JsonObject { ["Date"] = Compact(ask.ShipOn) },
            },
            ["Package"] = new JsonArray([.. ask.Parcels.Select(p => (JsonNode)new JsonObject
            {
                ["PackagingType"] = Code("02", "Package"),
                ["Dimensions"] = Edges(p, imperial),
                ["PackageWeight"] = Weight(p.Grams, imperial),
            })]),
        };
        if (ask.Declared is { } worth) shipment["InvoiceLineTotal"] = Worth(worth);
        var request = Request();
        request["RequestOption"] = "Shoptimeintransit";
        return new() { ["RateRequest"] = new JsonObject { ["Request"] = request, ["Shipment"] = shipment } };
    }

    /// <summary>A shipment with the reference by which it is found.</summary>
    public static JsonObject Ship(string account, string reference, LabelAsk ask)
    {
        var imperial = IsImperial(ask.From);
        var references = new JsonArray(new JsonObject { ["Code"] = "TN", ["Value"] = reference });
        if (!ask.References.IsDefaultOrEmpty)
            references.Add(new JsonObject { ["Code"] = "ON", ["Value"] = Cut(ask.References[0], 35) });
        var atParcel = ask.From.Country == ask.To.Country && ask.From.Country is "US" or "PR";
        var shipper = Party(ask.From);
        shipper["ShipperNumber"] = account;
        JsonObject shipment = new()
        {
            ["Shipper"] = shipper,
            ["ShipTo"] = Party(ask.To),
            ["ShipFrom"] = Party(ask.From),
            ["Service"] = new JsonObject { ["Code"] = ask.Service },
            ["ShipmentDate"] = Compact(ask.ShipOn),
            ["PaymentInformation"] = new JsonObject { ["ShipmentCharge"] = Charges(account, ask) },
            ["ShipmentRatingOptions"] = new JsonObject { ["NegotiatedRatesIndicator"] = "Y" },
            ["Package"] = new JsonArray([.. ask.Parcels.Select(p => (JsonNode)Parcel(p))]),
        };
        if (!atParcel) shipment["ReferenceNumber"] = references.DeepClone();
        if (ask.Customs is { } customs)
        {
            shipment["Description"] = Cut(customs.Lines[0].Description, 35);
            shipment["ShipmentServiceOptions"] = new JsonObject { ["InternationalForms"] = Invoice(customs, ask.To) };
            UpsNumbers.Add(shipment, customs);
        }

        return new()
        {
            ["ShipmentRequest"] = new JsonObject
            {
                ["Request"] = new JsonObject { ["RequestOption"] = "nonvalidate" },
                ["Shipment"] = shipment,
                ["LabelSpecification"] = Label(ask.Format),
            },
        };

        JsonObject Parcel(ParcelSpec parcel)
        {
            JsonObject body = new()
            {
                ["Packaging"] = Code("02", "Package"),
                ["Dimensions"] = Edges(parcel, imperial),
                ["PackageWeight"] = Weight(parcel.Grams, imperial),
            };
            if (atParcel) body["ReferenceNumber"] = references.DeepClone();
            return body;
        }
    }

    /// <summary>
    /// Label Recovery by reference. The document demands a list of tracking numbers beside it, which are those of
    /// Roadie alone; its own sample for other parcels has none, and an empty list is none that it allows.
    /// </summary>
    public static JsonObject Recover(string account, string reference, LabelFormat format) => new()
    {
        ["LabelRecoveryRequest"] = new JsonObject
        {
            ["Request"] = Request(),
            ["LabelSpecification"] = Label(format),
            ["ReferenceValues"] = new JsonObject
            {
                ["ReferenceNumber"] = new JsonObject { ["Value"] = reference },
                ["ShipperNumber"] = account,
            },
        },
    };

    /// <summary>A pickup, paid for by the account.</summary>
    public static JsonObject Pickup(string account, PickupAsk ask) => new()
    {
        ["PickupCreationRequest"] = new JsonObject
        {
            ["Request"] = Request(),
            ["RatePickupIndicator"] = "N",
            ["Shipper"] = new JsonObject
            {
                ["Account"] = new JsonObject
                {
                    ["AccountNumber"] = account,
                    ["AccountCountryCode"] = ask.At.Country,
                },
            },
            ["PickupDateInfo"] = new JsonObject
            {
                ["CloseTime"] = ask.Close.ToString("HHmm", CultureInfo.InvariantCulture),
                ["ReadyTime"] = ask.Ready.ToString("HHmm", CultureInfo.InvariantCulture),
                ["PickupDate"] = Compact(ask.Day),
            },
            ["PickupAddress"] = Given(
                ("CompanyName", Cut(ask.At.Company ?? ask.At.Name, 27)),
                ("ContactName", Cut(ask.At.Name ?? ask.At.Company, 22)),
                ("AddressLine", Lines(ask.At, 3, 73)),
                ("City", Cut(ask.At.City, 50)), ("StateProvince", ask.At.State),
                ("PostalCode", Postcode(ask.At)), ("CountryCode", ask.At.Country),
                ("ResidentialIndicator", ask.At.Residential ? "Y" : "N"),
                ("Phone", Given(("Number", Cut(ask.At.Phone, 25, "0"))))),
            ["AlternateAddressIndicator"] = "Y",
            ["PickupPiece"] = new JsonArray(new JsonObject
            {
                ["ServiceCode"] = ask.Service.PadLeft(3, '0'),
                ["Quantity"] = ask.Parcels.ToString(CultureInfo.InvariantCulture),
                ["DestinationCountryCode"] = ask.ToCountry,
                ["ContainerCode"] = "01",
            }),
            ["PaymentMethod"] = "01",
        },
    };

    /// <summary>Street-level validation.</summary>
    public static JsonObject Validate(ShipAddress address) => new()
    {
        ["XAVRequest"] = new JsonObject
        {
            ["AddressKeyFormat"] = Given(
                ("AddressLine", Lines(address, 3, 100)),
                ("PoliticalDivision2", address.City is null ? null : Cut(address.City, 30)),
                ("PoliticalDivision1", address.State),
                ("PostcodePrimaryLow", Postcode(address) is { Length: >= 5 } zip ? zip[..5] : null),
                ("CountryCode", address.Country)),
        },
    };

    static JsonObject Request() =>
        new() { ["TransactionReference"] = new JsonObject { ["CustomerContext"] = "fulfillment" } };

    static JsonArray Charges(string account, LabelAsk ask)
    {
        // 01: carriage, 02: duty and tax.
        string[] types = ask.Customs is { Terms: Incoterm.Ddp } ? ["01", "02"] : ["01"];
        return [.. types.Select(type => new JsonObject
        {
            ["Type"] = type,
            ["BillShipper"] = new JsonObject { ["AccountNumber"] = account },
        })];
    }

    /// <summary>UPS draws it, and sends it to customs; it wants to know whom the goods were sold to.</summary>
    static JsonObject Invoice(CustomsDeclaration customs, ShipAddress buyer) => new()
    {
        ["FormType"] = new JsonArray("01"),
        ["Contacts"] = new JsonObject { ["SoldTo"] = SoldTo(buyer) },
        ["InvoiceNumber"] = Cut(customs.Invoice, 35),
        ["InvoiceDate"] = Compact(customs.InvoicedOn),
        ["TermsOfShipment"] = customs.Terms == Incoterm.Ddp ? "DDP" : "DAP",
        ["ReasonForExport"] = customs.Reason switch
        {
            ExportReason.Sale => "SALE",
            ExportReason.Gift => "GIFT",
            ExportReason.Sample => "SAMPLE",
            ExportReason.Return => "RETURN",
            ExportReason.Repair => "REPAIR",
        },
        ["CurrencyCode"] = customs.Lines[0].Value.Currency,
        ["Product"] = new JsonArray([.. customs.Lines.Select(l => (JsonNode)new JsonObject
        {
            ["Description"] = new JsonArray(Cut(l.Description, 35)),
            ["CommodityCode"] = l.HsCode,
            ["OriginCountryCode"] = l.Origin,
            ["Unit"] = new JsonObject
            {
                ["Number"] = l.Quantity.ToString(CultureInfo.InvariantCulture),
                ["UnitOfMeasurement"] = new JsonObject { ["Code"] = "PCS" },
                ["Value"] = Text(Major(l.Value)),
            },
        })]),
    };

    static JsonObject Label(LabelFormat format) => new()
    {
        ["LabelImageFormat"] = new JsonObject { ["Code"] = format == LabelFormat.Zpl ? "ZPL" : "GIF" },
        ["LabelStockSize"] = new JsonObject { ["Height"] = "6", ["Width"] = "4" },
    };

    static JsonObject RateParty(ShipAddress party, string? account) => Given(
        ("Name", Cut(party.Company ?? party.Name, 35)), ("ShipperNumber", account),
        ("Address", Address(party, 2)));

    static JsonObject Party(ShipAddress party) => Given(
        ("Name", Cut(party.Company ?? party.Name, 35)),
        ("AttentionName", Cut(party.Name ?? party.Company, 35)),
        ("Phone", CarrierNeeds.Digits(party) is { Length: > 0 } digits ? Given(("Number", Cut(digits, 15))) : null),
        ("Address", Address(party, 5)));

    static JsonObject SoldTo(ShipAddress buyer)
    {
        var body = Party(buyer);
        // It has no word for where somebody lives.
        ((JsonObject)body["Address"]!).Remove("ResidentialAddressIndicator");
        return body;
    }

    static JsonObject Address(ShipAddress party, int stateLength) => Given(
        ("AddressLine", Lines(party, 3, 35)),
        ("City", party.City is null && stateLength == 2 ? null : Cut(party.City, 30)),
        ("StateProvinceCode", party.State is { Length: > 0 } state && state.Length <= stateLength
            && (stateLength != 2 || state.Length == 2) ? state : null),
        ("PostalCode", Postcode(party)), ("CountryCode", party.Country),
        ("ResidentialAddressIndicator", party.Residential ? "Y" : null));

    static JsonObject Edges(ParcelSpec parcel, bool imperial) => new()
    {
        ["UnitOfMeasurement"] = imperial ? Code("IN", "Inches") : Code("CM", "Centimetres"),
        ["Length"] = Edge(parcel.LongestMm, imperial),
        ["Width"] = Edge(parcel.MiddleMm, imperial),
        ["Height"] = Edge(parcel.ShortestMm, imperial),
    };

    static string Edge(int mm, bool imperial) => (imperial ? Inches(mm) : Centimetres(mm))
        .ToString(CultureInfo.InvariantCulture);

    static JsonObject Weight(long grams, bool imperial) => new()
    {
        ["UnitOfMeasurement"] = imperial ? Code("LBS", "Pounds") : Code("KGS", "Kilograms"),
        ["Weight"] = Text(
            imperial ? Math.Ceiling(Pounds(grams) * 10) / 10 : Kilograms(grams)),
    };

    static JsonObject Worth(Money money) => new()
    {
        ["CurrencyCode"] = money.Currency,
        ["MonetaryValue"] = Text(Major(money)),
    };

    static JsonObject Code(string code, string says) => new() { ["Code"] = code, ["Description"] = says };

    static bool IsImperial(ShipAddress from) => from.Country is "US" or "PR";
}
