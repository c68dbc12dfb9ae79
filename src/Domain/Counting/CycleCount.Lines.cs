using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Picking;
using Fulfillment.Sensing;

namespace Fulfillment.Counting;

// What becomes of the lines, and what their SKUs are asked.
public sealed partial record CycleCount
{
    /// <inheritdoc/>
    public static CycleCount Evolve(CycleCount before, CountEvent happened)
    {
        var version = before.Version + 1;
        return new(
            After(before.Sheet, happened, version),
            OperationOf(happened) is { } by ? before.Operations.Add(by) : before.Operations, version);
    }

    static CountSheet After(CountSheet? sheet, CountEvent happened, long version) => happened switch
    {
        CountEvent.CountOpened e => new(
            e.Terms,
            e.Terms.Bins.IsEmpty ? [new(null, false, 0)] : [.. e.Terms.Bins.Select(b => new CountPlace(b, false, 0))],
            [], e.At),
        CountEvent.UnitsCounted e => Counted(sheet!, e.Line, e.Judged, e.By, e.At),
        CountEvent.PlaceFinished e => Finished(
            e.Absent.Aggregate(sheet!, (s, a) => Counted(s, a.Line, a.Judged, e.By, e.At)), e),
        CountEvent.LinesApproved e => With(sheet!, e.Lines, l => Posting(l) with
        {
            DecidedBy = e.By,
            Reason = e.Reason,
        }),
        CountEvent.LinesRejected e => With(sheet!, e.Lines, l => l with
        {
            State = LineState.Rejected,
            DecidedBy = e.By,
            Reason = e.Reason,
        }),
        CountEvent.RecountAsked e => Reopened(With(sheet!, e.Lines, l => l with { State = LineState.Recount }),
            e.Lines, version),
        CountEvent.CountCancelled e => sheet! with { Cancelled = e.Reason },
        CountEvent.CorrectionAnswered e => With(sheet!, [e.Line], l => Answered(l, e, version)),
        _ => throw new UnreachableException(),
    };

    static CountSheet Counted(CountSheet sheet, int number, Judgement judged, string by, DateTimeOffset at)
    {
        if (sheet.Line(number) is not { } line)
            return sheet with { Lines = sheet.Lines.Add(new(number, judged, LineState.Counted, by, at)) };
        return sheet with
        {
            Lines = sheet.Lines.SetItem(number - 1, line with
            {
                Judged = judged,
                State = LineState.Counted,
                By = by,
                At = at,
                Answers = default,
                DecidedBy = null,
                Reason = null,
            }),
        };
    }

    static CountSheet Finished(CountSheet sheet, CountEvent.PlaceFinished e) => sheet with
    {
        Places = [.. sheet.Places.Select(p => p.Bin == e.Bin ? p with { Finished = true } : p)],
        Lines =
        [
            .. sheet.Lines.Select(l => l.State != LineState.Counted || l.Judged.Tally.Bin != e.Bin ? l
                : l.Judged.Parts.IsEmpty ? l with { State = LineState.Matched }
                : e.Posting.Contains(l.Number) ? Posting(l) : l with { State = LineState.Waiting }),
        ],
    };

    static CountSheet Reopened(CountSheet sheet, ImmutableArray<int> lines, long version)
    {
        var bins = lines.Select(n => sheet.Line(n)!.Judged.Tally.Bin).ToHashSet();
        return sheet with
        {
            Places =
            [
                .. sheet.Places.Select(p => bins.Contains(p.Bin) ? p with { Finished = false, Since = version } : p),
            ],
        };
    }

    /// <summary>The SKU is asked for what it has not done; what it refused is asked under another id.</summary>
    static CountLine Posting(CountLine line) => line with
    {
        State = LineState.Posting,
        Round = line.Round + 1,
        Answers = line.Answers.IsDefault ? [.. line.Judged.Parts.Select(_ => new PartAnswer())]
            : [.. line.Answers.Select(a => a.IsDone ? a : new PartAnswer())],
    };

    static CountLine Answered(CountLine line, CountEvent.CorrectionAnswered e, long version)
    {
        var answers = line.Answers.SetItem(e.Part, new(e.Status));
        var delta = answers[e.Part].IsDone ? line.Judged.Parts[e.Part].Delta : 0;
        return line with
        {
            Answers = answers,
            Since = version,
            Posted = line.Posted + delta,
            PostedMinor = line.PostedMinor + delta * (line.Judged.UnitValue?.AmountMinor ?? 0),
            State = answers.Any(a => a.Status is null) ? LineState.Posting
                : answers.All(a => a.IsDone) ? LineState.Posted : LineState.Refused,
        };
    }

    static CountSheet With(CountSheet sheet, ImmutableArray<int> lines, Func<CountLine, CountLine> change) => sheet with
    {
        Lines = [.. sheet.Lines.Select(l => lines.Contains(l.Number) ? change(l) : l)],
    };

    /// <inheritdoc/>
    public static Send[] React(CycleCount count, CountEvent happened, Turn turn)
    {
        var sheet = count.Sheet!;
        // Told again at every change from then on: a count that is over changes seldom.
        if (sheet.Terms.Sensor is { } sensor && sheet.State is CountState.Closed or CountState.Cancelled)
            return [new(turn.Self.Sibling(SensingCalls.Kind, sensor), new SensorCommand.NoteClosed(turn.Self.Name))];
        if (sheet.Terms.PickList is { } list && sheet.State == CountState.Closed)
            return [new(turn.Self.Sibling(PickingCalls.Kind, list), new PickListCommand.NoteCounted(turn.Self.Name))];
        return happened switch
        {
            CountEvent.PlaceFinished e => [.. e.Posting.SelectMany(n => Corrections(sheet, sheet.Line(n)!, turn))],
            CountEvent.LinesApproved e => [.. e.Lines.SelectMany(n => Corrections(sheet, sheet.Line(n)!, turn))],
            _ => [],
        };
    }

    static IEnumerable<Send> Corrections(CountSheet sheet, CountLine line, Turn turn) =>
        from i in Enumerable.Range(0, line.Answers.Length)
        where line.Answers[i].Status is null
        let part = line.Judged.Parts[i]
        let what = new Particulars(line.Judged.Tally.Bin, line.Judged.Lot, null, part.Serials)
        select new Send(turn.Self.Sibling(InventoryCalls.Kind, line.Judged.Sku), new SkuCommand.Correct(
            string.Create(CultureInfo.InvariantCulture, $"count/{turn.Self.Name}/{line.Number}/{line.Round}/{i}"),
            turn.Self.Name, line.Judged.Version, sheet.Terms.Node, part.Delta, $"count {turn.Self.Name}", part.State,
            what.IsNothing ? null : what));

    /// <inheritdoc/>
    public static CountCommand? OnReply(Send asked, object reply)
    {
        if ((asked.Command, reply) is not (SkuCommand.Correct c, MoveReply r)) return null;
        // No id has a slash.
        var parts = c.Id.Split('/');
        return new CountCommand.NoteCorrection(Number(parts[2]), Number(parts[3]), Number(parts[4]), r.Status);

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public static string? Check(CycleCount count, CountEvent? last)
    {
        if (count.Operations.Length > MaxOperations + MaxEndings + 1)
            return $"{count.Operations.Length} operations are remembered";
        if (count.Sheet is not { } sheet) return null;
        for (var i = 0; i < sheet.Lines.Length; i++)
        {
            var line = sheet.Lines[i];
            if (line.Number != i + 1) return $"line {line.Number} is at {i + 1}";
            if (line.State is LineState.Posting or LineState.Posted or LineState.Refused
                && line.Answers.Length != line.Judged.Parts.Length)
                return $"line {line.Number} has {line.Answers.Length} answers to {line.Judged.Parts.Length} parts";
            if (line.State == LineState.Matched && line.Judged.Variance != 0) return $"line {line.Number} matches not";
        }

        return null;
    }

    static Operation? OperationOf(CountEvent happened) => happened switch
    {
        CountEvent.UnitsCounted e => e.Operation,
        CountEvent.PlaceFinished e => e.Operation,
        CountEvent.LinesApproved e => e.Operation,
        CountEvent.LinesRejected e => e.Operation,
        CountEvent.RecountAsked e => e.Operation,
        CountEvent.CountCancelled e => e.Operation,
        _ => null,
    };

    /// <summary>What the caller said, without what the SKU said to it.</summary>
    static (string Id, long Content) ContentOf(CountCommand.Scan c) =>
        (c.Id, Fingerprint.Of(c.By, c.Judged.Sku, c.Judged.Tally.Text));

    static (string Id, long Content) ContentOf(CountCommand.Finish c) => (c.Id, Fingerprint.Of(c.By, c.Bin));

    static (string Id, long Content) ContentOf(CountCommand.Approve c) => (c.Id, ContentOf((CountCommand)c));

    static (string Id, long Content) ContentOf(CountCommand.Reject c) => (c.Id, ContentOf((CountCommand)c));

    static (string Id, long Content) ContentOf(CountCommand.Recount c) => (c.Id, ContentOf((CountCommand)c));

    static (string Id, long Content) ContentOf(CountCommand.Cancel c) => (c.Id, ContentOf((CountCommand)c));

    static long ContentOf(CountCommand command) =>
        Fingerprint.Of(JsonSerializer.Serialize(command, CountingJson.Default.CountCommand));
}
