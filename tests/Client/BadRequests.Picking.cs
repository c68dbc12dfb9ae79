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
        foreach (var row in Releasing()) yield return row;
        yield return Row("picking: no list to scan for", scans,
            """{"id":"s","by":"anna","sku":"S","quantity":1}""", 404, "unknown-pick-list");
        yield return Row(
            "picking: at no node", "POST /v1/nodes/NONE/pick-lists", """{"id":"p"}""", 404, "unknown-node");
    }

    static IEnumerable<BadRequest> Releasing()
    {
        const string wave = "POST /v1/nodes/LEJ1/pick-waves", refill = "POST /v1/replenishments/LEJ1-R999";
        (string Name, string Route, string Json, string Code, string Field)[] rows =
        [
            ("a wave without an id", wave, "{}", "required", "/id"),
            ("a wave with a long id", wave, $$"""{"id":"{{new string('w', 97)}}"}""", "too-long", "/id"),
            ("a wave of an unknown method", wave, """{"id":"w","method":"zigzag"}""", "unknown-value", "/method"),
            ("a wave of none", wave, """{"id":"w","most":0}""", "out-of-range", "/most"),
            ("a wave of too many", wave, """{"id":"w","most":501}""", "out-of-range", "/most"),
            ("a wave of no work", wave, """{"id":"w","fulfilmentOrders":[]}""", "out-of-range", "/fulfilmentOrders"),
            ("a cart without totes", wave, """{"id":"w","orders":0}""", "out-of-range", "/orders"),
            ("single lists of two", wave, """{"id":"w","method":"single","orders":2}""", "one-order", "/orders"),
            ("lists without lines", wave, """{"id":"w","lines":0}""", "out-of-range", "/lines"),
            ("lists that are too long", wave, """{"id":"w","lines":1001}""", "out-of-range", "/lines"),
            ("lists without units", wave, """{"id":"w","units":0}""", "out-of-range", "/units"),
            ("a cart without room", wave, """{"id":"w","volumeMm3":0}""", "out-of-range", "/volumeMm3"),
            ("a face filled by nobody", $"{refill}/moves",
                """{"id":"m","from":"A","to":"B","sku":"S","quantity":1}""", "required", "/by"),
            ("a face filled from nowhere", $"{refill}/moves",
                """{"id":"m","by":"anna","to":"B","sku":"S","quantity":1}""", "required", "/from"),
            ("a face that is not scanned", $"{refill}/moves",
                """{"id":"m","by":"anna","from":"A","sku":"S","quantity":1}""", "required", "/to"),
            ("a face filled with nothing", $"{refill}/moves",
                """{"id":"m","by":"anna","from":"A","to":"B","quantity":1}""", "required", "/sku"),
            ("a face filled with none", $"{refill}/moves",
                """{"id":"m","by":"anna","from":"A","to":"B","sku":"S","quantity":0}""", "out-of-range", "/quantity"),
            ("a face claimed by nobody", $"{refill}/claim", """{"id":"c"}""", "required", "/by"),
            ("a face finished by nobody", $"{refill}/finish", """{"id":"c"}""", "required", "/by"),
            ("replenishment of no node", "GET /v1/replenishments", "", "required", "node"),
        ];
        foreach (var (name, route, json, code, field) in rows)
        {
            yield return json.Length > 0 ? Row($"picking: {name}", route, json, 400, code, field)
                : Row($"picking: {name}", route, (byte[]?)null, 400, code, field);
        }

        yield return Row("picking: no such wave", "GET /v1/pick-waves/NONE", (byte[]?)null, 404, "unknown-pick-wave");
        yield return Row(
            "picking: no such replenishment", "GET /v1/replenishments/LEJ1-R999", (byte[]?)null, 404,
            "unknown-replenishment");
        yield return Row(
            "picking: no id of a replenishment", "GET /v1/replenishments/LEJ1", (byte[]?)null, 404,
            "unknown-replenishment");
        yield return Row(
            "picking: a wave at no node", "POST /v1/nodes/NONE/pick-waves", """{"id":"w"}""", 404, "unknown-node");
    }
}
