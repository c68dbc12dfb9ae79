using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Client;

/// <summary>Nodes: the places that hold and ship goods.</summary>
public sealed class NodeTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Leipzig =
        """
        "name":"Leipzig","type":"3pl","priority":3,"country":"DE","postcode":"04435","latitude":51.42,"longitude":12.24,
        """ + "\"capacityPerDay\":4000";

    [Fact]
    public async Task A_node_is_created_and_given_back_as_it_was_put()
    {
        var created = (await api.Put("/v1/nodes/N-1", $"{{{Leipzig}}}")).Is(201);
        Assert.Equal("/v1/nodes/N-1", created.Header("Location"));
        Assert.Equal("\"1\"", created.Header("ETag"));

        var read = (await api.Get("/v1/nodes/N-1")).Is(200);
        Assert.Equal("application/json", read.ContentType);
        Assert.Equal("\"1\"", read.Header("ETag"));
        Assert.Equal(
            $$"""{"node":"N-1",{{Leipzig}},"revision":1}""",
            read.Body);
        Assert.Equal(read.Body, created.Body);
    }

    [Fact]
    public async Task A_node_needs_a_name_only()
    {
        var node = (await api.Put("/v1/nodes/N-2", """{"name":"Somewhere"}""")).Is(201);
        Assert.Equal("warehouse", node.Text("type"));
        Assert.Equal(100, node.Number("priority"));
        Assert.Null(node.At("capacityPerDay"));
    }

    [Fact]
    public async Task How_a_node_works_is_given_back_as_it_was_put()
    {
        const string facts =
            """
            "timeZone":"Europe/Berlin","days":["monday","friday","saturday"],"holidays":["2026-12-25","2027-01-01"],
            "cutoff":"13:30","processingDays":2,"leadDays":5,"handles":["cold-chain","hazmat"],
            "boxes":[{"id":"S","lengthMm":300,"widthMm":200,"heightMm":100,"maxGrams":5000}],
            "perOrder":{"amount":150,"currency":"EUR"},"perUnit":{"amount":20,"currency":"EUR"}
            """;

        var created = (await api.Put("/v1/nodes/N-4", $$"""{"name":"x",{{facts}}}""")).Is(201);

        Assert.EndsWith(
            ",\"revision\":1," + facts.ReplaceLineEndings("") + "}", created.Body, StringComparison.Ordinal);
        Assert.Equal(created.Body, (await api.Get("/v1/nodes/N-4")).Is(200).Body);
        Assert.Equal(200, (await api.Put("/v1/nodes/N-4", $$"""{"name":"x",{{facts}}}""")).Status);
        await api.Embedded.ViewsReached();
        var now = api.Embedded.Views.Nodes.Now("N-4")!;
        Assert.Equal(Weekdays.Monday | Weekdays.Friday | Weekdays.Saturday, now.Card.Facts!.Days);
        Assert.Equal((false, 0), (now.Offline, now.Used.Count));
        Assert.Null(api.Embedded.Views.Nodes.Now("NOWHERE"));
    }

    [Fact]
    public async Task What_is_not_told_of_how_a_node_works_is_as_usual()
    {
        var node = (await api.Put("/v1/nodes/N-5", """{"name":"x","processingDays":1}""")).Is(201);

        Assert.Equal(("Etc/UTC", "14:00", 0L), (node.Text("timeZone"), node.Text("cutoff"), node.Number("leadDays")));
        Assert.Equal(5, node.Items("days").Count);
    }

    [Theory]
    [InlineData("""{"timeZone":"Mars/Olympus"}""", "unknown-time-zone", "/timeZone")]
    [InlineData("""{"timeZone":"localtime"}""", "unknown-time-zone", "/timeZone")]
    [InlineData("""{"timeZone":"W. Europe Standard Time"}""", "unknown-time-zone", "/timeZone")]
    [InlineData("""{"days":[]}""", "no-day", "/days")]
    [InlineData("""{"days":["monday","montag"]}""", "unknown-value", "/days/1")]
    [InlineData("""{"days":["working-days"]}""", "unknown-value", "/days/0")]
    [InlineData("""{"days":["monday","monday"]}""", "duplicate", "/days/1")]
    [InlineData("""{"holidays":["2026-02-30"]}""", "bad-date", "/holidays/0")]
    [InlineData("""{"holidays":[null]}""", "required", "/holidays/0")]
    [InlineData("""{"holidays":["2026-12-25","2026-12-25"]}""", "duplicate", "/holidays/1")]
    [InlineData("""{"cutoff":"24:00"}""", "bad-time", "/cutoff")]
    [InlineData("""{"cutoff":"2 pm"}""", "bad-time", "/cutoff")]
    [InlineData("""{"processingDays":-1}""", "out-of-range", "/processingDays")]
    [InlineData("""{"leadDays":366}""", "out-of-range", "/leadDays")]
    [InlineData("""{"handles":["a b"]}""", "bad-id", "/handles/0")]
    [InlineData("""{"handles":["hazmat","hazmat"]}""", "duplicate", "/handles/1")]
    [InlineData("""{"boxes":[null]}""", "wrong-type", "/boxes/0")]
    [InlineData("""{"boxes":[{"id":"S","lengthMm":1,"widthMm":1,"heightMm":1}]}""", "required", "/boxes/0/maxGrams")]
    [InlineData("""{"boxes":[{"id":"S","lengthMm":0,"widthMm":1,"heightMm":1,"maxGrams":1}]}""", "out-of-range",
        "/boxes/0/lengthMm")]
    [InlineData("""{"perOrder":{"amount":-1,"currency":"EUR"}}""", "out-of-range", "/perOrder/amount")]
    [InlineData("""{"perUnit":{"amount":1000000001,"currency":"EUR"}}""", "out-of-range", "/perUnit/amount")]
    [InlineData("""{"perUnit":{"amount":1,"currency":"XXX"}}""", "unknown-currency", "/perUnit/currency")]
    [InlineData("""{"perOrder":{"amount":1,"currency":"EUR"},"perUnit":{"amount":1,"currency":"USD"}}""",
        "currency-mismatch", "/perUnit/currency")]
    [InlineData("""{"country":"AT","postcode":"AAAA"}""", "bad-postcode", "/postcode")]
    [InlineData("""{"country":"AT","postcode":"10115"}""", "bad-postcode", "/postcode")]
    [InlineData("""{"latitude":10}""", "required", "/longitude")]
    [InlineData("""{"longitude":10}""", "required", "/latitude")]
    public async Task A_node_that_cannot_work_like_that_is_refused_with_the_field(
        string facts, string code, string field)
    {
        var head = api.Head;
        (await api.Put("/v1/nodes/N-6", "{\"name\":\"x\"," + facts[1..])).IsProblem(400, code, field);
        Assert.Equal(head, api.Head);
    }

    [Fact]
    public async Task The_same_content_again_changes_nothing_and_other_content_makes_a_revision()
    {
        await api.Put("/v1/nodes/N-3", """{"name":"Old"}""");
        var head = api.Head;

        var repeated = (await api.Put("/v1/nodes/N-3", """{ "name": "Old" }""")).Is(200);
        Assert.Equal(1, repeated.Number("revision"));
        Assert.Equal(head, api.Head);

        var changed = (await api.Put("/v1/nodes/N-3", """{"name":"New"}""")).Is(200);
        Assert.Equal(2, changed.Number("revision"));
        Assert.Equal("\"2\"", changed.Header("ETag"));
    }

    [Fact]
    public async Task An_unknown_node_is_not_found() =>
        (await api.Get("/v1/nodes/NOWHERE")).IsProblem(404, "unknown-node");

    [Fact]
    public async Task Nodes_are_listed_by_id_in_pages()
    {
        foreach (var id in (string[])["Z-c", "Z-a", "Z-b"]) await api.Put($"/v1/nodes/{id}", """{"name":"x"}""");

        List<string?> seen = [];
        var path = "/v1/nodes?limit=1";
        while (true)
        {
            var page = (await api.List(path)).Is(200);
            seen.AddRange(page.Each("node"));
            if (page.Text("next") is not { } next) break;
            path = $"/v1/nodes?limit=1&cursor={Uri.EscapeDataString(next)}";
        }

        Assert.Equal(["Z-a", "Z-b", "Z-c"], seen.Where(id => id!.StartsWith('Z')));
        Assert.Equal(seen.Order(StringComparer.Ordinal), seen);
    }
}
