namespace Fulfillment.Tests.Client;

/// <summary>Cancelling orders, lines and units of them; and confirming payments.</summary>
public sealed class CancelTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_cancelled_order_gives_its_units_back()
    {
        await api.Stock("C-1", 3);
        (await api.Order("C-1-o", "C-1", 3)).Is(201);
        await api.Until("C-1-o", "allocated");

        var cancelled = (await api.Post("/v1/orders/C-1-o/cancel", """{"id":"c-1","reason":"changed my mind"}"""))
            .Is(200);
        Assert.Equal("cancelled", cancelled.Text("status"));
        Assert.Equal("changed my mind", cancelled.Text("cancelledBecause"));
        Assert.Equal(3, cancelled.Number("lines/0/cancelled"));
        Assert.Equal("cancelled", cancelled.Text("fulfilments/0/status"));
        Assert.Equal($"\"{cancelled.Number("version")}\"", cancelled.Header("ETag"));

        (await api.Order("C-1-p", "C-1", 3)).Is(201);
    }

    [Fact]
    public async Task A_cancellation_is_made_once()
    {
        await api.Stock("C-2", 9);
        await api.Order("C-2-o", "C-2", 5);
        await api.Until("C-2-o", "allocated");
        var path = "/v1/orders/C-2-o/cancel";
        var body = """{"id":"c-1","lines":[{"line":"1","quantity":2}],"reason":"two less"}""";

        Assert.Equal(2, (await api.Post(path, body)).Is(200).Number("lines/0/cancelled"));
        Assert.Equal(2, (await api.Post(path, body)).Is(200).Number("lines/0/cancelled"));
        (await api.Post(path, """{"id":"c-1","lines":[{"line":"1","quantity":3}],"reason":"two less"}"""))
            .IsProblem(422, "idempotency-conflict");
        Assert.Equal(4, (await api.Post(path, """{"id":"c-2","lines":[{"line":"1","quantity":2}]}""")).Is(200)
            .Number("lines/0/cancelled"));
        (await api.Post(path, """{"id":"c-3","lines":[{"line":"1","quantity":2}]}"""))
            .IsProblem(409, "too-late-to-cancel");
        (await api.Post(path, """{"id":"c-4","lines":[{"line":"9","quantity":1}]}"""))
            .IsProblem(400, "unknown-line", "/lines");
    }

    [Fact]
    public async Task An_order_that_has_ended_cannot_be_cancelled()
    {
        await api.Stock("C-3", 1);
        await api.Order("C-3-o", "C-3");
        (await api.Post("/v1/orders/C-3-o/cancel", """{"id":"c-1"}""")).Is(200);
        (await api.Post("/v1/orders/C-3-o/cancel", """{"id":"c-2"}""")).IsProblem(409, "already-cancelled");
        await api.Order("C-3-p", "C-3", 7);
        (await api.Post("/v1/orders/C-3-p/cancel", """{"id":"c-1"}""")).IsProblem(409, "already-rejected");
    }

    [Fact]
    public async Task What_has_left_cannot_be_cancelled()
    {
        await api.Stock("C-4", 2);
        await api.Order("C-4-o", "C-4", 2);
        await api.Until("C-4-o", "allocated");
        (await api.Post("/v1/fulfilment-orders/C-4-o-F1/ship", """{"id":"s-1"}""")).Is(200);
        var late = (await api.Post("/v1/orders/C-4-o/cancel", """{"id":"c-1"}""")).IsProblem(409, "too-late-to-cancel");
        Assert.Equal("shipped", late.Text("order/status"));
    }

    [Fact]
    public async Task A_prepaid_order_waits_for_its_payment_and_is_accepted_with_the_last_cent()
    {
        await api.Stock("C-5", 2);
        var body =
            """
            {"id":"C-5-o","payment":"prepaid",
             "lines":[{"sku":"C-5","quantity":2,"unitPrice":{"amount":500,"currency":"EUR"}}]}
            """;
        var held = (await api.Post("/v1/orders", body)).Is(201);
        Assert.Equal("held", held.Text("status"));
        Assert.Equal("payment", held.Text("holds/0/type"));
        Assert.NotNull(held.Text("holds/0/until"));
        Assert.Equal(1000, held.Number("due/amount"));
        Assert.Equal(0, held.Number("paid/amount"));
        Assert.Equal(0, (await api.Get("/v1/skus/C-5/availability")).Number("available"));

        var path = "/v1/orders/C-5-o/payment-confirmed";
        var part = """{"id":"p-1","amount":{"amount":999,"currency":"EUR"}}""";
        Assert.Equal("held", (await api.Post(path, part)).Is(200).Text("status"));
        Assert.Equal(999, (await api.Post(path, part)).Is(200).Number("paid/amount"));
        (await api.Post(path, """{"id":"p-1","amount":{"amount":998,"currency":"EUR"}}"""))
            .IsProblem(422, "idempotency-conflict");
        (await api.Post(path, """{"id":"p-2","amount":{"amount":1,"currency":"USD"}}"""))
            .IsProblem(409, "currency-mismatch");
        Assert.Equal("accepted", (await api.Post(path, """{"id":"p-3","amount":{"amount":1,"currency":"EUR"}}"""))
            .Is(200).Text("status"));
        await api.Until("C-5-o", "allocated");
    }

    [Fact]
    public async Task A_payment_that_nobody_expects_is_refused()
    {
        await api.Stock("C-6", 2);
        await api.Order("C-6-o", "C-6");
        (await api.Post("/v1/orders/C-6-o/payment-confirmed",
            """{"id":"p-1","amount":{"amount":1,"currency":"EUR"}}"""))
            .IsProblem(409, "payment-not-expected");
    }

    [Fact]
    public async Task A_payment_for_an_order_that_has_ended_is_refused()
    {
        await api.Stock("C-7", 2);
        await api.Post(
            "/v1/orders",
            """
            {"id":"C-7-o","payment":"prepaid",
             "lines":[{"sku":"C-7","quantity":1,"unitPrice":{"amount":500,"currency":"EUR"}}]}
            """);
        (await api.Post("/v1/orders/C-7-o/cancel", """{"id":"c-1"}""")).Is(200);
        (await api.Post("/v1/orders/C-7-o/payment-confirmed",
            """{"id":"p-1","amount":{"amount":500,"currency":"EUR"}}"""))
            .IsProblem(409, "already-cancelled");
    }

    [Fact]
    public async Task A_prepaid_order_needs_a_price_on_every_line()
    {
        await api.Stock("C-8", 2);
        (await api.Order("C-8-o", "C-8", 1, ""","payment":"prepaid" """))
            .IsProblem(400, "required", "/lines/0/unitPrice");
        (await api.Get("/v1/orders/C-8-o")).Is(404);
    }
}
