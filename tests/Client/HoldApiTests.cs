namespace Fulfillment.Tests.Client;

/// <summary>Orders that are held: what looks like fraud, and what somebody stops by hand.</summary>
public sealed class HoldApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string Disposable = ""","customer":{"email":"quick@mailinator.com"}""";

    [Fact]
    public async Task An_order_with_a_disposable_mailbox_waits_for_review_and_goes_on_once_approved()
    {
        await Suspicious();
        await api.Stock("H-1", 3);
        await api.Pay("H-1-o", "H-1", 1_000, "authorise", "ok", Disposable);

        var held = await api.Until("/v1/orders/H-1-o", o => o.Text("paymentState/state") == "settled");
        Assert.Equal("held", held.Text("status"));
        Assert.Equal("review", held.Text("screening/verdict"));
        Assert.Contains("disposable-email", held.Each("name", "screening/reasons"));
        Assert.Equal(("fraud", "screening"), (held.Text("holds/0/type"), held.Text("holds/0/by")));
        Assert.Equal((1_000L, 0L), (
            held.Number("paymentState/authorised/amount"), held.Number("paymentState/captured/amount")));

        var queue = await api.List("/v1/holds?type=fraud");
        var row = queue.Items().Single(h => h.GetProperty("order").GetString() == "H-1-o");
        Assert.Equal(held.Text("holds/0/until"), row.GetProperty("until").GetString());
        Assert.DoesNotContain("H-1-o", (await api.List("/v1/holds?type=fraud&overdue=true")).Each("order"));

        var asked = (await api.Post("/v1/orders/H-1-o/holds/1/ask-buyer",
            """{"id":"q","question":"Is this you?","answerWithin":"PT4H"}""")).Is(200);
        Assert.Equal("Is this you?", asked.Text("holds/0/question"));
        Assert.NotEqual(held.Text("holds/0/until"), asked.Text("holds/0/until"));

        var path = "/v1/orders/H-1-o/holds/1/release";
        (await api.Post(path, """{"id":"ok","reason":"answered by phone"}""")).Is(200);
        await api.Until("H-1-o", "allocated");
        (await api.Post(path, """{"id":"ok","reason":"answered by phone"}""")).Is(200);
        (await api.Post(path, """{"id":"ok","reason":"no idea"}""")).IsProblem(422, "idempotency-conflict");
        (await api.Post(path, """{"id":"two","reason":"again"}""")).IsProblem(409, "already-released");
        Assert.DoesNotContain("H-1-o", (await api.List("/v1/holds")).Each("order"));
        Assert.Contains("H-1-o", (await api.List("/v1/holds?open=false")).Each("order"));

        (await api.Post("/v1/fulfilment-orders/H-1-o-F1/ship", """{"id":"s"}""")).Is(200);
        await api.Payment("H-1-o", p => p.Number("captured/amount") == 1_000);
        var story = await api.Story("H-1-o");
        Assert.Contains(story, t => t.StartsWith("Screened: review, score ", StringComparison.Ordinal)
            && t.Contains("disposable-email +20 (a mailbox to be thrown away)", StringComparison.Ordinal));
        Assert.Contains(story, t => t.StartsWith("Held by screening (fraud): score ", StringComparison.Ordinal));
        Assert.Contains(story, t => t.EndsWith(": Is this you?", StringComparison.Ordinal));
        Assert.Contains("Hold 1 released by api: answered by phone", story);
        Assert.Contains("10.00 EUR captured", story);
    }

    [Fact]
    public async Task The_third_order_from_one_card_is_held_and_a_rejection_gives_up_stock_and_promise()
    {
        await Suspicious();
        await api.Stock("H-2", 9);
        for (var i = 1; i <= 3; i++)
        {
            (await api.Post("/v1/orders",
                $$"""
                {"id":"H-2-{{i}}","payment":"authorise",
                 "paymentMethod":{"provider":"test-gateway","token":"ok","fingerprint":"card-h2"},
                 "lines":[{"sku":"H-2","quantity":1,"unitPrice":{"amount":500,"currency":"EUR"} }]}
                """)).Succeeded();
            if (i < 3) await api.Until($"H-2-{i}", "allocated");
        }

        var held = await api.Until("/v1/orders/H-2-3", o => o.Number("paymentState/authorised/amount") == 500);
        Assert.Equal("held", held.Text("status"));
        Assert.Contains("card-velocity", held.Each("name", "screening/reasons"));
        Assert.Equal(6, (await api.Get("/v1/skus/H-2/availability")).Number("available"));

        var path = "/v1/orders/H-2-3/holds/1/reject";
        var rejected = (await api.Post(path, """{"id":"no","reason":"stolen card"}""")).Is(200);
        Assert.Equal(("cancelled", "stolen card"), (rejected.Text("status"), rejected.Text("cancelledBecause")));
        var payment = await api.Payment("H-2-3", p => p.Number("authorised/amount") == 0);
        Assert.Equal((0L, 0L), (payment.Number("captured/amount"), payment.Number("refunded/amount")));
        await api.Until("/v1/skus/H-2/availability", s => s.Number("available") == 7);
        (await api.Post("/v1/orders/H-2-3/holds", """{"id":"h","type":"manual","reason":"x"}"""))
            .IsProblem(409, "already-cancelled");

        var story = await api.Story("H-2-3");
        Assert.Contains("Hold 1 released by api: rejected: stolen card", story);
        Assert.Contains("Cancelled 1 unit: stolen card", story);
        Assert.Contains("Authorisation 1 given up", story);
    }

    [Fact]
    public async Task What_was_paid_in_advance_is_given_back_when_a_hold_is_rejected()
    {
        await api.Stock("H-3", 2);
        await api.Pay("H-3-o", "H-3", 1_999, "prepaid", "ok", ""","screening":false""");
        await api.Until("H-3-o", "allocated");
        var held = (await api.Post("/v1/orders/H-3-o/holds",
            """{"id":"h","type":"address","reason":"no such street","decideWithin":"PT1H"}""")).Is(201);
        Assert.Equal("on-hold", held.Text("fulfilments/0/status"));
        (await api.Post("/v1/fulfilment-orders/H-3-o-F1/ship", """{"id":"s"}""")).IsProblem(409, "on-hold");
        (await api.Post("/v1/orders/H-3-o/holds", """{"id":"h","type":"qc","reason":"no such street"}"""))
            .IsProblem(422, "idempotency-conflict");

        (await api.Post("/v1/orders/H-3-o/holds/1/reject", """{"id":"no","reason":"cannot be delivered"}""")).Is(200);
        var payment = await api.Payment("H-3-o", p => p.Number("refunded/amount") == 1_999);
        Assert.Equal((1_999L, 0L), (payment.Number("captured/amount"), payment.Number("due/amount")));
        await api.Until("/v1/skus/H-3/availability", s => s.Number("available") == 2);
        Assert.Equal(0, (await api.Get("/v1/orders/H-3-o")).Number("paid/amount"));
        Assert.Contains("19.99 EUR refunded", await api.Story("H-3-o"));
    }

    [Theory]
    [InlineData("release", 1_000, 1)]
    [InlineData("reject", 0, 0)]
    public async Task A_prepaid_order_under_review_is_promised_and_taken_only_once_it_is_approved(
        string decision, long captured, int captures)
    {
        await Suspicious();
        var (sku, id) = ($"H-5-{decision}", $"H-5-{decision}-o");
        await api.Stock(sku, 1);
        await api.Pay(id, sku, 1_000, "prepaid", "ok", Disposable);
        var promised = await api.Payment(id, p => p.Text("state") == "settled");
        Assert.Equal(1_000, promised.Number("authorised/amount"));
        Assert.Empty(promised.Items("captures"));

        (await api.Post($"/v1/orders/{id}/holds/1/{decision}", """{"id":"d","reason":"looked at"}""")).Is(200);
        var decided = await api.Payment(id, p => p.Text("state") == "settled" && p.Number("authorised/amount") == 0);
        Assert.Equal((captured, 0L), (decided.Number("captured/amount"), decided.Number("refunded/amount")));
        Assert.Equal(captures, decided.Items("captures").Count);
        Assert.Single(await api.Story(id), t => t == "test-gateway asked to authorise 10.00 EUR");
    }

    [Fact]
    public async Task Nobody_is_asked_for_the_money_of_an_order_that_screening_rejects()
    {
        (await api.Put("/v1/fraud-policy", """{"review":20,"reject":20,"weights":{"model":0}}""")).Is(200);
        await api.Stock("H-6", 1);
        await api.Pay("H-6-o", "H-6", 1_000, "prepaid", "ok", Disposable);
        var rejected = await api.Until("H-6-o", "cancelled");
        Assert.Equal("screening: score 20", rejected.Text("cancelledBecause"));
        await api.Until("/v1/skus/H-6/availability", s => s.Number("available") == 1);
        (await api.Get("/v1/orders/H-6-o/payment")).IsProblem(404, "unknown-payment");
        Assert.Contains("Cancelled 1 unit: screening: score 20", await api.Story("H-6-o"));
    }

    [Fact]
    public async Task Holds_stack_and_the_order_goes_on_when_the_last_is_released()
    {
        await api.Stock("H-4", 1);
        (await api.Order("H-4-o", "H-4")).Is(201);
        await api.Until("H-4-o", "allocated");
        (await api.Post("/v1/orders/H-4-o/holds", """{"id":"a","type":"qc","reason":"scratched"}""")).Is(201);
        (await api.Post("/v1/orders/H-4-o/holds", """{"id":"b","type":"manual","reason":"asked by sales"}""")).Is(201);
        var one = (await api.Post("/v1/orders/H-4-o/holds/1/release", """{"id":"ra","reason":"polished"}""")).Is(200);
        Assert.Equal("on-hold", one.Text("fulfilments/0/status"));
        var two = (await api.Post("/v1/orders/H-4-o/holds/2/release", """{"id":"rb","reason":"go"}""")).Is(200);
        Assert.Equal("open", two.Text("fulfilments/0/status"));
        (await api.Post("/v1/fulfilment-orders/H-4-o-F1/ship", """{"id":"s"}""")).Is(200);
        Assert.Contains("Held by api (qc): scratched", await api.Story("H-4-o"));
    }

    /// <summary>A disposable mailbox, or a card seen twice within the hour, are enough for a review.</summary>
    async Task Suspicious() =>
        (await api.Put("/v1/fraud-policy", """{"review":20,"reject":100,"weights":{"model":0}}""")).Is(200);
}
