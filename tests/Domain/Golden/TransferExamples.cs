using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Purchasing;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of a transfer, every field with a value of its own.</summary>
static class TransferExamples
{
    static readonly TransferTerms Terms = new("BER2", "LEJ1", [new("1", "MUG-BLUE", 40)], "with the evening truck");

    static readonly CountedLine Counted = new("1", 38, 2, StockState.Damaged, "s-1", "P1",
        new("DOCK", "L-7", "340123450000000014", ["S-1", "S-2"], new(2027, 5, 31)));

    static Operation By(string id) => new(id, 4_711);

    public static IEnumerable<object> All =>
    [
        new TransferCommand.Write(Terms),
        new TransferCommand.Ship("s-1", After(90_000), [new("1", 1, ["S-1"])]),
        new TransferCommand.Receive("dock-1", [Counted]),
        new TransferCommand.WriteOff("lost-1", [new("1", 1, ["S-1"])], "fell off the truck"),
        new TransferCommand.Cancel("cancel-1", "not needed"),
        new TransferCommand.NoteMove("s-1/1", MoveStatus.Committed),
        new TransferCommand.NoteArrival(
            "to:T-3:1", 4, SupplyStatus.TooMany, "to/T-3/dock-1/1/good", [new("o-1001", 3)]),
        new TransferCommand.Get(),
        new TransferCommand.GetSettled(),
        new TransferEvent.TransferPlanned(Terms),
        new TransferEvent.GoodsLeft(By("Ship s-1"), "s-1", After(90_000), [new("1", 1, ["S-1"])]),
        new TransferEvent.GoodsCounted(By("Receive dock-1"), "dock-1", After(91_000), [Counted], [3]),
        new TransferEvent.GoodsLost(By("WriteOff lost-1"), "lost-1", [new("1", 1, ["S-1"])], "fell off the truck"),
        new TransferEvent.TransferCancelled(By("Cancel cancel-1"), "not needed"),
        new TransferEvent.MoveAnswered("s-1/1", MoveStatus.Committed),
        new TransferEvent.ArrivalAnswered("1", 4, SupplyStatus.TooMany, "dock-1", 1, [new("o-1001", 3)]),
    ];
}
