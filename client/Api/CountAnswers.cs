using Fulfillment.Counting;
using Fulfillment.Inventory;

namespace Fulfillment.Client.Api;

/// <summary>What is answered about counts.</summary>
static class CountAnswers
{
    /// <summary>Why it was refused; null when it was not.</summary>
    public static Problem? Refused(CountReply reply, string id, string operation) => reply.Status switch
    {
        CountStatus.Done or CountStatus.AlreadyDone => null,
        CountStatus.UnknownCount => Unknown(id),
        CountStatus.DifferentContent => Problem.OtherContent($"Operation id {operation}"),
        CountStatus.TooManyChanges => Problem.Conflict(
            "too-many-changes", $"{CycleCount.MaxOperations} changes were made, which is the most."),
        CountStatus.Cancelled => Problem.Conflict("count-cancelled", $"Count {id} was cancelled."),
        CountStatus.NotACounter => new(403, "not-a-counter", "It is not allowed.", $"Others are to count {id}."),
        CountStatus.NotThePlace => Problem.Conflict("not-the-place", $"Count {id} has no such place."),
        CountStatus.NotTheSku => Problem.Conflict("not-the-sku", $"Count {id} is of other SKUs."),
        CountStatus.PlaceFinished => Problem.Conflict(
            "place-finished", "The place was finished: ask for a recount of its lines."),
        CountStatus.Posting => Problem.Conflict(
            "correction-pending", $"A correction of line {reply.Line} is under way. Try again."),
        CountStatus.Stale => new(
            503, "books-move", "The books are changing.", "Something changed while this was judged. Send it again.",
            retryAfter: 1),
        CountStatus.ToldOtherwise => Problem.Invalid(
            "/state", "told-otherwise", "units of the SKU there were counted by state, or all together: not both"),
        CountStatus.NotCounted => Problem.Conflict(
            "not-counted", $"Line {reply.Line} is to be counted again, and its SKU cannot be judged."),
        CountStatus.TooManyLines => Problem.Conflict(
            "too-many-lines", $"A count has at most {CycleCount.MaxLines} lines: open another for the rest."),
        CountStatus.UnknownLine => Problem.Invalid("/lines", "unknown-line", $"there is no line {reply.Line}"),
        CountStatus.NotWaiting => Problem.Conflict(
            "not-waiting", reply.Line is { } line ? $"Line {line} waits for nothing." : "No line waits for anything."),
        CountStatus.SamePerson => new(
            403, "same-person", "It is not allowed.", $"Who counted line {reply.Line} may not approve it."),
    };

    /// <summary>Why a tally of a SKU cannot be judged.</summary>
    public static Problem Unjudged(JudgeStatus status, string sku) => status switch
    {
        JudgeStatus.UnknownSku => SkusApi.Unknown(sku),
        JudgeStatus.IsKit => SkusApi.IsKit(sku),
        JudgeStatus.LotMissing => Problem.Invalid(
            "/lot", "lot-required", $"the units of {sku} are told apart by lot: each is counted for itself"),
        JudgeStatus.SerialsMissing => Problem.Invalid(
            "/serials", "serials-required", $"must name one serial for each unit of {sku}, each once"),
        JudgeStatus.NoSerials => Problem.Invalid(
            "/serials", "no-serials", $"the units of {sku} are not told apart by serial"),
        JudgeStatus.TooMany => Problem.Invalid("/quantity", "out-of-range", "is too far from what there can be"),
        JudgeStatus.Done => throw new System.Diagnostics.UnreachableException(),
    };

    public static Problem Unknown(string id) => Problem.NotFound("unknown-count", $"There is no count {id}.");

    /// <summary>The count; what the books say only for who may know it.</summary>
    public static CountBody Body(string id, CountSheet sheet, long version, bool expected) => new(
        id, Words<CountState>.Of(sheet.State), sheet.Terms.Node, Words<CountReason>.Of(sheet.Terms.Reason),
        [.. sheet.Places.Select(p => new CountPlaceBody(p.Bin, p.Finished))],
        sheet.Terms.Skus.IsEmpty ? null : sheet.Terms.Skus, sheet.Terms.Counters.IsEmpty ? null : sheet.Terms.Counters,
        sheet.Terms.Note, sheet.Cancelled, sheet.OpenedAt,
        [.. sheet.Lines.Select(l => expected ? Full(l) : Blind(l))], version, CountReader.Body(sheet.Terms.Tolerance));

    static CountLineBody Blind(CountLine l) => new(
        l.Number, l.Judged.Sku, l.Judged.Tally.Bin, l.Judged.Lot,
        l.Judged.Tally.State is { } state ? Words<StockState>.Of(state) : null, l.Judged.Tally.Units,
        Words<LineState>.Of(l.State), l.By, l.At);

    static CountLineBody Full(CountLine l) => Blind(l) with
    {
        Expected = l.Judged.Expected,
        AtVersion = l.Judged.Version,
        Variance = l.Judged.Variance,
        VarianceValue = l.Judged.UnitValue is { } unit
            ? new(l.Judged.Variance * unit.AmountMinor, unit.Currency) : null,
        Posted = l.Posted,
        Corrections = l.Judged.Parts.IsEmpty ? null : [.. l.Judged.Parts.Select((p, i) => Part(p, l, i))],
        MissingSerials = l.Judged.Missing.IsDefaultOrEmpty ? null : l.Judged.Missing,
        StraySerials = l.Judged.Stray.IsDefaultOrEmpty ? null :
        [
            .. l.Judged.Stray.Select(s => new StraySerialBody(
                s.Serial, s.Node, s.Bin, s.State is { } state ? Words<StockState>.Of(state) : null, s.Order)),
        ],
        DecidedBy = l.DecidedBy,
        Reason = l.Reason,
    };

    static CountPartBody Part(CountPart part, CountLine line, int index)
    {
        var answer = line.Answers.IsDefault ? new() : line.Answers[index];
        return new(Words<StockState>.Of(part.State), part.Delta, answer.IsDone,
            answer is { IsDone: false, Status: { } status } ? Words<MoveStatus>.Of(status) : null);
    }
}
