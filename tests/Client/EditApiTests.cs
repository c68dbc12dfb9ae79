namespace Fulfillment.Tests.Client;

/// <summary>Edits of an order: looked at, made, refused by stock, too late.</summary>
public sealed class EditApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_preview_tells_what_would_be_and_changes_nothing()
    {
        await Allocated("E-1", 3);
        var before = await api.Get("/v1/orders/E-1-o");
        var preview = (await Edit("E-1",
            """{"id":"e","reason":"x","preview":true,"lines":[{"line":"1","quantity":1}]}""")).Is(200);
        Assert.Equal((1L, 1_000L), (preview.Number("lines/0/cancelled"), preview.Number("due/amount")));
        var after = await api.Get("/v1/orders/E-1-o");
        Assert.Equal((before.Number("version"), 0L), (after.Number("version"), after.Number("lines/0/cancelled")));
    }

    [Fact]
    public async Task More_units_are_a_line_more_and_the_bank_promises_the_difference()
    {
        await Allocated("E-2", 4);
        var more =
            """
            {"id":"e","reason":"asked by phone","lines":[{"line":"1","quantity":3},
             {"sku":"E-2","quantity":1,"unitPrice":{"amount":750,"currency":"EUR"},"id":"gift"}]}
            """;
        var edited = (await Edit("E-2", more)).Is(200);
        Assert.Equal(["1", "e:0", "gift"], edited.Each("id", "lines"));
        Assert.Equal(3_750, edited.Number("due/amount"));
        Assert.Equal(edited.Number("due/amount"), (await Edit("E-2", more)).Is(200).Number("due/amount"));
        (await Edit("E-2", more.Replace("750", "751", StringComparison.Ordinal)))
            .IsProblem(422, "idempotency-conflict");
        await api.Payment("E-2-o", p => p.Number("authorised/amount") == 3_750);
        await api.Until("E-2-o", "allocated");
        await api.Until("/v1/skus/E-2/availability", s => s.Number("available") == 0);

        var story = await api.Story("E-2-o");
        Assert.Contains("Edit e asks stock for 2 units more", story);
        Assert.Contains(story, t => t.StartsWith("Edited (e): asked by phone; line e:0: 1 of E-2; line gift: 1 of E-2",
            StringComparison.Ordinal));
        Assert.Contains("test-gateway asked to authorise 17.50 EUR", story);
    }

    [Fact]
    public async Task What_stock_does_not_cover_is_refused_and_the_order_is_as_it_was()
    {
        await Allocated("E-3", 3);
        var refused = (await Edit("E-3", """{"id":"e","reason":"x","lines":[{"line":"1","quantity":9}]}"""))
            .IsProblem(409, "sold-out");
        Assert.NotNull(refused.Header("X-Request-Id"));
        var order = await api.Get("/v1/orders/E-3-o");
        Assert.Equal((2L, 2_000L), (order.Number("lines/0/quantity"), order.Number("due/amount")));
        Assert.Equal(("e", 7L), (order.Text("refusedEdits/0/id"), order.Number("refusedEdits/0/short/0/wanted")));
        Assert.Contains(await api.Story("E-3-o"),
            t => t.StartsWith("Edit e refused; missing ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Once_a_node_has_begun_it_is_too_late()
    {
        await Allocated("E-4", 3);
        (await api.Post("/v1/fulfilment-orders/E-4-o-F1/start", """{"id":"s"}""")).Is(200);
        (await Edit("E-4", """{"id":"e","reason":"x","lines":[{"line":"1","quantity":1}]}"""))
            .IsProblem(409, "too-late-to-edit");
        Assert.Contains("F1: the node began to work on 2 units", await api.Story("E-4-o"));
    }

    [Fact]
    public async Task Fewer_units_need_fewer_stock_and_less_money_and_all_of_them_is_a_cancellation()
    {
        await Allocated("E-5", 2);
        (await Edit("E-5", """{"id":"all","reason":"x","lines":[{"line":"1","quantity":0}]}"""))
            .IsProblem(409, "nothing-left");
        var stale = (await api.Post("/v1/orders/E-5-o/edit",
            """{"id":"e","reason":"one is enough","lines":[{"line":"1","quantity":1}]}""", ("If-Match", "\"1\"")));
        stale.IsProblem(412, "stale");
        (await Edit("E-5", """{"id":"e","reason":"one is enough","lines":[{"line":"1","quantity":1}]}""")).Is(200);
        await api.Until("/v1/skus/E-5/availability", s => s.Number("available") == 1);
        (await api.Post("/v1/fulfilment-orders/E-5-o-F1/ship", """{"id":"s"}""")).Is(200);
        var payment = await api.Payment("E-5-o", p => p.Number("captured/amount") > 0);
        Assert.Equal((1_000L, 0L), (payment.Number("captured/amount"), payment.Number("authorised/amount")));
        Assert.Contains("Edited (e): one is enough; 1 unit fewer of line 1", await api.Story("E-5-o"));
    }

    [Fact]
    public async Task Another_address_leaves_the_customer_and_the_invoice_as_they_were()
    {
        await Allocated("E-6", 2);
        (await Edit(
            "E-6", """
            {"id":"e","reason":"moved","shipTo":{"country":"AT","postcode":"1010","city":"Wien"}}
            """)).Is(200);
        var order = await api.Get("/v1/orders/E-6-o");
        Assert.Equal(("AT", "Wien"), (order.Text("shipTo/country"), order.Text("shipTo/city")));
        Assert.Equal(("Ada", "FR", "ring twice"), (
            order.Text("customer/name"), order.Text("billTo/country"), order.Text("note")));
        Assert.Contains(await api.Story("E-6-o"), t => t.EndsWith("moved; another address", StringComparison.Ordinal));
    }

    Task<Answer> Edit(string sku, string body) => api.Post($"/v1/orders/{sku}-o/edit", body);

    /// <summary>An order of two units for 1,000 each, paid and given to a node.</summary>
    async Task Allocated(string sku, int stock)
    {
        await api.Stock(sku, stock);
        (await api.Post("/v1/orders",
            $$"""
            {"id":"{{sku}}-o","payment":"authorise","paymentMethod":{"provider":"test-gateway","token":"ok"},
             "customer":{"name":"Ada"},"shipTo":{"country":"FR","postcode":"75001"},
             "billTo":{"country":"FR"},"note":"ring twice",
             "lines":[{"sku":"{{sku}}","quantity":2,"unitPrice":{"amount":1000,"currency":"EUR"} }]}
            """)).Succeeded();
        await api.Until($"{sku}-o", "allocated");
        await api.Payment($"{sku}-o", p => p.Text("state") == "settled");
    }
}
