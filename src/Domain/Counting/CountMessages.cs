using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Intake;
using Fulfillment.Inventory;

namespace Fulfillment.Counting;

/// <summary>
/// Up to where a variance corrects the books by itself: every limit that is told must hold, and one must be told.
/// <c>Value</c>: of the units that are missing or too many. <c>Percent</c>: of what is expected.
/// </summary>
public sealed record Tolerance(long? Units = null, Money? Value = null, int? Percent = null)
{
    /// <summary>Whether a variance is small enough.</summary>
    public bool Allows(Judgement judged)
    {
        if (Units is null && Value is null && Percent is null) return false;
        if (judged.Moved > Units) return false;
        if (Percent is { } percent && (Int128)judged.Moved * 100 > (Int128)judged.Expected * percent) return false;
        return Value is not { } value || (judged.UnitValue is { } unit && unit.Currency == value.Currency
            && (Int128)unit.AmountMinor * judged.Moved <= value.AmountMinor);
    }
}

/// <summary>
/// What is to be counted at a node: these bins (empty: wherever units lie), these SKUs (empty: all there are in the
/// bins). <c>Counters</c>: who may count; empty for anybody. <c>Sensor</c>: the one that caused it, to be told when it
/// is over. <c>PickList</c>: the one on which units were missing there, to be told when they were counted.
/// </summary>
public sealed record CountTerms(
    string Node, ImmutableArray<string> Bins, ImmutableArray<string> Skus, CountReason Reason, Tolerance Tolerance,
    ImmutableArray<string> Counters, string? Note = null, string? Sensor = null,
    string? PickList = null)
{
    /// <summary>Whether units of the SKU in the bin are to be counted.</summary>
    public bool Has(string? bin, string sku) => HasPlace(bin) && (Skus.IsEmpty || Skus.Contains(sku));

    /// <summary>Whether the place is to be counted; null: the whole node.</summary>
    public bool HasPlace(string? bin) => bin is null ? Bins.IsEmpty : Bins.Contains(bin);
}

/// <summary>
/// A tally of a SKU, and what its books said then: at their version <c>Version</c>. <c>Lot</c>: null where units are
/// not told apart by lot.
/// </summary>
public sealed record Judgement(
    string Sku, Tally Tally, string? Lot, long Version, long Expected, ImmutableArray<CountPart> Parts,
    ImmutableArray<string> Missing = default, ImmutableArray<StraySerial> Stray = default, Money? UnitValue = null)
{
    /// <summary>What the SKU answered.</summary>
    public static Judgement Of(string sku, Tally tally, JudgeReply reply) => new(
        sku, tally, reply.Lot, reply.Version, reply.Expected, reply.Parts,
        reply.Missing.IsDefaultOrEmpty ? default : reply.Missing, reply.Stray.IsDefaultOrEmpty ? default : reply.Stray,
        reply.UnitValue);

    /// <summary>Units more than the books say; below zero: fewer.</summary>
    [JsonIgnore]
    public long Variance => Parts.Sum(p => (long)p.Delta);

    /// <summary>Units that are missing, and units that are too many, together.</summary>
    [JsonIgnore]
    public long Moved => Parts.Sum(p => Math.Abs((long)p.Delta));

    /// <summary>Whether both are of the same units: those of the other are counted anew.</summary>
    public bool IsOf(Judgement other) => Sku == other.Sku && Tally.Bin == other.Tally.Bin && Lot == other.Lot
        && Tally.State == other.Tally.State;
}

/// <summary>What a part of a correction came to; <c>Status</c> null: the SKU has not answered.</summary>
public sealed record PartAnswer(MoveStatus? Status = null)
{
    /// <summary>It is in the books.</summary>
    [JsonIgnore]
    public bool IsDone => Status is MoveStatus.Done or MoveStatus.AlreadyDone;
}

/// <summary>
/// A line: the last tally of its units, by whom and when. <c>Round</c>: how often a correction was asked for.
/// <c>Answers</c>: of each part of the correction; default before. <c>Posted</c>: units that it has corrected in all
/// rounds, <c>PostedMinor</c>: their value, in the currency of the last judgement. <c>Since</c>: the count's version
/// before which nobody can have judged what holds now. <c>DecidedBy</c>, <c>Reason</c>: of an approval or rejection.
/// </summary>
public sealed record CountLine(
    int Number, Judgement Judged, LineState State, string By, DateTimeOffset At, int Round = 0,
    ImmutableArray<PartAnswer> Answers = default, long Posted = 0, long PostedMinor = 0, long Since = 0,
    string? DecidedBy = null, string? Reason = null);

/// <summary>A place to be counted. <c>Since</c>: the count's version when it was opened last.</summary>
public sealed record CountPlace(string? Bin, bool Finished, long Since);

/// <summary>A count as it stands.</summary>
public sealed record CountSheet(
    CountTerms Terms, ImmutableArray<CountPlace> Places, ImmutableArray<CountLine> Lines, DateTimeOffset OpenedAt,
    string? Cancelled = null)
{
    /// <summary>How far it is.</summary>
    public CountState State =>
        Cancelled is not null ? CountState.Cancelled
        : Places.Any(p => !p.Finished) ? CountState.Open
        : Lines.All(l => l.State is LineState.Matched or LineState.Posted or LineState.Rejected) ? CountState.Closed
        : CountState.Waiting;

    /// <summary>Every SKU has answered.</summary>
    public bool IsSettled => Lines.All(l => l.State != LineState.Posting);

    /// <summary>The line of this number; null when there is none.</summary>
    public CountLine? Line(int number) => number >= 1 && number <= Lines.Length ? Lines[number - 1] : null;
}

/// <summary>The answer to every command and question. <c>Line</c>: the one that it is about.</summary>
public sealed record CountReply(CountStatus Status, CountSheet? Sheet, long Version, int? Line = null);

/// <summary>
/// What a count can be asked. <c>By</c>: who, a person's or a device's id. <c>AsOf</c>: the count's version before the
/// SKUs were asked; refused as stale when what they said may not hold any more.
/// </summary>
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(Scan), "scan")]
[JsonDerivedType(typeof(Finish), "finish")]
[JsonDerivedType(typeof(Approve), "approve")]
[JsonDerivedType(typeof(Reject), "reject")]
[JsonDerivedType(typeof(Recount), "recount")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(NoteCorrection), "note-correction")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(GetSettled), "get-settled")]
public abstract record CountCommand
{
    /// <summary>Orders a count.</summary>
    public sealed record Open(CountTerms Terms) : CountCommand, ICommand<CountReply>;

    /// <summary>
    /// Somebody counted units, and the SKU said what the books have of them. <c>Lot</c> of the tally as it was told.
    /// </summary>
    public sealed record Scan(string Id, string By, long AsOf, Judgement Judged) : CountCommand, ICommand<CountReply>;

    /// <summary>
    /// There is nothing in the place but what was scanned. <c>Absent</c>: what the books had there besides, each judged
    /// as none.
    /// </summary>
    public sealed record Finish(string Id, string By, long AsOf, string? Bin, ImmutableArray<Judgement> Absent)
        : CountCommand, ICommand<CountReply>;

    /// <summary>
    /// Lines that wait, or were refused, correct the books; empty: all of them. Not by who counted them.
    /// </summary>
    public sealed record Approve(string Id, string By, ImmutableArray<int> Lines, string? Reason = null)
        : CountCommand, ICommand<CountReply>;

    /// <summary>Lines that wait, or were refused, correct nothing; empty: all of them.</summary>
    public sealed record Reject(string Id, string By, ImmutableArray<int> Lines, string Reason)
        : CountCommand, ICommand<CountReply>;

    /// <summary>Lines are to be counted again; empty: those that wait or were refused.</summary>
    public sealed record Recount(string Id, string By, ImmutableArray<int> Lines)
        : CountCommand, ICommand<CountReply>;

    /// <summary>No more is counted, and what waits corrects nothing.</summary>
    public sealed record Cancel(string Id, string By, string Reason) : CountCommand, ICommand<CountReply>;

    /// <summary>The answer of a SKU to a part of a correction.</summary>
    public sealed record NoteCorrection(int Line, int Round, int Part, MoveStatus Status)
        : CountCommand, ICommand<Done>;

    /// <summary>Asks for the count.</summary>
    public sealed record Get : CountCommand, ICommand<CountReply>;

    /// <summary>Asks for the count, once every SKU has answered.</summary>
    public sealed record GetSettled : CountCommand, ICommand<CountReply>;
}

/// <summary>What happened to a count.</summary>
[JsonDerivedType(typeof(CountOpened), "count-opened")]
[JsonDerivedType(typeof(UnitsCounted), "units-counted")]
[JsonDerivedType(typeof(PlaceFinished), "place-finished")]
[JsonDerivedType(typeof(LinesApproved), "lines-approved")]
[JsonDerivedType(typeof(LinesRejected), "lines-rejected")]
[JsonDerivedType(typeof(RecountAsked), "recount-asked")]
[JsonDerivedType(typeof(CountCancelled), "count-cancelled")]
[JsonDerivedType(typeof(CorrectionAnswered), "correction-answered")]
public abstract record CountEvent
{
    /// <summary>It was ordered.</summary>
    public sealed record CountOpened(CountTerms Terms, DateTimeOffset At) : CountEvent;

    /// <summary>
    /// Somebody counted units. <c>Line</c>: a new one, or what was counted of the same units before.
    /// </summary>
    public sealed record UnitsCounted(
        Operation Operation, int Line, Judgement Judged, string By, DateTimeOffset At) : CountEvent;

    /// <summary>
    /// A place was finished. <c>Absent</c>: new lines, or those that were to be counted again; <c>Posting</c>: lines
    /// whose variance is small enough to correct the books.
    /// </summary>
    public sealed record PlaceFinished(
        Operation Operation, string? Bin, string By, DateTimeOffset At, ImmutableArray<AbsentLine> Absent,
        ImmutableArray<int> Posting) : CountEvent;

    /// <summary>Lines correct the books.</summary>
    public sealed record LinesApproved(
        Operation Operation, string By, ImmutableArray<int> Lines, string? Reason) : CountEvent;

    /// <summary>Lines correct nothing.</summary>
    public sealed record LinesRejected(
        Operation Operation, string By, ImmutableArray<int> Lines, string Reason) : CountEvent;

    /// <summary>Lines are to be counted again: their places are open.</summary>
    public sealed record RecountAsked(Operation Operation, string By, ImmutableArray<int> Lines) : CountEvent;

    /// <summary>No more is counted.</summary>
    public sealed record CountCancelled(Operation Operation, string By, string Reason) : CountEvent;

    /// <summary>A SKU answered to a part of a correction.</summary>
    public sealed record CorrectionAnswered(int Line, int Round, int Part, MoveStatus Status) : CountEvent;
}

/// <summary>A line of which there was nothing where the books had it.</summary>
public sealed record AbsentLine(int Line, Judgement Judged);
