using System.Text.Json.Serialization;
using Fulfillment.Inventory;

namespace Fulfillment.Ordering;

/// <summary>How far the order's decision is.</summary>
public enum OrderPhase
{
    /// <summary>There is no such order.</summary>
    None,

    /// <summary>Stock has not decided yet.</summary>
    Reserving,

    /// <summary>Stock is held, payment is missing.</summary>
    AwaitingPayment,

    /// <summary>It will be fulfilled.</summary>
    Accepted,

    /// <summary>It will not be fulfilled.</summary>
    Rejected,

    /// <summary>Nothing more is expected.</summary>
    Closed,
}

/// <summary>What users call the state of an order. Always derived from its units, never set.</summary>
public enum OrderStatus
{
    /// <summary>Placed; stock has not decided yet.</summary>
    [JsonStringEnumMemberName("received")] Received,

    /// <summary>Stock is held; something stops it, such as a missing payment.</summary>
    [JsonStringEnumMemberName("held")] Held,

    /// <summary>It will be fulfilled; no unit is committed at a node yet.</summary>
    [JsonStringEnumMemberName("accepted")] Accepted,

    /// <summary>Some units are committed at nodes.</summary>
    [JsonStringEnumMemberName("partially-allocated")] PartiallyAllocated,

    /// <summary>All units are committed at nodes.</summary>
    [JsonStringEnumMemberName("allocated")] Allocated,

    /// <summary>A node works on it.</summary>
    [JsonStringEnumMemberName("in-fulfilment")] InFulfilment,

    /// <summary>Some units have left.</summary>
    [JsonStringEnumMemberName("partially-shipped")] PartiallyShipped,

    /// <summary>All units have left.</summary>
    [JsonStringEnumMemberName("shipped")] Shipped,

    /// <summary>All units have arrived.</summary>
    [JsonStringEnumMemberName("delivered")] Delivered,

    /// <summary>Nothing more is expected.</summary>
    [JsonStringEnumMemberName("closed")] Closed,

    /// <summary>Stock did not cover it.</summary>
    [JsonStringEnumMemberName("rejected")] Rejected,

    /// <summary>All units were cancelled.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,
}

/// <summary>
/// The units of an order by how far they are: a small fold of the order's events, from which its status follows. The
/// order and the lists that show it use the same fold. <c>Allocated</c> counts units in fulfilment orders, shipped ones
/// too.
/// </summary>
public readonly record struct OrderProgress(
    OrderPhase Phase, long Units, long Cancelled, long Allocated, long Shipped, long Delivered)
{
    /// <summary>Units that are not cancelled.</summary>
    public long Live => Units - Cancelled;

    /// <summary>Stock has decided, or there is nothing left to decide.</summary>
    public bool IsDecided => Phase != OrderPhase.Reserving || Live == 0;

    /// <summary>What users call it. <see cref="OrderPhase.None"/> has no status and must not be asked.</summary>
    public OrderStatus Status => Phase switch
    {
        OrderPhase.Rejected => OrderStatus.Rejected,
        OrderPhase.Closed => OrderStatus.Closed,
        OrderPhase.None or OrderPhase.Reserving => Live == 0 ? OrderStatus.Cancelled : OrderStatus.Received,
        OrderPhase.AwaitingPayment => Live == 0 ? OrderStatus.Cancelled : OrderStatus.Held,
        OrderPhase.Accepted => Live == 0 ? OrderStatus.Cancelled
            : Delivered == Live ? OrderStatus.Delivered
            : Shipped == Live ? OrderStatus.Shipped
            : Shipped > 0 ? OrderStatus.PartiallyShipped
            : Allocated == Live ? OrderStatus.Allocated
            : Allocated > 0 ? OrderStatus.PartiallyAllocated
            : OrderStatus.Accepted,
    };

    /// <summary>The progress after an event.</summary>
    public OrderProgress After(OrderEvent happened) => happened switch
    {
        OrderEvent.OrderPlaced e => new(OrderPhase.Reserving, e.Lines.Sum(l => (long)l.Quantity), 0, 0, 0, 0),
        OrderEvent.PaymentAwaited e => this with
        {
            Phase = OrderPhase.AwaitingPayment,
            Cancelled = Cancelled + e.Short.Sum(s => (long)s.Missing),
        },
        OrderEvent.OrderAccepted e => this with
        {
            Phase = OrderPhase.Accepted,
            Cancelled = Cancelled + e.Short.Sum(s => (long)s.Missing),
        },
        OrderEvent.OrderRejected => this with { Phase = OrderPhase.Rejected },
        OrderEvent.FulfilmentOpened e => this with
        {
            Allocated = Allocated + e.Fulfilments.Sum(f => f.Lines.Sum(l => (long)l.Units)),
        },
        OrderEvent.OrderCancelled e => this with
        {
            Cancelled = Cancelled + e.Unplaced.Sum(l => (long)l.Units) + e.Withdrawn.Sum(w => (long)w.Units),
            Allocated = Allocated - e.Withdrawn.Sum(w => (long)w.Units),
        },
        OrderEvent.GoodsShipped e => this with { Shipped = Shipped + e.Lines.Sum(l => (long)l.Units) },
        OrderEvent.GoodsDelivered e => this with { Delivered = Delivered + e.Lines.Sum(l => (long)l.Units) },
        OrderEvent.OrderClosed => this with { Phase = OrderPhase.Closed },
        _ => this,
    };
}
