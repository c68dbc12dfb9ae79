using Fulfillment.Counting;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of a count, every field with a value of its own.</summary>
static class CountExamples
{
    static readonly CountTerms Terms = new(
        "LEJ1", ["A-01-03"], ["MUG-BLUE"], CountReason.Exception, new(3, new(5_000, "EUR"), 2), ["anna"],
        "before noon", "shelf-7", "noon-1");

    static readonly Judgement Judged = new(
        "MUG-BLUE", new("LEJ1", "A-01-03", "L-7", StockState.Qc, 2, ["S-1", "S-9"]), "L-7", 4_711, 3,
        [new(StockState.Qc, -2, ["S-2", "S-3"]), new(StockState.Damaged, 1, ["S-9"])], ["S-2", "S-3"],
        [new("S-9", "BER2", "B-02", StockState.Safety, "o-1001")], new(1_150, "EUR"));

    static Operation By(string id) => new(id, 4_711);

    public static IEnumerable<object> All =>
    [
        new CountCommand.Open(Terms),
        new CountCommand.Scan("scan-1", "anna", 3, Judged),
        new CountCommand.Finish("finish-1", "anna", 4, "A-01-03", [Judged]),
        new CountCommand.Approve("approve-1", "bert", [1, 2], "counted twice"),
        new CountCommand.Reject("reject-1", "bert", [3], "it is on the truck"),
        new CountCommand.Recount("recount-1", "bert", [1]),
        new CountCommand.Cancel("cancel-1", "bert", "not today"),
        new CountCommand.NoteCorrection(1, 2, 1, MoveStatus.Committed),
        new CountCommand.Get(),
        new CountCommand.GetSettled(),
        new CountEvent.CountOpened(Terms, After(10)),
        new CountEvent.UnitsCounted(By("Scan scan-1"), 1, Judged, "anna", After(20)),
        new CountEvent.PlaceFinished(By("Finish finish-1"), "A-01-03", "anna", After(30), [new(2, Judged)], [1, 2]),
        new CountEvent.LinesApproved(By("Approve approve-1"), "bert", [1, 2], "counted twice"),
        new CountEvent.LinesRejected(By("Reject reject-1"), "bert", [3], "it is on the truck"),
        new CountEvent.RecountAsked(By("Recount recount-1"), "bert", [1]),
        new CountEvent.CountCancelled(By("Cancel cancel-1"), "bert", "not today"),
        new CountEvent.CorrectionAnswered(1, 2, 1, MoveStatus.Committed),
    ];
}
