using System.Globalization;
using System.Text.Json.Nodes;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Connectors;

/// <summary>
/// PaymentIntents, charges and refunds as Stripe has them. Means of payment: <c>pm_card_visa</c>, the declined
/// <c>pm_card_chargeDeclined</c>, and <c>pm_card_threeDSecure2Required</c>, which wants the buyer first.
/// </summary>
public sealed class StripeMock : ProviderMock
{
    public const string Key = "sk_test_mock", SpecPath = "specs/stripe/spec3-2023-09-12.yaml.gz";

    static readonly Lazy<OpenApiSpec?> Spec = new(Load);

    /// <summary>The published document; null where it is not here.</summary>
    public static OpenApiSpec? Published => Spec.Value;

    readonly Dictionary<string, JsonObject> _intents = [], _charges = [], _refunds = [];

    /// <summary>Every answer from now on is replayed with this status and error instead.</summary>
    public (int Status, string Code)? Refusing { get; set; }

    /// <summary>The last call.</summary>
    public MockCall? Last { get; private set; }

    /// <summary>The authorisation runs out, as after seven days.</summary>
    public void Expire(string intent) => Cancel(_intents[intent], "automatic");

    /// <summary>The buyer has done what 3-D Secure wanted.</summary>
    public void Approve(string intent) => Succeed(_intents[intent]);

    protected override OpenApiSpec? SpecOf(string path) => Spec.Value;

    protected override MockAnswer? Unauthorised(MockCall call)
    {
        var wanted = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{Key}:"));
        return call.Header("Authorization") != $"Basic {wanted}" ? Error(401, "invalid_request_error", null)
            : call.Header("Stripe-Version") != "2023-08-16" ? Error(400, "invalid_request_error", "bad_version") : null;
    }

    protected override string? KeyOf(MockCall call) => call.Method == "post" ? call.Header("Idempotency-Key") : null;

    protected override MockAnswer OtherContent() => Error(400, "idempotency_error", null);

    protected override JsonObject Trouble(int status) => Error(status, "api_error", null).Body!;

    protected override MockAnswer Do(MockCall call)
    {
        Last = call;
        if (Refusing is { } r)
            return Error(r.Status, r.Status == 402 ? "card_error" : "invalid_request_error", r.Code);
        return (call.Method, call.Path.Trim('/').Split('/')) switch
        {
            ("post", ["v1", "payment_intents"]) => Create(call.Body),
            ("post", ["v1", "payment_intents", var id, "capture"]) => With(_intents, id, i => Capture(i, call.Body)),
            ("post", ["v1", "payment_intents", var id, "cancel"]) => With(_intents, id, Void),
            ("post", ["v1", "refunds"]) =>
                With(_charges, (string)call.Body["charge"]!, c => Refund(c, call.Body)),
            ("get", ["v1", "payment_intents", var id]) => With(_intents, id, i => Told(i)),
            ("get", ["v1", "charges", var id]) => With(_charges, id, c => new(200, Copy(c))),
            ("get", ["v1", "refunds", var id]) => With(_refunds, id, c => new(200, Copy(c))),
            _ => Error(404, "invalid_request_error", null),
        };
    }

    static OpenApiSpec? Load()
    {
        if (OpenApiSpec.Find(SpecPath) is not { } spec) return null;
        // What Stripe documents (docs.stripe.com/payments/multicapture, /extended-authorization) and added to the
        // document later, without a new version of the API.
        Field(spec.Operation("post", "/v1/payment_intents/x/capture")!.Value.Operation)["final_capture"] =
            new JsonObject { ["type"] = "boolean" };
        var card = Field(spec.Operation("post", "/v1/payment_intents")!.Value.Operation)
            ["payment_method_options"]!["properties"]!["card"]!["anyOf"]![0]!["properties"]!;
        card["request_multicapture"] =
            new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("if_available", "never") };
        spec.Document["components"]!["schemas"]!["payment_method_details_card"]!["properties"]!["capture_before"] =
            new JsonObject { ["type"] = "integer" };
        return spec;
    }

    static JsonNode Field(JsonObject operation) =>
        operation["requestBody"]!["content"]!["application/x-www-form-urlencoded"]!["schema"]!["properties"]!;

    MockAnswer Create(JsonObject body)
    {
        var method = (string)body["payment_method"]!;
        JsonObject intent = new()
        {
            ["id"] = $"pi_{_intents.Count + 1}",
            ["object"] = "payment_intent",
            ["amount"] = Whole(body["amount"]),
            ["amount_capturable"] = 0,
            ["amount_received"] = 0,
            ["capture_method"] = (string)body["capture_method"]!,
            ["confirmation_method"] = "automatic",
            ["created"] = 1_795_766_400,
            ["currency"] = (string)body["currency"]!,
            ["livemode"] = false,
            ["metadata"] = body["metadata"]!.DeepClone(),
            ["payment_method_types"] = new JsonArray("card"),
            ["status"] = "requires_action",
        };
        _intents[(string)intent["id"]!] = intent;
        Effects.Add("authorise");
        switch (method)
        {
            case "pm_card_chargeDeclined":
                intent["status"] = "requires_payment_method";
                return Error(402, "card_error", "card_declined", intent, "generic_decline");
            case "pm_card_threeDSecure2Required":
                intent["next_action"] = new JsonObject
                {
                    ["type"] = "redirect_to_url",
                    ["redirect_to_url"] = new JsonObject { ["url"] = "https://hooks.stripe.com/3ds" },
                };
                return Told(intent);
            case "pm_card_visa":
                Succeed(intent);
                return Told(intent);
            default:
                return Error(400, "invalid_request_error", "resource_missing");
        }
    }

    void Succeed(JsonObject intent)
    {
        var amount = Whole(intent["amount"]);
        var taken = (string)intent["capture_method"]! == "automatic" ? amount : 0;
        JsonObject charge = new()
        {
            ["id"] = $"ch_{_charges.Count + 1}",
            ["object"] = "charge",
            ["amount"] = amount,
            ["amount_captured"] = taken,
            ["amount_refunded"] = 0,
            ["billing_details"] = new JsonObject(),
            ["captured"] = taken > 0,
            ["created"] = 1_795_766_400,
            ["currency"] = intent["currency"]!.DeepClone(),
            ["disputed"] = false,
            ["livemode"] = false,
            ["metadata"] = intent["metadata"]!.DeepClone(),
            ["paid"] = true,
            ["payment_method_details"] = new JsonObject
            {
                ["type"] = "card",
                ["card"] = new JsonObject
                {
                    ["capture_before"] = 1_796_371_200,
                    ["exp_month"] = 12,
                    ["exp_year"] = 2030,
                },
            },
            ["refunded"] = false,
            ["status"] = "succeeded",
        };
        _charges[(string)charge["id"]!] = charge;
        intent["latest_charge"] = charge["id"]!.DeepClone();
        intent["next_action"] = null;
        (intent["amount_capturable"], intent["amount_received"]) = (amount - taken, taken);
        intent["status"] = taken > 0 ? "succeeded" : "requires_capture";
    }

    MockAnswer Capture(JsonObject intent, JsonObject body)
    {
        var amount = Whole(body["amount_to_capture"]);
        if ((string)intent["status"]! != "requires_capture")
            return Error(400, "invalid_request_error", "payment_intent_unexpected_state", intent);
        if (amount > Whole(intent["amount_capturable"]))
            return Error(400, "invalid_request_error", "amount_too_large", intent);
        var charge = _charges[(string)intent["latest_charge"]!];
        var received = Whole(intent["amount_received"]) + amount;
        var isLast = body["final_capture"] is not { } final || final.ToString() == "true";
        (intent["amount_received"], charge["amount_captured"], charge["captured"]) = (received, received, true);
        intent["amount_capturable"] = isLast ? 0 : Whole(intent["amount"]) - received;
        intent["status"] = isLast ? "succeeded" : "requires_capture";
        Effects.Add("capture");
        return Told(intent, expand: false);
    }

    MockAnswer Void(JsonObject intent)
    {
        if ((string)intent["status"]! is "canceled" or "succeeded")
            return Error(400, "invalid_request_error", "payment_intent_unexpected_state", intent);
        Cancel(intent, "requested_by_customer");
        Effects.Add("void");
        return Told(intent, expand: false);
    }

    static void Cancel(JsonObject intent, string why)
    {
        intent["status"] = "canceled";
        intent["cancellation_reason"] = why;
        intent["amount_capturable"] = 0;
    }

    MockAnswer Refund(JsonObject charge, JsonObject body)
    {
        var refunded = Whole(charge["amount_refunded"]) + Whole(body["amount"]);
        if (refunded > Whole(charge["amount_captured"])) return Error(400, "invalid_request_error", null);
        charge["amount_refunded"] = refunded;
        JsonObject refund = new()
        {
            ["id"] = $"re_{_refunds.Count + 1}",
            ["object"] = "refund",
            ["amount"] = Whole(body["amount"]),
            ["charge"] = charge["id"]!.DeepClone(),
            ["created"] = 1_795_766_400,
            ["currency"] = charge["currency"]!.DeepClone(),
            ["metadata"] = body["metadata"]!.DeepClone(),
            ["status"] = "succeeded",
        };
        _refunds[(string)refund["id"]!] = refund;
        Effects.Add("refund");
        return new(200, Copy(refund));
    }

    MockAnswer Told(JsonObject intent, bool expand = true)
    {
        var told = Copy(intent);
        if (expand && told["latest_charge"] is { } charge) told["latest_charge"] = Copy(_charges[(string)charge!]);
        return new(200, told);
    }

    static MockAnswer With(Dictionary<string, JsonObject> all, string id, Func<JsonObject, MockAnswer> then) =>
        all.TryGetValue(id, out var found) ? then(found) : Error(404, "invalid_request_error", "resource_missing");

    static MockAnswer Error(
        int status, string type, string? code, JsonObject? intent = null, string? decline = null)
    {
        JsonObject error = new() { ["type"] = type, ["message"] = "No such luck for Jenny Rosen." };
        if (code is not null) error["code"] = code;
        if (decline is not null) error["decline_code"] = decline;
        if (intent is not null) error["payment_intent"] = Copy(intent);
        return new(status, new() { ["error"] = error });
    }

    static JsonObject Copy(JsonObject thing) => thing.DeepClone().AsObject();

    static long Whole(JsonNode? node) => long.Parse(node!.ToString(), CultureInfo.InvariantCulture);
}
