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
        new(
            420, 120, 90, 95, ["fragile", "food"], After(864_000), 1150, "EUR", "69120023", "PT", 90,
            "Mug of stoneware"),
        [new("CUP", 1), new("PLATE", 2)],
        ["MUG-RED", "MUG-GREEN"], 40, FillPolicy.ShipComplete, true,
        [new("inner", 4), new("case", 12, "14012345123453", "inner")], SkuLifecycle.PhaseOut,
        new(true, true, true, 30, 60), new("MUG", 4, [new("Colour", "blue"), new("Size", "0.3 l")]),
        new("tableware", 2));

    public static CardFields Fields { get; } = new(
        "Enamel mug - blue", "Holds 0.3 l.", true, new(1290, "EUR"), [new("glaze", "matt")],
        ["https://example.org/mug-1.jpg"],
        new(420, 120, 90, 95, ["fragile"], After(864_000), 1150, "EUR", "69120023", "PT", 90, "Mug of stoneware"),
        [new("each", 1, "04012345123456", "dozen")], SkuLifecycle.PhaseOut, new("tableware", 2));

    static readonly Particulars What = new("A-01-03", "L-7", "340123450000000014", ["S-1", "S-2"], new(2027, 5, 31));

    static readonly ImmutableArray<Slot> Taken =
    [
        new("LEJ1", StockState.Qc, "A-01-03", "L-7", "340123450000000014", 2, "o-1001", ["S-1", "S-2"],
            true),
        new("BER2", StockState.Available, null, "L-8", null, 40),
    ];

    static readonly ImmutableArray<NodeUnits> Picks = [new("BER2", 3), new("LEJ1", 2)];

    public static IEnumerable<SkuCommand> Commands =>
    [
        new SkuCommand.Define(Card, 7, After(30), true),
        new SkuCommand.Amend(Fields, Card.Variant!, After(30)),
        new SkuCommand.Receive("receipt-1", "LEJ1", 144, "delivery 4711", StockState.Qc, "po-88", What, After(-60),
            After(30), 4, "A-01 takes 10 units"),
        new SkuCommand.Adjust("count-1", "LEJ1", -3, "cycle count", StockState.Damaged, What, true,
            After(-60), After(30), 4),
        new SkuCommand.Move(
            "move-1", "LEJ1", 12, StockState.Quarantine, StockState.Refurbish, "scratched", What, "B-02", "T-9", true,
            true, After(-60), After(30), 4, "B-02 takes 10 units"),
        new SkuCommand.Pick("pick-1", "o-1001", "LEJ1", 2, What, "T-9", 4, After(30), "CART-1"),
        new SkuCommand.Carry("T-9", 5, "LEJ1", "B-02"),
        new SkuCommand.Unpick("unpick-1", "o-1001", "LEJ1", 2, What, "B-02", After(30)),
        new SkuCommand.PackUnits("pack-1", "o-1001", "LEJ1", 2, "BOX-1", What, 4, After(30), "BENCH-1"),
        new SkuCommand.UnpackUnits("unpack-1", "o-1001", "LEJ1", 2, "BOX-1", What, ["BOX-2"]),
        new SkuCommand.JudgeCount(new("LEJ1", "A-01-03", "L-7", StockState.Qc, 2, ["S-1", "S-9"])),
        new SkuCommand.Correct(
            "count/C-1/1/2/0", "C-1", 4_711, "LEJ1", -2, "count C-1", StockState.Damaged, What),
        new SkuCommand.RecallLot("L-7", "glass in the jar"),
        new SkuCommand.ClearLot("L-7", "it was another lot"),
        new SkuCommand.CheckLot("L-7"),
        new SkuCommand.DrainLots(),
        new SkuCommand.GetLot("L-7"),
        new SkuCommand.GetSlots("LEJ1"),
        new SkuCommand.Reserve("o-1001", 4, 5, After(1.5), true, TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(10), 3),
        new SkuCommand.Allocate("o-1001", 5, Picks, 6, ["BER2", "LEJ1", "MUC3"]),
        new SkuCommand.Return("o-1001", 6, Picks),
        new SkuCommand.Release("o-1001", 6, 4, Picks),
        new SkuCommand.Ship("o-1001", 7, Picks, ["BOX-1"]),
        new SkuCommand.SweepHolds(After(900)),
        new SkuCommand.FillBackorders(),
        new SkuCommand.Expect("po-88", "LEJ1", 150, After(864_000), "purchase order 88"),
        new SkuCommand.ChangeSupply("po-88", 120, After(900_000)),
        new SkuCommand.DropSupply("po-88", "the supplier has stopped"),
        new SkuCommand.RepegBackorders(),
        new SkuCommand.PlanSupply("po:PO-88:1", 4, "LEJ1", 110, After(900_000), "purchase order PO-88 of MUGS",
            [new("po/PO-88/dock-1/1/good", StockState.Qc, 40, "purchase order PO-88, receipt dock-1", "BER2",
                What)], After(30)),
        new SkuCommand.GetStock(),
        new SkuCommand.GetClaim("o-1001", 8),
        new SkuCommand.GetSupplies("po-88"),
        new SkuCommand.GetImpact("po-88", 100, After(950_000)),
        new SkuCommand.GetNaming("14012345123453", 3),
        new SkuCommand.SetRules(Rules, 2),
        new SkuCommand.CheckLevels(),
        new SkuCommand.NoteReorder("reorder.ABC-1.2", true),
        new SkuCommand.GetRules(),
    ];

    static StockRules Rules => new(
        [new("low", 10, "LEJ1")], 4, Picks, [new("amazon-de", 2, 50, 80, 5)],
        new(20, 160, "MUGS", "LEJ1", 250, "EUR", 14, 12));

    public static IEnumerable<SkuEvent> Events =>
    [
        new SkuEvent.SkuDefined(Card, 8, ["04012345123456"]),
        new SkuEvent.StockReceived("receipt-1", "LEJ1", StockState.Qc, 144, "delivery 4711", 200, "po-88", What,
            After(-60), "A-01 takes 10 units"),
        new SkuEvent.StockAdjusted("count-1", "LEJ1", StockState.Damaged, -3, "cycle count", 197, What, Taken,
            After(-60), "C-1"),
        new SkuEvent.StockMoved(
            "move-1", "LEJ1", StockState.Quarantine, StockState.Refurbish, 12, "scratched", 185, Taken, What, "B-02",
            "T-9", true, After(-60), "B-02 takes 10 units"),
        new SkuEvent.StockPicked("pick-1", "o-1001", "LEJ1", 2, Taken, "T-9", 185, What, "CART-1"),
        new SkuEvent.StockUnpicked("unpick-1", "o-1001", "LEJ1", 2, Taken, "B-02", 185, What),
        new SkuEvent.StockPacked("pack-1", "o-1001", "LEJ1", 2, Taken, "BOX-1", 185, What, "BENCH-1"),
        new SkuEvent.StockUnpacked("unpack-1", "o-1001", "LEJ1", 2, Taken, "BOX-1", 185, What, Taken, Taken),
        new SkuEvent.StockCarried("T-9", 5, "LEJ1", "B-02", Taken, 7),
        new SkuEvent.LotRecalled("L-7", "glass in the jar", 185),
        new SkuEvent.LotCleared("L-7", "it was another lot", 185),
        new SkuEvent.LotExpired("L-7", 185),
        new SkuEvent.CorrectionDeclined("count/C-1/1/2/0", "C-1", "LEJ1", MoveStatus.Committed),
        new SkuEvent.LotNearExpiry("L-7", new(2027, 5, 31), 42, 185),
        new SkuEvent.StockReserved("o-1001", 4, 8, 5, 3, After(1.5), After(900), After(11.5), After(900.001), 180, 3,
            After(864_000)),
        new SkuEvent.StockAllocated("o-1001", 5, Picks, 180),
        new SkuEvent.StockReturned("o-1001", 6, Picks, 180, Taken),
        new SkuEvent.StockReleased("o-1001", 6, 2, 1, Picks, 187, Taken),
        new SkuEvent.StockShipped("o-1001", 7, Picks, 187, Taken, Taken),
        new SkuEvent.BackorderFilled("o-1001", 2, true, 185),
        new SkuEvent.HoldExpired("o-1001", 5, 3, 190),
        new SkuEvent.HoldsSwept(After(960), 190),
        new SkuEvent.SupplyExpected("po-88", "LEJ1", 150, After(864_000), "purchase order 88"),
        new SkuEvent.SupplyChanged("po-88", 120, After(900_000)),
        new SkuEvent.SupplyDropped("po-88", "the supplier has stopped"),
        new SkuEvent.SupplyPlanned("po:PO-88:1", 4, "LEJ1", 150, After(900_000), "purchase order PO-88 of MUGS"),
        new SkuEvent.StockArrived("to/T-3/dock-1/1/good", "BER2", "LEJ1", StockState.Qc, 40, "transfer T-3", 190,
            "to:T-3:1", Taken),
        new SkuEvent.BackorderRepegged("o-1001", After(900_000), 190),
        new SkuEvent.PegsChecked(true, 190),
        new SkuEvent.StockRulesSet(Rules, 3, 190),
        new SkuEvent.LevelCrossed("low", true, 9, "LEJ1", 190),
        new SkuEvent.ListingPaused("amazon-de", 190),
        new SkuEvent.ListingResumed("amazon-de", 12, 190),
        new SkuEvent.ReorderRaised("reorder.ABC-1.2", 2, 144, 17, 190),
        new SkuEvent.ReorderEnded("reorder.ABC-1.2", true, 190),
        new SkuEvent.LevelsChecked(190),
    ];
}
