using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Tests.Domain;

/// <summary>The words in which tests of the SKU are written.</summary>
static class Stock
{
    /// <summary>The SKU of the tests.</summary>
    public static EntityId Self { get; } = EntityId.Of("sku", "default", "ABC-1");

    /// <summary>A SKU after these events.</summary>
    public static Given<Sku, SkuCommand, SkuEvent> Given(params IEnumerable<SkuEvent> events) =>
        new(Self, Product.Start, events);

    public static NodeUnits N1(long units) => new("N1", units);

    public static NodeUnits N2(long units) => new("N2", units);

    public static NodeUnits N3(long units) => new("N3", units);

    public static SkuCard Card(bool backorder = false) => new("A thing", null, backorder, null, [], []);

    public static SkuEvent Defined(bool backorder = false) => new SkuEvent.SkuDefined(Card(backorder), 1);

    /// <summary>The first delivery at a node: <c>r-N1</c>.</summary>
    public static SkuEvent Received(NodeUnits units, long available, StockState state = StockState.Available) =>
        new SkuEvent.StockReceived($"r-{units.Node}", units.Node, state, (int)units.Units, "delivery", available);

    /// <summary>A defined SKU with so many units at N1.</summary>
    public static SkuEvent[] OnHand(int units, bool backorder = false) =>
        [Defined(backorder), Received(N1(units), units)];

    public static SkuEvent.StockReserved Reserved(
        string order, int step, long held, long available, long backordered = 0, long? quantity = null,
        DateTimeOffset? asked = null, DateTimeOffset? until = null, DateTimeOffset? tentative = null,
        DateTimeOffset? sweep = null, int priority = 0, DateTimeOffset? expected = null) =>
        new(order, step, quantity ?? held + backordered, held, backordered, asked ?? Product.Start, until, tentative,
            sweep, available, priority, expected);

    public static SkuEvent.StockAllocated Allocated(string order, int step, long available, params NodeUnits[] picks) =>
        new(order, step, [.. picks], available);

    public static SkuEvent.StockReturned Returned(string order, int step, long available, params NodeUnits[] picks) =>
        new(order, step, [.. picks], available);

    public static SkuEvent.StockReleased Released(
        string order, int step, long held, long available, long backordered = 0, params NodeUnits[] picks) =>
        new(order, step, held, backordered, [.. picks], available);

    public static SkuEvent.StockShipped Shipped(string order, int step, long available, params NodeUnits[] picks) =>
        new(order, step, [.. picks], available);

    public static Standing Holds(
        long version, int step, long held, long backordered = 0, params ImmutableArray<NodeUnits> allocated) =>
        new(version, step, held, backordered, allocated);

    public static ClaimReply Told(
        ClaimStatus status, int step, Standing standing, long available, DateTimeOffset? until = null,
        params ImmutableArray<NodeUnits> free) => new(status, step, standing, free, available, until);

    /// <summary>Refused with this status, and nothing happened.</summary>
    public static Given<Sku, SkuCommand, SkuEvent> ThenRefused(
        this Given<Sku, SkuCommand, SkuEvent> scene, ClaimStatus status)
    {
        Assert.Equal(status, Assert.IsType<ClaimReply>(scene.Reply).Status);
        return scene.ThenNothing();
    }

    /// <summary>Refused with this status, and nothing happened.</summary>
    public static Given<Sku, SkuCommand, SkuEvent> ThenRefused(
        this Given<Sku, SkuCommand, SkuEvent> scene, MoveStatus status)
    {
        Assert.Equal(status, Assert.IsType<MoveReply>(scene.Reply).Status);
        return scene.ThenNothing();
    }

    /// <summary>Refused with this status, and nothing happened.</summary>
    public static Given<Sku, SkuCommand, SkuEvent> ThenRefused(
        this Given<Sku, SkuCommand, SkuEvent> scene, SupplyStatus status)
    {
        Assert.Equal(status, Assert.IsType<SupplyReply>(scene.Reply).Status);
        return scene.ThenNothing();
    }

    /// <summary>Done, whatever the events.</summary>
    public static Given<Sku, SkuCommand, SkuEvent> ThenDone(this Given<Sku, SkuCommand, SkuEvent> scene)
    {
        if (scene.Reply is MoveReply moved) Assert.Equal(MoveStatus.Done, moved.Status);
        else if (scene.Reply is SupplyReply told) Assert.Equal(SupplyStatus.Done, told.Status);
        else Assert.Equal(ClaimStatus.Done, Assert.IsType<ClaimReply>(scene.Reply).Status);
        Assert.NotEmpty(scene.Events);
        return scene;
    }

    /// <summary>The stock as callers see it now.</summary>
    public static StockReply Count(this Given<Sku, SkuCommand, SkuEvent> scene) =>
        Assert.IsType<StockReply>(scene.Ask(new SkuCommand.GetStock()));

    /// <summary>What an order holds as callers see it now.</summary>
    public static Standing Of(this Given<Sku, SkuCommand, SkuEvent> scene, string order) =>
        Assert.IsType<ClaimReply>(scene.Ask(new SkuCommand.GetClaim(order))).Standing;
}
