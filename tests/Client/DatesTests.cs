using System.Globalization;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Tests.Client;

/// <summary>Dates that are over, or beyond all planning, are refused; those that are stored do no harm.</summary>
public sealed class DatesTests(ApiServer api) : IClassFixture<ApiServer>
{
    static readonly string Yesterday = Day(-1), Never = "9999-12-31";

    static string Day(int ahead) =>
        DateTime.UtcNow.Date.AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    Task<Answer> Promise(string sku, string more = "") => api.Post("/v1/promises",
        $$"""{"shipTo":{"country":"DE","postcode":"10115"},"lines":[{"sku":"{{sku}}","quantity":1}]{{more}}}""");

    Task<T> Ask<T>(string kind, string id, ICommand<T> command) =>
        api.Embedded.Cluster.Ask(EntityId.Of(kind, "default", id), command, new("test", "test")).AsTask();

    [Fact]
    public async Task An_order_wishes_for_dates_that_can_be()
    {
        await api.Stock("D1", 9);
        (await Order($"\"deliverBy\":\"{Yesterday}\"")).IsProblem(400, "in-the-past", "/deliverBy");
        (await Order($"\"deliverBy\":\"{Never}\"")).IsProblem(400, "too-far-ahead", "/deliverBy");
        (await Order($"\"notBefore\":\"{Never}T00:00:00Z\"")).IsProblem(400, "too-far-ahead", "/notBefore");
        (await Order($"\"notBefore\":\"{Day(9)}T00:00:00Z\",\"deliverBy\":\"{Day(8)}\""))
            .IsProblem(400, "not-ordered", "/notBefore");
        (await Order($"\"notBefore\":\"{Day(8)}T00:00:00Z\",\"deliverBy\":\"{Day(30)}\"")).Is(201);

        Task<Answer> Order(string more) => api.Order("d1", "D1", 1, "," + more);
    }

    [Fact]
    public async Task Who_repeats_an_order_later_is_told_how_it_stands()
    {
        await api.Stock("D2", 9);
        await Ask("order", "d2", new OrderCommand.Place(
            "elsewhere", null, null, null, [new("1", "D2", 1, null)], PaymentPolicy.None,
            AllocationPolicy.AllOrNothing, Wishes: new(DeliverBy: new(2020, 1, 1))));

        (await api.Order("d2", "D2", 1, ",\"deliverBy\":\"2020-01-01\"")).IsProblem(422, "idempotency-conflict");
    }

    [Fact]
    public async Task A_card_a_question_and_a_quote_have_dates_that_can_be()
    {
        await api.Stock("D3", 9);
        (await api.Put("/v1/skus/D3",
            $$"""{"title":"x","product":{"availableFrom":"{{Never}}T23:00:00Z"} }"""))
            .IsProblem(400, "too-far-ahead", "/product/availableFrom");
        (await api.Post("/v1/routing/what-if", $$"""{"day":"{{Never}}"}"""))
            .IsProblem(400, "too-far-ahead", "/day");
        (await Promise("D3", $",\"deliverBy\":\"{Never}\"")).IsProblem(400, "too-far-ahead", "/deliverBy");
        (await Promise("D3", $",\"deliverBy\":\"{Yesterday}\"")).IsProblem(400, "in-the-past", "/deliverBy");
    }

    [Fact]
    public async Task What_is_stored_with_a_date_beyond_all_planning_is_held_with_the_reason()
    {
        await api.Stock("D4", 9);
        await Ask("order", "d4", new OrderCommand.Place(
            "api", null, new("DE", "10115"), null, [new("1", "D4", 1, null)], PaymentPolicy.None,
            AllocationPolicy.AllOrNothing, Wishes: new(NotBefore: DateTimeOffset.MaxValue)));

        var held = await api.Until("d4", "held");
        Assert.Contains("so far ahead", held.Text("holds/0/reason"), StringComparison.Ordinal);
        var tried = (await api.Post("/v1/routing/what-if", """{"orders":["d4"]}""")).Is(200);
        Assert.Equal(("LEJ1", "horizon"),
            (tried.Text("items/0/planned/why/0/node"), tried.Text("items/0/planned/why/0/constraint")));

        await Ask("sku", "D4", new SkuCommand.Define(new(
            "x", null, false, null, [], [], new(AvailableFrom: DateTimeOffset.MaxValue))));
        var refused = await Promise("D4");
        refused.IsProblem(409, "no-eligible-node", "/lines/0/sku");
        Assert.Equal("horizon", refused.Text("errors/0/code"));
    }

    [Fact]
    public async Task Supply_comes_in_the_future_and_what_is_overdue_gives_no_date()
    {
        await api.Stock("D5", 0, ""","backorder":true""");
        (await Expect("2020-12-20")).IsProblem(400, "in-the-past", "/expectedAt");
        (await Expect(Never)).IsProblem(400, "too-far-ahead", "/expectedAt");
        (await Expect(Day(9))).Is(201);
        (await Change("2020-12-20")).IsProblem(400, "in-the-past", "/expectedAt");
        (await Change(Day(11))).Is(200);

        await Ask("sku", "D5", new SkuCommand.Expect("late", "LEJ1", 4, DateTimeOffset.UtcNow.AddDays(-1), "test"));
        await api.Embedded.ViewsReached();
        (await api.Post("/v1/skus/D5/supplies",
            $$"""{"id":"late","node":"LEJ1","quantity":4,"expectedAt":"{{Day(-2)}}T08:00:00Z"}"""))
            .IsProblem(422, "idempotency-conflict");
        var quote = (await Promise("D5")).Is(200);
        Assert.Null(quote.Text("delivers"));
        Assert.Equal(["True"], quote.Each("backordered", "lines/0/parts"));
        Assert.Null(quote.At("lines/0/parts/0/promise"));

        (await api.Order("d5", "D5")).Is(201);
        Assert.Null((await api.Get("/v1/orders/d5/promise")).Is(200).At("lines/0/promise"));

        Task<Answer> Expect(string day) => api.Post("/v1/skus/D5/supplies",
            $$"""{"id":"p","node":"LEJ1","quantity":4,"expectedAt":"{{day}}T08:00:00Z"}""");

        Task<Answer> Change(string day) =>
            api.Send("PATCH", "/v1/skus/D5/supplies/p", $$"""{"expectedAt":"{{day}}T08:00:00Z"}""");
    }
}
