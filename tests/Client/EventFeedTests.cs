using System.Globalization;

namespace Fulfillment.Tests.Client;

/// <summary>The change feed: every event of a seller in the order of the journal, as server-sent events.</summary>
public sealed class EventFeedTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Events_come_in_order_as_they_happen()
    {
        await using var feed = await EventStream.Open(api, "/v1/events?entity=sku&key=F-1");
        await api.Stock("F-1", 3);
        (await api.Order("F-1-o", "F-1", 1)).Is(201);

        var events = await feed.Take(3);
        Assert.Equal(["sku-defined", "stock-received", "stock-reserved"], events.Select(e => e.Type));
        Assert.Equal([1, 2, 3], events.Select(e => e.Json.GetProperty("version").GetInt32()));
        foreach (var e in events)
        {
            Assert.Equal(e.Id, e.Json.GetProperty("position").GetRawText());
            Assert.Equal(e.Type, e.Json.GetProperty("type").GetString());
            Assert.Equal("sku", e.Json.GetProperty("entity").GetProperty("kind").GetString());
            Assert.Equal("F-1", e.Json.GetProperty("entity").GetProperty("id").GetString());
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", e.Json.GetProperty("at").GetString());
            Assert.False(string.IsNullOrEmpty(e.Json.GetProperty("cause").GetString()));
        }

        Assert.Equal("api", events[0].Json.GetProperty("actor").GetString());
        Assert.Equal("order/default/F-1-o", events[2].Json.GetProperty("actor").GetString());
    }

    [Fact]
    public async Task A_subscriber_who_comes_back_misses_nothing_and_gets_nothing_twice()
    {
        await using var own = await ApiServer.Start();
        await own.Stock("F-2", 10_000);
        var start = own.Head;
        var sale = Task.WhenAll(Enumerable.Range(1, 300).Select(i => own.Order($"F-2-{i}", "F-2")));

        List<long> seen = [];
        var last = start;
        while (seen.Count < 600)
        {
            // Comes back with the last id it saw, after a few events, while more are written.
            await using var feed = await EventStream.Open(own, "/v1/events", ("Last-Event-ID", $"{last}"));
            foreach (var e in await feed.Take(Math.Min(37, 600 - seen.Count))) seen.Add(Position(e));
            last = seen[^1];
        }

        await sale;
        Assert.Equal(Enumerable.Range(1, 600).Select(i => start + i), seen);
    }

    [Fact]
    public async Task The_whole_history_can_be_read_from_the_beginning()
    {
        await using var own = await ApiServer.Start();
        await own.Stock("F-3", 1);
        var head = own.Head;
        await using var feed = await EventStream.Open(own, "/v1/events?after=0");
        List<long> positions = [];
        while (positions.Count == 0 || positions[^1] < head) positions.Add(Position((await feed.Next())!));
        Assert.Equal(1, positions[0]);
        Assert.Equal(positions.Order().Distinct(), positions);
    }

    [Fact]
    public async Task Where_both_say_from_where_the_header_of_the_reconnecting_browser_wins()
    {
        await api.Stock("F-4", 1);
        var path = "/v1/events?after=0&entity=sku&key=F-4";
        await using var all = await EventStream.Open(api, path);
        var first = (await all.Next())!;
        await using var rest = await EventStream.Open(api, path, ("Last-Event-ID", first.Id));
        Assert.Equal("sku-defined", first.Type);
        Assert.Equal("stock-received", (await rest.Next())!.Type);
    }

    [Fact]
    public async Task A_filter_leaves_out_other_entities_and_other_sellers()
    {
        var (mine, other) = (("Seller", "mine"), ("Seller", "other"));
        await using var orders = await EventStream.Open(api, "/v1/events?entity=order", mine);
        await api.Stock("F-5", 9, headers: other);
        await api.Stock("F-5", 9, headers: mine);
        (await api.Order("F-5-o", "F-5", 1, "", other)).Is(201);
        (await api.Order("F-5-p", "F-5", 1, "", mine)).Is(201);

        var first = (await orders.Next())!;
        Assert.Equal("order-placed", first.Type);
        Assert.Equal("F-5-p", first.Json.GetProperty("entity").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/v1/events?after=-1", null, "after")]
    [InlineData("/v1/events?after=x", null, "after")]
    [InlineData("/v1/events?after=99999999999999999999", null, "after")]
    [InlineData("/v1/events?after=999999999", null, "after")]
    [InlineData("/v1/events", "x", "Last-Event-ID")]
    [InlineData("/v1/events", "999999999", "Last-Event-ID")]
    public async Task What_is_no_position_is_refused(string path, string? last, string field)
    {
        var answer = last is null ? await api.Get(path) : await api.Get(path, ("Last-Event-ID", last));
        answer.IsProblem(400, "bad-position", field);
    }

    [Fact]
    public async Task An_unknown_kind_of_entity_is_refused() =>
        (await api.Get("/v1/events?entity=orders")).IsProblem(400, "unknown-value", "entity");

    static long Position(ServerEvent e) => long.Parse(e.Id, CultureInfo.InvariantCulture);
}
