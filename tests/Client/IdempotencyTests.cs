using System.Text.RegularExpressions;

namespace Fulfillment.Tests.Client;

/// <summary>
/// Writes may be repeated: one effect, the same answer; the same id or key for something else is refused.
/// </summary>
public sealed class IdempotencyTests(ApiServer api) : IClassFixture<ApiServer>
{
    const string NoId = """{"lines":[{"sku":"K-1","quantity":1}]}""";

    [Fact]
    public async Task A_key_stands_for_the_id_and_its_repeat_has_no_second_effect()
    {
        await api.Stock("K-1", 5);
        var first = (await api.Post("/v1/orders", NoId, ("Idempotency-Key", "key-1"))).Is(201);
        Assert.Equal("key-1", first.Text("id"));
        var second = (await api.Post("/v1/orders", NoId, ("Idempotency-Key", "key-1"))).Is(200);
        Assert.Equal("key-1", second.Text("id"));
        Assert.Equal(first.Text("placedAt"), second.Text("placedAt"));
        Assert.Equal(4, (await api.Get("/v1/skus/K-1")).Number("available"));
    }

    [Fact]
    public async Task A_quoted_key_is_the_same_key()
    {
        await api.Stock("K-2", 5);
        var body = """{"lines":[{"sku":"K-2","quantity":1}]}""";
        (await api.Post("/v1/orders", body, ("Idempotency-Key", "\"key-2\""))).Is(201);
        (await api.Post("/v1/orders", body, ("Idempotency-Key", "key-2"))).Is(200);
    }

    [Fact]
    public async Task A_key_for_another_body_or_another_route_is_refused()
    {
        await api.Stock("K-3", 5);
        var body = """{"lines":[{"sku":"K-3","quantity":1}]}""";
        (await api.Post("/v1/orders", body, ("Idempotency-Key", "key-3"))).Is(201);
        (await api.Post("/v1/orders", """{"lines":[{"sku":"K-3","quantity":2}]}""", ("Idempotency-Key", "key-3")))
            .IsProblem(422, "idempotency-conflict");
        (await api.Post("/v1/skus/K-3/receipts", """{"node":"LEJ1","quantity":2}""", ("Idempotency-Key", "key-3")))
            .IsProblem(422, "idempotency-conflict");
        Assert.Equal(4, (await api.Get("/v1/skus/K-3")).Number("available"));
    }

    [Fact]
    public async Task A_request_that_is_refused_for_its_form_does_not_use_up_the_key()
    {
        await api.Stock("K-4", 5);
        var key = ("Idempotency-Key", "key-4");
        var head = api.Head;
        (await api.Post("/v1/orders", """{"lines":[{"sku":"K-4","quantity":0}]}""", key)).Is(400);
        (await api.Post("/v1/orders", """{"lines":[{"sku":"K-4","quantity":1}],"payment":"prepaid"}""", key)).Is(400);
        (await api.Post("/v1/orders", """{"id":"a b","lines":[{"sku":"K-4","quantity":1}]}""", key)).Is(400);
        (await api.Post("/v1/orders/o/cancel", """{"lines":[{"line":"1","quantity":0}]}""", key)).Is(400);
        (await api.Post("/v1/orders/o/payment-confirmed", """{"amount":{"amount":-1,"currency":"EUR"}}""", key))
            .Is(400);
        (await api.Post("/v1/fulfilment-orders/o-F1/ship", """{"lines":[{"line":"1","quantity":0}]}""", key)).Is(400);
        (await api.Post("/v1/skus/K-4/receipts", """{"node":"LEJ1","quantity":0}""", key)).Is(400);
        (await api.Put("/v1/skus/K-4", """{"title":""}""", key)).Is(400);
        Assert.Equal(head, api.Head);
        (await api.Post("/v1/orders", """{"lines":[{"sku":"K-4","quantity":1}]}""", key)).Is(201);
    }

    [Fact]
    public async Task A_key_makes_every_write_repeatable()
    {
        await api.Stock("K-5", 9);
        (await api.Order("K-5-o", "K-5", 3)).Is(201);
        await api.Until("K-5-o", "allocated");
        (string Path, string Body)[] writes =
        [
            ("/v1/skus/K-5/receipts", """{"node":"LEJ1","quantity":1}"""),
            ("/v1/skus/K-5/adjustments", """{"node":"LEJ1","delta":-1,"reason":"count"}"""),
            ("/v1/skus/K-5/moves",
                """{"node":"LEJ1","quantity":1,"from":"available","to":"damaged","reason":"fell"}"""),
            ("/v1/skus/K-5/holds", """{"quantity":1,"holdFor":"PT5M"}"""),
            ("/v1/orders/K-5-o/cancel", """{"lines":[{"line":"1","quantity":1}]}"""),
            ("/v1/fulfilment-orders/K-5-o-F1/ship", """{"lines":[{"line":"1","quantity":1}]}"""),
            ("/v1/fulfilment-orders/K-5-o-F1/deliver", "{}"),
        ];
        foreach (var (path, body) in writes)
        {
            var key = ("Idempotency-Key", $"k5{path.Replace('/', '.')}");
            var first = (await api.Post(path, body, key)).Succeeded();
            var second = (await api.Post(path, body, key)).Is(200);
            Assert.Equal(Steady(first), Steady(second));
        }

        var sku = await api.Get("/v1/skus/K-5");
        Assert.Equal(1, sku.Number("unavailable/damaged"));
        Assert.Equal(1, sku.Number("reserved"));
        var order = await api.Get("/v1/orders/K-5-o");
        Assert.Equal(1, order.Number("lines/0/cancelled"));
        Assert.Equal(1, order.Number("lines/0/delivered"));
    }

    [Fact]
    public async Task Without_an_id_and_without_a_key_a_write_is_refused()
    {
        await api.Stock("K-6", 5);
        (await api.Post("/v1/orders", """{"lines":[{"sku":"K-6","quantity":1}]}""")).IsProblem(400, "required", "/id");
        (await api.Post("/v1/skus/K-6/receipts", """{"node":"LEJ1","quantity":2}""")).IsProblem(400, "required", "/id");
    }

    [Fact]
    public async Task One_key_used_at_once_by_many_places_one_order()
    {
        await api.Stock("K-7", 5);
        var body = """{"lines":[{"sku":"K-7","quantity":1}]}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(_ => api.Post("/v1/orders", body, ("Idempotency-Key", "key-7"))));
        Assert.Single(answers, a => a.Status == 201);
        Assert.Equal(39, answers.Count(a => a.Status == 200));
        Assert.Single(answers.Select(a => a.Text("placedAt")).Distinct());
        Assert.Equal(4, (await api.Get("/v1/skus/K-7")).Number("available"));
    }

    [Fact]
    public async Task One_key_used_at_once_for_many_bodies_belongs_to_one_of_them()
    {
        await api.Stock("K-8", 1_000);
        var answers = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => api.Post(
            "/v1/orders", $$"""{"lines":[{"sku":"K-8","quantity":{{n}}}]}""", ("Idempotency-Key", "key-8"))));
        var placed = Assert.Single(answers, a => a.Status == 201);
        Assert.All(answers.Where(a => a != placed), a => a.IsProblem(422, "idempotency-conflict"));
        Assert.Equal(1_000 - placed.Number("lines/0/quantity"), (await api.Get("/v1/skus/K-8")).Number("available"));
    }

    [Fact]
    public async Task An_id_used_for_another_order_is_refused_and_the_first_stands()
    {
        await api.Stock("K-9", 5);
        (await api.Order("K-9-o", "K-9", 1)).Is(201);
        (await api.Order("K-9-o", "K-9", 1)).Is(200);
        (await api.Order("K-9-o", "K-9", 2)).IsProblem(422, "idempotency-conflict");
        (await api.Order("K-9-o", "K-9", 1, ""","channel":"shop" """)).IsProblem(422, "idempotency-conflict");
        (await api.Order("K-9-o", "K-9", 1, ""","customer":{"id":"c"}""")).IsProblem(422, "idempotency-conflict");
        Assert.Equal(4, (await api.Get("/v1/skus/K-9")).Number("available"));
    }

    [Fact]
    public async Task The_same_order_in_other_spacing_is_the_same_order()
    {
        await api.Stock("K-10", 5);
        (await api.Post("/v1/orders",
            """{"id":"K-10-o","customer":{"id":"c","n":1},"lines":[{"sku":"K-10","quantity":1}],"x":[1,2]}""")).Is(201);
        (await api.Post(
            "/v1/orders",
            """
            { "x" : [ 1, 2 ], "lines": [ { "quantity": 1, "sku": "K-10" } ],
              "customer": { "id": "c", "n": 1 }, "id": "K-10-o" }
            """)).Is(200);
    }

    [Fact]
    public async Task A_repeat_of_a_sold_out_order_is_told_so_again_even_when_stock_has_come()
    {
        await api.Stock("K-11", 0);
        (await api.Order("K-11-o", "K-11", 1)).IsProblem(409, "sold-out");
        await api.Receive("K-11", "LEJ1", 5);
        (await api.Order("K-11-o", "K-11", 1)).IsProblem(409, "sold-out");
        Assert.Equal(5, (await api.Get("/v1/skus/K-11")).Number("available"));
    }

    /// <summary>The body without what moves on by itself.</summary>
    static string Steady(Answer answer) =>
        Regex.Replace(answer.Body, "\"(?<n>version|allocated|reserved)\":\\d+", "", RegexOptions.NonBacktracking);
}
