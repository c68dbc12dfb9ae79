namespace Fulfillment.Tests.Client;

/// <summary>The timeline of an order: time, cause, actor and source of every event.</summary>
public sealed class TimelineTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task An_order_tells_everything_that_happened_to_it_in_order()
    {
        await api.Stock("T-1", 2);
        (await api.Order("T-1-o", "T-1", 2, ""","channel":"shop" """, ("X-Request-Id", "req-42"))).Is(201);
        await api.Until("T-1-o", "allocated");
        (await api.Post("/v1/fulfilment-orders/T-1-o-F1/ship",
            """{"id":"s-1","carrier":"DHL","trackingNumber":"00340"}""")).Is(200);
        (await api.Post("/v1/fulfilment-orders/T-1-o-F1/deliver", """{"id":"d-1"}""")).Is(200);

        var timeline = (await api.Get("/v1/orders/T-1-o/timeline")).Is(200);
        Assert.Equal("T-1-o", timeline.Text("order"));
        var types = timeline.Each("type");
        Assert.Equal("order-placed", types[0]);
        Assert.Equal(
            ["order-placed", "order-accepted", "order-routed", "fulfilment-opened", "goods-shipped", "goods-delivered"],
            types.Where(t => t is not ("stock-answered" or "claim-changed")));
        Assert.Equal(Enumerable.Range(1, types.Count).Select(v => $"{v}"), timeline.Each("version"));
        Assert.Equal(timeline.Each("position").Select(long.Parse!).Order(), timeline.Each("position")
            .Select(long.Parse!));

        Assert.Equal("api", timeline.Text("items/0/actor"));
        Assert.Equal("request req-42", timeline.Text("items/0/cause"));
        Assert.Equal("channel shop", timeline.Text("items/0/source"));
        Assert.Equal("Ordered 2 units in 1 line through shop", timeline.Text("items/0/text"));
        Assert.Equal("entity sku/default/T-1", timeline.Text("items/1/source"));
        Assert.Contains("connector router", timeline.Each("source"));
        Assert.Contains(timeline.Each("text"), t => t!.Contains("tracking number 00340", StringComparison.Ordinal));
        Assert.All(timeline.Each("at"), at => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", at));
    }

    [Fact]
    public async Task A_rejection_says_what_was_missing()
    {
        await api.Stock("T-2", 1);
        await api.Order("T-2-o", "T-2", 3);
        var timeline = (await api.Get("/v1/orders/T-2-o/timeline")).Is(200);
        Assert.Contains("Rejected: sold out; missing 2 of T-2", timeline.Each("text"));
    }

    [Fact]
    public async Task The_cause_is_the_trace_when_the_caller_sends_one()
    {
        await api.Stock("T-3", 1);
        var answer = await api.Order(
            "T-3-o", "T-3", 1, "", ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", answer.Is(201).Header("X-Request-Id"));
        Assert.Equal(
            "request 4bf92f3577b34da6a3ce929d0e0e4736", (await api.Get("/v1/orders/T-3-o/timeline"))
                .Text("items/0/cause"));
    }
}
