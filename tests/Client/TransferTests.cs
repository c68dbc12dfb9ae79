namespace Fulfillment.Tests.Client;

/// <summary>Transfers between nodes: in transit the units are in nobody's stock.</summary>
public sealed class TransferTests(ApiServer api) : IClassFixture<ApiServer>
{
    static readonly string January = $"{DateTime.UtcNow.Year + 1}-01-05T08:00:00.000Z";

    /// <summary>A transfer of 10 from LEJ1, which has as many as told, to BER2.</summary>
    async Task Planned(string sku, int stock)
    {
        await api.Stock(sku, stock, ""","backorder":true""");
        (await api.Put("/v1/nodes/BER2", """{"name":"Berlin","priority":2,"country":"DE"}""")).Succeeded();
        (await api.Put($"/v1/transfers/{sku}",
            $$"""{"from":"LEJ1","to":"BER2","lines":[{"sku":"{{sku}}","quantity":10}]}""")).Is(201);
    }

    Task<Answer> Post(string id, string verb, string body) => api.Post($"/v1/transfers/{id}/{verb}", body);

    Task<Answer> Ship(string id) => Post(id, "ship", $$"""{"id":"s","expectedAt":"{{January}}"}""");

    [Fact]
    public async Task What_is_on_its_way_is_expected_where_it_goes_and_for_sale_nowhere()
    {
        await Planned("T", 12);
        var shipped = (await Ship("T")).Is(200);
        Assert.Equal(("in-transit", 10), (shipped.Text("status"), shipped.Number("lines/0/inTransit")!.Value));
        var sku = (await api.Get("/v1/skus/T")).Is(200);
        Assert.Equal((2, 2, 10), (sku.Number("onHand")!.Value, sku.Number("available")!.Value,
            sku.Number("unavailable/in-transit")!.Value));
        var supply = (await api.Get("/v1/skus/T/supplies")).Is(200);
        Assert.Equal(("to:T:1", "BER2"), (supply.Text("items/0/id"), supply.Text("items/0/node")));
        (await api.Order("T-1", "T", 5)).Is(201);

        var receipt = (await Post("T", "receipts", """{"id":"r","lines":[{"line":"1","quantity":8,"damaged":1}]}"""))
            .Is(201);
        Assert.Equal(["T-1"], receipt.Each("order", "lines/0/crossDock"));
        Assert.Equal(["3"], receipt.Each("quantity", "lines/0/crossDock"));
        (await Post("T", "receipts", """{"id":"r","lines":[{"line":"1","quantity":8,"damaged":1}]}""")).Is(200);
        var lost = (await Post("T", "write-off", """{"id":"w","reason":"fell off the truck"}""")).Is(200);
        Assert.Equal(("received", 2), (lost.Text("status"), lost.Number("lines/0/lost")!.Value));
        var after = (await api.Get("/v1/skus/T")).Is(200);
        Assert.Equal((10, 1), (after.Number("onHand")!.Value, after.Number("unavailable/quarantine")!.Value));
        Assert.Empty((await api.Get("/v1/skus/T/supplies")).Items());
        var listed = (await api.List("/v1/skus")).Items().Single(i => i.GetProperty("sku").GetString() == "T");
        Assert.Equal(10, listed.GetProperty("onHand").GetInt64());
    }

    [Fact]
    public async Task What_the_shelf_has_not_does_not_leave_and_more_than_was_sent_is_told()
    {
        await Planned("F", 4);
        var refused = (await Ship("F")).Is(200);
        Assert.Equal(("planned", "below-zero"), (refused.Text("status"), refused.Text("lines/0/refused/0/code")));
        (await Post("F", "ship",
            $$"""{"id":"t","expectedAt":"{{January}}","lines":[{"line":"1","quantity":4}]}""")).Is(200);
        (await Post("F", "receipts", """{"id":"r","lines":[{"line":"1","quantity":5}]}""")).Is(201);
        var transfer = (await api.Get("/v1/transfers/F")).Is(200);
        Assert.Equal((5, 1), (transfer.Number("lines/0/received")!.Value, transfer.Number("lines/0/over")!.Value));
        Assert.Equal(5, (await api.Get("/v1/skus/F")).Number("available"));
        (await Post("F", "cancel", """{"id":"c"}""")).IsProblem(409, "already-shipped");
    }

    [Fact]
    public async Task Each_serial_that_leaves_arrives_and_is_found_on_its_way()
    {
        await api.Stock("RAD", 0, ""","tracking":{"serials":true}""");
        (await api.Put("/v1/nodes/BER2", """{"name":"Berlin","priority":2,"country":"DE"}""")).Succeeded();
        (await api.Post("/v1/skus/RAD/receipts",
            """{"id":"r","node":"LEJ1","quantity":4,"serials":["X1","X2","X3","X4"]}""")).Is(201);
        foreach (var id in (string[])["RAD", "RAD2"])
        {
            (await api.Put($"/v1/transfers/{id}",
                """{"from":"LEJ1","to":"BER2","lines":[{"sku":"RAD","quantity":2}]}""")).Is(201);
        }

        (await Ship("RAD")).IsProblem(400, "serials-required", "/lines");
        (await Leave("RAD", "\"quantity\":2")).IsProblem(400, "serials-required", "/lines/0/serials");
        (await Leave("RAD", "\"serials\":[\"X1\",\"X2\"]")).Is(200);
        var second = (await Leave("RAD2", "\"serials\":[\"X3\",\"X4\"]")).Is(200);
        Assert.Equal(["X3", "X4"], second.At("lines/0/serials")!.Value.EnumerateArray().Select(s => s.GetString()));
        await api.Until("/v1/serials/X4", s => (s.Text("transfer"), s.Text("state")) == ("RAD2", "in-transit"));

        (await Arrive("RAD2", "a", 1, "")).IsProblem(400, "serials-required", "/lines");
        (await Arrive("RAD2", "a", 1, ",\"serials\":[\"X1\"]")).IsProblem(409, "serial-not-shipped");
        (await Arrive("RAD2", "a", 2, ",\"serials\":[\"X4\",\"X3\"]")).Is(201);
        var there = await api.Until("/v1/serials/X4", s => s.Text("node") == "BER2");
        Assert.Equal((null, "available"), (there.Text("transfer"), there.Text("state")));
        Assert.Contains("to/RAD2/", there.Body, StringComparison.Ordinal);
        var other = (await api.Get("/v1/serials/X1")).Is(200);
        Assert.Equal(("RAD", "LEJ1"), (other.Text("transfer"), other.Text("node")));
        (await Post("RAD", "write-off",
            """{"id":"w","reason":"stolen","lines":[{"line":"1","serials":["X2"]}]}""")).Is(200);
        (await Arrive("RAD", "b", 1, ",\"serials\":[\"X2\"]")).IsProblem(409, "serial-not-shipped");
        (await Arrive("RAD", "b", 1, ",\"serials\":[\"X1\"]")).Is(201);
        Assert.Equal(3, (await api.Get("/v1/skus/RAD")).Is(200).Number("onHand"));

        Task<Answer> Leave(string id, string units) => Post(
            id, "ship", $$"""{"id":"s","expectedAt":"{{January}}","lines":[{"line":"1",{{units}}}]}""");

        Task<Answer> Arrive(string id, string receipt, int quantity, string more) => Post(
            id, "receipts", $$"""{"id":"{{receipt}}","lines":[{"line":"1","quantity":{{quantity}}{{more}}}]}""");
    }

    [Fact]
    public async Task A_transfer_is_cancelled_before_anything_leaves()
    {
        await Planned("C", 10);
        Assert.Equal("cancelled", (await Post("C", "cancel", """{"id":"c","reason":"x"}""")).Is(200).Text("status"));
        (await Ship("C")).IsProblem(409, "transfer-cancelled");
        Assert.Contains("C", (await api.List("/v1/transfers?status=cancelled&from=LEJ1&to=BER2")).Each("id"));
        Assert.Empty((await api.List("/v1/transfers?from=BER2")).Items());
    }

    [Fact]
    public async Task Every_answer_about_transfers_is_as_the_document_says()
    {
        SchemaCheck check = new((await api.Get("/openapi/v1.json")).Is(200).Json);
        await Planned("S", 8);
        await Call("put", "", """{"from":"LEJ1","to":"BER2","note":"x","lines":[{"id":"a","sku":"S","quantity":9}]}""");
        await Call("post", "/ship", $$"""{"id":"s","expectedAt":"{{January}}"}""");
        await Call("post", "/ship", $$"""{"id":"t","expectedAt":"{{January}}","lines":[{"line":"a","quantity":5}]}""");
        await Call("post", "/receipts", """{"id":"r","lines":[{"line":"a","quantity":2,"damaged":1}]}""");
        await Call("post", "/write-off", """{"id":"w","reason":"x","lines":[{"line":"a","quantity":1}]}""");
        await Call("post", "/cancel", """{"id":"c","reason":"x"}""");
        await Call("get", "", null);
        await api.Embedded.ViewsReached();
        await check.Answered(api, "get", "/v1/transfers?limit=1", "/v1/transfers", null);
        foreach (var (method, end) in ((string, string)[])[
            ("PUT", ""), ("POST", "/ship"), ("POST", "/receipts"), ("POST", "/write-off")])
            await check.Requires(api, method, $"/v1/transfers/Q{end}", $"/v1/transfers/{{id}}{end}");

        Task Call(string method, string end, string? body) =>
            check.Answered(api, method, $"/v1/transfers/X{end}", $"/v1/transfers/{{id}}{end}", body);
    }
}
