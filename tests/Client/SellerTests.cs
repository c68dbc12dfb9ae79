namespace Fulfillment.Tests.Client;

/// <summary>Sellers do not see each other, though they use the same ids.</summary>
public sealed class SellerTests(ApiServer api) : IClassFixture<ApiServer>
{
    static readonly (string, string) Anna = ("Seller", "anna"), Bert = ("Seller", "bert");

    [Fact]
    public async Task One_id_means_something_else_to_every_seller()
    {
        await api.Stock("X", 3, headers: Anna);
        await api.Stock("X", 8, headers: Bert);
        (await api.Order("o-1", "X", 1, "", Anna)).Is(201);
        (await api.Order("o-1", "X", 2, "", Bert)).Is(201);

        Assert.Equal(2, (await api.Get("/v1/skus/X", Anna)).Number("available"));
        Assert.Equal(6, (await api.Get("/v1/skus/X", Bert)).Number("available"));
        Assert.Equal(1, (await api.Get("/v1/orders/o-1", Anna)).Number("lines/0/quantity"));
        Assert.Equal(2, (await api.Get("/v1/orders/o-1", Bert)).Number("lines/0/quantity"));
        (await api.Get("/v1/orders/o-1")).IsProblem(404, "unknown-order");
        (await api.Get("/v1/skus/X")).IsProblem(404, "unknown-sku");
    }

    [Fact]
    public async Task Lists_feeds_and_keys_are_of_one_seller()
    {
        await api.Stock("Y", 3, headers: Anna);
        (await api.Order("y-1", "Y", 1, "", Anna)).Is(201);
        await api.Until("y-1", ["allocated"], Anna);

        Assert.Contains("y-1", (await api.List("/v1/orders", Anna)).Each("id"));
        Assert.DoesNotContain("y-1", (await api.Get("/v1/orders?limit=500", Bert)).Each("id"));
        Assert.Empty((await api.Get("/v1/orders?sku=Y", Bert)).Items());
        Assert.Contains("y-1-F1", (await api.Get("/v1/fulfilment-orders", Anna)).Each("id"));
        Assert.DoesNotContain("y-1-F1", (await api.Get("/v1/fulfilment-orders?limit=500", Bert)).Each("id"));
        Assert.Empty((await api.Get("/v1/skus/Y/movements", Bert)).Items());
        (await api.Post("/v1/orders/y-1/cancel", """{"id":"c"}""", Bert)).IsProblem(404, "unknown-order");
        (await api.Post("/v1/fulfilment-orders/y-1-F1/ship", """{"id":"s"}""", Bert))
            .IsProblem(404, "unknown-fulfilment-order");

        var key = ("Idempotency-Key", "shared");
        await api.Stock("Y", 3, headers: Bert);
        (await api.Post("/v1/orders", """{"lines":[{"sku":"Y","quantity":1}]}""", Anna, key)).Is(201);
        (await api.Post("/v1/orders", """{"lines":[{"sku":"Y","quantity":2}]}""", Bert, key)).Is(201);
    }

    [Fact]
    public async Task Nodes_belong_to_the_operator_and_serve_all()
    {
        (await api.Put("/v1/nodes/COMMON", """{"name":"x"}""", Anna)).Is(201);
        (await api.Get("/v1/nodes/COMMON", Bert)).Is(200);
    }

    [Fact]
    public async Task Without_a_seller_it_is_the_default_one()
    {
        await api.Stock("Z", 3);
        (await api.Get("/v1/skus/Z", ("Seller", "default"))).Is(200);
        (await api.Get("/v1/skus/Z", ("Seller", "Default"))).IsProblem(404, "unknown-sku");
    }
}
