namespace Fulfillment.Tests.Client;

/// <summary>The clocks of an order: what the buyer was promised, and by when.</summary>
public sealed class OrderClocksTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task An_order_that_waits_shows_by_when_the_buyer_is_to_be_told()
    {
        await api.Stock("K-1", 1);
        (await api.Post("/v1/orders",
            """
            {"id":"K-1-o","payment":"prepaid",
             "lines":[{"sku":"K-1","quantity":1,"unitPrice":{"amount":5,"currency":"EUR"}}]}
            """)).Is(201);
        var waits = await api.Get("/v1/orders/K-1-o");
        Assert.Equal("acknowledge", waits.Text("clocks/0/name"));
        Assert.Equal(
            waits.At("placedAt")!.Value.GetDateTimeOffset() + TimeSpan.FromMinutes(15),
            waits.At("clocks/0/due")!.Value.GetDateTimeOffset());
        Assert.False(waits.At("clocks/0/breached")!.Value.GetBoolean());

        (await api.Post("/v1/orders/K-1-o/payment-confirmed",
            """{"id":"p","amount":{"amount":5,"currency":"EUR"}}""")).Is(200);
        Assert.Null((await api.Get("/v1/orders/K-1-o")).At("clocks"));
    }
}
