namespace Fulfillment.Tests.Client;

// Purchase orders, what comes of them, and transfers. There is P-1, sent, of 10 units of S.
public static partial class BadRequests
{
    const string Purchase = "/v1/purchase-orders/P-1", PutPurchase = "PUT /v1/purchase-orders/P-2",
        Acknowledge = $"POST {Purchase}/acknowledge", ChangePurchase = $"POST {Purchase}/change",
        CancelPurchase = $"POST {Purchase}/cancel", Announce = $"POST {Purchase}/shipments",
        Count = $"POST {Purchase}/receipts", Charge = $"POST {Purchase}/charges", PutTransfer = "PUT /v1/transfers/T-1";

    const string Soon = "\"expectedAt\":\"2027-01-05T08:00:00Z\"",
        Bought = $$"""{"sku":"S","quantity":1,"unitCost":{"amount":1,"currency":"EUR"},{{Soon}}}""";

    static IEnumerable<BadRequest> Purchasing() =>
        [.. PurchaseTerms(), .. PurchaseChanges(), .. Receiving(), .. Carrying(), .. PurchasesThatAreNot()];

    static IEnumerable<BadRequest> PurchaseTerms()
    {
        (string Name, string Lines, string Code, string Field)[] rows =
        [
            ("no lines", "", "required", "/lines"),
            ("a line without a date", Bought.Replace($",{Soon}", "", StringComparison.Ordinal), "required",
                "/lines/0/expectedAt"),
            ("a line without a cost", $$"""{"sku":"S","quantity":1,{{Soon}}}""", "required", "/lines/0/unitCost"),
            ("another currency", Bought.Replace("EUR", "USD", StringComparison.Ordinal), "mixed-currencies",
                "/lines/0/unitCost/currency"),
            ("a line twice", $"{Named("a")},{Named("a")}", "duplicate", "/lines/1/id"),
            ("a colon in a line's id", Named("a:b"), "bad-id", "/lines/0/id"),
            ("too dear", Bought.Replace("1,\"u", "2147483647,\"u", StringComparison.Ordinal)
                .Replace("1,\"c", "1000000000,\"c", StringComparison.Ordinal), "out-of-range", "/lines"),
        ];
        foreach (var (name, lines, code, field) in rows)
            yield return Row($"purchase: {name}", PutPurchase, Terms("EUR", lines), 400, code, field);
        yield return Row("purchase: a currency of nobody", PutPurchase,
            Terms("XXX", Bought.Replace("EUR", "XXX", StringComparison.Ordinal)), 400, "invalid-request", "/currency");
        yield return Row("purchase: a node that is not there", PutPurchase,
            Terms("EUR", Bought).Replace("LEJ1", "GONE", StringComparison.Ordinal), 400, "unknown-node", "/node");
        yield return Row("purchase: a tolerance of a thousandfold", PutPurchase,
            Terms("EUR", Bought, ",\"overReceiptPercent\":1001"), 400, "out-of-range", "/overReceiptPercent");
        yield return Row("purchase: a colon in the id", "PUT /v1/purchase-orders/a:b", Terms("EUR", Bought), 400,
            "bad-id", "id");
        yield return Row("purchase: a reserved supply", "POST /v1/skus/S/supplies",
            $$"""{"id":"po:x","node":"LEJ1","quantity":1,{{Soon}}}""", 400, "reserved-id", "/id");

        static string Named(string id) =>
            Bought.Replace("{\"sku", $"{{\"id\":\"{id}\",\"sku", StringComparison.Ordinal);

        static string Terms(string currency, string lines, string more = "") =>
            $$"""{"supplier":"A","node":"LEJ1","currency":"{{currency}}","lines":[{{lines}}]{{more}}}""";
    }

    static IEnumerable<BadRequest> PurchaseChanges()
    {
        (string Name, string Route, string Json, string Code, string Field)[] rows =
        [
            ("an unknown line", Acknowledge, """{"id":"x","lines":[{"line":"9"}]}""", "unknown-line", "/lines"),
            ("a negative quantity", Acknowledge, """{"id":"x","lines":[{"line":"1","quantity":-1}]}""",
                "out-of-range", "/lines/0/quantity"),
            ("a line twice", Acknowledge, """{"id":"x","lines":[{"line":"1"},{"line":"1"}]}""", "duplicate",
                "/lines/1/line"),
            ("no date", ChangePurchase, """{"id":"x"}""", "required", "/expectedAt"),
            ("a bad date", ChangePurchase, """{"id":"x","expectedAt":"soon"}""", "bad-time", "/expectedAt"),
            ("none cancelled", CancelPurchase, """{"id":"x","lines":[{"line":"1","quantity":0}]}""", "out-of-range",
                "/lines/0/quantity"),
            ("no id", CancelPurchase, """{}""", "required", "/id"),
            ("a charge for nothing", Charge, """{"id":"x","type":"duty","amount":{"amount":0,"currency":"EUR"}}""",
                "out-of-range", "/amount/amount"),
            ("a charge in another currency", Charge,
                """{"id":"x","type":"duty","amount":{"amount":1,"currency":"USD"}}""", "mixed-currencies",
                "/amount/currency"),
            ("a charge for what", Charge, """{"id":"x","type":"tea","amount":{"amount":1,"currency":"EUR"}}""",
                "unknown-value", "/type"),
        ];
        foreach (var (name, route, json, code, field) in rows)
            yield return Row($"purchase: {name}: {route}", route, json, 400, code, field);
    }

    static IEnumerable<BadRequest> Receiving()
    {
        (string Name, string Route, string Json, string Code, string Field)[] rows =
        [
            ("no package", Announce, $$"""{"id":"x",{{Soon}},"packages":[]}""", "required", "/packages"),
            ("a bad licence plate", Announce,
                $$"""
                {"id":"x",{{Soon}},"packages":[{"sscc":"340123450000000001","lines":[{"line":"1","quantity":1}]}]}
                """, "bad-sscc", "/packages/0/sscc"),
            ("an empty package", Announce, $$"""{"id":"x",{{Soon}},"packages":[{"lines":[]}]}""", "required",
                "/packages/0/lines"),
            ("nothing counted", Count, """{"id":"x","lines":[]}""", "required", "/lines"),
            ("more damaged than counted", Count, """{"id":"x","lines":[{"line":"1","quantity":1,"damaged":2}]}""",
                "out-of-range", "/lines/0/damaged"),
            ("damaged and sellable", Count,
                """{"id":"x","lines":[{"line":"1","quantity":1,"damaged":1,"state":"available"}]}""", "unknown-value",
                "/lines/0/state"),
            ("a package of no shipment", Count, """{"id":"x","lines":[{"line":"1","quantity":1,"package":"p"}]}""",
                "required", "/lines/0/shipment"),
            ("an unknown field", Count, """{"id":"x","lines":[],"colour":1}""", "unknown-field", "/colour"),
        ];
        foreach (var (name, route, json, code, field) in rows)
            yield return Row($"receiving: {name}", route, json, 400, code, field);
    }

    static IEnumerable<BadRequest> Carrying()
    {
        (string Name, string Route, string Json, string Code, string Field)[] rows =
        [
            ("in transit by hand", Moves,
                """{"id":"m","node":"LEJ1","quantity":1,"from":"available","to":"in-transit","reason":"x"}""",
                "transfers-only", "/to"),
            ("to where it is", PutTransfer, """{"from":"LEJ1","to":"LEJ1","lines":[{"sku":"S","quantity":1}]}""",
                "same-node", "/to"),
            ("from nowhere", PutTransfer, """{"from":"GONE","to":"LEJ1","lines":[{"sku":"S","quantity":1}]}""",
                "unknown-node", "/from"),
            ("nothing to bring", PutTransfer, """{"from":"LEJ1","to":"N2","lines":[]}""", "required", "/lines"),
            ("no date of arrival", "POST /v1/transfers/T-1/ship", """{"id":"x"}""", "required", "/expectedAt"),
            ("lost without a reason", "POST /v1/transfers/T-1/write-off", """{"id":"x"}""", "required", "/reason"),
        ];
        foreach (var (name, route, json, code, field) in rows)
            yield return Row($"transfer: {name}", route, json, 400, code, field);
    }

    static IEnumerable<BadRequest> PurchasesThatAreNot()
    {
        (string Route, string? Json, int Status, string Code)[] refused =
        [
            ("GET /v1/purchase-orders/NONE", null, 404, "unknown-purchase-order"),
            ("POST /v1/purchase-orders/NONE/send", """{"id":"x"}""", 404, "unknown-purchase-order"),
            ("GET /v1/purchase-orders/NONE/discrepancies", null, 404, "unknown-purchase-order"),
            ("GET /v1/purchase-orders/NONE/landed-cost", null, 404, "unknown-purchase-order"),
            ("GET /v1/purchase-orders/NONE/impact", null, 404, "unknown-purchase-order"),
            ($"GET {Purchase}/shipments/NONE", null, 404, "unknown-shipment"),
            ($"GET {Purchase}/receipts/NONE", null, 404, "unknown-receipt"),
            ($"POST {Purchase}/shipments/NONE/finish", """{"id":"x"}""", 404, "unknown-shipment"),
            ($"GET {Purchase}/impact?line=9", null, 400, "unknown-line"),
            ($"GET {Purchase}/impact?at=soon", null, 400, "bad-time"),
            ("GET /v1/purchase-orders?status=lost", null, 400, "unknown-value"),
            ("GET /v1/purchase-orders?cursor=%21", null, 400, "bad-cursor"),
            (Count, """{"id":"x","lines":[{"line":"1","quantity":1,"shipment":"NONE"}]}""", 404, "unknown-shipment"),
            (CancelPurchase, """{"id":"x","lines":[{"line":"1","quantity":11}]}""", 409, "more-than-open"),
            ("GET /v1/transfers/NONE", null, 404, "unknown-transfer"),
            ("POST /v1/transfers/NONE/cancel", """{"id":"x"}""", 404, "unknown-transfer"),
            ("GET /v1/transfers?status=lost", null, 400, "unknown-value"),
        ];
        foreach (var (route, json, status, code) in refused)
            yield return Row($"purchasing: {code}: {route}", route, json, status, code);
    }

    static async Task PreparePurchase(ApiServer api)
    {
        (await api.Put("/v1/purchase-orders/P-1",
            """
            {"supplier":"A","node":"LEJ1","currency":"EUR","lines":[{"sku":"S","quantity":10,
             "unitCost":{"amount":1,"currency":"EUR"},"expectedAt":"2027-01-05T08:00:00Z"}]}
            """)).Is(201);
        (await api.Post("/v1/purchase-orders/P-1/send", """{"id":"s"}""")).Is(200);
    }
}
