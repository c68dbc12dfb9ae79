namespace Fulfillment.Tests.Client;

/// <summary>Fulfilment orders: the work of a node, and what it reports.</summary>
public sealed class FulfilmentTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task An_order_is_shipped_whole_and_delivered()
    {
        await Allocated("F-1", 2);
        var shipped = (await api.Post(
            "/v1/fulfilment-orders/F-1-o-F1/ship", """{"id":"s-1","carrier":"DHL","trackingNumber":"00340"}"""))
                .Is(200);
        Assert.Equal("closed", shipped.Text("status"));
        Assert.Equal("DHL", shipped.Text("shipments/0/carrier"));
        Assert.Equal("00340", shipped.Text("shipments/0/trackingNumber"));
        Assert.Equal(2, shipped.Number("shipments/0/lines/0/quantity"));
        Assert.Equal("shipped", (await api.Get("/v1/orders/F-1-o")).Text("status"));

        (await api.Post("/v1/fulfilment-orders/F-1-o-F1/deliver", """{"id":"d-1"}""")).Is(200);
        var delivered = await api.Get("/v1/orders/F-1-o");
        Assert.Equal("delivered", delivered.Text("status"));
        Assert.Equal(2, delivered.Number("lines/0/delivered"));
        Assert.NotNull((await api.Get("/v1/fulfilment-orders/F-1-o-F1")).Text("deliveredAt"));
    }

    [Fact]
    public async Task An_order_is_shipped_in_parts()
    {
        await Allocated("F-2", 5);
        var path = "/v1/fulfilment-orders/F-2-o-F1/ship";
        var part = """{"id":"s-1","lines":[{"line":"1","quantity":2}]}""";

        var first = (await api.Post(path, part)).Is(200);
        Assert.Equal("in-progress", first.Text("status"));
        Assert.Equal(3, first.Number("lines/0/open"));
        Assert.Equal("partially-shipped", (await api.Get("/v1/orders/F-2-o")).Text("status"));
        Assert.Equal(2, (await api.Post(path, part)).Is(200).Number("lines/0/shipped"));
        (await api.Post(path, """{"id":"s-1"}""")).IsProblem(422, "idempotency-conflict");
        (await api.Post(path, """{"id":"s-2","lines":[{"line":"1","quantity":4}]}""")).IsProblem(409, "more-than-open");
        (await api.Post(path, """{"id":"s-2","lines":[{"line":"2","quantity":1}]}"""))
            .IsProblem(400, "unknown-line", "/lines");

        Assert.Equal("closed", (await api.Post(path, """{"id":"s-3"}""")).Is(200).Text("status"));
        (await api.Post(path, """{"id":"s-4"}""")).IsProblem(409, "already-shipped");
        Assert.Equal("shipped", (await api.Get("/v1/orders/F-2-o")).Text("status"));
    }

    [Fact]
    public async Task What_shipped_is_no_longer_on_hand()
    {
        await Allocated("F-3", 4, stock: 10);
        (await api.Post("/v1/fulfilment-orders/F-3-o-F1/ship", """{"id":"s-1"}""")).Is(200);
        await api.Embedded.ViewsReached();
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        while (true)
        {
            // The SKU is told by a send that follows the shipment.
            using var reader = api.Embedded.Cluster.Feed.ReadAfter(api.Head);
            var sku = await api.Get("/v1/skus/F-3");
            if (sku.Number("onHand") == 6)
            {
                Assert.Equal(6, sku.Number("available"));
                Assert.Equal(0, sku.Number("committed"));
                return;
            }

            await reader.Changed(late.Token);
        }
    }

    [Fact]
    public async Task Nothing_can_be_delivered_that_has_not_left()
    {
        await Allocated("F-4", 1);
        (await api.Post("/v1/fulfilment-orders/F-4-o-F1/deliver", """{"id":"d-1"}"""))
            .IsProblem(409, "nothing-to-deliver");
    }

    [Fact]
    public async Task A_cancelled_fulfilment_order_does_not_ship()
    {
        await Allocated("F-5", 1);
        (await api.Post("/v1/orders/F-5-o/cancel", """{"id":"c-1"}""")).Is(200);
        (await api.Post("/v1/fulfilment-orders/F-5-o-F1/ship", """{"id":"s-1"}""")).IsProblem(409, "already-cancelled");
    }

    [Theory]
    [InlineData("F-6-o-F2")]
    [InlineData("F-6-o-F0")]
    [InlineData("F-6-o-F01")]
    [InlineData("F-6-o-F+1")]
    [InlineData("F-6-o-F%201")]
    [InlineData("F-6-o-F99999999999")]
    [InlineData("F-6-o")]
    [InlineData("nothing")]
    public async Task What_is_no_fulfilment_order_is_not_found(string id)
    {
        if ((await api.Get("/v1/orders/F-6-o")).Status == 404) await Allocated("F-6", 1);
        (await api.Get($"/v1/fulfilment-orders/{id}")).IsProblem(404, "unknown-fulfilment-order");
        (await api.Post($"/v1/fulfilment-orders/{id}/ship", """{"id":"s-1"}"""))
            .IsProblem(404, "unknown-fulfilment-order");
        (await api.Post($"/v1/fulfilment-orders/{id}/deliver", """{"id":"d-1"}"""))
            .IsProblem(404, "unknown-fulfilment-order");
    }

    [Fact]
    public async Task The_work_is_listed_by_node_and_status_oldest_first()
    {
        var seller = ("Seller", "work");
        (await api.Put("/v1/nodes/WORK-1", """{"name":"One","priority":0}""")).Succeeded();
        (await api.Put("/v1/nodes/WORK-2", """{"name":"Two","priority":0}""")).Succeeded();
        await api.Stock("W-1", 0, headers: seller);
        await api.Stock("W-2", 0, headers: seller);
        await api.Receive("W-1", "WORK-1", 9, seller);
        await api.Receive("W-2", "WORK-2", 9, seller);
        foreach (var (order, sku) in ((string, string)[])[("a", "W-1"), ("b", "W-2"), ("c", "W-1"), ("d", "W-1")])
        {
            (await api.Order(order, sku, 1, "", seller)).Is(201);
            await api.Until(order, ["allocated"], seller);
        }

        (await api.Post("/v1/fulfilment-orders/c-F1/ship", """{"id":"s"}""", seller)).Is(200);

        Assert.Equal(["a-F1", "b-F1", "c-F1", "d-F1"], (await api.List("/v1/fulfilment-orders", seller)).Each("id"));
        Assert.Equal(["a-F1", "d-F1"], (await api.Get("/v1/fulfilment-orders?node=WORK-1&status=open", seller))
            .Each("id"));
        Assert.Equal(["c-F1"], (await api.Get("/v1/fulfilment-orders?status=closed", seller)).Each("id"));
        var first = (await api.Get("/v1/fulfilment-orders?limit=3", seller)).Is(200);
        Assert.Equal("WORK-1", first.Text("items/0/node"));
        Assert.Equal("a", first.Text("items/0/order"));
        Assert.NotNull(first.Text("items/0/openedAt"));
        Assert.Equal(["d-F1"], (await api.Get($"/v1/fulfilment-orders?limit=3&cursor={first.Text("next")}", seller))
            .Each("id"));
    }

    async Task Allocated(string sku, int units, int? stock = null)
    {
        await api.Stock(sku, stock ?? units);
        (await api.Order($"{sku}-o", sku, units)).Is(201);
        await api.Until($"{sku}-o", "allocated");
    }
}
