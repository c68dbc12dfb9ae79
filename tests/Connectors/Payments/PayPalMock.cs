using System.Globalization;
using System.Text.Json.Nodes;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Connectors;

/// <summary>
/// Orders, authorisations, captures and refunds as PayPal has them. Saved means of payment: <c>good</c>,
/// <c>declined</c>; without one the buyer has to approve.
/// </summary>
public sealed class PayPalMock : ProviderMock
{
    public const string Client = "client", Secret = "shh", OrdersSpec = "specs/paypal/checkout_orders_v2.json",
        PaymentsSpec = "specs/paypal/payments_payment_v2.json";

    static readonly Lazy<OpenApiSpec?> Orders = new(() => OpenApiSpec.Find(OrdersSpec)),
        Payments = new(() => OpenApiSpec.Find(PaymentsSpec));

    readonly Dictionary<string, JsonObject> _orders = [], _authorisations = [], _captures = [], _refunds = [];
    readonly HashSet<string> _expired = [];
    readonly Dictionary<string, decimal> _left = [];

    /// <summary>How many access tokens were asked for; the last is good.</summary>
    public int Tokens { get; private set; }

    /// <summary>Every call is refused with this issue.</summary>
    public string? Refusing { get; set; }

    public MockCall? Last { get; private set; }

    /// <summary>The authorisation runs out, as after 29 days.</summary>
    public void Expire(string authorisation) => _expired.Add(authorisation);

    /// <summary>The buyer has approved the order.</summary>
    public void Approve(string order) => _orders[order]["status"] = "APPROVED";

    /// <summary>Tokens that were given are no good any more.</summary>
    public void Revoke() => Tokens += 100;

    protected override OpenApiSpec? SpecOf(string path) =>
        path.StartsWith("/v2/checkout", StringComparison.Ordinal) ? Orders.Value
        : path.StartsWith("/v2/payments", StringComparison.Ordinal) ? Payments.Value : null;

    protected override MockAnswer? Unauthorised(MockCall call)
    {
        var basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{Client}:{Secret}"));
        var wanted = call.Path == "/v1/oauth2/token" ? $"Basic {basic}" : $"Bearer token-{Tokens}";
        return call.Header("Authorization") == wanted ? null
            : Error(401, "AUTHENTICATION_FAILURE", null, "Authentication failed due to missing authorization header, "
                + "or invalid authentication credentials.");
    }

    protected override string? KeyOf(MockCall call) => call.Header("PayPal-Request-Id");

    protected override MockAnswer OtherContent() => Unprocessable("DUPLICATE_INVOICE_ID");

    protected override JsonObject Trouble(int status) => new()
    {
        ["name"] = status == 409 ? "RESOURCE_CONFLICT" : status == 429 ? "RATE_LIMIT_REACHED" : "INTERNAL_SERVER_ERROR",
        ["message"] = "It did not go well.",
        ["debug_id"] = "b1d1",
    };

    protected override MockAnswer Do(MockCall call)
    {
        Last = call;
        if (call.Path != "/v1/oauth2/token" && Refusing is { } issue) return Unprocessable(issue);
        return (call.Method, call.Path.Trim('/').Split('/')) switch
        {
            ("post", ["v1", "oauth2", "token"]) => Token(),
            ("post", ["v2", "checkout", "orders"]) => Create(call.Body),
            ("post", ["v2", "checkout", "orders", var id, "authorize" or "capture"]) => With(_orders, id, Complete),
            ("get", ["v2", "checkout", "orders", var id]) => With(_orders, id, o => new(200, Copy(o))),
            ("get", ["v2", "payments", "authorizations", var id]) => With(_authorisations, id, a => new(200, Copy(a))),
            ("post", ["v2", "payments", "authorizations", var id, "capture"]) =>
                With(_authorisations, id, a => Capture(a, call.Body)),
            ("post", ["v2", "payments", "authorizations", var id, "void"]) => With(_authorisations, id, Void),
            ("post", ["v2", "payments", "authorizations", var id, "reauthorize"]) =>
                With(_authorisations, id, a => Reauthorise(a, call.Body)),
            ("get", ["v2", "payments", "captures", var id]) => With(_captures, id, c => new(200, Copy(c))),
            ("post", ["v2", "payments", "captures", var id, "refund"]) =>
                With(_captures, id, c => Refund(c, call.Body)),
            ("get", ["v2", "payments", "refunds", var id]) => With(_refunds, id, r => new(200, Copy(r))),
            _ => Error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID", "The specified resource does not exist."),
        };
    }

    MockAnswer Token()
    {
        Tokens++;
        return new(200, new()
        {
            ["access_token"] = $"token-{Tokens}",
            ["token_type"] = "Bearer",
            ["expires_in"] = 32_400,
        });
    }

    MockAnswer Create(JsonObject body)
    {
        var vault = body["payment_source"]?.AsObject().Single().Value?["vault_id"]?.GetValue<string>();
        if (vault == "declined") return Unprocessable("INSTRUMENT_DECLINED");
        var id = $"O{_orders.Count + 1}";
        JsonObject order = new()
        {
            ["id"] = id,
            ["intent"] = body["intent"]!.DeepClone(),
            ["status"] = "PAYER_ACTION_REQUIRED",
            ["purchase_units"] = body["purchase_units"]!.DeepClone(),
            ["links"] = new JsonArray(new JsonObject
            {
                ["href"] = $"https://www.paypal.com/checkoutnow?token={id}",
                ["rel"] = "payer-action",
                ["method"] = "GET",
            }),
        };
        _orders[id] = order;
        if (vault is null) return new(200, Copy(order));
        order["status"] = "APPROVED";
        return Complete(order) with { Status = 201 };
    }

    MockAnswer Complete(JsonObject order)
    {
        if ((string)order["status"]! == "COMPLETED") return Unprocessable("ORDER_ALREADY_AUTHORIZED");
        if ((string)order["status"]! != "APPROVED") return Unprocessable("ORDER_NOT_APPROVED");
        var unit = order["purchase_units"]![0]!;
        var takes = (string)order["intent"]! == "CAPTURE";
        JsonObject made = takes
            ? Captured(unit["amount"]!.AsObject(), unit["custom_id"]!, null)
            : Authorised(unit["amount"]!.AsObject(), unit["custom_id"]!);
        unit["payments"] = new JsonObject
        {
            [takes ? "captures" : "authorizations"] = new JsonArray(Without(made, "supplementary_data")),
        };
        order["status"] = "COMPLETED";
        Effects.Add("authorise");
        return new(201, Copy(order));
    }

    JsonObject Authorised(JsonObject amount, JsonNode custom)
    {
        JsonObject made = new()
        {
            ["id"] = $"A{_authorisations.Count + 1}",
            ["status"] = "CREATED",
            ["amount"] = Copy(amount),
            ["custom_id"] = custom.DeepClone(),
            ["expiration_time"] = "2026-12-26T08:00:00Z",
        };
        _left[(string)made["id"]!] = Value(amount);
        return _authorisations[(string)made["id"]!] = made;
    }

    JsonObject Captured(JsonObject amount, JsonNode custom, string? authorisation)
    {
        JsonObject made = new()
        {
            ["id"] = $"C{_captures.Count + 1}",
            ["status"] = "COMPLETED",
            ["amount"] = Copy(amount),
            ["custom_id"] = custom.DeepClone(),
        };
        if (authorisation is not null)
        {
            made["supplementary_data"] = new JsonObject
            {
                ["related_ids"] = new JsonObject { ["authorization_id"] = authorisation },
            };
        }

        _left[(string)made["id"]!] = Value(amount);
        return _captures[(string)made["id"]!] = made;
    }

    MockAnswer Capture(JsonObject authorisation, JsonObject body)
    {
        var (id, amount) = ((string)authorisation["id"]!, body["amount"]!.AsObject());
        if (_expired.Contains(id)) return Unprocessable("AUTHORIZATION_EXPIRED");
        if ((string)authorisation["status"]! == "VOIDED") return Unprocessable("AUTHORIZATION_VOIDED");
        if ((string)authorisation["status"]! == "CAPTURED") return Unprocessable("AUTHORIZATION_ALREADY_CAPTURED");
        if (Value(amount) > _left[id]) return Unprocessable("MAX_CAPTURE_AMOUNT_EXCEEDED");
        _left[id] -= Value(amount);
        authorisation["status"] = body["final_capture"]?.GetValue<bool>() == true ? "CAPTURED" : "PARTIALLY_CAPTURED";
        Effects.Add("capture");
        return new(201, Copy(Captured(amount, authorisation["custom_id"]!, id)));
    }

    MockAnswer Void(JsonObject authorisation)
    {
        if ((string)authorisation["status"]! == "VOIDED") return Unprocessable("PREVIOUSLY_VOIDED");
        if ((string)authorisation["status"]! == "CAPTURED") return Unprocessable("PREVIOUSLY_CAPTURED");
        authorisation["status"] = "VOIDED";
        Effects.Add("void");
        return new(200, Copy(authorisation));
    }

    MockAnswer Reauthorise(JsonObject authorisation, JsonObject body)
    {
        if (_expired.Contains((string)authorisation["id"]!)) return Unprocessable("REAUTHORIZATION_NOT_SUPPORTED");
        Effects.Add("reauthorise");
        return new(201, Copy(Authorised(body["amount"]!.AsObject(), authorisation["custom_id"]!)));
    }

    MockAnswer Refund(JsonObject capture, JsonObject body)
    {
        var (id, amount) = ((string)capture["id"]!, body["amount"]!.AsObject());
        if (Value(amount) > _left[id]) return Unprocessable("REFUND_AMOUNT_EXCEEDED");
        _left[id] -= Value(amount);
        capture["status"] = _left[id] == 0 ? "REFUNDED" : "PARTIALLY_REFUNDED";
        JsonObject refund = new()
        {
            ["id"] = $"R{_refunds.Count + 1}",
            ["status"] = "COMPLETED",
            ["amount"] = Copy(amount),
            ["custom_id"] = body["custom_id"]!.DeepClone(),
        };
        Effects.Add("refund");
        return new(201, Copy(_refunds[(string)refund["id"]!] = refund));
    }

    static MockAnswer With(Dictionary<string, JsonObject> all, string id, Func<JsonObject, MockAnswer> then) =>
        all.TryGetValue(id, out var found) ? then(found)
            : Error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID", "The specified resource does not exist.");

    static MockAnswer Unprocessable(string issue) => Error(422, "UNPROCESSABLE_ENTITY", issue,
        "The requested action could not be performed, semantically incorrect, or failed business validation.");

    static MockAnswer Error(int status, string name, string? issue, string message)
    {
        JsonObject error = new() { ["name"] = name, ["message"] = message, ["debug_id"] = "b1d1" };
        if (issue is not null) error["details"] = new JsonArray(new JsonObject { ["issue"] = issue });
        return new(status, error);
    }

    static JsonObject Copy(JsonObject thing) => thing.DeepClone().AsObject();

    static JsonObject Without(JsonObject thing, string name)
    {
        var copy = Copy(thing);
        copy.Remove(name);
        return copy;
    }

    static decimal Value(JsonObject amount) => decimal.Parse((string)amount["value"]!, CultureInfo.InvariantCulture);
}
