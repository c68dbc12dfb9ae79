using System.Collections.Immutable;

namespace Fulfillment.Ordering;

/// <summary>
/// A line and where its units are. <c>Reserved</c>: held, not committed at a node yet. <c>Expected</c>: when the last
/// of the order's backordered units of the SKU is; null when none is, or no supply covers it.
/// </summary>
public sealed record LineReply(
    OrderLine Line, long Reserved, long Backordered, int Allocated, int Shipped, int Delivered, int Cancelled,
    LineCharges? Charges, DateTimeOffset? Expected = null);

/// <summary>
/// An order as callers see it. Lines in the buyer's order, fulfilment orders by number. <c>Parcels</c>: those that have
/// a label, or are getting one, and have not left.
/// </summary>
public sealed record OrderReply(
    OrderStatus Status, long Version, OrderEvent.OrderPlaced Placed, ImmutableArray<LineReply> Lines,
    ImmutableArray<Fulfilment> Fulfilments, long PaidMinor, Money? Due, DateTimeOffset? PayBy, RejectReason? Rejected,
    ImmutableArray<ShortLine> Short, string? CancelReason, Clearance Clearance, ImmutableArray<Intercept> Intercepts,
    ImmutableArray<RefusedEdit> RefusedEdits, Sourcing? Sourcing = null, ImmutableArray<KitLine> Kits = default,
    ImmutableArray<ParcelledUnits> Parcels = default);

/// <summary>The answer to a question about an order; null when there is no such order.</summary>
public sealed record OrderAnswer(OrderReply? Order);
