using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Payments;
using Fulfillment.Routing;
using Fulfillment.Screening;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of the order and the router, every field with a value of its own.</summary>
static class OrderExamples
{
    static readonly ImmutableArray<NodeUnits> Nodes = [new("BER2", 3), new("LEJ1", 2)];
    static readonly Standing Standing = new(41, 4, 5, 2, Nodes, After(864_000), Nodes, true);
    static readonly StockAnswer Answer = new(
        "MUG-BLUE", 4, ClaimStatus.NodeShort, Standing, Nodes, 180, RoutingExamples.Product,
        [new("MUG-BODY", 1), new("MUG-LID", 2)]);

    static readonly ImmutableArray<ShortLine> Short = [new("2", "MUG-RED", 6, 4, 2)];
    static readonly ImmutableArray<LineUnits> Lines = [new("1", 2), new("2", 1)];
    static readonly Destination ShipTo = new("DE", "04109", 51.3, 12.4);
    static readonly RoutePlan Plan = RoutingExamples.Plan;
    static readonly Wishes Wishes = new(new(2026, 12, 1), true, After(86_400), 3);

    static readonly ImmutableArray<OrderLine> Ordered =
        [new("1", "MUG-BLUE", 2, new(1290, "EUR")), new("2", "MUG-RED", 6, new(990, "EUR"), 100, 250, As)];

    static SoldAs As => new("B00X", new("subject-1", "c2VhbGVk"));

    static readonly OrderCharges Charges = new(490, 300, true);
    static readonly PaymentMethod Method = new("test-gateway", "tok_ok");

    static readonly Signals Signals = new(
        "kq3N0bTz5lqzYbPpR1vX8g", "lr4O1cUa6mrAZcQqS2wY9h", "ms5P2dVb7nsBAdRrT3xZ0i", "nt6Q3eWc8otCBeSsU4yA1j",
        EmailClass.Disposable, "AT", "DE", "FR", "PL", true, 3, 23);

    static readonly Assessment Assessment = new(
        61, Verdict.Review, [new("card-velocity", 20, "3 within an hour, 5 within 24 hours")], "2026-11", 412, 2,
        TimeSpan.FromHours(24));

    static readonly TraceReply Told = new(NoteStatus.Noted, 1, 2, 3, 4, 5_000, 3, 1, 2, 1, 2, After(-1_000_000));

    static readonly PaymentStanding Paid = new(
        12, 2, PaymentState.Pending, 8_000, 520, 20, 10, "3ds", "https://pay.example/3ds");

    static readonly ImmutableArray<WithdrawnUnits> Withdrawn = [new(2, "1", 2)];

    static readonly Hold Held = new(
        3, HoldType.Fraud, "score 61", "screening", After(2), After(86_402), true, "which street?", After(90_000),
        "ann", "called back");

    /// <summary>As the keyring writes it: what is inside, only who has the key can tell.</summary>
    static readonly Personal<Buyer> Buyer = new(
        "kq3N0bTz5lqzYbPpR1vX8g", "4fJrQnYw2mTq0Zx7HqkM3o9dZy1uV8bW6cXeRt5sAqL0GhJkNpQvSwUz");

    static readonly EditPlan Edited = new(
        [new("1", 1)], [new("e-1:0", "MUG-GREEN", 2, new(1490, "EUR"), 50, 70, As)], ShipTo, Buyer,
        "the buyer called");

    static readonly OrderCustoms Customs = new(
        Fulfillment.Shipping.Incoterm.Ddp, "line 1: MUG-BLUE lacks /product/hsCode");

    public static IEnumerable<OrderCommand> Commands =>
    [
        new OrderCommand.Place(
            "webshop", After(-90), ShipTo, Buyer, Ordered, PaymentPolicy.Prepaid, AllocationPolicy.ShipAvailable,
            Charges, Method, Signals, Wishes, Customs),
        new OrderCommand.Get(),
        new OrderCommand.Outcome(),
        new OrderCommand.ConfirmPayment("payment-1", new(8520, "EUR"), 9),
        new OrderCommand.Cancel("cancel-1", Lines, "ordered twice", 10),
        new OrderCommand.Ship(
            "shipment-1", 2, Lines, "DHL", "00340434161094000001", [new("MUG-BLUE", Standing)], ["BOX-1"], "p-1"),
        new OrderCommand.PutInParcel(2, Lines, "p-1", 3, 815),
        new OrderCommand.TakeFromParcel("p-1", 3),
        new OrderCommand.StartPacking("pack-1", 2, 16),
        new OrderCommand.EndPacking("pack-2", 2, 18),
        new OrderCommand.NotePacked(2, 17, true),
        new OrderCommand.Deliver("delivery-1", 2, "parcel:p-1"),
        new OrderCommand.TakeAnswer(Answer),
        new OrderCommand.NoteClaim("MUG-BLUE", Standing, Nodes),
        new OrderCommand.Retry("MUG-BLUE", 4),
        new OrderCommand.FollowPlan(Plan),
        new OrderCommand.EndPaymentWait(),
        new OrderCommand.Close(),
        new OrderCommand.PlaceHold("h-1", HoldType.Qc, "look at the glaze", "ann", TimeSpan.FromHours(4)),
        new OrderCommand.ReleaseHold("h-2", 3, "called back", "ann"),
        new OrderCommand.RejectHold("h-3", 3, "not his card", "ann"),
        new OrderCommand.AskBuyer("h-4", 3, "which street?", "ann", TimeSpan.FromDays(2)),
        new OrderCommand.NoteOverdue(3),
        new OrderCommand.PayWith("m-1", Method),
        new OrderCommand.NotePayment(Paid),
        new OrderCommand.ConfirmRefund("r-1", new(500, "EUR"), "a scratch"),
        new OrderCommand.TakeTrace(TraceOf.Card, Told),
        new OrderCommand.TakeAssessment(Assessment),
        new OrderCommand.StartWork("w-1", 2),
        new OrderCommand.AnswerIntercept(1, true),
        new OrderCommand.Edit(
            "e-1", Edited.Fewer, Edited.Added, ShipTo, Buyer, Edited.Reason, true, 14, 7_204_113_877),
    ];

    public static IEnumerable<OrderEvent> Events =>
    [
        new OrderEvent.OrderPlaced(
            "webshop", After(1.25), After(-90), ShipTo, Buyer, Ordered, PaymentPolicy.Prepaid,
            AllocationPolicy.ShipAvailable, new(8520, "EUR"), Charges, Method, Signals, Wishes, Customs),
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
        new OrderEvent.FulfilmentOpened(Answer, [new(
            2, "LEJ1", [new("1", "MUG-BLUE", 2)], new(2026, 11, 30), true, After(86_400), true,
            After(90_000))]),
        new OrderEvent.OrderCancelled(
            "cancel-1", "ordered twice", Lines, [new("2", 1)], Withdrawn, After(1_209_600), true),
        new OrderEvent.GoodsShipped(
            "shipment-1", 2, After(3_600), Lines, [new("1", 1)], "DHL", "00340434161094000001", ["BOX-1"],
            "p-1"),
        new OrderEvent.UnitsParcelled(new("p-1", 3, 2, Lines, 815)),
        new OrderEvent.UnitsUnparcelled("p-1", 3),
        new OrderEvent.PackingBegun(2, After(3_000), 16),
        new OrderEvent.PackingEnded(2, After(3_200), 18),
        new OrderEvent.FulfilmentPacked(2, 17, true, After(3_300)),
        new OrderEvent.GoodsDelivered("delivery-1", 2, After(90_000), Lines, After(1_299_600), "parcel:p-1"),
        new OrderEvent.OrderClosed(),
        new OrderEvent.StockSecured(Answer, Short),
        new OrderEvent.OrderHeld("h-1", Held, [1, 2]),
        new OrderEvent.HoldReleased("h-2", 3, After(90_000), "ann", "called back", [1, 2], true),
        new OrderEvent.BuyerAsked("h-4", 3, "which street?", "ann", After(172_800)),
        new OrderEvent.HoldOverdue(3),
        new OrderEvent.MethodGiven("m-1", Method, 2),
        new OrderEvent.PaymentChanged(Paid),
        new OrderEvent.RefundConfirmed("r-1", new(500, "EUR"), "a scratch", 8_020),
        new OrderEvent.TraceTold(TraceOf.Card, Told),
        new OrderEvent.OrderScreened(Assessment),
        new OrderEvent.FulfilmentStarted("w-1", 2, After(3_000), 4),
        new OrderEvent.InterceptOpened("cancel-2", 1, "ordered twice", Lines, Withdrawn, true),
        new OrderEvent.InterceptAnswered(1, true, Withdrawn, After(1_209_600)),
        new OrderEvent.EditBegun("e-1", 7_204_113_877, Edited),
        new OrderEvent.OrderEdited(Answer, "e-1", 7_204_113_877, Edited, [new("2", 1)], Withdrawn, true),
        new OrderEvent.EditRefused(Answer, "e-1", Short, 2),
        new OrderEvent.KitOpened(Answer, 4, 3),
    ];

    public static IEnumerable<RoutingMessage> ToRouter => [RoutingExamples.Question];
}
