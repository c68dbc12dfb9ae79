namespace Fulfillment.Tests.Client;

/// <summary>What carrying a SKU asks for, kits, and what to offer instead.</summary>
public sealed class CatalogueTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task What_carrying_a_SKU_asks_for_is_given_back_as_it_was_put()
    {
        const string facts =
            """
            {"grams":420,"lengthMm":120,"widthMm":90,"heightMm":95,"handling":["fragile","cold-chain"],
             "availableFrom":"2027-01-05T08:00:00Z","value":{"amount":1150,"currency":"EUR"}}
            """;
        (await api.Put("/v1/skus/P-1", $$"""{"title":"Mug","product":{{facts}}}""")).Is(201);

        var read = (await api.Get("/v1/skus/P-1")).Is(200);
        Assert.Equal(420, read.Number("product/grams"));
        Assert.Equal((120L, 90L, 95L), (read.Number("product/lengthMm")!.Value, read.Number("product/widthMm")!.Value,
            read.Number("product/heightMm")!.Value));
        Assert.Equal("fragile", read.Text("product/handling/0"));
        Assert.Equal("cold-chain", read.Text("product/handling/1"));
        Assert.Equal("2027-01-05T08:00:00.000Z", read.Text("product/availableFrom"));
        Assert.Equal(1150, read.Number("product/value/amount"));
        Assert.Equal("EUR", read.Text("product/value/currency"));
        await api.Embedded.ViewsReached();
        Assert.Contains("\"grams\":420", (await api.Get("/v1/skus?limit=500")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_many_kits_are_available_as_there_are_components_for()
    {
        await api.Stock("K-plate", 9);
        await api.Stock("K-cup", 5);
        (await api.Put("/v1/skus/K-set",
            """{"title":"Set","kit":[{"sku":"K-plate","units":2},{"sku":"K-cup","units":1}]}""")).Is(201);

        var kit = (await api.Get("/v1/skus/K-set/availability")).Is(200);
        Assert.Equal(4, kit.Number("available"));
        Assert.Equal(["K-plate", "K-cup"], kit.Each("sku", "kit"));
        Assert.Equal(["9", "5"], kit.Each("available", "kit"));

        (await api.Post("/v1/skus/K-cup/holds", """{"id":"h","quantity":3,"holdFor":"PT5M"}""")).Is(201);
        Assert.Equal(2, (await api.Get("/v1/skus/K-set/availability")).Number("available"));
        var both = (await api.Get("/v1/availability?sku=K-set&sku=K-cup")).Is(200);
        Assert.Equal(["2", "2"], both.Each("available"));
    }

    [Fact]
    public async Task A_kit_has_no_stock_and_what_has_stock_becomes_no_kit()
    {
        await api.Stock("N-part", 5);
        await api.Stock("N-kit", 0, ""","kit":[{"sku":"N-part","units":1}]""");
        const string unit = """{"id":"r","node":"LEJ1","quantity":1}""";

        (await api.Post("/v1/skus/N-kit/receipts", unit)).IsProblem(409, "is-kit");
        (await api.Post("/v1/skus/N-kit/holds", """{"id":"h","quantity":3,"holdFor":"PT5M"}"""))
            .IsProblem(409, "is-kit");
        await api.Stock("N-more", 0);
        (await api.Put("/v1/skus/N-part", """{"title":"x","kit":[{"sku":"N-more","units":1}]}"""))
            .IsProblem(409, "has-stock");
    }

    [Fact]
    public async Task A_kit_of_kits_or_of_what_nobody_knows_is_refused()
    {
        await api.Stock("D-part", 1);
        await api.Stock("D-kit", 0, ""","kit":[{"sku":"D-part","units":1}]""");
        var head = api.Head;

        (await api.Put("/v1/skus/D-new",
            """{"title":"x","kit":[{"sku":"D-part","units":1},{"sku":"D-kit","units":1}]}"""))
            .IsProblem(400, "nested-kit", "/kit/1/sku");
        (await api.Put("/v1/skus/D-new", """{"title":"x","kit":[{"sku":"D-none","units":1}]}"""))
            .IsProblem(400, "unknown-sku", "/kit/0/sku");
        Assert.Equal(head, api.Head);
    }

    [Fact]
    public async Task Substitutes_are_ranked_and_tell_what_can_be_promised_now()
    {
        await api.Stock("U-red", 0, ""","backorder":true""");
        await api.Stock("U-green", 7);
        await api.Stock("U-blue", 0, ""","substitutes":["U-gone","U-red","U-green"]""");

        var offered = (await api.Get("/v1/skus/U-blue/substitutes")).Is(200);
        Assert.Equal("U-blue", offered.Text("sku"));
        Assert.Equal(["U-red", "U-green"], offered.Each("sku"));
        Assert.Equal(["1", "2"], offered.Each("rank"));
        Assert.Equal(["0", "7"], offered.Each("available"));
        Assert.Equal(["True", "False"], offered.Each("backorder"));
        Assert.Empty((await api.Get("/v1/skus/U-red/substitutes")).Is(200).Items());
        (await api.Get("/v1/skus/U-gone/substitutes")).IsProblem(404, "unknown-sku");
    }

    [Fact]
    public async Task Who_orders_what_is_sold_out_is_told_what_to_take_instead()
    {
        await api.Stock("O-red", 4);
        await api.Stock("O-blue", 1, ""","substitutes":["O-red"]""");

        var refused = (await api.Order("O-1", "O-blue", 2)).IsProblem(409, "sold-out");
        Assert.Equal("O-red", refused.Text("order/short/0/substitutes/0/sku"));
        Assert.Equal(4, refused.Number("order/short/0/substitutes/0/available"));
        Assert.Null((await api.Order("O-2", "O-red", 9)).IsProblem(409, "sold-out").At("order/short/0/substitutes"));
        await api.Stock("O-set", 0, ""","kit":[{"sku":"O-blue","units":2}],"substitutes":["O-other"]""");
        await api.Stock("O-other", 3);
        var set = (await api.Order("O-3", "O-set", 1)).IsProblem(409, "sold-out");
        Assert.Equal(("1", "O-blue"), (set.Text("order/short/0/kit"), set.Text("order/short/0/sku")));
        Assert.Equal(["O-other"], set.Each("sku", "order/short/0/substitutes"));
        // What the order itself says stays what stock told it.
        Assert.Null((await api.Get("/v1/orders/O-1")).Is(200).At("short/0/substitutes"));
    }
}
