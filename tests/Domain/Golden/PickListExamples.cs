using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Picking;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of a pick list, every field with a value of its own.</summary>
static class PickListExamples
{
    static readonly PickTerms Terms = new(
        "LEJ1", PickMethod.Cluster, [new("o-1001", 1, "TOTE-1"), new("o-1002", 2)],
        [new(1, "1", "MUG-BLUE", "A-01-03", "L-7", 2), new(2, "2", "MUG-RED", null, null, 1)], "noon", After(900),
        new(71_000, 96_000, 142_000, true));

    /// <summary>A list of a wave, whose places are pick faces, of goods sold under a listing.</summary>
    public static readonly PickTerms Wave = Terms with
    {
        Tasks =
        [
            new(
                1, "1", "MUG-BLUE", "A-01-03", "L-7", 2, "FAST", 410, new(6, 24),
                new("B00X", new("subject-1", "c2VhbGVk"))),
        ],
        Together = new(3, 25, 612_000, 1_450_000, 904_000, 815),
    };

    static readonly PickPlace Place = new("A-02-01", "L-8", 1, "SLOW", new(2, 12));

    static Operation By(string id) => new(id, 4_711);

    public static IEnumerable<object> All =>
    [
        new PickListCommand.Release(Wave),
        new PickListCommand.TakeOn("claim-1", "anna", true),
        new PickListCommand.Scan(
            "scan-1", "anna", 1, "A-01-03", "MUG-BLUE", 2, "L-7", "TOTE-1", ["S-1", "S-2"], After(30), 5, "CART-1"),
        new PickListCommand.ReportShort("short-1", "anna", 2, 1, "MUG-RED", [Place]),
        new PickListCommand.Cancel("cancel-1", "bert", "not today"),
        new PickListCommand.NoteStart("o-1001", 1, FulfilStatus.OnHold, [new("1", 2)]),
        new PickListCommand.NotePick(1, PickStatus.MoreThanHeld, 2, 5),
        new PickListCommand.NoteShort(1, FulfilStatus.MoreThanOpen, 3, true),
        new PickListCommand.NoteSetAside(1, MoveStatus.Reserved),
        new PickListCommand.NoteCounted("short:P-1:1"),
        new PickListCommand.Get(),
        new PickListCommand.GetSettled(),
        new PickListEvent.PickListReleased(Wave, After(10)),
        new PickListEvent.PickListClaimed(By("claim-1"), "anna", After(20), true),
        new PickListEvent.WorkStarted(2, FulfilStatus.OnHold, [new(2, 1)]),
        new PickListEvent.UnitsScanned(
            By("scan-1"), 1, 1, 2, "anna", After(25), "TOTE-1",
            new("A-01-03", "L-7", "PALLET-1", ["S-1", "S-2"], new(2027, 3, 1)), After(30), 5, "CART-1"),
        new PickListEvent.ScanRefused(
            By("scan-2"), 2, 1, PickFault.WrongSku, "anna", After(26), "MUG-GREEN", "A-01-03"),
        new PickListEvent.PickAnswered(1, PickStatus.MoreThanHeld, 2, 1, 5),
        new PickListEvent.ShortReported(By("short-1"), 1, 2, 1, "anna", After(40), [Place]),
        new PickListEvent.ShortReduced(1, 2),
        new PickListEvent.ShortAnswered(1, FulfilStatus.MoreThanOpen),
        new PickListEvent.SetAsideAnswered(1, MoveStatus.Reserved),
        new PickListEvent.SetAsideTried(1),
        new PickListCommand.TrySetAside(1),
        new PickListEvent.ShortCounted(1),
        new PickListEvent.PickListCancelled(By("cancel-1"), "bert", "not today"),
    ];
}
