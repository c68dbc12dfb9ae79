using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Picking;

/// <summary>
/// Units of a line of a fulfilment order that lie in one place. <c>Work</c>: from 1. <c>Velocity</c>: units of the SKU
/// that left the node lately. <c>Face</c>: the place is a pick face; null: it is not. <c>SoldAs</c>: as what they were
/// sold, null for the plain SKU.
/// </summary>
public sealed record PickTask(
    int Work, string OrderLine, string Sku, string? Bin, string? Lot, int Units, string? Zone = null,
    long Velocity = 0, PickFace? Face = null, SoldAs? SoldAs = null);

/// <summary>
/// How much a pick face is to hold: filled up to <c>Max</c> units when fewer than <c>Min</c> are left; 0 where nobody
/// told: then once it is empty.
/// </summary>
public sealed record PickFace(int Min = 0, int Max = 0);

/// <summary>Units of a SKU that lie somewhere else, and that nobody else takes as far as is known.</summary>
public sealed record PickPlace(
    string Bin, string? Lot, int Units, string? Zone = null, PickFace? Face = null);

/// <summary>
/// What is to be picked at a node, in the order of the walk. <c>Wave</c>: with what it was released together.
/// <c>Due</c>: when its first parcel is to leave. <c>Walk</c>: null where no bin has a place. <c>Together</c>: of all
/// lists of the wave; null for a list that was released alone.
/// </summary>
public sealed record PickTerms(
    string Node, PickMethod Method, ImmutableArray<PickFor> For, ImmutableArray<PickTask> Tasks,
    string? Wave = null, DateTimeOffset? Due = null, PickWalk? Walk = null, PickTogether? Together = null);

/// <summary>
/// What was released together: lists, fulfilment orders, and how far all walks are, in mm. Beside it each order on a
/// walk of its own, and lists filled with orders as they came. Lengths are null where some bins have no place.
/// <c>Asked</c>: a fingerprint of what was asked for, for who repeats it.
/// </summary>
public sealed record PickTogether(
    int Lists, int Works, long? LengthMm = null, long? OrderByOrderMm = null, long? FirstComeMm = null,
    long Asked = 0);

/// <summary>
/// How far it is to walk, in mm, and would be through every aisle in turn (null where that is no way), and order by
/// order. <c>IsShortest</c>: it is proven that there is no shorter way.
/// </summary>
public sealed record PickWalk(long LengthMm, long? SShapeMm, long NaiveMm, bool IsShortest);

/// <summary>A fulfilment order to be picked, and the tote that it goes into if that is settled.</summary>
public sealed record PickFor(string Order, int Fulfilment, string? Tote = null);

/// <summary>A fulfilment order of a list. <c>Status</c>: what its order said when the node was to begin.</summary>
public sealed record PickWork(
    string Order, int Fulfilment, string? Tote, PickWorkState State, FulfilStatus? Status = null);

/// <summary>
/// A line of a list: of <c>Units</c> those that lie in the tote, those that were not there, and those of scans that
/// the SKU has not answered.
/// </summary>
public sealed record PickLine(
    int Number, int Work, string OrderLine, string Sku, string? Bin, string? Lot, int Units, int Picked = 0,
    int Short = 0, int Asked = 0, string? Zone = null, long Velocity = 0, PickFace? Face = null)
{
    /// <summary>Units to be scanned.</summary>
    [JsonIgnore]
    public int Left => Units - Picked - Short - Asked;
}

/// <summary>
/// A scan: units taken from their place into a tote. <c>Fault</c>: why it counted nothing, and then <c>Sku</c> and
/// <c>Bin</c> what was scanned. <c>Status</c>: what the SKU answered; null before.
/// </summary>
public sealed record PickScan(
    int Number, string Id, int Line, int Units, string By, DateTimeOffset At, PickFault? Fault = null,
    PickStatus? Status = null, string? Sku = null, string? Bin = null)
{
    /// <summary>
    /// The SKU's answer counts: the first, and, where it was asked once more, for an answer was lost, that it has given
    /// the units after all.
    /// </summary>
    public bool Awaits(PickStatus status) => Status is null
        || (Status is not (PickStatus.Done or PickStatus.AlreadyDone)
            && status is (PickStatus.Done or PickStatus.AlreadyDone));
}

/// <summary>
/// Units that were not where they should be. <c>Elsewhere</c>: so many of them are picked from other places of the
/// node. <c>Status</c>: what the order said, which then had the others sent from other nodes; <c>SetAside</c>: what the
/// SKU said when they were to be sold no more until they are found; <c>Tries</c>: how often it was asked. <c>Asked</c>:
/// of how many the order was asked again, for it had not so many open. <c>Id</c>: under which it was reported; null in
/// older states. <c>IsCounted</c>: its place was counted since.
/// </summary>
public sealed record PickShort(
    int Number, int Line, int Units, string By, DateTimeOffset At, FulfilStatus? Status = null,
    MoveStatus? SetAside = null, int Tries = 0, int Elsewhere = 0, int Asked = 0, string? Id = null,
    bool IsCounted = false)
{
    /// <summary>Nobody has to answer what becomes of them.</summary>
    [JsonIgnore]
    public bool IsAnswered => Status is not null || Elsewhere == Units;

    /// <summary>No order has them any more.</summary>
    [JsonIgnore]
    public bool IsGone => Status == FulfilStatus.Done || Elsewhere == Units;
}

/// <summary>A pick list as it stands.</summary>
public sealed record PickSheet(
    PickTerms Terms, ImmutableArray<PickWork> Works, ImmutableArray<PickLine> Lines, ImmutableArray<PickScan> Scans,
    ImmutableArray<PickShort> Shorts, DateTimeOffset ReleasedAt, string? Picker = null,
    DateTimeOffset? ClaimedAt = null, string? Cancelled = null)
{
    /// <summary>How far it is.</summary>
    public PickListStatus Status =>
        Cancelled is not null ? PickListStatus.Cancelled
        : Lines.All(l => l.Left == 0 && l.Asked == 0) ? PickListStatus.Picked
        : Picker is null ? PickListStatus.Released : PickListStatus.Picking;

    /// <summary>Everybody who was asked has answered.</summary>
    public bool IsSettled => Works.All(w => w.State != PickWorkState.Starting) && Lines.All(l => l.Asked == 0)
        && Shorts.All(s => s.IsAnswered);

    /// <summary>The line to go to: the first with units to be scanned; null when none has.</summary>
    public PickLine? Next => Lines.FirstOrDefault(l => l.Left > 0 && WorkOf(l).State != PickWorkState.Dropped);

    /// <summary>The line of this number; null when there is none.</summary>
    public PickLine? LineOf(int number) => number >= 1 && number <= Lines.Length ? Lines[number - 1] : null;

    /// <summary>Whose line it is.</summary>
    public PickWork WorkOf(PickLine line) => Works[line.Work - 1];
}

/// <summary>The answer to every command and question. <c>Line</c>, <c>Scan</c>: what it is about.</summary>
public sealed record PickListReply(
    PickListReplyStatus Status, PickSheet? Sheet, long Version, int? Line = null, PickFault? Fault = null,
    int? Scan = null);

/// <summary>
/// What a pick list can be asked. <c>By</c>: a person's or a machine's id. All changes are repeatable by their id.
/// </summary>
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(TakeOn), "take-on")]
[JsonDerivedType(typeof(Scan), "scan")]
[JsonDerivedType(typeof(ReportShort), "report-short")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(NoteStart), "note-start")]
[JsonDerivedType(typeof(NotePick), "note-pick")]
[JsonDerivedType(typeof(NoteShort), "note-short")]
[JsonDerivedType(typeof(NoteSetAside), "note-set-aside")]
[JsonDerivedType(typeof(NoteCounted), "note-counted")]
[JsonDerivedType(typeof(TrySetAside), "try-set-aside")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(GetSettled), "get-settled")]
public abstract record PickListCommand
{
    /// <summary>The list is there to be picked.</summary>
    public sealed record Release(PickTerms Terms) : PickListCommand, ICommand<PickListReply>;

    /// <summary>
    /// Somebody picks it from now on; its orders learn that their node has begun. <c>TakeOver</c>: also what another
    /// had claimed, whose scanner is lost.
    /// </summary>
    public sealed record TakeOn(string Id, string By, bool TakeOver = false) : PickListCommand, ICommand<PickListReply>;

    /// <summary>
    /// Units were scanned in a place and put into a tote. <c>Line</c> null: the next one. <c>Bin</c> and <c>Tote</c>
    /// null: not scanned. <c>Until</c>, <c>LpnStep</c>, <c>ToteBin</c>: as <see cref="SkuCommand.Pick"/> has them.
    /// </summary>
    public sealed record Scan(
        string Id, string By, int? Line, string? Bin, string Sku, int Units, string? Lot = null, string? Tote = null,
        ImmutableArray<string> Serials = default, DateTimeOffset? Until = null, long? LpnStep = null,
        string? ToteBin = null) : PickListCommand, ICommand<PickListReply>;

    /// <summary>
    /// So many units of the line are not there; null: all that are left. <c>Line</c> null: the next one.
    /// <c>Elsewhere</c>: where others of the SKU lie at the node as far as who asks knows, best first; those of other
    /// SKUs than the line's (<c>Sku</c>) are left out of account.
    /// </summary>
    public sealed record ReportShort(
        string Id, string By, int? Line, int? Units, string? Sku = null, ImmutableArray<PickPlace> Elsewhere = default)
        : PickListCommand, ICommand<PickListReply>;

    /// <summary>Nothing more is picked.</summary>
    public sealed record Cancel(string Id, string By, string Reason) : PickListCommand, ICommand<PickListReply>;

    /// <summary>The answer of an order that its node begins, and the units that it has open.</summary>
    public sealed record NoteStart(string Order, int Fulfilment, FulfilStatus Status, ImmutableArray<LineUnits> Open)
        : PickListCommand, ICommand<Done>;

    /// <summary>
    /// The answer of a SKU to a scan. <c>Unpicked</c>: units that the order has committed at the node, and that nobody
    /// has picked. <c>Left</c>: units that are still in the bin; null: not told.
    /// </summary>
    public sealed record NotePick(int Number, PickStatus Status, long Unpicked = 0, long? Left = null)
        : PickListCommand, ICommand<Done>;

    /// <summary>
    /// The answer of an order to units that were not there. <c>Open</c>: units of its line that may still leave the
    /// node. <c>Again</c>: it was asked a second time.
    /// </summary>
    public sealed record NoteShort(int Number, FulfilStatus Status, int Open = 0, bool Again = false)
        : PickListCommand, ICommand<Done>;

    /// <summary>The answer of a SKU that sells them no more.</summary>
    public sealed record NoteSetAside(int Number, MoveStatus Status) : PickListCommand, ICommand<Done>;

    /// <summary>A count, by its id, of a place where units were missing is over: the book is right there.</summary>
    public sealed record NoteCounted(string Count) : PickListCommand, ICommand<Done>;

    /// <summary>Timer: units that are missing are to be set aside, unless they were counted meanwhile.</summary>
    public sealed record TrySetAside(int Number) : PickListCommand, ICommand<Done>;

    /// <summary>Asks for the list.</summary>
    public sealed record Get : PickListCommand, ICommand<PickListReply>;

    /// <summary>Asks for the list, once everybody has answered.</summary>
    public sealed record GetSettled : PickListCommand, ICommand<PickListReply>;
}

/// <summary>What happened to a pick list.</summary>
[JsonDerivedType(typeof(PickListReleased), "pick-list-released")]
[JsonDerivedType(typeof(PickListClaimed), "pick-list-claimed")]
[JsonDerivedType(typeof(WorkStarted), "work-started")]
[JsonDerivedType(typeof(UnitsScanned), "units-scanned")]
[JsonDerivedType(typeof(ScanRefused), "scan-refused")]
[JsonDerivedType(typeof(PickAnswered), "pick-answered")]
[JsonDerivedType(typeof(ShortReported), "short-reported")]
[JsonDerivedType(typeof(ShortReduced), "short-reduced")]
[JsonDerivedType(typeof(ShortAnswered), "short-answered")]
[JsonDerivedType(typeof(SetAsideAnswered), "set-aside-answered")]
[JsonDerivedType(typeof(SetAsideTried), "set-aside-tried")]
[JsonDerivedType(typeof(ShortCounted), "short-counted")]
[JsonDerivedType(typeof(PickListCancelled), "pick-list-cancelled")]
public abstract record PickListEvent
{
    /// <summary>It is there to be picked.</summary>
    public sealed record PickListReleased(PickTerms Terms, DateTimeOffset At) : PickListEvent;

    /// <summary>Somebody picks it. <c>First</c>: nobody did before.</summary>
    public sealed record PickListClaimed(
        Operation Operation, string By, DateTimeOffset At, bool First = false) : PickListEvent;

    /// <summary>
    /// An order has begun, or (any other status) is dropped. <c>Units</c>: of its lines so many fewer are to be picked.
    /// </summary>
    public sealed record WorkStarted(int Work, FulfilStatus Status, ImmutableArray<FewerUnits> Fewer) : PickListEvent;

    /// <summary>Units were scanned, and the SKU is asked for them.</summary>
    public sealed record UnitsScanned(
        Operation Operation, int Scan, int Line, int Units, string By, DateTimeOffset At, string? Tote,
        Particulars? What = null, DateTimeOffset? Until = null, long? LpnStep = null, string? ToteBin = null)
        : PickListEvent;

    /// <summary>A scan was wrong, and counted nothing.</summary>
    public sealed record ScanRefused(
        Operation Operation, int Scan, int Line, PickFault Fault, string By, DateTimeOffset At, string Sku,
        string? Bin) : PickListEvent;

    /// <summary>
    /// The SKU answered to a scan. <c>Units</c>: those in the tote now. <c>Fewer</c>: so many of the line the order
    /// does not have to be picked any more. <c>Left</c>: so many are still in the bin; null: not told.
    /// </summary>
    public sealed record PickAnswered(int Scan, PickStatus Status, int Units = 0, int Fewer = 0, long? Left = null)
        : PickListEvent;

    /// <summary>
    /// Units are not where they should be. <c>Elsewhere</c>: lines that were added for those that lie in other places.
    /// </summary>
    public sealed record ShortReported(
        Operation Operation, int Short, int Line, int Units, string By, DateTimeOffset At,
        ImmutableArray<PickPlace> Elsewhere = default) : PickListEvent;

    /// <summary>The order has fewer units open than were missing, and is asked for so many.</summary>
    public sealed record ShortReduced(int Short, int Units) : PickListEvent;

    /// <summary>The order answered to that.</summary>
    public sealed record ShortAnswered(int Short, FulfilStatus Status) : PickListEvent;

    /// <summary>The SKU answered to that.</summary>
    public sealed record SetAsideAnswered(int Short, MoveStatus Status) : PickListEvent;

    /// <summary>The SKU is asked once more to set units aside.</summary>
    public sealed record SetAsideTried(int Short) : PickListEvent;

    /// <summary>The place was counted since: what is missing there is in the book.</summary>
    public sealed record ShortCounted(int Short) : PickListEvent;

    /// <summary>Nothing more is picked.</summary>
    public sealed record PickListCancelled(Operation Operation, string By, string Reason) : PickListEvent;
}

/// <summary>So many units fewer are to be picked of a line.</summary>
public readonly record struct FewerUnits(int Line, int Units);
