using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Inventory;

/// <summary>What a unit on hand may be used for. Only <see cref="Available"/> units can be promised.</summary>
public enum StockState
{
    /// <summary>Sellable.</summary>
    [JsonStringEnumMemberName("available")] Available,

    /// <summary>Set aside until somebody decides.</summary>
    [JsonStringEnumMemberName("quarantine")] Quarantine,

    /// <summary>Under quality control.</summary>
    [JsonStringEnumMemberName("qc")] Qc,

    /// <summary>Not sellable as it is.</summary>
    [JsonStringEnumMemberName("damaged")] Damaged,

    /// <summary>Being made sellable again.</summary>
    [JsonStringEnumMemberName("refurbish")] Refurbish,

    /// <summary>Withheld as safety stock.</summary>
    [JsonStringEnumMemberName("safety")] Safety,

    /// <summary>On its way from this node to another: not on hand anywhere.</summary>
    [JsonStringEnumMemberName("in-transit")] InTransit,
}

/// <summary>Units at a node.</summary>
public readonly record struct NodeUnits(string Node, long Units);

/// <summary>
/// Stock of a SKU at one node: all units present, those that may be promised, those committed to orders.
/// </summary>
public sealed record NodeLevel(string Node, long OnHand, long Sellable, long Committed);

/// <summary>
/// What one order holds of one SKU, as of the SKU's version <c>Version</c>: of two standings the one with the higher
/// version is the later. <c>Step</c> is the last step of the order that was applied. <c>Expected</c>: when the last of
/// the backordered units is; null when none is, or no supply covers it.
/// </summary>
public sealed record Standing(
    long Version, int Step, long Held, long Backordered, ImmutableArray<NodeUnits> Allocated,
    DateTimeOffset? Expected = null)
{
    /// <summary>Of an order that holds nothing.</summary>
    public static Standing None { get; } = new(0, 0, 0, 0, []);
}

/// <summary><c>Revision</c> counts the changes of the card.</summary>
public sealed record DefineReply(DefineStatus Status, long Revision);

/// <summary>
/// <c>OnHand</c>: units in all states at the node of the movement. <c>Available</c>: promisable, all nodes.
/// </summary>
public sealed record MoveReply(MoveStatus Status, long OnHand, long Available);

/// <summary>
/// The answer to every claim command. <c>Standing</c> is what the order holds now. <c>Free</c> lists the units per node
/// that are not committed, nodes in ordinal order, only those with any. <c>Available</c>: promisable, all nodes.
/// <c>Until</c>: when an unallocated hold ends by itself, null when it does not. <c>Product</c>: null for ordinary
/// goods. <c>Kit</c>: the components of one unit when the SKU is a kit, else null.
/// </summary>
public sealed record ClaimReply(
    ClaimStatus Status, int Step, Standing Standing, ImmutableArray<NodeUnits> Free, long Available,
    DateTimeOffset? Until = null, ProductFacts? Product = null, ImmutableArray<KitPart>? Kit = null);

/// <summary>
/// Stock of a SKU now. <c>Card</c> is null for a SKU that nobody defined. Nodes in ordinal order. <c>Expected</c>: open
/// supplies by date; default when there are none.
/// </summary>
public sealed record StockReply(
    SkuCard? Card, long Revision, long OnHand, long Held, long Committed, long Backordered, long Available,
    ImmutableArray<NodeLevel> Nodes, ImmutableSortedDictionary<StockState, long> Unavailable, long Version,
    ImmutableArray<ExpectedUnits> Expected = default);

/// <summary>What a SKU can be asked.</summary>
[JsonDerivedType(typeof(Define), "define")]
[JsonDerivedType(typeof(Receive), "receive")]
[JsonDerivedType(typeof(Adjust), "adjust")]
[JsonDerivedType(typeof(Move), "move")]
[JsonDerivedType(typeof(Reserve), "reserve")]
[JsonDerivedType(typeof(Allocate), "allocate")]
[JsonDerivedType(typeof(Return), "return")]
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(Ship), "ship")]
[JsonDerivedType(typeof(SweepHolds), "sweep-holds")]
[JsonDerivedType(typeof(FillBackorders), "fill-backorders")]
[JsonDerivedType(typeof(Expect), "expect")]
[JsonDerivedType(typeof(ChangeSupply), "change-supply")]
[JsonDerivedType(typeof(DropSupply), "drop-supply")]
[JsonDerivedType(typeof(RepegBackorders), "repeg-backorders")]
[JsonDerivedType(typeof(PlanSupply), "plan-supply")]
[JsonDerivedType(typeof(GetStock), "get-stock")]
[JsonDerivedType(typeof(GetClaim), "get-claim")]
[JsonDerivedType(typeof(GetSupplies), "get-supplies")]
[JsonDerivedType(typeof(GetImpact), "get-impact")]
public abstract record SkuCommand
{
    /// <summary>
    /// Sets the card. Repeatable. <c>IfRevision</c>: refused as stale when the card has another revision.
    /// </summary>
    public sealed record Define(SkuCard Card, long? IfRevision = null) : SkuCommand, ICommand<DefineReply>;

    /// <summary>
    /// Units arrived at a node. <c>Supply</c>: the one that is to bring so many fewer; more than it has may arrive.
    /// </summary>
    public sealed record Receive(
        string Id, string Node, int Quantity, string Reason, StockState State, string? Supply = null)
        : SkuCommand, ICommand<MoveReply>;

    /// <summary>Corrects what is on hand by <c>Delta</c>; never below zero, nor below what orders hold.</summary>
    public sealed record Adjust(string Id, string Node, int Delta, string Reason, StockState State)
        : SkuCommand, ICommand<MoveReply>;

    /// <summary>Changes the state of units at a node.</summary>
    public sealed record Move(string Id, string Node, int Quantity, StockState From, StockState To, string Reason)
        : SkuCommand, ICommand<MoveReply>;

    /// <summary>
    /// Promises units to an order, wherever they are: after it the order's unallocated claim is <c>Quantity</c>.
    /// <c>Step</c> numbers the claim commands of one order on this SKU; an applied step is never applied again.
    /// <c>HoldFor</c>: the hold ends by itself after that; null: it lasts until released or allocated (its owner is
    /// durable). <c>Partial</c>: take what there is. <c>Tentative</c>: the order may yet give the units back within
    /// that time; who is refused because of them is told <see cref="ClaimStatus.Contended"/>. <c>Asked</c>: when the
    /// order asked (null: now), so that a very late repeat of a closed claim is known as such. <c>Priority</c>: who is
    /// filled first when the card says so, lower first.
    /// </summary>
    public sealed record Reserve(
        string Order, int Step, long Quantity, DateTimeOffset? Asked = null, bool Partial = false,
        TimeSpan? HoldFor = null, TimeSpan? Tentative = null, int Priority = 0) : SkuCommand, ICommand<ClaimReply>;

    /// <summary>
    /// Commits held units at named nodes; committed units never expire. <c>Anywhere</c> more units are taken where the
    /// SKU has most free ones, among the nodes named by <c>Among</c>: all when default.
    /// </summary>
    public sealed record Allocate(
        string Order, int Step, ImmutableArray<NodeUnits> Picks, long Anywhere = 0,
        ImmutableArray<string> Among = default) : SkuCommand, ICommand<ClaimReply>;

    /// <summary>Units committed at nodes are held again, wherever they are: another node is to ship them.</summary>
    public sealed record Return(string Order, int Step, ImmutableArray<NodeUnits> Picks)
        : SkuCommand, ICommand<ClaimReply>;

    /// <summary>Gives back unallocated units (backordered ones first) and units committed at named nodes.</summary>
    public sealed record Release(string Order, int Step, long Unallocated, ImmutableArray<NodeUnits> Picks)
        : SkuCommand, ICommand<ClaimReply>;

    /// <summary>Committed units have left the node.</summary>
    public sealed record Ship(string Order, int Step, ImmutableArray<NodeUnits> Picks)
        : SkuCommand, ICommand<ClaimReply>;

    /// <summary>Timer: ends the holds whose time is over. <c>Due</c>: which timer this is.</summary>
    public sealed record SweepHolds(DateTimeOffset Due) : SkuCommand, ICommand<Done>;

    /// <summary>Timer: goes on filling backorders where one turn was not enough.</summary>
    public sealed record FillBackorders : SkuCommand, ICommand<Done>;

    /// <summary>Units are expected at a node. Repeatable by <c>Id</c>.</summary>
    public sealed record Expect(string Id, string Node, int Units, DateTimeOffset At, string Source)
        : SkuCommand, ICommand<SupplyReply>;

    /// <summary>So many units are still to come, and when; null: as before. Repeatable.</summary>
    public sealed record ChangeSupply(string Id, int? Units = null, DateTimeOffset? At = null)
        : SkuCommand, ICommand<SupplyReply>;

    /// <summary>What is still open of a supply will not come.</summary>
    public sealed record DropSupply(string Id, string Reason) : SkuCommand, ICommand<SupplyReply>;

    /// <summary>
    /// How a supply stands whose owner (a purchase order, a transfer) keeps its books: after this <c>Units</c> are
    /// still to come, and <c>Arrived</c> came with this message. <c>Step</c> numbers the messages of one supply: an
    /// older one changes no more what is to come, but its arrivals are booked, each once.
    /// </summary>
    public sealed record PlanSupply(
        string Id, int Step, string Node, long Units, DateTimeOffset At, string Source,
        ImmutableArray<ArrivedUnits> Arrived) : SkuCommand, ICommand<PlanSupplyReply>;

    /// <summary>Timer: tells the orders that wait when their units are expected now, where that has changed.</summary>
    public sealed record RepegBackorders : SkuCommand, ICommand<Done>;

    /// <summary>Asks for the stock now.</summary>
    public sealed record GetStock : SkuCommand, ICommand<StockReply>;

    /// <summary>Asks what one order holds.</summary>
    public sealed record GetClaim(string Order) : SkuCommand, ICommand<ClaimReply>;

    /// <summary>Asks for the open supplies, or for one, and who waits for them.</summary>
    public sealed record GetSupplies(string? Id = null) : SkuCommand, ICommand<SuppliesReply>;

    /// <summary>
    /// Asks who would be moved, and from when to when, if the supply changed like this. <c>Units</c> 0: if it was
    /// dropped.
    /// </summary>
    public sealed record GetImpact(string Id, int? Units = null, DateTimeOffset? At = null)
        : SkuCommand, ICommand<ImpactReply>;
}

/// <summary>
/// What happened to a SKU. <c>Available</c> is the promisable quantity over all nodes after the event.
/// </summary>
[JsonDerivedType(typeof(SkuDefined), "sku-defined")]
[JsonDerivedType(typeof(StockReceived), "stock-received")]
[JsonDerivedType(typeof(StockAdjusted), "stock-adjusted")]
[JsonDerivedType(typeof(StockMoved), "stock-moved")]
[JsonDerivedType(typeof(StockReserved), "stock-reserved")]
[JsonDerivedType(typeof(StockAllocated), "stock-allocated")]
[JsonDerivedType(typeof(StockReturned), "stock-returned")]
[JsonDerivedType(typeof(StockReleased), "stock-released")]
[JsonDerivedType(typeof(StockShipped), "stock-shipped")]
[JsonDerivedType(typeof(BackorderFilled), "backorder-filled")]
[JsonDerivedType(typeof(HoldExpired), "hold-expired")]
[JsonDerivedType(typeof(HoldsSwept), "holds-swept")]
[JsonDerivedType(typeof(SupplyExpected), "supply-expected")]
[JsonDerivedType(typeof(SupplyChanged), "supply-changed")]
[JsonDerivedType(typeof(SupplyDropped), "supply-dropped")]
[JsonDerivedType(typeof(SupplyPlanned), "supply-planned")]
[JsonDerivedType(typeof(StockArrived), "stock-arrived")]
[JsonDerivedType(typeof(BackorderRepegged), "backorder-repegged")]
[JsonDerivedType(typeof(PegsChecked), "pegs-checked")]
public abstract record SkuEvent
{
    /// <summary>The card was set.</summary>
    public sealed record SkuDefined(SkuCard Card, long Revision) : SkuEvent;

    /// <summary>Units arrived.</summary>
    public sealed record StockReceived(
        string Id, string Node, StockState State, int Quantity, string Reason, long Available,
        string? Supply = null) : SkuEvent;

    /// <summary>The count was corrected.</summary>
    public sealed record StockAdjusted(
        string Id, string Node, StockState State, int Delta, string Reason, long Available) : SkuEvent;

    /// <summary>Units changed state.</summary>
    public sealed record StockMoved(
        string Id, string Node, StockState From, StockState To, int Quantity, string Reason, long Available) : SkuEvent;

    /// <summary>
    /// Units were promised, of the <c>Quantity</c> asked for: <c>Held</c> more from what is there, <c>Backordered</c>
    /// more from what will come. <c>Sweep</c>: a timer to end holds was set for then. <c>Expected</c>: when the last
    /// backordered unit is.
    /// </summary>
    public sealed record StockReserved(
        string Order, int Step, long Quantity, long Held, long Backordered, DateTimeOffset Asked,
        DateTimeOffset? Until, DateTimeOffset? Tentative, DateTimeOffset? Sweep, long Available, int Priority = 0,
        DateTimeOffset? Expected = null) : SkuEvent;

    /// <summary>Held units were committed at nodes.</summary>
    public sealed record StockAllocated(string Order, int Step, ImmutableArray<NodeUnits> Picks, long Available)
        : SkuEvent;

    /// <summary>Units committed at nodes are held again.</summary>
    public sealed record StockReturned(string Order, int Step, ImmutableArray<NodeUnits> Picks, long Available)
        : SkuEvent;

    /// <summary>Units were given back.</summary>
    public sealed record StockReleased(
        string Order, int Step, long Held, long Backordered, ImmutableArray<NodeUnits> Picks, long Available)
        : SkuEvent;

    /// <summary>Committed units left.</summary>
    public sealed record StockShipped(string Order, int Step, ImmutableArray<NodeUnits> Picks, long Available)
        : SkuEvent;

    /// <summary>
    /// Backordered units are held now, oldest promise first. <c>More</c>: the next turn goes on filling.
    /// </summary>
    public sealed record BackorderFilled(string Order, long Units, bool More, long Available) : SkuEvent;

    /// <summary>A hold ended by itself.</summary>
    public sealed record HoldExpired(string Order, long Held, long Backordered, long Available) : SkuEvent;

    /// <summary>
    /// Holds were looked through; <c>Next</c>: the timer set for the next time, null when none is left.
    /// </summary>
    public sealed record HoldsSwept(DateTimeOffset? Next, long Available) : SkuEvent;

    /// <summary>Units are expected at a node.</summary>
    public sealed record SupplyExpected(string Id, string Node, int Units, DateTimeOffset At, string Source) : SkuEvent;

    /// <summary>So many units of a supply are still to come, and when.</summary>
    public sealed record SupplyChanged(string Id, long Units, DateTimeOffset At) : SkuEvent;

    /// <summary>What was still open of a supply will not come.</summary>
    public sealed record SupplyDropped(string Id, string Reason) : SkuEvent;

    /// <summary>So many units of a supply are still to come, as its owner plans it.</summary>
    public sealed record SupplyPlanned(
        string Id, int Step, string Node, long Units, DateTimeOffset At, string Source) : SkuEvent;

    /// <summary>Units that were in transit from a node arrived at another.</summary>
    public sealed record StockArrived(
        string Id, string From, string Node, StockState State, int Quantity, string Reason, long Available,
        string Supply) : SkuEvent;

    /// <summary>The last unit that an order waits for is expected then; null: it is not in sight.</summary>
    public sealed record BackorderRepegged(string Order, DateTimeOffset? Expected, long Available) : SkuEvent;

    /// <summary>
    /// When units are expected was compared with what orders know. <c>More</c>: the next turn goes on telling them.
    /// </summary>
    public sealed record PegsChecked(bool More, long Available) : SkuEvent;
}
