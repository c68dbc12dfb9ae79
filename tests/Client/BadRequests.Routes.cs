namespace Fulfillment.Tests.Client;

// Routes, types, sizes, and the parameters of lists.
public static partial class BadRequests
{
    static IEnumerable<BadRequest> Routes()
    {
        foreach (var path in (string[])["/v1/nothing", "/v2/orders", "/v1/orders/o-1/nothing", "/v1/skus/a/b/c",
            "/favicon.ico", "/a.txt", "/v1", "/index.html"])
        {
            yield return Row($"no route: GET {path}", $"GET {path}", (byte[]?)null, 404, "no-such-route");
            yield return Row($"no route: POST {path}", $"POST {path}", "{}", 404, "no-such-route");
        }

        foreach (var route in (string[])["DELETE /v1/orders", "PUT /v1/orders", "POST /v1/nodes/LEJ1",
            "PATCH /v1/skus/S", "GET /v1/skus/S/receipts", "POST /healthz", "PUT /"])
            yield return Row($"wrong method: {route}", route, route.StartsWith("GET", StringComparison.Ordinal) ? null
                : "{}", 405, "method-not-allowed");

        (string Route, string? Body, string Code)[] missing =
        [
            ("GET /v1/skus/NONE", null, "unknown-sku"), ("GET /v1/nodes/NONE", null, "unknown-node"),
            ("GET /v1/orders/NONE", null, "unknown-order"),
            ("POST /v1/skus/NONE/receipts", """{"id":"r","node":"LEJ1","quantity":1}""", "unknown-sku"),
            ("POST /v1/skus/NONE/holds", """{"id":"h","quantity":1,"holdFor":"PT5M"}""", "unknown-sku"),
            ("DELETE /v1/skus/S/holds/NONE", null, "unknown-hold"),
            ("POST /v1/orders/NONE/cancel", """{"id":"c"}""", "unknown-order"),
            ("POST /v1/fulfilment-orders/o-1-F9/ship", """{"id":"s"}""", "unknown-fulfilment-order"),
            ("GET /v1/quarantine/NONE", null, "unknown-quarantine"),
            ("POST /v1/quarantine/NONE/discard", """{"reason":"x"}""", "unknown-quarantine"),
            ("POST /v1/orders/NONE/holds", """{"id":"h","type":"manual","reason":"x"}""", "unknown-order"),
            ("POST /v1/orders/NONE/holds/1/release", """{"id":"h","reason":"x"}""", "unknown-order"),
            ("POST /v1/orders/o-3/holds/0/release", """{"id":"d","reason":"x"}""", "unknown-hold"),
            ("POST /v1/orders/o-3/holds/2/reject", """{"id":"d","reason":"x"}""", "unknown-hold"),
            ("POST /v1/orders/o-3/holds/2147483647/ask-buyer", """{"id":"d","question":"x"}""", "unknown-hold"),
            ("POST /v1/orders/o-3/holds/2147483648/release", """{"id":"d","reason":"x"}""", "no-such-route"),
            ("POST /v1/orders/o-3/holds/one/release", """{"id":"d","reason":"x"}""", "no-such-route"),
            ("GET /v1/orders/NONE/payment", null, "unknown-payment"),
            ("GET /v1/orders/o-1/payment", null, "unknown-payment"),
            ("POST /v1/orders/NONE/payment-method", """{"id":"m","provider":"stripe","token":"pm_1"}""",
                "unknown-order"),
            ("POST /v1/orders/o-1/captures", """{"id":"c","amount":{"amount":1,"currency":"EUR"}}""",
                "unknown-payment"),
            ("POST /v1/orders/NONE/refunds", """{"id":"r","amount":{"amount":1,"currency":"EUR"},"reason":"x"}""",
                "unknown-order"),
            ("POST /v1/orders/o-1/payment/retry", """{"id":"t"}""", "unknown-payment"),
            ("POST /v1/orders/NONE/edit", """{"id":"e","reason":"x"}""", "unknown-order"),
            ("POST /v1/orders/o-5/intercepts/9", """{"outcome":"stopped"}""", "unknown-intercept"),
            ("GET /v1/orders/NONE/units", null, "unknown-order"), ("GET /v1/accounts/NONE", null, "unknown-account"),
            ("POST /v1/accounts/NONE/payments", """{"id":"p","amount":{"amount":1,"currency":"EUR"}}""",
                "unknown-account"),
            ("POST /v1/fulfilment-orders/o-1-F9/start", """{"id":"s"}""", "unknown-fulfilment-order"),
        ];
        foreach (var (route, body, code) in missing)
            yield return Row($"not there: {route} {body?.Length}", route, body, 404, code);
    }

    static IEnumerable<BadRequest> ContentTypes()
    {
        string?[] types =
        [
            null, "text/plain", "application/xml", "application/x-www-form-urlencoded", "application/jsonx",
            "application/json; charset=utf-16",
            "application/x-ndjson", "multipart/form-data; boundary=x",
        ];
        foreach (var type in types)
        {
            foreach (var route in (string[])[Orders, Sku, Receipts, Cancel])
            {
                var row = Row($"content type {type ?? "missing"}: {route}", route, "{}", 415,
                    "unsupported-media-type", "Content-Type");
                yield return row with { ContentType = type };
            }
        }

        foreach (var type in (string?[])[null, "application/json", "text/csv"])
        {
            var row = Row($"content type {type ?? "missing"}: bulk", "POST /v1/orders/bulk", "{}", 415,
                "unsupported-media-type", "Content-Type");
            yield return row with { ContentType = type };
        }
    }

    static IEnumerable<BadRequest> Lists()
    {
        string[] lists =
        [
            "/v1/orders", "/v1/skus", "/v1/nodes", "/v1/fulfilment-orders", "/v1/quarantine", "/v1/skus/S/movements",
            "/v1/holds", "/v1/payments", "/v1/quality-holds",
        ];
        foreach (var list in lists)
        {
            foreach (var limit in (string[])["0", "-1", "501", "abc", "1.5", "99999999999", "", "1%00"])
                yield return Row($"limit '{limit}': {list}", $"GET {list}?limit={limit}", (byte[]?)null, 400,
                    "out-of-range", "limit");
            foreach (var cursor in (string[])["no%20cursor", "%00", "", "../..", "%C3%A4", TenKilobytes])
                yield return Row($"cursor '{cursor[..Math.Min(9, cursor.Length)]}': {list}",
                    $"GET {list}?cursor={cursor}", (byte[]?)null, 400, "bad-cursor", "cursor");
        }

        foreach (var list in lists.Where(l => l is not ("/v1/skus" or "/v1/nodes")))
            foreach (var cursor in (string[])["-1", "xyz", "ffffffffffffffffff", "ffffffffffffffff", "1-2-3",
                "8000000000000000"])
                yield return Row($"cursor '{cursor}': {list}", $"GET {list}?cursor={cursor}", (byte[]?)null, 400,
                    "bad-cursor", "cursor");
        yield return Row("a SKU that is none: orders", "GET /v1/orders?sku=%00", (byte[]?)null, 400, "bad-id", "sku");
        yield return Row("a node that is none: fulfilment orders", "GET /v1/fulfilment-orders?node=%00", (byte[]?)null,
            400, "bad-id", "node");
        yield return Row("no SKU asked", "GET /v1/availability", (byte[]?)null, 400, "out-of-range", "sku");
        yield return Row("201 SKUs asked", $"GET /v1/availability?{Repeat("sku=S&", 201)}", (byte[]?)null, 400,
            "out-of-range", "sku");
    }

    static IEnumerable<BadRequest> Sizes()
    {
        foreach (var route in (string[])[Orders, Sku, Receipts, Cancel])
        {
            yield return Row($"a byte too many: {route}", route, $$"""{"id":"{{Repeat("x", (4 << 20) - 8)}}"}""", 413,
                "too-large");
            yield return Row($"far too large: {route}", route, Repeat(" ", 20 << 20), 413, "too-large");
        }
    }
}
