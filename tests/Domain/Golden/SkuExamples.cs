using System.Collections.Immutable;
using Fulfillment.Inventory;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of the SKU, every field with a value of its own.</summary>
static class SkuExamples
{
    static readonly SkuCard Card = new(
        "Enamel mug, blue", "Holds 0.3 l; “dishwasher safe”.", true, new(1290, "EUR"),
        [new("colour", "blue"), new("volume", "0.3 l")],
        ["https://example.org/mug-1.jpg", "https://example.org/mug-2.jpg"],
        new(420, 120, 90, 95, ["fragile", "food"], After(864_000), 1150, "EUR"), [new("CUP", 1), new("PLATE", 2)],
        ["MUG-RED", "MUG-GREEN"], 40, FillPolicy.ShipComplete, true);

    static readonly ImmutableArray<NodeUnits> Picks = [new("BER2", 3), new("LEJ1", 2)];

    public static IEnumerable<SkuCommand> Commands =>
    [
        new SkuCommand.Define(Card, 7),
        new SkuCommand.Receive("receipt-1", "LEJ1", 144, "delivery 4711", StockState.Qc, "po-88", After(-60)),
        new SkuCommand.Adjust("count-1", "LEJ1", -3, "cycle count", StockState.Damaged, After(-60)),
        new SkuCommand.Move(
            "move-1", "LEJ1", 12, StockState.Quarantine, StockState.Refurbish, "scratched", After(-60)),
        new SkuCommand.Reserve("o-1001", 4, 5, After(1.5), true, TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(10), 3),
        new SkuCommand.Allocate("o-1001", 5, Picks, 6, ["BER2", "LEJ1", "MUC3"]),
        new SkuCommand.Return("o-1001", 6, Picks),
        new SkuCommand.Release("o-1001", 6, 4, Picks),
        new SkuCommand.Ship("o-1001", 7, Picks),
        new SkuCommand.SweepHolds(After(900)),
        new SkuCommand.FillBackorders(),
        new SkuCommand.Expect("po-88", "LEJ1", 150, After(864_000), "purchase order 88"),
        new SkuCommand.ChangeSupply("po-88", 120, After(900_000)),
        new SkuCommand.DropSupply("po-88", "the supplier has stopped"),
        new SkuCommand.RepegBackorders(),
        new SkuCommand.GetStock(),
        new SkuCommand.GetClaim("o-1001"),
        new SkuCommand.GetSupplies("po-88"),
        new SkuCommand.GetImpact("po-88", 100, After(950_000)),
    ];

    public static IEnumerable<SkuEvent> Events =>
    [
        new SkuEvent.SkuDefined(Card, 8),
        new SkuEvent.StockReceived(
            "receipt-1", "LEJ1", StockState.Qc, 144, "delivery 4711", 200, "po-88", After(-60)),
        new SkuEvent.StockAdjusted("count-1", "LEJ1", StockState.Damaged, -3, "cycle count", 197, After(-60)),
        new SkuEvent.StockMoved(
            "move-1", "LEJ1", StockState.Quarantine, StockState.Refurbish, 12, "scratched", 185, After(-60)),
        new SkuEvent.StockReserved("o-1001", 4, 8, 5, 3, After(1.5), After(900), After(11.5), After(900.001), 180, 3,
            After(864_000)),
        new SkuEvent.StockAllocated("o-1001", 5, Picks, 180),
        new SkuEvent.StockReturned("o-1001", 6, Picks, 180),
        new SkuEvent.StockReleased("o-1001", 6, 2, 1, Picks, 187),
        new SkuEvent.StockShipped("o-1001", 7, Picks, 187),
        new SkuEvent.BackorderFilled("o-1001", 2, true, 185),
        new SkuEvent.HoldExpired("o-1001", 5, 3, 190),
        new SkuEvent.HoldsSwept(After(960), 190),
        new SkuEvent.SupplyExpected("po-88", "LEJ1", 150, After(864_000), "purchase order 88"),
        new SkuEvent.SupplyChanged("po-88", 120, After(900_000)),
        new SkuEvent.SupplyDropped("po-88", "the supplier has stopped"),
        new SkuEvent.BackorderRepegged("o-1001", After(900_000), 190),
        new SkuEvent.PegsChecked(true, 190),
    ];
}
