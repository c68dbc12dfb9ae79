using Fulfillment.Intake;
using Fulfillment.Picking;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of a roster of pick lists, every field with a value of its own.</summary>
static class RosterExamples
{
    static readonly NewPickList List = new("noon-1", PickListExamples.Wave);

    public static IEnumerable<object> All =>
    [
        new RosterCommand.Release("noon", [List]),
        new RosterCommand.NoteThere("noon-1", true),
        new RosterCommand.Free("noon-1", [new("o-1001", 1)]),
        new RosterCommand.Get(),
        new RosterCommand.GetThere(["noon-1", "noon-2"]),
        new RosterEvent.ListsReleased(new Operation("noon", 4_711), [List]),
        new RosterEvent.ListArrived("noon-1"),
        new RosterEvent.WorkFreed("noon-1", [new("o-1001", 1)]),
    ];
}
