namespace Fulfillment.Tests.Client;

/// <summary>ETag and If-Match: who changes what he has read is told when it was changed in the meantime.</summary>
public sealed class RevisionTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("/v1/skus/E-1", """{"title":"A"}""", """{"title":"B"}""", """{"title":"C"}""")]
    [InlineData("/v1/nodes/E-1", """{"name":"A"}""", """{"name":"B"}""", """{"name":"C"}""")]
    public async Task A_change_of_an_old_revision_is_refused(string path, string a, string b, string c)
    {
        var tag = (await api.Put(path, a)).Is(201).Header("ETag")!;
        var newer = (await api.Put(path, b, ("If-Match", tag))).Is(200).Header("ETag")!;
        Assert.NotEqual(tag, newer);

        var head = api.Head;
        (await api.Put(path, c, ("If-Match", tag))).IsProblem(412, "stale", "If-Match");
        (await api.Put(path, c, ("If-Match", "\"99\""))).IsProblem(412, "stale", "If-Match");
        Assert.Equal(head, api.Head);
        Assert.Equal(newer, (await api.Get(path)).Header("ETag"));
    }

    [Fact]
    public async Task Any_revision_will_do_but_there_must_be_one()
    {
        (await api.Put("/v1/skus/E-2", """{"title":"A"}""", ("If-Match", "*"))).IsProblem(412, "stale", "If-Match");
        (await api.Get("/v1/skus/E-2")).Is(404);
        (await api.Put("/v1/skus/E-2", """{"title":"A"}""")).Is(201);
        (await api.Put("/v1/skus/E-2", """{"title":"B"}""", ("If-Match", "*"))).Is(200);
        (await api.Put("/v1/nodes/E-2", """{"name":"A"}""", ("If-Match", "*"))).IsProblem(412, "stale", "If-Match");
        (await api.Get("/v1/nodes/E-2")).Is(404);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("\"x\"")]
    [InlineData("W/\"1\"")]
    [InlineData("\"1")]
    [InlineData("")]
    public async Task What_is_no_tag_of_ours_is_refused(string tag)
    {
        await api.Put("/v1/skus/E-3", """{"title":"A"}""");
        var answer = await api.Put("/v1/skus/E-3", """{"title":"B"}""", ("If-Match", tag));
        answer.IsProblem(400, "bad-etag", "If-Match");
        Assert.Equal("A", (await api.Get("/v1/skus/E-3")).Text("title"));
    }

    [Fact]
    public async Task One_of_many_who_change_the_same_revision_succeeds()
    {
        var tag = (await api.Put("/v1/skus/E-4", """{"title":"A"}""")).Header("ETag")!;
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => api.Put(
            "/v1/skus/E-4", $$"""{"title":"B{{n}}"}""", ("If-Match", tag))));
        var done = Assert.Single(answers, a => a.Status == 200);
        Assert.All(answers.Where(a => a != done), a => a.IsProblem(412, "stale"));
        Assert.Equal(done.Text("title"), (await api.Get("/v1/skus/E-4")).Text("title"));
    }

    [Fact]
    public async Task A_change_of_an_order_that_was_changed_in_the_meantime_is_refused()
    {
        await api.Stock("E-5", 5);
        await api.Order("E-5-o", "E-5", 5);
        var tag = (await api.Until("E-5-o", "allocated")).Header("ETag")!;
        var newer = (await api.Post(
            "/v1/orders/E-5-o/cancel", """{"id":"c-1","lines":[{"line":"1","quantity":1}]}""", ("If-Match", tag)))
                .Is(200);

        var second = """{"id":"c-2","lines":[{"line":"1","quantity":1}]}""";
        (await api.Post("/v1/orders/E-5-o/cancel", second, ("If-Match", tag))).IsProblem(412, "stale", "If-Match");
        Assert.Equal(1, newer.Number("lines/0/cancelled"));
        Assert.Equal(1, (await api.Get("/v1/orders/E-5-o")).Number("lines/0/cancelled"));
    }
}
