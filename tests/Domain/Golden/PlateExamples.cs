using Fulfillment.Catalog;
using Fulfillment.Intake;
using Fulfillment.Warehousing;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type about carriers and their numbers, every field with a value of its own.</summary>
static class PlateExamples
{
    const string Pallet = "340123450000000014";

    static readonly PlateCard Card = new(
        PlateKind.Carton, new(600, 400, 320, 900, 30_000), "LEJ1", "A-01-03-2", "issue-1");

    static Operation By(string id) => new(id, 4_711);

    public static IEnumerable<object> All =>
    [
        new LicensePlateCommand.Register(Card, ["CUP", "MUG"]),
        new LicensePlateCommand.Admit("MUG", "LEJ1", "A-01-03-2", true),
        new LicensePlateCommand.Move("m-1", "A-01-04-1", After(10), "A-01-04-1 takes 2000 g"),
        new LicensePlateCommand.Load("l-1", Pallet),
        new LicensePlateCommand.Unload("u-1"),
        new LicensePlateCommand.Turn("t-1", PlateStatus.Closed),
        new LicensePlateCommand.NoteCarried("MUG", 3, 12),
        new LicensePlateCommand.Take("C-1", PlateKind.Carton, "LEJ1", 2),
        new LicensePlateCommand.NoteTaken(Pallet, TakeStatus.Taken, "A-01-04-1", 4, 2),
        new LicensePlateCommand.Follow(Pallet, "A-01-04-1", 5),
        new LicensePlateCommand.NoteFollowed("C-1", 5),
        new LicensePlateCommand.LetGo("C-1", 2),
        new LicensePlateCommand.Get(),
        new LicensePlateCommand.GetSettled(),
        new LicensePlateEvent.PlateRegistered(Card, ["CUP", "MUG"]),
        new LicensePlateEvent.SkuAdmitted("MUG"),
        new LicensePlateCommand.NoteUnits("MUG-BLUE", "LEJ1"),
        new LicensePlateEvent.UnitsCame("MUG-BLUE"),
        new LicensePlateEvent.PlateMoved(By("m-1"), "A-01-04-1", "A-01-04-1 takes 2000 g"),
        new LicensePlateEvent.LoadAsked(By("l-1"), Pallet),
        new LicensePlateEvent.LoadForgone(Pallet, 2),
        new LicensePlateEvent.LoadAnswered(Pallet, TakeStatus.Taken, "A-01-04-1", 4),
        new LicensePlateEvent.PlateUnloaded(By("u-1"), Pallet),
        new LicensePlateEvent.PlateTurned(By("t-1"), PlateStatus.Closed),
        new LicensePlateEvent.UnitsFollowed("MUG", 3, 12),
        new LicensePlateEvent.ChildTaken("C-1", 2),
        new LicensePlateEvent.ParentMoved("A-01-04-1", 5),
        new LicensePlateEvent.ChildFollowed("C-1", 5),
        new LicensePlateEvent.ChildLeft("C-1"),
        new SsccRangeCommand.UsePrefix("3", "4012345"),
        new SsccRangeCommand.Issue("issue-1"),
        new SsccRangeCommand.Get(),
        new SsccRangeEvent.PrefixUsed("3", "4012345"),
        new SsccRangeEvent.SsccIssued("issue-1", Pallet),
    ];
}
