namespace Fulfillment.Tests.Client;

// Cards of SKUs.
public static partial class BadRequests
{
    static IEnumerable<BadRequest> Cards()
    {
        (string Name, string Json, string Code, string Field)[] fields =
        [
            ("negative weight", """ "product":{"grams":-1} """, "out-of-range", "/product/grams"),
            ("weight of a ship", """ "product":{"grams":100000001} """, "out-of-range", "/product/grams"),
            ("length in text", """ "product":{"lengthMm":"3"} """, "wrong-type", "/product/lengthMm"),
            ("width of a street", """ "product":{"widthMm":100001} """, "out-of-range", "/product/widthMm"),
            ("negative height", """ "product":{"heightMm":-9} """, "out-of-range", "/product/heightMm"),
            ("handling that is no word", """ "product":{"handling":["a b"]} """, "bad-id", "/product/handling/0"),
            ("handling twice", """ "product":{"handling":["x","x"]} """, "duplicate", "/product/handling"),
            ("too much handling", $$""" "product":{"handling":[{{Numbered(21, i => $"\"c{i}\"")}}]} """, "too-many",
                "/product/handling"),
            ("a day for a time", """ "product":{"availableFrom":"2027-01-05"} """, "bad-time",
                "/product/availableFrom"),
            ("a negative value", """ "product":{"value":{"amount":-1,"currency":"EUR"}} """, "out-of-range",
                "/product/value/amount"),
            ("a value beyond all", """ "product":{"value":{"amount":1000000000000001,"currency":"EUR"}} """,
                "out-of-range", "/product/value/amount"),
            ("a price beyond all", """ "price":{"amount":9223372036854775807,"currency":"EUR"} """, "out-of-range",
                "/price/amount"),
            ("a value in another currency than the price",
                """ "price":{"amount":1,"currency":"EUR"},"product":{"value":{"amount":1,"currency":"USD"}} """,
                "mixed-currencies", "/product/value/currency"),
            ("an unknown fact", """ "product":{"colour":"red"} """, "unknown-field", "/product/colour"),
            ("a component without units", """ "kit":[{"sku":"P"}] """, "required", "/kit/0/units"),
            ("a component of no units", """ "kit":[{"sku":"P","units":0}] """, "out-of-range", "/kit/0/units"),
            ("a component without a SKU", """ "kit":[{"units":1}] """, "required", "/kit/0/sku"),
            ("no component", """ "kit":[null] """, "wrong-type", "/kit/0"),
            ("a kit of itself", """ "kit":[{"sku":"S","units":1}] """, "self-reference", "/kit/0/sku"),
            ("a component twice", """ "kit":[{"sku":"P","units":1},{"sku":"P","units":2}] """, "duplicate",
                "/kit/1/sku"),
            ("too many components", $$""" "kit":[{{Numbered(51, i => $$"""{"sku":"P{{i}}","units":1}""")}}] """,
                "too-many", "/kit"),
            ("a stage that is none", """ "lifecycle":"dead" """, "unknown-value", "/lifecycle"),
            ("a cap below nothing", """ "backorderCap":-1 """, "out-of-range", "/backorderCap"),
            ("a cap beyond all", """ "backorderCap":1000000000001 """, "out-of-range", "/backorderCap"),
            ("an unknown order of filling", """ "fill":"lifo" """, "unknown-value", "/fill"),
            ("supply only, perhaps", """ "supplyOnly":"yes" """, "wrong-type", "/supplyOnly"),
            ("itself as a substitute", """ "substitutes":["S"] """, "self-reference", "/substitutes/0"),
            ("a substitute twice", """ "substitutes":["T","T"] """, "duplicate", "/substitutes/1"),
            ("no substitute", """ "substitutes":[null] """, "required", "/substitutes/0"),
            ("too many substitutes", $$""" "substitutes":[{{Numbered(21, i => $"\"T{i}\"")}}] """, "too-many",
                "/substitutes"),
        ];
        foreach (var (name, json, code, field) in fields)
            yield return Row($"card: {name}", Sku, $$"""{"title":"x",{{json}}}""", 400, code, field);
    }

    static IEnumerable<BadRequest> Supplies()
    {
        const string supplies = "POST /v1/skus/S/supplies", change = "PATCH /v1/skus/S/supplies/p-1";
        (string Name, string Route, string Json, string Code, string Field)[] rows =
        [
            ("no node", supplies, """{"id":"p","quantity":1,"expectedAt":"2027-01-05T08:00:00Z"}""", "required",
                "/node"),
            ("no quantity", supplies, """{"id":"p","node":"LEJ1","expectedAt":"2027-01-05T08:00:00Z"}""", "required",
                "/quantity"),
            ("no units", supplies, """{"id":"p","node":"LEJ1","quantity":0,"expectedAt":"2027-01-05T08:00:00Z"}""",
                "out-of-range", "/quantity"),
            ("no date", supplies, """{"id":"p","node":"LEJ1","quantity":1}""", "required", "/expectedAt"),
            ("a day", supplies, """{"id":"p","node":"LEJ1","quantity":1,"expectedAt":"2027-01-05"}""", "bad-time",
                "/expectedAt"),
            ("no id", supplies, """{"node":"LEJ1","quantity":1,"expectedAt":"2027-01-05T08:00:00Z"}""", "required",
                "/id"),
            ("too few", change, """{"quantity":0}""", "out-of-range", "/quantity"),
            ("too many", change, """{"quantity":2147483648}""", "out-of-range", "/quantity"),
            ("no time", change, """{"expectedAt":"soon"}""", "bad-time", "/expectedAt"),
            ("another node", change, """{"node":"LEJ1"}""", "unknown-field", "/node"),
            ("a node that is not there", supplies,
                """{"id":"p","node":"GONE","quantity":1,"expectedAt":"2027-01-05T08:00:00Z"}""", "unknown-node",
                "/node"),
            ("a receipt at no node", Receipts, """{"id":"r","node":"NONE","quantity":1}""", "unknown-node", "/node"),
            ("an adjustment at no node", Adjustments, """{"id":"a","node":"NONE","delta":1,"reason":"x"}""",
                "unknown-node", "/node"),
            ("a move at no node", Moves,
                """{"id":"m","node":"NONE","quantity":1,"from":"available","to":"qc","reason":"x"}""", "unknown-node",
                "/node"),
            ("a bad id", "PATCH /v1/skus/S/supplies/a%20b", "{}", "bad-id", "id"),
            ("a receipt of none", Receipts, """{"id":"r","node":"LEJ1","quantity":1,"supply":""}""", "bad-id",
                "/supply"),
        ];
        foreach (var (name, route, json, code, field) in rows)
            yield return Row($"supply: {name}", route, json, 400, code, field);
        (string Route, string? Json, int Status, string Code)[] refused =
        [
            ("POST /v1/skus/NONE/supplies",
                """{"id":"p","node":"LEJ1","quantity":1,"expectedAt":"2027-01-05T08:00:00Z"}""", 404, "unknown-sku"),
            (change, """{"quantity":1}""", 404, "unknown-supply"),
            ("DELETE /v1/skus/S/supplies/p-1", null, 404, "unknown-supply"),
            ("GET /v1/skus/S/supplies/p-1", null, 404, "unknown-supply"),
            ("GET /v1/skus/NONE/supplies", null, 404, "unknown-sku"),
            ("GET /v1/skus/S/supplies/p-1/impact", null, 404, "unknown-supply"),
            ("GET /v1/skus/S/supplies/p-1/impact?quantity=-1", null, 400, "out-of-range"),
            ("GET /v1/skus/S/supplies/p-1/impact?at=soon", null, 400, "bad-time"),
            (Receipts, """{"id":"r","node":"LEJ1","quantity":1,"supply":"p-1"}""", 404, "unknown-supply"),
        ];
        foreach (var (route, json, status, code) in refused)
            yield return Row($"supply: {code}: {route}", route, json, status, code);
    }

    static string Numbered(int count, Func<int, string> item) =>
        string.Join(',', Enumerable.Range(1, count).Select(item));
}
