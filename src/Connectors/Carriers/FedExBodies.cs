using System.Globalization;
using System.Text.Json.Nodes;
using Fulfillment.Shipping;
using static Fulfillment.Connectors.CarrierText;

namespace Fulfillment.Connectors;

/// <summary>What is sent to FedEx, in kilograms and centimetres but for the total weight.</summary>
static class FedExBodies
{
    /// <summary>A parcel of our own, as FedEx calls it.</summary>
    const string OwnPackaging = "YOUR_PACKAGING", Scheduled = "USE_SCHEDULED_PICKUP";

    /// <summary>All services with their transit times, at the account's prices.</summary>
    public static JsonObject Rate(string account, RateAsk ask) => new()
    {
        ["accountNumber"] = Value(account),
        ["rateRequestControlParameters"] = new JsonObject { ["returnTransitTimes"] = true },
        ["requestedShipment"] = Given(
            ("shipper", new JsonObject { ["address"] = Place(ask.From) }),
            ("recipient", new JsonObject { ["address"] = Place(ask.To) }),
            ("preferredCurrency", ask.Currency is null ? null : FedExCurrencies.Write(ask.Currency)),
            ("rateRequestType",
                ask.Currency is null ? new JsonArray("ACCOUNT") : new JsonArray("ACCOUNT", "PREFERRED")),
            ("shipDateStamp", Iso(ask.ShipOn)), ("pickupType", Scheduled), ("packagingType", OwnPackaging),
            ("requestedPackageLineItems", new JsonArray([.. ask.Parcels.Select(p => (JsonNode)Parcel(p))])),
            ("customsClearanceDetail", ask.Declared is not { } worth || !Crosses(ask) ? null : new JsonObject
            {
                ["commodities"] = new JsonArray(new JsonObject
                {
                    ["description"] = "Goods",
                    ["quantity"] = 1,
                    ["quantityUnits"] = "PCS",
                    ["customsValue"] = Amount(worth),
                }),
            })),
    };

    /// <summary>A shipment; each of its parcels carries the reference by which it is found.</summary>
    public static JsonObject Ship(string account, string reference, LabelAsk ask)
    {
        var shipment = Given(
            ("shipDatestamp", Iso(ask.ShipOn)), ("shipper", Registered(Party(ask.From), ask.Customs)),
            ("recipients", new JsonArray(Party(ask.To))), ("pickupType", Scheduled), ("serviceType", ask.Service),
            ("packagingType", OwnPackaging), ("totalWeight", PoundsOf(ask.Parcels)),
            ("shippingChargesPayment", new JsonObject { ["paymentType"] = "SENDER" }),
            ("labelSpecification", new JsonObject
            {
                ["labelFormatType"] = "COMMON2D",
                ["labelStockType"] = ask.Format == LabelFormat.Zpl ? "STOCK_4X6" : "PAPER_4X6",
                ["imageType"] = ask.Format == LabelFormat.Zpl ? "ZPLII" : "PDF",
            }),
            ("totalPackageCount", ask.Parcels.Length),
            ("requestedPackageLineItems",
                new JsonArray([.. ask.Parcels.Select((p, i) => (JsonNode)Labelled(p, i + 1))])),
            ("customsClearanceDetail", ask.Customs is null ? null : Customs(ask.Customs, account)));
        return new()
        {
            ["labelResponseOptions"] = "LABEL",
            ["requestedShipment"] = shipment,
            ["accountNumber"] = Value(account),
        };

        JsonObject Labelled(ParcelSpec parcel, int number)
        {
            var body = Parcel(parcel);
            body["sequenceNumber"] = number;
            body["customerReferences"] = new JsonArray(Reference("CUSTOMER_REFERENCE", reference));
            if (!ask.References.IsDefaultOrEmpty)
                ((JsonArray)body["customerReferences"]!).Add(Reference("INVOICE_NUMBER", Cut(ask.References[0], 30)));
            return body;
        }
    }

    /// <summary>A pickup at an address.</summary>
    public static JsonObject Pickup(string account, PickupAsk ask, DateOnly today) => new()
    {
        ["associatedAccountNumber"] = Value(account),
        ["originDetail"] = new JsonObject
        {
            ["pickupAddressType"] = "OTHER",
            ["pickupLocation"] = new JsonObject
            {
                ["contact"] = Given(
                    ("companyName", Cut(ask.At.Company ?? ask.At.Name, 35)),
                    ("personName", Cut(ask.At.Name ?? ask.At.Company, 35)),
                    ("phoneNumber", Cut(ask.At.Phone, 15, "0"))),
                ["address"] = new JsonObject
                {
                    ["streetLines"] = Lines(ask.At, 3, 35),
                    ["city"] = Cut(ask.At.City, 35),
                    ["stateOrProvinceCode"] = Cut(ask.At.State, 2, ask.At.Country),
                    ["postalCode"] = ask.At.Postcode ?? "",
                    ["countryCode"] = ask.At.Country,
                },
            },
            ["readyDateTimestamp"] = string.Create(
                CultureInfo.InvariantCulture, $"{ask.Day:yyyy-MM-dd}T{ask.Ready:HH:mm:ss}Z"),
            ["customerCloseTime"] = ask.Close.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            ["pickupDateType"] = ask.Day == today ? "SAME_DAY" : "FUTURE_DAY",
            ["packageLocation"] = "FRONT",
        },
        ["totalWeight"] = Weight(ask.Grams),
        ["packageCount"] = ask.Parcels,
        ["carrierCode"] = CarrierOf(ask.Service),
        ["countryRelationships"] = ask.At.Country == ask.ToCountry ? "DOMESTIC" : "INTERNATIONAL",
    };

    /// <summary>Which of FedEx's networks carries a service.</summary>
    public static string CarrierOf(string service) =>
        service.Contains("GROUND", StringComparison.Ordinal) ? "FDXG" : "FDXE";

    static JsonObject Customs(CustomsDeclaration customs, string account)
    {
        var currency = customs.Lines[0].Value.Currency;
        var total = customs.Lines.Sum(l => l.Value.AmountMinor * l.Quantity);
        return new()
        {
            ["commercialInvoice"] = new JsonObject
            {
                ["shipmentPurpose"] = customs.Reason switch
                {
                    ExportReason.Sale => "SOLD",
                    ExportReason.Gift => "GIFT",
                    ExportReason.Sample => "SAMPLE",
                    ExportReason.Return => "NOT_SOLD",
                    ExportReason.Repair => "REPAIR_AND_RETURN",
                },
                ["termsOfSale"] = customs.Terms == Incoterm.Ddp ? "DDP" : "DAP",
                ["customerReferences"] = new JsonArray(Reference("INVOICE_NUMBER", Cut(customs.Invoice, 30))),
            },
            ["dutiesPayment"] = customs.Terms == Incoterm.Ddp
                ? new JsonObject
                {
                    ["paymentType"] = "SENDER",
                    ["payor"] = new JsonObject
                    {
                        ["responsibleParty"] = new JsonObject { ["accountNumber"] = Value(account) },
                    },
                }
                : new JsonObject { ["paymentType"] = "RECIPIENT" },
            ["totalCustomsValue"] = Amount(new(total, currency)),
            ["commodities"] = new JsonArray([.. customs.Lines.Select(l => (JsonNode)new JsonObject
            {
                ["description"] = Cut(l.Description, 450),
                ["harmonizedCode"] = l.HsCode,
                ["countryOfManufacture"] = l.Origin,
                ["quantity"] = l.Quantity,
                ["quantityUnits"] = "PCS",
                ["numberOfPieces"] = 1,
                ["unitPrice"] = Amount(l.Value),
                ["customsValue"] = Amount(new(l.Value.AmountMinor * l.Quantity, currency)),
                ["weight"] = new JsonObject
                {
                    ["units"] = "KG",
                    ["value"] = ExactKilograms(l.NetGrams * l.Quantity),
                },
            })]),
        };
    }

    /// <summary>The shipper with the numbers that customs know him by.</summary>
    static JsonObject Registered(JsonObject party, CustomsDeclaration? customs)
    {
        JsonArray tins = [];
        if (customs?.Eori is { } eori) Add(eori, "BUSINESS_UNION", "EORI");
        if (customs?.Ioss is { } ioss) Add(ioss, "BUSINESS_UNION", "IOSS");
        if (customs?.GbVat is { } vat) Add(vat, "BUSINESS_NATIONAL", "VAT");
        if (tins.Count > 0) party["tins"] = tins;
        return party;

        void Add(string number, string type, string usage) => tins.Add(
            new JsonObject { ["number"] = number, ["tinType"] = type, ["usage"] = usage });
    }

    static JsonObject Parcel(ParcelSpec parcel) => new()
    {
        ["weight"] = Weight(parcel.Grams),
        ["dimensions"] = new JsonObject
        {
            ["length"] = Centimetres(parcel.LongestMm),
            ["width"] = Centimetres(parcel.MiddleMm),
            ["height"] = Centimetres(parcel.ShortestMm),
            ["units"] = "CM",
        },
    };

    static JsonObject Party(ShipAddress party)
    {
        var address = Place(party);
        address["streetLines"] = Lines(party, 3, 35);
        address["city"] = Cut(party.City, 35);
        return new()
        {
            ["address"] = address,
            ["contact"] = Given(
                ("personName", Cut(party.Name ?? party.Company, 70)),
                ("phoneNumber", Cut(CarrierNeeds.Digits(party), 15, "0")),
                ("companyName", party.Company is null ? null : Cut(party.Company, 35)), ("emailAddress", party.Email)),
        };
    }

    static JsonObject Place(ShipAddress party) => Given(
        ("city", party.City is null ? null : Cut(party.City, 35)),
        ("stateOrProvinceCode", party.State is { Length: 2 } ? party.State : null),
        ("postalCode", party.Postcode ?? ""), ("countryCode", party.Country),
        ("residential", party.Residential ? true : null));

    static JsonObject Reference(string type, string value) =>
        new() { ["customerReferenceType"] = type, ["value"] = value };

    /// <summary>Of all parcels: FedEx wants pounds with one decimal here, whatever the parcels are told in.</summary>
    static decimal PoundsOf(IEnumerable<ParcelSpec> parcels) =>
        Math.Ceiling(Pounds(parcels.Sum(p => p.Grams)) * 10) / 10;

    static JsonObject Weight(long grams) => new() { ["units"] = "KG", ["value"] = Kilograms(grams) };

    static JsonObject Amount(Money money) => new()
    {
        ["amount"] = Major(money),
        ["currency"] = FedExCurrencies.Write(money.Currency),
    };

    static JsonObject Value(string text) => new() { ["value"] = text };
}
