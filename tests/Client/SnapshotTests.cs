namespace Fulfillment.Tests.Client;

/// <summary>Counts of a node beside our figures: compared, and booked when that is asked.</summary>
public sealed class SnapshotTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Path = "/v1/nodes/LEJ1/stock-snapshots";

    static string Now => $"{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fffffff}Z";

    static string Snapshot(string id, string at, bool apply, params (string Sku, int OnHand)[] items) =>
        $$"""
        {"id":"{{id}}","at":"{{at}}","apply":{{(apply ? "true" : "false")}},"items":[{{string.Join(',', items.Select(
            i => $$"""{"sku":"{{i.Sku}}","onHand":{{i.OnHand}}}"""))}}]}
        """;

    async Task Receive(string sku, int units) => (await api.Post(
        $"/v1/skus/{sku}/receipts", $$"""{"id":"later","node":"LEJ1","quantity":{{units}}}""")).Succeeded();

    async Task<long> OnHand(string sku) => (await api.Get($"/v1/skus/{sku}")).Is(200).Number("onHand")!.Value;

    [Fact]
    public async Task Counts_are_compared_and_nothing_is_written()
    {
        await api.Stock("SN-1", 5);
        await api.Stock("SN-2", 7);
        await api.Put("/v1/skus/SN-K", """{"title":"x","kit":[{"sku":"SN-1","units":2}]}""");
        var head = api.Head;

        var told = (await api.Post(
            Path, Snapshot("c-1", Now, false, ("SN-1", 5), ("SN-2", 4), ("SN-9", 1), ("SN-K", 1)))).Is(200);

        Assert.Equal(["equal", "differs", "unknown-sku", "kit"], told.Each("status"));
        Assert.Equal((7L, -3L), (told.Number("items/1/onHand"), told.Number("items/1/difference")));
        Assert.Equal((head, 7L), (api.Head, await OnHand("SN-2")));
    }

    [Fact]
    public async Task What_differs_is_booked_once_however_often_it_is_sent_and_whatever_moved_since()
    {
        await api.Stock("SN-3", 5);
        await api.Stock("SN-4", 5);
        var body = Snapshot("b-1", Now, true, ("SN-3", 3), ("SN-4", 5));

        var told = (await api.Post(Path, body)).Is(200);
        Assert.Equal(["booked", "equal"], told.Each("status"));
        Assert.Equal(3, await OnHand("SN-3"));
        await Receive("SN-3", 10);
        await Receive("SN-4", 10);

        Assert.Equal(told.Body, (await api.Post(Path, body)).Is(200).Body);
        await api.Embedded.ViewsReached();
        Assert.Equal(told.Body, (await api.Post(Path, body)).Is(200).Body);
        Assert.Equal((13L, 15L), (await OnHand("SN-3"), await OnHand("SN-4")));
        var movement = (await api.Get("/v1/skus/SN-3/movements")).Items()[1];
        Assert.Equal(
            ("b-1", "stock snapshot b-1"),
            (movement.GetProperty("id").GetString(), movement.GetProperty("reason").GetString()));
        (await api.Post(Path, body.Replace("3}", "4}", StringComparison.Ordinal)))
            .IsProblem(422, "idempotency-conflict");
    }

    [Theory]
    [InlineData(2, "movement-missing", "first")]
    [InlineData(12, "movement-twice", "first")]
    [InlineData(8, "unexplained", null)]
    [InlineData(17, "counted-later", "later")]
    public async Task A_difference_is_told_with_its_cause_and_corrected(int theirs, string cause, string? movement)
    {
        var sku = $"SN-C{theirs}";
        await api.Stock(sku, 0);
        foreach (var (id, units) in ((string, int)[])[("base", 2), ("first", 5)])
            await Move(id, units);
        var at = Now;
        // The journal's clock counts milliseconds.
        await Task.Delay(2);
        await Move("later", 10);
        await api.Embedded.ViewsReached();
        var body = Snapshot(sku, at, true, (sku, theirs));
        var told = (await api.Post(Path, body)).Is(200);
        Assert.Equal(
            (7L, "booked", cause, movement),
            (told.Number("items/0/onHand"), told.Text("items/0/status"), told.Text("items/0/cause"),
                told.Text("items/0/movement")));
        Assert.Equal(theirs + 10, await OnHand(sku));
        Assert.Equal("equal", (await api.Post(Path, Snapshot($"{sku}-again", Now, false, (sku, theirs + 10))))
            .Is(200).Text("items/0/status"));

        async Task Move(string id, int units) => (await api.Post($"/v1/skus/{sku}/receipts",
            $$"""{"id":"{{id}}","node":"LEJ1","quantity":{{units}}}""")).Is(201);
    }

    [Fact]
    public async Task What_moved_after_the_count_is_no_difference()
    {
        await api.Stock("SN-5", 5);
        var counted = Now;
        await Receive("SN-5", 4);
        (await api.Post(
            "/v1/skus/SN-5/adjustments", """{"id":"a","node":"LEJ1","delta":-1,"reason":"broken"}""")).Succeeded();

        var told = (await api.Post(Path, Snapshot("m-1", counted, true, ("SN-5", 6)))).Is(200);

        Assert.Equal((5L, 1L), (told.Number("items/0/onHand"), told.Number("items/0/difference")));
        Assert.Equal(9, await OnHand("SN-5"));
    }

    [Fact]
    public async Task Units_that_orders_have_are_not_booked_away()
    {
        await api.Stock("SN-6", 5);
        (await api.Order("SN-6-o", "SN-6", 4)).Succeeded();
        await api.Until("SN-6-o", "allocated");
        await api.Stock("SN-7", 5);
        (await api.Post("/v1/skus/SN-7/holds", """{"id":"h","quantity":4,"holdFor":"PT5M"}""")).Is(201);

        var told = (await api.Post(Path, Snapshot("n-1", Now, true, ("SN-6", 3), ("SN-7", 3)))).Is(200);

        Assert.Equal(["committed", "reserved"], told.Each("status"));
        Assert.Equal((5L, 5L), (await OnHand("SN-6"), await OnHand("SN-7")));
    }

    [Theory]
    [InlineData("""{"at":"2999-01-01T00:00:00Z","items":[{"sku":"S","onHand":1}]}""", "out-of-range", "/at")]
    [InlineData("""{"at":"2020-01-01T00:00:00Z","items":[{"sku":"S","onHand":1}]}""", "out-of-range", "/at")]
    [InlineData("""{"items":[{"sku":"S","onHand":1}]}""", "required", "/at")]
    [InlineData("""{"at":"AT","items":[]}""", "required", "/items")]
    [InlineData("""{"at":"AT","items":[null]}""", "wrong-type", "/items/0")]
    [InlineData("""{"at":"AT","items":[{"sku":"S"}]}""", "required", "/items/0/onHand")]
    [InlineData("""{"at":"AT","items":[{"sku":"S","onHand":-1}]}""", "out-of-range", "/items/0/onHand")]
    [InlineData("""{"at":"AT","items":[{"sku":"S","onHand":1},{"sku":"S","onHand":2}]}""", "duplicate",
        "/items/1/sku")]
    public async Task What_is_no_snapshot_is_refused_with_the_field(string body, string code, string field)
    {
        await api.Stock("S", 1);
        (await api.Post(Path, body.Replace("\"AT\"", $"\"{Now}\"", StringComparison.Ordinal),
            ("Idempotency-Key", "bad"))).IsProblem(400, code, field);
    }

    [Fact]
    public async Task Of_an_unknown_node_nothing_is_compared() => (await api.Post(
        "/v1/nodes/GONE/stock-snapshots", Snapshot("g", Now, false, ("S", 1)))).IsProblem(404, "unknown-node");
}
