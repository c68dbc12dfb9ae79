namespace Fulfillment.Tests.Client;

/// <summary>Bins, lots and serials over HTTP: from the dock to the buyer, and back by a recall.</summary>
public sealed class LotApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string ByLot = ""","tracking":{"lots":true,"expiry":true}""", BySerial = ""","tracking":{"serials":true}""";

    static readonly string May = $"{DateTime.UtcNow.Year + 1}-05-31", June = $"{DateTime.UtcNow.Year + 1}-06-30";

    Task<Answer> Arrive(string sku, string id, int quantity, string more) => api.Post($"/v1/skus/{sku}/receipts",
        $$"""{"id":"{{id}}","node":"LEJ1","quantity":{{quantity}}{{more}}}""");

    static string Lot(string lot, string day, string bin = "A-1") =>
        $""","lot":"{lot}","expiresOn":"{day}","bin":"{bin}" """;

    /// <summary>An order with a buyer, in a fulfilment order at LEJ1.</summary>
    async Task Ordered(string id, string sku, int units)
    {
        (await api.Post("/v1/orders", $$"""
            {"id":"{{id}}","customer":{"name":"Ada Lovelace","email":"ada@example.org"},
             "lines":[{"id":"1","sku":"{{sku}}","quantity":{{units}}}]}
            """)).Is(201);
        await api.Until($"/v1/orders/{id}", order => order.Text("status") == "allocated");
    }

    Task<Answer> Ship(string order, string id, string lines) =>
        api.Post($"/v1/fulfilment-orders/{order}-F1/ship", $$"""{"id":"{{id}}","lines":[{{lines}}]}""");

    [Fact]
    public async Task What_arrives_by_lot_lies_in_its_bin_soonest_over_first_and_is_listed_at_its_node()
    {
        await api.Stock("JAM", 0, ByLot);
        (await Arrive("JAM", "r-1", 5, "")).IsProblem(400, "lot-required", "/lot");
        (await Arrive("JAM", "r-1", 5, Lot("L-2", June))).Is(201);
        (await Arrive("JAM", "r-1", 5, Lot("L-2", June))).Is(200);
        (await Arrive("JAM", "r-1", 5, Lot("L-3", June))).IsProblem(422, "idempotency-conflict");
        (await Arrive("JAM", "r-2", 3, Lot("L-1", May, "A-2"))).Is(201);
        (await Arrive("JAM", "r-3", 3, Lot("L-1", June))).IsProblem(400, "other-expiry", "/expiresOn");
        (await api.Post("/v1/skus/JAM/moves", """
            {"id":"m-1","node":"LEJ1","quantity":2,"from":"available","to":"available","lot":"L-2","bin":"A-1",
             "toBin":"B-7","reason":"put away"}
            """)).Is(201);

        var slots = (await api.Get("/v1/skus/JAM/slots")).Is(200);
        Assert.Equal(["L-1", "L-2", "L-2"], slots.Each("lot"));
        Assert.Equal(["A-2", "A-1", "B-7"], slots.Each("bin"));
        Assert.Equal(["3", "3", "2"], slots.Each("quantity"));
        var inBin = await api.Until("/v1/nodes/LEJ1/slots?bin=B-7", page => page.Each("lot").Any());
        Assert.Equal(["JAM"], inBin.Each("sku"));
        var soon = await api.Until($"/v1/lots?expiresBy={May}", page => page.Each("lot").Any());
        Assert.Equal(["L-1"], soon.Each("lot"));
        Assert.Equal(["3"], soon.Each("onHand"));
    }

    [Fact]
    public async Task Nothing_leaves_unnamed_and_a_serial_says_where_it_went()
    {
        await api.Stock("CAM", 0, BySerial);
        (await Arrive("CAM", "r-1", 2, ""","serials":["S-1"]""")).IsProblem(400, "wrong-count", "/serials");
        (await Arrive("CAM", "r-1", 2, "")).IsProblem(400, "serials-required", "/serials");
        (await Arrive("CAM", "r-1", 2, ""","serials":["S-1","S-2"],"bin":"C-1" """)).Is(201);
        (await Arrive("CAM", "r-2", 1, ""","serials":["S-1"]""")).IsProblem(409, "duplicate-serial");
        await Ordered("CAM-1", "CAM", 1);

        (await Ship("CAM-1", "s-1", """{"line":"1","quantity":1}""")).IsProblem(409, "not-picked");
        (await Ship("CAM-1", "s-2", """{"line":"1","quantity":1,"serials":["S-9"]}""")).IsProblem(409, "not-there");
        const string gone = """{"line":"1","quantity":1,"serials":["S-2"]}""";
        (await Ship("CAM-1", "s-3", gone)).Is(200);
        (await Ship("CAM-1", "s-3", gone)).Is(200);

        var went = await api.Until("/v1/serials/S-2", serial => serial.At("shipped")?.GetBoolean() == true);
        Assert.Equal("CAM-1", went.Text("order"));
        Assert.Equal(["stock-shipped", "stock-picked", "stock-received"], went.Each("type", "moves"));
        var here = (await api.Get("/v1/serials/S-1")).Is(200);
        Assert.Equal(("LEJ1", "C-1"), (here.Text("node"), here.Text("bin")));
        (await api.Get("/v1/serials/S-9")).IsProblem(404, "unknown-serial");
    }

    [Fact]
    public async Task A_recall_tells_in_one_answer_where_every_unit_is_and_who_bought_any()
    {
        await api.Stock("MILK", 0, ByLot);
        (await Arrive("MILK", "r-1", 10, Lot("L-1", May))).Is(201);
        await Ordered("MILK-1", "MILK", 2);
        (await Ship("MILK-1", "s-1", """{"line":"1","quantity":2,"lot":"L-1"}""")).Is(200);
        await Ordered("MILK-2", "MILK", 3);
        await api.Until("/v1/skus/MILK/lots/L-1/orders", page => page.Each("order").Any());

        var recall = (await api.Post("/v1/skus/MILK/lots/L-1/recall", """{"reason":"glass"}""")).Is(200);

        Assert.Equal(("recalled", "glass", 8L),
            (recall.Text("status"), recall.Text("reason"), recall.Number("onHand")));
        Assert.Equal(["5"], recall.Each("quantity", "moved"));
        Assert.Equal(["3"], recall.Each("quantity", "left"));
        Assert.Equal(["MILK-2"], recall.Items("ordersAtRisk").Select(o => o.GetString()));
        Assert.Equal(["MILK-1"], recall.Each("order", "shipped"));
        Assert.Equal("ada@example.org", recall.Text("shipped/0/buyer/email"));
        Assert.Equal(0, (await api.Get("/v1/skus/MILK/availability")).Number("available"));
        (await Ship("MILK-2", "s-1", """{"line":"1","quantity":3,"lot":"L-1"}""")).IsProblem(409, "lot-blocked");
        (await Arrive("MILK", "r-2", 1, Lot("L-1", May))).IsProblem(409, "lot-blocked");

        (await api.Post("/v1/orders/MILK-2/cancel", """{"id":"c-1","reason":"recall"}""")).Succeeded();
        var after = await api.Until(
            "/v1/skus/MILK/lots/L-1", lot => lot.Each("state", "inStock").Distinct().Count() == 1);
        Assert.Equal(["quarantine"], after.Each("state", "inStock").Distinct());
        var moves = (await api.Get("/v1/skus/MILK/lots/L-1/moves")).Is(200);
        Assert.Contains("stock-shipped", moves.Each("type"));
        (await api.Post("/v1/skus/MILK/lots/L-9/recall", """{"reason":"x"}""")).IsProblem(404, "unknown-lot");
        (await api.Post("/v1/skus/MILK/lots/L-1/clear", """{"reason":"it was another lot"}""")).Is(200);
    }

    [Fact]
    public async Task Picks_say_what_is_wrong_and_can_be_put_back()
    {
        await api.Stock("NUT", 0);
        (await Arrive("NUT", "r-1", 5, ""","bin":"A-1" """)).Is(201);
        await Ordered("NUT-1", "NUT", 2);
        Task<Answer> Pick(string more) =>
            api.Post("/v1/skus/NUT/picks", $$"""{"order":"NUT-1","node":"LEJ1"{{more}}}""");

        (await Pick(""","id":"p-0","quantity":3""")).IsProblem(409, "more-than-committed");
        (await Pick(""","id":"p-0","quantity":1,"bin":"A-9" """)).IsProblem(409, "not-there");
        var picked = (await Pick(""","id":"p-1","quantity":2,"bin":"A-1","tote":"T-1" """)).Is(200);
        Assert.Equal((2L, 2L), (picked.Number("picked"), picked.Number("committed")));
        Assert.Equal(["A-1"], picked.Each("bin", "taken"));
        var back = (await api.Post("/v1/skus/NUT/unpicks",
            """{"id":"u-1","order":"NUT-1","node":"LEJ1","quantity":1,"toBin":"A-2"}""")).Is(200);
        Assert.Equal(1, back.Number("picked"));
        Assert.Equal(["A-1", "A-2", "T-1"], (await api.Get("/v1/skus/NUT/slots")).Is(200).Items()
            .Select(s => s.TryGetProperty("bin", out var bin) ? bin.GetString() : s.GetProperty("lpn").GetString())
            .Order(StringComparer.Ordinal));
    }
}
