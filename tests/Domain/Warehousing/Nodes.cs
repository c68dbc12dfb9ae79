using System.Collections.Immutable;
using Fulfillment.Ordering;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>The words in which tests of the node are written.</summary>
static class Nodes
{
    /// <summary>The node of the tests.</summary>
    public static EntityId Self { get; } = new("node", "LEJ1");

    /// <summary>The day on which all tests play: a Friday.</summary>
    public static DateOnly Today { get; } = DateOnly.FromDateTime(Product.Start.UtcDateTime);

    /// <summary>A node after these events.</summary>
    public static Given<Node, NodeCommand, NodeEvent> Given(params IEnumerable<NodeEvent> events) =>
        new(Self, Product.Start, events);

    public static NodeCard Leipzig(int? capacity) =>
        new("Leipzig", NodeType.Warehouse, 10, "DE", "04109", 51.34, 12.37, capacity);

    /// <summary>A node that can do so many fulfilment orders on a day.</summary>
    public static NodeEvent.NodeDefined Of(int? capacity) => new(Leipzig(capacity), 1);

    /// <summary>Room for so many fulfilment orders, so many days from the day of the tests.</summary>
    public static DayRoom In(int days, int count) => new(Today.AddDays(days), count);

    public static NodeCommand.ClaimRoom Claim(string order, int step, params ImmutableArray<DayRoom> days) =>
        new($"default/{order}", step, days);

    /// <summary>An order got room; <paramref name="used"/>: of each of its days, by all orders.</summary>
    public static NodeEvent.RoomClaimed Claimed(
        string order, int step, ImmutableArray<DayRoom> days, params ImmutableArray<DayRoom> used) =>
        new($"default/{order}", step, days, used, Today);

    public static RoomReply Room(RoomStatus status, int step) => new(status, step);

    public static Send ToOrder(string order, OrderCommand command) =>
        new(EntityId.Of("order", "default", order), command);

    public static Send ToBoard(bool waiting, string? after = null) =>
        new(new("board", ""), new BoardMessage.FindWork("LEJ1", waiting, after));

    /// <summary>So answered, whatever happened.</summary>
    public static Given<Node, NodeCommand, NodeEvent> ThenTo(
        this Given<Node, NodeCommand, NodeEvent> scene, RoomStatus status)
    {
        Assert.Equal(status, Assert.IsType<RoomReply>(scene.Reply).Status);
        return scene;
    }
}
