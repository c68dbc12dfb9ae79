using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;

namespace Fulfillment.Tests.Domain;

/// <summary>The words in which tests of the order are written.</summary>
static class Orders
{
    /// <summary>The order of the tests.</summary>
    public static EntityId Self { get; } = EntityId.Of("order", "default", "o-1");

    /// <summary>An order after these events.</summary>
    public static Given<Order, OrderCommand, OrderEvent> Given(params IEnumerable<OrderEvent> events) =>
        new(Self, Product.Start, events);

    public static NodeUnits N1(long units) => new("N1", units);

    public static NodeUnits N2(long units) => new("N2", units);

    /// <summary>A line; with a price in EUR where one is told.</summary>
    public static OrderLine Line(string id, string sku, int quantity, long? cents = null) =>
        new(id, sku, quantity, cents is { } price ? new Money(price, "EUR") : null);

    public static Money Eur(long cents) => new(cents, "EUR");

    public static LineUnits Of(string line, int units) => new(line, units);

    public static OrderCommand.Place Place(params ImmutableArray<OrderLine> lines) =>
        new("web", null, null, null, lines, PaymentPolicy.None, AllocationPolicy.AllOrNothing);

    /// <summary>The event of an order that is placed when the test begins.</summary>
    public static OrderEvent.OrderPlaced Placed(OrderCommand.Place p, Money? total = null) => new(
        p.Channel, Product.Start, p.OrderedAt, p.ShipTo, p.Buyer, p.Lines, p.Payment, p.Allocation, total,
        p.Charges, p.Method, p.Signals, p.Wishes);

    public static OrderEvent.OrderPlaced Placed(params ImmutableArray<OrderLine> lines) => Placed(Place(lines));

    public static OrderEvent.OrderPlaced PlacedShipAvailable(params ImmutableArray<OrderLine> lines) =>
        Placed(Place(lines) with { Allocation = AllocationPolicy.ShipAvailable });

    public static OrderEvent.OrderPlaced PlacedPrepaid(long total, params ImmutableArray<OrderLine> lines) =>
        Placed(Place(lines) with { Payment = PaymentPolicy.Prepaid }, Eur(total));

    public static Standing Holds(
        long version, int step, long held, long backordered = 0, params ImmutableArray<NodeUnits> allocated) =>
        new(version, step, held, backordered, allocated);

    /// <summary>What a SKU answers.</summary>
    public static StockAnswer Answer(
        string sku, int step, ClaimStatus status, Standing? standing = null, long available = 0,
        params ImmutableArray<NodeUnits> free) => new(sku, step, status, standing ?? Standing.None, free, available);

    /// <summary>The SKU holds so many for the order; N1 has just as many.</summary>
    public static StockAnswer Granted(string sku, int step, long held, long backordered = 0) =>
        Answer(sku, step, ClaimStatus.Done, Holds(step, step, held, backordered), 0, held > 0 ? [N1(held)] : []);

    /// <summary>The SKU has committed so many at nodes, and holds none.</summary>
    public static StockAnswer Committed(string sku, int step, params ImmutableArray<NodeUnits> at) =>
        Answer(sku, step, ClaimStatus.Done, Holds(step, step, 0, 0, at));

    /// <summary>The SKU has taken everything back.</summary>
    public static StockAnswer TookBack(string sku, int step) =>
        Answer(sku, step, ClaimStatus.Done, Holds(step, step, 0));

    public static RoutePlan Plan(int round, params ImmutableArray<RoutePick> picks) => new(round, "test", picks);

    public static RoutePick Pick(string sku, params ImmutableArray<NodeUnits> nodes) => new(sku, nodes);

    public static NewFulfilment Opened(int number, string node, params ImmutableArray<OpenedUnits> lines) =>
        new(number, node, lines);

    public static OpenedUnits Units(string line, string sku, int units) => new(line, sku, units);

    /// <summary>An order of two units of A, line 1, that N1 is to ship.</summary>
    public static OrderEvent[] AtNode(OrderEvent.OrderPlaced? placed = null) =>
    [
        placed ?? Placed(Line("1", "A", 2)),
        new OrderEvent.OrderAccepted(Granted("A", 1, 2), []),
        new OrderEvent.OrderRouted(Plan(1, Pick("A", N1(2)))),
        new OrderEvent.FulfilmentOpened(Committed("A", 2, N1(2)), [Opened(1, "N1", Units("1", "A", 2))]),
    ];

    /// <summary>A node has begun to work on the first fulfilment order of <see cref="AtNode"/>.</summary>
    public static OrderEvent[] Started(OrderEvent.OrderPlaced? placed = null) =>
        [.. AtNode(placed), new OrderEvent.FulfilmentStarted("w-1", 1, Product.Start, 2)];

    public static Send ToSku(string sku, SkuCommand command) => new(EntityId.Of("sku", "default", sku), command);

    public static Send ToRouter(int round, params ImmutableArray<RouteLine> lines) =>
        new(new("router", ""), new RoutingMessage.PlanRoute(round, lines, new(
            "default", null, null, Product.Start, Channel: "web")));

    public static Send Timer(OrderCommand command, DateTimeOffset due) => new(Self, command, due);

    public static OrderCommand Take(StockAnswer answer) => new OrderCommand.TakeAnswer(answer);

    /// <summary>The order as callers see it now.</summary>
    public static OrderReply See(this Given<Order, OrderCommand, OrderEvent> scene) =>
        Assert.IsType<OrderAnswer>(scene.Ask(new OrderCommand.Get())).Order!;

    /// <summary>Told this status and the order as it is, and nothing happened.</summary>
    public static Given<Order, OrderCommand, OrderEvent> ThenRefused<TStatus>(
        this Given<Order, OrderCommand, OrderEvent> scene, TStatus status)
        where TStatus : struct, Enum => scene.ThenTold(status).ThenNothing();

    /// <summary>Told this status and the order as it is now.</summary>
    public static Given<Order, OrderCommand, OrderEvent> ThenTold<TStatus>(
        this Given<Order, OrderCommand, OrderEvent> scene, TStatus status)
        where TStatus : struct, Enum
    {
        var (told, order) = scene.Reply switch
        {
            PlaceReply r => ((Enum)r.Status, r.Order),
            PaymentReply r => (r.Status, r.Order),
            CancelReply r => (r.Status, r.Order),
            FulfilReply r => (r.Status, r.Order),
            HoldReply r => (r.Status, r.Order),
            EditReply r => (r.Status, r.Order),
            InterceptReply r => (r.Status, r.Order),
            MethodReply r => (r.Status, r.Order),
            _ => throw new ArgumentException(Text.Of(scene.Reply), nameof(scene)),
        };
        Assert.Equal<Enum>(status, told);
        if (told is not PlaceStatus.Placed) Assert.Equal(Text.Of(scene.See()), Text.Of(order));
        return scene;
    }
}
