namespace Fulfillment.Tests.Client;

// Counts. There is C-1 of bin B-1 at LEJ1.
public static partial class BadRequests
{
    const string Counts = "POST /v1/counts", CountScan = "POST /v1/counts/C-1/scans",
        CountFinish = "POST /v1/counts/C-1/finish", CountApprove = "POST /v1/counts/C-1/approve",
        CountReject = "POST /v1/counts/C-1/reject", CountAgain = "POST /v1/counts/C-1/recount",
        PutSensor = "PUT /v1/sensors/x-1", CountCancel = "POST /v1/counts/C-1/cancel",
        CountPropose = "POST /v1/counts/proposals";

    static IEnumerable<BadRequest> Counting() =>
        [.. Invalid(CountTerms), .. Invalid(CountWork), .. Invalid(SensorTerms), .. CountsThatAreNot()];

    static IEnumerable<BadRequest> Invalid((string Route, string Json, string Code, string Field)[] rows)
    {
        foreach (var (route, json, code, field) in rows)
            yield return Row($"count: {route}: {json}", route, json.Length == 0 ? null : json, 400, code, field);
    }

    static (string, string, string, string)[] CountTerms =>
    [
        (Counts, """{"node":"LEJ1","bins":["B"]}""", "required", "/id"),
        (Counts, """{"id":"x","bins":["B"]}""", "required", "/node"),
        (Counts, """{"id":"x","node":"LEJ1"}""", "required", "/bins"),
        (Counts, """{"id":"proposals","node":"LEJ1","bins":["B"]}""", "reserved-id", "/id"),
        (Counts, """{"id":"x","node":"GONE","bins":["B"]}""", "unknown-node", "/node"),
        (Counts, """{"id":"x","node":"LEJ1","bins":["B","B"]}""", "duplicate", "/bins"),
        (Counts, """{"id":"x","node":"LEJ1","bins":["a b"]}""", "bad-id", "/bins/0"),
        (Counts, """{"id":"x","node":"LEJ1","bins":[null]}""", "required", "/bins/0"),
        (Counts, """{"id":"x","node":"LEJ1","skus":["a b"]}""", "bad-id", "/skus/0"),
        (Counts, """{"id":"x","node":"LEJ1","bins":["B"],"reason":"fun"}""", "unknown-value", "/reason"),
        (Counts, """{"id":"x","node":"LEJ1","bins":["B"],"tolerance":{"units":-1}}""", "out-of-range",
            "/tolerance/units"),
        (Counts, """{"id":"x","node":"LEJ1","bins":["B"],"tolerance":{"percent":1001}}""", "out-of-range",
            "/tolerance/percent"),
        (Counts, """{"id":"x","node":"LEJ1","bins":["B"],"tolerance":{"value":{"amount":1}}}""", "required",
            "/tolerance/value/currency"),
        (Counts, """{"id":"x","node":"LEJ1","bins":["B"],"counters":["a","a"]}""", "duplicate", "/counters"),
    ];

    static (string, string, string, string)[] CountWork =>
    [
        (CountScan, """{"id":"x","sku":"S","quantity":1,"bin":"B-1"}""", "required", "/by"),
        (CountScan, """{"id":"x","by":"a","quantity":1,"bin":"B-1"}""", "required", "/sku"),
        (CountScan, """{"id":"x","by":"a","sku":"S","bin":"B-1"}""", "required", "/quantity"),
        (CountScan, """{"id":"x","by":"a","sku":"S","quantity":-1,"bin":"B-1"}""", "out-of-range", "/quantity"),
        (CountScan, """{"by":"a","sku":"S","quantity":1,"bin":"B-1"}""", "required", "/id"),
        (CountScan, """{"id":"x","by":"a","sku":"S","quantity":1,"state":"lost"}""", "unknown-value", "/state"),
        (CountScan, """{"id":"x","by":"a","sku":"S","quantity":1,"state":"in-transit"}""", "not-here", "/state"),
        (CountScan, """{"id":"x","by":"a","barcode":"4006381333931","bin":"B-1"}""", "unknown-barcode", "/barcode"),
        (CountScan, """{"id":"x","by":"a","sku":"S","quantity":1,"bin":"B-1","serials":["1"]}""", "no-serials",
            "/serials"),
        (CountScan, """{"id":"x","by":"a","sku":"S","quantity":2,"bin":"B-1","serials":["1"]}""", "wrong-count",
            "/serials"),
        (CountFinish, """{"id":"x","bin":"B-1"}""", "required", "/by"),
        (CountFinish, """{"id":"x","by":"a","bin":"a b"}""", "bad-id", "/bin"),
        (CountApprove, """{"id":"x"}""", "required", "/by"),
        (CountApprove, """{"id":"x","by":"a","lines":[0]}""", "out-of-range", "/lines/0"),
        (CountApprove, """{"id":"x","by":"a","lines":[7]}""", "unknown-line", "/lines"),
        (CountReject, """{"id":"x","by":"a"}""", "required", "/reason"),
        (CountAgain, """{"id":"x","by":"a","lines":[7]}""", "unknown-line", "/lines"),
        (CountCancel, """{"id":"x","by":"a"}""", "required", "/reason"),
        (CountPropose, """{"id":"x"}""", "required", "/node"),
        (CountPropose, """{"id":"x","node":"LEJ1","most":101}""", "out-of-range", "/most"),
        (CountPropose, """{"id":"x","node":"LEJ1","aShare":90,"bShare":80}""", "out-of-range", "/bShare"),
        (CountPropose, """{"id":"x","node":"LEJ1","reason":"fun"}""", "unknown-value", "/reason"),
    ];

    static (string, string, string, string)[] SensorTerms =>
    [
        (PutSensor, """{"type":"rfid-gate","places":[{}]}""", "required", "/node"),
        (PutSensor, """{"node":"LEJ1","places":[{}]}""", "required", "/type"),
        (PutSensor, """{"node":"LEJ1","type":"radar","places":[{"sku":"S","gramsPerUnit":1}]}""", "unknown-value",
            "/type"),
        (PutSensor, """{"node":"LEJ1","type":"rfid-gate"}""", "required", "/places"),
        (PutSensor, """{"node":"GONE","type":"rfid-gate","places":[{}]}""", "unknown-node", "/node"),
        (PutSensor, """{"node":"LEJ1","type":"rfid-gate","places":[null]}""", "required", "/places/0"),
        (PutSensor, """{"node":"LEJ1","type":"rfid-gate","places":[{"gramsPerUnit":1}]}""", "unknown-field",
            "/places/0/gramsPerUnit"),
        (PutSensor, """{"node":"LEJ1","type":"weight-shelf","places":[{"gramsPerUnit":1}]}""", "required",
            "/places/0/sku"),
        (PutSensor, """{"node":"LEJ1","type":"weight-shelf","places":[{"sku":"S"}]}""", "required",
            "/places/0/gramsPerUnit"),
        (PutSensor, """{"node":"LEJ1","type":"rfid-gate","places":[{}],"tolerance":-1}""", "out-of-range",
            "/tolerance"),
        (PutSensor, """{"node":"LEJ1","type":"rfid-gate","places":[{}],"key":0}""", "out-of-range", "/key"),
        ("GET /v1/counts/proposals", "", "required", "node"),
        ("GET /v1/counts/proposals?node=LEJ1&aDays=x", "", "out-of-range", "aDays"),
        ("GET /v1/counts?status=lost", "", "unknown-value", "status"),
        ("GET /v1/nodes/LEJ1/count-accuracy?from=soon", "", "bad-time", "from"),
    ];

    static IEnumerable<BadRequest> CountsThatAreNot()
    {
        (string Route, string? Json, int Status, string Code)[] refused =
        [
            ("GET /v1/sensors/NONE", null, 404, "unknown-sensor"),
            ("POST /v1/observations", """{"id":"x"}""", 401, "unknown-sensor"),
            ("GET /v1/counts/NONE", null, 404, "unknown-count"),
            ("GET /v1/counts?cursor=%21", null, 400, "bad-cursor"),
            ("GET /v1/nodes/NONE/count-accuracy", null, 404, "unknown-node"),
            ("GET /v1/counts/proposals?node=NONE", null, 404, "unknown-node"),
            ("POST /v1/counts/NONE/finish", """{"id":"x","by":"a","bin":"B-1"}""", 404, "unknown-count"),
            (CountScan, """{"id":"x","by":"a","sku":"NONE","quantity":1,"bin":"B-1"}""", 404, "unknown-sku"),
            (CountScan, """{"id":"x","by":"a","sku":"S","quantity":1,"bin":"B-9"}""", 409, "not-the-place"),
            (CountApprove, """{"id":"x","by":"a"}""", 409, "not-waiting"),
        ];
        foreach (var (route, json, status, code) in refused)
            yield return Row($"count: {code}: {route}", route, json, status, code);
    }

    static async Task PrepareCount(ApiServer api) =>
        (await api.Post("/v1/counts", """{"id":"C-1","node":"LEJ1","bins":["B-1"]}""")).Is(201);
}
