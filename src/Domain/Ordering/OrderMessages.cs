using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Inventory;
using Fulfillment.Payments;
using Fulfillment.Routing;
using Fulfillment.Screening;
using Fulfillment.Shipping;
using Fulfillment.Warehousing;

namespace Fulfillment.Ordering;

/// <summary>When an order may be released to a node.</summary>
public enum PaymentPolicy
{
    /// <summary>At once.</summary>
    [JsonStringEnumMemberName("none")] None,

    /// <summary>When its total has been paid.</summary>
    [JsonStringEnumMemberName("prepaid")] Prepaid,

    /// <summary>When its total is authorised; each shipment takes what it is worth.</summary>
    [JsonStringEnumMemberName("authorise")] Authorise,

    /// <summary>When the buyer's credit account bears it.</summary>
    [JsonStringEnumMemberName("on-account")] OnAccount,

    /// <summary>At once; the carrier collects it at the door.</summary>
    [JsonStringEnumMemberName("cash-on-delivery")] CashOnDelivery,
}

/// <summary>What happens to an order that stock does not cover.</summary>
public enum AllocationPolicy
{
    /// <summary>It is rejected whole.</summary>
    [JsonStringEnumMemberName("all-or-nothing")] AllOrNothing,

    /// <summary>What there is ships; the rest is cancelled, or backordered where the SKU allows it.</summary>
    [JsonStringEnumMemberName("ship-available")] ShipAvailable,
}

/// <summary>
/// A line as the buyer ordered it. <c>UnitPrice</c> null: not told. <c>DiscountMinor</c>, <c>TaxMinor</c>: of all its
/// units together, minor units of the price's currency, not negative; the discount is at most what the units cost.
/// </summary>
public sealed record OrderLine(
    string Id, string Sku, int Quantity, Money? UnitPrice, long DiscountMinor = 0, long TaxMinor = 0,
    SoldAs? SoldAs = null);

/// <summary>
/// As what a channel sold a line. <c>Listing</c>: its own id of what it sold, null when the SKU was named.
/// <c>Options</c>: what the buyer chose beside, null for nothing.
/// </summary>
public sealed record SoldAs(string? Listing, Personal<LineOptions>? Options = null);

/// <summary>Options by name: JSON text. Always sealed, for a text to be engraved may name somebody.</summary>
public sealed record LineOptions(string Json);

/// <summary>
/// What the order costs beside its lines: shared out to their units. Minor units, not negative. <c>TaxIncluded</c>: the
/// lines' tax is part of their prices and not owed on top.
/// </summary>
public sealed record OrderCharges(long ShippingMinor, long DiscountMinor, bool TaxIncluded);

/// <summary>
/// How the buyer pays: the provider's name (<c>stripe</c>, <c>paypal</c>, <c>test-gateway</c>, or <c>account</c> for
/// a credit account) and its token of the buyer's means of payment, never a card number.
/// </summary>
public sealed record PaymentMethod(string Provider, string Token);

/// <summary>
/// Where the goods go, as far as rules need it. <c>Country</c>: ISO 3166-1 alpha-2. <c>Latitude</c>, <c>Longitude</c>:
/// degrees, to a tenth (about ten kilometres): more would tell who lives there.
/// </summary>
public sealed record Destination(
    string Country, string? Postcode, double? Latitude = null, double? Longitude = null);

/// <summary>
/// What the buyer wants beside the goods. <c>DeliverBy</c>: the date he was shown or asks for. <c>ShipComplete</c>: all
/// at once, from one node. <c>NotBefore</c>: nothing leaves before that. <c>Priority</c>: the lower is served first
/// when stock comes in.
/// </summary>
public sealed record Wishes(
    DateOnly? DeliverBy = null, bool ShipComplete = false, DateTimeOffset? NotBefore = null, int Priority = 0);

/// <summary>
/// What of an order concerns customs. <c>Terms</c>: who pays at a border, as the order says itself; null where it does
/// not. <c>Missing</c>: what customs will ask for and no card says, when it was placed, by line and way; the order is
/// held with that until somebody lets it go. Null for nothing.
/// </summary>
public sealed record OrderCustoms(Incoterm? Terms = null, string? Missing = null);

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
    string Sku, int Step, ClaimStatus Status, Standing Standing, ImmutableArray<NodeUnits> Free, long Available,
    ProductFacts? Product = null, ImmutableArray<KitPart>? Kit = null);

/// <summary><c>Order</c>: the one that has the id already; null when there was none.</summary>
public sealed record PlaceReply(PlaceStatus Status, OrderReply? Order);

/// <summary>The order after the payment.</summary>
public sealed record PaymentReply(PaymentStatus Status, OrderReply? Order);

/// <summary>The order after the cancellation.</summary>
public sealed record CancelReply(CancelStatus Status, OrderReply? Order);

/// <summary>
/// The order after the shipment or delivery. <c>Parcel</c>: the one that has the units, where that is why not.
/// </summary>
public sealed record FulfilReply(FulfilStatus Status, OrderReply? Order, string? Parcel = null);

/// <summary>The order after the hold was placed, asked about or released; <c>Number</c>: of the hold.</summary>
public sealed record HoldReply(HoldStatus Status, int Number, OrderReply? Order);

/// <summary>The order after the edit, or as it would be.</summary>
public sealed record EditReply(EditStatus Status, OrderReply? Order);

/// <summary>The order after the intercept was answered.</summary>
public sealed record InterceptReply(InterceptAnswerStatus Status, OrderReply? Order);

/// <summary>The order with its new means of payment.</summary>
public sealed record MethodReply(MethodStatus Status, OrderReply? Order);

/// <summary>What an order can be asked.</summary>
[JsonDerivedType(typeof(Place), "place")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(Outcome), "outcome")]
[JsonDerivedType(typeof(ConfirmPayment), "confirm-payment")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Ship), "ship")]
[JsonDerivedType(typeof(MayLeave), "may-leave")]
[JsonDerivedType(typeof(Deliver), "deliver")]
[JsonDerivedType(typeof(TakeAnswer), "take-answer")]
[JsonDerivedType(typeof(NoteClaim), "note-claim")]
[JsonDerivedType(typeof(Retry), "retry")]
[JsonDerivedType(typeof(FollowPlan), "follow-plan")]
[JsonDerivedType(typeof(EndPaymentWait), "end-payment-wait")]
[JsonDerivedType(typeof(Close), "close")]
[JsonDerivedType(typeof(PlaceHold), "place-hold")]
[JsonDerivedType(typeof(ReleaseHold), "release-hold")]
[JsonDerivedType(typeof(RejectHold), "reject-hold")]
[JsonDerivedType(typeof(AskBuyer), "ask-buyer")]
[JsonDerivedType(typeof(NoteOverdue), "note-overdue")]
[JsonDerivedType(typeof(PayWith), "pay-with")]
[JsonDerivedType(typeof(NotePayment), "note-payment")]
[JsonDerivedType(typeof(ConfirmRefund), "confirm-refund")]
[JsonDerivedType(typeof(TakeTrace), "take-trace")]
[JsonDerivedType(typeof(TakeAssessment), "take-assessment")]
[JsonDerivedType(typeof(StartWork), "start-work")]
[JsonDerivedType(typeof(StartPacking), "start-packing")]
[JsonDerivedType(typeof(EndPacking), "end-packing")]
[JsonDerivedType(typeof(NotePacked), "note-packed")]
[JsonDerivedType(typeof(AnswerIntercept), "answer-intercept")]
[JsonDerivedType(typeof(Edit), "edit")]
[JsonDerivedType(typeof(TakeRoom), "take-room")]
[JsonDerivedType(typeof(RouteAgain), "route-again")]
[JsonDerivedType(typeof(LeaveNode), "leave-node")]
[JsonDerivedType(typeof(NoteReturn), "note-return")]
[JsonDerivedType(typeof(MoveWork), "move-work")]
[JsonDerivedType(typeof(SplitWork), "split-work")]
[JsonDerivedType(typeof(MergeWork), "merge-work")]
[JsonDerivedType(typeof(PauseWork), "pause-work")]
[JsonDerivedType(typeof(ResumeWork), "resume-work")]
[JsonDerivedType(typeof(AnswerRequest), "answer-request")]
[JsonDerivedType(typeof(NoteDue), "note-due")]
public abstract partial record OrderCommand
{
    /// <summary>
    /// Places the order. Repeatable, whatever customs lack by then. <c>OrderedAt</c>: the channel's own time, null when
    /// it told none. <c>Signals</c>: what it is screened by, null when it is not.
    /// </summary>
    public sealed record Place(
        string Channel, DateTimeOffset? OrderedAt, Destination? ShipTo, Personal<Buyer>? Buyer,
        ImmutableArray<OrderLine> Lines, PaymentPolicy Payment, AllocationPolicy Allocation,
        OrderCharges? Charges = null, PaymentMethod? Method = null, Signals? Signals = null, Wishes? Wishes = null,
        OrderCustoms? Customs = null)
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

    /// <summary>
    /// Goods of a fulfilment order left. No lines: all that are open. <c>Seen</c>: what SKUs say the order holds, where
    /// it may not have heard of it yet. <c>Boxes</c>: the LPNs of the boxes that they are in, which its bench tells.
    /// <c>Parcel</c>: the labelled one that they are; null: they are in none. Repeatable by id.
    /// </summary>
    public sealed record Ship(
        string Id, int Fulfilment, ImmutableArray<LineUnits> Lines, string? Carrier, string? TrackingNumber,
        ImmutableArray<SkuStanding> Seen = default, ImmutableArray<string> Boxes = default, string? Parcel = null)
        : OrderCommand, ICommand<FulfilReply>;

    /// <summary>
    /// Whether units of a fulfilment order might leave now; changes nothing. <c>For</c>: the asker's own number of the
    /// question. Answered with the statuses of <see cref="Ship"/> but for those about time, bench and picking; without
    /// the order.
    /// </summary>
    public sealed record MayLeave(int Fulfilment, ImmutableArray<LineUnits> Lines, int For)
        : OrderCommand, ICommand<FulfilReply>;

    /// <summary>
    /// Goods of a fulfilment order arrived: all that it has shipped so far, or those of one <c>Shipment</c>, by the id
    /// under which they left. Repeatable by id.
    /// </summary>
    public sealed record Deliver(string Id, int Fulfilment, string? Shipment = null)
        : OrderCommand, ICommand<FulfilReply>;

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

    /// <summary>
    /// Stops the order until released. Repeatable by id. <c>Within</c>: how soon it should be decided; null when nobody
    /// waits.
    /// </summary>
    public sealed record PlaceHold(string Id, HoldType Type, string Reason, string By, TimeSpan? Within)
        : OrderCommand, ICommand<HoldReply>;

    /// <summary>Releases a hold; the order goes on where it stopped once none is left. Repeatable by id.</summary>
    public sealed record ReleaseHold(string Id, int Number, string Reason, string By)
        : OrderCommand, ICommand<HoldReply>;

    /// <summary>
    /// Decides against the order: what has not left is cancelled, as by <see cref="Cancel"/>. Repeatable by id.
    /// </summary>
    public sealed record RejectHold(string Id, int Number, string Reason, string By)
        : OrderCommand, ICommand<HoldReply>;

    /// <summary>
    /// Asks the buyer; the hold is due when his time to answer, <c>Within</c>, is over. Repeatable by id.
    /// </summary>
    public sealed record AskBuyer(string Id, int Number, string Question, string By, TimeSpan Within)
        : OrderCommand, ICommand<HoldReply>;

    /// <summary>Timer: a hold should have been decided.</summary>
    public sealed record NoteOverdue(int Number) : OrderCommand, ICommand<Done>;

    /// <summary>The buyer pays by another means, or tries again. Repeatable by id.</summary>
    public sealed record PayWith(string Id, PaymentMethod Method) : OrderCommand, ICommand<MethodReply>;

    /// <summary>The payment tells how it stands.</summary>
    public sealed record NotePayment(PaymentStanding Standing) : OrderCommand, ICommand<Done>;

    /// <summary>
    /// So much of what was confirmed as paid was given back to the buyer by somebody. Repeatable by id; amounts add up.
    /// </summary>
    public sealed record ConfirmRefund(string Id, Money Amount, string Reason)
        : OrderCommand, ICommand<PaymentReply>;

    /// <summary>What a trace of the buyer told.</summary>
    public sealed record TakeTrace(TraceOf Of, TraceReply Told) : OrderCommand, ICommand<Done>;

    /// <summary>What the fraud policy makes of the order.</summary>
    public sealed record TakeAssessment(Assessment Assessment) : OrderCommand, ICommand<Done>;

    /// <summary>A node begins to work on a fulfilment order: the point of no return. Repeatable by id.</summary>
    public sealed record StartWork(string Id, int Fulfilment) : OrderCommand, ICommand<FulfilReply>;

    /// <summary>
    /// A bench begins to pack a fulfilment order; its node has begun, then. Repeatable by id. <c>Step</c>: as
    /// <see cref="NotePacked"/> has it.
    /// </summary>
    public sealed record StartPacking(string Id, int Fulfilment, long Step = 0) : OrderCommand, ICommand<FulfilReply>;

    /// <summary>
    /// The bench has given it up, with nothing in a box that has not left: it ships as without one. Repeatable.
    /// </summary>
    public sealed record EndPacking(string Id, int Fulfilment, long Step) : OrderCommand, ICommand<FulfilReply>;

    /// <summary>
    /// A bench tells whether all of it is in closed boxes. <c>Step</c>: numbers what it tells; what is older is late.
    /// </summary>
    public sealed record NotePacked(int Fulfilment, long Step, bool IsPacked) : OrderCommand, ICommand<Done>;

    /// <summary>A node tells whether it could stop the goods of an intercept. Repeatable.</summary>
    public sealed record AnswerIntercept(int Number, bool Stopped) : OrderCommand, ICommand<InterceptReply>;

    /// <summary>
    /// Changes the order before a node has begun: <c>Fewer</c> units of lines, lines in addition (ids that the order
    /// does not have yet, prices in its currency), another address. Added lines are reserved all or none; when stock
    /// does not cover them nothing is changed. <c>Preview</c>: nothing is changed, the reply tells what would be.
    /// Repeatable by id; <c>Content</c> tells a repeat from another edit, for a caller who made the plan from how the
    /// order stood (null: the plan does). <c>IfVersion</c>: refused as stale when the order has another.
    /// </summary>
    public sealed record Edit(
        string Id, ImmutableArray<LineUnits> Fewer, ImmutableArray<OrderLine> Added, Destination? ShipTo,
        Personal<Buyer>? Buyer, string Reason, bool Preview = false, long? IfVersion = null, long? Content = null)
        : OrderCommand, ICommand<EditReply>;

    /// <summary>A node's answer to a claim for room.</summary>
    public sealed record TakeRoom(string Node, int Step, RoomStatus Status) : OrderCommand, ICommand<Done>;

    /// <summary>
    /// Asks for nodes again for units that none could serve. <c>Round</c>: by the timer of that plan; null: because
    /// something has changed. <c>Free</c>: somebody lets the rules choose among all nodes again, those that refused the
    /// order, and others than what he had given the units to by hand.
    /// </summary>
    public sealed record RouteAgain(int? Round, bool Free = false, string? Reason = null)
        : OrderCommand, ICommand<Done>;

    /// <summary>
    /// The node takes no work now: what nobody has begun there goes elsewhere, but for what somebody gave it by hand,
    /// which waits.
    /// </summary>
    public sealed record LeaveNode(string Node, string Reason) : OrderCommand, ICommand<Done>;

    /// <summary>The node takes work again: nothing waits for it any more.</summary>
    public sealed record NoteReturn(string Node) : OrderCommand, ICommand<Done>;

    /// <summary>
    /// Takes units that nobody has begun from a fulfilment order, all when no lines are named, and gives them to
    /// <c>To</c>, from where no rule takes them away again; null: to the node that the rules choose, not this one.
    /// Repeatable by id. <c>NoStock</c>: the caller saw that the node has not so many units free. <c>Short</c>: the
    /// node does not have them, so that it makes no difference whether it has begun; never with <c>To</c>.
    /// </summary>
    public sealed record MoveWork(
        string Id, int Fulfilment, string? To, ImmutableArray<LineUnits> Lines, string Reason, string By,
        bool NoStock = false, bool Short = false) : OrderCommand, ICommand<FulfilReply>;

    /// <summary>Makes units a fulfilment order of their own. Repeatable by id.</summary>
    public sealed record SplitWork(string Id, int Fulfilment, ImmutableArray<LineUnits> Lines)
        : OrderCommand, ICommand<FulfilReply>;

    /// <summary>Joins two fulfilment orders of one node that nobody has begun. Repeatable by id.</summary>
    public sealed record MergeWork(string Id, int Fulfilment, int From) : OrderCommand, ICommand<FulfilReply>;

    /// <summary>Stops one fulfilment order until resumed. Repeatable by id.</summary>
    public sealed record PauseWork(string Id, int Fulfilment, string Reason, string By)
        : OrderCommand, ICommand<FulfilReply>;

    /// <summary>Lets a paused fulfilment order go on. Repeatable by id.</summary>
    public sealed record ResumeWork(string Id, int Fulfilment, string By) : OrderCommand, ICommand<FulfilReply>;

    /// <summary>
    /// The node that was asked accepts the work, or does not, and it goes elsewhere. Repeatable.
    /// </summary>
    public sealed record AnswerRequest(int Fulfilment, bool Accepted, string? Reason)
        : OrderCommand, ICommand<FulfilReply>;

    /// <summary>Timer: the day of a fulfilment order has come.</summary>
    public sealed record NoteDue(int Fulfilment) : OrderCommand, ICommand<Done>;
}
