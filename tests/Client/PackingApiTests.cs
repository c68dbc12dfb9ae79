namespace Fulfillment.Tests.Client;

/// <summary>The boxes of a node, and what is packed into them, over HTTP.</summary>
public sealed class PackingApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Small = """
        {"inner":{"lengthMm":200,"widthMm":150,"heightMm":100},"outer":{"lengthMm":210,"widthMm":160,"heightMm":110},
         "tareGrams":90,"maxGrams":5000,"cost":{"amount":40,"currency":"EUR"},"stock":500}
        """;

    const string Large = """
        {"inner":{"lengthMm":400,"widthMm":300,"heightMm":200},"maxGrams":20000,"tareGrams":250}
        """;

    [Fact]
    public async Task The_boxes_of_a_node_are_put_read_changed_and_removed()
    {
        (await api.Put("/v1/nodes/BX1", """{"name":"x"}""")).Is(201);
        (await api.Get("/v1/nodes/NONE/boxes")).IsProblem(404, "unknown-node");
        var made = (await api.Put("/v1/nodes/BX1/boxes/S", Small)).Is(201);
        Assert.Equal(("\"1\"", "/v1/nodes/BX1/boxes/S"), (made.Header("ETag"), made.Header("Location")));
        (await api.Put("/v1/nodes/BX1/boxes/S", Small)).Is(200);
        (await api.Put("/v1/nodes/BX1/boxes/S", Large, ("If-Match", "\"7\""))).IsProblem(412, "stale");
        (await api.Put("/v1/nodes/BX1/boxes/M", Large, ("If-Match", "*"))).IsProblem(412, "stale");
        (await api.Put("/v1/nodes/BX1/boxes/M", Large)).Is(201);
        (await api.Put("/v1/nodes/BX1/boxes/M", Large.Replace("250", "260", StringComparison.Ordinal),
            ("If-Match", "\"2\""))).Is(200);

        var list = (await api.Get("/v1/nodes/BX1/boxes")).Is(200);
        Assert.Equal(["M", "S"], list.Each("box", "items"));
        Assert.Equal((400, 260, 110), (list.Number("items/0/outer/lengthMm"), list.Number("items/0/tareGrams"),
            list.Number("items/1/outer/heightMm")));
        Assert.Equal(500, (await api.Get("/v1/nodes/BX1/boxes/S")).Is(200).Number("stock"));

        (await api.Delete("/v1/nodes/BX1/boxes/S", ("If-Match", "\"9\""))).IsProblem(412, "stale");
        (await api.Delete("/v1/nodes/BX1/boxes/S", ("If-Match", "\"1\""))).Is(200);
        (await api.Delete("/v1/nodes/BX1/boxes/S")).IsProblem(404, "unknown-box");
        (await api.Get("/v1/nodes/BX1/boxes/S")).IsProblem(404, "unknown-box");
    }

    [Fact]
    public async Task Goods_of_the_catalogue_are_packed_and_what_cannot_be_is_named()
    {
        await Catalogue("BX2");
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        const string path = "/v1/nodes/BX2/cartonizations", boxes = "/v1/nodes/{node}/boxes";

        var plan = (await api.Post(path, """
            {"lines":[{"sku":"MUG","quantity":6},{"sku":"VASE","quantity":1},{"sku":"OWN","quantity":1,"lengthMm":50,
             "widthMm":40,"heightMm":30,"grams":80,"upright":["width"]}],"roundToGrams":500}
            """)).Is(200);
        Assert.Equal(("M", 5_000, 5_000, 3_550), (plan.Text("boxes/0/box"), plan.Number("billableGrams"),
            plan.Number("boxes/0/billableGrams"), plan.Number("boxes/0/grossGrams")));
        Assert.Equal(4_800, plan.Number("boxes/0/dimGrams"));
        Assert.Equal(["MUG", "OWN", "VASE"], plan.Each("sku", "boxes/0/contents"));
        Assert.Equal(8, plan.Items("boxes/0/places").Count);
        Assert.Equal(
            (6 * 120 * 90 * 95 + 100 * 100 * 150 + 50 * 40 * 30) / 2_400, plan.Number("boxes/0/fillBasisPoints"));

        foreach (var (line, status, code) in ((string, int, string)[])
            [("""{"sku":"FOG","quantity":1}""", 409, "no-dimensions"),
                ("""{"sku":"SKI","quantity":1}""", 409, "no-box-fits"),
                ("""{"sku":"MUG","quantity":1,"grams":20001}""", 409, "too-heavy"),
                ("""{"sku":"MUG","quantity":1,"cold":true}""", 409, "no-insulated-box")])
            (await api.Post(path, $$"""{"lines":[{"sku":"VASE","quantity":1},{{line}}]}""")).IsProblem(status, code);
        (await api.Post(path, """{"lines":[{"sku":"VASE","quantity":1},{"sku":"SKI","quantity":1}]}"""))
            .IsProblem(409, "no-box-fits", "/lines/1");
        (await api.Post(path, """{"lines":[{"sku":"MUG","quantity":40}],"maxBoxes":1}"""))
            .IsProblem(409, "too-few-boxes", "/lines/0");
        (await api.Post(path, """{"lines":[{"sku":"MUG","quantity":6}],"boxes":["S"],"maxBoxes":1}"""))
            .IsProblem(409, "too-few-boxes", "/lines/0");
        (await api.Post(path, """{"lines":[{"sku":"NONE","quantity":1}]}"""))
            .IsProblem(400, "unknown-sku", "/lines/0/sku");

        await check.Answered(api, "post", path, "/v1/nodes/{node}/cartonizations", """
            {"lines":[{"sku":"VASE","quantity":2,"fragile":false,"cold":false}],"boxes":["M","S"],"maxBoxes":3,
             "dimDivisor":6000}
            """);
        await check.Answered(api, "post", path, "/v1/nodes/{node}/cartonizations", """
            {"lines":[{"sku":"SKI","quantity":2}]}
            """);
        await check.Answered(api, "put", "/v1/nodes/BX2/boxes/S", boxes + "/{box}", Small);
        await check.Answered(api, "get", "/v1/nodes/BX2/boxes/S", boxes + "/{box}", null);
        await check.Answered(api, "get", "/v1/nodes/BX2/boxes", boxes, null);
        await check.Answered(api, "delete", "/v1/nodes/BX2/boxes/S", boxes + "/{box}", null);
        await check.Requires(api, "PUT", "/v1/nodes/BX2/boxes/S", boxes + "/{box}");
        await check.Requires(api, "POST", path, "/v1/nodes/{node}/cartonizations");
    }

    [Fact]
    public async Task A_kit_is_packed_as_its_components()
    {
        await Catalogue("BX3");
        (await api.Put("/v1/skus/SET", """
            {"title":"Set","kit":[{"sku":"MUG","units":2},{"sku":"VASE","units":1}]}
            """)).Is(201);
        (await api.Put("/v1/skus/BAD", """{"title":"Bad","kit":[{"sku":"SKI","units":1}]}""")).Is(201);
        const string path = "/v1/nodes/BX3/cartonizations";
        var plan = (await api.Post(
            path, """{"lines":[{"sku":"SET","quantity":2},{"sku":"MUG","quantity":1}]}""")).Is(200);
        Assert.Equal(["MUG", "VASE"], plan.Each("sku", "boxes/0/contents"));
        Assert.Equal(["5", "2"], plan.Each("quantity", "boxes/0/contents"));
        (await api.Post(path, """{"lines":[{"sku":"MUG","quantity":1},{"sku":"BAD","quantity":1}]}"""))
            .IsProblem(409, "no-box-fits", "/lines/1");
    }

    async Task Catalogue(string node)
    {
        (await api.Put($"/v1/nodes/{node}", """{"name":"x"}""")).Is(201);
        (await api.Put($"/v1/nodes/{node}/boxes/S", Small)).Is(201);
        (await api.Put($"/v1/nodes/{node}/boxes/M", Large)).Is(201);
        foreach (var (sku, product) in ((string, string)[])
            [("MUG", """{"lengthMm":120,"widthMm":90,"heightMm":95,"grams":420}"""),
                ("VASE", """
                    {"lengthMm":100,"widthMm":100,"heightMm":150,"grams":700,"handling":["fragile","this-side-up"]}
                    """),
                ("SKI", """{"lengthMm":1700,"widthMm":100,"heightMm":60,"grams":900}"""),
                ("FOG", """{"grams":1}""")])
            (await api.Put($"/v1/skus/{sku}", $$"""{"title":"x","product":{{product}}}""")).Succeeded();
    }
}
