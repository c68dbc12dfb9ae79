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
/// the backordered units is; null when none is, or no supply covers it. <c>Picked</c>: of the allocated units those
/// that were picked by name; default for none. <c>Named</c>: units must be, before they leave.
/// </summary>
public sealed record Standing(
    long Version, int Step, long Held, long Backordered, ImmutableArray<NodeUnits> Allocated,
    DateTimeOffset? Expected = null, ImmutableArray<NodeUnits> Picked = default, bool Named = false)
{
    /// <summary>Of an order that holds nothing.</summary>
    public static Standing None { get; } = new(0, 0, 0, 0, []);
}

/// <summary>What an order holds of a SKU.</summary>
public sealed record SkuStanding(string Sku, Standing Standing);

/// <summary>
/// <c>Revision</c> counts the changes of the card. <c>Product</c>: of which the SKU is a variant, when it is refused
/// for that.
/// </summary>
public sealed record DefineReply(DefineStatus Status, long Revision, string? Product = null);

/// <summary>Whether the card of this revision names a GTIN.</summary>
public sealed record NamingReply(long Revision, bool Named);

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
[JsonDerivedType(typeof(Pick), "pick")]
[JsonDerivedType(typeof(Unpick), "unpick")]
[JsonDerivedType(typeof(PackUnits), "pack-units")]
[JsonDerivedType(typeof(UnpackUnits), "unpack-units")]
[JsonDerivedType(typeof(Carry), "carry")]
[JsonDerivedType(typeof(RecallLot), "recall-lot")]
[JsonDerivedType(typeof(ClearLot), "clear-lot")]
[JsonDerivedType(typeof(CheckLot), "check-lot")]
[JsonDerivedType(typeof(DrainLots), "drain-lots")]
[JsonDerivedType(typeof(GetLot), "get-lot")]
[JsonDerivedType(typeof(GetSlots), "get-slots")]
[JsonDerivedType(typeof(GetNaming), "get-naming")]
[JsonDerivedType(typeof(SetRules), "set-rules")]
[JsonDerivedType(typeof(CheckLevels), "check-levels")]
[JsonDerivedType(typeof(NoteReorder), "note-reorder")]
[JsonDerivedType(typeof(GetRules), "get-rules")]
[JsonDerivedType(typeof(JudgeCount), "judge-count")]
[JsonDerivedType(typeof(Correct), "correct")]
[JsonDerivedType(typeof(Amend), "amend")]
public abstract record SkuCommand
{
    /// <summary>
    /// Sets the card. Repeatable. <c>IfRevision</c>: refused as stale when the card has another revision.
    /// <c>Until</c>: refused as too late after that; whoever names new GTINs claims them first, and tells how long the
    /// claims are good. <c>OnlyTry</c>: answers as it would, and writes nothing.
    /// </summary>
    public sealed record Define(
        SkuCard Card, long? IfRevision = null, DateTimeOffset? Until = null, bool OnlyTry = false)
        : SkuCommand, ICommand<DefineReply>
    {
        /// <summary>As it is meant: a variant of a product stays one.</summary>
        internal Define Keeping(SkuCard? known) => Card.Variant is null && known?.Variant is { } variant
            ? this with { Card = Card with { Variant = variant } } : this;
    }

    /// <summary>
    /// A product sets what it tells of its variant; the rest of the card stays. Repeatable by the product's step; an
    /// earlier step than the last is stale. <c>Until</c>: as in <see cref="Define"/>.
    /// </summary>
    public sealed record Amend(CardFields Fields, VariantOf Variant, DateTimeOffset Until)
        : SkuCommand, ICommand<DefineReply>;

    /// <summary>
    /// Units arrived at a node. <c>Supply</c>: the one that is to bring so many fewer; more than it has may arrive.
    /// <c>OccurredAt</c>, here as in other movements: when, where that was before it is told; null: now. <c>Until</c>,
    /// here as in others: not done later than that, when the bin that is named may take nothing any more.
    /// <c>LpnStep</c>: at which place of the carrier units were let on; not done once the SKU has heard of a later one.
    /// <c>Over</c>: the limits of the bin that somebody passes knowingly; null: none.
    /// </summary>
    public sealed record Receive(
        string Id, string Node, int Quantity, string Reason, StockState State, string? Supply = null,
        Particulars? What = null, DateTimeOffset? OccurredAt = null, DateTimeOffset? Until = null, long? LpnStep = null,
        string? Over = null)
        : SkuCommand, ICommand<MoveReply>;

    /// <summary>
    /// Corrects what is on hand by <c>Delta</c>; never below zero, nor below what orders hold. <c>Any</c>: units that
    /// are missing need not be named, but for serials; then those to be sold first are.
    /// </summary>
    public sealed record Adjust(
        string Id, string Node, int Delta, string Reason, StockState State, Particulars? What = null, bool Any = false,
        DateTimeOffset? OccurredAt = null, DateTimeOffset? Until = null, long? LpnStep = null)
        : SkuCommand, ICommand<MoveReply>;

    /// <summary>
    /// Changes the state of units at a node. <c>Carried</c>: they lie in <c>ToBin</c> or <c>ToLpn</c> then, with null
    /// nowhere in particular; else they stay where they are. <c>Any</c>: as for <see cref="Adjust"/>; of those that
    /// become quarantine serials need not be named either. <c>Until</c>: not done later than that, when who asked may
    /// have been told otherwise by another attempt. <c>Over</c>: as for <see cref="Receive"/>.
    /// </summary>
    public sealed record Move(
        string Id, string Node, int Quantity, StockState From, StockState To, string Reason, Particulars? What = null,
        string? ToBin = null, string? ToLpn = null, bool Carried = false, bool Any = false,
        DateTimeOffset? OccurredAt = null, DateTimeOffset? Until = null, long? LpnStep = null, string? Over = null)
        : SkuCommand, ICommand<MoveReply>;

    /// <summary>
    /// Units that an order has committed at the node are taken from where they lie, and lie in <c>Tote</c> for it,
    /// which stands in <c>ToteBin</c> as far as it is known; <c>What</c> null: those to be sold first. They are told
    /// apart as the card asks.
    /// </summary>
    public sealed record Pick(
        string Id, string Order, string Node, int Quantity, Particulars? What = null, string? Tote = null,
        long? LpnStep = null, DateTimeOffset? Until = null, string? ToteBin = null) : SkuCommand, ICommand<PickReply>;

    /// <summary>Picked units are put back, into <c>Bin</c>; they stay committed.</summary>
    public sealed record Unpick(
        string Id, string Order, string Node, int Quantity, Particulars? What = null, string? Bin = null,
        DateTimeOffset? Until = null) : SkuCommand, ICommand<PickReply>;

    /// <summary>
    /// Units of an order go into a box, <c>Box</c>, which stands in <c>BoxBin</c> as far as it is known: those that
    /// were picked for it, and where nobody has picked so many, others that it has committed at the node.
    /// </summary>
    public sealed record PackUnits(
        string Id, string Order, string Node, int Quantity, string Box, Particulars? What = null,
        long? LpnStep = null, DateTimeOffset? Until = null, string? BoxBin = null) : SkuCommand, ICommand<PickReply>;

    /// <summary>
    /// Units are taken out of their box. What the order gave back while it was packed is nobody's any more, and comes
    /// out first; the others stay picked for the order. <c>Boxes</c>: the LPNs of its other boxes that have not left.
    /// Of units that were given back, and are in one of them, it keeps those, and the ones that came out are nobody's;
    /// and what others have bought and picked meanwhile is out, too. Default when nobody told: all are to be there.
    /// </summary>
    public sealed record UnpackUnits(
        string Id, string Order, string Node, int Quantity, string Box, Particulars? What = null,
        ImmutableArray<string> Boxes = default) : SkuCommand, ICommand<PickReply>;

    /// <summary>
    /// Units on a carrier are in another bin with it. <c>Step</c> numbers its places: an older one changes nothing.
    /// </summary>
    public sealed record Carry(string Lpn, long Step, string Node, string? ToBin) : SkuCommand, ICommand<CarryReply>;

    /// <summary>No unit of the lot is sold any more. Repeatable.</summary>
    public sealed record RecallLot(string Lot, string Reason) : SkuCommand, ICommand<LotReply>;

    /// <summary>The lot may be sold again; its units stay where they are until somebody moves them.</summary>
    public sealed record ClearLot(string Lot, string Reason) : SkuCommand, ICommand<LotReply>;

    /// <summary>Timer: looks whether a lot comes near its last day, or is over.</summary>
    public sealed record CheckLot(string Lot) : SkuCommand, ICommand<Done>;

    /// <summary>Timer: moves units of blocked lots that are free now to quarantine.</summary>
    public sealed record DrainLots : SkuCommand, ICommand<Done>;

    /// <summary>Asks for a lot, and where its units are.</summary>
    public sealed record GetLot(string Lot) : SkuCommand, ICommand<LotReply>;

    /// <summary>Asks for the slots, at one node or all.</summary>
    public sealed record GetSlots(string? Node = null) : SkuCommand, ICommand<SlotsReply>;

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

    /// <summary>
    /// Committed units have left the node. <c>Boxes</c>: the order's boxes that have; default when nobody told.
    /// </summary>
    public sealed record Ship(
        string Order, int Step, ImmutableArray<NodeUnits> Picks, ImmutableArray<string> Boxes = default)
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
        ImmutableArray<ArrivedUnits> Arrived, DateTimeOffset? Until = null) : SkuCommand, ICommand<PlanSupplyReply>;

    /// <summary>Timer: tells the orders that wait when their units are expected now, where that has changed.</summary>
    public sealed record RepegBackorders : SkuCommand, ICommand<Done>;

    /// <summary>Asks for the stock now.</summary>
    public sealed record GetStock : SkuCommand, ICommand<StockReply>;

    /// <summary>
    /// Asks what one order holds, and where units are free. <c>Step</c>: the order's own number of the question, which
    /// the answer has too; null for the last step that was applied.
    /// </summary>
    public sealed record GetClaim(string Order, int? Step = null) : SkuCommand, ICommand<ClaimReply>;

    /// <summary>Asks for the open supplies, or for one, and who waits for them.</summary>
    public sealed record GetSupplies(string? Id = null) : SkuCommand, ICommand<SuppliesReply>;

    /// <summary>
    /// Asks who would be moved, and from when to when, if the supply changed like this. <c>Units</c> 0: if it was
    /// dropped.
    /// </summary>
    public sealed record GetImpact(string Id, int? Units = null, DateTimeOffset? At = null)
        : SkuCommand, ICommand<ImpactReply>;

    /// <summary>A GTIN asks whether the card names it, for the claim of this number.</summary>
    public sealed record GetNaming(string Gtin, int Number) : SkuCommand, ICommand<NamingReply>;

    /// <summary>Sets the rules of buffers, levels and reorders. Repeatable.</summary>
    public sealed record SetRules(StockRules Rules, long? IfRevision = null) : SkuCommand, ICommand<StockRulesReply>;

    /// <summary>Timer: tells which levels were crossed, and orders more.</summary>
    public sealed record CheckLevels : SkuCommand, ICommand<Done>;

    /// <summary>A purchase order that the SKU wrote is over: received, closed, or <c>Declined</c>.</summary>
    public sealed record NoteReorder(string Order, bool Declined) : SkuCommand, ICommand<Done>;

    /// <summary>Asks for the rules, and what follows from them now.</summary>
    public sealed record GetRules : SkuCommand, ICommand<StockRulesReply>;

    /// <summary>Asks what the books say of what was counted, now, and what would make them say the same.</summary>
    public sealed record JudgeCount(Tally Tally) : SkuCommand, ICommand<JudgeReply>;

    /// <summary>
    /// An <see cref="Adjust"/> that <c>Count</c> asks for, of units counted at the SKU's version <c>Counted</c>. The
    /// first outcome of an id is final.
    /// </summary>
    public sealed record Correct(
        string Id, string Count, long Counted, string Node, int Delta, string Reason, StockState State,
        Particulars? What = null) : SkuCommand, ICommand<MoveReply>;
}
