namespace Fulfillment.Tests.Client;

/// <summary>Totes, cartons and pallets over HTTP: numbered, loaded, moved with all that is on them.</summary>
public sealed class LpnApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    async Task<string> Issue(string id, string kind, string bin = "DOCK")
    {
        (await api.Put("/v1/sscc-prefix", """{"companyPrefix":"4012345","extensionDigit":"3"}""")).Is(200);
        return (await Register(id, kind, bin)).Is(201).Text("lpn")!;
    }

    Task<Answer> Register(string id, string kind, string bin = "DOCK") =>
        api.Post("/v1/nodes/LEJ1/lpns", $$"""{"id":"{{id}}","kind":"{{kind}}","bin":"{{bin}}"}""");

    Task<Answer> Arrive(string sku, string id, int quantity, string lpn, string bin = "DOCK") => api.Post(
        $"/v1/skus/{sku}/receipts",
        $$"""{"id":"{{id}}","node":"LEJ1","quantity":{{quantity}},"bin":"{{bin}}","lpn":"{{lpn}}"}""");

    Task<Answer> Do(string lpn, string what, string id, string more = "") =>
        api.Post($"/v1/lpns/{lpn}/{what}", $$"""{"id":"{{id}}"{{more}}}""");

    async Task<string> Places(string sku) => string.Join(", ", (await api.Get($"/v1/skus/{sku}/slots")).Is(200).Items()
        .Select(s => $"{s.GetProperty("quantity")} {s.GetProperty("bin")} "
            + (s.TryGetProperty("lpn", out var lpn) ? lpn.GetString() : "-")).Order());

    [Fact]
    public async Task A_number_is_issued_once_and_a_repeat_gets_the_same()
    {
        await api.Stock("ONE", 0);
        var first = await Issue("is-1", "pallet");
        Assert.Equal((18, "3401234500"), (first.Length, first[..10]));
        Assert.Equal(first, (await Register("is-1", "pallet")).Is(200).Text("lpn"));
        (await Register("is-1", "carton")).IsProblem(422, "idempotency-conflict");
        Assert.NotEqual(first, (await Register("is-2", "pallet")).Is(201).Text("lpn"));
        (await api.Put("/v1/sscc-prefix", """{"companyPrefix":"40123456","extensionDigit":"3"}"""))
            .IsProblem(409, "overlaps");
        Assert.True((await api.Get("/v1/sscc-prefix")).Is(200).Number("left") > 999_000_000 - 1_000);
        (await api.Post("/v1/nodes/LEJ1/lpns", """{"id":"x","kind":"pallet"}""", ("Seller", "new")))
            .IsProblem(409, "no-prefix");
    }

    [Fact]
    public async Task What_lay_on_it_before_it_was_registered_goes_along()
    {
        await api.Stock("OLD", 0);
        (await Arrive("OLD", "r-1", 5, "PAL-9")).Is(201);
        (await api.Post("/v1/nodes/LEJ1/lpns", """{"lpn":"PAL-9","kind":"pallet","bin":"DOCK"}""")).Is(201);

        (await Do("PAL-9", "move", "m-1", ",\"toBin\":\"A-1\"")).Is(200);

        Assert.Equal("5 A-1 PAL-9", await Places("OLD"));
    }

    [Fact]
    public async Task A_pallet_goes_with_the_cartons_on_it_and_every_unit_of_every_sku()
    {
        await api.Stock("CUP", 0);
        await api.Stock("PAN", 0);
        var pallet = await Issue("p-1", "pallet");
        var carton = await Issue("c-1", "carton");
        (await Arrive("CUP", "r-1", 5, pallet)).Is(201);
        (await Arrive("CUP", "r-2", 4, carton)).Is(201);
        (await Arrive("PAN", "r-1", 3, carton)).Is(201);
        (await Arrive("PAN", "r-2", 3, pallet, "A-1")).IsProblem(409, "lpn-elsewhere");
        (await Do(carton, "load", "l-1", $",\"onto\":\"{pallet}\"")).Is(200);
        (await Do(carton, "load", "l-1", $",\"onto\":\"{pallet}\"")).Is(200);
        (await Do(carton, "move", "m-0", ",\"toBin\":\"A-9\"")).IsProblem(409, "lpn-loaded");
        (await Do(pallet, "load", "l-2", $",\"onto\":\"{carton}\"")).IsProblem(409, "wrong-kind");
        (await Do(pallet, "load", "l-3", ",\"onto\":\"NONE\"")).IsProblem(400, "unknown-lpn", "/onto");

        var moved = (await Do(pallet, "move", "m-1", ",\"toBin\":\"A-1\"")).Is(200);

        Assert.Equal(("A-1", "True"), (moved.Text("bin"), $"{moved.At("settled")?.GetBoolean()}"));
        (await Do(pallet, "move", "m-1", ",\"toBin\":\"A-1\"")).Is(200);
        (await Do(pallet, "move", "m-1", ",\"toBin\":\"A-2\"")).IsProblem(422, "idempotency-conflict");
        Assert.Equal($"4 A-1 {carton}, 5 A-1 {pallet}", await Places("CUP"));
        Assert.Equal($"3 A-1 {carton}", await Places("PAN"));
        var box = await api.Until($"/v1/lpns/{carton}", l => l.Items("lying").Count == 2);
        Assert.Equal((pallet, "A-1", "moved-along"), (box.Text("on"), box.Text("bin"), box.Text("history/0/type")));
        (await Do(carton, "unload", "u-1")).Is(200);
        (await Do(carton, "move", "m-1", ",\"toBin\":\"B-1\"")).Is(200);
        Assert.Equal($"4 B-1 {carton}, 5 A-1 {pallet}", await Places("CUP"));
        Assert.Equal([carton], (await api.List("/v1/nodes/LEJ1/lpns?bin=B-1")).Each("lpn"));
    }

    [Fact]
    public async Task A_tote_has_a_number_of_its_own_and_picked_units_go_with_it()
    {
        await api.Stock("JUG", 0);
        (await api.Post("/v1/skus/JUG/receipts", """{"id":"r","node":"LEJ1","quantity":5,"bin":"A-1"}""")).Is(201);
        (await api.Post("/v1/nodes/LEJ1/lpns", """{"lpn":"TOTE-1","kind":"tote","bin":"CART"}""")).Is(201);
        (await api.Post("/v1/nodes/LEJ1/lpns", """{"lpn":"TOTE-1","kind":"tote","bin":"CART"}""")).Is(200);
        (await api.Order("JUG-1", "JUG", 2)).Is(201);
        await api.Until("JUG-1", "allocated");
        (await api.Post("/v1/skus/JUG/picks",
            """{"id":"k","order":"JUG-1","node":"LEJ1","quantity":2,"bin":"A-1","tote":"TOTE-1"}""")).Is(200);
        (await Do("TOTE-1", "move", "m-1", ",\"toBin\":\"PACK-1\"")).Is(200);
        Assert.Equal("2 PACK-1 TOTE-1", (await Places("JUG")).Split(", ")[0]);

        (await Do("TOTE-1", "void", "v-1")).IsProblem(409, "lpn-not-empty");
        (await Do("TOTE-1", "close", "z-1")).Is(200);
        (await Arrive("JUG", "r-9", 1, "TOTE-1", "PACK-1")).IsProblem(409, "lpn-not-open");
        (await Do("TOTE-1", "open", "o-1")).Is(200);
        (await api.Post("/v1/fulfilment-orders/JUG-1-F1/ship", """{"id":"s"}""")).Is(200);
        await api.Until("/v1/lpns/TOTE-1", l => l.Items("lying").Count == 0);
        (await Do("TOTE-1", "void", "v-2")).Is(200);
        (await Do("TOTE-1", "move", "m-2", ",\"toBin\":\"A-1\"")).IsProblem(409, "lpn-gone");
    }

    [Fact]
    public async Task An_announced_package_is_registered_when_it_is_counted_and_its_units_lie_on_it()
    {
        await api.Stock("LID", 0);
        const string sscc = "084123450000000010", order = "/v1/purchase-orders/PKG";
        (await api.Put(order, """
            {"supplier":"ACME","node":"LEJ1","currency":"EUR","lines":[{"id":"1","sku":"LID","quantity":9,
             "unitCost":{"amount":1,"currency":"EUR"},"expectedAt":"2030-01-05T08:00:00Z"}]}
            """)).Is(201);
        (await api.Post($"{order}/send", """{"id":"s"}""")).Is(200);
        (await api.Post($"{order}/shipments", $$"""
            {"id":"S","expectedAt":"2030-01-05T08:00:00Z","packages":[{"id":"p","sscc":"{{sscc}}",
             "lines":[{"line":"1","quantity":9}]}]}
            """)).Is(201);
        const string receipt =
            """{"id":"r","lines":[{"line":"1","quantity":9,"shipment":"S","package":"p","bin":"DOCK"}]}""";
        (await api.Post($"{order}/receipts", receipt, ("Prefer", "wait=20"))).Is(201);
        (await api.Post($"{order}/receipts", receipt)).Is(200);

        Assert.Equal($"9 DOCK {sscc}", await Places("LID"));
        (await Do(sscc, "move", "m-1", ",\"toBin\":\"R-1\"")).Is(200);
        Assert.Equal($"9 R-1 {sscc}", await Places("LID"));
        Assert.Equal("registered", (await api.Get($"/v1/lpns/{sscc}")).Text("history/1/type"));
    }

    [Fact]
    public async Task Every_answer_about_carriers_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await api.Stock("DOC", 0);
        const string lpn = "/v1/lpns/{lpn}";
        (string Method, string Path, string Template, string? Body)[] calls =
        [
            ("put", "/v1/sscc-prefix", "/v1/sscc-prefix", """{"companyPrefix":"9521234","extensionDigit":"1"}"""),
            ("get", "/v1/sscc-prefix", "/v1/sscc-prefix", null),
            ("post", "/v1/nodes/LEJ1/lpns", "/v1/nodes/{node}/lpns", """
                {"lpn":"DOC-1","kind":"carton","bin":"D-1","lengthMm":1,"widthMm":2,"heightMm":3,"tareGrams":4,
                 "maxGrams":5}
                """),
            ("post", "/v1/nodes/LEJ1/lpns", "/v1/nodes/{node}/lpns", """{"lpn":"DOC-2","kind":"pallet","bin":"D-2"}"""),
            ("post", "/v1/lpns/DOC-1/load", lpn + "/load", """{"id":"l","onto":"DOC-2"}"""),
            ("post", "/v1/lpns/DOC-2/move", lpn + "/move", """{"id":"m","toBin":"D-3"}"""),
            ("post", "/v1/lpns/DOC-1/unload", lpn + "/unload", """{"id":"u"}"""),
            ("post", "/v1/lpns/DOC-1/close", lpn + "/close", """{"id":"c"}"""),
            ("post", "/v1/lpns/DOC-1/open", lpn + "/open", """{"id":"o"}"""),
            ("post", "/v1/lpns/DOC-1/void", lpn + "/void", """{"id":"v"}"""),
            ("post", "/v1/lpns/DOC-2/ship", lpn + "/ship", """{"id":"s"}"""),
            ("get", "/v1/lpns/DOC-1", lpn, null),
            ("get", "/v1/nodes/LEJ1/lpns?limit=2", "/v1/nodes/{node}/lpns", null),
        ];
        foreach (var (method, path, template, body) in calls)
            await check.Answered(api, method, path, template, body);
    }
}
