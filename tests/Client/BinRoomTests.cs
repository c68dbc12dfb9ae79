namespace Fulfillment.Tests.Client;

/// <summary>What a bin takes: units that pass a limit are refused, or go there knowingly, and that is kept.</summary>
public sealed class BinRoomTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Over = ""","overCapacity":true""";

    /// <summary>A node with a bin that takes 10 units, one for 5 litres, one for 2 kg, and one for anything.</summary>
    async Task Build(string node)
    {
        (await api.Put($"/v1/nodes/{node}", """{"name":"x"}""")).Succeeded();
        (await api.Put($"/v1/nodes/{node}/layout/zones/R", """{"kind":"reserve"}""")).Is(201);
        (await api.Post($"/v1/nodes/{node}/bins", """
            {"bins":[{"id":"TEN","zone":"R","room":{"maxUnits":10}},
             {"id":"VOL","zone":"R","room":{"volumeMm3":5000000}},
             {"id":"KG","zone":"R","room":{"maxGrams":2000}},{"id":"ANY","zone":"R"}]}
            """)).Is(201);
    }

    /// <summary>A SKU of one litre and half a kilogram.</summary>
    Task Litre(string sku) => api.Stock(
        sku, 0, ""","product":{"lengthMm":100,"widthMm":100,"heightMm":100,"grams":500} """);

    Task<Answer> Receive(string sku, string id, string node, int quantity, string bin, string more = "") => api.Post(
        $"/v1/skus/{sku}/receipts",
        $$"""{"id":"{{id}}","node":"{{node}}","quantity":{{quantity}},"bin":"{{bin}}"{{more}}}""");

    Task<Answer> Move(string sku, string id, string node, int quantity, string from, string to, string more = "") =>
        api.Post($"/v1/skus/{sku}/moves", $$"""
            {"id":"{{id}}","node":"{{node}}","quantity":{{quantity}},"from":"available","to":"available",
             "bin":"{{from}}","toBin":"{{to}}","reason":"tidy"{{more}}}
            """);

    static void Full(Answer answer, string limit, string says)
    {
        answer.IsProblem(409, "over-capacity");
        Assert.Equal(limit, answer.Text("errors/0/code"));
        Assert.Contains(says, answer.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TEN", "units", "TEN takes 10 units and has 4: 7 of BR-TEN add 7")]
    [InlineData("VOL", "volume", "VOL takes 5000000 mm3 and has 4000000: 7 of BR-VOL add 7000000")]
    [InlineData("KG", "weight", "KG takes 2000 g and has 2000: 7 of BR-KG add 3500")]
    public async Task A_receipt_and_a_move_beyond_a_limit_are_refused_with_the_bin_the_limit_and_what_is_there(
        string bin, string limit, string says)
    {
        var (node, sku) = ($"BR{bin}", $"BR-{bin}");
        await Build(node);
        await Litre(sku);
        (await Receive(sku, "r-1", node, 4, bin)).Is(201);
        Full(await Receive(sku, "r-2", node, 7, bin), limit, says);
        (await Receive(sku, "r-3", node, 7, "ANY")).Is(201);
        Full(await Move(sku, "m-1", node, 7, "ANY", bin), limit, says);
        Assert.Equal(11, (await api.Get($"/v1/skus/{sku}/availability")).Is(200).Number("onHand"));

        // Knowingly it goes; whoever repeats it need not know any more, and that it was known is kept.
        (await Move(sku, "m-1", node, 7, "ANY", bin, Over)).Is(201);
        (await Move(sku, "m-1", node, 7, "ANY", bin)).Is(200);
        await api.Embedded.ViewsReached();
        (await Move(sku, "m-1", node, 7, "ANY", bin)).Is(200);
        var moved = (await api.Get($"/v1/skus/{sku}/movements?limit=1")).Is(200);
        Assert.Equal(("m-1", says), (moved.Text("items/0/id"), moved.Text("items/0/overCapacity")));
        var refused = (await api.List($"/v1/nodes/{node}/putaway?sku={sku}&quantity=1")).Each("bin", "refused");
        Assert.Contains(bin, refused);
    }

    [Fact]
    public async Task A_purchase_order_and_a_pallet_fill_a_bin_with_all_that_they_bring()
    {
        await Build("BRP");
        foreach (var sku in (string[])["BP-1", "BP-2"]) await Litre(sku);
        (await api.Put("/v1/purchase-orders/BP", """
            {"supplier":"ACME","node":"BRP","currency":"EUR","lines":[
             {"id":"1","sku":"BP-1","quantity":20,"unitCost":{"amount":1,"currency":"EUR"},
              "expectedAt":"2027-01-05T08:00:00Z"},
             {"id":"2","sku":"BP-2","quantity":20,"unitCost":{"amount":1,"currency":"EUR"},
              "expectedAt":"2027-01-05T08:00:00Z"}]}
            """)).Is(201);
        (await api.Post("/v1/purchase-orders/BP/send", """{"id":"s"}""")).Is(200);
        const string both = """
            "lines":[{"line":"1","quantity":6,"bin":"TEN"},{"line":"2","quantity":5,"bin":"TEN"}]
            """;
        var path = "/v1/purchase-orders/BP/receipts";
        Full(await api.Post(path, $$"""{"id":"d",{{both}}}"""), "units", "TEN takes 10 units and has 6");
        (await api.Post(path, $$"""{"id":"d",{{both}}{{Over}}}""")).Succeeded();
        (await api.Post(path, $$"""{"id":"d",{{both}}}""")).Succeeded();
        await api.Until("/v1/skus/BP-2/availability", a => a.Number("onHand") == 5);

        (await api.Post("/v1/nodes/BRP/lpns", """{"lpn":"PAL-R","kind":"pallet","bin":"ANY"}""")).Is(201);
        (await Receive("BP-1", "p-1", "BRP", 3, "ANY", ",\"lpn\":\"PAL-R\"")).Is(201);
        (await Receive("BP-2", "p-2", "BRP", 3, "ANY", ",\"lpn\":\"PAL-R\"")).Is(201);
        Full(await To("m"), "volume", "VOL takes 5000000 mm3 and has 3000000");
        (await To("m", Over)).Succeeded();
        (await To("m")).Succeeded();
        var story = (await api.Get("/v1/lpns/PAL-R")).Is(200);
        Assert.Contains("VOL takes 5000000 mm3", story.Text("history/0/overCapacity"), StringComparison.Ordinal);

        Task<Answer> To(string id, string more = "") =>
            api.Post("/v1/lpns/PAL-R/move", $$"""{"id":"{{id}}","toBin":"VOL"{{more}}}""");
    }

    [Fact]
    public async Task What_is_put_back_and_a_loaded_pallet_that_is_registered_need_room_too()
    {
        await Build("BRU");
        await Litre("BU");
        (await Receive("BU", "r-1", "BRU", 9, "TEN")).Is(201);
        (await Receive("BU", "r-2", "BRU", 3, "ANY", ",\"lpn\":\"PAL-U\"")).Is(201);
        Full(await Register(), "units", "TEN takes 10 units and has 9: 3 of BU add 3");
        (await Register(Over)).Is(201);
        (await Register()).Is(200);

        (await api.Post("/v1/orders", """{"id":"BU-O","lines":[{"sku":"BU","quantity":2}]}""")).Succeeded();
        await api.Until("/v1/skus/BU/availability", a => a.Number("committed") == 2);
        (await api.Post("/v1/skus/BU/picks", """{"id":"p","order":"BU-O","node":"BRU","quantity":2}""")).Is(200);
        Full(await Back(), "units", "TEN takes 10 units and has ");
        (await Back(Over)).Is(200);
        (await Back()).Is(200);

        Task<Answer> Register(string more = "") => api.Post(
            "/v1/nodes/BRU/lpns", $$"""{"lpn":"PAL-U","kind":"pallet","bin":"TEN"{{more}}}""");
        Task<Answer> Back(string more = "") => api.Post(
            "/v1/skus/BU/unpicks",
            $$"""{"id":"u","order":"BU-O","node":"BRU","quantity":2,"toBin":"TEN"{{more}}}""");
    }

    [Fact]
    public async Task A_face_of_another_seller_stays_his()
    {
        await Build("BRF");
        const string path = "/v1/nodes/BRF/bins/ANY", face = """{"zone":"R","face":{"sku":"X","min":1,"max":5}}""",
            none = """{"zone":"R"}""";
        (await api.Put(path, face, ("Seller", "a"))).Is(200);
        foreach (var body in (string[])[face, none])
        {
            var refused = (await api.Put(path, body, ("Seller", "b"))).IsProblem(409, "face-of-other");
            Assert.DoesNotContain("\"X\"", refused.Body, StringComparison.Ordinal);
        }

        (await api.Post("/v1/nodes/BRF/bins", $$"""{"bins":[{"id":"NEW","zone":"R"},{"id":"ANY","zone":"R"}]}"""))
            .IsProblem(409, "face-of-other");
        (await api.Get("/v1/nodes/BRF/bins/NEW")).IsProblem(404, "unknown-bin");
        (await api.Put(path, face.Replace("5", "9", StringComparison.Ordinal), ("Seller", "a"))).Is(200);
        (await api.Put(path, none, ("Seller", "a"))).Is(200);
        (await api.Put(path, face, ("Seller", "b"))).Is(200);
    }
}
