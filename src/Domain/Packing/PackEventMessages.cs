using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Packing;

/// <summary>What happened at the bench.</summary>
[JsonDerivedType(typeof(JobBegun), "job-begun")]
[JsonDerivedType(typeof(JobAnswered), "job-answered")]
[JsonDerivedType(typeof(JobTakenOver), "job-taken-over")]
[JsonDerivedType(typeof(OrderSeen), "order-seen")]
[JsonDerivedType(typeof(BoxOpened), "box-opened")]
[JsonDerivedType(typeof(BoxAnswered), "box-answered")]
[JsonDerivedType(typeof(UnitsScanned), "units-scanned")]
[JsonDerivedType(typeof(ScanRefused), "scan-refused")]
[JsonDerivedType(typeof(ScanAnswered), "scan-answered")]
[JsonDerivedType(typeof(BoxClosed), "box-closed")]
[JsonDerivedType(typeof(BoxReopened), "box-reopened")]
[JsonDerivedType(typeof(BoxDiscarded), "box-discarded")]
[JsonDerivedType(typeof(DoubtReported), "doubt-reported")]
[JsonDerivedType(typeof(DoubtHeld), "doubt-held")]
[JsonDerivedType(typeof(DoubtDecided), "doubt-decided")]
[JsonDerivedType(typeof(DoubtUnpicked), "doubt-unpicked")]
[JsonDerivedType(typeof(DoubtMoved), "doubt-moved")]
[JsonDerivedType(typeof(DoubtDropped), "doubt-dropped")]
[JsonDerivedType(typeof(DoubtFreed), "doubt-freed")]
[JsonDerivedType(typeof(DoubtSetAside), "doubt-set-aside")]
[JsonDerivedType(typeof(InterceptStopped), "intercept-stopped")]
[JsonDerivedType(typeof(BoxesLeaving), "boxes-leaving")]
[JsonDerivedType(typeof(ShipAnswered), "ship-answered")]
[JsonDerivedType(typeof(PackedTold), "packed-told")]
[JsonDerivedType(typeof(JobGivenUp), "job-given-up")]
[JsonDerivedType(typeof(JobEnded), "job-ended")]
public abstract record PackEvent
{
    /// <summary>Somebody begins, and the order is asked. <c>Attempt</c>: counts how often.</summary>
    public sealed record JobBegun(
        Operation Operation, string By, string Station, PackTerms Terms, PackSight Sight, int Attempt,
        DateTimeOffset At) : PackEvent;

    /// <summary>The order answered to that.</summary>
    public sealed record JobAnswered(FulfilStatus Status) : PackEvent;

    /// <summary>Somebody else packs it, or at another bench.</summary>
    public sealed record JobTakenOver(Operation Operation, string By, string Station, DateTimeOffset At) : PackEvent;

    /// <summary>The order is not as it was.</summary>
    public sealed record OrderSeen(PackSight Sight) : PackEvent;

    /// <summary>A box is there, and its number is being registered.</summary>
    public sealed record BoxOpened(
        Operation Operation, int Number, string Lpn, string? Kind, Box Box, string By, DateTimeOffset At) : PackEvent;

    /// <summary>Units may go into it; or its number is that of another carrier.</summary>
    public sealed record BoxAnswered(int Number, bool Refused) : PackEvent;

    /// <summary>Units were scanned, and the SKU is asked for them.</summary>
    public sealed record UnitsScanned(
        Operation Operation, int Scan, int Box, string Sku, int Units, ImmutableArray<LineUnits> Lines, string By,
        DateTimeOffset At, bool Out, Particulars? What = null, DateTimeOffset? Until = null, long? LpnStep = null,
        string? BoxBin = null) : PackEvent;

    /// <summary>A scan was wrong, and changed nothing.</summary>
    public sealed record ScanRefused(
        Operation Operation, int Scan, int Box, BenchFault Fault, string Sku, int Units, string By, DateTimeOffset At,
        bool Out) : PackEvent;

    /// <summary>
    /// The SKU answered to a scan. <c>Units</c>: those that went in or came out; none: it changed nothing.
    /// </summary>
    public sealed record ScanAnswered(int Scan, PickStatus Status, ImmutableArray<PackContent> Units) : PackEvent;

    /// <summary>The box is ready to leave. <c>Odd</c>: its weight is not that of the goods.</summary>
    public sealed record BoxClosed(
        Operation Operation, int Number, int? WeightGrams, string By, DateTimeOffset At, bool Odd = false) : PackEvent;

    /// <summary>Units go in and out again.</summary>
    public sealed record BoxReopened(Operation Operation, int Number, string By, DateTimeOffset At) : PackEvent;

    /// <summary>It is not used.</summary>
    public sealed record BoxDiscarded(Operation Operation, int Number, string By) : PackEvent;

    /// <summary>Units may be damaged, and the order is to be held. <c>Node</c>: null in older journals.</summary>
    public sealed record DoubtReported(
        Operation Operation, int Doubt, string Sku, int Units, ImmutableArray<LineUnits> Lines, string Reason,
        string By, DateTimeOffset At, Particulars? What = null, string? Node = null) : PackEvent;

    /// <summary>The order answered to that.</summary>
    public sealed record DoubtHeld(int Doubt, HoldStatus Status, int Hold, long OrderVersion) : PackEvent;

    /// <summary>Somebody decided. <c>Operation</c> null: by releasing the order's hold.</summary>
    public sealed record DoubtDecided(
        Operation? Operation, int Doubt, DoubtOutcome Outcome, string By, DateTimeOffset At) : PackEvent;

    /// <summary>The SKU answered to units that are picked for the order no more.</summary>
    public sealed record DoubtUnpicked(int Doubt, PickStatus Status) : PackEvent;

    /// <summary>The order answered to units that come from elsewhere.</summary>
    public sealed record DoubtMoved(int Doubt, FulfilStatus Status) : PackEvent;

    /// <summary>The order answered to units that do not come.</summary>
    public sealed record DoubtDropped(int Doubt, CancelStatus Status) : PackEvent;

    /// <summary>The order answered to the end of the hold.</summary>
    public sealed record DoubtFreed(int Doubt, HoldStatus Status) : PackEvent;

    /// <summary>The SKU answered to units that go under quality control.</summary>
    public sealed record DoubtSetAside(int Doubt, MoveStatus Status) : PackEvent;

    /// <summary>No unit that an intercept is about is in a box: the order is told so.</summary>
    public sealed record InterceptStopped(int Number) : PackEvent;

    /// <summary>Closed boxes leave, and the order is asked. <c>Parcel</c>: the labelled one that they are.</summary>
    public sealed record BoxesLeaving(
        Operation Operation, int Ship, ImmutableArray<int> Boxes, ImmutableArray<LineUnits> Lines, string? Carrier,
        string? TrackingNumber, string? Parcel = null) : PackEvent;

    /// <summary>The order answered to that; asked again when it had not heard of the picking yet.</summary>
    public sealed record ShipAnswered(int Ship, FulfilStatus Status) : PackEvent;

    /// <summary>All of it is in closed boxes, or is no more: the order is told.</summary>
    public sealed record PackedTold(bool IsPacked) : PackEvent;

    /// <summary>It is packed here no more, and the order is asked. <c>Boxes</c>: empty ones, not used.</summary>
    public sealed record JobGivenUp(Operation Operation, ImmutableArray<int> Boxes, string By, DateTimeOffset At)
        : PackEvent;

    /// <summary>The order answered to that.</summary>
    public sealed record JobEnded(FulfilStatus Status) : PackEvent;
}
