using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Warehousing;

namespace Fulfillment.Packing;

/// <summary>Units of a SKU in a planned box.</summary>
public sealed record PackedUnits(string Sku, int Units);

/// <summary>A box of the plan: what it was to be, before anybody packed. See <see cref="PackedBox"/>.</summary>
public sealed record PlannedBox(
    string Box, ImmutableArray<PackedUnits> Contents, long GrossGrams, long DimGrams, long BillableGrams,
    int FillBasisPoints);

/// <summary>
/// What is to be packed. <c>Goods</c>: of each SKU how large and heavy one is, 0 where nobody told; its units are those
/// at the beginning. <c>Plan</c>: the boxes that would do; none, and <c>NoPlan</c> why, where there is no telling
/// (<c>NoPlanSku</c>: because of which goods).
/// </summary>
public sealed record PackTerms(
    string Order, int Fulfilment, string Node, ImmutableArray<PackLine> Goods, ImmutableArray<PlannedBox> Plan,
    PackStatus? NoPlan = null, string? NoPlanSku = null);

/// <summary>
/// Units in a box that are alike. <c>Lot</c> null, <c>Serials</c> default: nobody knows or asks.
/// </summary>
public sealed record PackContent(string Sku, int Units, string? Lot = null, ImmutableArray<string> Serials = default);

/// <summary>
/// A box. <c>Lpn</c>: the number on it. <c>Kind</c>: which of the node's; null for one that was measured. <c>Lines</c>,
/// <c>Contents</c>: what is in it, by line of the order, and by SKU and lot. <c>WeighedGrams</c>: by the scales when it
/// was closed. <c>Odd</c>: somebody confirmed a weight that is not the goods'. <c>Ship</c>: with which it left.
/// </summary>
public sealed record PackBox(
    int Number, string Lpn, string? Kind, Box Box, BoxState State, string By, DateTimeOffset OpenedAt,
    ImmutableArray<LineUnits> Lines, ImmutableArray<PackContent> Contents, int? WeighedGrams = null, bool Odd = false,
    DateTimeOffset? ClosedAt = null, int? Ship = null);

/// <summary>
/// A scan: units put into a box, or (<c>Out</c>) taken out. <c>Lines</c>: of which lines of the order. <c>Fault</c>:
/// why it changed nothing, and then <c>Sku</c> what was scanned. <c>Status</c>: what the SKU answered; null before.
/// </summary>
public sealed record PackScan(
    int Number, string Id, int Box, string Sku, int Units, string By, DateTimeOffset At, bool Out,
    ImmutableArray<LineUnits> Lines, Particulars? What = null, BenchFault? Fault = null, PickStatus? Status = null)
{
    /// <summary>The SKU has not answered.</summary>
    [JsonIgnore]
    public bool IsAsked => Fault is null && Status is null;
}

/// <summary>
/// Units that somebody doubts. <c>Hold</c>: of the order, by number; <c>HeldAs</c>: what the order said to it, and
/// <c>HeldVersion</c> which version it had then.
/// <c>Outcome</c>: what becomes of them; null while nobody has decided. <c>Moved</c>: what the order said when they
/// were to come from elsewhere; <c>Dropped</c>: when they were cancelled; <c>Freed</c>: when the hold was released.
/// <c>SetAside</c>: what the SKU said when they were to be under quality control; <c>Tries</c>: how often it was asked.
/// <c>Unpicked</c>: what the SKU said when they, and no others, were to be picked for the order no more.
/// </summary>
public sealed record PackDoubt(
    int Number, string Sku, ImmutableArray<LineUnits> Lines, int Units, Particulars? What, string Reason, string By,
    DateTimeOffset At, HoldStatus? HeldAs = null, int Hold = 0, long HeldVersion = 0, DoubtOutcome? Outcome = null,
    string? DecidedBy = null, FulfilStatus? Moved = null, CancelStatus? Dropped = null, HoldStatus? Freed = null,
    MoveStatus? SetAside = null, int Tries = 0, PickStatus? Unpicked = null)
{
    /// <summary>Nobody has decided, or the order has not heard of it.</summary>
    [JsonIgnore]
    public bool IsOpen => Outcome is null || (Outcome != DoubtOutcome.Good && Moved is null);

    /// <summary>
    /// Somebody has to see to it: nobody has decided, or the units that are not sent are on sale, for their SKU has not
    /// set them aside, yet or for ever.
    /// </summary>
    [JsonIgnore]
    public DoubtAttention? Attention => Outcome switch
    {
        null => DoubtAttention.Undecided,
        DoubtOutcome.Good => null,
        _ => SetAside switch
        {
            null when Moved is null => null,
            null => DoubtAttention.BeingSetAside,
            MoveStatus.Done or MoveStatus.AlreadyDone => null,
            MoveStatus.Committed or MoveStatus.Reserved when Tries < PackJob.MaxTries =>
                DoubtAttention.PromisedToOthers,
            _ => DoubtAttention.NotSetAside,
        },
    };

    /// <summary>The order has answered all that it was asked.</summary>
    [JsonIgnore]
    public bool IsSettled => HeldAs is not null && (Outcome is null || Freed is not null);
}

/// <summary>
/// Boxes that leave together. <c>Status</c>: what the order said; null before. <c>Parcel</c>: the one that they are.
/// </summary>
public sealed record PackShip(
    int Number, string Id, ImmutableArray<int> Boxes, ImmutableArray<LineUnits> Lines, string? Carrier,
    string? TrackingNumber, FulfilStatus? Status = null, int Tries = 0, string? Parcel = null);

/// <summary>
/// A packing job as it stands. <c>Started</c>: what the order said when it was to begin; null before.
/// <c>Attempt</c>: how often it was asked. <c>Sight</c>: the order as it was last seen. <c>Stopped</c>: intercepts that
/// the bench has answered. <c>Told</c>: whether the order was told last that all is packed. <c>GivenUp</c>: it is
/// packed here no more; <c>Ended</c>: what the order said to that, null before.
/// </summary>
public sealed record PackSheet(
    PackTerms Terms, PackSight Sight, string Packer, string Station, DateTimeOffset BegunAt, int Attempt,
    ImmutableArray<PackBox> Boxes, ImmutableArray<PackScan> Scans, ImmutableArray<PackDoubt> Doubts,
    ImmutableArray<PackShip> Ships, ImmutableArray<int> Stopped, FulfilStatus? Started = null, bool Told = false,
    bool GivenUp = false, FulfilStatus? Ended = null)
{
    /// <summary>Its order has it packed here.</summary>
    [JsonIgnore]
    public bool IsBegun => Started is FulfilStatus.Done or FulfilStatus.AlreadyDone && !GivenUp;

    /// <summary>The order begins it after all, and had refused it before.</summary>
    public bool IsBegunLate(FulfilStatus status) =>
        !IsBegun && !GivenUp && status is (FulfilStatus.Done or FulfilStatus.AlreadyDone);

    /// <summary>The order lets boxes go after all, and had refused it before.</summary>
    public bool HasLeftLate(PackShip ship, FulfilStatus status) =>
        ship.Status is not (FulfilStatus.Done or FulfilStatus.AlreadyDone)
        && status is (FulfilStatus.Done or FulfilStatus.AlreadyDone)
        && ship.Boxes.All(b => Boxes[b - 1].State is BoxState.Closed or BoxState.Leaving);

    /// <summary>How far it is.</summary>
    public PackJobStatus Status =>
        Started is null ? PackJobStatus.Starting : GivenUp ? PackJobStatus.GivenUp
        : !IsBegun ? PackJobStatus.Dropped
        : Tally().IsUnderWay(Sight)
            || Boxes.Any(b => b.State is BoxState.Opening or BoxState.Open && !b.Contents.IsEmpty)
            ? PackJobStatus.Packing
        : Boxes.Any(b => b.State is BoxState.Closed or BoxState.Leaving) ? PackJobStatus.Packed
        : Boxes.Any(b => b.State == BoxState.Shipped) ? PackJobStatus.Shipped : PackJobStatus.Cancelled;

    /// <summary>Everybody who was asked has answered; only what is put off is not waited for.</summary>
    [JsonIgnore]
    public bool IsSettled => Started is not null && Boxes.All(b => b.State is not BoxState.Opening)
        && Scans.All(s => !s.IsAsked) && Doubts.All(d => d.IsSettled) && Ships.All(s => s.Status is not null)
        && (!GivenUp || Ended is not null);

    /// <summary>The box of this number; null when there is none.</summary>
    public PackBox? BoxOf(int number) => number >= 1 && number <= Boxes.Length ? Boxes[number - 1] : null;

    /// <summary>The scan of this number; null when there is none.</summary>
    public PackScan? ScanOf(int number) => number >= 1 && number <= Scans.Length ? Scans[number - 1] : null;

    /// <summary>The doubt of this number; null when there is none.</summary>
    public PackDoubt? DoubtOf(int number) => number >= 1 && number <= Doubts.Length ? Doubts[number - 1] : null;

    /// <summary>Its units by line, counted once; for all that is asked of more than one line.</summary>
    public PackTally Tally() => new(this);

    /// <inheritdoc cref="PackTally.PackedOf"/>
    public int PackedOf(string line) => Tally().PackedOf(line);

    /// <inheritdoc cref="PackTally.AskedOf"/>
    public int AskedOf(string line) => Tally().AskedOf(line);

    /// <inheritdoc cref="PackTally.DoubtedOf"/>
    public int DoubtedOf(string line) => Tally().DoubtedOf(line);

    /// <inheritdoc cref="PackTally.LeftOf"/>
    public int LeftOf(PackNeed need) => Tally().LeftOf(need);
}

/// <summary>
/// The answer to every command and question. <c>Box</c>, <c>Scan</c>, <c>Doubt</c>, <c>Ship</c>: what it is about.
/// <c>Said</c>: the scan; its number is 0 where it was wrong and is not remembered. About scans <c>Sheet</c> is null,
/// and <c>News</c> tells what they change.
/// </summary>
public sealed record PackReply(
    PackReplyStatus Status, PackSheet? Sheet, long Version, int? Box = null, int? Scan = null, int? Doubt = null,
    int? Ship = null, PackScan? Said = null, PackNews? News = null);

/// <summary>A line of the order at the bench. <c>Left</c>: as <see cref="PackTally.LeftOf"/>.</summary>
public sealed record PackLineNow(PackNeed Need, int Packed, int Asked, int Doubted, int Left);

/// <summary>
/// What a scan can have changed. <c>OnHold</c>: nothing may be packed. <c>Left</c>, <c>TakeOut</c>: units of the whole
/// job. <c>Lines</c>: of one SKU. <c>Box</c>: with what is in it of that SKU; null where there is no such one.
/// <c>Grams</c>, <c>Mm3</c>: of all that is in it, the box apart; null where nobody knows of some goods.
/// </summary>
public sealed record PackNews(
    PackJobStatus Status, string Node, string Packer, string Station, bool OnHold, bool Settled, long Left,
    long TakeOut, ImmutableArray<PackLineNow> Lines, PackBox? Box, long? Grams, long? Mm3);

/// <summary>
/// What a packing job can be asked. <c>By</c>: a person's or a machine's id; <c>Station</c>: of the bench, null where
/// it is not told. <c>Sight</c>: the order as the caller sees it. All changes are repeatable by their id.
/// </summary>
[JsonDerivedType(typeof(Begin), "begin")]
[JsonDerivedType(typeof(OpenBox), "open-box")]
[JsonDerivedType(typeof(Scan), "scan")]
[JsonDerivedType(typeof(CloseBox), "close-box")]
[JsonDerivedType(typeof(ReopenBox), "reopen-box")]
[JsonDerivedType(typeof(DiscardBox), "discard-box")]
[JsonDerivedType(typeof(ReportDoubt), "report-doubt")]
[JsonDerivedType(typeof(DecideDoubt), "decide-doubt")]
[JsonDerivedType(typeof(ShipBoxes), "ship-boxes")]
[JsonDerivedType(typeof(GiveUp), "give-up")]
[JsonDerivedType(typeof(NoteBegin), "note-begin")]
[JsonDerivedType(typeof(NoteBox), "note-box")]
[JsonDerivedType(typeof(NoteScan), "note-scan")]
[JsonDerivedType(typeof(NoteHold), "note-hold")]
[JsonDerivedType(typeof(NoteUnpick), "note-unpick")]
[JsonDerivedType(typeof(NoteMove), "note-move")]
[JsonDerivedType(typeof(NoteDrop), "note-drop")]
[JsonDerivedType(typeof(NoteFreed), "note-freed")]
[JsonDerivedType(typeof(NoteAside), "note-aside")]
[JsonDerivedType(typeof(NoteShip), "note-ship")]
[JsonDerivedType(typeof(NoteEnd), "note-end")]
[JsonDerivedType(typeof(NoteOrder), "note-order")]
[JsonDerivedType(typeof(See), "see")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(GetSettled), "get-settled")]
[JsonDerivedType(typeof(GetBox), "get-box")]
[JsonDerivedType(typeof(GetScan), "get-scan")]
public abstract record PackCommand
{
    /// <summary>
    /// Somebody packs it from now on. <c>TakeOver</c>: also what another has begun, whose scanner is lost, or at
    /// another bench.
    /// </summary>
    public sealed record Begin(
        string Id, string By, string Station, PackTerms Terms, PackSight Sight, bool TakeOver = false)
        : PackCommand, ICommand<PackReply>;

    /// <summary>
    /// A box is opened. <c>Kind</c>: which of the node's; null for one that was measured. <c>Lpn</c> null: it is named
    /// after the job.
    /// </summary>
    public sealed record OpenBox(
        string Id, string By, string? Station, string? Kind, Box Box, string? Lpn, PackSight Sight)
        : PackCommand, ICommand<PackReply>;

    /// <summary>
    /// Units were scanned, and put into a box, or (<c>Out</c>) taken out. <c>Fault</c>: why nobody knows what it was,
    /// and then <c>Sku</c> what it says. <c>Sight</c> null: as the order told last. <c>Until</c>, <c>LpnStep</c>,
    /// <c>BoxBin</c>: as <see cref="SkuCommand.PackUnits"/> has them.
    /// </summary>
    public sealed record Scan(
        string Id, string By, string? Station, int Box, string Sku, int Units, PackSight? Sight, string? Lot = null,
        ImmutableArray<string> Serials = default, bool Out = false, BenchFault? Fault = null,
        DateTimeOffset? Until = null, long? LpnStep = null, string? BoxBin = null)
        : PackCommand, ICommand<PackReply>;

    /// <summary>
    /// The box is full, or all is in it. <c>WeightGrams</c>: by the scales; null: nobody weighed it. <c>Confirmed</c>:
    /// whatever the goods in it should weigh.
    /// </summary>
    public sealed record CloseBox(
        string Id, string By, string? Station, int Box, int? WeightGrams, PackSight Sight, bool Confirmed = false)
        : PackCommand, ICommand<PackReply>;

    /// <summary>Units go in and out again.</summary>
    public sealed record ReopenBox(string Id, string By, string? Station, int Box, PackSight Sight)
        : PackCommand, ICommand<PackReply>;

    /// <summary>An empty box is not used.</summary>
    public sealed record DiscardBox(string Id, string By, string? Station, int Box, PackSight Sight)
        : PackCommand, ICommand<PackReply>;

    /// <summary>
    /// Units that are in no box may be damaged: the order is held until somebody decides. <c>Tote</c>: in which they
    /// were picked; null: nobody knows.
    /// </summary>
    public sealed record ReportDoubt(
        string Id, string By, string? Station, string Sku, int Units, string Reason, PackSight Sight,
        string? Lot = null, ImmutableArray<string> Serials = default, string? Tote = null)
        : PackCommand, ICommand<PackReply>;

    /// <summary>What becomes of doubted units; the hold ends with it.</summary>
    public sealed record DecideDoubt(string Id, string By, int Doubt, DoubtOutcome Outcome, PackSight Sight)
        : PackCommand, ICommand<PackReply>;

    /// <summary>
    /// Closed boxes leave. <c>Boxes</c>: these, by their LPNs; none: all. <c>Lines</c>: what is in them, to be
    /// compared; none: whatever it is. <c>Parcel</c>: the labelled one that the box is; null where nobody tells.
    /// </summary>
    public sealed record ShipBoxes(
        string Id, ImmutableArray<string> Boxes, ImmutableArray<LineUnits> Lines, string? Carrier,
        string? TrackingNumber, PackSight Sight, string? Parcel = null) : PackCommand, ICommand<PackReply>;

    /// <summary>
    /// It is packed at a bench no more: what is not in boxes that have left ships as without one, or is begun again.
    /// </summary>
    public sealed record GiveUp(string Id, string By, string? Station, PackSight Sight)
        : PackCommand, ICommand<PackReply>;

    /// <summary>The answer of the order that packing begins.</summary>
    public sealed record NoteBegin(int Attempt, FulfilStatus Status, PackSight? Sight) : PackCommand, ICommand<Done>;

    /// <summary>The answer of the carrier of that number.</summary>
    public sealed record NoteBox(int Number, PlateReplyStatus Status) : PackCommand, ICommand<Done>;

    /// <summary>The answer of a SKU to a scan, and which units they were.</summary>
    public sealed record NoteScan(int Number, PickStatus Status, ImmutableArray<PackContent> Units)
        : PackCommand, ICommand<Done>;

    /// <summary>The answer of the order to a hold, and its version then.</summary>
    public sealed record NoteHold(int Doubt, HoldStatus Status, int Hold, long OrderVersion)
        : PackCommand, ICommand<Done>;

    /// <summary>The answer of the SKU to doubted units that are picked for the order no more.</summary>
    public sealed record NoteUnpick(int Doubt, PickStatus Status) : PackCommand, ICommand<Done>;

    /// <summary>The answer of the order to doubted units that are to come from elsewhere.</summary>
    public sealed record NoteMove(int Doubt, FulfilStatus Status, PackSight? Sight) : PackCommand, ICommand<Done>;

    /// <summary>The answer of the order to doubted units that are not to come at all.</summary>
    public sealed record NoteDrop(int Doubt, CancelStatus Status) : PackCommand, ICommand<Done>;

    /// <summary>The answer of the order to the release of a hold.</summary>
    public sealed record NoteFreed(int Doubt, HoldStatus Status) : PackCommand, ICommand<Done>;

    /// <summary>The answer of the SKU to units that go under quality control.</summary>
    public sealed record NoteAside(int Doubt, MoveStatus Status) : PackCommand, ICommand<Done>;

    /// <summary>The answer of the order to boxes that leave.</summary>
    public sealed record NoteShip(string Id, FulfilStatus Status, PackSight? Sight) : PackCommand, ICommand<Done>;

    /// <summary>The answer of the order to a job that was given up.</summary>
    public sealed record NoteEnd(int Attempt, FulfilStatus Status, PackSight? Sight) : PackCommand, ICommand<Done>;

    /// <summary>The order tells how it is: it was stopped, released or cancelled.</summary>
    public sealed record NoteOrder(PackSight Sight) : PackCommand, ICommand<Done>;

    /// <summary>The order as somebody sees it now.</summary>
    public sealed record See(PackSight Sight) : PackCommand, ICommand<PackReply>;

    /// <summary>Asks for the job.</summary>
    public sealed record Get : PackCommand, ICommand<PackReply>;

    /// <summary>Asks for the job, once everybody has answered.</summary>
    public sealed record GetSettled : PackCommand, ICommand<PackReply>;

    /// <summary>Asks for a box, and what the job has of a SKU.</summary>
    public sealed record GetBox(int Box, string Sku) : PackCommand, ICommand<PackReply>;

    /// <summary>Asks for a scan by its number, once its SKU has answered.</summary>
    public sealed record GetScan(int Number) : PackCommand, ICommand<PackReply>;
}
