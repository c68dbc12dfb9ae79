namespace Fulfillment.Tests.Client;

/// <summary>Shrinkage, damage and loss by node and cause, with the movements behind each figure.</summary>
public sealed class StockLossTests(ApiServer api) : IClassFixture<ApiServer>
{
    static string Now => $"{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fffffff}Z";

    Task<Answer> Post(string verb, string body) => api.Post($"/v1/skus/LOSS/{verb}", body);

    [Fact]
    public async Task Every_unit_that_is_missing_has_a_cause_and_a_movement()
    {
        (await api.Put("/v1/nodes/LOS1", """{"name":"x"}""")).Succeeded();
        (await api.Put("/v1/nodes/LOS2", """{"name":"x"}""")).Succeeded();
        await api.Stock("LOSS", 0);
        (await Post("receipts", """{"id":"r","node":"LOS1","quantity":100}""")).Is(201);
        (await Post("receipts", """{"id":"d","node":"LOS1","quantity":2,"state":"damaged"}""")).Is(201);
        (await Post("adjustments", """{"id":"a","node":"LOS1","delta":-3,"reason":"mice"}""")).Is(201);
        (await Post("adjustments", """{"id":"b","node":"LOS1","delta":1,"reason":"found"}""")).Is(201);
        (await Post("moves", """
            {"id":"m","node":"LOS1","quantity":4,"from":"available","to":"damaged","reason":"fork lift"}
            """)).Is(201);
        (await Post("moves", """
            {"id":"n","node":"LOS1","quantity":1,"from":"damaged","to":"available","reason":"mended"}
            """)).Is(201);
        (await Post("adjustments", """
            {"id":"s","node":"LOS1","delta":-5,"state":"damaged","reason":"beyond repair"}
            """)).Is(201);
        (await api.Put("/v1/transfers/LOST",
            """{"from":"LOS1","to":"LOS2","lines":[{"sku":"LOSS","quantity":10}]}""")).Is(201);
        (await api.Post("/v1/transfers/LOST/ship", $$"""
            {"id":"s","expectedAt":"{{DateTime.UtcNow.Year + 1}}-01-05T08:00:00.000Z"}
            """)).Is(200);
        (await api.Post("/v1/transfers/LOST/write-off",
            """{"id":"w","reason":"stolen","lines":[{"line":"1","quantity":6}]}""")).Is(200);
        (await api.Post("/v1/nodes/LOS1/stock-snapshots", $$"""
            {"id":"snap","at":"{{Now}}","apply":true,"items":[{"sku":"LOSS","onHand":80}]}
            """)).Is(200);
        await api.Embedded.ViewsReached();

        var told = (await api.Get("/v1/nodes/LOS1/stock-losses")).Is(200);
        Assert.Equal(
            ["correction 3 1", "damaged 4 1", "lost-in-transit 6 0", "received-damaged 2 0", "scrapped 5 0",
                $"snapshot {Lost("snapshot")} 0"],
            told.Items("items").Select(i =>
                $"{i.GetProperty("cause")} {i.GetProperty("lost")} {i.GetProperty("found")}"));
        Assert.True(Lost("snapshot") > 0);
        var behind = (await api.Get("/v1/nodes/LOS1/stock-losses/correction?limit=1")).Is(200);
        Assert.Equal(("b", 1L), (behind.Text("items/0/id"), behind.Number("items/0/quantity")));
        var rest = (await api.Get($"/v1/nodes/LOS1/stock-losses/correction?cursor={behind.Text("next")}")).Is(200);
        Assert.Equal(("a", "mice"), (rest.Text("items/0/id"), rest.Text("items/0/reason")));
        Assert.Empty((await api.Get("/v1/nodes/LOS2/stock-losses")).Is(200).Items("items"));
        Assert.Empty((await api.Get("/v1/nodes/LOS1/stock-losses", ("Seller", "other"))).Is(200).Items("items"));

        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        const string path = "/v1/nodes/{node}/stock-losses";
        await check.Answered(api, "get", "/v1/nodes/LOS1/stock-losses", path, null);
        await check.Answered(api, "get", "/v1/nodes/LOS1/stock-losses/damaged", path + "/{cause}", null);
        (await api.Get("/v1/nodes/LOS1/stock-losses/witches")).IsProblem(400, "unknown-value", "cause");
        (await api.Get("/v1/nodes/NONE/stock-losses")).IsProblem(404, "unknown-node");
        (await api.Get("/v1/nodes/LOS1/stock-losses?from=2020-01-01T00:00:00Z"))
            .IsProblem(400, "out-of-range", "from");

        long Lost(string cause) => told.Items("items")
            .Single(i => i.GetProperty("cause").GetString() == cause).GetProperty("lost").GetInt64();
    }
}
