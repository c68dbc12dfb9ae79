using System.Collections.Immutable;

namespace Fulfillment.Inventory;

/// <summary>
/// Units of a SKU that are expected at a node. <c>Units</c>: those still to come. <c>Received</c>: those that came.
/// <c>Source</c>: where they come from, in the caller's words.
/// </summary>
public sealed record Supply(
    string Id, string Node, long Units, DateTimeOffset At, string Source, long Received = 0);

/// <summary>
/// <c>Supply</c>: as it is now; null when it is not open. <c>Moved</c>: who is moved by the change; null for nobody.
/// </summary>
public sealed record SupplyReply(SupplyStatus Status, Supply? Supply = null, ImpactReply? Moved = null);

/// <summary>
/// Units expected by one supply, and at which node; <c>Pegged</c>: those of them that orders wait for.
/// </summary>
public readonly record struct ExpectedUnits(DateTimeOffset At, long Units, long Pegged, string? Node = null);

/// <summary>Units that an order waits for.</summary>
public readonly record struct OrderUnits(string Order, long Units);

/// <summary>
/// A supply and who waits for it. <c>Orders</c>: how many orders; <c>First</c>: those filled first, with their units.
/// </summary>
public sealed record PeggedSupply(Supply Supply, long Pegged, int Orders, ImmutableArray<OrderUnits> First);

/// <summary>Open supplies by date and id.</summary>
public sealed record SuppliesReply(SupplyStatus Status, ImmutableArray<PeggedSupply> Supplies);

/// <summary>When an order's last backordered unit is expected, and when it would be; null: not in sight.</summary>
public readonly record struct MovedPeg(string Order, long Units, DateTimeOffset? From, DateTimeOffset? To);

/// <summary><c>Orders</c>: how many would move; <c>First</c>: those filled first.</summary>
public sealed record ImpactReply(SupplyStatus Status, int Orders, ImmutableArray<MovedPeg> First);

/// <summary>
/// Units that came to the node of a supply, by the id of the movement. <c>From</c>: the node from which they were in
/// transit; null for a supplier's. <c>What</c>: which units they are; of those in transit only serials.
/// </summary>
public readonly record struct ArrivedUnits(
    string Id, StockState State, int Quantity, string Reason, string? From = null, Particulars? What = null);

/// <summary><c>Filled</c>: the orders that waited and got units that arrived now, in that order.</summary>
public sealed record PlanSupplyReply(SupplyStatus Status, ImmutableArray<OrderUnits> Filled);
