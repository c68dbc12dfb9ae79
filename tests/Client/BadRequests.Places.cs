namespace Fulfillment.Tests.Client;

// Zones, aisles and bins. The node PL1 has the zone P, and in it the bin A-1, which is blocked.
public static partial class BadRequests
{
    const string Layout = "/v1/nodes/PL1/layout", Bins = "POST /v1/nodes/PL1/bins", Bin = "PUT /v1/nodes/PL1/bins/A-2";

    static async Task PreparePlaces(ApiServer api)
    {
        (await api.Put("/v1/nodes/PL1", """{"name":"Places"}""")).Is(201);
        (await api.Put($"{Layout}/zones/P", """{"kind":"pick"}""")).Is(201);
        (await api.Put("/v1/nodes/PL1/bins/A-1", """{"zone":"P"}""")).Is(201);
        (await api.Post("/v1/nodes/PL1/bins/A-1/block", """{"reason":"x"}""")).Is(200);
    }

    static IEnumerable<BadRequest> Places() => [.. BadZones(), .. BadBins(), .. BadGrids(), .. PlacesThatAreNot(),
        .. BadPaths()];

    static IEnumerable<BadRequest> BadZones()
    {
        (string Name, string Route, string Json, string Code, string Field)[] rows =
        [
            ("a zone for nothing", $"PUT {Layout}/zones/Q", """{}""", "required", "/kind"),
            ("a zone for tea", $"PUT {Layout}/zones/Q", """{"kind":"tea"}""", "unknown-value", "/kind"),
            ("an entry without y", $"PUT {Layout}/zones/Q", """{"kind":"pick","entry":{"x":1}}""", "required",
                "/entry/y"),
            ("a class with a space", $"PUT {Layout}/zones/Q", """{"kind":"pick","handles":["a b"]}""", "bad-id",
                "/handles/0"),
            ("an aisle to nowhere", $"PUT {Layout}/aisles/A", """{"start":{"x":1,"y":1}}""", "required", "/end"),
            ("an aisle to the moon", $"PUT {Layout}/aisles/A", """{"start":{"x":1,"y":1},"end":{"x":1,"y":99999999}}""",
                "out-of-range", "/end/y"),
        ];
        foreach (var (name, route, json, code, field) in rows)
            yield return Row($"places: {name}", route, json, 400, code, field);
    }

    static IEnumerable<BadRequest> BadBins()
    {
        (string Name, string Route, string Json, string Code, string Field)[] rows =
        [
            ("a bin nowhere", Bin, """{}""", "required", "/zone"),
            ("a bin in no zone", Bin, """{"zone":"NONE"}""", "unknown-zone", "/zone"),
            ("a bin along no aisle", Bin, """{"zone":"P","aisle":"NONE"}""", "unknown-aisle", "/aisle"),
            ("another id", Bin, """{"id":"A-3","zone":"P"}""", "other-id", "/id"),
            ("a role of its own", Bin, """{"zone":"P","role":"shelf"}""", "unknown-value", "/role"),
            ("no room", Bin, """{"zone":"P","room":{"maxSkus":0}}""", "out-of-range", "/room/maxSkus"),
            ("no units", Bin, """{"zone":"P","room":{"maxUnits":0}}""", "out-of-range", "/room/maxUnits"),
            ("less than no volume", Bin, """{"zone":"P","room":{"volumeMm3":-1}}""", "out-of-range",
                "/room/volumeMm3"),
            ("a face without a SKU", Bin, """{"zone":"P","face":{"min":1,"max":2}}""", "required", "/face/sku"),
            ("a face of more than it takes", Bin, """{"zone":"P","face":{"sku":"S","min":3,"max":2}}""",
                "out-of-range", "/face/min"),
            ("a reserve kept for a SKU", Bin, """{"zone":"P","role":"reserve","face":{"sku":"S","min":1,"max":2}}""",
                "not-a-face", "/role"),
            ("blocked for no reason", "POST /v1/nodes/PL1/bins/A-1/block", """{}""", "required", "/reason"),
            ("closed for no reason", "POST /v1/nodes/PL1/bins/A-1/close", """{"reason":" "}""", "required", "/reason"),
            ("units into a bin that is not there", Receipts, """{"id":"x","node":"PL1","quantity":1,"bin":"Z"}""",
                "unknown-bin", "/bin"),
            ("units moved into a bin that is not there", Moves, """
                {"id":"x","node":"PL1","quantity":1,"from":"available","to":"available","toBin":"Z","reason":"x"}
                """, "unknown-bin", "/toBin"),
        ];
        foreach (var (name, route, json, code, field) in rows)
            yield return Row($"places: {name}", route, json, 400, code, field);
    }

    static IEnumerable<BadRequest> BadGrids()
    {
        const string grid = """ "zone":"P","prefix":"G","aisles":1,"bays":1,"levels":1""";
        (string Name, string Json, string Code, string Field)[] rows =
        [
            ("no bins and no grid", """{}""", "required", "/bins"),
            ("bins and a grid", $$"""{"bins":[{"id":"A","zone":"P"}],"grid":{ {{grid}} } }""", "required", "/bins"),
            ("no bin", """{"bins":[]}""", "required", "/bins"),
            ("null for a bin", """{"bins":[null]}""", "wrong-type", "/bins/0"),
            ("a bin without an id", """{"bins":[{"zone":"P"}]}""", "required", "/bins/0/id"),
            ("a bin twice", """{"bins":[{"id":"A","zone":"P"},{"id":"A","zone":"P"}]}""", "duplicate", "/bins/1/id"),
            ("too many bins", $$"""{"bins":[{{Numbered(1_001, i => $$"""{"id":"B{{i}}","zone":"P"}""")}}]}""",
                "too-many", "/bins"),
            ("one bin of many in no zone", """{"bins":[{"id":"A","zone":"P"},{"id":"B","zone":"NONE"}]}""",
                "unknown-zone", "/bins/zone"),
            ("a grid in no zone", Grid(grid.Replace("\"P\"", "\"NONE\"", StringComparison.Ordinal)),
                "unknown-zone", "/grid/zone"),
            ("a grid without aisles", Grid(grid.Replace("\"aisles\":1,", "", StringComparison.Ordinal)),
                "required", "/grid/aisles"),
            ("a grid of millions", """{"grid":{"zone":"P","prefix":"G","aisles":500,"bays":900,"levels":9}}""",
                "too-many", "/grid"),
        ];
        foreach (var (name, json, code, field) in rows)
            yield return Row($"places: {name}", Bins, json, 400, code, field);

        static string Grid(string fields) => $$"""{"grid":{ {{fields}} } }""";
    }

    static IEnumerable<BadRequest> PlacesThatAreNot()
    {
        (string Route, string? Json, int Status, string Code)[] refused =
        [
            ("GET /v1/nodes/NONE/layout", null, 404, "unknown-node"),
            ("GET /v1/nodes/NONE/bins", null, 404, "unknown-node"),
            ("PUT /v1/nodes/NONE/bins/A", """{"zone":"P"}""", 404, "unknown-node"),
            ($"GET {Layout}/zones/NONE", null, 404, "unknown-zone"),
            ($"DELETE {Layout}/zones/NONE", null, 404, "unknown-zone"),
            ($"DELETE {Layout}/zones/P", null, 409, "in-use"),
            ($"DELETE {Layout}/aisles/NONE", null, 404, "unknown-aisle"),
            ("GET /v1/nodes/PL1/bins/NONE", null, 404, "unknown-bin"),
            ("POST /v1/nodes/PL1/bins/NONE/open", """{"reason":"x"}""", 404, "unknown-bin"),
            ("POST /v1/nodes/PL1/bins/NONE/block", """{"reason":"x"}""", 404, "unknown-bin"),
            ("DELETE /v1/nodes/PL1/bins/NONE", null, 404, "unknown-bin"),
            ("DELETE /v1/nodes/PL1/bins/A-1", null, 409, "bin-not-closed"),
            ("GET /v1/nodes/PL1/bins?role=shelf", null, 400, "unknown-value"),
            ("GET /v1/nodes/PL1/bins?status=lost", null, 400, "unknown-value"),
            ("GET /v1/nodes/PL1/bins?cursor=%21", null, 400, "bad-cursor"),
            (Receipts, """{"id":"x","node":"PL1","quantity":1,"bin":"A-1"}""", 409, "bin-blocked"),
            (Adjustments, """{"id":"x","node":"PL1","delta":1,"reason":"x","bin":"A-1"}""", 409, "bin-blocked"),
        ];
        foreach (var (route, json, status, code) in refused)
            yield return Row($"places: {route}", route, json, status, code);
    }
}
