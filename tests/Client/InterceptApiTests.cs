namespace Fulfillment.Tests.Client;

/// <summary>Cancellations that come after a node has begun: the node stops the goods, or cannot.</summary>
public sealed class InterceptApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Goods_that_the_node_stops_are_cancelled_and_their_money_is_not_taken()
    {
        await Begun("I-1");
        var opened = (await api.Post("/v1/orders/I-1-o/cancel", """{"id":"c","reason":"not needed"}""")).Is(202);
        Assert.Equal("/v1/orders/I-1-o", opened.Header("Location"));
        Assert.Equal(("open", "c", "I-1-o-F1"), (opened.Text("intercepts/0/status"),
            opened.Text("intercepts/0/cancellation"), opened.Text("intercepts/0/units/0/fulfilment")));
        (await api.Post("/v1/fulfilment-orders/I-1-o-F1/ship", """{"id":"s"}""")).IsProblem(409, "intercepted");

        var stopped = (await Answer("I-1", "stopped")).Is(200);
        Assert.Equal(("cancelled", "not needed"), (stopped.Text("status"), stopped.Text("cancelledBecause")));
        Assert.Equal(["stopped"], (await Answer("I-1", "stopped")).Is(200).Each("status", "intercepts"));
        (await Answer("I-1", "failed")).IsProblem(409, "answered-otherwise");
        var payment = await api.Payment("I-1-o", p => p.Number("authorised/amount") == 0);
        Assert.Equal((0L, 0L), (payment.Number("captured/amount"), payment.Number("due/amount")));
        await api.Until("/v1/skus/I-1/availability", s => s.Number("available") == 1);
        var story = await api.Story("I-1-o");
        Assert.Contains("Too late to cancel 1 unit; intercept 1 opened: the node is to stop them", story);
        Assert.Contains("Intercept 1: 1 unit stopped and cancelled", story);
    }

    [Fact]
    public async Task Goods_that_could_not_be_stopped_leave_and_are_paid()
    {
        await Begun("I-2");
        (await api.Post("/v1/orders/I-2-o/cancel", """{"id":"c","reason":"not needed"}""")).Is(202);
        Assert.Equal("failed", (await Answer("I-2", "failed")).Is(200).Text("intercepts/0/status"));
        (await api.Post("/v1/fulfilment-orders/I-2-o-F1/ship", """{"id":"s"}""")).Is(200);
        await api.Payment("I-2-o", p => p.Number("captured/amount") == 1_000);
        Assert.Contains("Intercept 1: the units could not be stopped", await api.Story("I-2-o"));
    }

    Task<Answer> Answer(string sku, string outcome) =>
        api.Post($"/v1/orders/{sku}-o/intercepts/1", $$"""{"outcome":"{{outcome}}"}""");

    /// <summary>An order of one unit for 1,000 that a node works on.</summary>
    async Task Begun(string sku)
    {
        await api.Stock(sku, 1);
        (await api.Pay($"{sku}-o", sku, 1_000, "authorise", "ok")).Succeeded();
        await api.Until($"{sku}-o", "allocated");
        var path = $"/v1/fulfilment-orders/{sku}-o-F1/start";
        var started = (await api.Post(path, """{"id":"b"}""")).Is(200);
        Assert.Equal("in-progress", started.Text("status"));
        Assert.NotNull(started.Text("startedAt"));
        Assert.Equal(started.Body, (await api.Post(path, """{"id":"b"}""")).Is(200).Body);
    }
}
