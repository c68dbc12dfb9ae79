using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Picking;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of replenishment, every field with a value of its own.</summary>
static class RefillExamples
{
    static Operation By(string id) => new(id, 4_711);

    public static IEnumerable<object> All =>
    [
        new RefillCommand.Open("scan:PL-1:7", "A-01-03", "MUG-BLUE", 2, 24),
        new RefillCommand.TakeOn("claim-1", 3, "anna", true),
        new RefillCommand.Carry(
            "move-1", 3, "anna", "R-07", "A-01-03", "MUG-BLUE", 12, "L-7", ["S-1", "S-2"], After(30)),
        new RefillCommand.Carry(
            "move-1", 3, "anna", "R-07", "A-01-03", "MUG-BLUE", 12, "L-7", ["S-1", "S-2"], After(30),
            "A-01-03 takes 24 units"),
        new RefillCommand.Finish("finish-1", 3, "anna"),
        new RefillCommand.NoteMoved(4, MoveStatus.NotThere),
        new RefillCommand.Get(3),
        new RefillCommand.GetSettled(3),
        new RefillEvent.FaceEmptied(By("scan:PL-1:7"), 3, "A-01-03", "MUG-BLUE", 2, 22, After(10)),
        new RefillEvent.TaskClaimed(By("claim-1"), 3, "anna"),
        new RefillEvent.UnitsCarried(
            By("move-1"), 4, 3, "R-07", 12, "anna", After(20), "L-7", ["S-1", "S-2"], After(30)),
        new RefillEvent.UnitsCarried(
            By("move-1"), 4, 3, "R-07", 12, "anna", After(20), "L-7", ["S-1", "S-2"], After(30),
            "A-01-03 takes 24 units"),
        new RefillEvent.CarriedAnswered(4, MoveStatus.NotThere),
        new RefillEvent.TaskFinished(By("finish-1"), 3, "anna"),
    ];
}
