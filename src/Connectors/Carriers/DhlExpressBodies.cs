using System.Globalization;
using System.Text.Json.Nodes;
using Fulfillment.Shipping;
using static Fulfillment.Connectors.CarrierText;

namespace Fulfillment.Connectors;

/// <summary>What is sent to the MyDHL API, metric.</summary>
static class DhlExpressBodies
{
    /// <summary>Prices and days of all products.</summary>
    public static JsonObject Rate(string account, RateAsk ask, DateTimeOffset now) => Given(
        ("customerDetails", new JsonObject
        {
            ["shipperDetails"] = Place(ask.From),
            ["receiverDetails"] = Place(ask.To),
        }),
        ("accounts", Accounts(account)), ("plannedShippingDateAndTime", Planned(ask.ShipOn, ask.TimeZone, now)),
        ("unitOfMeasurement", "metric"), ("isCustomsDeclarable", Crosses(ask)),
        ("monetaryAmount", ask.Declared is not { } worth || !Crosses(ask) ? null : new JsonArray(new JsonObject
        {
            ["typeCode"] = "declaredValue",
            ["value"] = Major(worth),
            ["currency"] = worth.Currency,
        })),
        ("estimatedDeliveryDate", new JsonObject { ["isRequested"] = true, ["typeCode"] = "QDDC" }),
        ("nextBusinessDay", true), ("packages", new JsonArray([.. ask.Parcels.Select(p => (JsonNode)Parcel(p))])));

    /// <summary>A shipment, with the reference by which it is found.</summary>
    public static JsonObject Ship(string account, string reference, LabelAsk ask, DateTimeOffset now)
    {
        var references = new JsonArray(new JsonObject { ["value"] = reference, ["typeCode"] = "CU" });
        if (!ask.References.IsDefaultOrEmpty)
            references.Add(new JsonObject { ["value"] = Cut(ask.References[0], 35), ["typeCode"] = "CU" });
        var content = Given(
            ("packages", new JsonArray([.. ask.Parcels.Select(p => (JsonNode)Parcel(p))])),
            ("isCustomsDeclarable", ask.Customs is not null),
            ("description", Cut(ask.Customs?.Lines[0].Description, 70, "Goods")),
            ("incoterm", ask.Customs is { Terms: Incoterm.Ddp } ? "DDP" : "DAP"), ("unitOfMeasurement", "metric"));
        if (ask.Customs is { } customs)
        {
            var worth = customs.Lines.Sum(l => l.Value.AmountMinor * l.Quantity);
            content["declaredValue"] = Major(new(worth, customs.Lines[0].Value.Currency));
            content["declaredValueCurrency"] = customs.Lines[0].Value.Currency;
            content["exportDeclaration"] = Declaration(customs);
        }

        return Given(
            ("plannedShippingDateAndTime", Planned(ask.ShipOn, ask.TimeZone, now)),
            ("pickup", new JsonObject { ["isRequested"] = false }), ("productCode", ask.Service),
            ("getRateEstimates", true), ("accounts", Accounts(account)),
            ("valueAddedServices", ask.Customs is { } declared ? Services(declared) : null),
            ("outputImageProperties", new JsonObject
            {
                ["printerDPI"] = 200,
                ["encodingFormat"] = ask.Format == LabelFormat.Zpl ? "zpl" : "pdf",
                ["splitDocumentsByPages"] = true,
                ["imageOptions"] = Papers(ask.Customs),
            }),
            ("customerReferences", references),
            ("customerDetails", new JsonObject
            {
                ["shipperDetails"] = Registered(Party(ask.From), ask.Customs),
                ["receiverDetails"] = Party(ask.To),
            }),
            ("content", content));
    }

    /// <summary>WY: the invoice goes to customs without paper; DD: the sender pays duty and tax.</summary>
    static JsonArray Services(CustomsDeclaration customs) =>
    [
        .. customs.Terms == Incoterm.Ddp ? [new JsonObject { ["serviceCode"] = "DD" }] : (JsonNode[])[],
        new JsonObject { ["serviceCode"] = "WY" },
    ];

    /// <summary>The label; over a border the invoice too, which DHL draws and sends ahead.</summary>
    static JsonArray Papers(CustomsDeclaration? customs) =>
    [
        new JsonObject { ["typeCode"] = "label", ["templateName"] = "ECOM26_84_001" },
        .. customs is null ? (JsonNode[])[] :
        [
            new JsonObject
            {
                ["typeCode"] = "invoice",
                ["templateName"] = "COMMERCIAL_INVOICE_P_10",
                ["isRequested"] = true,
                ["invoiceType"] = customs.Reason == ExportReason.Return ? "returns" : "commercial",
                ["languageCode"] = "eng",
            },
        ],
    ];

    /// <summary>A pickup without its shipments: DHL wants one package of each product.</summary>
    public static JsonObject Pickup(string account, PickupAsk ask)
    {
        var grams = Math.Max(1, ask.Grams / Math.Max(1, ask.Parcels));
        return new()
        {
            ["plannedPickupDateAndTime"] = Stamp(ask.Day.ToDateTime(ask.Ready), Zone(ask.TimeZone)),
            ["closeTime"] = ask.Close.ToString("HH:mm", CultureInfo.InvariantCulture),
            ["location"] = "reception",
            ["locationType"] = ask.At.Residential ? "residence" : "business",
            ["accounts"] = Accounts(account),
            ["customerDetails"] = new JsonObject { ["shipperDetails"] = Party(ask.At) },
            ["shipmentDetails"] = new JsonArray(new JsonObject
            {
                ["productCode"] = ask.Service,
                ["isCustomsDeclarable"] = false,
                ["unitOfMeasurement"] = "metric",
                ["packages"] = new JsonArray([.. Enumerable.Range(0, Math.Clamp(ask.Parcels, 1, 999))
                    .Select(_ => (JsonNode)new JsonObject { ["weight"] = Kilograms(grams) })]),
            }),
        };
    }

    static JsonObject Declaration(CustomsDeclaration customs) => new()
    {
        ["lineItems"] = new JsonArray([.. customs.Lines.Select((l, i) => (JsonNode)new JsonObject
        {
            ["number"] = i + 1,
            ["description"] = Cut(l.Description, 512),
            ["price"] = Major(l.Value),
            ["quantity"] = new JsonObject { ["value"] = l.Quantity, ["unitOfMeasurement"] = "PCS" },
            ["commodityCodes"] = new JsonArray(new JsonObject
            {
                ["typeCode"] = "outbound",
                ["value"] = l.HsCode,
            }),
            ["exportReasonType"] = ReasonOf(customs.Reason),
            ["manufacturerCountry"] = l.Origin,
            ["weight"] = new JsonObject { ["netValue"] = ExactKilograms(l.NetGrams * l.Quantity) },
        })]),
        ["invoice"] = new JsonObject
        {
            ["number"] = Cut(customs.Invoice, 35),
            ["date"] = Iso(customs.InvoicedOn),
        },
        ["exportReasonType"] = ReasonOf(customs.Reason),
        ["shipmentType"] = customs.Reason == ExportReason.Gift ? "personal" : "commercial",
    };

    static string ReasonOf(ExportReason reason) => reason switch
    {
        ExportReason.Sale => "permanent",
        ExportReason.Gift => "gift",
        ExportReason.Sample => "sample",
        ExportReason.Return => "return",
        ExportReason.Repair => "temporary",
    };

    /// <summary>
    /// The shipper with the numbers that customs know him by. SDT is what DHL calls numbers of tax that was collected
    /// with the price: IOSS, and the British one.
    /// </summary>
    static JsonObject Registered(JsonObject party, CustomsDeclaration? customs)
    {
        JsonArray numbers = [];
        if (customs?.Eori is { } eori) Add("EOR", eori, eori[..2]);
        if (customs?.Ioss is { } ioss) Add("SDT", ioss, CustomsNumbers.IossCountry(ioss) ?? "IE");
        if (customs?.GbVat is { } vat) Add("SDT", vat, "GB");
        if (numbers.Count > 0) party["registrationNumbers"] = numbers;
        return party;

        void Add(string type, string number, string country) => numbers.Add(new JsonObject
        {
            ["typeCode"] = type,
            ["number"] = number,
            // Northern Ireland is no country of ISO 3166-1.
            ["issuerCountryCode"] = country == "XI" ? "GB" : country,
        });
    }

    static JsonArray Accounts(string account) => [new JsonObject { ["typeCode"] = "shipper", ["number"] = account }];

    /// <summary>
    /// At four in the afternoon where it is sent from: what is told is a day. Today in an hour, when that is later; DHL
    /// takes no time that has passed.
    /// </summary>
    static string Planned(DateOnly day, string? timeZone, DateTimeOffset now)
    {
        var zone = Zone(timeZone);
        var soon = TimeZoneInfo.ConvertTime(now, zone).DateTime.AddHours(1);
        var planned = day.ToDateTime(new(16, 0));
        if (planned < soon && DateOnly.FromDateTime(soon.AddHours(-1)) == day)
            planned = DateOnly.FromDateTime(soon) == day ? soon : day.ToDateTime(new(23, 59));
        return Stamp(planned, zone);
    }

    /// <summary>UTC where the time zone is not known.</summary>
    static TimeZoneInfo Zone(string? timeZone) =>
        timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var known)
            ? known : TimeZoneInfo.Utc;

    /// <summary>A time on the clock there, as DHL writes it: with how far it is from GMT.</summary>
    static string Stamp(DateTime there, TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(there);
        return string.Create(CultureInfo.InvariantCulture,
            $"{there:yyyy-MM-ddTHH:mm:ss} GMT{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");
    }

    static JsonObject Parcel(ParcelSpec parcel) => new()
    {
        ["weight"] = Kilograms(parcel.Grams),
        ["dimensions"] = new JsonObject
        {
            ["length"] = Centimetres(parcel.LongestMm),
            ["width"] = Centimetres(parcel.MiddleMm),
            ["height"] = Centimetres(parcel.ShortestMm),
        },
    };

    static JsonObject Party(ShipAddress party)
    {
        var address = Place(party);
        address["addressLine1"] ??= "-";
        return new()
        {
            ["postalAddress"] = address,
            ["contactInformation"] = Given(
                ("email", party.Email is null ? null : Cut(party.Email, 70)), ("phone", Cut(party.Phone, 70, "0")),
                ("companyName", Cut(party.Company ?? party.Name, 100)),
                ("fullName", Cut(party.Name ?? party.Company, 255))),
        };
    }

    static JsonObject Place(ShipAddress party)
    {
        var lines = Lines(party, 3, 45);
        return Given(
            ("postalCode", party.Postcode ?? ""), ("cityName", Cut(party.City, 45)), ("countryCode", party.Country),
            ("provinceCode", party.State is { Length: >= 2 } ? Cut(party.State, 35) : null),
            ("addressLine1", lines.Count > 0 ? lines[0]!.DeepClone() : null),
            ("addressLine2", lines.Count > 1 ? lines[1]!.DeepClone() : null),
            ("addressLine3", lines.Count > 2 ? lines[2]!.DeepClone() : null));
    }
}
