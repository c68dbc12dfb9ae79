namespace Fulfillment.Tests.Client;

/// <summary>Buffers, levels and reorder points, over HTTP.</summary>
public sealed class StockRulesTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task What_a_channel_may_offer_follows_the_stock_and_its_listing_is_paused_and_resumed()
    {
        await api.Stock("W-1", 10);
        var set = (await Put("W-1",
            """
            {"buffer":2,"nodes":[{"node":"LEJ1","keep":1}],
            "channels":[{"channel":"web","cap":5},{"channel":"b2b","buffer":3}]}
            """))
            .Is(200);
        Assert.Equal(("\"1\"", 1L), (set.Header("ETag"), set.Number("revision")));
        Assert.Equal(["5", "4"], set.Each("published", "channels"));

        (await api.Order("o-w1", "W-1", 7)).Is(201);
        var sold = await api.Until("/v1/skus/W-1/stock-rules", r => r.Each("paused", "channels")[0] == "True");
        Assert.Equal(["0", "0"], sold.Each("published", "channels"));
        var alerts = await api.Until("/v1/stock-alerts?sku=W-1&kind=listing&open=true", a => a.Each("name").Count == 2);
        Assert.Equal(["b2b", "web"], alerts.Each("name", "items"));

        (await api.Post("/v1/skus/W-1/receipts", """{"id":"r-9","node":"LEJ1","quantity":2}""")).Is(201);
        await api.Until("/v1/stock-alerts?sku=W-1&open=false", a => a.Each("name", "items") is ["web"]);
        Assert.Equal("False", (await api.Get("/v1/skus/W-1/stock-rules")).Each("paused", "channels")[0]);
    }

    [Fact]
    public async Task Ten_sales_below_a_level_are_one_alert()
    {
        await api.Stock("W-2", 12);
        (await Put("W-2", """{"levels":[{"name":"low","at":10}]}""")).Is(200);
        for (var i = 0; i < 10; i++) (await api.Order($"o-w2-{i}", "W-2")).Is(201);

        var told = await api.Until("/v1/stock-alerts?sku=W-2", a => a.Each("name").Count > 0);

        Assert.Equal(["low"], told.Each("name", "items"));
        Assert.Equal(["10"], told.Each("units", "items"));
        Assert.Equal(["True"], (await api.Get("/v1/skus/W-2/stock-rules")).Each("crossed", "levels"));
    }

    [Fact]
    public async Task Below_the_reorder_point_there_is_one_draft_and_the_next_when_that_is_received()
    {
        await api.Stock("W-3", 6);
        (await Put("W-3", Reorder)).Is(200);
        (await api.Order("o-w3", "W-3", 2)).Is(201);
        (await api.Order("o-w4", "W-3", 1)).Is(201);

        var draft = await api.Until("/v1/purchase-orders/reorder.W-3.1", p => p.Status == 200);
        Assert.Equal(("draft", "MUGS", 24L), (
            draft.Text("status"), draft.Text("supplier"), draft.Number("lines/0/ordered")));
        Assert.Equal("reorder.W-3.1", (await api.Get("/v1/skus/W-3/stock-rules")).Text("reorder/open"));
        Assert.Equal(404, (await api.Get("/v1/purchase-orders/reorder.W-3.2")).Status);

        (await api.Post("/v1/purchase-orders/reorder.W-3.1/send", """{"id":"s"}""")).Is(200);
        (await api.Post("/v1/purchase-orders/reorder.W-3.1/close", """{"id":"c","reason":"bankrupt"}""")).Is(200);
        await api.Until("/v1/stock-alerts?sku=W-3&kind=reorder&open=false", a => a.Each("name").Count == 1);
        Assert.True((await api.Get("/v1/skus/W-3/stock-rules")).At("reorder/declined")!.Value.GetBoolean());
    }

    [Fact]
    public async Task Nobody_else_writes_orders_under_the_ids_of_SKUs() =>
        (await api.Put("/v1/purchase-orders/reorder.X.1",
            """
            {"supplier":"A","node":"LEJ1","currency":"EUR","lines":[{"sku":"X","quantity":1,
            "unitCost":{"amount":1,"currency":"EUR"},"expectedAt":"2030-01-01T00:00:00Z"}]}
            """)).IsProblem(400, "reserved-id", "id");

    [Fact]
    public async Task Rules_have_revisions_and_need_a_SKU_that_has_stock()
    {
        await api.Stock("W-5", 1);
        (await Put("W-5", """{"buffer":1}""")).Is(200);
        (await Put("W-5", """{"buffer":1}""")).Is(200);
        (await api.Put("/v1/skus/W-5/stock-rules", """{"buffer":2}""", ("If-Match", "\"7\"")))
            .IsProblem(412, "stale");
        Assert.Equal(1, (await api.Get("/v1/skus/W-5/stock-rules")).Number("revision"));

        (await Put("nobody", """{"buffer":1}""")).IsProblem(404, "unknown-sku");
        (await api.Put("/v1/skus/W-kit", """{"title":"Two","kit":[{"sku":"W-5","units":2}]}""")).Is(201);
        (await Put("W-kit", """{"buffer":1}""")).IsProblem(409, "is-kit");
    }

    const string Reorder =
        """
        {"reorder":{"point":5,"upTo":20,"supplier":"MUGS","node":"LEJ1","unitCost":{"amount":250,"currency":"EUR"},
        "leadDays":14,"multiple":12}}
        """;

    Task<Answer> Put(string sku, string rules) => api.Put($"/v1/skus/{sku}/stock-rules", rules);
}
