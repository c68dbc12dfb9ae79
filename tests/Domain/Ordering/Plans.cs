using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using Fulfillment.Warehousing;
using static Fulfillment.Tests.Domain.Orders;

namespace Fulfillment.Tests.Domain;

/// <summary>The words in which tests of plans, and of the room that they need, are written.</summary>
static class Plans
{
    /// <summary>The first day of the tests' plans: the Monday after the day of the tests.</summary>
    public static DateOnly Monday { get; } = new(2026, 11, 30);

    /// <summary>When the goods of a plan for that day, counted from Monday, leave and arrive.</summary>
    public static Promise Promised(int day = 0) => new(
        Product.Start, Product.Start.AddDays(3 + day), Product.Start.AddDays(3 + day), Monday.AddDays(day + 1),
        Monday.AddDays(day + 2), [new(PromiseStep.Transit, Product.Start.AddDays(5 + day))]);

    /// <summary>A leg that claims room, so many days after Monday.</summary>
    public static RouteLeg Leg(string node, int day = 0) =>
        new(node, Monday.AddDays(day), true, "standard", new(490, 0, 0, 0, 0, 0, 0), Promised(day));

    public static RoutePlan Decided(int round, RouteLeg[] legs, params ImmutableArray<RoutePick> picks) =>
        new(round, "test", picks, new(1, "EUR", 490, 0, [], [.. legs], []));

    /// <summary>The plan leaves these units, and N9 may not serve them.</summary>
    public static RoutePlan Leaving(this RoutePlan plan, params ImmutableArray<Unserved> units) => plan with
    {
        Decision = plan.Decision! with
        {
            Unserved = units,
            Candidates =
            [
                new("N1", 10, [], 490, Monday),
                new("N9", 20, [new(Constraint.HandlingClass, null, "no fragile")], null, null),
            ],
        },
    };

    /// <summary>The fulfilment order as that leg has it.</summary>
    public static NewFulfilment Opened(int number, RouteLeg leg, params ImmutableArray<OpenedUnits> lines) =>
        new(number, leg.Node, lines, leg.Day, leg.Claims, leg.NotBefore, leg.Asks, leg.Promise.LatestShip);

    /// <summary>Room for so many, so many days after Monday.</summary>
    public static DayRoom On(int day, int count = 1) => new(Monday.AddDays(day), count);

    public static Send ToNode(string node, int step, params ImmutableArray<DayRoom> days) =>
        new(new("node", node), new NodeCommand.ClaimRoom("default/o-1", step, days));

    /// <summary>A node answers the claim.</summary>
    public static OrderCommand Says(string node, RoomStatus status, int step = 1) =>
        new OrderCommand.TakeRoom(node, step, status);

    /// <summary>The answer to a claim for the room of so many fulfilment orders.</summary>
    public static OrderEvent Said(string node, RoomStatus status, int step = 1, int count = 1) =>
        new OrderEvent.RoomAnswered(node, step, status, count);

    public static OrderCommand Follow(RoutePlan plan) => new OrderCommand.FollowPlan(plan);

    public static RefusedNode Refused(string node, int? day, string reason) =>
        new(node, day is { } d ? Monday.AddDays(d) : null, reason);

    /// <summary>The question that follows a plan: what the first one promised is kept where it can be.</summary>
    public static Send ToRouterAgain(
        int round, Promise promised, RefusedNode[] refused, params ImmutableArray<RouteLine> lines) => new(
        new("router", ""), new RoutingMessage.PlanRoute(round, lines, new(
            "default", null, null, Product.Start, promised.LatestDelivery,
            Refused: refused.Length == 0 ? default : [.. refused], Channel: "web")));

    /// <summary>The question says that these nodes have work of the order already.</summary>
    public static Send Beside(this Send asked, params string[] nodes)
    {
        var ask = (RoutingMessage.PlanRoute)asked.Command;
        return asked with { Command = ask with { Facts = ask.Facts! with { Working = [.. nodes] } } };
    }

    /// <summary>A SKU found a node short of what was to be committed.</summary>
    public static StockAnswer NodeShort(string sku, int step, long held, params ImmutableArray<NodeUnits> free) =>
        Answer(sku, step, ClaimStatus.NodeShort, Holds(1, 1, held), 0, free);
}
