namespace Fulfillment.Tests.Client;

// Purchase orders and what comes of them. There is P-1, sent, of 10 units of S.
public static partial class BadRequests
{
    static IEnumerable<BadRequest> Purchasing()
    {
        const string put = "PUT /v1/purchase-orders/P-2", at = "/v1/purchase-orders/P-1", ask = $"POST {at}/acknowledge",
            change = $"POST {at}/change", cancel = $"POST {at}/cancel", ship = $"POST {at}/shipments",
            count = $"POST {at}/receipts", transfer = "PUT /v1/transfers/T-1", charge = $"POST {at}/charges",
            good = """ "sku":"S","quantity":1,"unitCost":{"amount":1,"currency":"EUR"} """,
            terms = """ "supplier":"A","node":"LEJ1","currency":"EUR" """, soon = """ "expectedAt":"2027-01-05T08:00:00Z" """;
        (string Name, string Route, string Json, string Code, string? Field)[] rows =
        [
            ("no lines", put, $$"""{ {{terms}} }""", "required", "/lines"),
            ("a line without a date", put, $$"""{ {{terms}},"lines":[{ {{good}} }]}""", "required",
                "/lines/0/expectedAt"),
            ("another currency", put, $$"""{ {{terms.Replace("EUR", "USD", StringComparison.Ordinal)}},"lines":[{ {{good}},{{soon}} }]}""",
                "mixed-currencies", "/lines/0/unitCost/currency"),
            ("no currency of any country", put, $$"""{ {{terms.Replace("EUR", "XXX", StringComparison.Ordinal)}},"lines":[]}""",
                "invalid-request", "/currency"),
            ("a line twice", put, $$"""{ {{terms}},"lines":[{ "id":"a",{{good}},{{soon}} },{ "id":"a",{{good}},{{soon}} }]}""",
                "duplicate", "/lines/1/id"),
            ("a colon in a line's id", put, $$"""{ {{terms}},"lines":[{ "id":"a:b",{{good}},{{soon}} }]}""", "bad-id",
                "/lines/0/id"),
            ("too dear", put,
                $$"""{ {{terms}},"lines":[{"sku":"S","quantity":2147483647,"unitCost":{"amount":1000000000,"currency":"EUR"},{{soon}} }]}""",
                "out-of-range", "/lines"),
            ("a node that is not there", put,
                $$"""{"supplier":"A","node":"GONE","currency":"EUR","lines":[{ {{good}},{{soon}} }]}""", "unknown-node",
                "/node"),
            ("a tolerance of a thousandfold", put, $$"""{ {{terms}},"overReceiptPercent":1001,"lines":[{ {{good}},{{soon}} }]}""",
                "out-of-range", "/overReceiptPercent"),
            ("a colon in the id", "PUT /v1/purchase-orders/a:b", $$"""{ {{terms}},"lines":[]}""", "bad-id", "id"),
            ("an unknown line", ask, """{"id":"x","lines":[{"line":"9"}]}""", "unknown-line", "/lines"),
            ("a negative quantity", ask, """{"id":"x","lines":[{"line":"1","quantity":-1}]}""", "out-of-range",
                "/lines/0/quantity"),
            ("a line twice", ask, """{"id":"x","lines":[{"line":"1"},{"line":"1"}]}""", "duplicate", "/lines/1/line"),
            ("no date", change, """{"id":"x"}""", "required", "/expectedAt"),
            ("a bad date", change, """{"id":"x","expectedAt":"soon"}""", "bad-time", "/expectedAt"),
            ("none cancelled", cancel, """{"id":"x","lines":[{"line":"1","quantity":0}]}""", "out-of-range",
                "/lines/0/quantity"),
            ("no id", cancel, """{}""", "required", "/id"),
            ("no package", ship, $$"""{"id":"x",{{soon}},"packages":[]}""", "required", "/packages"),
            ("a bad licence plate", ship,
                $$"""{"id":"x",{{soon}},"packages":[{"sscc":"340123450000000001","lines":[{"line":"1","quantity":1}]}]}""",
                "bad-sscc", "/packages/0/sscc"),
            ("an empty package", ship, $$"""{"id":"x",{{soon}},"packages":[{"lines":[]}]}""", "required",
                "/packages/0/lines"),
            ("nothing counted", count, """{"id":"x","lines":[]}""", "required", "/lines"),
            ("more damaged than counted", count, """{"id":"x","lines":[{"line":"1","quantity":1,"damaged":2}]}""",
                "out-of-range", "/lines/0/damaged"),
            ("damaged and sellable", count,
                """{"id":"x","lines":[{"line":"1","quantity":1,"damaged":1,"state":"available"}]}""", "unknown-value",
                "/lines/0/state"),
            ("a package of no shipment", count, """{"id":"x","lines":[{"line":"1","quantity":1,"package":"p"}]}""",
                "required", "/lines/0/shipment"),
            ("a charge for nothing", charge, """{"id":"x","type":"duty","amount":{"amount":0,"currency":"EUR"}}""",
                "out-of-range", "/amount/amount"),
            ("a charge in another currency", charge,
                """{"id":"x","type":"duty","amount":{"amount":1,"currency":"USD"}}""", "mixed-currencies",
                "/amount/currency"),
            ("a charge for what", charge, """{"id":"x","type":"tea","amount":{"amount":1,"currency":"EUR"}}""",
                "unknown-value", "/type"),
            ("an unknown field", count, """{"id":"x","lines":[],"colour":1}""", "unknown-field", "/colour"),
            ("a reserved supply", "POST /v1/skus/S/supplies",
                $$"""{"id":"po:x","node":"LEJ1","quantity":1,{{soon}} }""", "reserved-id", "/id"),
            ("in transit by hand", Moves,
                """{"id":"m","node":"LEJ1","quantity":1,"from":"available","to":"in-transit","reason":"x"}""",
                "transfers-only", "/to"),
            ("to where it is", transfer, """{"from":"LEJ1","to":"LEJ1","lines":[{"sku":"S","quantity":1}]}""",
                "same-node", "/to"),
            ("from nowhere", transfer, """{"from":"GONE","to":"LEJ1","lines":[{"sku":"S","quantity":1}]}""",
                "unknown-node", "/from"),
            ("nothing to bring", transfer, """{"from":"LEJ1","to":"N2","lines":[]}""", "required", "/lines"),
            ("no date of arrival", "POST /v1/transfers/T-1/ship", """{"id":"x"}""", "required", "/expectedAt"),
            ("lost without a reason", "POST /v1/transfers/T-1/write-off", """{"id":"x"}""", "required", "/reason"),
        ];
        foreach (var (name, route, json, code, field) in rows)
            yield return Row($"purchasing: {name}: {route}", route, json, 400, code, field);
        (string Route, string? Json, int Status, string Code)[] refused =
        [
            ("GET /v1/purchase-orders/NONE", null, 404, "unknown-purchase-order"),
            ("POST /v1/purchase-orders/NONE/send", """{"id":"x"}""", 404, "unknown-purchase-order"),
            ("GET /v1/purchase-orders/NONE/discrepancies", null, 404, "unknown-purchase-order"),
            ("GET /v1/purchase-orders/NONE/landed-cost", null, 404, "unknown-purchase-order"),
            ("GET /v1/purchase-orders/NONE/impact", null, 404, "unknown-purchase-order"),
            ("GET /v1/transfers/NONE", null, 404, "unknown-transfer"),
            ("POST /v1/transfers/NONE/cancel", """{"id":"x"}""", 404, "unknown-transfer"),
            ("GET /v1/transfers?status=lost", null, 400, "unknown-value"),
            ($"GET {at}/shipments/NONE", null, 404, "unknown-shipment"),
            ($"GET {at}/receipts/NONE", null, 404, "unknown-receipt"),
            ($"POST {at}/shipments/NONE/finish", """{"id":"x"}""", 404, "unknown-shipment"),
            ($"GET {at}/impact?line=9", null, 400, "unknown-line"),
            ($"GET {at}/impact?at=soon", null, 400, "bad-time"),
            ("GET /v1/purchase-orders?status=lost", null, 400, "unknown-value"),
            ("GET /v1/purchase-orders?cursor=%21", null, 400, "bad-cursor"),
            (count, """{"id":"x","lines":[{"line":"1","quantity":1,"shipment":"NONE"}]}""", 404, "unknown-shipment"),
            (cancel, """{"id":"x","lines":[{"line":"1","quantity":11}]}""", 409, "more-than-open"),
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
