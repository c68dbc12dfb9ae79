namespace Fulfillment.Tests.Client;

/// <summary>Purchase orders: what is expected of them, whom a slipped date moves, what does not come.</summary>
public sealed class PurchaseOrderTests(ApiServer api) : IClassFixture<ApiServer>
{
    /// <summary>Of a year that has not begun: what is expected is still to come.</summary>
    static readonly string January = At(1), February = At(2), March = At(3);

    static string At(int month) => $"{DateTime.UtcNow.Year + 1}-0{month}-05T08:00:00.000Z";

    static string Line(string sku, int quantity, string at) =>
        $$"""
        {"sku":"{{sku}}","quantity":{{quantity}},"unitCost":{"amount":250,"currency":"EUR"},"expectedAt":"{{at}}"}
        """;

    Task<Answer> Put(string id, string lines, string more = "") => api.Put($"/v1/purchase-orders/{id}",
        $$"""{"supplier":"ACME","node":"LEJ1","currency":"EUR","lines":[{{lines}}]{{more}}}""");

    Task<Answer> Post(string id, string verb, string body) => api.Post($"/v1/purchase-orders/{id}/{verb}", body);

    /// <summary>An order of 10 for January that the supplier has, and two customers who wait for 4 each.</summary>
    async Task Waiting(string sku)
    {
        await api.Stock(sku, 0, ""","backorder":true""");
        (await Put($"P-{sku}", Line(sku, 10, January))).Is(201);
        (await Post($"P-{sku}", "send", """{"id":"s"}""")).Is(200);
        for (var i = 1; i <= 2; i++) (await api.Order($"{sku}-{i}", sku, 4)).Is(201);
    }

    [Fact]
    public async Task A_draft_is_written_replaced_and_sent_once()
    {
        await api.Stock("A", 0);
        (await Put("P-1", Line("A", 10, January))).Is(201);
        var head = api.Head;
        (await Put("P-1", Line("A", 10, January))).Is(200);
        Assert.Equal(head, api.Head);
        Assert.Empty((await api.Get("/v1/skus/A/supplies")).Is(200).Items());
        var draft = (await Put("P-1", $"{Line("A", 10, January)},{Line("A", 5, February)}")).Is(200);
        Assert.Equal(("draft", 3_750), (draft.Text("status"), draft.Number("total/amount")!.Value));

        var sent = (await Post("P-1", "send", """{"id":"s"}""")).Is(200);
        Assert.Equal("sent", sent.Text("status"));
        Assert.True(sent.At("settled")!.Value.GetBoolean());
        Assert.Equal(["po:P-1:1", "po:P-1:2"], (await api.Get("/v1/skus/A/supplies")).Is(200).Each("id"));
        (await Put("P-1", Line("A", 9, January))).IsProblem(409, "already-sent");
        Assert.Equal("acknowledged", (await Post("P-1", "acknowledge", """{"id":"a"}""")).Is(200).Text("status"));
        (await Post("P-1", "acknowledge", """{"id":"a","lines":[{"line":"1"}]}"""))
            .IsProblem(422, "idempotency-conflict");
    }

    [Fact]
    public async Task A_slipped_date_moves_the_promises_and_lists_the_customers_orders()
    {
        await Waiting("M");
        var impact = (await api.Get($"/v1/purchase-orders/P-M/impact?at={March}")).Is(200);
        Assert.Equal(2, impact.Number("orders"));
        Assert.Equal(["M-1", "M-2"], impact.Each("order", "lines/0/moves"));
        Assert.Null((await api.Get("/v1/purchase-orders/P-M/impact")).Is(200).At("lines/0/moves/0/to"));

        var changed = (await Post("P-M", "change", $$"""{"id":"late","expectedAt":"{{March}}"}""")).Is(200);

        Assert.Equal(["M-1", "M-2"], changed.Each("order", "moved/0/moves"));
        Assert.Equal([March, March], changed.Each("to", "moved/0/moves"));
        foreach (var order in (string[])["M-1", "M-2"])
            await api.Until($"/v1/orders/{order}", o => o.Text("lines/0/expected") == March);
        (await Post("P-M", "change", $$"""{"id":"late","expectedAt":"{{February}}"}"""))
            .IsProblem(422, "idempotency-conflict");
    }

    [Fact]
    public async Task What_is_cancelled_or_closed_does_not_come()
    {
        await Waiting("C");
        var less = (await Post("P-C", "cancel", """{"id":"c","lines":[{"line":"1","quantity":6}]}""")).Is(200);
        Assert.Equal(["C-2"], less.Each("order", "moved/0/moves"));
        Assert.Equal((4, 6), (less.Number("lines/0/open")!.Value, less.Number("lines/0/cancelled")!.Value));
        (await Post("P-C", "cancel", """{"id":"d","lines":[{"line":"1","quantity":5}]}"""))
            .IsProblem(409, "more-than-open");
        Assert.Equal("cancelled", (await Post("P-C", "close", """{"id":"x"}""")).Is(200).Text("status"));
        Assert.Empty((await api.Get("/v1/skus/C/supplies")).Is(200).Items());
        (await Post("P-C", "receipts", """{"id":"r","lines":[{"line":"1","quantity":1}]}"""))
            .IsProblem(409, "purchase-order-closed");
    }

    [Fact]
    public async Task A_SKU_that_nobody_has_defined_is_named_at_its_line()
    {
        await api.Stock("U", 0);
        (await Put("P-U", $"{Line("U", 1, January)},{Line("U-none", 1, January)}")).Is(201);
        var sent = (await Post("P-U", "send", """{"id":"s"}""")).Is(200);
        Assert.Null(sent.Text("lines/0/refused"));
        Assert.Equal("unknown-sku", sent.Text("lines/1/refused"));
    }

    [Fact]
    public async Task Its_supplies_are_changed_with_it_alone()
    {
        await Waiting("S");
        (await api.Send("PATCH", "/v1/skus/S/supplies/po:P-S:1", """{"quantity":1}"""))
            .IsProblem(409, "planned-supply");
        (await api.Delete("/v1/skus/S/supplies/po:P-S:1")).IsProblem(409, "planned-supply");
        (await api.Post("/v1/skus/S/receipts", """{"id":"r","node":"LEJ1","quantity":1,"supply":"po:P-S:1"}"""))
            .IsProblem(409, "planned-supply");
    }

    [Fact]
    public async Task Orders_are_listed_by_supplier_node_and_status_newest_first()
    {
        await api.Stock("L", 0);
        (await Put("L-1", Line("L", 1, January))).Is(201);
        (await Put("L-2", Line("L", 2, January))).Is(201);
        (await Post("L-2", "send", """{"id":"s"}""")).Is(200);
        var all = await api.List("/v1/purchase-orders?supplier=ACME&node=LEJ1");
        Assert.Equal(["L-2", "L-1"], all.Each("id").Where(id => id!.StartsWith("L-", StringComparison.Ordinal)));
        var sent = await api.List("/v1/purchase-orders?status=sent");
        Assert.Contains("L-2", sent.Each("id"));
        Assert.DoesNotContain("L-1", sent.Each("id"));
        Assert.Empty((await api.List("/v1/purchase-orders?supplier=OTHER")).Items());
        var first = await api.List("/v1/purchase-orders?limit=1");
        Assert.NotEqual(
            first.Each("id"), (await api.List($"/v1/purchase-orders?limit=1&cursor={first.Text("next")}")).Each("id"));
    }
}
