namespace Fulfillment.Tests.Client;

/// <summary>Walks of pickers over HTTP.</summary>
public sealed class PickPathApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Route = "/v1/nodes/WALK1/pick-paths", Template = "/v1/nodes/{node}/pick-paths";

    [Fact]
    public async Task A_walk_is_told_with_its_legs_and_what_others_would_walk()
    {
        (await api.Put("/v1/nodes/WALK1", """{"name":"x"}""")).Is(201);
        (await api.Put("/v1/nodes/WALK1/layout/zones/P", """{"kind":"pick"}""")).Is(201);
        (await api.Put("/v1/nodes/WALK1/layout/zones/PACK", """{"kind":"packing","entry":{"x":0,"y":-2000}}"""))
            .Is(201);
        (await api.Post("/v1/nodes/WALK1/bins",
            """{"grid":{"zone":"P","prefix":"A","aisles":3,"bays":10,"levels":1}}""")).Is(201);
        (await api.Put("/v1/nodes/WALK1/bins/SHELF", """{"zone":"P"}""")).Is(201);
        const string stops = """ "stops":["A-02-09-1","A-01-03-1","A-03-01-1","A-01-19-1"]""";

        var walk = (await api.Post(Route, $"{{{stops}}}")).Is(200);
        Assert.Equal(("aisles", true, "PACK"),
            (walk.Text("ways"), walk.At("exact")!.Value.GetBoolean(), walk.Text("from")));
        Assert.Equal(["A-01-03-1", "A-01-19-1", "A-02-09-1", "A-03-01-1"], walk.Each("bin", "stops"));
        Assert.Equal(["3500", "8000", "10000", "9000"], walk.Each("walkMm", "stops"));
        Assert.Equal((10_500L, 41_000L), (walk.Number("backMm"), walk.Number("lengthMm")));
        Assert.Equal((41_000L, 60_000L), (walk.Number("sShapeMm"), walk.Number("naiveMm")));

        var again = (await api.Post(Route, $$"""{ {{stops}},"from":"A-01-03-1"}""")).Is(200);
        Assert.Equal(("A-01-03-1", "A-01-03-1", 0L),
            (again.Text("from"), again.Text("stops/0/bin"), again.Number("stops/0/walkMm")));
        var unknown = (await api.Post(Route, """{"stops":["SHELF","A-01-01-1"]}""")).Is(200);
        Assert.Equal(("not-told", false), (unknown.Text("ways"), unknown.At("exact")!.Value.GetBoolean()));
        Assert.Equal(["A-01-01-1", "SHELF"], unknown.Each("bin", "stops"));
        Assert.Null(unknown.Number("lengthMm"));

        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await check.Answered(api, "post", Route, Template, $"{{{stops}}}");
        await check.Answered(api, "post", Route, Template, """{"stops":["SHELF"],"from":"PACK"}""");
        await check.Answered(api, "post", Route, Template, """{"stops":["NONE"]}""");
        await check.Requires(api, "POST", Route, Template);
    }
}
