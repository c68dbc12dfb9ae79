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
