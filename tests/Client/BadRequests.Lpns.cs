namespace Fulfillment.Tests.Client;

// Totes, cartons and pallets. There is the carton BAD-1, which is closed, on the floor of PL1.
public static partial class BadRequests
{
    const string Lpns = "POST /v1/nodes/PL1/lpns", Lpn = "POST /v1/lpns/BAD-1";

    static async Task PrepareLpns(ApiServer api)
    {
        (await api.Post("/v1/nodes/PL1/lpns", """{"lpn":"BAD-1","kind":"carton"}""")).Is(201);
        (await api.Post("/v1/lpns/BAD-1/close", """{"id":"z"}""")).Is(200);
    }

    static IEnumerable<BadRequest> Carriers()
    {
        (string Name, string Route, string? Json, int Status, string Code, string? Field)[] rows =
        [
            ("no kind", Lpns, """{"lpn":"X"}""", 400, "required", "/kind"),
            ("a crate", Lpns, """{"lpn":"X","kind":"crate"}""", 400, "unknown-value", "/kind"),
            ("no number and no id", Lpns, """{"kind":"pallet"}""", 400, "required", "/id"),
            ("a wrong check digit", Lpns, """{"lpn":"340123450000000001","kind":"pallet"}""", 400, "bad-sscc", "/lpn"),
            ("no size", Lpns, """{"lpn":"X","kind":"tote","lengthMm":0}""", 400, "out-of-range", "/lengthMm"),
            ("in no bin", Lpns, """{"lpn":"X","kind":"tote","bin":"NONE"}""", 400, "unknown-bin", "/bin"),
            ("in a blocked bin", Lpns, """{"lpn":"X","kind":"tote","bin":"A-1"}""", 409, "bin-blocked", null),
            ("as something else", Lpns, """{"lpn":"BAD-1","kind":"pallet"}""", 422, "idempotency-conflict", null),
            ("without a prefix", Lpns, """{"id":"x","kind":"pallet"}""", 409, "no-prefix", null),
            ("to nowhere", $"{Lpn}/move", """{"id":"x"}""", 400, "required", "/toBin"),
            ("without an id", $"{Lpn}/move", """{"toBin":"A"}""", 400, "required", "/id"),
            ("into no bin", $"{Lpn}/move", """{"id":"x","toBin":"NONE"}""", 400, "unknown-bin", "/toBin"),
            ("into a blocked bin", $"{Lpn}/move", """{"id":"x","toBin":"A-1"}""", 409, "bin-blocked", null),
            ("onto nothing", $"{Lpn}/load", """{"id":"x"}""", 400, "required", "/onto"),
            ("onto itself", $"{Lpn}/load", """{"id":"x","onto":"BAD-1"}""", 400, "itself", "/onto"),
            ("down from nothing", $"{Lpn}/unload", """{"id":"x"}""", 409, "lpn-not-loaded", null),
            ("units on a closed one", Receipts, """{"id":"x","node":"PL1","quantity":1,"lpn":"BAD-1"}""", 409,
                "lpn-not-open", null),
            ("nobody's", "GET /v1/lpns/NONE", null, 404, "unknown-lpn", null),
            ("move nobody's", "POST /v1/lpns/NONE/move", """{"id":"x","toBin":"A"}""", 404, "unknown-lpn", null),
            ("close nobody's", "POST /v1/lpns/NONE/close", """{"id":"x"}""", 404, "unknown-lpn", null),
            ("a status that is none", "GET /v1/nodes/PL1/lpns?status=lost", null, 400, "unknown-value", "status"),
            ("a cursor that is none", "GET /v1/nodes/PL1/lpns?cursor=%21", null, 400, "bad-cursor", "cursor"),
            ("no prefix", "PUT /v1/sscc-prefix", """{}""", 400, "required", "/companyPrefix"),
            ("a short prefix", "PUT /v1/sscc-prefix", """{"companyPrefix":"401234"}""", 400, "bad-prefix",
                "/companyPrefix"),
            ("two digits", "PUT /v1/sscc-prefix", """{"companyPrefix":"4012345","extensionDigit":"12"}""", 400,
                "bad-digit", "/extensionDigit"),
            ("no prefix was set", "GET /v1/sscc-prefix", null, 404, "no-prefix", null),
        ];
        foreach (var (name, route, json, status, code, field) in rows)
            yield return Row($"carriers: {name}", route, json, status, code, field);
    }
}
