namespace Fulfillment.Tests.Client;

// Boxes and what goes into them. The node PL1 has the box B.
public static partial class BadRequests
{
    const string PutBox = "PUT /v1/nodes/PL1/boxes/B", Cartons = "POST /v1/nodes/PL1/cartonizations";

    static async Task PreparePacking(ApiServer api) => (await api.Put("/v1/nodes/PL1/boxes/B", """
        {"inner":{"lengthMm":20,"widthMm":15,"heightMm":10},"maxGrams":5000,"cost":{"amount":1,"currency":"EUR"}}
        """)).Is(201);

    static IEnumerable<BadRequest> Packing()
    {
        const string inner = """ "inner":{"lengthMm":20,"widthMm":15,"heightMm":10},"maxGrams":9""";
        (string Name, string Route, string Json, string Code, string Field)[] rows =
        [
            ("a box without an inside", PutBox, """{"maxGrams":1}""", "required", "/inner"),
            ("a box without a height", PutBox, """{"inner":{"lengthMm":1,"widthMm":1},"maxGrams":1}""", "required",
                "/inner/heightMm"),
            ("a box for no weight", PutBox, """{"inner":{"lengthMm":1,"widthMm":1,"heightMm":1}}""", "required",
                "/maxGrams"),
            ("a box without width", PutBox, """{"inner":{"lengthMm":1,"widthMm":0,"heightMm":1},"maxGrams":1}""",
                "out-of-range", "/inner/widthMm"),
            ("a box larger than a lorry", PutBox,
                """{"inner":{"lengthMm":20001,"widthMm":1,"heightMm":1},"maxGrams":1}""", "out-of-range",
                "/inner/lengthMm"),
            ("a box smaller than its inside", PutBox,
                $$"""{"outer":{"lengthMm":19,"widthMm":15,"heightMm":10},{{inner}} }""", "out-of-range", "/outer"),
            ("a box lighter than air", PutBox, $$"""{"tareGrams":-1,{{inner}} }""", "out-of-range", "/tareGrams"),
            ("fewer boxes than none", PutBox, $$"""{"stock":-1,{{inner}} }""", "out-of-range", "/stock"),
            ("a box that costs no currency", PutBox, $$"""{"cost":{"amount":1},{{inner}} }""", "required",
                "/cost/currency"),
            ("nothing to pack", Cartons, """{"lines":[]}""", "required", "/lines"),
            ("null to pack", Cartons, """{"lines":[null]}""", "wrong-type", "/lines/0"),
            ("a line of nothing", Cartons, """{"lines":[{"quantity":1}]}""", "required", "/lines/0/sku"),
            ("a line of none", Cartons, """{"lines":[{"sku":"S","quantity":0}]}""", "out-of-range",
                "/lines/0/quantity"),
            ("more than is packed at once", Cartons,
                """{"lines":[{"sku":"S","quantity":499},{"sku":"T","quantity":2}]}""", "too-many", "/lines"),
            ("more lines than are packed at once", Cartons,
                $$"""{"lines":[{{Numbered(101, i => $$"""{"sku":"S{{i}}","quantity":1}""")}}]}""", "too-many",
                "/lines"),
            ("a SKU twice", Cartons, """{"lines":[{"sku":"S","quantity":1},{"sku":"S","quantity":2}]}""",
                "duplicate", "/lines/1/sku"),
            ("no edge upright", Cartons, """{"lines":[{"sku":"S","quantity":1,"upright":[]}]}""", "required",
                "/lines/0/upright"),
            ("a top upright", Cartons, """{"lines":[{"sku":"S","quantity":1,"upright":["top"]}]}""",
                "unknown-value", "/lines/0/upright/0"),
            ("an unknown SKU", Cartons, """{"lines":[{"sku":"GONE","quantity":1}]}""", "unknown-sku",
                "/lines/0/sku"),
            ("into an unknown box", Cartons, """{"lines":[{"sku":"S","quantity":1}],"boxes":["Z"]}""",
                "unknown-box", "/boxes/0"),
            ("into none of the boxes", Cartons, """{"lines":[{"sku":"S","quantity":1}],"boxes":[]}""", "required",
                "/boxes"),
            ("into no box", Cartons, """{"lines":[{"sku":"S","quantity":1}],"maxBoxes":0}""", "out-of-range",
                "/maxBoxes"),
            ("divided by nothing", Cartons, """{"lines":[{"sku":"S","quantity":1}],"dimDivisor":0}""",
                "out-of-range", "/dimDivisor"),
            ("rounded to nothing", Cartons, """{"lines":[{"sku":"S","quantity":1}],"roundToGrams":0}""",
                "out-of-range", "/roundToGrams"),
        ];
        foreach (var (name, route, json, code, field) in rows)
            yield return Row($"packing: {name}", route, json, 400, code, field);
        yield return Row("packing: goods without dimensions", Cartons, """{"lines":[{"sku":"S","quantity":1}]}""", 409,
            "no-dimensions", "/lines/0");
        yield return Row("packing: at no node", "POST /v1/nodes/NONE/cartonizations", "{}", 404, "unknown-node");
        yield return Row("packing: no such box", "GET /v1/nodes/PL1/boxes/Z", (byte[]?)null, 404, "unknown-box");
        yield return Row("packing: no such box to remove", "DELETE /v1/nodes/PL1/boxes/Z", (byte[]?)null, 404,
            "unknown-box");
        yield return Row("packing: a box for other money", "PUT /v1/nodes/PL1/boxes/C",
            $$"""{"cost":{"amount":1,"currency":"GBP"},{{inner}} }""", 409, "currency-mismatch");
    }
}
