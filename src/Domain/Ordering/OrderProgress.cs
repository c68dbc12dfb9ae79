using System.Collections.Immutable;
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

    /// <summary>Stock is held; payment, screening or a hold is still to be cleared.</summary>
    Clearing,

    /// <summary>It will be fulfilled.</summary>
    Accepted,

    /// <summary>It will not be fulfilled.</summary>
    Rejected,

    /// <summary>Nothing more is expected.</summary>
    Closed,
}

/// <summary>Answers that the order waits for and that come without anybody's doing.</summary>
[Flags]
public enum OrderChecks
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A provider is asked for the money as soon as stock is held.</summary>
    Provider = 1,

    /// <summary>A provider is being asked for it.</summary>
    Payment = 2,

    /// <summary>The order is being screened.</summary>
    Screening = 4,
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
/// too; <c>Started</c> those that a node began to work on; <c>Holds</c> open ones.
/// </summary>
public readonly record struct OrderProgress(
    OrderPhase Phase, long Units, long Cancelled, long Allocated, long Shipped, long Delivered, long Started = 0,
    int Holds = 0, OrderChecks Checks = OrderChecks.None)
{
    /// <summary>Units that are not cancelled.</summary>
    public long Live => Units - Cancelled;

    /// <summary>
    /// Stock has decided and the checks have answered as far as they do so by themselves, or nothing is left to decide.
    /// </summary>
    public bool IsDecided => Live == 0
        || (Phase != OrderPhase.Reserving && !(Phase == OrderPhase.Clearing && Checks > OrderChecks.Provider));

    /// <summary>What users call it. <see cref="OrderPhase.None"/> has no status and must not be asked.</summary>
    public OrderStatus Status => Phase switch
    {
        OrderPhase.Rejected => OrderStatus.Rejected,
        OrderPhase.Closed => OrderStatus.Closed,
        OrderPhase.None or OrderPhase.Reserving => Live == 0 ? OrderStatus.Cancelled : OrderStatus.Received,
        OrderPhase.Clearing => Live == 0 ? OrderStatus.Cancelled
            : IsDecided || Holds > 0 ? OrderStatus.Held : OrderStatus.Received,
        OrderPhase.Accepted => Live == 0 ? OrderStatus.Cancelled
            : Delivered == Live ? OrderStatus.Delivered
            : Shipped == Live ? OrderStatus.Shipped
            : Holds > 0 ? OrderStatus.Held
            : Shipped > 0 ? OrderStatus.PartiallyShipped
            : Started > 0 ? OrderStatus.InFulfilment
            : Allocated == Live ? OrderStatus.Allocated
            : Allocated > 0 ? OrderStatus.PartiallyAllocated
            : OrderStatus.Accepted,
    };

    /// <summary>The progress after an event.</summary>
    public OrderProgress After(OrderEvent happened) => happened switch
    {
        OrderEvent.OrderPlaced e => new(
            OrderPhase.Reserving, e.Lines.Sum(l => (long)l.Quantity), 0, 0, 0, 0,
            Checks: (e.Method is null ? OrderChecks.None : OrderChecks.Provider)
                | (e.Signals is null ? OrderChecks.None : OrderChecks.Screening)),
        OrderEvent.PaymentAwaited e => this with
        {
            Phase = OrderPhase.Clearing,
            Cancelled = Cancelled + e.Short.Sum(s => (long)s.Missing),
            Checks = Checks.HasFlag(OrderChecks.Provider) ? Checks | OrderChecks.Payment : Checks,
        },
        OrderEvent.StockSecured e => this with
        {
            Phase = OrderPhase.Clearing,
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
        OrderEvent.KitOpened e => this with { Units = Units + e.Units, Cancelled = Cancelled + e.Cancelled },
        OrderEvent.FulfilmentMoved e => this with
        {
            Allocated = Allocated - e.Units.Sum(u => (long)u.Units),
            Started = Started - e.Started,
        },
        OrderEvent.OrderCancelled e => Fewer(e.Unplaced, e.Withdrawn),
        OrderEvent.GoodsShipped e => this with { Shipped = Shipped + e.Lines.Sum(l => (long)l.Units) },
        OrderEvent.GoodsDelivered e => this with { Delivered = Delivered + e.Lines.Sum(l => (long)l.Units) },
        OrderEvent.OrderClosed => this with { Phase = OrderPhase.Closed },
        OrderEvent.OrderHeld => this with { Holds = Holds + 1 },
        OrderEvent.HoldReleased => this with { Holds = Holds - 1 },
        OrderEvent.MethodGiven => this with { Checks = Checks | OrderChecks.Provider | OrderChecks.Payment },
        OrderEvent.PaymentChanged { Standing.State: Payments.PaymentState.Working } => this,
        OrderEvent.PaymentChanged => this with { Checks = Checks & ~OrderChecks.Payment },
        OrderEvent.OrderScreened => this with { Checks = Checks & ~OrderChecks.Screening },
        OrderEvent.FulfilmentStarted e => this with { Started = Started + e.Units },
        OrderEvent.InterceptAnswered { Stopped: true } e => Stopped(e.Units.Sum(u => (long)u.Units)),
        OrderEvent.EditBegun e => this with { Units = Units + e.Plan.Added.Sum(l => (long)l.Quantity) },
        OrderEvent.EditRefused e => this with { Cancelled = Cancelled + e.Units },
        OrderEvent.OrderEdited e => Fewer(e.Unplaced, e.Withdrawn),
        _ => this,
    };

    OrderProgress Stopped(long units) => this with
    {
        Cancelled = Cancelled + units,
        Allocated = Allocated - units,
        Started = Started - units,
    };

    OrderProgress Fewer(ImmutableArray<LineUnits> unplaced, ImmutableArray<WithdrawnUnits> withdrawn)
    {
        var placed = withdrawn.Sum(w => (long)w.Units);
        return this with
        {
            Cancelled = Cancelled + unplaced.Sum(l => (long)l.Units) + placed,
            Allocated = Allocated - placed,
        };
    }
}
