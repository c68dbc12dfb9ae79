using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Purchasing;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of a purchase order, every field with a value of its own.</summary>
static class PurchaseExamples
{
    static readonly PurchaseTerms Terms = new(
        "MUGS", "LEJ1", "EUR",
        [new("1", "MUG-BLUE", 150, 420, After(864_000)), new("2", "CUP", 30, 199, After(900_000))],
        5, "Ring at gate 3; ask for “Ada”.", "MUG-BLUE");

    static readonly AnnouncedShipment Shipment = new(
        "ASN-7", After(800_000), "DHL", "00340434292135100186",
        [new("P1", "340123450000000000", [new("1", 100), new("2", 1, ["S-1"])])]);

    static readonly PurchaseCharge Charge = new("c-1", ChargeKind.Duty, 12_345, ChargeBasis.Weight, "customs bill 9");

    static readonly CountedLine Counted = new("1", 95, 2, StockState.Quarantine, "ASN-7", "P1",
        new("DOCK", "L-7", "340123450000000014", ["S-1", "S-2"], new(2027, 5, 31)));

    static Operation By(string id) => new(id, 4_711);

    public static IEnumerable<object> All =>
    [
        new PurchaseCommand.Write(Terms, 3),
        new PurchaseCommand.SendOut("send-1"),
        new PurchaseCommand.Acknowledge("ack-1", [new("1", 140, After(870_000))]),
        new PurchaseCommand.Reschedule("late-1", After(950_000), [new("2", After(960_000))]),
        new PurchaseCommand.CancelLines("cancel-1", [new("2", 1, ["S-1"])], "sold badly"),
        new PurchaseCommand.Close("close-1", "the rest never came"),
        new PurchaseCommand.Announce(Shipment),
        new PurchaseCommand.Receive("dock-1", [Counted], "DOCK takes 10 units"),
        new PurchaseCommand.FinishShipment("done-1", "ASN-7"),
        new PurchaseCommand.Charge(Charge),
        new PurchaseCommand.NoteSupply(
            "po:PO-88:1", 4, SupplyStatus.TooMany, "po/PO-88/dock-1/1/good", [new("o-1001", 3)]),
        new PurchaseCommand.Get(),
        new PurchaseCommand.GetSettled(),
        new PurchaseEvent.OrderWritten(Terms),
        new PurchaseEvent.OrderSent(By("change send-1")),
        new PurchaseEvent.LinesAcknowledged(By("change ack-1"), [new("1", 140, After(870_000))]),
        new PurchaseEvent.LinesRescheduled(By("change late-1"), [new("2", After(960_000))]),
        new PurchaseEvent.LinesCancelled(By("change cancel-1"), [new("2", 1, ["S-1"])], "sold badly"),
        new PurchaseEvent.OrderClosed(By("change close-1"), "the rest never came"),
        new PurchaseEvent.ShipmentAnnounced(By("Announce ASN-7"), Shipment),
        new PurchaseEvent.GoodsReceived(
            By("Receive dock-1"), "dock-1", After(810_000), [Counted], "DOCK takes 10 units"),
        new PurchaseEvent.ShipmentDone(By("change done-1"), "ASN-7"),
        new PurchaseEvent.ChargeAdded(By("Charge c-1"), Charge),
        new PurchaseEvent.SupplyAnswered(
            "1", "ASN-7", 4, SupplyStatus.TooMany, "dock-1", 1, [new("o-1001", 3)]),
    ];
}
