using System.Globalization;

namespace Fulfillment.Tests.Client;

/// <summary>What each line of an order is promised, before and after its goods have come in.</summary>
public sealed class LinePromiseTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string To = ""","shipTo":{"country":"DE","postcode":"04109"}""";

    static string Day(int ahead) =>
        DateTime.UtcNow.Date.AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static bool IsFrom(string? day, int ahead) => string.CompareOrdinal(day, Day(ahead)) >= 0;

    async Task Supply(string sku, string node, int units, int days)
    {
        (await api.Put($"/v1/nodes/{node}", """{"name":"x","priority":2,"country":"DE"}""")).Succeeded();
        (await api.Post($"/v1/skus/{sku}/supplies",
            $$"""{"id":"p","node":"{{node}}","quantity":{{units}},"expectedAt":"{{Day(days)}}T08:00:00Z"}""")).Is(201);
        await api.Embedded.ViewsReached();
    }

    [Fact]
    public async Task Backordered_units_are_promised_from_their_supply_and_the_promise_follows_it()
    {
        await api.Stock("LP1", 1, ""","backorder":true""");
        await Supply("LP1", "LPB", 9, 40);
        (await api.Order("lp1", "LP1", 3, To)).Is(201);
        await api.Until("lp1", "partially-allocated");

        var before = (await api.Get("/v1/orders/lp1/promise")).Is(200);
        Assert.Equal(["LEJ1", "LPB"], before.Each("node", "lines/0/parts"));
        Assert.Equal(["1", "2"], before.Each("quantity", "lines/0/parts"));
        Assert.Equal(["False", "True"], before.Each("backordered", "lines/0/parts"));
        Assert.Equal(["1"], before.Each("line", "items/0/lines"));
        var first = before.Text("now");
        Assert.True(IsFrom(first, 40) && !IsFrom(first, 60), before.Body);
        Assert.Equal((first, first), (before.Text("promised"), before.Text("lines/0/promise/latestDelivery")));
        Assert.False(IsFrom(before.Text("lines/0/parts/0/promised"), 40), before.Body);
        Assert.Equal("stock", before.Text("lines/0/parts/1/promise/parts/0/step"));

        var slip = (await api.Send(
            "PATCH", "/v1/skus/LP1/supplies/p", $$"""{"expectedAt":"{{Day(60)}}T08:00:00Z"}""")).Is(200);
        Assert.Equal((1L, "lp1"), (slip.Number("moved/orders"), slip.Text("moved/moves/0/order")));

        var after = (await api.Get("/v1/orders/lp1/promise")).Is(200);
        Assert.True(IsFrom(after.Text("now"), 60), after.Body);
        Assert.Equal(first, after.Text("promised"));
        Assert.Equal(first, after.Text("lines/0/parts/1/promised"));
        var order = (await api.Get("/v1/orders/lp1")).Is(200);
        Assert.Equal(after.Text("now"), order.Text("lines/0/promise/latestDelivery"));
        Assert.Equal(first, order.Text("promised"));

        (await api.Post("/v1/skus/LP1/receipts", """{"id":"r","node":"LPB","quantity":2,"supply":"p"}""")).Is(201);
        await api.Until("lp1", "allocated");
        var came = (await api.Get("/v1/orders/lp1/promise")).Is(200);
        Assert.Equal("supply", came.Text("items/1/legs/1/leg"));
        Assert.NotNull(came.Text("items/1/legs/1/actual"));
        Assert.Equal((first, first), (came.Text("items/1/promised"), came.Text("promised")));
        Assert.DoesNotContain("supply", came.Each("leg", "items/0/legs"));
    }

    [Fact]
    public async Task Units_that_nobody_expects_have_no_date_yet()
    {
        await api.Stock("LP2", 0, ""","backorder":true""");
        (await api.Order("lp2", "LP2", 3, To)).Is(201);

        var none = (await api.Get("/v1/orders/lp2/promise")).Is(200);
        Assert.Null(none.At("now"));
        Assert.Null(none.At("promised"));
        Assert.Equal(("3", "True"),
            (Assert.Single(none.Each("quantity", "lines/0/parts")), none.Each("backordered", "lines/0/parts")[0]));
        Assert.Null(none.At("lines/0/promise"));
        Assert.Null((await api.Get("/v1/orders/lp2")).At("lines/0/promise"));
        await api.Stock("LP2-X", 1);
        (await api.Order("lp2-x", "LP2-X", 2, To)).IsProblem(409, "sold-out");
        Assert.Empty((await api.Get("/v1/orders/lp2-x/promise")).Is(200).Items("lines"));

        await Supply("LP2", "LPC", 9, 20);
        var known = await api.Until("/v1/orders/lp2/promise", p => p.Text("promised") is not null);
        Assert.True(IsFrom(known.Text("now"), 20), known.Body);
        Assert.Equal(known.Text("now"), known.Text("promised"));
    }

    [Fact]
    public async Task What_was_promised_first_stays_whoever_ships_it_later()
    {
        await api.Stock("LP3", 1);
        (await api.Put("/v1/nodes/LPD", """{"name":"x","priority":9,"country":"DE","processingDays":20}"""))
            .Succeeded();
        await api.Receive("LP3", "LPD", 1);
        await api.Embedded.ViewsReached();
        (await api.Order("lp3", "LP3", 1, To)).Is(201);
        var first = (await api.Until("lp3", "allocated")).Text("promised");
        Assert.False(IsFrom(first, 20), first);

        (await api.Post("/v1/fulfilment-orders/lp3-F1/move", """{"id":"m","node":"LPD","reason":"x"}""")).Succeeded();
        var moved = await api.Until("/v1/orders/lp3/promise", p => p.Text("items/0/node") == "LPD");
        Assert.True(IsFrom(moved.Text("now"), 20), moved.Body);
        Assert.True(IsFrom(moved.Text("items/0/promise/latestDelivery"), 20), moved.Body);
        Assert.Equal((first, first), (moved.Text("items/0/promised"), moved.Text("promised")));
    }
}
