namespace Fulfillment.Tests.Client;

// The pack bench; what is wrong with a request is told before the fulfilment order is looked for.
public static partial class BadRequests
{
    static IEnumerable<BadRequest> PackBench()
    {
        const string begin = "POST /v1/fulfilment-orders/NONE-F1/packing";
        const string boxes = $"{begin}/boxes", scans = $"{begin}/scans", doubts = $"{begin}/quality-holds";
        (string Name, string Route, string Json, string Code, string Field)[] rows =
        [
            ("packing by nobody", begin, """{"id":"b","station":"B1"}""", "required", "/by"),
            ("packing nowhere", begin, """{"id":"b","by":"dora"}""", "required", "/station"),
            ("packing without an id", begin, """{"by":"dora","station":"B1"}""", "required", "/id"),
            ("no box at all", boxes, """{"id":"o","by":"dora"}""", "required", "/kind"),
            ("a kind and a box", boxes,
                """
                {"id":"o","by":"dora","kind":"M",
                "box":{"inner":{"lengthMm":1,"widthMm":1,"heightMm":1},"maxGrams":1}}
                """, "required", "/kind"),
            ("a box without a weight", boxes,
                """{"id":"o","by":"dora","box":{"inner":{"lengthMm":1,"widthMm":1,"heightMm":1}}}""", "required",
                "/box/maxGrams"),
            ("a box without a size", boxes, """{"id":"o","by":"dora","box":{"maxGrams":100}}""", "required",
                "/box/inner"),
            ("a number with a wrong digit", boxes, """{"id":"o","by":"dora","kind":"M","lpn":"340123450000000015"}""",
                "bad-sscc", "/lpn"),
            ("a scan into no box", scans, """{"id":"s","by":"dora","sku":"S","quantity":1}""", "required", "/box"),
            ("a scan into box 0", scans, """{"id":"s","by":"dora","box":0,"sku":"S","quantity":1}""", "out-of-range",
                "/box"),
            ("a packed nothing", scans, """{"id":"s","by":"dora","box":1,"quantity":1}""", "required", "/sku"),
            ("a packed none", scans, """{"id":"s","by":"dora","box":1,"sku":"S","quantity":0}""", "out-of-range",
                "/quantity"),
            ("a packed serial twice", scans,
                """{"id":"s","by":"dora","box":1,"sku":"S","quantity":2,"serials":["a","a"]}""", "duplicate",
                "/serials"),
            ("a weight of nothing", $"{boxes}/1/close", """{"id":"c","by":"dora","weightGrams":0}""", "out-of-range",
                "/weightGrams"),
            ("given up by nobody", $"{begin}/give-up", """{"id":"g"}""", "required", "/by"),
            ("given up without an id", $"{begin}/give-up", """{"by":"dora"}""", "required", "/id"),
            ("a box opened by nobody", $"{boxes}/1/reopen", """{"id":"r"}""", "required", "/by"),
            ("a doubt without a reason", doubts, """{"id":"q","by":"dora","sku":"S"}""", "required", "/reason"),
            ("a doubt of nothing", doubts, """{"id":"q","by":"dora","reason":"a crack"}""", "required", "/sku"),
            ("an unknown outcome", $"{doubts}/1/decide", """{"id":"d","by":"dora","outcome":"burn"}""",
                "unknown-value", "/outcome"),
            ("no box to ship", "POST /v1/fulfilment-orders/NONE-F1/ship", """{"id":"s","boxes":[]}""", "out-of-range",
                "/boxes"),
            ("a box to ship that is none", "POST /v1/fulfilment-orders/NONE-F1/ship", """{"id":"s","boxes":["A 1"]}""",
                "bad-id", "/boxes/0"),
        ];
        foreach (var (name, route, json, code, field) in rows)
            yield return Row($"pack bench: {name}", route, json, 400, code, field);
        yield return Row(
            "pack bench: no such work", begin, """{"id":"b","by":"dora","station":"B1"}""", 404,
            "unknown-fulfilment-order");
        yield return Row(
            "pack bench: neither open nor not", "GET /v1/quality-holds?open=yes", (byte[]?)null, 400, "wrong-type",
            "open");
        yield return Row(
            "pack bench: a node that is none", "GET /v1/quality-holds?node=A%201", (byte[]?)null, 400, "bad-id",
            "node");
        yield return Row(
            "pack bench: no such slip", "GET /v1/fulfilment-orders/NONE-F1/packing/boxes/1/packing-slip",
            (byte[]?)null, 404, "unknown-fulfilment-order");
    }
}
