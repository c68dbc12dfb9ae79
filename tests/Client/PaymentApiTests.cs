using System.Security.Cryptography;
using System.Text;

namespace Fulfillment.Tests.Client;

/// <summary>Payments at a provider: declined, promised, taken in parts, lost, late, given back.</summary>
public sealed class PaymentApiTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_declined_order_is_paid_by_another_means_and_goes_on()
    {
        await api.Stock("P-1", 1);
        await api.Pay("P-1-o", "P-1", 1_000, "authorise", "declined");
        var declined = await api.Until("/v1/orders/P-1-o", o => o.Number("holds/1/number") == 1);
        Assert.Equal(("held", "payment"), (declined.Text("status"), declined.Text("holds/1/type")));
        Assert.Equal(("declined", "card_declined"), (
            declined.Text("paymentState/state"), declined.Text("paymentState/code")));
        (await api.Post("/v1/orders/P-1-o/holds/1/release", """{"id":"r","reason":"please"}"""))
            .IsProblem(409, "payment-due");
        var counts = await api.List("/v1/payments/declined");
        Assert.True(counts.Number("declined") >= 1 && counts.Number("attempts") >= counts.Number("declined"));
        Assert.Contains("P-1-o", (await api.List("/v1/payments?failed=true")).Each("order"));

        var other = """{"id":"m","provider":"test-gateway","token":"ok"}""";
        (await api.Post("/v1/orders/P-1-o/payment-method", other)).Is(200);
        var paid = await api.Until("P-1-o", "allocated");
        Assert.Equal("another means is tried", paid.Text("holds/0/release"));
        (await api.Post("/v1/orders/P-1-o/payment-method", other)).Is(200);
        (await api.Post("/v1/orders/P-1-o/payment-method", """{"id":"m","provider":"test-gateway","token":"action"}"""))
            .IsProblem(422, "idempotency-conflict");
        var payment = (await api.Get("/v1/orders/P-1-o/payment")).Is(200);
        Assert.Equal(["refused", "done"], payment.Each("status", "authorisations"));
        Assert.DoesNotContain("P-1-o", (await api.List("/v1/payments?failed=true")).Each("order"));

        var story = await api.Story("P-1-o");
        Assert.Contains("Authorisation declined: card_declined", story);
        Assert.Contains("Held by payment (payment): the payment was refused: card_declined", story);
        Assert.Contains("To be paid by test-gateway, attempt 2", story);
        Assert.Contains("Hold 1 released by payment: another means is tried", story);
    }

    [Theory]
    [InlineData("EUR", "11.33 EUR", "11.32 EUR", "33.98 EUR")]
    [InlineData("JPY", "1133 JPY", "1132 JPY", "3398 JPY")]
    [InlineData("KWD", "1.133 KWD", "1.132 KWD", "3.398 KWD")]
    public async Task Each_shipment_takes_what_its_units_cost_to_the_minor_unit(
        string currency, string first, string second, string all)
    {
        var (sku, id) = ($"P-2-{currency}", $"P-2-{currency}-o");
        await api.Stock(sku, 3);
        string Money(long amount) => $$"""{"amount":{{amount}},"currency":"{{currency}}"}""";
        (await api.Post("/v1/orders",
            $$"""
            {"id":"{{id}}","payment":"authorise","paymentMethod":{"provider":"test-gateway","token":"ok"},
             "shipping":{{Money(499)}},"discount":{{Money(101)}},
             "lines":[{"sku":"{{sku}}","quantity":3,"unitPrice":{{Money(1_000)}} }]}
            """)).Succeeded();
        await api.Until(id, "allocated");
        Assert.Equal(3_398, (await api.Get($"/v1/orders/{id}")).Number("paymentState/authorised/amount"));
        Assert.Equal([1_133L, 1_132L, 1_133L], (await api.Get($"/v1/orders/{id}/units")).Is(200).Items()
            .Select(u => u.GetProperty("total").GetProperty("amount").GetInt64()));

        (await api.Post($"/v1/orders/{id}/cancel", """{"id":"c","lines":[{"line":"1","quantity":1}]}""")).Is(200);
        (await api.Post($"/v1/fulfilment-orders/{id}-F1/ship", """{"id":"s-1","lines":[{"line":"1","quantity":1}]}"""))
            .Is(200);
        var part = await api.Payment(id, p => p.Number("captured/amount") == 1_133);
        Assert.Equal(2_265, part.Number("due/amount"));
        (await api.Post($"/v1/fulfilment-orders/{id}-F1/ship", """{"id":"s-2"}""")).Is(200);
        var whole = await api.Payment(
            id, p => p.Number("captured/amount") == 2_265 && p.Number("authorised/amount") == 0);
        Assert.Equal((0L, currency), (whole.Number("refunded/amount"), whole.Text("captured/currency")));
        Assert.Equal(2, whole.Items("captures").Count);

        var story = await api.Story(id);
        Assert.Contains(story, t => t.Contains($" for {all}, payment authorise", StringComparison.Ordinal));
        Assert.Contains($"test-gateway asked to authorise {all}", story);
        Assert.Contains($"{first} captured", story);
        Assert.Contains($"{second} captured", story);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_and_nothing_is_taken_twice()
    {
        await api.Stock("P-3", 1);
        await api.Pay("P-3-o", "P-3", 2_500, "authorise", "unknown");
        await api.Until("P-3-o", "allocated");
        (await api.Post("/v1/fulfilment-orders/P-3-o-F1/ship", """{"id":"s"}""")).Is(200);
        var payment = await api.Payment("P-3-o", p => p.Number("captured/amount") > 0);
        Assert.Equal((2_500L, 0L), (payment.Number("captured/amount"), payment.Number("authorised/amount")));
        Assert.Single(payment.Items("authorisations"));
        Assert.Single(payment.Items("captures"));
        var story = await api.Story("P-3-o");
        Assert.Single(story, t => t == "Asked to capture 25.00 EUR of authorisation 1");
        Assert.Single(story, t => t == "25.00 EUR captured");
    }

    [Fact]
    public async Task A_late_authorisation_counts_once_the_provider_s_signed_message_tells_of_it()
    {
        await api.Stock("P-4", 1);
        await api.Pay("P-4-o", "P-4", 700, "authorise", "late:3600");
        var pending = await api.Payment("P-4-o", p => p.Text("state") == "pending");
        Assert.Equal("held", (await api.Get("/v1/orders/P-4-o")).Text("status"));
        var told =
            $$"""
            {"id":"evt-1","payment":"default/P-4-o","about":"authorise","status":"done",
             "reference":"{{pending.Text("authorisations/0/reference")}}"}
            """;
        const string path = "/v1/webhooks/test-gateway";
        var head = api.Head;
        (await api.Post(path, told)).IsProblem(401, "unsigned");
        (await api.Post(path, told, Signature(told, 0, "guess"))).IsProblem(401, "wrong-signature");
        (await api.Post(path, told + " ", Signature(told))).IsProblem(401, "wrong-signature");
        (await api.Post(path, told, Signature(told, -3_600))).IsProblem(400, "too-old");
        Assert.Equal(head, api.Head);

        (await api.Post(path, told, Signature(told))).Is(200);
        await api.Until("P-4-o", "allocated");
        var after = await api.Get("/v1/orders/P-4-o/payment");
        Assert.Equal(("settled", 700L), (after.Text("state"), after.Number("authorised/amount")));
        (await api.Post(path, told, Signature(told))).Is(200);
        Assert.Equal(after.Body, (await api.Get("/v1/orders/P-4-o/payment")).Body);
        var story = await api.Story("P-4-o");
        Assert.Contains(story, t => t.StartsWith("The provider has not decided yet", StringComparison.Ordinal));
        Assert.Single(story, t => t.EndsWith("(the provider's message evt-1)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Money_is_taken_early_and_given_back_by_hand_within_what_there_is()
    {
        await api.Stock("P-5", 1);
        await api.Pay("P-5-o", "P-5", 1_000, "authorise", "ok");
        await api.Until("P-5-o", "allocated");
        (await Move("captures", "c", 1_001)).IsProblem(409, "more-than-authorised");
        Assert.Equal(400, (await Move("captures", "c", 400)).Is(200).Number("captured/amount"));
        Assert.Equal(400, (await Move("captures", "c", 400)).Is(200).Number("captured/amount"));
        (await Move("captures", "c", 401)).IsProblem(422, "idempotency-conflict");
        (await Move("captures", "c-2", 601)).IsProblem(409, "more-than-authorised");
        (await Move("refunds", "r", 401)).IsProblem(409, "more-than-captured");
        Assert.Equal(150, (await Move("refunds", "r", 150)).Is(200).Number("refunded/amount"));
        (await Move("refunds", "r-2", 251)).IsProblem(409, "more-than-captured");
        (await api.Post("/v1/fulfilment-orders/P-5-o-F1/ship", """{"id":"s"}""")).Is(200);
        var payment = await api.Payment("P-5-o", p => p.Number("captured/amount") == 1_000);
        Assert.Equal(150, payment.Number("refunded/amount"));
        Assert.Equal(850, (await api.Get("/v1/orders/P-5-o")).Number("paid/amount"));
        var story = await api.Story("P-5-o");
        Assert.Contains("Capture of 4.00 EUR ordered before goods leave", story);
        Assert.Contains("Refund of 1.50 EUR ordered: late", story);

        Task<Answer> Move(string what, string id, long amount)
        {
            var reason = what == "refunds" ? ""","reason":"late" """ : "";
            return api.Post($"/v1/orders/P-5-o/{what}",
                $$"""{"id":"{{id}}","amount":{"amount":{{amount}},"currency":"EUR"}{{reason}}}""");
        }
    }

    [Fact]
    public async Task A_capture_that_the_bank_refuses_waits_for_somebody_to_try_again()
    {
        await api.Stock("P-6", 1);
        await api.Pay("P-6-o", "P-6", 1_000, "authorise", "capture-declined");
        await api.Until("P-6-o", "allocated");
        (await api.Post("/v1/fulfilment-orders/P-6-o-F1/ship", """{"id":"s"}""")).Is(200);
        var failed = await api.Payment("P-6-o", p => p.Text("state") == "failed");
        Assert.Equal("card_declined", failed.Text("trouble"));
        Assert.Contains("P-6-o", (await api.List("/v1/payments?failed=true")).Each("order"));
        var again = (await api.Post("/v1/orders/P-6-o/payment/retry", """{"id":"t"}""")).Is(200);
        Assert.Equal(["refused", "refused"], again.Each("status", "captures"));
        Assert.Equal(2, (await api.Post("/v1/orders/P-6-o/payment/retry", """{"id":"t"}""")).Is(200)
            .Items("captures").Count);
        var story = await api.Story("P-6-o");
        Assert.Equal(2, story.Count(t => t == "Capture declined: card_declined"));
        Assert.Contains("To be tried again", story);
    }

    [Fact]
    public async Task A_buyer_who_has_to_approve_is_told_where()
    {
        await api.Stock("P-7", 1);
        await api.Pay("P-7-o", "P-7", 1_000, "authorise", "action");
        var waits = await api.Until("/v1/orders/P-7-o", o => o.Text("paymentState/state") == "pending");
        Assert.StartsWith("https://test-gateway.invalid/", waits.Text("paymentState/actionUrl"),
            StringComparison.Ordinal);
        Assert.Contains(await api.Story("P-7-o"),
            t => t.StartsWith("The buyer has to approve it first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cash_on_delivery_asks_nobody_and_leaves_at_once()
    {
        await api.Stock("P-8", 1);
        (await api.Post("/v1/orders",
            """
            {"id":"P-8-o","payment":"cash-on-delivery",
             "lines":[{"sku":"P-8","quantity":1,"unitPrice":{"amount":500,"currency":"EUR"}}]}
            """)).Is(201);
        await api.Until("P-8-o", "allocated");
        (await api.Post("/v1/fulfilment-orders/P-8-o-F1/ship", """{"id":"s"}""")).Is(200);
        var shipped = await api.Get("/v1/orders/P-8-o");
        Assert.Equal(("shipped", 500L), (shipped.Text("status"), shipped.Number("due/amount")));
        (await api.Get("/v1/orders/P-8-o/payment")).IsProblem(404, "unknown-payment");
        (await api.Post("/v1/orders/P-8-o/payment-method", """{"id":"m","provider":"test-gateway","token":"ok"}"""))
            .IsProblem(409, "payment-not-expected");
        Assert.Contains("Ordered 1 unit in 1 line through api for 5.00 EUR, payment cash-on-delivery",
            await api.Story("P-8-o"));
    }

    static (string, string) Signature(string body, int seconds = 0, string secret = ApiServer.WebhookSecret)
    {
        var at = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds;
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{at}.{body}"));
        return ("Test-Signature", $"t={at},v1={Convert.ToHexStringLower(hash)}");
    }
}
