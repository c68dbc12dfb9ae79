using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Inventory;
using Fulfillment.Routing;

namespace Fulfillment.Ordering;

/// <summary>When an order may be released to a node.</summary>
public enum PaymentPolicy
{
    /// <summary>At once.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>When its total has been confirmed as paid.</summary>
    [JsonStringEnumMemberName("prepaid")] Prepaid,
}

/// <summary>What happens to an order that stock does not cover.</summary>
public enum AllocationPolicy
{
    /// <summary>It is rejected whole.</summary>
    [JsonStringEnumMemberName("all-or-nothing")] AllOrNothing,

    /// <summary>What there is ships; the rest is cancelled, or backordered where the SKU allows it.</summary>
    [JsonStringEnumMemberName("ship-available")] ShipAvailable,
}

/// <summary>A line as the buyer ordered it. <c>UnitPrice</c> null: not told.</summary>
public sealed record OrderLine(string Id, string Sku, int Quantity, Money? UnitPrice);

/// <summary>Where the goods go, as far as rules need it. <c>Country</c>: ISO 3166-1 alpha-2.</summary>
public sealed record Destination(string Country, string? Postcode);

/// <summary>
/// Who ordered and where it goes: JSON text as the channel sent it. Always sealed, see <see cref="Personal{T}"/>.
/// </summary>
public sealed record Buyer(string Json);

/// <summary>Units of a line.</summary>
public readonly record struct LineUnits(string Line, int Units);

/// <summary>Units that a fulfilment order gives up.</summary>
public readonly record struct WithdrawnUnits(int Fulfilment, string Line, int Units);

/// <summary>
/// A line that stock did not cover: units wanted, units missing, and units of the SKU that there were for anybody.
/// </summary>
public sealed record ShortLine(string Line, string Sku, int Wanted, int Missing, long Available);

/// <summary>What a SKU answered to one step of the order.</summary>
public sealed record StockAnswer(
    string Sku, int Step, ClaimStatus Status, Standing Standing, ImmutableArray<NodeUnits> Free, long Available);

/// <summary><c>Order</c>: the one that has the id already; null when there was none.</summary>
public sealed record PlaceReply(PlaceStatus Status, OrderReply? Order);

/// <summary>The order after the payment.</summary>
public sealed record PaymentReply(PaymentStatus Status, OrderReply? Order);

/// <summary>The order after the cancellation.</summary>
public sealed record CancelReply(CancelStatus Status, OrderReply? Order);

/// <summary>The order after the shipment or delivery.</summary>
public sealed record FulfilReply(FulfilStatus Status, OrderReply? Order);

/// <summary>What an order can be asked.</summary>
[JsonDerivedType(typeof(Place), "place")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(Outcome), "outcome")]
[JsonDerivedType(typeof(ConfirmPayment), "confirm-payment")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Ship), "ship")]
[JsonDerivedType(typeof(Deliver), "deliver")]
[JsonDerivedType(typeof(TakeAnswer), "take-answer")]
[JsonDerivedType(typeof(NoteClaim), "note-claim")]
[JsonDerivedType(typeof(Retry), "retry")]
[JsonDerivedType(typeof(FollowPlan), "follow-plan")]
[JsonDerivedType(typeof(EndPaymentWait), "end-payment-wait")]
[JsonDerivedType(typeof(Close), "close")]
public abstract record OrderCommand
{
    /// <summary>
    /// Places the order. Repeatable. <c>OrderedAt</c>: the channel's own time, null when it told none.
    /// </summary>
    public sealed record Place(
        string Channel, DateTimeOffset? OrderedAt, Destination? ShipTo, Personal<Buyer>? Buyer,
        ImmutableArray<OrderLine> Lines, PaymentPolicy Payment, AllocationPolicy Allocation)
        : OrderCommand, ICommand<PlaceReply>;

    /// <summary>Asks for the order now; the reply's order is null when there is none.</summary>
    public sealed record Get : OrderCommand, ICommand<OrderAnswer>;

    /// <summary>Like <see cref="Get"/>, but answered only once stock has decided.</summary>
    public sealed record Outcome : OrderCommand, ICommand<OrderAnswer>;

    /// <summary>
    /// So much was paid. Repeatable by id; amounts add up. <c>IfVersion</c>: refused as stale when the order has
    /// another.
    /// </summary>
    public sealed record ConfirmPayment(string Id, Money Amount, long? IfVersion = null)
        : OrderCommand, ICommand<PaymentReply>;

    /// <summary>
    /// Cancels units that have not left. No lines: all that have not left. Repeatable by id. <c>IfVersion</c>: refused
    /// as stale when the order has another.
    /// </summary>
    public sealed record Cancel(string Id, ImmutableArray<LineUnits> Lines, string Reason, long? IfVersion = null)
        : OrderCommand, ICommand<CancelReply>;

    /// <summary>Goods of a fulfilment order left. No lines: all that are open. Repeatable by id.</summary>
    public sealed record Ship(
        string Id, int Fulfilment, ImmutableArray<LineUnits> Lines, string? Carrier, string? TrackingNumber)
        : OrderCommand, ICommand<FulfilReply>;

    /// <summary>All that a fulfilment order has shipped so far arrived. Repeatable by id.</summary>
    public sealed record Deliver(string Id, int Fulfilment) : OrderCommand, ICommand<FulfilReply>;

    /// <summary>A SKU's answer to a step.</summary>
    public sealed record TakeAnswer(StockAnswer Answer) : OrderCommand, ICommand<Done>;

    /// <summary>A SKU changed the claim by itself: backordered units are held now.</summary>
    public sealed record NoteClaim(string Sku, Standing Standing, ImmutableArray<NodeUnits> Free)
        : OrderCommand, ICommand<Done>;

    /// <summary>Timer: asks a SKU again whose units were contended.</summary>
    public sealed record Retry(string Sku, int Step) : OrderCommand, ICommand<Done>;

    /// <summary>The router's answer.</summary>
    public sealed record FollowPlan(RoutePlan Plan) : OrderCommand, ICommand<Done>;

    /// <summary>Timer: the time to pay is over.</summary>
    public sealed record EndPaymentWait : OrderCommand, ICommand<Done>;

    /// <summary>Timer: the time after delivery is over.</summary>
    public sealed record Close : OrderCommand, ICommand<Done>;
}

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
[JsonDerivedType(typeof(GoodsDelivered), "goods-delivered")]
[JsonDerivedType(typeof(OrderClosed), "order-closed")]
public abstract record OrderEvent
{
    /// <summary>The buyer ordered.</summary>
    public sealed record OrderPlaced(
        string Channel, DateTimeOffset PlacedAt, DateTimeOffset? OrderedAt, Destination? ShipTo, Personal<Buyer>? Buyer,
        ImmutableArray<OrderLine> Lines, PaymentPolicy Payment, AllocationPolicy Allocation, Money? Total) : OrderEvent;

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
    /// order closes, if all that is left of it has arrived.
    /// </summary>
    public sealed record OrderCancelled(
        string Id, string Reason, ImmutableArray<LineUnits> Asked, ImmutableArray<LineUnits> Unplaced,
        ImmutableArray<WithdrawnUnits> Withdrawn, DateTimeOffset? CloseAt = null) : OrderEvent;

    /// <summary>Goods left the node. <c>Asked</c>: the lines the caller named, none for all that were open.</summary>
    public sealed record GoodsShipped(
        string Id, int Fulfilment, DateTimeOffset At, ImmutableArray<LineUnits> Asked, ImmutableArray<LineUnits> Lines,
        string? Carrier, string? TrackingNumber) : OrderEvent;

    /// <summary>Goods arrived; <c>CloseAt</c>: when the order closes, if this was the last of it.</summary>
    public sealed record GoodsDelivered(
        string Id, int Fulfilment, DateTimeOffset At, ImmutableArray<LineUnits> Lines, DateTimeOffset? CloseAt)
        : OrderEvent;

    /// <summary>Nothing more is expected.</summary>
    public sealed record OrderClosed : OrderEvent;
}

/// <summary>Work given to one node. <c>Number</c> counts the fulfilment orders of the order from 1.</summary>
public sealed record NewFulfilment(int Number, string Node, ImmutableArray<OpenedUnits> Lines);

/// <summary>Units of a line that a node is to ship.</summary>
public readonly record struct OpenedUnits(string Line, string Sku, int Units);
