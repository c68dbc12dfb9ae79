namespace Fulfillment.Tests.Client;

// Pick lists; what is wrong with a request is told before the list is looked for.
public static partial class BadRequests
{
    static IEnumerable<BadRequest> Picking()
    {
        const string release = "POST /v1/nodes/LEJ1/pick-lists", list = "POST /v1/pick-lists/NONE";
        const string scans = $"{list}/scans";
        (string Name, string Route, string Json, string Code, string Field)[] rows =
        [
            ("a list without an id", release, "{}", "required", "/id"),
            ("an unknown method", release, """{"id":"p","method":"zigzag"}""", "unknown-value", "/method"),
            ("none to be picked", release, """{"id":"p","most":0}""", "out-of-range", "/most"),
            ("too many to be picked", release, """{"id":"p","most":101}""", "out-of-range", "/most"),
            ("an empty list", release, """{"id":"p","fulfilmentOrders":[]}""", "out-of-range", "/fulfilmentOrders"),
            ("null to be picked", release, """{"id":"p","fulfilmentOrders":[null]}""", "bad-id",
                "/fulfilmentOrders/0"),
            ("an order to be picked", release, """{"id":"p","fulfilmentOrders":["o-1"]}""", "bad-id",
                "/fulfilmentOrders/0"),
            ("work twice", release, """{"id":"p","fulfilmentOrders":["o-1-F1","o-1-F1"]}""", "duplicate",
                "/fulfilmentOrders/1"),
            ("two orders alone", release, """{"id":"p","method":"single","fulfilmentOrders":["o-1-F1","o-2-F1"]}""",
                "one-order", "/method"),
            ("a long wave", release, $$"""{"id":"p","wave":"{{new string('w', 101)}}"}""", "too-long", "/wave"),
            ("a claim by nobody", $"{list}/claim", """{"id":"c"}""", "required", "/by"),
            ("a scan by nobody", scans, """{"id":"s","sku":"S","quantity":1}""", "required", "/by"),
            ("a scan of nothing", scans, """{"id":"s","by":"anna","quantity":1}""", "required", "/sku"),
            ("a scan of none", scans, """{"id":"s","by":"anna","sku":"S","quantity":0}""", "out-of-range",
                "/quantity"),
            ("a scan without a quantity", scans, """{"id":"s","by":"anna","sku":"S"}""", "required", "/quantity"),
            ("a scan for line 0", scans, """{"id":"s","by":"anna","sku":"S","quantity":1,"line":0}""",
                "out-of-range", "/line"),
            ("a barcode with a wrong digit", scans, """{"id":"s","by":"anna","barcode":"]E04006381333932"}""",
                "incorrect-check-digit", "/barcode"),
            ("a barcode of no SKU", scans, """{"id":"s","by":"anna","barcode":"]E04006381333931"}""",
                "unknown-barcode", "/barcode"),
            ("a serial twice", scans, """{"id":"s","by":"anna","sku":"S","quantity":2,"serials":["a","a"]}""",
                "duplicate", "/serials"),
            ("a bin that is none", scans, """{"id":"s","by":"anna","sku":"S","quantity":1,"bin":"A 1"}""", "bad-id",
                "/bin"),
            ("none missing", $"{list}/shorts", """{"id":"x","by":"anna","quantity":0}""", "out-of-range",
                "/quantity"),
            ("given up for no reason", $"{list}/cancel", """{"id":"x","by":"anna"}""", "required", "/reason"),
            ("accuracy of no time",
                "GET /v1/nodes/LEJ1/pick-accuracy?from=2026-02-02T00:00:00Z&until=2026-02-01T00:00:00Z", "",
                "out-of-range", "from"),
        ];
        foreach (var (name, route, json, code, field) in rows)
        {
            yield return json.Length > 0 ? Row($"picking: {name}", route, json, 400, code, field)
                : Row($"picking: {name}", route, (byte[]?)null, 400, code, field);
        }

        yield return Row(
            "picking: no such list", "GET /v1/pick-lists/NONE", (byte[]?)null, 404, "unknown-pick-list");
        yield return Row("picking: no list to scan for", scans,
            """{"id":"s","by":"anna","sku":"S","quantity":1}""", 404, "unknown-pick-list");
        yield return Row(
            "picking: at no node", "POST /v1/nodes/NONE/pick-lists", """{"id":"p"}""", 404, "unknown-node");
    }
}
