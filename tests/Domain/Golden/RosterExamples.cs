using Fulfillment.Intake;
using Fulfillment.Picking;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of a roster of pick lists, every field with a value of its own.</summary>
static class RosterExamples
{
    static readonly NewPickList List = new("noon-1", PickListExamples.Wave);

    static readonly ListedUnits Units = new("MUG-BLUE", "A-01-03", "L-7", 2);

    public static IEnumerable<object> All =>
    [
        new RosterCommand.Release("noon", [List], 41),
        new RosterCommand.NoteThere("noon-1", true),
        new RosterCommand.NoteBegun("noon-1"),
        new RosterCommand.Free("noon-1", [new("o-1001", 1)]),
        new RosterCommand.Get(),
        new RosterCommand.GetThere(["noon-1", "noon-2"]),
        new RosterCommand.GetUnits(["MUG-BLUE"], ["noon-1"]),
        new RosterCommand.Promise("short-1", "noon-1", [Units], 42),
        new RosterCommand.Withdraw("short-1", "noon-1"),
        new RosterEvent.ListsReleased(new Operation("noon", 4_711), [List], true),
        new RosterEvent.ListBegun("noon-1"),
        new RosterEvent.UnitsPromised("short-1", "noon-1", [Units]),
        new RosterEvent.PromiseWithdrawn("short-1", "noon-1"),
        new RosterEvent.ListArrived("noon-1"),
        new RosterEvent.WorkFreed("noon-1", [new("o-1001", 1)]),
    ];
}
