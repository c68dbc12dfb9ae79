namespace Fulfillment.Tests.Client;

/// <summary>Orders on account: within the limit, over it, and freed by a payment.</summary>
public sealed class AccountApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task An_order_over_the_limit_waits_until_the_buyer_has_paid()
    {
        await api.Stock("A-1", 9);
        await Limit("acme", 1_500);
        await Order("A-1-a", "A-1", "acme");
        await api.Until("A-1-a", "allocated");
        await Order("A-1-b", "A-1", "acme");
        var held = await api.Until("/v1/orders/A-1-b", o => o.Text("paymentState/code") is not null);
        Assert.Equal(("held", "over-limit"), (held.Text("status"), held.Text("paymentState/code")));
        var account = (await api.Get("/v1/accounts/acme")).Is(200);
        Assert.Equal((1_000L, 1_000L, 1L), (
            account.Number("open/amount"), account.Number("debt/amount"), account.Number("waiting")));

        (await api.Post("/v1/fulfilment-orders/A-1-a-F1/ship", """{"id":"s"}""")).Is(200);
        await api.Until("/v1/accounts/acme", a => a.Number("billed/amount") == 1_000);
        const string pay = """{"id":"bank-1","amount":{"amount":1000,"currency":"EUR"}}""";
        (await api.Post("/v1/accounts/acme/payments", pay)).Is(200);
        await api.Until("A-1-b", "allocated");
        var repeated = (await api.Post("/v1/accounts/acme/payments", pay)).Is(200);
        Assert.Equal((1_000L, 1_000L, 0L), (
            repeated.Number("paid/amount"), repeated.Number("debt/amount"), repeated.Number("waiting")));
        (await api.Post("/v1/accounts/acme/payments", pay.Replace("1000", "999", StringComparison.Ordinal)))
            .IsProblem(422, "idempotency-conflict");

        var story = await api.Story("A-1-b");
        Assert.Contains("Held by payment (payment): the payment was refused: over-limit", story);
        Assert.Contains("Hold 1 released by payment: the money is there", story);
        Assert.Contains("Payment settled: 10.00 EUR authorised, 0.00 EUR captured, 0.00 EUR refunded", story);
    }

    [Fact]
    public async Task A_blocked_account_bears_nothing_new_until_it_is_open_again()
    {
        await api.Stock("A-2", 9);
        (await api.Put("/v1/accounts/blocked",
            """{"limit":{"amount":9000,"currency":"EUR"},"blocked":true}""")).Is(200);
        await Order("A-2-a", "A-2", "blocked");
        await api.Until("/v1/orders/A-2-a", o => o.Text("paymentState/code") == "account-blocked");
        await Limit("blocked", 9_000);
        await api.Until("A-2-a", "allocated");
        Assert.Contains(await api.Story("A-2-a"), t => t.EndsWith("account-blocked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_may_name_an_account_that_is_opened_later()
    {
        await api.Stock("A-3", 9);
        await Order("A-3-a", "A-3", "later");
        await api.Until("/v1/orders/A-3-a", o => o.Text("paymentState/code") == "unknown-account");
        (await api.Get("/v1/accounts/later")).IsProblem(404, "unknown-account");
        await Limit("later", 1_000);
        await api.Until("A-3-a", "allocated");
        (await api.Post("/v1/orders/A-3-a/payment-method", """{"id":"m","provider":"account","token":"another"}"""))
            .IsProblem(409, "payment-not-expected");
        Assert.Contains("Hold 1 released by payment: the money is there", await api.Story("A-3-a"));
    }

    [Fact]
    public async Task A_cancelled_order_owes_nothing()
    {
        await api.Stock("A-4", 9);
        await Limit("undecided", 1_000);
        await Order("A-4-a", "A-4", "undecided");
        await api.Until("A-4-a", "allocated");
        (await api.Post("/v1/orders/A-4-a/cancel", """{"id":"c"}""")).Is(200);
        await api.Until("/v1/accounts/undecided", a => a.Number("open/amount") == 0);
        Assert.Equal(0, (await api.Get("/v1/accounts/undecided")).Number("debt/amount"));
        await Order("A-4-b", "A-4", "undecided");
        await api.Until("A-4-b", "allocated");
        Assert.Contains("Cancelled 1 unit", await api.Story("A-4-a"));
    }

    async Task Limit(string account, long amount) =>
        (await api.Put($"/v1/accounts/{account}", $$"""{"limit":{"amount":{{amount}},"currency":"EUR"} }"""))
        .Is(200);

    async Task Order(string id, string sku, string account) => (await api.Post("/v1/orders",
        $$"""
        {"id":"{{id}}","payment":"on-account","paymentMethod":{"provider":"account","token":"{{account}}"},
         "lines":[{"sku":"{{sku}}","quantity":1,"unitPrice":{"amount":1000,"currency":"EUR"} }]}
        """)).Succeeded();
}
