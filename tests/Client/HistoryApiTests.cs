using System.Globalization;

namespace Fulfillment.Tests.Client;

/// <summary>Stock, movements and entities as they were, and movements that are told late.</summary>
public sealed class HistoryApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_late_receipt_shows_when_it_happened_at_once_and_not_in_what_was_known_before()
    {
        await api.Stock("H-1", 10);
        var before = await Now();
        (await api.Post("/v1/skus/H-1/receipts",
            $$"""{"id":"late","node":"LEJ1","quantity":5,"occurredAt":"{{Days(-30)}}"}""")).Is(201);
        var after = await Now();

        var then = (await api.Get($"/v1/skus/H-1/stock?at={Days(-7)}")).Is(200);
        Assert.Equal((5, 5, 0), (then.Number("onHand"), then.Number("available"), then.Number("committed")));
        Assert.Equal("LEJ1", then.Text("nodes/0/node"));
        Assert.Equal(("available", 5L), (then.Text("late/0/state"), then.Number("late/0/quantity")!.Value));
        Assert.Equal(0, (await api.Get($"/v1/skus/H-1/stock?at={Days(-31)}")).Is(200).Number("onHand"));
        Assert.Equal(10, (await api.Get($"/v1/skus/H-1/stock?at={before}&knownAt={before}")).Number("onHand"));
        Assert.Equal(15, (await api.Get($"/v1/skus/H-1/stock?at={before}&knownAt={after}")).Number("onHand"));
        Assert.Equal(15, (await api.Get("/v1/skus/H-1/stock")).Is(200).Number("onHand"));
        Assert.Equal(15, (await api.Get("/v1/skus/H-1")).Number("onHand"));

        var path = $"/v1/skus/H-1/movements?at={Days(-7)}";
        var behind = await api.List(path);
        Assert.Equal(["late"], behind.Each("id"));
        Assert.Equal(Days(-30), behind.Text("items/0/occurredAt"));
        Assert.NotNull(behind.Text("items/0/cause"));
        Assert.NotNull(behind.Number("items/0/position"));
        Assert.Equal(["r-LEJ1"], (await api.List($"/v1/skus/H-1/movements?knownAt={before}")).Each("id"));
        Assert.Equal(["late", "r-LEJ1"], (await api.List("/v1/skus/H-1/movements")).Each("id"));
        var first = await api.List($"/v1/skus/H-1/movements?at={after}&limit=1");
        Assert.Equal(["r-LEJ1"], first.Each("id"));
        Assert.Equal(["late"], (await api.List(
            $"/v1/skus/H-1/movements?at={after}&limit=1&cursor={first.Text("next")}")).Each("id"));
    }

    [Fact]
    public async Task A_late_correction_that_makes_the_past_negative_is_made_and_says_from_when_on()
    {
        await api.Stock("H-2", 10);
        var answer = (await api.Post("/v1/skus/H-2/adjustments",
            $$"""{"id":"a","node":"LEJ1","delta":-3,"reason":"count","occurredAt":"{{Days(-2)}}"}""")).Is(201);

        Assert.Equal(7, answer.Number("onHand"));
        Assert.Equal((Days(-2), -3L), (answer.Text("below/at"), answer.Number("below/quantity")!.Value));
        var then = (await api.Get($"/v1/skus/H-2/stock?at={Days(-1)}")).Is(200);
        Assert.Equal((-3L, "LEJ1", "available", -3L), (
            then.Number("onHand")!.Value, then.Text("negative/0/node"), then.Text("negative/0/state"),
            then.Number("negative/0/quantity")!.Value));

        (await api.Post("/v1/skus/H-2/receipts",
            $$"""{"id":"r","node":"LEJ1","quantity":5,"occurredAt":"{{Days(-3)}}"}""")).Is(201);
        Assert.Equal(2, (await api.Get($"/v1/skus/H-2/stock?at={Days(-1)}")).Number("onHand"));
    }

    [Fact]
    public async Task A_late_movement_is_repeated_like_any_other()
    {
        await api.Stock("H-3", 10);
        var body = $$"""{"id":"r","node":"LEJ1","quantity":5,"occurredAt":"{{Days(-3)}}"}""";
        (await api.Post("/v1/skus/H-3/receipts", body)).Is(201);
        (await api.Post("/v1/skus/H-3/receipts", body)).Is(200);
        await api.Embedded.ViewsReached();
        (await api.Post("/v1/skus/H-3/receipts", body)).Is(200);
        (await api.Post("/v1/skus/H-3/receipts", """{"id":"r","node":"LEJ1","quantity":5}"""))
            .IsProblem(422, "idempotency-conflict");
        (await api.Post("/v1/skus/H-3/moves",
            $$"""
            {"id":"m","node":"LEJ1","quantity":1,"from":"available","to":"qc","reason":"x","occurredAt":"{{Days(-1)}}"}
            """)).Is(201);
        Assert.Equal(1, (await api.Get($"/v1/skus/H-3/stock?at={Days(-1)}")).Number("nodes/0/unavailable/qc"));
    }

    [Theory]
    [InlineData("2999-01-01T00:00:00Z", "in-the-future")]
    [InlineData("2001-01-01T00:00:00Z", "too-long-ago")]
    [InlineData("yesterday", "bad-time")]
    public async Task A_time_that_cannot_be_is_refused(string time, string code)
    {
        await api.Stock("H-4", 10);
        foreach (var (route, body) in ((string, string)[])[
            ("receipts", "\"quantity\":1"), ("adjustments", "\"delta\":1,\"reason\":\"x\""),
            ("moves", "\"quantity\":1,\"from\":\"available\",\"to\":\"qc\",\"reason\":\"x\"")])
        {
            (await api.Post($"/v1/skus/H-4/{route}", $$"""{"id":"x","node":"LEJ1",{{body}},"occurredAt":"{{time}}"}"""))
                .IsProblem(400, code, "/occurredAt");
        }

        if (code == "too-long-ago") return;
        foreach (var path in (string[])["/v1/skus/H-4/stock?at=", "/v1/skus/H-4/movements?at=", "/v1/orders/x?at="])
            (await api.Get(path + time)).IsProblem(400, code, "at");
        (await api.Get($"/v1/skus/H-4/stock?knownAt={time}")).IsProblem(400, code, "knownAt");
        (await api.Get($"/v1/skus/NONE/stock?at={Days(-1)}")).IsProblem(404, "unknown-sku");
    }

    [Fact]
    public async Task An_order_and_a_node_are_shown_as_they_were()
    {
        await api.Stock("H-5", 10);
        var before = await Now();
        (await api.Order("h-5", "H-5", 2)).Is(201);
        await api.Until("h-5", "allocated");
        var placed = await Now();
        (await api.Post("/v1/orders/h-5/cancel", """{"id":"c","reason":"x"}""")).Succeeded();
        await api.Until("h-5", "cancelled");

        (await api.Get($"/v1/orders/h-5?at={before}")).IsProblem(404, "unknown-order");
        Assert.Equal("allocated", (await api.Get($"/v1/orders/h-5?at={placed}")).Is(200).Text("status"));
        Assert.Equal("cancelled", (await api.Get($"/v1/orders/h-5?at={await Now()}")).Is(200).Text("status"));
        Assert.Equal(2, (await api.Get($"/v1/skus/H-5/stock?at={placed}")).Number("committed"));
        Assert.Equal("Leipzig", (await api.Get($"/v1/nodes/LEJ1?at={placed}")).Is(200).Text("name"));
        (await api.Get($"/v1/nodes/LEJ1?at={Days(-9)}")).IsProblem(404, "unknown-node");
    }

    [Fact]
    public async Task Every_answer_about_the_past_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await api.Stock("H-6", 10);
        foreach (var (method, path, template, body) in ((string, string, string, string?)[])[
            ("post", "/v1/skus/H-6/adjustments", "/v1/skus/{sku}/adjustments",
                $$"""{"id":"a","node":"LEJ1","delta":-3,"reason":"count","occurredAt":"{{Days(-2)}}"}"""),
            ("get", $"/v1/skus/H-6/stock?at={Days(-1)}", "/v1/skus/{sku}/stock", null),
            ("get", $"/v1/skus/H-6/movements?at={Days(-1)}", "/v1/skus/{sku}/movements", null)])
            await check.Answered(api, method, path, template, body);
    }

    static string Days(int days) => Text(DateTimeOffset.UtcNow.Date.AddDays(days));

    /// <summary>A moment that is over, with nothing else in its millisecond.</summary>
    static async Task<string> Now()
    {
        await Task.Delay(5);
        var now = Text(DateTimeOffset.UtcNow.UtcDateTime);
        await Task.Delay(5);
        return now;
    }

    static string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
