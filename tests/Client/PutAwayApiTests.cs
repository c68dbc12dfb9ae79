namespace Fulfillment.Tests.Client;

/// <summary>Put-away suggestions and the needs of pick faces over HTTP.</summary>
public sealed class PutAwayApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Goods_go_to_their_face_first_then_near_the_bench_and_faces_are_filled_from_the_reserve()
    {
        await api.Stock("MUG", 0, ""","product":{"lengthMm":100,"widthMm":100,"heightMm":100,"grams":400}""");
        await Layout();
        Task<Answer> Ask(string more = "") => api.List($"/v1/nodes/PA1/putaway?sku=MUG&quantity=30{more}");

        var plan = await Ask();
        Assert.Equal(["F-1", "R-1", "R-2"], plan.Each("bin", "bins"));
        Assert.Equal(["face-below-min", "empty", "empty"], plan.Each("reason", "bins"));
        Assert.Equal(["20", "10", "0"], plan.Each("quantity", "bins"));
        Assert.Equal(["2000", "3000", "9000"], plan.Each("walkMm", "bins"));
        Assert.Equal(["blocked"], plan.Each("rule", "refused"));
        Assert.Equal("velocity", plan.Text("notKnown/0"));
        Assert.Equal(["F-1", "R-2", "R-1"], (await Ask("&velocity=slow")).Each("bin", "bins"));

        (await api.Post("/v1/skus/MUG/receipts", """{"id":"r","node":"PA1","quantity":12,"bin":"R-1"}""")).Is(201);
        var needs = await api.List("/v1/nodes/PA1/replenishments");
        Assert.Equal((1, "F-1", 20L, 8L), (needs.Items().Count, needs.Text("items/0/bin"),
            needs.Number("items/0/wanted"), needs.Number("items/0/short")));
        Assert.Equal(["R-1"], needs.Each("bin", "items/0/sources"));
        (await api.Post("/v1/skus/MUG/moves", """
            {"id":"m","node":"PA1","quantity":12,"from":"available","to":"available","bin":"R-1","toBin":"F-1",
             "reason":"replenishment"}
            """)).Is(201);
        Assert.Empty((await api.List("/v1/nodes/PA1/replenishments")).Items());
        Assert.Equal(["8", "22", "0"], (await Ask()).Each("quantity", "bins"));

        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await check.Answered(
            api, "get", "/v1/nodes/PA1/putaway?sku=MUG&quantity=3&lot=L&lpn=P", "/v1/nodes/{node}/putaway", null);
        await check.Answered(
            api, "get", "/v1/nodes/PA1/replenishments", "/v1/nodes/{node}/replenishments", null);
        (await api.Get("/v1/nodes/PA1/putaway?sku=NONE&quantity=3")).IsProblem(404, "unknown-sku");
        (await api.Get("/v1/nodes/PA1/putaway?quantity=3")).IsProblem(400, "required", "sku");
        (await api.Get("/v1/nodes/PA1/putaway?sku=MUG&quantity=x")).IsProblem(400, "out-of-range", "quantity");
        (await api.Get("/v1/nodes/PA1/putaway?sku=MUG")).IsProblem(400, "required", "quantity");
        (await api.Get("/v1/nodes/PA1/putaway?sku=MUG&quantity=1&velocity=x"))
            .IsProblem(400, "unknown-value", "velocity");
    }

    async Task Layout()
    {
        (await api.Put("/v1/nodes/PA1", """{"name":"x"}""")).Is(201);
        foreach (var (zone, json) in ((string, string)[])
            [("P", """{"kind":"pick"}"""), ("R", """{"kind":"reserve"}"""),
                ("PACK", """{"kind":"packing","entry":{"x":0,"y":0}}""")])
            (await api.Put($"/v1/nodes/PA1/layout/zones/{zone}", json)).Is(201);
        const string room = """ "room":{"volumeMm3":64000000,"maxGrams":100000}""";
        (await api.Post("/v1/nodes/PA1/bins", $$"""
            {"bins":[{"id":"F-1","zone":"P","stand":{"x":2000,"y":0},"face":{"sku":"MUG","min":5,"max":20},{{room}} },
             {"id":"R-1","zone":"R","stand":{"x":3000,"y":0},{{room}} },
             {"id":"R-2","zone":"R","stand":{"x":9000,"y":0},{{room}} },
             {"id":"R-3","zone":"R","stand":{"x":1000,"y":0},{{room}} }]}
            """)).Is(201);
        (await api.Post("/v1/nodes/PA1/bins/R-3/block", """{"reason":"wet"}""")).Is(200);
    }
}
