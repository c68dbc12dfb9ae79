namespace Fulfillment.Tests.Client;

/// <summary>Zones, aisles and bins over HTTP, and what movements into bins are told.</summary>
public sealed class PlaceApiTests(PlaceApiTests.Later later) : IClassFixture<PlaceApiTests.Later>
{
    readonly ApiServer _api = later.Api;

    /// <summary>A node with a pick zone of 2 aisles, 3 bays on each side and 2 levels: 24 bins.</summary>
    async Task Build(string node)
    {
        (await _api.Put($"/v1/nodes/{node}", """{"name":"x"}""")).Succeeded();
        (await _api.Put($"/v1/nodes/{node}/layout/zones/P", """{"kind":"pick","entry":{"x":0,"y":0}}""")).Is(201);
        (await _api.Post($"/v1/nodes/{node}/bins", Grid)).Is(201);
    }

    const string Grid =
        """
        {"grid":{"zone":"P","prefix":"A","aisles":2,"bays":3,"levels":2,"room":{"volumeMm3":100000000,"maxSkus":1}}}
        """;

    Task<Answer> Arrive(string sku, string id, string node, int quantity, string bin) => _api.Post(
        $"/v1/skus/{sku}/receipts",
        $$"""{"id":"{{id}}","node":"{{node}}","quantity":{{quantity}},"bin":"{{bin}}"}""");

    [Fact]
    public async Task A_grid_of_bins_is_made_at_once_and_again_without_effect()
    {
        await Build("GR1");
        var again = (await _api.Post("/v1/nodes/GR1/bins", Grid)).Is(200);
        Assert.Equal((0L, 0L, 24L, 0L), (again.Number("created"), again.Number("changed"), again.Number("unchanged"),
            again.Number("aisles")));
        var layout = (await _api.Get("/v1/nodes/GR1/layout")).Is(200);
        Assert.Equal(["A-01", "A-02", "A-back", "A-front"], layout.Each("aisle", "aisles"));
        Assert.Equal(24, layout.Number("bins"));

        var first = (await _api.Get("/v1/nodes/GR1/bins/A-02-01-1")).Is(200);
        Assert.Equal(("pick-face", "A-02", 4_000L, 500L), (first.Text("role"), first.Text("aisle"),
            first.Number("stand/x"), first.Number("stand/y")));
        var page = await _api.List("/v1/nodes/GR1/bins?zone=P&role=reserve&limit=5");
        Assert.Equal("A-01-01-2", page.Each("bin")[0]);
        var rest = await _api.List($"/v1/nodes/GR1/bins?zone=P&role=reserve&cursor={page.Text("next")}");
        Assert.Equal(12 - 5, rest.Each("bin").Count);
    }

    [Fact]
    public async Task A_bin_is_changed_by_revision_and_shows_what_lies_there()
    {
        await Build("REV1");
        await _api.Stock("CUP", 0);
        (await Arrive("CUP", "r-1", "REV1", 7, "A-01-01-1")).Is(201);
        await _api.Embedded.ViewsReached();

        var bin = (await _api.Get("/v1/nodes/REV1/bins/A-01-01-1")).Is(200);
        Assert.Equal(["CUP"], bin.Each("sku", "lying"));
        Assert.Equal(["7"], bin.Each("quantity", "lying"));
        const string face = """{"zone":"P","aisle":"A-01","face":{"sku":"CUP","min":4,"max":20}}""";
        var tag = bin.Header("ETag")!;
        (await _api.Put("/v1/nodes/REV1/bins/A-01-01-1", face, ("If-Match", tag))).Is(200);
        (await _api.Put("/v1/nodes/REV1/bins/A-01-01-1", face.Replace("20", "30", StringComparison.Ordinal),
            ("If-Match", tag))).IsProblem(412, "stale");
        var now = (await _api.Put("/v1/nodes/REV1/bins/A-01-01-1", face)).Is(200);
        Assert.Equal(("CUP", 20L, "default"), (now.Text("face/sku"), now.Number("face/max"), now.Text("face/seller")));
    }

    [Fact]
    public async Task Units_go_only_into_bins_that_are_there_and_open()
    {
        await Build("GATE1");
        await _api.Stock("PAN", 0);
        (await Arrive("PAN", "r-1", "GATE1", 5, "SHELF")).IsProblem(400, "unknown-bin", "/bin");
        (await Arrive("PAN", "r-1", "GATE1", 5, "A-01-01-1")).Is(201);
        (await _api.Post("/v1/nodes/GATE1/bins/A-01-01-1/block", """{"reason":"a broken shelf"}""")).Is(200);
        (await _api.Post("/v1/nodes/GATE1/bins/A-01-01-1/block", """{"reason":"a broken shelf"}""")).Is(200);
        (await Arrive("PAN", "r-2", "GATE1", 5, "A-01-01-1")).IsProblem(409, "bin-blocked");

        (await Arrive("PAN", "r-1", "GATE1", 5, "A-01-01-1")).Is(200);
        Task<Answer> Move(string id, string from, string to) => _api.Post("/v1/skus/PAN/moves", $$"""
            {"id":"{{id}}","node":"GATE1","quantity":1,"from":"available","to":"available","bin":"{{from}}",
             "toBin":"{{to}}","reason":"x"}
            """);
        (await Move("m-1", "A-01-01-1", "A-01-02-1")).Is(201);
        (await Move("m-2", "A-01-02-1", "A-01-01-1")).IsProblem(409, "bin-blocked");
        (await Move("m-3", "A-01-01-1", "NOWHERE")).IsProblem(400, "unknown-bin", "/toBin");
        (await _api.Post("/v1/nodes/GATE1/bins/A-01-01-1/open", """{"reason":"mended"}""")).Is(200);
        (await Move("m-2", "A-01-02-1", "A-01-01-1")).Is(201);
        (await Arrive("PAN", "r-3", "LEJ1", 5, "ANYWHERE")).Is(201);
    }

    [Fact]
    public async Task A_bin_goes_when_it_was_closed_for_a_while_and_is_empty()
    {
        await Build("DEL1");
        await _api.Stock("POT", 0);
        (await Arrive("POT", "r-1", "DEL1", 1, "A-01-01-1")).Is(201);
        (await _api.Post("/v1/nodes/DEL1/bins/A-01-01-1/close", """{"reason":"the rack goes"}""")).Is(200);
        var closing = (await _api.Delete("/v1/nodes/DEL1/bins/A-01-01-1")).IsProblem(409, "bin-closing");
        Assert.Equal("30", closing.Header("Retry-After"));

        later.By += TimeSpan.FromSeconds(31);
        (await _api.Delete("/v1/nodes/DEL1/bins/A-01-01-1")).IsProblem(409, "bin-not-empty");
        (await _api.Post("/v1/skus/POT/moves", """
            {"id":"m-1","node":"DEL1","quantity":1,"from":"available","to":"available","bin":"A-01-01-1",
             "toBin":"A-01-02-1","reason":"cleared"}
            """)).Is(201);
        (await _api.Delete("/v1/nodes/DEL1/bins/A-01-01-1")).Is(200);
        (await _api.Get("/v1/nodes/DEL1/bins/A-01-01-1")).IsProblem(404, "unknown-bin");
        Assert.DoesNotContain("A-01-01-1", (await _api.List("/v1/nodes/DEL1/bins")).Each("bin"));
    }

    [Fact]
    public async Task Every_answer_about_places_is_as_the_document_says()
    {
        SchemaCheck check = new((await _api.Get("/openapi/v1.json")).Is(200).Json);
        await Build("DOC1");
        const string layout = "/v1/nodes/{node}/layout", bins = "/v1/nodes/{node}/bins";
        (string Method, string Path, string Template, string? Body)[] calls =
        [
            ("put", "/layout/zones/C", layout + "/zones/{zone}",
                """{"kind":"reserve","handles":["cold-chain"],"entry":{"x":1,"y":2,"z":3}}"""),
            ("get", "/layout/zones/C", layout + "/zones/{zone}", null),
            ("put", "/layout/aisles/B", layout + "/aisles/{aisle}",
                """{"start":{"x":1,"y":1},"end":{"x":1,"y":9},"cross":true,"oneWay":true}"""),
            ("get", "/layout", layout, null),
            ("put", "/bins/B-1", bins + "/{bin}", """
                {"zone":"C","aisle":"B","bay":1,"level":2,"position":3,"corner":{"x":1,"y":2,"z":3},
                 "stand":{"x":1,"y":2},"room":{"volumeMm3":9,"maxGrams":9,"maxSkus":2,"oneLot":true},
                 "face":{"sku":"S","min":1,"max":2}}
                """),
            ("post", "/bins", bins, """{"bins":[{"id":"B-2","zone":"C"}]}"""),
            ("post", "/bins/B-2/block", bins + "/{bin}/block", """{"reason":"x"}"""),
            ("post", "/bins/B-2/open", bins + "/{bin}/open", """{"reason":"x"}"""),
            ("post", "/bins/B-2/close", bins + "/{bin}/close", """{"reason":"x"}"""),
            ("get", "/bins/B-2", bins + "/{bin}", null),
            ("get", "/bins?limit=2", bins, null),
            ("delete", "/bins/B-2", bins + "/{bin}", null),
        ];
        foreach (var (method, path, template, body) in calls)
            await check.Answered(_api, method, $"/v1/nodes/DOC1{path}", template, body);
    }

    /// <summary>A server whose clock can be put forward.</summary>
    public sealed class Later : TimeProvider, IAsyncLifetime
    {
        public ApiServer Api { get; private set; } = null!;

        public TimeSpan By { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;

        public async Task InitializeAsync() => Api = await ApiServer.Start(time: this);

        public async Task DisposeAsync() => await Api.DisposeAsync();
    }
}
