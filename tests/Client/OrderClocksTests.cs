using Fulfillment.Client.Api;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Payments;

namespace Fulfillment.Tests.Client;

/// <summary>The clocks of an order: what the buyer was promised, and by when.</summary>
public sealed class OrderClocksTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task An_order_that_waits_shows_by_when_the_buyer_is_to_be_told()
    {
        await api.Stock("K-1", 1);
        (await api.Post("/v1/orders",
            """
            {"id":"K-1-o","payment":"prepaid",
             "lines":[{"sku":"K-1","quantity":1,"unitPrice":{"amount":5,"currency":"EUR"}}]}
            """)).Is(201);
        var waits = await api.Get("/v1/orders/K-1-o");
        Assert.Equal("acknowledge", waits.Text("clocks/0/name"));
        Assert.Equal(
            waits.At("placedAt")!.Value.GetDateTimeOffset() + TimeSpan.FromMinutes(15),
            waits.At("clocks/0/due")!.Value.GetDateTimeOffset());
        Assert.False(waits.At("clocks/0/breached")!.Value.GetBoolean());

        (await api.Post("/v1/orders/K-1-o/payment-confirmed",
            """{"id":"p","amount":{"amount":5,"currency":"EUR"}}""")).Is(200);
        var accepted = await api.Get("/v1/orders/K-1-o");
        Assert.NotNull(accepted.At("clocks/0/met"));
        Assert.Equal("ship", accepted.Text("clocks/1/name"));
        Assert.Null(accepted.At("clocks/1/met"));
    }

    static readonly DateTimeOffset Start = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    static readonly OrderEvent.OrderPlaced Placed = new(
        "web", Start, null, null, null, [new("1", "A", 2, new(500, "EUR"))], PaymentPolicy.Prepaid,
        AllocationPolicy.AllOrNothing, new(1_000, "EUR"));

    static readonly OrderEvent Accepted = new OrderEvent.OrderAccepted(null, []);

    static List<ClockBody> At(double hours, params (object Event, double Hours)[] happened) =>
        OrderClocks.Of(happened.Select(h => Happened(h.Event, h.Hours)), Start.AddHours(hours));

    static Fact Happened(object what, double hours) => new(
        0, default, 0, "", Start.AddHours(hours), default, what, default, default);

    static OrderEvent.GoodsShipped Shipped(int units) =>
        new("s", 1, Start, [], [new("1", units)], null, null);

    static ClockBody Clock(string name, double due, double? met, bool breached) => new(
        name, Start.AddHours(due), met is { } hours ? Start.AddHours(hours) : null, breached);

    [Fact]
    public void Who_is_told_too_late_was_told_too_late_for_ever()
    {
        Assert.Equal([Clock("acknowledge", 0.25, null, false)], At(0.25, (Placed, 0)));
        Assert.Equal([Clock("acknowledge", 0.25, null, true)], At(0.3, (Placed, 0)));
        Assert.Equal(Clock("acknowledge", 0.25, 1, true), At(9, (Placed, 0), (Accepted, 1))[0]);
    }

    [Fact]
    public void All_of_an_order_has_to_leave_in_time()
    {
        Assert.Equal(Clock("ship", 49, null, false), At(49, (Placed, 0), (Accepted, 1), (Shipped(1), 2))[1]);
        Assert.Equal(Clock("ship", 49, null, true), At(50, (Placed, 0), (Accepted, 1), (Shipped(1), 2))[1]);
        Assert.Equal(
            Clock("ship", 49, 30, false), At(99, (Placed, 0), (Accepted, 1), (Shipped(1), 2), (Shipped(1), 30))[1]);
        Assert.Single(At(99, (Placed, 0), (Accepted, 1), (Cancelled(2), 2)));
    }

    [Fact]
    public void Goods_that_may_not_leave_or_are_not_in_yet_have_two_days_from_then()
    {
        var wished = Placed with { Wishes = new(NotBefore: Start.AddHours(100)) };
        OrderEvent.FulfilmentOpened later = new(
            null, [new(1, "N1", [new("1", "A", 2)], NotBefore: Start.AddHours(200))]);
        OrderEvent backordered = new OrderEvent.OrderAccepted(Answer(1, Start.AddHours(300)), []);
        OrderEvent undated = new OrderEvent.OrderAccepted(Answer(1, null), []);
        OrderEvent cameIn = new OrderEvent.ClaimChanged("A", new(2, 1, 2, 0, []), []);
        OrderEvent cancelled = new OrderEvent.StockAnswered(Answer(0, null));

        Assert.Equal(Clock("ship", 148, null, false), At(100, (wished, 0), (Accepted, 1))[1]);
        Assert.Equal(Clock("ship", 248, null, false), At(100, (wished, 0), (Accepted, 1), (later, 2))[1]);
        Assert.Equal(Clock("ship", 348, null, false), At(100, (Placed, 0), (backordered, 1))[1]);
        Assert.Single(At(100, (Placed, 0), (undated, 1)));
        Assert.Equal(Clock("ship", 448, null, false), At(400, (Placed, 0), (undated, 1), (cameIn, 400))[1]);
        Assert.Equal(Clock("ship", 49, null, true), At(400, (Placed, 0), (undated, 1), (cancelled, 400))[1]);

        static StockAnswer Answer(long waiting, DateTimeOffset? expected) => new(
            "A", 1, ClaimStatus.Done, new(1, 1, 1, waiting, [], expected), [], 0);
    }

    [Fact]
    public void Money_that_is_due_has_to_come_back_in_time()
    {
        PaymentEvent asked = new PaymentEvent.RefundAsked(3, 1, 1, new(1_000, "EUR"));
        PaymentEvent back = new PaymentEvent.MoneyReturned(1, 1_000, "r-1", null);

        Assert.Equal(
            Clock("refund", 122, null, true), At(123, (Placed, 0), (Accepted, 1), (Cancelled(2), 2), (asked, 2))[^1]);
        Assert.Equal(
            Clock("refund", 122, 3, false),
            At(123, (Placed, 0), (Accepted, 1), (Cancelled(2), 2), (asked, 2), (back, 3))[^1]);
    }

    static OrderEvent.OrderCancelled Cancelled(int units) => new("c", "", [], [new("1", units)], []);
}
