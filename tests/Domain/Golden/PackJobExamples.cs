using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Warehousing;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of a packing job, every field with a value of its own.</summary>
static class PackJobExamples
{
    static readonly Box Medium = new(
        "M", new(300, 200, 150), new(310, 210, 160), 120, 9_000, new(45, "EUR"), true, 40);

    static readonly PackTerms Terms = new(
        "o-1001", 2, "LEJ1",
        [new("MUG-BLUE", 2, new(90, 90, 110), 380, new(true, true, true), true, true)],
        [new("M", [new("MUG-BLUE", 2)], 880, 2_084, 2_100, 1_980)], PackStatus.NoDimensions, "MUG-RED");

    static readonly PackSight Sight = new(21, true, [new("1", "MUG-BLUE", 2, 1)], [3], [4]);

    static readonly Particulars What = new("A-01-03", "L-7", "TOTE-1", ["S-1", "S-2"], new(2027, 3, 1));

    static Operation By(string id) => new(id, 4_711);

    public static IEnumerable<object> All =>
    [
        new PackCommand.Begin("begin-1", "anna", "BENCH-1", Terms, Sight, true),
        new PackCommand.OpenBox("open-1", "anna", "BENCH-1", "M", Medium, "340123450000000014", Sight),
        new PackCommand.Scan(
            "scan-1", "anna", "BENCH-1", 1, "MUG-BLUE", 2, Sight, "L-7", ["S-1", "S-2"], true,
            BenchFault.WrongCheckDigit, After(30), 5, "BENCH-1"),
        new PackCommand.CloseBox("close-1", "anna", "BENCH-1", 1, 885, Sight, true),
        new PackCommand.ReopenBox("reopen-1", "anna", "BENCH-1", 1, Sight),
        new PackCommand.DiscardBox("discard-1", "anna", "BENCH-1", 2, Sight),
        new PackCommand.ReportDoubt(
            "doubt-1", "anna", "BENCH-1", "MUG-BLUE", 1, "a crack", Sight, "L-7", ["S-1"], "TOTE-1"),
        new PackCommand.DecideDoubt("decide-1", "bert", 1, DoubtOutcome.Replace, Sight),
        new PackCommand.ShipBoxes(
            "ship-1", ["340123450000000014"], [new("1", 2)], "DHL", "00340434161094000001", Sight, "p-1"),
        new PackCommand.NoteBegin(1, FulfilStatus.OnHold, Sight),
        new PackCommand.NoteBox(1, PlateReplyStatus.DifferentContent),
        new PackCommand.NoteScan(1, PickStatus.MoreThanHeld, [new("MUG-BLUE", 2, "L-7", ["S-1", "S-2"])]),
        new PackCommand.NoteHold(1, HoldStatus.Done, 3, 22),
        new PackCommand.NoteUnpick(1, PickStatus.NothingPicked),
        new PackCommand.NoteMove(1, FulfilStatus.MoreThanOpen, Sight),
        new PackCommand.NoteDrop(1, CancelStatus.Cancelled),
        new PackCommand.NoteFreed(1, HoldStatus.AlreadyReleased),
        new PackCommand.NoteAside(1, MoveStatus.Reserved),
        new PackCommand.NoteShip("ship-1", FulfilStatus.NotPicked, Sight),
        new PackCommand.GiveUp("give-up-1", "anna", "BENCH-1", Sight),
        new PackCommand.NoteEnd(1, FulfilStatus.AlreadyDone, Sight),
        new PackCommand.NoteOrder(Sight),
        new PackCommand.See(Sight),
        new PackCommand.Get(),
        new PackCommand.GetSettled(),
        new PackCommand.GetBox(1, "MUG-BLUE"),
        new PackCommand.GetScan(2),
        new PackEvent.JobBegun(By("begin-1"), "anna", "BENCH-1", Terms, Sight, 1, After(10)),
        new PackEvent.JobAnswered(FulfilStatus.OnHold),
        new PackEvent.JobTakenOver(By("begin-2"), "bert", "BENCH-2", After(20)),
        new PackEvent.OrderSeen(Sight),
        new PackEvent.BoxOpened(By("open-1"), 1, "340123450000000014", "M", Medium, "anna", After(30)),
        new PackEvent.BoxAnswered(1, true),
        new PackEvent.UnitsScanned(
            By("scan-1"), 1, 1, "MUG-BLUE", 2, [new("1", 2)], "anna", After(40), true, What, After(60), 5, "BENCH-1"),
        new PackEvent.ScanRefused(
            By("scan-2"), 2, 1, BenchFault.WrongSku, "MUG-GREEN", 1, "anna", After(41), true),
        new PackEvent.ScanAnswered(1, PickStatus.MoreThanHeld, [new("MUG-BLUE", 2, "L-7", ["S-1", "S-2"])]),
        new PackEvent.BoxClosed(By("close-1"), 1, 885, "anna", After(50), true),
        new PackEvent.BoxReopened(By("reopen-1"), 1, "anna", After(51)),
        new PackEvent.BoxDiscarded(By("discard-1"), 2, "anna"),
        new PackEvent.DoubtReported(
            By("doubt-1"), 1, "MUG-BLUE", 1, [new("1", 1)], "a crack", "anna", After(45), What, "LEJ1"),
        new PackEvent.DoubtHeld(1, HoldStatus.Done, 3, 22),
        new PackEvent.DoubtDecided(By("decide-1"), 1, DoubtOutcome.Replace, "bert", After(46)),
        new PackEvent.DoubtUnpicked(1, PickStatus.NothingPicked),
        new PackEvent.DoubtMoved(1, FulfilStatus.MoreThanOpen),
        new PackEvent.DoubtDropped(1, CancelStatus.Cancelled),
        new PackEvent.DoubtFreed(1, HoldStatus.AlreadyReleased),
        new PackEvent.DoubtSetAside(1, MoveStatus.Reserved),
        new PackEvent.InterceptStopped(4),
        new PackEvent.BoxesLeaving(By("ship-1"), 1, [1], [new("1", 2)], "DHL", "00340434161094000001", "p-1"),
        new PackEvent.ShipAnswered(1, FulfilStatus.NotPicked),
        new PackEvent.PackedTold(true),
        new PackEvent.JobGivenUp(By("give-up-1"), [2], "anna", After(60)),
        new PackEvent.JobEnded(FulfilStatus.AlreadyDone),
    ];
}
