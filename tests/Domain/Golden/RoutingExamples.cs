using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using Fulfillment.Warehousing;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// What the order and the router tell each other, and one message of each type about nodes and the work that they are
/// given, every field with a value of its own.
/// </summary>
static class RoutingExamples
{
    static readonly ImmutableArray<NodeUnits> Nodes = [new("BER2", 3), new("LEJ1", 2)];
    static readonly ImmutableArray<LineUnits> Asked = [new("1", 2), new("1", 1)], Lines = [new("1", 3)];
    static readonly RefusedNode Refused = new("BER2", new(2026, 11, 27), "full");

    /// <summary>What carrying the goods asks for.</summary>
    public static ProductFacts Product { get; } =
        new(350, 120, 110, 100, ["fragile"], After(172_800), 1_100, "EUR", "69120023", "PT", 90, "Mug of stoneware");

    /// <summary>When goods leave and arrive.</summary>
    public static Promise Promised { get; } = new(
        After(1), After(36_000), After(90_000), new(2026, 11, 28), new(2026, 12, 1),
        [new(PromiseStep.Cutoff, After(57_600)), new(PromiseStep.Transit, After(259_200))]);

    /// <summary>A plan with its reasons.</summary>
    public static RoutePlan Plan { get; } = new(
        3, "cost-1", [new("MUG-BLUE", Nodes, ["HAM1", "MUC1"])],
        new(
            7, "EUR", 990, 12,
            [
                new("BER2", 149, [], 490, new(2026, 11, 28)),
                new("VIE1", null, [new(Constraint.HandlingClass, "MUG-BLUE", "does not handle fragile")], null, null),
            ],
            [
                new(
                    "LEJ1", new(2026, 11, 30), true, "standard", new(410, 150, 30, 20, 10, -5, 15), Promised,
                    After(86_400), true, 77),
            ],
            [new("MUG-RED", 4)], new(["HAM1", "LEJ1"], 1_010), "node-ids",
            new(8, ["MUC1"], 970, new(2026, 11, 29))));

    /// <summary>The question that it answers.</summary>
    public static RoutingMessage Question { get; } = new RoutingMessage.PlanRoute(
        3, [new("MUG-BLUE", 5, Nodes, Product, [new("LEJ1", 1)], [new("cn", "not from there", ["CN"])])],
        new(
            "default", "DE", "04109", After(2), new(2026, 12, 1), true, [Refused], After(86_400), 51.339695,
            12.373075, ["BER2"], "shop"));

    /// <summary>Commands and events.</summary>
    public static IEnumerable<object> All =>
    [
        new OrderCommand.TakeRoom("LEJ1", 2, RoomStatus.Full),
        new OrderCommand.RouteAgain(3, true, "MUC1 is back"),
        new OrderCommand.LeaveNode("LEJ1", "no power"),
        new OrderCommand.MoveWork("mv-1", 2, "BER2", Asked, "LEJ1 is slow", "ann", true, true),
        new OrderCommand.SplitWork("sp-1", 2, Asked),
        new OrderCommand.MergeWork("me-1", 2, 3),
        new OrderCommand.PauseWork("pa-1", 2, "the shelf is blocked", "ann"),
        new OrderCommand.ResumeWork("re-1", 2, "bob"),
        new OrderCommand.AnswerRequest(2, true, "gladly"),
        new OrderCommand.NoteReturn("LEJ1"),
        new OrderCommand.NoteDue(2),
        new OrderEvent.RoomAnswered("LEJ1", 2, RoomStatus.Full, 3),
        new OrderEvent.RoutingRetried(true, "MUC1 is back", true),
        new OrderEvent.FulfilmentMoved("mv-1", 2, Asked, Lines, "BER2", Refused, "LEJ1 is slow", "ann", true, 2),
        new OrderEvent.FulfilmentSplit("sp-1", 2, Asked, Lines, 3),
        new OrderEvent.FulfilmentsMerged("me-1", 2, 3, Lines),
        new OrderEvent.FulfilmentPaused("pa-1", 2, After(3_000), "the shelf is blocked", "ann"),
        new OrderEvent.FulfilmentResumed("re-1", 2, After(3_600), "bob"),
        new OrderEvent.FulfilmentDue(2),
        new OrderEvent.NodeAwaited(2, "no power"),
        new OrderEvent.NodeReturned(2),
        new OrderEvent.RequestAnswered(2, true, "gladly"),
    ];
}
