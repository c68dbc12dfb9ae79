using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Inventory;

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
[JsonDerivedType(typeof(StockPicked), "stock-picked")]
[JsonDerivedType(typeof(StockUnpicked), "stock-unpicked")]
[JsonDerivedType(typeof(StockPacked), "stock-packed")]
[JsonDerivedType(typeof(StockUnpacked), "stock-unpacked")]
[JsonDerivedType(typeof(StockCarried), "stock-carried")]
[JsonDerivedType(typeof(LotRecalled), "lot-recalled")]
[JsonDerivedType(typeof(LotCleared), "lot-cleared")]
[JsonDerivedType(typeof(LotExpired), "lot-expired")]
[JsonDerivedType(typeof(LotNearExpiry), "lot-near-expiry")]
[JsonDerivedType(typeof(StockRulesSet), "stock-rules-set")]
[JsonDerivedType(typeof(LevelCrossed), "level-crossed")]
[JsonDerivedType(typeof(ListingPaused), "listing-paused")]
[JsonDerivedType(typeof(ListingResumed), "listing-resumed")]
[JsonDerivedType(typeof(ReorderRaised), "reorder-raised")]
[JsonDerivedType(typeof(ReorderEnded), "reorder-ended")]
[JsonDerivedType(typeof(LevelsChecked), "levels-checked")]
[JsonDerivedType(typeof(CorrectionDeclined), "correction-declined")]
public abstract record SkuEvent
{
    /// <summary>The card was set; <c>Dropped</c>: GTINs that the card before named, and this one does not.</summary>
    public sealed record SkuDefined(SkuCard Card, long Revision, ImmutableArray<string> Dropped = default) : SkuEvent;

    /// <summary>
    /// Units arrived. <c>OccurredAt</c>, here as in other movements: when, where it was told later; else null.
    /// <c>Over</c>, here as for moves: limits of the bin that somebody knowingly passed; null: none.
    /// </summary>
    public sealed record StockReceived(
        string Id, string Node, StockState State, int Quantity, string Reason, long Available,
        string? Supply = null, Particulars? What = null, DateTimeOffset? OccurredAt = null, string? Over = null)
        : SkuEvent;

    /// <summary>
    /// The count was corrected. <c>What</c>: what was told of the units; <c>Slots</c>: where they were. <c>Count</c>:
    /// the one that asked for it; null: nobody but who told it.
    /// </summary>
    public sealed record StockAdjusted(
        string Id, string Node, StockState State, int Delta, string Reason, long Available,
        Particulars? What = null, ImmutableArray<Slot> Slots = default, DateTimeOffset? OccurredAt = null,
        string? Count = null) : SkuEvent;

    /// <summary>
    /// Units changed state, or place. <c>Slots</c>: where they were; <c>Carried</c>: they are in <c>ToBin</c> and
    /// <c>ToLpn</c> now. <c>What</c>: what was told of them.
    /// </summary>
    public sealed record StockMoved(
        string Id, string Node, StockState From, StockState To, int Quantity, string Reason, long Available,
        ImmutableArray<Slot> Slots = default, Particulars? What = null, string? ToBin = null, string? ToLpn = null,
        bool Carried = false, DateTimeOffset? OccurredAt = null, string? Over = null) : SkuEvent;

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

    /// <summary>Units committed at nodes are held again. <c>Unpicked</c>: those that were picked.</summary>
    public sealed record StockReturned(
        string Order, int Step, ImmutableArray<NodeUnits> Picks, long Available,
        ImmutableArray<Slot> Unpicked = default) : SkuEvent;

    /// <summary>Units were given back. <c>Unpicked</c>: those that were picked.</summary>
    public sealed record StockReleased(
        string Order, int Step, long Held, long Backordered, ImmutableArray<NodeUnits> Picks, long Available,
        ImmutableArray<Slot> Unpicked = default) : SkuEvent;

    /// <summary>
    /// Committed units left. <c>Slots</c>: which, as far as it is known. <c>Freed</c>: units of the order that are
    /// nobody's, for as many that it had given back were in the boxes.
    /// </summary>
    public sealed record StockShipped(
        string Order, int Step, ImmutableArray<NodeUnits> Picks, long Available, ImmutableArray<Slot> Slots = default,
        ImmutableArray<Slot> Freed = default) : SkuEvent;

    /// <summary>
    /// Committed units were taken from where they lay, and lie in <c>Tote</c> for the order. <c>ToteBin</c>: where that
    /// stands; null: it is not known.
    /// </summary>
    public sealed record StockPicked(
        string Id, string Order, string Node, int Quantity, ImmutableArray<Slot> Slots, string? Tote, long Available,
        Particulars? What = null, string? ToteBin = null) : SkuEvent;

    /// <summary>Picked units were put back into <c>Bin</c>.</summary>
    public sealed record StockUnpicked(
        string Id, string Order, string Node, int Quantity, ImmutableArray<Slot> Slots, string? Bin, long Available,
        Particulars? What = null) : SkuEvent;

    /// <summary>
    /// Units of an order went into a box. <c>Slots</c>: where they were; what was picked for nobody is picked for it
    /// with this.
    /// </summary>
    public sealed record StockPacked(
        string Id, string Order, string Node, int Quantity, ImmutableArray<Slot> Slots, string Box, long Available,
        Particulars? What = null, string? BoxBin = null) : SkuEvent;

    /// <summary>
    /// Units were taken out of a box. <c>Slots</c>: where they were. <c>Freed</c>: others that came out and are
    /// nobody's now; <c>Kept</c>: as many that were nobody's, and are packed for the order.
    /// </summary>
    public sealed record StockUnpacked(
        string Id, string Order, string Node, int Quantity, ImmutableArray<Slot> Slots, string Box, long Available,
        Particulars? What = null, ImmutableArray<Slot> Freed = default, ImmutableArray<Slot> Kept = default) : SkuEvent;

    /// <summary>Units on a carrier are in <c>ToBin</c> with it. <c>Slots</c>: where they were.</summary>
    public sealed record StockCarried(
        string Lpn, long Step, string Node, string? ToBin, ImmutableArray<Slot> Slots, long Available) : SkuEvent;

    /// <summary>No unit of the lot is sold any more.</summary>
    public sealed record LotRecalled(string Lot, string Reason, long Available) : SkuEvent;

    /// <summary>The lot may be sold again.</summary>
    public sealed record LotCleared(string Lot, string Reason, long Available) : SkuEvent;

    /// <summary>The lot has not enough days left to be sold.</summary>
    public sealed record LotExpired(string Lot, long Available) : SkuEvent;

    /// <summary>The lot comes near its last day, and there are units of it.</summary>
    public sealed record LotNearExpiry(string Lot, DateOnly Expires, long Units, long Available) : SkuEvent;

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

    /// <summary>
    /// Units that were in transit from a node arrived at another. <c>Slots</c>: which, as far as it is known.
    /// </summary>
    public sealed record StockArrived(
        string Id, string From, string Node, StockState State, int Quantity, string Reason, long Available,
        string Supply, ImmutableArray<Slot> Slots = default) : SkuEvent;

    /// <summary>The last unit that an order waits for is expected then; null: it is not in sight.</summary>
    public sealed record BackorderRepegged(string Order, DateTimeOffset? Expected, long Available) : SkuEvent;

    /// <summary>
    /// When units are expected was compared with what orders know. <c>More</c>: the next turn goes on telling them.
    /// </summary>
    public sealed record PegsChecked(bool More, long Available) : SkuEvent;

    /// <summary>What is kept back from channels, and of what somebody is told.</summary>
    public sealed record StockRulesSet(StockRules Rules, long Revision, long Available) : SkuEvent;

    /// <summary>
    /// There are no more units than the level says, or there are again. <c>Node</c>: where; null: on all nodes.
    /// </summary>
    public sealed record LevelCrossed(string Name, bool Below, long Units, string? Node, long Available) : SkuEvent;

    /// <summary>The channel has nothing to offer.</summary>
    public sealed record ListingPaused(string Channel, long Available) : SkuEvent;

    /// <summary>The channel may offer so many units again; 0: no rule speaks of it any more.</summary>
    public sealed record ListingResumed(string Channel, long Published, long Available) : SkuEvent;

    /// <summary>
    /// The draft of a purchase order is to be written: so many units, since <c>Position</c> are at hand or expected.
    /// </summary>
    public sealed record ReorderRaised(string Order, int Number, int Units, long Position, long Available) : SkuEvent;

    /// <summary>That purchase order is over; <c>Declined</c>: it was cancelled.</summary>
    public sealed record ReorderEnded(string Order, bool Declined, long Available) : SkuEvent;

    /// <summary>All that was crossed is told.</summary>
    public sealed record LevelsChecked(long Available) : SkuEvent;

    /// <summary>A count asked for a correction that cannot be: that is how it stays.</summary>
    public sealed record CorrectionDeclined(string Id, string Count, string Node, MoveStatus Status) : SkuEvent;
}
