using System.Text.Json.Nodes;

namespace Fulfillment.Tests.Support;

/// <summary>FedEx as its documents describe it. A service NOT_SERVED is refused.</summary>
public sealed class FedExMock : CarrierMock
{
    public const string Folder = "specs/fedex/";

    static readonly Dictionary<string, Lazy<OpenApiSpec?>> Specs = new[]
    {
        ("rate", "rate-api"), ("ship", "ship-api"), ("track", "track"), ("pickup", "pickup-api"),
    }.ToDictionary(s => s.Item1, s => new Lazy<OpenApiSpec?>(
        () => OpenApiSpec.Find($"{Folder}{s.Item2}.json")?.WithoutSamples()));

    protected override string[] Paths => ["/rate", "/ship", "/track", "/pickup"];

    protected override string TokenPath => "/oauth/token";

    protected override OpenApiSpec? SpecOf(string path) =>
        Specs.TryGetValue(path.Split('/')[1], out var spec) ? spec.Value : null;

    protected override MockAnswer Refuse(int status, string code, string says) => new(status, new()
    {
        ["transactionId"] = "624deea6",
        ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = says }),
    });

    protected override MockAnswer Answer(MockCall call) => (call.Method, call.Path) switch
    {
        ("post", "/rate/v1/rates/quotes") => new(200, Priced(call.Body["requestedShipment"]!)),
        ("post", "/ship/v1/shipments") => Ship(call.Body["requestedShipment"]!),
        ("put", "/ship/v1/shipments/cancel") => Void((string)call.Body["trackingNumber"]!),
        ("post", "/track/v1/trackingnumbers") => Track(
            (string)call.Body["trackingInfo"]![0]!["trackingNumberInfo"]!["trackingNumber"]!),
        ("post", "/track/v1/referencenumbers") => ByReference(
            (string)call.Body["referencesInformation"]!["value"]!),
        ("post", "/pickup/v1/pickups") => new(200, Json(
            """{"output":{"pickupConfirmationCode":"3001","message":"Courier on call","location":"COSA"}}""")),
        ("put", "/pickup/v1/pickups/cancel") => (string?)call.Body["pickupConfirmationCode"] == "3001"
                && (string?)call.Body["location"] == "COSA"
            ? new(200, Json("""{"output":{"pickupConfirmationCode":"3001","cancelConfirmationMessage":"ok"}}"""))
            : Refuse(400, "PICKUP.NOT.FOUND", "No such pickup"),
        _ => Refuse(404, "NOT.FOUND.ERROR", "No such path"),
    };

    MockAnswer Ship(JsonNode shipment)
    {
        if ((string)shipment["serviceType"]! == "NOT_SERVED")
            return Refuse(400, "SERVICE.UNAVAILABLE.ERROR", "The service is not available");
        var parcels = shipment["requestedPackageLineItems"]!.AsArray();
        var number = $"79495355{Next:0000}";
        var zpl = (string)shipment["labelSpecification"]!["imageType"]! == "ZPLII";
        var money = CurrencyOf(Text(shipment, "shipper", "address", "countryCode"));
        var reference = (string)parcels[0]!["customerReferences"]![0]!["value"]!;
        return Buy(number, reference, Day(Text(shipment, "shipDatestamp")), new(200, new()
        {
            ["output"] = new JsonObject
            {
                ["transactionShipments"] = new JsonArray(new JsonObject
                {
                    ["serviceType"] = shipment["serviceType"]!.DeepClone(),
                    ["masterTrackingNumber"] = number,
                    ["pieceResponses"] = new JsonArray([.. parcels.Select((_, i) => new JsonObject
                    {
                        ["trackingNumber"] = i == 0 ? number : $"{number}{i}",
                        ["packageDocuments"] = new JsonArray(new JsonObject
                        {
                            ["contentType"] = "LABEL",
                            ["docType"] = zpl ? "ZPLII" : "PDF",
                            ["encodedLabel"] = Label(new(
                                "FedEx", Text(shipment, "serviceType"), i == 0 ? number : $"{number}{i}",
                                zpl ? "ZPL" : "PDF", shipment["recipients"]![0]!)),
                        }),
                    })]),
                    ["completedShipmentDetail"] = Json($$"""
                        {"shipmentRating":{"shipmentRateDetails":[
                         {"rateType":"PAYOR_LIST_PACKAGE","totalNetCharge":31.5,"currency":"{{money}}"},
                         {"rateType":"PAYOR_ACCOUNT_PACKAGE","totalNetCharge":21.45,"currency":"{{money}}"}]} }
                        """),
                }),
            },
        }));
    }

    MockAnswer Void(string number)
    {
        if (!Bought.Remove(number))
            return Refuse(400, "SHIPMENT.ALREADY.DELETED", "Shipment is already deleted");
        Effects.Add("void");
        return new(200, Json("""{"output":{"cancelledShipment":true,"cancelledHistory":true,"message":"Success"}}"""));
    }

    MockAnswer ByReference(string reference)
    {
        JsonArray found = [.. Bought.Where(b => b.Value == reference).Select(b => (JsonNode)Json($$"""
            {"trackingNumber":"{{b.Key}}","trackResults":[{"trackingNumberInfo":{"trackingNumber":"{{b.Key}}"} }]}
            """))];
        return found.Count > 0 ? new(200, new()
        {
            ["output"] = new JsonObject { ["completeTrackResults"] = found },
        }) : Refuse(404, "TRACKING.REFERENCENUMBER.NOTFOUND", "Reference number cannot be found.");
    }

    MockAnswer Track(string number) => Bought.ContainsKey(number) ? new(200, Story(
        number, Scans.Replace("NUMBER", number, StringComparison.Ordinal), s =>
            s["output"]!["completeTrackResults"]![0]!["trackResults"]![0]!["scanEvents"]!.AsArray()))
        : new(200, Json($$"""
        {"output":{"completeTrackResults":[{"trackingNumber":"{{number}}","trackResults":[{
         "error":{"code":"TRACKING.TRACKINGNUMBER.NOTFOUND","message":"Tracking number cannot be found."} }]}]} }
        """));

    /// <summary>Conditions that the document of Ship tells in its descriptions.</summary>
    protected override (string Code, string Says)? Demand(MockCall call)
    {
        if (call.Path != "/ship/v1/shipments") return null;
        var shipment = call.Body["requestedShipment"]!;
        JsonNode shipper = shipment["shipper"]!, recipient = shipment["recipients"]![0]!;
        foreach (var (party, name) in ((JsonNode, string)[])[(shipper, "SHIPPER"), (recipient, "RECIPIENT")])
        {
            var country = Text(party, "address", "countryCode");
            var digits = Text(party, "contact", "phoneNumber").Count(char.IsAsciiDigit);
            if (country is "US" or "CA" or "PR" && Text(party, "address", "stateOrProvinceCode") == "")
                return ("STATEORPROVINCECODE.MISSING", $"{name} state or province code is required");
            if (digits is < 10 or > 15 || (country is "US" or "CA" && digits > 11))
                return ("PHONENUMBER.INVALID", $"{name} phone number has {digits} digits");
        }

        return Text(shipper, "address", "countryCode") == Text(recipient, "address", "countryCode")
            || shipment["customsClearanceDetail"] is not null ? null
            : ("CUSTOMSCLEARANCEDETAIL.REQUIRED", "Customs clearance detail is required");
    }

    static JsonObject Priced(JsonNode shipment) => Json(Moved(Rates, Day(Text(shipment, "shipDateStamp"))).Replace(
        "USD", CurrencyOf(Text(shipment, "shipper", "address", "countryCode")), StringComparison.Ordinal));

    const string Rates = """
        {"transactionId":"624","output":{"quoteDate":"2026-11-30","rateReplyDetails":[
         {"serviceType":"FEDEX_GROUND","serviceName":"FedEx Ground",
          "commit":{"daysInTransit":"THREE_DAYS","dateDetail":{"dayOfWeek":"THU","dayFormat":"2026-12-03"}},
          "ratedShipmentDetails":[{"rateType":"LIST","totalNetCharge":19.99,"shipmentRateDetail":{"currency":"USD"}},
           {"rateType":"ACCOUNT","totalNetCharge":14.2,"shipmentRateDetail":{"currency":"USD","surCharges":[
            {"type":"FUEL","description":"Fuel Surcharge","amount":1.27}]}}]},
         {"serviceType":"PRIORITY_OVERNIGHT","serviceName":"FedEx Priority Overnight",
          "commit":{"guaranteedType":"GUARANTEED_MORNING"},
          "operationalDetail":{"transitTime":"ONE_DAY","deliveryDate":"2026-12-01T10:30:00"},
          "ratedShipmentDetails":[{"rateType":"ACCOUNT","totalNetCharge":61.05,
           "shipmentRateDetail":{"currency":"USD"}}]}]}}
        """;

    const string Scans = """
        {"output":{"completeTrackResults":[{"trackingNumber":"NUMBER","trackResults":[{
         "trackingNumberInfo":{"trackingNumber":"NUMBER"},
         "dateAndTimes":[{"type":"ESTIMATED_DELIVERY","dateTime":"2026-12-03T00:00:00-06:00"}],
         "scanEvents":[
          {"date":"2026-12-03T10:15:00-05:00","eventType":"DL","eventDescription":"Delivered","derivedStatusCode":"DL",
           "scanLocation":{"city":"ATLANTA","countryCode":"US"}},
          {"date":"2026-12-03T08:00:00-05:00","eventType":"OD","eventDescription":"On FedEx vehicle for delivery",
           "derivedStatusCode":"IT"},
          {"date":"2026-12-02T22:00:00-05:00","eventType":"DE","eventDescription":"Delivery exception",
           "exceptionCode":"08","exceptionDescription":"Recipient not in","derivedStatusCode":"DE"},
          {"date":"2026-12-01T12:00:00-05:00","eventType":"QQ","eventDescription":"Something new",
           "derivedStatusCode":"QX"},
          {"date":"2026-12-01T09:00:00-05:00","eventType":"PU","eventDescription":"Picked up","derivedStatusCode":"PU"},
          {"date":"2026-11-30T18:00:00-05:00","eventType":"OC","eventDescription":"Shipment information sent to FedEx",
           "derivedStatusCode":"IN"}]}]}]}}
        """;
}
