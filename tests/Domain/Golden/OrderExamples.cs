using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of the order and the router, every field with a value of its own.</summary>
static class OrderExamples
{
    static readonly ImmutableArray<NodeUnits> Nodes = [new("BER2", 3), new("LEJ1", 2)];
    static readonly Standing Standing = new(41, 4, 5, 2, Nodes);
    static readonly StockAnswer Answer = new("MUG-BLUE", 4, ClaimStatus.NodeShort, Standing, Nodes, 180);
    static readonly ImmutableArray<ShortLine> Short = [new("2", "MUG-RED", 6, 4, 2)];
    static readonly ImmutableArray<LineUnits> Lines = [new("1", 2), new("2", 1)];
    static readonly Destination ShipTo = new("DE", "04109");
    static readonly RoutePlan Plan = new(3, PriorityRule.Name, [new("MUG-BLUE", Nodes)]);

    static readonly ImmutableArray<OrderLine> Ordered =
        [new("1", "MUG-BLUE", 2, new(1290, "EUR")), new("2", "MUG-RED", 6, new(990, "EUR"))];

    /// <summary>As the keyring writes it: what is inside, only who has the key can tell.</summary>
    static readonly Personal<Buyer> Buyer = new(
        "kq3N0bTz5lqzYbPpR1vX8g", "4fJrQnYw2mTq0Zx7HqkM3o9dZy1uV8bW6cXeRt5sAqL0GhJkNpQvSwUz");

    public static IEnumerable<OrderCommand> Commands =>
    [
        new OrderCommand.Place(
            "webshop", After(-90), ShipTo, Buyer, Ordered, PaymentPolicy.Prepaid, AllocationPolicy.ShipAvailable),
        new OrderCommand.Get(),
        new OrderCommand.Outcome(),
        new OrderCommand.ConfirmPayment("payment-1", new(8520, "EUR"), 9),
        new OrderCommand.Cancel("cancel-1", Lines, "ordered twice", 10),
        new OrderCommand.Ship("shipment-1", 2, Lines, "DHL", "00340434161094000001"),
        new OrderCommand.Deliver("delivery-1", 2),
        new OrderCommand.TakeAnswer(Answer),
        new OrderCommand.NoteClaim("MUG-BLUE", Standing, Nodes),
        new OrderCommand.Retry("MUG-BLUE", 4),
        new OrderCommand.FollowPlan(Plan),
        new OrderCommand.EndPaymentWait(),
        new OrderCommand.Close(),
    ];

    public static IEnumerable<OrderEvent> Events =>
    [
        new OrderEvent.OrderPlaced(
            "webshop", After(1.25), After(-90), ShipTo, Buyer, Ordered, PaymentPolicy.Prepaid,
            AllocationPolicy.ShipAvailable, new(8520, "EUR")),
        new OrderEvent.StockAnswered(Answer),
        new OrderEvent.ClaimChanged("MUG-BLUE", Standing, Nodes),
        new OrderEvent.ReservationDeferred(Answer, After(1.45)),
        new OrderEvent.ReservationRetried("MUG-BLUE"),
        new OrderEvent.ReservationsYielded(Answer),
        new OrderEvent.PaymentAwaited(Answer, Short, After(901.25)),
        new OrderEvent.PaymentConfirmed("payment-1", new(4000, "EUR"), 8520),
        new OrderEvent.OrderAccepted(Answer, Short),
        new OrderEvent.OrderRejected(Answer, RejectReason.UnknownSku, Short),
        new OrderEvent.OrderRouted(Plan),
        new OrderEvent.FulfilmentOpened(Answer, [new(2, "LEJ1", [new("1", "MUG-BLUE", 2)])]),
        new OrderEvent.OrderCancelled(
            "cancel-1", "ordered twice", Lines, [new("2", 1)], [new(2, "1", 2)], After(1_209_600)),
        new OrderEvent.GoodsShipped("shipment-1", 2, After(3_600), Lines, [new("1", 1)], "DHL", "00340434161094000001"),
        new OrderEvent.GoodsDelivered("delivery-1", 2, After(90_000), Lines, After(1_299_600)),
        new OrderEvent.OrderClosed(),
    ];

    public static IEnumerable<RoutingMessage> ToRouter =>
        [new RoutingMessage.PlanRoute(3, [new("MUG-BLUE", 5, Nodes)])];
}
