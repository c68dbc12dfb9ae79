namespace Fulfillment.Tests.Client;

/// <summary>SKUs: what the catalogue says of them.</summary>
public sealed class SkuTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_SKU_is_created_and_given_back_as_it_was_put()
    {
        var created = (await api.Put(
            "/v1/skus/S-1",
            """
            {"title":"Mug \"Ünïcödé\" <b>","description":"300 ml","backorder":true,
             "price":{"amount":1999,"currency":"EUR"},
             "attributes":{"colour":"blue","a.b/c":"x"},"images":["https://example.com/mug.png"]}
            """)).Is(201);
        Assert.Equal("/v1/skus/S-1", created.Header("Location"));
        Assert.Equal("\"1\"", created.Header("ETag"));

        var read = (await api.Get("/v1/skus/S-1")).Is(200);
        Assert.Equal(created.Body, read.Body);
        Assert.Equal("\"1\"", read.Header("ETag"));
        Assert.Equal("Mug \"Ünïcödé\" <b>", read.Text("title"));
        Assert.True(read.At("backorder")!.Value.GetBoolean());
        Assert.Equal(1999, read.Number("price/amount"));
        Assert.Equal("EUR", read.Text("price/currency"));
        Assert.Equal("blue", read.Text("attributes/colour"));
        Assert.Equal("x", read.At("attributes")!.Value.GetProperty("a.b/c").GetString());
        Assert.Equal("https://example.com/mug.png", read.Text("images/0"));
        Assert.Equal(0, read.Number("available"));
    }

    [Fact]
    public async Task A_SKU_tells_its_stock()
    {
        await api.Stock("S-2", 7);
        var sku = (await api.Get("/v1/skus/S-2")).Is(200);
        Assert.Equal(7, sku.Number("onHand"));
        Assert.Equal(7, sku.Number("available"));
        Assert.Equal(0, sku.Number("reserved"));
        Assert.Equal(0, sku.Number("committed"));
        Assert.Equal("LEJ1", sku.Text("nodes/0/node"));
        Assert.Equal(7, sku.Number("nodes/0/onHand"));
    }

    [Fact]
    public async Task The_same_content_again_changes_nothing_and_other_content_makes_a_revision()
    {
        await api.Put("/v1/skus/S-3", """{"title":"Old","attributes":{"b":"1","a":"2"},"images":["http://x/1"]}""");
        var head = api.Head;

        (await api.Put("/v1/skus/S-3", """{"images":["http://x/1"],"attributes":{"a":"2","b":"1"},"title":"Old"}"""))
            .Is(200);
        Assert.Equal(head, api.Head);

        var changed = (await api.Put("/v1/skus/S-3", """{"title":"New"}""")).Is(200);
        Assert.Equal("\"2\"", changed.Header("ETag"));
        Assert.Equal("New", (await api.Get("/v1/skus/S-3")).Text("title"));
    }

    [Fact]
    public async Task An_unknown_SKU_is_not_found()
    {
        (await api.Get("/v1/skus/NOTHING")).IsProblem(404, "unknown-sku");
        (await api.Get("/v1/skus/NOTHING/availability")).IsProblem(404, "unknown-sku");
        (await api.Get("/v1/availability?sku=NOTHING")).IsProblem(404, "unknown-sku");
    }

    [Fact]
    public async Task SKUs_are_listed_by_id_in_pages_with_their_stock()
    {
        var seller = ("Seller", "lister");
        foreach (var id in (string[])["L-c", "L-a", "L-b"]) await api.Stock(id, 3, headers: seller);

        var first = (await api.List("/v1/skus?limit=2", seller)).Is(200);
        Assert.Equal(["L-a", "L-b"], first.Each("sku"));
        Assert.Equal(3, first.Number("items/0/available"));
        var second = (await api.Get($"/v1/skus?limit=1&cursor={Uri.EscapeDataString(first.Text("next")!)}", seller))
            .Is(200);
        Assert.Equal(["L-c"], second.Each("sku"));
        Assert.Null(second.At("next"));
    }

    [Fact]
    public async Task The_list_tells_no_other_revision_than_the_ETag()
    {
        var seller = ("Seller", "reviser");
        await api.Put("/v1/skus/S-4", """{"title":"Old"}""", seller);
        await api.Put("/v1/skus/S-4", """{"title":"New"}""", seller);

        var item = (await api.List("/v1/skus", seller)).Is(200);
        Assert.Equal("New", item.Text("items/0/title"));
        Assert.True(item.Number("items/0/revision") is null or 2, item.Body);
    }

    [Fact]
    public async Task Availability_is_told_of_one_and_of_many()
    {
        await api.Stock("M-1", 5);
        await api.Stock("M-2", 9);

        var one = (await api.Get("/v1/skus/M-1/availability")).Is(200);
        Assert.Equal(
            """{"sku":"M-1","onHand":5,"reserved":0,"committed":0,"available":5,"nodes":"""
            + """[{"node":"LEJ1","onHand":5,"sellable":5,"committed":0}],"backordered":0}""",
            one.Body);

        var many = (await api.Get("/v1/availability?sku=M-2&sku=M-1&sku=M-2")).Is(200);
        Assert.Equal(["M-2", "M-1"], many.Each("sku"));
        Assert.Equal(9, many.Number("items/0/available"));
    }

    [Fact]
    public async Task One_of_many_that_does_not_exist_is_named()
    {
        await api.Stock("M-3", 1);
        var problem = (await api.Get("/v1/availability?sku=M-3&sku=GONE")).IsProblem(404, "unknown-sku");
        Assert.Contains("GONE", problem.Text("detail"), StringComparison.Ordinal);
    }
}
