using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Intake;

namespace Fulfillment.Counting;

/// <summary>
/// An order to count places at a node, while work goes on there. Every scan was judged by its SKU, at the version that
/// the SKU had when somebody looked; what differs corrects the books by the difference, so that units which come and go
/// before and after make none.
/// </summary>
/// <param name="Sheet">The count as callers see it; null until somebody orders it.</param>
/// <param name="Operations">All changes; when there are too many, no more are made.</param>
/// <param name="Version">Events so far.</param>
public sealed partial record CycleCount(CountSheet? Sheet, ImmutableArray<Operation> Operations, long Version)
    : IEntity<CycleCount, CountCommand, CountEvent>
{
    /// <summary>The most places of a count, and the most SKUs that it may be limited to.</summary>
    public const int MaxPlaces = 100;

    /// <summary>The most lines of a count.</summary>
    public const int MaxLines = 500;

    /// <summary>The most changes of a count.</summary>
    public const int MaxOperations = 5_000;

    /// <summary>The most changes that end places and decide lines, beyond those.</summary>
    public const int MaxEndings = 1_000;

    /// <summary>The most who may be named to count.</summary>
    public const int MaxCounters = 50;

    /// <inheritdoc/>
    public static CycleCount Initial { get; } = new(null, [], 0);

    /// <inheritdoc/>
    public static Decision<CountEvent> Decide(CycleCount count, CountCommand command, Turn turn) => command switch
    {
        CountCommand.Open c => Open(count, c, turn),
        CountCommand.Scan c => count.Change(c, ContentOf(c), (s, by) => Scan(s, c, by, turn)),
        CountCommand.Finish c => count.Change(c, ContentOf(c), (s, by) => Finish(s, c, by, turn)),
        CountCommand.Approve c => count.Change(c, ContentOf(c), (s, by) => Approve(s, c, by)),
        CountCommand.Reject c => count.Change(c, ContentOf(c), (s, by) => Reject(s, c, by)),
        CountCommand.Recount c => count.Change(c, ContentOf(c), (s, by) => Recount(s, c, by)),
        CountCommand.Cancel c => count.Change(c, ContentOf(c), (s, by) => Cancel(s, c, by)),
        CountCommand.NoteCorrection c => NoteCorrection(count, c),
        CountCommand.Get => count.Answer(Found(count)),
        CountCommand.GetSettled => count.Sheet?.IsSettled == false ? new(null) : count.Answer(Found(count)),
        _ => throw new UnreachableException(),
    };

    static CountStatus Found(CycleCount count) => count.Sheet is null ? CountStatus.UnknownCount : CountStatus.Done;

    static Decision<CountEvent> Open(CycleCount count, CountCommand.Open c, Turn turn) =>
        count.Sheet is not { } sheet ? count.Answer(CountStatus.Done, new CountEvent.CountOpened(c.Terms, turn.Now))
        : count.Answer(
            ContentOf(new CountCommand.Open(sheet.Terms)) == ContentOf(c) ? CountStatus.AlreadyDone
            : CountStatus.DifferentContent);

    /// <summary>What every change has in common: repeats, and how many are remembered.</summary>
    Decision<CountEvent> Change(
        CountCommand command, (string Id, long Content) told,
        Func<CountSheet, Operation, (CountStatus Status, int? Line, CountEvent? Happened)> decide)
    {
        if (Sheet is null) return Answer(CountStatus.UnknownCount);
        Operation by = new($"{command.GetType().Name} {told.Id}", told.Content);
        if (Operations.Repeats(by) is { } same)
        {
            return Answer(same ? CountStatus.AlreadyDone : CountStatus.DifferentContent,
                line: command is CountCommand.Scan scan ? LineOf(Sheet, scan.Judged)?.Number : null);
        }

        // What ends a count is always heard: it has room of its own.
        var most = command is CountCommand.Scan or CountCommand.Recount ? MaxOperations : MaxOperations + MaxEndings;
        if (Operations.Length >= most && command is not CountCommand.Cancel) return Answer(CountStatus.TooManyChanges);
        if (Sheet.Cancelled is not null) return Answer(CountStatus.Cancelled);
        var (status, line, happened) = decide(Sheet, by);
        return Answer(status, happened, line);
    }

    static (CountStatus, int?, CountEvent?) Scan(
        CountSheet sheet, CountCommand.Scan c, Operation by, Turn turn)
    {
        var (judged, tally) = (c.Judged, c.Judged.Tally);
        if (Refused(sheet, c.By, tally.Bin, c.AsOf) is { } refused and not CountStatus.Stale)
            return (refused, null, null);
        if (tally.Node != sheet.Terms.Node) return (CountStatus.NotThePlace, null, null);
        if (!sheet.Terms.Has(tally.Bin, judged.Sku)) return (CountStatus.NotTheSku, null, null);
        var line = LineOf(sheet, judged);
        if (line?.State == LineState.Posting) return (CountStatus.Posting, line.Number, null);
        if (c.AsOf < line?.Since || c.AsOf < PlaceOf(sheet, tally.Bin)!.Since) return (CountStatus.Stale, null, null);
        if (IsToldOtherwise(sheet, judged)) return (CountStatus.ToldOtherwise, null, null);
        if (line is null && sheet.Lines.Length >= MaxLines) return (CountStatus.TooManyLines, null, null);

        var number = line?.Number ?? sheet.Lines.Length + 1;
        return (CountStatus.Done, number, new CountEvent.UnitsCounted(by, number, judged, c.By, turn.Now));
    }

    static (CountStatus, int?, CountEvent?) Finish(
        CountSheet sheet, CountCommand.Finish c, Operation by, Turn turn)
    {
        if (Refused(sheet, c.By, c.Bin, c.AsOf) is { } refused) return (refused, null, null);
        var again = sheet.Lines.Where(l => l.State == LineState.Recount && l.Judged.Tally.Bin == c.Bin).ToList();
        if (again.Any(l => c.AsOf < l.Since)) return (CountStatus.Stale, null, null);
        if (again.FirstOrDefault(l => !c.Absent.Any(l.Judged.IsOf)) is { } left)
            return (CountStatus.NotCounted, left.Number, null);
        var absent = ImmutableArray.CreateBuilder<AbsentLine>();
        var lines = sheet.Lines.Length;
        foreach (var judged in c.Absent)
        {
            var line = LineOf(sheet, judged);
            if (judged.Tally.Bin != c.Bin || !sheet.Terms.Has(c.Bin, judged.Sku) || IsToldOtherwise(sheet, judged)
                || absent.Any(a => a.Judged.IsOf(judged))) continue;
            if (line is null ? judged.Parts.IsEmpty : line.State != LineState.Recount) continue;
            absent.Add(new(line?.Number ?? ++lines, judged));
        }

        if (lines > MaxLines) return (CountStatus.TooManyLines, null, null);
        var counted = absent.Select(a => (a.Line, a.Judged)).Concat(
            from l in sheet.Lines
            where l.State == LineState.Counted && l.Judged.Tally.Bin == c.Bin
            select (Line: l.Number, l.Judged));
        return (CountStatus.Done, null, new CountEvent.PlaceFinished(
            by, c.Bin, c.By, turn.Now, absent.ToImmutable(),
            [
                .. from l in counted
                   where l.Judged.Parts.Length > 0 && sheet.Terms.Tolerance.Allows(l.Judged)
                   orderby l.Line
                   select l.Line,
            ]));
    }

    /// <summary>Why nobody counts there so; null when he may.</summary>
    static CountStatus? Refused(CountSheet sheet, string by, string? bin, long asOf) =>
        !sheet.Terms.Counters.IsEmpty && !sheet.Terms.Counters.Contains(by) ? CountStatus.NotACounter
        : PlaceOf(sheet, bin) is not { } place ? CountStatus.NotThePlace
        : place.Finished ? CountStatus.PlaceFinished
        : asOf < place.Since ? CountStatus.Stale : null;

    static (CountStatus, int?, CountEvent?) Approve(CountSheet sheet, CountCommand.Approve c, Operation by)
    {
        var (status, at, lines) = Waiting(sheet, c.Lines);
        if (status is not null) return (status.Value, at, null);
        // A small variance asks for nobody, and one that was approved is only tried again.
        if (lines.FirstOrDefault(n => sheet.Line(n) is { DecidedBy: null } l && l.By == c.By
            && !sheet.Terms.Tolerance.Allows(l.Judged)) is > 0 and var own) return (CountStatus.SamePerson, own, null);
        return (CountStatus.Done, null, new CountEvent.LinesApproved(by, c.By, lines, c.Reason));
    }

    static (CountStatus, int?, CountEvent?) Reject(CountSheet sheet, CountCommand.Reject c, Operation by)
    {
        var (status, at, lines) = Waiting(sheet, c.Lines);
        return status is not null ? (status.Value, at, null)
            : (CountStatus.Done, null, new CountEvent.LinesRejected(by, c.By, lines, c.Reason));
    }

    static (CountStatus, int?, CountEvent?) Recount(CountSheet sheet, CountCommand.Recount c, Operation by)
    {
        if (c.Lines.IsEmpty)
        {
            var (status, at, waiting) = Waiting(sheet, []);
            return status is not null ? (status.Value, at, null)
                : (CountStatus.Done, null, new CountEvent.RecountAsked(by, c.By, waiting));
        }

        foreach (var number in c.Lines)
        {
            if (sheet.Line(number) is not { } line) return (CountStatus.UnknownLine, number, null);
            if (line.State == LineState.Posting) return (CountStatus.Posting, number, null);
        }

        return (CountStatus.Done, null, new CountEvent.RecountAsked(by, c.By, [.. c.Lines.Distinct().Order()]));
    }

    static (CountStatus, int?, CountEvent?) Cancel(CountSheet sheet, CountCommand.Cancel c, Operation by) =>
        sheet.Lines.FirstOrDefault(l => l.State == LineState.Posting) is { } line
            ? (CountStatus.Posting, line.Number, null)
            : (CountStatus.Done, null, new CountEvent.CountCancelled(by, c.By, c.Reason));

    /// <summary>Those of the lines that wait for a decision, or were refused; none told: all.</summary>
    static (CountStatus? Refused, int? Line, ImmutableArray<int> Lines) Waiting(
        CountSheet sheet, ImmutableArray<int> lines)
    {
        if (lines.IsEmpty) lines = [.. sheet.Lines.Where(Waits).Select(l => l.Number)];
        if (lines.IsEmpty) return (CountStatus.NotWaiting, null, []);
        foreach (var number in lines)
        {
            if (sheet.Line(number) is not { } line) return (CountStatus.UnknownLine, number, []);
            if (!Waits(line)) return (CountStatus.NotWaiting, number, []);
        }

        return (null, null, [.. lines.Distinct().Order()]);

        static bool Waits(CountLine l) => l.State is LineState.Waiting or LineState.Refused;
    }

    static Decision<CountEvent> NoteCorrection(CycleCount count, CountCommand.NoteCorrection c) =>
        count.Sheet?.Line(c.Line) is { State: LineState.Posting } line && line.Round == c.Round
        && c.Part < line.Answers.Length && line.Answers[c.Part].Status is null
            ? new(Done.It, new CountEvent.CorrectionAnswered(c.Line, c.Round, c.Part, c.Status)) : new(Done.It);

    static CountPlace? PlaceOf(CountSheet sheet, string? bin) => sheet.Places.FirstOrDefault(p => p.Bin == bin);

    static CountLine? LineOf(CountSheet sheet, Judgement judged) =>
        sheet.Lines.FirstOrDefault(l => l.Judged.IsOf(judged));

    /// <summary>Some told in which state the units are, and some did not: they would be counted twice.</summary>
    static bool IsToldOtherwise(CountSheet sheet, Judgement judged) => sheet.Lines.Any(l =>
        l.Judged.Sku == judged.Sku && l.Judged.Tally.Bin == judged.Tally.Bin && l.Judged.Lot == judged.Lot
        && l.Judged.Tally.State is null != judged.Tally.State is null);

    Decision<CountEvent> Answer(CountStatus status, CountEvent? happened = null, int? line = null)
    {
        var after = happened is null ? this : Evolve(this, happened);
        CountReply reply = new(status, after.Sheet, after.Version, line);
        return happened is null ? new(reply) : new(reply, happened);
    }
}
