namespace Fulfillment.Tests.Client;

/// <summary>Whether a promise was kept: the first one that the buyer was told, whatever was planned later.</summary>
public sealed class PromiseKeptTests
{
    const string To = ""","shipTo":{"country":"DE","postcode":"04109"}""";

    [Fact]
    public async Task Goods_that_arrive_after_the_promised_day_are_late_by_the_leg_that_took_too_long()
    {
        Ahead clock = new();
        await using var api = await ApiServer.Start(time: clock);
        await api.Stock("S", 2);
        foreach (var id in (string[])["in-time", "late"])
        {
            (await api.Order(id, "S", 1, To)).Is(201);
            await api.Until(id, "allocated");
            (await api.Post($"/v1/fulfilment-orders/{id}-F1/ship", """{"id":"s"}""")).Is(200);
        }

        var kept = await Delivered(api, "in-time");
        Assert.True(kept.At("items/0/kept")!.Value.GetBoolean());
        Assert.Null(kept.Text("items/0/ate"));
        Assert.Equal(kept.Each("until", "items/0/promise/parts")[^1], kept.Text("items/0/legs/4/planned"));

        clock.By = TimeSpan.FromDays(30);
        var late = await Delivered(api, "late");
        Assert.False(late.At("items/0/kept")!.Value.GetBoolean());
        Assert.Equal("carrier", late.Text("items/0/ate"));
    }

    [Fact]
    public async Task A_new_plan_does_not_make_a_late_order_one_that_kept_its_word()
    {
        Ahead clock = new();
        await using var api = await ApiServer.Start(time: clock);
        await api.Stock("S", 1);
        (await api.Put("/v1/nodes/SLOW", """{"name":"x","priority":9,"country":"DE","processingDays":40}"""))
            .Succeeded();
        await api.Receive("S", "SLOW", 1);
        await api.Embedded.ViewsReached();
        (await api.Order("o", "S", 1, To)).Is(201);
        var first = (await api.Until("o", "allocated")).Text("promised");

        (await api.Post("/v1/fulfilment-orders/o-F1/move", """{"id":"m","node":"SLOW","reason":"x"}""")).Succeeded();
        await api.Until("/v1/orders/o/promise", p => p.Text("items/0/node") == "SLOW");
        clock.By = TimeSpan.FromDays(25);
        (await api.Post("/v1/fulfilment-orders/o-F2/ship", """{"id":"s"}""")).Is(200);
        var late = await Delivered(api, "o", 2);

        Assert.Equal(first, late.Text("items/0/promised"));
        Assert.True(string.CompareOrdinal(late.Text("items/0/promise/latestDelivery"), first) > 0, late.Body);
        Assert.False(late.At("items/0/kept")!.Value.GetBoolean());
        Assert.Equal("queue", late.Text("items/0/ate"));
    }

    [Fact]
    public async Task Supply_that_comes_late_is_what_ate_the_slack()
    {
        Ahead clock = new();
        await using var api = await ApiServer.Start(time: clock);
        await api.Stock("S", 0, ""","backorder":true""");
        var at = DateTime.UtcNow.AddDays(3).ToString("O");
        (await api.Post("/v1/skus/S/supplies",
            $$"""{"id":"p","node":"LEJ1","quantity":1,"expectedAt":"{{at}}"}""")).Is(201);
        await api.Embedded.ViewsReached();
        (await api.Order("o", "S", 1, To)).Is(201);

        clock.By = TimeSpan.FromDays(40);
        (await api.Post("/v1/skus/S/receipts", """{"id":"r","node":"LEJ1","quantity":1,"supply":"p"}""")).Is(201);
        await api.Until("o", "allocated");
        (await api.Post("/v1/fulfilment-orders/o-F1/ship", """{"id":"s"}""")).Is(200);
        var late = await Delivered(api, "o");

        Assert.Equal(["payment-and-holds", "supply", "routing", "queue", "work", "carrier"],
            late.Each("leg", "items/0/legs"));
        Assert.False(late.At("items/0/kept")!.Value.GetBoolean());
        Assert.Equal("supply", late.Text("items/0/ate"));
    }

    static async Task<Answer> Delivered(ApiServer api, string order, int number = 1)
    {
        (await api.Post($"/v1/fulfilment-orders/{order}-F{number}/deliver", """{"id":"d"}""")).Is(200);
        return (await api.Get($"/v1/orders/{order}/promise")).Is(200);
    }

    /// <summary>The clock of the machine, put forward.</summary>
    sealed class Ahead : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
    }
}
