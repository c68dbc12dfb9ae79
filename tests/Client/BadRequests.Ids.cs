namespace Fulfillment.Tests.Client;

// Ids, in bodies, paths and headers.
public static partial class BadRequests
{
    static IEnumerable<BadRequest> Ids()
    {
        (string Name, string Id)[] ids =
        [
            ("empty", ""), ("a space", "a b"), ("a slash", "a/b"), ("a NUL", "a\\u0000b"), ("a line break", "a\\nb"),
            ("DEL", "a\\u007fb"),
            ("an umlaut", "ä"), ("129 characters", Long), ("10 kB", TenKilobytes), ("a tilde", "~a"),
            ("a quote", "a\\\"b"), ("dots and a slash", "../etc"),
        ];
        (string Route, string Body, string Field)[] places =
        [
            (Orders, $$"""{"id":"#","lines":[{{Line}}]}""", "/id"),
            (Orders, """{"id":"x","lines":[{"id":"#","sku":"S","quantity":1}]}""", "/lines/0/id"),
            (Orders, """{"id":"x","lines":[{"sku":"#","quantity":1}]}""", "/lines/0/sku"),
            (Receipts, """{"id":"#","node":"LEJ1","quantity":1}""", "/id"),
            (Receipts, """{"id":"r","node":"#","quantity":1}""", "/node"),
            (Cancel, """{"id":"#"}""", "/id"), (Holds, """{"id":"#","quantity":1,"holdFor":"PT5M"}""", "/id"),
            (Deliver, """{"id":"#"}""", "/id"),
            (Pay, """{"id":"#","amount":{"amount":1,"currency":"EUR"}}""", "/id"), (Ship, """{"id":"#"}""", "/id"),
        ];
        foreach (var (route, body, field) in places)
        {
            foreach (var (name, id) in ids)
                yield return Row($"id {field}: {name}: {route}", route, body.Replace("#", id, StringComparison.Ordinal),
                    400, "bad-id", field);
            yield return Row($"id {field}: half a character: {route}", route,
                body.Replace("#", "a\\ud800", StringComparison.Ordinal), 400, "bad-text", field);
        }

        yield return Row("no id: order", Orders, $$"""{"lines":[{{Line}}]}""", 400, "required", "/id");
        yield return Row("no id: cancellation", Cancel, "{}", 400, "required", "/id");
        yield return Row("no id: delivery", Deliver, "{}", 400, "required", "/id");
    }

    static IEnumerable<BadRequest> PathIds()
    {
        (string Name, string Id)[] ids =
        [
            ("a space", "a%20b"), ("a slash", "a%2Fb"), ("a line break", "a%0Ab"), ("an umlaut", "%C3%A4"),
            ("129 characters", Long),
            ("10 kB", TenKilobytes), ("a tilde", "~a"),
        ];
        foreach (var (name, id) in ids)
        {
            yield return Row($"path: {name}: SKU", $"GET /v1/skus/{id}", (byte[]?)null, 400, "bad-id", "sku");
            yield return Row($"path: {name}: put a SKU", $"PUT /v1/skus/{id}", """{"title":"x"}""", 400, "bad-id",
                "sku");
            yield return Row($"path: {name}: receipt", $"POST /v1/skus/{id}/receipts",
                """{"id":"r","node":"LEJ1","quantity":1}""", 400, "bad-id", "sku");
            yield return Row($"path: {name}: availability", $"GET /v1/availability?sku={id}", (byte[]?)null, 400,
                "bad-id", "sku");
            yield return Row($"path: {name}: node", $"PUT /v1/nodes/{id}", """{"name":"x"}""", 400, "bad-id", "node");
            yield return Row($"path: {name}: order", $"GET /v1/orders/{id}", (byte[]?)null, 400, "bad-id", "id");
            yield return Row($"path: {name}: timeline", $"GET /v1/orders/{id}/timeline", (byte[]?)null, 400, "bad-id",
                "id");
            yield return Row($"path: {name}: cancel", $"POST /v1/orders/{id}/cancel", """{"id":"c"}""", 400, "bad-id",
                "id");
            yield return Row($"path: {name}: hold", $"DELETE /v1/skus/S/holds/{id}", (byte[]?)null, 400, "bad-id",
                "id");
            yield return Row($"path: {name}: quarantine", $"GET /v1/quarantine/{id}", (byte[]?)null, 400, "bad-id",
                "id");
        }
    }

    static IEnumerable<BadRequest> Headers()
    {
        foreach (var value in (string[])["", "a b", "a/b", Long, "a,b"])
        {
            var shown = value[..Math.Min(9, value.Length)];
            BadRequest[] sellers =
            [
                Row($"Seller '{shown}'", Orders, Order(""), 400, "bad-id", "Seller"),
                Row($"Seller '{shown}': list", "GET /v1/orders", (byte[]?)null, 400, "bad-id", "Seller"),
            ];
            foreach (var row in sellers) yield return row with { Header = "Seller", Value = value };
            BadRequest[] keys =
            [
                Row($"key '{shown}'", Orders, Order(""), 400, "bad-id", "Idempotency-Key"),
                Row($"key '{shown}': SKU", Sku, """{"title":"x"}""", 400, "bad-id", "Idempotency-Key"),
            ];
            foreach (var row in keys) yield return row with { Header = "Idempotency-Key", Value = value };
        }
    }
}
