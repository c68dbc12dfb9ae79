namespace Fulfillment.Client.Api;

// What requests and answers about bins, lots and serials look like.

public sealed record ShipLineRequest(
    string? Line, long? Quantity, string? Bin = null, string? Lot = null, string? Lpn = null,
    IReadOnlyList<string?>? Serials = null);

public sealed record PickRequest(
    string? Id, string? Order, string? Node, long? Quantity, string? Bin, string? Lot, string? Lpn,
    IReadOnlyList<string?>? Serials, string? Tote);

/// <summary><c>OverCapacity</c>: into the bin, although it takes no more.</summary>
public sealed record UnpickRequest(
    string? Id, string? Order, string? Node, long? Quantity, string? Lot, string? Lpn, IReadOnlyList<string?>? Serials,
    string? ToBin, bool? OverCapacity = null);

public sealed record PickAnswer(
    string Sku, string Id, string Order, string Node, long Picked, long Committed, IReadOnlyList<SlotBody> Taken);

public sealed record SlotBody(
    string Node, string State, string? Bin, string? Lot, string? Lpn, long Quantity, string? Order = null,
    IReadOnlyList<string>? Serials = null, string? Sku = null);

public sealed record SlotsBody(string Sku, IReadOnlyList<SlotBody> Items, IReadOnlyList<LooseBody> Loose);

/// <summary>Units of which bin, lot and LPN are not known.</summary>
public sealed record LooseBody(string Node, long Quantity);

public sealed record LotBody(
    string Sku, string Lot, DateOnly? ExpiresOn, string Status, string? Reason, long OnHand);

public sealed record LotReasonRequest(string? Reason);

/// <summary>
/// A lot and all of its units: <c>InStock</c>; <c>Moved</c> to quarantine by this call; <c>Left</c> on sale because
/// orders have units committed there (<c>OrdersAtRisk</c>), not to be picked; <c>Picked</c> for orders and still here;
/// and who got any (<c>Shipped</c>, with more at <c>/orders</c>).
/// </summary>
public sealed record LotTraceBody(
    string Sku, string Lot, DateOnly? ExpiresOn, string Status, string? Reason, long OnHand,
    IReadOnlyList<SlotBody> InStock, IReadOnlyList<SlotBody>? Moved, IReadOnlyList<SlotBody>? Left,
    IReadOnlyList<string>? OrdersAtRisk, IReadOnlyList<SlotBody>? Picked, IReadOnlyList<LotOrderBody> Shipped,
    string? Next);

public sealed record LotOrderBody(string Order, long Quantity, DateTimeOffset ShippedAt, BuyerBody? Buyer);

public sealed record BuyerBody(string? Name, string? Email, string? Phone);

public sealed record UnitMoveBody(
    string Sku, string? Lot, string? Serial, string Type, string Node, string State, string? Bin, string? Lpn,
    string? Order, long Quantity, string Actor, DateTimeOffset At, long Position, string? Movement = null);

/// <summary>
/// Where a unit is now: at a node, or with an order; null: nowhere that we know. <c>Transfer</c>: that it is in transit
/// with; then its node is the one that it left.
/// </summary>
public sealed record SerialBody(
    string Serial, string Sku, string? Node, string? State, string? Bin, string? Lot, string? Lpn, string? Order,
    bool Shipped, IReadOnlyList<UnitMoveBody> Moves, string? Transfer = null);
