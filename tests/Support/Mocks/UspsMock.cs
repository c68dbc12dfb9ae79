using System.Text.Json.Nodes;

namespace Fulfillment.Tests.Support;

/// <summary>USPS as its documents describe it: it knows repeats by their key. LIBRARY_MAIL is refused.</summary>
public sealed class UspsMock : CarrierMock
{
    public const string Folder = "specs/usps/", Payment = "payment-token";

    static readonly Dictionary<string, Lazy<OpenApiSpec?>> Specs = new[]
    {
        ("shipments", "shipping-options"), ("labels", "domestic-labels"), ("tracking", "tracking"),
        ("pickup", "carrier-pickup"), ("scan-forms", "scan-forms"), ("addresses", "addresses"),
        ("payments", "payments"),
    }.ToDictionary(s => s.Item1, s => new Lazy<OpenApiSpec?>(() => OpenApiSpec.Find($"{Folder}{s.Item2}.yaml")));

    readonly Dictionary<string, MockLabel> _labels = [];

    /// <summary>How many consents to pay were asked for.</summary>
    public int Payments { get; private set; }

    protected override string[] Paths =>
        ["/shipments/v", "/labels/v", "/tracking/v", "/pickup/v", "/scan-forms/v", "/addresses/v", "/payments/v"];

    protected override string TokenPath => "/oauth2/v3/token";

    protected override OpenApiSpec? SpecOf(string path) =>
        Specs.TryGetValue(path.Split('/')[1], out var spec) ? spec.Value : null;

    protected override string PathIn(string path) => "/" + string.Join('/', path.Split('/')[3..]);

    protected override string? KeyOf(MockCall call) =>
        call is { Method: "post", Path: "/labels/v3/label" } ? call.Header("X-Idempotency-Key") : null;

    /// <summary>A repeat gives the existing label (X-Idempotency-Key); where there is none, it is a new call.</summary>
    protected override bool KeepsRefusals => false;

    protected override MockAnswer OtherContent() => Refuse(400, "160120", "The key was used for another label");

    protected override MockAnswer Refuse(int status, string code, string says) => new(status, new()
    {
        ["apiVersion"] = "v3",
        ["error"] = new JsonObject
        {
            ["code"] = $"{status}",
            ["message"] = "The request failed.",
            ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["detail"] = says }),
        },
    });

    protected override MockAnswer Answer(MockCall call)
    {
        if (call.Path.StartsWith("/labels", StringComparison.Ordinal)
            && call.Header("X-Payment-Authorization-Token") != Payment) return Refuse(403, "403", "No consent to pay");
        return (call.Method, call.Path.Trim('/').Split('/')) switch
        {
            ("post", ["payments", _, "payment-authorization"]) => Consent(call.Body),
            ("post", ["shipments", _, "options", "search"]) => new(200, Json(Moved(
                Options, Day((string)call.Body["packageDescription"]!["mailingDate"]!)))),
            ("post", ["labels", _, "label"]) => Label(call),
            ("post", ["labels", _, "label-reprint"]) => Bought.FirstOrDefault(
                b => b.Value == call.Header("X-Idempotency-Key")).Key is { } number
                ? new(200, Reprinted(Labelled(number))) : Refuse(400, "0000000", "Order not found"),
            ("delete", ["labels", _, "label", var number]) => Void(number),
            ("get", ["tracking", _, "tracking", var number]) => Bought.ContainsKey(number)
                ? new(200, Story(number, Tracking, t => t["trackingEvents"]!.AsArray()))
                : Refuse(404, "404", "Tracking number not found"),
            ("post", ["pickup", _, "carrier-pickup"]) => new(200, new()
            {
                ["confirmationNumber"] = "WTC123",
                ["pickupDate"] = call.Body["pickupDate"]!.DeepClone(),
                ["carrierPickupRequest"] = call.Body.DeepClone(),
            }),
            ("get", ["pickup", _, "carrier-pickup", "WTC123"]) => new(
                200, null, "\"v1\"", new JsonArray(Json("""{"confirmationNumber":"WTC123"}"""))),
            ("delete", ["pickup", _, "carrier-pickup", "WTC123"]) => call.Header("If-Match") == "\"v1\""
                ? new(200, null) : Refuse(400, "412", "Another version"),
            ("post", ["scan-forms", _, "scan-form"]) => new(200, Form(call.Body)),
            ("get", ["addresses", _, "address"]) => call.Query!["streetAddress"] == "1 NOWHERE ST"
                ? Refuse(404, "404", "Address Not Found") : new(200, Json(Corrected)),
            _ => Refuse(404, "404", "No such path"),
        };
    }

    MockAnswer Consent(JsonObject body)
    {
        Payments++;
        return new(200, new() { ["paymentAuthorizationToken"] = Payment, ["roles"] = body["roles"]!.DeepClone() });
    }

    MockAnswer Label(MockCall call)
    {
        if ((string)call.Body["packageDescription"]!["mailClass"]! == "LIBRARY_MAIL")
            return Refuse(400, "160126", "The mail class is not allowed");
        var number = $"92055900000000000000{Next:00}";
        var day = Day((string)call.Body["packageDescription"]!["mailingDate"]!);
        _labels[number] = new(
            "USPS", (string)call.Body["packageDescription"]!["mailClass"]!, number,
            ((string)call.Body["imageInfo"]!["imageType"]!)[..3], call.Body["toAddress"]!.DeepClone());
        return Buy(number, call.Header("X-Idempotency-Key")!, day, new(200, Labelled(number)));
    }

    JsonObject Labelled(string number) => Json($$"""
        {"labelAddress":{"streetAddress":"1 A ST","city":"ATLANTA","state":"GA","ZIPCode":"30301"},
         "trackingNumber":"{{number}}","postage":7.65,
         "labelImage":"{{Label(_labels[number])}}"}
        """);

    static JsonObject Reprinted(JsonObject label)
    {
        var image = label["labelImage"]!.DeepClone();
        label.Remove("labelImage");
        return new() { ["labelMetadata"] = label, ["labelImage"] = image };
    }

    MockAnswer Void(string number)
    {
        if (!Bought.Remove(number)) return Refuse(400, "160152", "The label has already been canceled");
        Effects.Add("void");
        return new(200, new() { ["trackingNumber"] = number, ["status"] = "CANCELED" });
    }

    static JsonObject Form(JsonObject body)
    {
        var form = body.DeepClone().AsObject();
        form["manifestNumber"] = "9475038234567000031430";
        form["SCANFormImage"] = Convert.ToBase64String("%PDF-1.4"u8);
        form["trackingNumbers"] = body["shipment"]!["trackingNumbers"]!.DeepClone();
        return form;
    }

    static string Option(string mailClass, string indicator, string price, string day, string name) => $$"""
        {"mailClass":"{{mailClass}}","rateOptions":[{"commitment":{"name":"{{name}}","scheduleDeliveryDate":"{{day}}",
          "guaranteedDelivery":false,"isPriorityMailNextDay":false},"totalPrice":{{price}},"totalBasePrice":{{price}},
         "rates":[{"description":"{{mailClass}} {{indicator}}","price":{{price}},"zone":"05","weight":4.5,
          "fees":[{"name":"Nonstandard Length","SKU":"D811","price":1}],"priceType":"COMMERCIAL",
          "mailClass":"{{mailClass}}","processingCategory":"MACHINABLE","rateIndicator":"{{indicator}}",
          "destinationEntryFacilityType":"NONE","SKU":"X"}]}]}
        """;

    static readonly string Options = $$"""
        {"originZIPCode":"21093","destinationZIPCode":"30301","pricingOptions":[{"priceType":"COMMERCIAL",
         "shippingOptions":[{{Option("USPS_GROUND_ADVANTAGE", "SP", "7.65", "2026-12-03", "3 Days")}},
          {{Option("PRIORITY_MAIL", "SP", "9.45", "2026-12-02", "2 Days")}}]}]}
        """;

    const string Tracking = """
        {"trackingNumber":"x","expectedDeliveryTimeStamp":"2026-12-03T20:00:00Z","trackingEvents":[
         {"eventCode":"01","eventType":"DELIVERED","GMTTimestamp":"2026-12-03T15:15:00Z","eventCity":"ATLANTA"},
         {"eventCode":"OF","eventType":"OUT FOR DELIVERY","GMTTimestamp":"2026-12-03T13:00:00Z"},
         {"eventCode":"02","eventType":"NOTICE LEFT","GMTTimestamp":"2026-12-02T22:00:00Z"},
         {"eventCode":"QQ","eventType":"SOMETHING NEW","GMTTimestamp":"2026-12-01T12:00:00Z"},
         {"eventCode":"03","eventType":"PICKED UP","GMTTimestamp":"2026-12-01T09:00:00Z"},
         {"eventCode":"GX","eventType":"LABEL CREATED","GMTTimestamp":"2026-11-30T18:00:00Z"}]}
        """;

    const string Corrected = """
        {"address":{"streetAddress":"26601 ALISO CREEK RD","city":"ALISO VIEJO","state":"CA","ZIPCode":"92656",
          "ZIPPlus4":"2885"},"additionalInfo":{"DPVConfirmation":"Y"}}
        """;
}
