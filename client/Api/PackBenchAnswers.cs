using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Packing;

namespace Fulfillment.Client.Api;

/// <summary>What is answered about the pack bench.</summary>
static class PackBenchAnswers
{
    public static Problem Unknown(string id) => Problem.NotFound("not-at-bench", $"Nobody has begun to pack {id}.");

    /// <summary>Why it was refused; null when it was not.</summary>
    public static Problem? Refused(PackReply reply, string id, string operation) => reply.Status switch
    {
        PackReplyStatus.Done or PackReplyStatus.AlreadyDone => null,
        PackReplyStatus.UnknownJob => Unknown(id),
        PackReplyStatus.DifferentContent => Problem.OtherContent($"The id {operation}"),
        PackReplyStatus.Starting => Later("order-starting", "The order has not answered that packing begins."),
        PackReplyStatus.Dropped => Dropped(reply.Sheet!, id),
        PackReplyStatus.GivenUp => Problem.Conflict(
            "given-up", $"{id} is packed at a bench no more: ship it, or begin again."),
        PackReplyStatus.PackedByAnother => Problem.Conflict(
            "packed-by-another", $"{Packer(reply)} packs {id}: begin with takeOver if that scanner is lost."),
        PackReplyStatus.OtherStation => Problem.Conflict(
            "other-station", $"{id} is packed at {Station(reply)}: begin with takeOver to bring it here."),
        PackReplyStatus.TooManyChanges => Problem.Conflict(
            "too-many-changes", $"{PackJob.MaxOperations} changes were made, which is the most: close and ship what is"
            + " packed, then give it up."),
        PackReplyStatus.OnHold => Problem.Conflict(
            "on-hold", $"{id} is held: packing goes on once it is released."),
        PackReplyStatus.Cancelled => Problem.Conflict(
            "order-cancelled", $"Nothing of {id} is to leave any more: take out what is in boxes."),
        PackReplyStatus.TooManyBoxes => Problem.Conflict(
            "too-many-boxes", $"{PackJob.MaxBoxes} boxes are in use, which is the most."),
        PackReplyStatus.UnknownBox => Problem.NotFound("unknown-box", $"{id} has no such box."),
        PackReplyStatus.Opening => Later("box-opening", "The number of the box is being registered."),
        PackReplyStatus.WrongState => Problem.Conflict(
            "wrong-box-state", "The box is not in a state for that: open to be closed, closed to be opened again or to"
            + " leave, open and empty to be discarded."),
        PackReplyStatus.Busy => Later("scans-pending", "A scan or a hold has not been answered."),
        PackReplyStatus.NotEmpty => Problem.Conflict(
            "boxes-not-empty", $"Units of {id} are in boxes that have not left: ship them, or take them out."),
        PackReplyStatus.EmptyBox => Problem.Conflict("empty-box", "Nothing is in the box: discard it."),
        PackReplyStatus.UnitsCancelled => Problem.Conflict(
            "units-cancelled", "Units in the box were cancelled: take them out."),
        PackReplyStatus.WeightImplausible => Problem.Conflict(
            "weight-implausible", "The scales do not say what goods and box should weigh: look into it, or confirm."),
        PackReplyStatus.Wrong => Wrong(reply, id),
        PackReplyStatus.UnknownDoubt => Problem.Conflict(
            "not-in-hand", $"Not so many such units of {id} wait to be packed: take them out of their box first."),
        PackReplyStatus.AlreadyDecided => Problem.Conflict("already-decided", "It was decided before."),
        PackReplyStatus.NothingPacked => Problem.Conflict(
            "nothing-packed", $"{id} is at a bench, and no box of it is closed."),
        PackReplyStatus.MoreThanPacked => Problem.Conflict(
            "more-than-packed", $"{id} is at a bench: only what is in closed boxes leaves."),
        PackReplyStatus.NotWholeBoxes => Problem.Conflict(
            "not-whole-boxes", $"{id} is at a bench: boxes leave whole. Name the boxes, or all that is in them."),
        PackReplyStatus.TooLate => BinGate.TooLate(),
    };

    static string Packer(PackReply reply) => reply.Sheet?.Packer ?? reply.News!.Packer;

    static string Station(PackReply reply) => reply.Sheet?.Station ?? reply.News!.Station;

    /// <summary>Why the SKU did not move units for a scan; null when it did. The scan's id was used for that.</summary>
    public static Problem? Refusal(PackScan scan, string node) => scan.Status switch
    {
        null => null,
        PickStatus.OtherPicked => Problem.Conflict(
            "not-the-picked", $"Other units of {scan.Sku} were picked for it: lot or serial are not those."),
        PickStatus.TooLate => Problem.Conflict(
            "box-moved", "The box was moved or closed meanwhile. Scan again, under a new id."),
        PickStatus.NothingPicked when scan.Out => null,
        { } told => PickAnswers.Refusal(told, scan.Sku, node),
    };

    static Problem Later(string code, string why) => new(
        503, code, "It is under way.", $"{why} Send it again.", retryAfter: 1);

    static Problem Dropped(PackSheet s, string id) => s.Started switch
    {
        FulfilStatus.OnHold => Problem.Conflict("on-hold", $"{id} is held: begin again once it is released."),
        FulfilStatus.Scheduled => Problem.Conflict("scheduled", $"Nothing of {id} leaves before its day."),
        FulfilStatus.NothingOpen => Problem.Conflict("nothing-open", $"Nothing of {id} is left to be packed."),
        FulfilStatus.TooManyOperations => OrdersApi.TooMany(s.Terms.Order),
        _ => Problem.Conflict("refused", $"Its order would not have {id} begun."),
    };

    /// <summary>Each has its own code, for the scanner to sound and show it. Nothing was moved.</summary>
    static Problem Wrong(PackReply reply, string id)
    {
        var scan = reply.Said!;
        return Problem.Conflict(Words<BenchFault>.Of(scan.Fault!.Value), scan.Fault.Value switch
        {
            BenchFault.UnreadableBarcode => "It is no barcode that can be read.",
            BenchFault.WrongCheckDigit => "The last digit is not the one that the others ask for: scan it again.",
            BenchFault.UnknownBarcode => "The barcode is on no SKU.",
            BenchFault.UnknownBox => $"{id} has no box {scan.Box}.",
            BenchFault.BoxNotOpen => $"Box {scan.Box} is not open.",
            BenchFault.WrongSku => $"{scan.Sku} is not in {id}.",
            BenchFault.NotInBox => $"Not so many such units of {scan.Sku} are in box {scan.Box}.",
            BenchFault.UnitsCancelled => $"Units of {scan.Sku} were cancelled: put them back.",
            BenchFault.UnitsInDoubt => $"Somebody doubts units of {scan.Sku}: they wait for a decision.",
            BenchFault.MoreThanLeft => $"Not so many units of {scan.Sku} are left to be packed.",
            BenchFault.TooLargeForBox =>
                $"A unit of {scan.Sku} is larger than box {scan.Box}, however it may be turned.",
            BenchFault.BoxFull => $"With {scan.Sku} the goods would be more than the room in box {scan.Box}.",
            BenchFault.TooHeavyForBox => $"With {scan.Sku} box {scan.Box} would be too heavy.",
            BenchFault.BoxNotInsulated => $"{scan.Sku} must stay cold, and box {scan.Box} is not insulated.",
        });
    }

    /// <summary><paramref name="sources"/>: where picked units lie that are in no box; null: nobody asked.</summary>
    public static PackingBody Body(
        string id, PackSheet s, long version, IReadOnlyDictionary<string, List<PackSourceBody>>? sources = null) =>
        Body(id, s, version, s.Tally(), s.Status, sources);

    static PackingBody Body(
        string id, PackSheet s, long version, PackTally tally, PackJobStatus status,
        IReadOnlyDictionary<string, List<PackSourceBody>>? sources) => new(
        id, Words<PackJobStatus>.Of(status), s.Terms.Node, s.Packer, s.Station, s.BegunAt, s.IsStopped,
        status == PackJobStatus.Dropped ? Dropped(s, id).Code : null,
        [
            .. s.Sight.Lines.Select(l => Body(
                new PackLineNow(
                    l, tally.PackedOf(l.Line), tally.AskedOf(l.Line), tally.DoubtedOf(l.Line), tally.LeftOf(l)),
                sources?.GetValueOrDefault(l.Sku))),
        ],
        [
            .. s.Terms.Plan.Select(p => new PackPlannedBody(
                p.Box, [.. p.Contents.Select(c => new CartonContentBody(c.Sku, c.Units))], p.GrossGrams, p.DimGrams,
                p.BillableGrams, p.FillBasisPoints)),
        ],
        s.Terms.NoPlan is { } why ? Words<PackStatus>.Of(why) : null, s.Terms.NoPlanSku,
        [.. s.Boxes.Where(b => b.State != BoxState.Discarded).Select(b => Body(s, b, tally))], Comparison(s, tally),
        [.. s.Doubts.Select(Body)],
        [
            .. from x in s.Scans
               let code = x.Fault is { } fault ? Words<BenchFault>.Of(fault) : Refusal(x, s.Terms.Node)?.Code
               where code is not null
               select new PackErrorBody(x.Box, code, x.Sku, x.By, x.At),
        ], s.IsSettled, version);

    static PackLineBody Body(PackLineNow l, List<PackSourceBody>? picked = null) => new(
        l.Need.Line, l.Need.Sku, l.Need.Units, l.Packed, l.Asked, l.Doubted, Math.Max(0, l.Left), Math.Max(0, -l.Left),
        l.Need.Stopping, picked);

    /// <summary>What a scan changed.</summary>
    public static PackSummaryBody Body(string id, PackNews news, long version, List<PackSourceBody>? picked) => new(
        id, Words<PackJobStatus>.Of(news.Status), news.OnHold, news.Left, news.TakeOut,
        [.. news.Lines.Select(l => Body(l, picked))],
        news.Box is not { } b ? null : new(
            b.Number, Words<BoxState>.Of(b.State), [.. b.Contents.Select(Body)], news.Grams,
            b.WeighedGrams ?? news.Grams + b.Box.TareGrams, Fill(b, news.Mm3)),
        news.Settled, version);

    static PackContentBody Body(PackContent c) => new(c.Sku, c.Units, c.Lot, c.Serials.IsDefault ? null : c.Serials);

    static int? Fill(PackBox b, long? mm3) => mm3 is { } goods ? (int)((Int128)goods * 10_000 / b.Box.Inner.Mm3) : null;

    static PackDoubtBody Body(PackDoubt d) => new(
        d.Number, d.Sku, d.Units, d.What?.Lot, d.Reason, d.By, d.At, d.Hold == 0 ? null : d.Hold,
        d.Outcome is { } o ? Words<DoubtOutcome>.Of(o) : null, d.DecidedBy,
        d.Outcome is DoubtOutcome.Good ? null
            : d.Moved is { } told ? told is FulfilStatus.Done or FulfilStatus.AlreadyDone : null,
        d.SetAside is { } aside ? aside is MoveStatus.Done or MoveStatus.AlreadyDone : null,
        d.Attention is { } why ? Words<DoubtAttention>.Of(why) : null);

    static PackBoxBody Body(PackSheet s, PackBox b, PackTally tally)
    {
        var (should, dim) = (tally.Weight(b), Dim(b));
        var gross = b.WeighedGrams ?? should;
        return new(
            b.Number, b.Lpn, b.Kind, Words<BoxState>.Of(b.State), BoxesApi.Body(b.Box.Inner),
            BoxesApi.Body(b.Box.Outer), b.Box.TareGrams, b.Box.MaxGrams, b.Box.Insulated ? true : null,
            [.. b.Lines.Select(l => new LineUnitsBody(l.Line, l.Units))],
            [.. b.Contents.Select(Body)], should - b.Box.TareGrams, b.WeighedGrams, b.Odd ? true : null, gross, dim,
            gross is { } g ? Math.Max(g, dim) : null,
            Fill(b, tally.Volume(b)), b.OpenedAt, b.ClosedAt,
            b.Ship is { } ship ? s.Ships[ship - 1].Id : null);
    }

    /// <summary>What a carrier makes of its outside, as the plan has it.</summary>
    static long Dim(PackBox b) => (b.Box.Outer.Mm3 + PackAsk.UsualDivisor - 1) / PackAsk.UsualDivisor;

    static PackComparisonBody? Comparison(PackSheet s, PackTally tally)
    {
        if (s.Terms.Plan.IsEmpty) return null;
        var used = s.Boxes.Where(b => !b.Contents.IsEmpty).ToList();
        var billable = used.Select(b => Body(s, b, tally).BillableGrams).ToList();
        return new(
            s.Terms.Plan.Length, used.Count, s.Terms.Plan.Sum(p => p.BillableGrams),
            billable.TrueForAll(g => g is not null) ? billable.Sum() : null,
            s.Terms.Plan.Select(p => Text(p.Box, p.Contents.Select(c => (c.Sku, c.Units)))).Order()
                .SequenceEqual(used.Select(b => Text(
                    b.Kind, b.Contents.GroupBy(c => c.Sku).Select(g => (g.Key, g.Sum(c => c.Units))))).Order()));

        static string Text(string? box, IEnumerable<(string Sku, int Units)> contents) =>
            $"{box}:{string.Join(',', contents.Order().Select(c => $"{c.Sku}*{c.Units}"))}";
    }
}
