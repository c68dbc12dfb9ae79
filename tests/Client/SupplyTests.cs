namespace Fulfillment.Tests.Client;

/// <summary>Supply that is expected, and the orders that wait for it.</summary>
public sealed class SupplyTests(ApiServer api) : IClassFixture<ApiServer>
{
    /// <summary>Of a year that has not begun: what is expected is still to come.</summary>
    static readonly string January = At(1), February = At(2), March = At(3);

    static string At(int month) => $"{DateTime.UtcNow.Year + 1}-0{month}-05T08:00:00.000Z";

    Task<Answer> Expect(string sku, string id, int quantity, string at) => api.Post($"/v1/skus/{sku}/supplies",
        $$"""{"id":"{{id}}","node":"LEJ1","quantity":{{quantity}},"expectedAt":"{{at}}","source":"order {{id}}"}""");

    /// <summary>5 come in January, 5 in February; three orders wait for 4 each.</summary>
    async Task Waiting(string sku)
    {
        await api.Stock(sku, 0, ""","backorder":true""");
        (await Expect(sku, "p-1", 5, January)).Is(201);
        (await Expect(sku, "p-2", 5, February)).Is(201);
        for (var i = 1; i <= 3; i++) (await api.Order($"{sku}-{i}", sku, 4)).Is(201);
    }

    [Fact]
    public async Task What_is_expected_is_told_once_and_listed_with_who_waits_for_it()
    {
        await Waiting("W");
        var head = api.Head;
        (await Expect("W", "p-1", 5, January)).Is(200);
        (await Expect("W", "p-1", 6, January)).IsProblem(422, "idempotency-conflict");
        Assert.Equal(head, api.Head);

        var told = (await api.Get("/v1/skus/W/supplies")).Is(200);
        Assert.Equal(["p-1", "p-2"], told.Each("id"));
        Assert.Equal([January, February], told.Each("expectedAt"));
        Assert.Equal(["5", "5"], told.Each("pegged"));
        Assert.Equal(["W-1", "W-2"], told.Each("order", "items/0/pegs"));
        Assert.Equal(["4", "1"], told.Each("quantity", "items/0/pegs"));
        Assert.Equal(["3", "2"], told.Each("quantity", "items/1/pegs"));
        Assert.Equal("order p-2", (await api.Get("/v1/skus/W/supplies/p-2")).Is(200).Text("source"));
    }

    [Fact]
    public async Task An_order_is_accepted_with_what_is_held_and_what_is_expected_and_the_cap_is_named_when_it_is_not()
    {
        await api.Stock("CAP", 1, ""","backorder":true,"backorderCap":3""");
        (await Expect("CAP", "p-1", 5, January)).Is(201);
        (await api.Order("CAP-1", "CAP", 3)).Is(201);
        (await api.Order("CAP-2", "CAP", 1)).Is(201);

        var refused = (await api.Order("CAP-3", "CAP", 1)).IsProblem(409, "sold-out");

        Assert.Contains("1 of CAP wanted, 0 available, and at most 3 may be backordered", refused.Text("detail"));
        Assert.Contains($"Accepted: 1 unit is held, 2 units expected by {January[..10]}", await api.Story("CAP-1"));
        Assert.Contains($"Accepted: nothing is held, 1 unit expected by {January[..10]}", await api.Story("CAP-2"));
    }

    [Fact]
    public async Task Availability_tells_what_is_expected_by_date_and_how_much_of_it_is_free()
    {
        await api.Stock("A", 0, ""","backorder":true""");
        (await Expect("A", "p-1", 5, January)).Is(201);
        (await Expect("A", "p-2", 3, January)).Is(201);
        (await Expect("A", "p-3", 4, March)).Is(201);
        (await api.Order("A-1", "A", 6)).Is(201);

        var available = (await api.Get("/v1/skus/A/availability")).Is(200);
        Assert.Equal(6, available.Number("backordered"));
        Assert.Equal([January, March], available.Each("date", "expected"));
        Assert.Equal(["8", "4"], available.Each("units", "expected"));
        Assert.Equal(["6", "0"], available.Each("pegged", "expected"));
        Assert.Equal(["2", "4"], available.Each("free", "expected"));
    }

    [Fact]
    public async Task Who_would_move_is_told_before_and_moves_when_the_date_slips()
    {
        await Waiting("M");
        var head = api.Head;

        var impact = (await api.Get($"/v1/skus/M/supplies/p-1/impact?at={March}")).Is(200);
        Assert.Equal(2, impact.Number("orders"));
        Assert.Equal(["M-1", "M-2"], impact.Each("order", "moves"));
        Assert.Equal([January, February], impact.Each("from", "moves"));
        Assert.Equal([February, March], impact.Each("to", "moves"));
        Assert.Null((await api.Get("/v1/skus/M/supplies/p-1/impact?quantity=0")).Is(200).At("moves/1/to"));
        Assert.Equal(head, api.Head);

        var changed = (await api.Send("PATCH", "/v1/skus/M/supplies/p-1", $$"""{"expectedAt":"{{March}}"}""")).Is(200);
        Assert.Equal((5, March), (changed.Number("quantity")!.Value, changed.Text("expectedAt")));
        Assert.Equal(["M-1", "M-2"], changed.Each("order", "moved/moves"));
        Assert.Equal([February, March], changed.Each("to", "moved/moves"));
        Assert.Equal(["p-2", "p-1"], (await api.Get("/v1/skus/M/supplies")).Each("id"));
        foreach (var moved in (string[])["M-1", "M-2"])
            await api.Until($"/v1/orders/{moved}/timeline", t => t.Each("type").Contains("claim-changed"));
        Assert.DoesNotContain("claim-changed", (await api.Get("/v1/orders/M-3/timeline")).Each("type"));
    }

    [Fact]
    public async Task What_arrives_of_a_supply_is_no_longer_expected_and_fills_who_waits()
    {
        await Waiting("R");
        (await api.Post("/v1/skus/R/receipts", """{"id":"r-1","node":"LEJ1","quantity":4,"supply":"p-1"}""")).Is(201);

        var left = (await api.Get("/v1/skus/R/supplies/p-1")).Is(200);
        Assert.Equal((1, 4), (left.Number("quantity")!.Value, left.Number("received")!.Value));
        await api.Until("R-1", "allocated");
        (await api.Post("/v1/skus/R/receipts", """{"id":"r-2","node":"LEJ1","quantity":9,"supply":"p-1"}""")).Is(201);
        (await api.Get("/v1/skus/R/supplies/p-1")).IsProblem(409, "supply-closed");
        (await Expect("R", "p-1", 5, January)).Is(200);
        await api.Embedded.ViewsReached();
        (await api.Post("/v1/skus/R/receipts", """{"id":"r-2","node":"LEJ1","quantity":9,"supply":"p-1"}""")).Is(200);
        (await api.Post("/v1/skus/R/receipts", """{"id":"r-2","node":"LEJ1","quantity":9,"supply":"p-2"}"""))
            .IsProblem(422, "idempotency-conflict");
        await api.Until("R-3", "allocated");
    }

    [Fact]
    public async Task What_is_dropped_does_not_come()
    {
        await Waiting("D");
        Assert.Equal(0, (await api.Delete("/v1/skus/D/supplies/p-1?reason=cancelled")).Is(200).Number("quantity"));
        (await api.Delete("/v1/skus/D/supplies/p-1")).IsProblem(409, "supply-closed");
        (await api.Send("PATCH", "/v1/skus/D/supplies/p-1", """{"quantity":3}""")).IsProblem(409, "supply-closed");
        Assert.Equal(["p-2"], (await api.Get("/v1/skus/D/supplies")).Each("id"));
        await api.Stock("D-kit", 0, ""","kit":[{"sku":"D","units":1}]""");
        (await Expect("D-kit", "p", 1, January)).IsProblem(409, "is-kit");
    }

    [Fact]
    public async Task What_may_be_promised_beyond_stock_is_capped_by_number_or_by_supply()
    {
        await api.Stock("C", 1, ""","backorder":true,"backorderCap":2,"fill":"ship-complete"  """);
        Assert.Equal("ship-complete", (await api.Get("/v1/skus/C")).Text("fill"));
        (await api.Order("C-1", "C", 4)).IsProblem(409, "sold-out");
        (await api.Order("C-2", "C", 3)).Is(201);
        await api.Stock("P", 0, ""","backorder":true,"supplyOnly":true""");
        (await api.Order("P-1", "P", 1)).IsProblem(409, "sold-out");
        (await Expect("P", "p-1", 5, January)).Is(201);
        (await api.Order("P-2", "P", 5)).Is(201);
        (await api.Order("P-3", "P", 1)).IsProblem(409, "sold-out");
    }
}
