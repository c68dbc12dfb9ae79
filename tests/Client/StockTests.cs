namespace Fulfillment.Tests.Client;

/// <summary>Receipts, adjustments, changes of state, holds, and the list of movements.</summary>
public sealed class StockTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_receipt_adds_units_once()
    {
        await api.Stock("R-1", 0);
        var path = "/v1/skus/R-1/receipts";
        var body = """{"id":"r-1","node":"LEJ1","quantity":10,"reason":"purchase"}""";

        var first = (await api.Post(path, body)).Is(201);
        Assert.Equal("""{"sku":"R-1","id":"r-1","node":"LEJ1","onHand":10,"available":10}""", first.Body);

        var head = api.Head;
        Assert.Equal(first.Body, (await api.Post(path, body)).Is(200).Body);
        Assert.Equal(head, api.Head);

        (await api.Post(path, """{"id":"r-1","node":"LEJ1","quantity":11,"reason":"purchase"}"""))
            .IsProblem(422, "idempotency-conflict");
        Assert.Equal(10, (await api.Get("/v1/skus/R-1")).Number("onHand"));
    }

    [Fact]
    public async Task A_receipt_in_another_state_cannot_be_sold()
    {
        await api.Stock("R-2", 0);
        (await api.Post("/v1/skus/R-2/receipts", """{"id":"r-1","node":"LEJ1","quantity":4,"state":"quarantine"}"""))
            .Is(201);

        var sku = await api.Get("/v1/skus/R-2");
        Assert.Equal(4, sku.Number("onHand"));
        Assert.Equal(0, sku.Number("available"));
        Assert.Equal(4, sku.Number("unavailable/quarantine"));
    }

    [Fact]
    public async Task An_unknown_SKU_or_node_is_not_found()
    {
        await api.Stock("R-3", 0);
        (await api.Post("/v1/skus/GONE/receipts", """{"id":"r-1","node":"LEJ1","quantity":1}"""))
            .IsProblem(404, "unknown-sku");
        (await api.Post("/v1/skus/R-3/receipts", """{"id":"r-1","node":"GONE","quantity":1}"""))
            .IsProblem(400, "unknown-node", "/node");
        Assert.Equal(0, (await api.Get("/v1/skus/R-3")).Number("onHand"));
    }

    [Fact]
    public async Task An_adjustment_corrects_the_count_both_ways_and_is_never_made_twice()
    {
        await api.Stock("A-1", 10);
        var path = "/v1/skus/A-1/adjustments";

        Assert.Equal(7, (await api.Post(path, """{"id":"a-1","node":"LEJ1","delta":-3,"reason":"count"}""")).Is(201)
            .Number("onHand"));
        Assert.Equal(9, (await api.Post(path, """{"id":"a-2","node":"LEJ1","delta":2,"reason":"found"}""")).Is(201)
            .Number("onHand"));
        (await api.Post(path, """{"id":"a-1","node":"LEJ1","delta":-3,"reason":"count"}""")).Is(200);
        (await api.Post(path, """{"id":"a-1","node":"LEJ1","delta":-3,"reason":"theft"}"""))
            .IsProblem(422, "idempotency-conflict");
        Assert.Equal(9, (await api.Get("/v1/skus/A-1")).Number("onHand"));
    }

    [Fact]
    public async Task An_adjustment_goes_neither_below_zero_nor_below_what_orders_have()
    {
        await api.Stock("A-2", 5);
        var path = "/v1/skus/A-2/adjustments";
        (await api.Post(path, """{"id":"a-1","node":"LEJ1","delta":-6,"reason":"count"}"""))
            .IsProblem(409, "below-zero");

        (await api.Order("A-2-o", "A-2", 4)).Is(201);
        await api.Until("A-2-o", "allocated");
        (await api.Post(path, """{"id":"a-2","node":"LEJ1","delta":-2,"reason":"count"}"""))
            .IsProblem(409, "committed");
        (await api.Post(path, """{"id":"a-3","node":"LEJ1","delta":-1,"reason":"count"}""")).Is(201);
        Assert.Equal(0, (await api.Get("/v1/skus/A-2")).Number("available"));
    }

    [Fact]
    public async Task An_adjustment_does_not_take_what_is_held()
    {
        await api.Stock("A-3", 5);
        (await api.Post("/v1/skus/A-3/holds", """{"id":"cart","quantity":3,"holdFor":"PT5M"}""")).Is(201);
        (await api.Post("/v1/skus/A-3/adjustments", """{"id":"a-1","node":"LEJ1","delta":-3,"reason":"count"}"""))
            .IsProblem(409, "reserved");
    }

    [Fact]
    public async Task Units_change_their_state_and_back()
    {
        await api.Stock("V-1", 5);
        var path = "/v1/skus/V-1/moves";
        var move = """{"id":"m-1","node":"LEJ1","quantity":2,"from":"available","to":"damaged","reason":"fell"}""";

        Assert.Equal(3, (await api.Post(path, move)).Is(201).Number("available"));
        (await api.Post(path, move)).Is(200);
        (await api.Post(path,
            """{"id":"m-2","node":"LEJ1","quantity":3,"from":"damaged","to":"available","reason":"?"}"""))
            .IsProblem(409, "below-zero");
        (await api.Post(path,
            """{"id":"m-3","node":"LEJ1","quantity":2,"from":"damaged","to":"available","reason":"mended"}""")).Is(201);

        var sku = await api.Get("/v1/skus/V-1");
        Assert.Equal(5, sku.Number("available"));
        Assert.Null(sku.At("unavailable"));
    }

    [Fact]
    public async Task Movements_are_listed_newest_first_in_pages_that_do_not_shift()
    {
        await api.Stock("L-1", 0);
        for (var i = 1; i <= 5; i++)
            (await api.Post("/v1/skus/L-1/receipts",
                $$"""{"id":"r-{{i}}","node":"LEJ1","quantity":{{i}},"reason":"purchase {{i}}"}""")).Is(201);

        var first = (await api.List("/v1/skus/L-1/movements?limit=2")).Is(200);
        Assert.Equal(["r-5", "r-4"], first.Each("id"));
        Assert.Equal("receipt", first.Text("items/0/type"));
        Assert.Equal(5, first.Number("items/0/quantity"));
        Assert.Equal("purchase 5", first.Text("items/0/reason"));
        Assert.Equal("api", first.Text("items/0/actor"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", first.Text("items/0/at"));

        (await api.Post("/v1/skus/L-1/adjustments", """{"id":"a-1","node":"LEJ1","delta":-1,"reason":"count"}"""))
            .Is(201);
        var second = (await api.List($"/v1/skus/L-1/movements?limit=2&cursor={first.Text("next")}")).Is(200);
        Assert.Equal(["r-3", "r-2"], second.Each("id"));
        var third = (await api.Get($"/v1/skus/L-1/movements?limit=2&cursor={second.Text("next")}")).Is(200);
        Assert.Equal(["r-1"], third.Each("id"));
        Assert.Null(third.At("next"));
        Assert.Contains("\"next\":null", third.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_keeps_units_from_others_until_it_is_given_back()
    {
        await api.Stock("H-1", 5);
        var path = "/v1/skus/H-1/holds";
        var hold = (await api.Post(path, """{"id":"cart-1","quantity":4,"holdFor":"PT10M"}""")).Is(201);
        Assert.Equal("/v1/skus/H-1/holds/cart-1", hold.Header("Location"));
        Assert.Equal(4, hold.Number("quantity"));
        Assert.Equal(1, hold.Number("available"));
        Assert.NotNull(hold.Text("until"));

        Assert.Equal(hold.Body, (await api.Post(path, """{"id":"cart-1","quantity":4,"holdFor":"PT10M"}"""))
            .Is(200).Body);
        (await api.Post(path, """{"id":"cart-1","quantity":3,"holdFor":"PT10M"}"""))
            .IsProblem(422, "idempotency-conflict");
        (await api.Post(path, """{"id":"cart-2","quantity":2,"holdFor":"PT10M"}""")).IsProblem(409, "sold-out");

        Assert.Equal(5, (await api.Delete(path + "/cart-1")).Is(200).Number("available"));
        (await api.Delete(path + "/cart-1")).Is(200);
        (await api.Post(path, """{"id":"cart-1","quantity":4,"holdFor":"PT10M"}""")).IsProblem(409, "hold-ended");
        (await api.Delete(path + "/never")).IsProblem(404, "unknown-hold");
    }

    [Fact]
    public async Task A_hold_can_be_looked_at_where_its_answer_says()
    {
        await api.Stock("H-2", 5);
        var hold = (await api.Post("/v1/skus/H-2/holds", """{"id":"cart","quantity":2,"holdFor":"PT10M"}""")).Is(201);
        Assert.Equal(hold.Body, (await api.Get(hold.Header("Location")!)).Is(200).Body);
        (await api.Delete(hold.Header("Location")!)).Is(200);
        var given = (await api.Get(hold.Header("Location")!)).Is(200);
        Assert.Equal(0, given.Number("quantity"));
        Assert.Null(given.At("until"));
        (await api.Get("/v1/skus/H-2/holds/never")).IsProblem(404, "unknown-hold");
        (await api.Get("/v1/skus/NONE/holds/cart")).IsProblem(404, "unknown-hold");
    }

    [Fact]
    public async Task A_hold_on_units_that_will_come_says_so_and_is_given_back_whole()
    {
        await api.Stock("H-3", 1, ""","backorder":true""");
        var path = "/v1/skus/H-3/holds";
        var part = (await api.Post(path, """{"id":"a","quantity":3,"holdFor":"PT10M"}""")).Is(201);
        Assert.Equal(3, part.Number("quantity"));
        Assert.Equal(2, part.Number("backordered"));
        var all = (await api.Post(path, """{"id":"b","quantity":4,"holdFor":"PT10M"}""")).Is(201);
        Assert.Equal(4, all.Number("quantity"));
        Assert.Equal(4, all.Number("backordered"));

        (await api.Delete(path + "/a")).Is(200);
        (await api.Delete(path + "/b")).Is(200);
        var sku = await api.Get("/v1/skus/H-3");
        Assert.Equal(0, sku.Number("backordered"));
        Assert.Equal(1, sku.Number("available"));
    }
}
