using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Inventory;
using Fulfillment.Payments;
using Fulfillment.Routing;
using Fulfillment.Screening;
using Fulfillment.Warehousing;

namespace Fulfillment.Ordering;

/// <summary>What happened to an order. <c>Answer</c>: the stock answer that completed the step, when one did.</summary>
[JsonDerivedType(typeof(OrderPlaced), "order-placed")]
[JsonDerivedType(typeof(StockAnswered), "stock-answered")]
[JsonDerivedType(typeof(ClaimChanged), "claim-changed")]
[JsonDerivedType(typeof(ReservationDeferred), "reservation-deferred")]
[JsonDerivedType(typeof(ReservationRetried), "reservation-retried")]
[JsonDerivedType(typeof(ReservationsYielded), "reservations-yielded")]
[JsonDerivedType(typeof(PaymentAwaited), "payment-awaited")]
[JsonDerivedType(typeof(PaymentConfirmed), "payment-confirmed")]
[JsonDerivedType(typeof(OrderAccepted), "order-accepted")]
[JsonDerivedType(typeof(OrderRejected), "order-rejected")]
[JsonDerivedType(typeof(OrderRouted), "order-routed")]
[JsonDerivedType(typeof(FulfilmentOpened), "fulfilment-opened")]
[JsonDerivedType(typeof(OrderCancelled), "order-cancelled")]
[JsonDerivedType(typeof(GoodsShipped), "goods-shipped")]
[JsonDerivedType(typeof(PackingBegun), "packing-begun")]
[JsonDerivedType(typeof(PackingEnded), "packing-ended")]
[JsonDerivedType(typeof(FulfilmentPacked), "fulfilment-packed")]
[JsonDerivedType(typeof(GoodsDelivered), "goods-delivered")]
[JsonDerivedType(typeof(OrderClosed), "order-closed")]
[JsonDerivedType(typeof(StockSecured), "stock-secured")]
[JsonDerivedType(typeof(OrderHeld), "order-held")]
[JsonDerivedType(typeof(HoldReleased), "hold-released")]
[JsonDerivedType(typeof(BuyerAsked), "buyer-asked")]
[JsonDerivedType(typeof(HoldOverdue), "hold-overdue")]
[JsonDerivedType(typeof(MethodGiven), "method-given")]
[JsonDerivedType(typeof(PaymentChanged), "payment-changed")]
[JsonDerivedType(typeof(RefundConfirmed), "refund-confirmed")]
[JsonDerivedType(typeof(TraceTold), "trace-told")]
[JsonDerivedType(typeof(OrderScreened), "order-screened")]
[JsonDerivedType(typeof(FulfilmentStarted), "fulfilment-started")]
[JsonDerivedType(typeof(InterceptOpened), "intercept-opened")]
[JsonDerivedType(typeof(InterceptAnswered), "intercept-answered")]
[JsonDerivedType(typeof(EditBegun), "edit-begun")]
[JsonDerivedType(typeof(OrderEdited), "order-edited")]
[JsonDerivedType(typeof(EditRefused), "edit-refused")]
[JsonDerivedType(typeof(KitOpened), "kit-opened")]
[JsonDerivedType(typeof(RoomAnswered), "room-answered")]
[JsonDerivedType(typeof(RoutingRetried), "routing-retried")]
[JsonDerivedType(typeof(FulfilmentMoved), "fulfilment-moved")]
[JsonDerivedType(typeof(FulfilmentSplit), "fulfilment-split")]
[JsonDerivedType(typeof(FulfilmentsMerged), "fulfilments-merged")]
[JsonDerivedType(typeof(FulfilmentPaused), "fulfilment-paused")]
[JsonDerivedType(typeof(FulfilmentResumed), "fulfilment-resumed")]
[JsonDerivedType(typeof(FulfilmentDue), "fulfilment-due")]
[JsonDerivedType(typeof(RequestAnswered), "request-answered")]
[JsonDerivedType(typeof(NodeAwaited), "node-awaited")]
[JsonDerivedType(typeof(NodeReturned), "node-returned")]
public abstract partial record OrderEvent
{
    /// <summary>The buyer ordered.</summary>
    public sealed record OrderPlaced(
        string Channel, DateTimeOffset PlacedAt, DateTimeOffset? OrderedAt, Destination? ShipTo, Personal<Buyer>? Buyer,
        ImmutableArray<OrderLine> Lines, PaymentPolicy Payment, AllocationPolicy Allocation, Money? Total,
        OrderCharges? Charges = null, PaymentMethod? Method = null, Signals? Signals = null, Wishes? Wishes = null,
        OrderCustoms? Customs = null)
        : OrderEvent;

    /// <summary>A SKU answered, and the order waits for more answers.</summary>
    public sealed record StockAnswered(StockAnswer Answer) : OrderEvent;

    /// <summary>A SKU changed the claim by itself.</summary>
    public sealed record ClaimChanged(string Sku, Standing Standing, ImmutableArray<NodeUnits> Free) : OrderEvent;

    /// <summary>The units are held by undecided orders; asked again at <c>At</c>.</summary>
    public sealed record ReservationDeferred(StockAnswer Answer, DateTimeOffset At) : OrderEvent;

    /// <summary>Asked again.</summary>
    public sealed record ReservationRetried(string Sku) : OrderEvent;

    /// <summary>Gave back what it held, to ask one SKU after the other and let somebody win.</summary>
    public sealed record ReservationsYielded(StockAnswer? Answer) : OrderEvent;

    /// <summary>
    /// Stock is held; payment is due by <c>Until</c>. <c>Short</c>: lines cancelled for lack of stock.
    /// </summary>
    public sealed record PaymentAwaited(StockAnswer? Answer, ImmutableArray<ShortLine> Short, DateTimeOffset Until)
        : OrderEvent;

    /// <summary>So much was paid; <c>PaidMinor</c>: in all.</summary>
    public sealed record PaymentConfirmed(string Id, Money Amount, long PaidMinor) : OrderEvent;

    /// <summary>
    /// The order will be fulfilled. <c>Short</c>: lines cancelled, in whole or part, for lack of stock.
    /// </summary>
    public sealed record OrderAccepted(StockAnswer? Answer, ImmutableArray<ShortLine> Short) : OrderEvent;

    /// <summary>The order will not be fulfilled.</summary>
    public sealed record OrderRejected(StockAnswer? Answer, RejectReason Reason, ImmutableArray<ShortLine> Short)
        : OrderEvent;

    /// <summary>Nodes were chosen.</summary>
    public sealed record OrderRouted(RoutePlan Plan) : OrderEvent;

    /// <summary>Stock is committed and work is given to nodes, one fulfilment order each.</summary>
    public sealed record FulfilmentOpened(StockAnswer? Answer, ImmutableArray<NewFulfilment> Fulfilments) : OrderEvent;

    /// <summary>
    /// Units were cancelled: <c>Unplaced</c> ones, and ones withdrawn from fulfilment orders. <c>CloseAt</c>: when the
    /// order closes, if all that is left of it has arrived. <c>Fraud</c>: because somebody takes it for fraud.
    /// </summary>
    public sealed record OrderCancelled(
        string Id, string Reason, ImmutableArray<LineUnits> Asked, ImmutableArray<LineUnits> Unplaced,
        ImmutableArray<WithdrawnUnits> Withdrawn, DateTimeOffset? CloseAt = null, bool Fraud = false) : OrderEvent;

    /// <summary>
    /// Goods left the node. <c>Asked</c>: the lines the caller named, none for all that were open. <c>Boxes</c>: the
    /// LPNs of those they left in; default when nobody told. <c>Parcel</c>: the labelled one that they are.
    /// </summary>
    public sealed record GoodsShipped(
        string Id, int Fulfilment, DateTimeOffset At, ImmutableArray<LineUnits> Asked, ImmutableArray<LineUnits> Lines,
        string? Carrier, string? TrackingNumber, ImmutableArray<string> Boxes = default, string? Parcel = null)
        : OrderEvent;

    /// <summary>A fulfilment order is packed at a bench: from now on its boxes leave, and nothing else of it.</summary>
    public sealed record PackingBegun(int Fulfilment, DateTimeOffset At, long Step = 0) : OrderEvent;

    /// <summary>Its bench has given it up: it ships as without one.</summary>
    public sealed record PackingEnded(int Fulfilment, DateTimeOffset At, long Step) : OrderEvent;

    /// <summary>
    /// All of a fulfilment order is in closed boxes, or is no more. <c>Step</c> numbers what its bench tells.
    /// </summary>
    public sealed record FulfilmentPacked(int Fulfilment, long Step, bool IsPacked, DateTimeOffset At) : OrderEvent;

    /// <summary>
    /// Goods arrived; <c>CloseAt</c>: when the order closes, if this was the last of it. <c>Shipment</c>: the one that
    /// they are of; null for all that was on its way.
    /// </summary>
    public sealed record GoodsDelivered(
        string Id, int Fulfilment, DateTimeOffset At, ImmutableArray<LineUnits> Lines, DateTimeOffset? CloseAt,
        string? Shipment = null) : OrderEvent;

    /// <summary>Nothing more is expected.</summary>
    public sealed record OrderClosed : OrderEvent;

    /// <summary>
    /// Stock is held; something that is no payment is still to be cleared. <c>Short</c>: lines cancelled for lack of
    /// stock.
    /// </summary>
    public sealed record StockSecured(StockAnswer? Answer, ImmutableArray<ShortLine> Short) : OrderEvent;

    /// <summary>
    /// Something stops the order. <c>Id</c>: of the caller's operation, null when a rule did it. <c>Stops</c>: numbers
    /// of the fulfilment orders that must not go on.
    /// </summary>
    public sealed record OrderHeld(string? Id, Hold Hold, ImmutableArray<int> Stops) : OrderEvent;

    /// <summary>
    /// A hold was released. <c>Goes</c>: numbers of the fulfilment orders that may go on, none while others stop them.
    /// <c>Looks</c>: nodes are asked for again, as in <see cref="RoutingRetried"/>.
    /// </summary>
    public sealed record HoldReleased(
        string? Id, int Number, DateTimeOffset At, string By, string Reason, ImmutableArray<int> Goes,
        bool Looks = false) : OrderEvent;

    /// <summary>The buyer was asked; he has until <c>Until</c>.</summary>
    public sealed record BuyerAsked(string Id, int Number, string Question, string By, DateTimeOffset Until)
        : OrderEvent;

    /// <summary>A hold should have been decided by now.</summary>
    public sealed record HoldOverdue(int Number) : OrderEvent;

    /// <summary>The buyer gave a means of payment, the <c>Attempt</c>-th.</summary>
    public sealed record MethodGiven(string Id, PaymentMethod Method, int Attempt) : OrderEvent;

    /// <summary>The payment stands differently.</summary>
    public sealed record PaymentChanged(PaymentStanding Standing) : OrderEvent;

    /// <summary>So much was given back; <c>PaidMinor</c>: what is left of what was confirmed as paid.</summary>
    public sealed record RefundConfirmed(string Id, Money Amount, string Reason, long PaidMinor) : OrderEvent;

    /// <summary>A trace of the buyer told what was seen before.</summary>
    public sealed record TraceTold(TraceOf Of, TraceReply Told) : OrderEvent;

    /// <summary>The order was screened; what the verdict leads to follows.</summary>
    public sealed record OrderScreened(Assessment Assessment) : OrderEvent;

    /// <summary>A node began to work on a fulfilment order and its <c>Units</c> that were still to leave.</summary>
    public sealed record FulfilmentStarted(string Id, int Fulfilment, DateTimeOffset At, long Units) : OrderEvent;

    /// <summary>
    /// A cancellation came too late: a node was asked to stop the goods, of one fulfilment order; of older journals of
    /// several. <c>Asked</c>: the lines the caller named.
    /// <c>Fraud</c>: because somebody takes it for fraud.
    /// </summary>
    public sealed record InterceptOpened(
        string Id, int Number, string Reason, ImmutableArray<LineUnits> Asked, ImmutableArray<WithdrawnUnits> Units,
        bool Fraud = false) : OrderEvent;

    /// <summary>
    /// The node stopped the goods, which are cancelled then (<c>CloseAt</c> as in <see cref="OrderCancelled"/>), or
    /// could not.
    /// </summary>
    public sealed record InterceptAnswered(
        int Number, bool Stopped, ImmutableArray<WithdrawnUnits> Units, DateTimeOffset? CloseAt = null) : OrderEvent;

    /// <summary>Lines are to be added; stock is being asked for them.</summary>
    public sealed record EditBegun(string Id, long Content, EditPlan Plan) : OrderEvent;

    /// <summary>
    /// The order was changed; lines added were in it since the edit began. The units that it has fewer are
    /// <c>Unplaced</c> ones and ones withdrawn from fulfilment orders. <c>Elsewhere</c>: it goes to another place, and
    /// nodes are chosen anew.
    /// </summary>
    public sealed record OrderEdited(
        StockAnswer? Answer, string Id, long Content, EditPlan Plan, ImmutableArray<LineUnits> Unplaced,
        ImmutableArray<WithdrawnUnits> Withdrawn, bool Elsewhere = false) : OrderEvent;

    /// <summary>
    /// Stock does not cover the lines to be added: their <c>Units</c> are cancelled, all else is as it was.
    /// </summary>
    public sealed record EditRefused(StockAnswer? Answer, string Id, ImmutableArray<ShortLine> Short, long Units)
        : OrderEvent;

    /// <summary>
    /// A SKU is a kit: lines of its components stand in place of its lines. So many more <c>Units</c>, and cancelled
    /// ones, the order has.
    /// </summary>
    public sealed record KitOpened(StockAnswer Answer, long Units, long Cancelled) : OrderEvent;

    /// <summary>
    /// A node answered the claim for room on its days; a refused plan is made anew. <c>Count</c>: for how many
    /// fulfilment orders room was asked, 0 when all that there was is given back; null when that was not told.
    /// </summary>
    public sealed record RoomAnswered(string Node, int Step, RoomStatus Status, int? Count = null) : OrderEvent;

    /// <summary>
    /// Units that no node could serve are asked for again; <c>Free</c>: whoever refused or was chosen by hand before.
    /// <c>Reason</c>: of who wanted it, null when nobody did. <c>Looks</c>: their SKUs are asked first what nodes have
    /// free now; once nobody was.
    /// </summary>
    public sealed record RoutingRetried(bool Free = false, string? Reason = null, bool Looks = false) : OrderEvent;

    /// <summary>
    /// Work was taken from a node that had not begun it, or was short of it. <c>To</c>: the node that somebody wants
    /// instead, null for the one the rules choose. <c>Refused</c>: the node that shall not be chosen again, null when
    /// it may be. <c>Id</c>: of the caller's operation, null when a rule did it. <c>Asked</c>: the lines the caller
    /// named, none for all.
    /// <c>Short</c>: the node does not have the units; <c>Started</c>: of them those it had begun to work on.
    /// </summary>
    public sealed record FulfilmentMoved(
        string? Id, int Fulfilment, ImmutableArray<LineUnits> Asked, ImmutableArray<LineUnits> Units, string? To,
        RefusedNode? Refused, string Reason, string By, bool Short = false, long Started = 0) : OrderEvent;

    /// <summary>
    /// Units became a fulfilment order of their own at the same node. <c>Asked</c>: as the caller named them.
    /// </summary>
    public sealed record FulfilmentSplit(
        string Id, int Fulfilment, ImmutableArray<LineUnits> Asked, ImmutableArray<LineUnits> Units, int Number)
        : OrderEvent;

    /// <summary>What was open in <c>From</c> is part of <c>Into</c> now.</summary>
    public sealed record FulfilmentsMerged(string Id, int Into, int From, ImmutableArray<LineUnits> Units) : OrderEvent;

    /// <summary>One fulfilment order is stopped.</summary>
    public sealed record FulfilmentPaused(string Id, int Fulfilment, DateTimeOffset At, string Reason, string By)
        : OrderEvent;

    /// <summary>It may go on.</summary>
    public sealed record FulfilmentResumed(string Id, int Fulfilment, DateTimeOffset At, string By) : OrderEvent;

    /// <summary>Its day has come.</summary>
    public sealed record FulfilmentDue(int Fulfilment) : OrderEvent;

    /// <summary>The node accepts the work, or does not.</summary>
    public sealed record RequestAnswered(int Fulfilment, bool Accepted, string? Reason) : OrderEvent;

    /// <summary>The node takes no work now, and somebody gave it this by hand: it waits there until one of them
    /// changes that.</summary>
    public sealed record NodeAwaited(int Fulfilment, string Reason) : OrderEvent;

    /// <summary>The node that was waited for takes work again.</summary>
    public sealed record NodeReturned(int Fulfilment) : OrderEvent;
}

/// <summary>What an edit changes.</summary>
public sealed record EditPlan(
    ImmutableArray<LineUnits> Fewer, ImmutableArray<OrderLine> Added, Destination? ShipTo, Personal<Buyer>? Buyer,
    string Reason);

/// <summary>
/// Work given to one node. <c>Number</c> counts the fulfilment orders of the order from 1. <c>Day</c>,
/// <c>NotBefore</c>, <c>ShipBy</c>: as planned, null when no plan said. <c>HasRoom</c>: room of the day was claimed.
/// <c>Asks</c>: the node decides whether it accepts the work.
/// </summary>
public sealed record NewFulfilment(
    int Number, string Node, ImmutableArray<OpenedUnits> Lines, DateOnly? Day = null, bool HasRoom = false,
    DateTimeOffset? NotBefore = null, bool Asks = false, DateTimeOffset? ShipBy = null);

/// <summary>Units of a line that a node is to ship.</summary>
public readonly record struct OpenedUnits(string Line, string Sku, int Units);
