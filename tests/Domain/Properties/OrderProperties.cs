namespace Fulfillment.Tests.Domain;

public sealed class OrderProperties
{
    const int Histories = 600, Longest = 120;

    /// <summary>What the histories have to show, or they prove little.</summary>
    static readonly string[] Told =
    [
        "PlaceStatus.Placed", "PlaceStatus.AlreadyPlaced", "PaymentStatus.PartlyPaid", "PaymentStatus.Paid",
        "PaymentStatus.AlreadyConfirmed", "PaymentStatus.OrderEnded", "CancelStatus.Cancelled", "CancelStatus.TooLate",
        "CancelStatus.AlreadyCancelled", "CancelStatus.OrderEnded", "FulfilStatus.Done", "FulfilStatus.AlreadyDone",
        "FulfilStatus.MoreThanOpen", "FulfilStatus.NothingOpen", "ClaimStatus.Done", "ClaimStatus.AlreadyDone",
        "ClaimStatus.UnknownSku", "ClaimStatus.TooOld", "ClaimStatus.OrderClosed", "ClaimStatus.Contended",
        "ClaimStatus.Insufficient", "ClaimStatus.NodeShort", "OrderStatus.Rejected", "OrderStatus.Cancelled",
        "OrderStatus.Allocated", "OrderStatus.PartiallyShipped", "OrderStatus.Shipped", "OrderStatus.Closed",
        "order-placed", "stock-answered", "claim-changed", "reservation-deferred", "reservation-retried",
        "reservations-yielded", "payment-awaited", "payment-confirmed", "order-accepted", "order-rejected",
        "order-routed", "fulfilment-opened", "order-cancelled", "goods-shipped", "goods-delivered", "order-closed",
        "room-answered", "routing-retried", "fulfilment-moved", "fulfilment-split", "fulfilments-merged",
        "fulfilment-paused", "fulfilment-resumed", "fulfilment-due", "fulfilment-started", "request-answered",
        "order-held", "hold-released", "intercept-opened", "intercept-answered", "edit-begun",
        "order-edited", "edit-refused", "RoomStatus.Granted", "RoomStatus.Full", "RoomStatus.Offline",
        "FulfilStatus.AlreadyBegun", "FulfilStatus.WrongNode", "FulfilStatus.OnHold",
        "FulfilStatus.NotAsked", "EditStatus.Edited", "EditStatus.Begun",
    ];

    [Fact]
    public void Whatever_its_skus_answer_an_order_comes_to_an_end_and_agrees_with_them_on_every_unit() =>
        Script.ForAll(Histories, Longest, script => new OrderHistory().Play(script));

    [Fact]
    public void The_histories_show_every_event_and_every_answer()
    {
        HashSet<string> seen = [];
        foreach (var script in Script.Sample(Histories, Longest))
        {
            OrderHistory history = new();
            history.Play(script);
            seen.UnionWith(history.Seen);
        }

        Assert.Equal([], Told.Except(seen));
    }
}
