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
        PackReplyStatus.PackedByAnother => Problem.Conflict(
            "packed-by-another", $"{reply.Sheet!.Packer} packs {id}: begin with takeOver if that scanner is lost."),
        PackReplyStatus.OtherStation => Problem.Conflict(
            "other-station", $"{id} is packed at {reply.Sheet!.Station}: begin with takeOver to bring it here."),
        PackReplyStatus.TooManyChanges => Problem.Conflict(
            "too-many-changes", $"{PackJob.MaxOperations} changes were made, which is the most."),
        PackReplyStatus.OnHold => Problem.Conflict(
            "on-hold", $"{id} is held: packing goes on once it is released."),
        PackReplyStatus.Cancelled => Problem.Conflict(
            "order-cancelled", $"Nothing of {id} is to leave any more: take out what is in boxes."),
        PackReplyStatus.TooManyBoxes => Problem.Conflict(
            "too-many-boxes", $"{PackJob.MaxBoxes} boxes were opened, which is the most."),
        PackReplyStatus.UnknownBox => Problem.NotFound("unknown-box", $"{id} has no such box."),
        PackReplyStatus.Opening => Later("box-opening", "The number of the box is being registered."),
        PackReplyStatus.WrongState => Problem.Conflict(
            "wrong-box-state", "The box is not in a state for that: open to be closed, closed to be opened again or to"
            + " leave, open and empty to be discarded."),
        PackReplyStatus.Busy => Later("scans-pending", "A scan or a hold has not been answered."),
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
        var scan = reply.Sheet!.Scans[reply.Scan!.Value - 1];
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
        string id, PackSheet s, long version, IReadOnlyDictionary<string, List<PackSourceBody>>? sources = null) => new(
        id, Words<PackJobStatus>.Of(s.Status), s.Terms.Node, s.Packer, s.Station, s.BegunAt,
        s.Sight.IsHeld || s.Doubts.Any(d => d.Outcome is null),
        s.Status == PackJobStatus.Dropped ? Dropped(s, id).Code : null,
        [
            .. s.Sight.Lines.Select(l => new PackLineBody(
                l.Line, l.Sku, l.Units, s.PackedOf(l.Line), s.AskedOf(l.Line), s.DoubtedOf(l.Line),
                Math.Max(0, s.LeftOf(l)), Math.Max(0, -s.LeftOf(l)), l.Stopping, sources?.GetValueOrDefault(l.Sku))),
        ],
        [
            .. s.Terms.Plan.Select(p => new PackPlannedBody(
                p.Box, [.. p.Contents.Select(c => new CartonContentBody(c.Sku, c.Units))], p.GrossGrams, p.DimGrams,
                p.BillableGrams, p.FillBasisPoints)),
        ],
        s.Terms.NoPlan is { } why ? Words<PackStatus>.Of(why) : null, s.Terms.NoPlanSku,
        [.. s.Boxes.Where(b => b.State != BoxState.Discarded).Select(b => Body(s, b))], Comparison(s),
        [.. s.Doubts.Select(Body)],
        [
            .. from x in s.Scans
               let code = x.Fault is { } fault ? Words<BenchFault>.Of(fault) : Refusal(x, s.Terms.Node)?.Code
               where code is not null
               select new PackErrorBody(x.Box, code, x.Sku, x.By, x.At),
        ], s.IsSettled, version);

    static PackDoubtBody Body(PackDoubt d) => new(
        d.Number, d.Sku, d.Units, d.What?.Lot, d.Reason, d.By, d.At, d.Hold == 0 ? null : d.Hold,
        d.Outcome is { } o ? Words<DoubtOutcome>.Of(o) : null, d.DecidedBy,
        d.Outcome is DoubtOutcome.Good ? null
            : d.Moved is { } told ? told is FulfilStatus.Done or FulfilStatus.AlreadyDone : null,
        d.SetAside is { } aside ? aside is MoveStatus.Done or MoveStatus.AlreadyDone : null);

    public static PackBoxBody Body(PackSheet s, PackBox b)
    {
        var (should, volume, dim) = (s.Weight(b), s.Volume(b), Dim(b));
        var gross = b.WeighedGrams ?? should;
        return new(
            b.Number, b.Lpn, b.Kind, Words<BoxState>.Of(b.State), BoxesApi.Body(b.Box.Inner),
            BoxesApi.Body(b.Box.Outer), b.Box.TareGrams, b.Box.MaxGrams, b.Box.Insulated ? true : null,
            [.. b.Lines.Select(l => new LineUnitsBody(l.Line, l.Units))],
            [
                .. b.Contents.Select(c => new PackContentBody(
                    c.Sku, c.Units, c.Lot, c.Serials.IsDefault ? null : c.Serials)),
            ],
            should - b.Box.TareGrams, b.WeighedGrams, b.Odd ? true : null, gross, dim,
            gross is { } g ? Math.Max(g, dim) : null,
            volume is { } mm3 ? (int)((Int128)mm3 * 10_000 / b.Box.Inner.Mm3) : null, b.OpenedAt, b.ClosedAt,
            b.Ship is { } ship ? s.Ships[ship - 1].Id : null);
    }

    /// <summary>What a carrier makes of its outside, as the plan has it.</summary>
    static long Dim(PackBox b) => (b.Box.Outer.Mm3 + PackAsk.UsualDivisor - 1) / PackAsk.UsualDivisor;

    static PackComparisonBody? Comparison(PackSheet s)
    {
        if (s.Terms.Plan.IsEmpty) return null;
        var used = s.Boxes.Where(b => !b.Contents.IsEmpty).ToList();
        var billable = used.Select(b => Body(s, b).BillableGrams).ToList();
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
