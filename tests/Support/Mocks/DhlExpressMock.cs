using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;

namespace Fulfillment.Tests.Support;

/// <summary>The MyDHL API as its document describes it. Product 0 is refused.</summary>
public sealed class DhlExpressMock : CarrierMock
{
    public const string SpecPath = "specs/dhl/dpdhl-express-api-3.1.1_swagger.yaml";

    static readonly Lazy<OpenApiSpec?> Spec = new(() => OpenApiSpec.Find(SpecPath));

    protected override string[] Paths => ["/mydhlapi"];

    protected override OpenApiSpec? SpecOf(string path) => Spec.Value;

    protected override string PathIn(string path) => path["/mydhlapi".Length..];

    protected override MockAnswer? Unauthorised(MockCall call) => call.Header("Authorization")
        == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Client}:{Secret}"))}" ? null
            : Refuse(401, "Unauthorized", "Invalid Credentials");

    protected override MockAnswer Refuse(int status, string code, string says) => new(status, new()
    {
        ["instance"] = "/expressapi",
        ["title"] = code,
        ["detail"] = says,
        ["status"] = $"{status}",
    });

    protected override MockAnswer Answer(MockCall call) => (call.Method, PathIn(call.Path).Trim('/').Split('/')) switch
    {
        ("post", ["rates"]) => new(200, Json(Moved(Rates, Day(
            (string)call.Body["plannedShippingDateAndTime"]!)))),
        ("post", ["shipments"]) => Ship(call.Body),
        ("get", ["tracking"]) => ByReference(call.Query!["shipmentReference"]!),
        ("get", ["shipments", var number, "tracking"]) => Bought.ContainsKey(number)
            ? new(200, Told(number))
            : Refuse(404, "Not Found", "No data found"),
        ("post", ["pickups"]) => new(201, Json("""{"dispatchConfirmationNumbers":["PRG221222000062"]}""")),
        ("delete", ["pickups", "PRG221222000062"]) => new(200, null),
        ("delete", ["pickups", _]) => Refuse(404, "Not Found", "1002: No such pickup"),
        ("get", ["servicepoints"]) => new(200, Json(Points)),
        ("get", ["address-validate"]) => (string?)call.Query!["postalCode"] == "10115"
            ? new(200, Json("""{"address":[{"countryCode":"DE","postalCode":"10115","cityName":"BERLIN"}]}"""))
            : Refuse(400, "Bad Request", "8004: Address not found"),
        _ => Refuse(404, "Not Found", "No such path"),
    };

    MockAnswer Ship(JsonObject body)
    {
        if ((string)body["productCode"]! == "0")
            return Refuse(422, "Unprocessable", "1001: The product is not available");
        var number = $"11223344{Next:00}";
        var format = (string)body["outputImageProperties"]!["encodingFormat"]!;
        var reference = (string)body["customerReferences"]![0]!["value"]!;
        var receiver = body["customerDetails"]!["receiverDetails"]!;
        return Buy(number, reference, Day((string)body["plannedShippingDateAndTime"]!), new(201, new()
        {
            ["shipmentTrackingNumber"] = number,
            ["packages"] = new JsonArray([.. body["content"]!["packages"]!.AsArray().Select((_, i) => new JsonObject
            {
                ["referenceNumber"] = i + 1,
                ["trackingNumber"] = $"JD0146{number}{i}",
            })]),
            ["documents"] = new JsonArray([.. body["content"]!["packages"]!.AsArray().Select((_, i) => new JsonObject
            {
                ["imageFormat"] = format.ToUpperInvariant(),
                ["content"] = Label(new(
                    "DHL EXPRESS", (string)body["productCode"]!, $"JD0146{number}{i}", format.ToUpperInvariant(),
                    receiver)),
                ["typeCode"] = "label",
            }).Concat(!HasInvoice(body) ? [] :
            [
                new JsonObject
                {
                    ["imageFormat"] = "PDF",
                    ["content"] = Label(new("DHL EXPRESS", "INVOICE", number, "PDF", receiver)),
                    ["typeCode"] = "invoice",
                },
            ])]),
            ["shipmentCharges"] = new JsonArray(Json(
                """{"currencyType":"BILLC","priceCurrency":"EUR","price":42.1}""")),
        }));
    }

    /// <summary>Conditions that its document tells in words and by its errors.</summary>
    protected override (string Code, string Says)? Demand(MockCall call)
    {
        if (call.Method != "post" || !call.Path.EndsWith("/shipments", StringComparison.Ordinal)) return null;
        var content = call.Body["content"]!;
        if ((bool)content["isCustomsDeclarable"]! && content["exportDeclaration"] is null)
            return ("Bad request", "8009: exportDeclaration must be provided of what is dutiable");
        return Services(call.Body).Contains("WY") && !HasInvoice(call.Body)
            ? ("Bad request", "7120: Required either #/outputImageProperties/imageOptions where typeCode=invoice")
            : null;
    }

    static IEnumerable<string> Services(JsonNode shipment) =>
        (shipment["valueAddedServices"]?.AsArray() ?? []).Select(s => (string)s!["serviceCode"]!);

    static bool HasInvoice(JsonNode shipment) => shipment["outputImageProperties"]!["imageOptions"]!.AsArray()
        .Any(i => (string)i!["typeCode"]! == "invoice" && (bool)i["isRequested"]!);

    /// <summary>Shipments that were destroyed on the way.</summary>
    public ConcurrentDictionary<string, bool> Lost { get; } = [];

    JsonObject Told(string number)
    {
        var told = Story(
            number, Tracking.Replace("NUMBER", number, StringComparison.Ordinal), Events, oldestFirst: true);
        if (Lost.ContainsKey(number))
        {
            var last = Events(told)[^1]!.DeepClone();
            (last["typeCode"], last["description"], last["time"]) = ("DS", "Destroyed or disposed of", "23:00:00");
            Events(told).Add(last);
        }

        return told;

        static JsonArray Events(JsonObject t) => t["shipments"]![0]!["events"]!.AsArray();
    }

    MockAnswer ByReference(string reference) => Bought.FirstOrDefault(b => b.Value == reference).Key is { } number
        ? new(200, Json($$"""
            {"shipments":[{"shipmentTrackingNumber":"{{number}}","status":"Success","events":[],
             "pieces":[{"number":1,"trackingNumber":"JD0146{{number}}0","events":[]}]}]}
            """))
        : Refuse(404, "Not Found", "No data found");

    const string Rates = """
        {"products":[
         {"productName":"EXPRESS WORLDWIDE","productCode":"P","weight":{"volumetric":0.4,"provided":2,
           "unitOfMeasurement":"metric"},
          "totalPrice":[{"currencyType":"BILLC","priceCurrency":"EUR","price":42.1},
           {"currencyType":"BASEC","priceCurrency":"USD","price":46}],
          "detailedPriceBreakdown":[{"currencyType":"BILLC","priceCurrency":"EUR","breakdown":[
           {"name":"EXPRESS WORLDWIDE","price":36.1},
           {"name":"FUEL SURCHARGE","serviceCode":"FF","price":6,"priceCurrency":"EUR"}]}],
          "deliveryCapabilities":{"estimatedDeliveryDateAndTime":"2026-12-02T23:59:00","totalTransitDays":2}},
         {"productName":"EXPRESS 9:00","productCode":"E","weight":{"provided":2},
          "totalPrice":[{"currencyType":"BILLC","priceCurrency":"EUR","price":80}],
          "deliveryCapabilities":{"estimatedDeliveryDateAndTime":"2026-12-01T09:00:00","totalTransitDays":1}},
         {"productName":"NOT FOR THIS ACCOUNT","productCode":"Y","weight":{"provided":2},"totalPrice":[
          {"currencyType":"BILLC","price":0}]}]}
        """;

    const string Tracking = """
        {"shipments":[{"shipmentTrackingNumber":"NUMBER","status":"Success","estimatedDeliveryDate":"2026-12-03",
         "events":[
         {"date":"2026-11-30","time":"18:00:00","GMTOffset":"+01:00","typeCode":"PU","description":"Shipment picked up",
          "serviceArea":[{"code":"BER","description":"BERLIN-DE"}]},
         {"date":"2026-12-01","time":"12:00:00","GMTOffset":"+01:00","typeCode":"QQ","description":"Something new"},
         {"date":"2026-12-02","time":"22:00:00","GMTOffset":"+01:00","typeCode":"NH","description":"Not at home"},
         {"date":"2026-12-03","time":"08:00:00","GMTOffset":"+01:00","typeCode":"WC","description":"With courier"},
         {"date":"2026-12-03","time":"10:15:00","GMTOffset":"+01:00","typeCode":"OK","description":"Delivered"}]}]}
        """;

    const string Points = """
        {"servicePoints":[{"facilityId":"BER001","servicePointName":"DHL Express Service Point","localName":"Kiosk",
         "servicePointType":"PARTNER","distance":"1.65 km","address":{"addressLine1":"Invalidenstr. 1","city":"BERLIN",
          "zipCode":"10115","country":"DE"}}]}
        """;
}
