namespace Fulfillment.Tests.Client;

// The dock. There is the manifest m-1 of LEJ1, and the parcel o-1-P.
public static partial class BadRequests
{
    static async Task PrepareDock(ApiServer api)
    {
        (await api.Post("/v1/manifests", """{"id":"m-1","node":"LEJ1","carrier":"local-courier"}""")).Is(201);
        (await api.Post("/v1/fulfilment-orders/o-1-F1/parcels",
            """{"id":"o-1-P","lengthMm":300,"widthMm":200,"heightMm":100,"grams":900}""")).Is(201);
    }

    static IEnumerable<BadRequest> Docks()
    {
        const string manifests = "POST /v1/manifests", scans = "POST /v1/manifests/m-1/scans",
            close = "POST /v1/manifests/m-1/close", labels = "POST /v1/label-batches",
            over = "POST /v1/parcels/o-1-P/hand-over";
        (string Name, string Route, string Json, int Status, string Code, string? Field)[] rows =
        [
            ("manifest of nowhere", manifests, """{"id":"x","carrier":"ups"}""", 400, "required", "/node"),
            ("manifest of nobody", manifests, """{"id":"x","node":"LEJ1"}""", 400, "required", "/carrier"),
            ("manifest of a pigeon", manifests, """{"id":"x","node":"LEJ1","carrier":"pigeon"}""", 400,
                "unknown-carrier", "/carrier"),
            ("manifest on no day", manifests, """{"id":"x","node":"LEJ1","carrier":"ups","day":"today"}""", 400,
                "bad-date", "/day"),
            ("manifest long ago", manifests, """{"id":"x","node":"LEJ1","carrier":"ups","day":"2020-01-01"}""", 400,
                "out-of-range", "/day"),
            ("manifest without an id", manifests, """{"node":"LEJ1","carrier":"ups"}""", 400, "required", "/id"),
            ("manifest with an id that is none", manifests, """{"id":"a b","node":"LEJ1","carrier":"ups"}""", 400,
                "bad-id", "/id"),
            ("manifest of an unknown node", manifests, """{"id":"x","node":"NONE","carrier":"ups"}""", 404,
                "unknown-node", null),
            ("manifest with a wish", manifests, """{"id":"x","node":"LEJ1","carrier":"ups","fast":true}""", 400,
                "unknown-field", "/fast"),
            ("manifest of another node", manifests, """{"id":"m-1","node":"NOWHERE1","carrier":"local-courier"}""", 422,
                "idempotency-conflict", null),
            ("scan of nothing", scans, """{"id":"x"}""", 400, "required", "/code"),
            ("scan of a book", scans, $$"""{"id":"x","code":"{{new string('1', 201)}}"}""", 400, "too-long", "/code"),
            ("scan without an id", scans, """{"code":"1Z"}""", 400, "required", "/id"),
            ("scan by nobody", scans, """{"id":"x","code":"1Z","by":""}""", 400, "bad-id", "/by"),
            ("scan at no manifest", "POST /v1/manifests/NONE/scans", """{"id":"x","code":"1Z"}""", 404,
                "unknown-manifest", null),
            ("closing where nobody knows where", close, """{"id":"x"}""", 409, "node-without-address", null),
            ("closing what was told never", close, """{"id":"x","untold":0}""", 400, "out-of-range", "/untold"),
            ("closing of no manifest", "POST /v1/manifests/NONE/close", """{"id":"x"}""", 404, "unknown-manifest",
                null),
            ("hand-over without a label", over, """{"id":"x"}""", 409, "no-label", null),
            ("hand-over without an id", over, "{}", 400, "required", "/id"),
            ("labels of nothing", labels, """{"id":"x"}""", 400, "required", "/parcels"),
            ("labels of one twice", labels, """{"id":"x","parcels":["a","a"]}""", 400, "duplicate", "/parcels/1"),
            ("labels of no parcel", labels, """{"id":"x","parcels":[null]}""", 400, "required", "/parcels/0"),
            ("labels by a pigeon", labels, """{"id":"x","parcels":["a"],"carrier":"pigeon"}""", 400, "unknown-carrier",
                "/carrier"),
        ];
        foreach (var (name, route, json, status, code, field) in rows)
            yield return Row($"dock: {name}", route, json, status, code, field);

        foreach (var row in Pickups()) yield return row;
    }

    static IEnumerable<BadRequest> Pickups()
    {
        const string pickups = "POST /v1/pickups";
        (string Name, string Route, string Json, int Status, string Code, string? Field)[] rows =
        [
            ("pickup of nothing", pickups, Pickup("\"parcels\":0"), 400, "out-of-range", "/parcels"),
            ("pickup without weight", pickups, Pickup("\"grams\":0"), 400, "out-of-range", "/grams"),
            ("pickup at no time", pickups, Pickup("\"ready\":\"noon\""), 400, "bad-time", "/ready"),
            ("pickup that ends before it begins", pickups, Pickup("\"close\":\"13:59\""), 400, "out-of-range",
                "/close"),
            ("pickup for nowhere", pickups, Pickup("\"toCountry\":\"QQ\""), 400, "unknown-country", "/toCountry"),
            ("pickup by a pigeon", pickups, Pickup("\"carrier\":\"pigeon\""), 400, "unknown-carrier", "/carrier"),
            ("pickup where nobody knows where", pickups, Pickup("\"by\":\"fritz\""), 409, "node-without-address",
                null),
            ("cancelled pickup that is none", "POST /v1/pickups/NONE/cancel", """{"id":"x","reason":"x"}""", 404,
                "unknown-pickup", null),
        ];
        foreach (var (name, route, json, status, code, field) in rows)
            yield return Row($"dock: {name}", route, json, status, code, field);

        static string Pickup(string wrong)
        {
            string[] fields =
            [
                "\"id\":\"x\"", "\"node\":\"LEJ1\"", "\"carrier\":\"ups\"", "\"day\":\"2999-01-01\"",
                "\"ready\":\"14:00\"", "\"close\":\"17:30\"", "\"parcels\":1", "\"grams\":900",
                "\"service\":\"11\"",
            ];
            var name = wrong[..wrong.IndexOf(':', StringComparison.Ordinal)];
            var right = fields.Where(f => !f.StartsWith(name, StringComparison.Ordinal));
            return $"{{{string.Join(',', right.Append(wrong))}}}";
        }
    }
}
