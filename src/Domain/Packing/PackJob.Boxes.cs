using System.Collections.Immutable;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Packing;

// Boxes and what goes in: opened, scanned, closed, shipped.
public sealed partial record PackJob
{
    /// <summary>Why somebody may not change anything; null when he may.</summary>
    static PackReplyStatus? Foreign(PackSheet s, string by, string? station) =>
        s.Packer != by ? PackReplyStatus.PackedByAnother
        : station is not null && s.Station != station ? PackReplyStatus.OtherStation : null;

    /// <summary>Why nothing may be packed; null when it may.</summary>
    static PackReplyStatus? Stopped(PackSheet s, string by, string? station) =>
        Foreign(s, by, station) is { } foreign ? foreign
        : s.IsStopped ? PackReplyStatus.OnHold
        : s.Sight.Lines.All(l => l.Units == 0) ? PackReplyStatus.Cancelled : null;

    static (PackReplyStatus, PackEvent?) OpenBox(PackSheet s, PackCommand.OpenBox c, Operation by, Turn turn)
    {
        if (Stopped(s, c.By, c.Station) is { } no) return (no, null);
        if (s.Boxes.Count(b => b.State is not (BoxState.Refused or BoxState.Discarded)) >= MaxBoxes)
            return (PackReplyStatus.TooManyBoxes, null);
        var number = s.Boxes.Length + 1;
        return (PackReplyStatus.Done, new PackEvent.BoxOpened(
            by, number, c.Lpn ?? $"{turn.Self.Name}-B{Text(number)}", c.Kind, c.Box, c.By, turn.Now));
    }

    static (PackReplyStatus, PackEvent?) Scan(PackSheet s, PackCommand.Scan c, Operation by, Turn turn)
    {
        // What comes out, comes out of an order that is held or cancelled, too.
        if ((c.Out ? Foreign(s, c.By, c.Station) : Stopped(s, c.By, c.Station)) is { } no) return (no, null);
        var box = s.BoxOf(c.Box);
        if (box?.State == BoxState.Opening) return (PackReplyStatus.Opening, null);
        var scan = s.Scans.Length + 1;
        var fault = c.Fault ?? (box is null ? BenchFault.UnknownBox
            : box.State != BoxState.Open ? BenchFault.BoxNotOpen
            : s.Sight.Lines.All(l => l.Sku != c.Sku) ? BenchFault.WrongSku
            : c.Out ? s.FaultOfTaking(box, c) : s.FaultOfPacking(box, c));
        if (fault is { } wrong)
        {
            return (PackReplyStatus.Wrong, new PackEvent.ScanRefused(
                by, scan, c.Box, wrong, c.Sku, c.Units, c.By, turn.Now, c.Out));
        }

        if (c.Until < turn.Now) return (PackReplyStatus.TooLate, null);
        Particulars what = new(null, c.Lot, null, c.Serials.IsDefaultOrEmpty ? default : c.Serials);
        return (PackReplyStatus.Done, new PackEvent.UnitsScanned(
            by, scan, c.Box, c.Sku, c.Units, c.Out ? s.LinesToEmpty(box!, c) : s.LinesToFill(c.Sku, c.Units), c.By,
            turn.Now, c.Out, what.IsNothing ? null : what, c.Until, c.LpnStep, c.BoxBin));
    }

    static (PackReplyStatus, PackEvent?) CloseBox(PackSheet s, PackCommand.CloseBox c, Operation by, Turn turn)
    {
        if (Stopped(s, c.By, c.Station) is { } no) return (no, null);
        if (s.BoxOf(c.Box) is not { } box) return (PackReplyStatus.UnknownBox, null);
        if (box.State == BoxState.Opening) return (PackReplyStatus.Opening, null);
        if (box.State != BoxState.Open) return (PackReplyStatus.WrongState, null);
        if (s.Scans.Any(x => x.IsAsked && x.Box == c.Box)) return (PackReplyStatus.Busy, null);
        if (box.Contents.IsEmpty) return (PackReplyStatus.EmptyBox, null);
        if (s.LinesWithTooMany().Overlaps(box.Lines.Select(l => l.Line))) return (PackReplyStatus.UnitsCancelled, null);
        var odd = c.WeightGrams is { } grams && s.Weight(box) is { } should && !IsPlausible(grams, should);
        if (odd && !c.Confirmed) return (PackReplyStatus.WeightImplausible, null);
        return (PackReplyStatus.Done, new PackEvent.BoxClosed(by, c.Box, c.WeightGrams, c.By, turn.Now, odd));
    }

    /// <summary>Whether the scales may say so of what should weigh so much.</summary>
    static bool IsPlausible(long grams, long should) =>
        Math.Abs(grams - should) <= Math.Max(WeightMarginGrams, should / 20);

    static (PackReplyStatus, PackEvent?) ReopenBox(PackSheet s, PackCommand.ReopenBox c, Operation by, Turn turn) =>
        Foreign(s, c.By, c.Station) is { } no ? (no, null)
        : s.BoxOf(c.Box) is not { } box ? (PackReplyStatus.UnknownBox, null)
        : box.State != BoxState.Closed ? (PackReplyStatus.WrongState, null)
        : (PackReplyStatus.Done, new PackEvent.BoxReopened(by, c.Box, c.By, turn.Now));

    static (PackReplyStatus, PackEvent?) DiscardBox(PackSheet s, PackCommand.DiscardBox c, Operation by) =>
        Foreign(s, c.By, c.Station) is { } no ? (no, null)
        : s.BoxOf(c.Box) is not { } box ? (PackReplyStatus.UnknownBox, null)
        : box.State == BoxState.Opening ? (PackReplyStatus.Opening, null)
        : s.Scans.Any(x => x.IsAsked && x.Box == c.Box) ? (PackReplyStatus.Busy, null)
        : box.State != BoxState.Open || !box.Contents.IsEmpty ? (PackReplyStatus.WrongState, null)
        : (PackReplyStatus.Done, new PackEvent.BoxDiscarded(by, c.Box, c.By));

    /// <summary>
    /// With nothing in a box that has not left, and nothing that anybody waits for, it ships without a bench again.
    /// </summary>
    static (PackReplyStatus, PackEvent?) GiveUp(PackSheet s, PackCommand.GiveUp c, Operation by, Turn turn) =>
        Foreign(s, c.By, c.Station) is { } no ? (no, null)
        : s.Doubts.Any(d => d.Outcome is null) ? (PackReplyStatus.OnHold, null)
        : !s.IsSettled ? (PackReplyStatus.Busy, null)
        : s.Boxes.Any(b => b.State != BoxState.Shipped && !b.Contents.IsEmpty) ? (PackReplyStatus.NotEmpty, null)
        : (PackReplyStatus.Done, new PackEvent.JobGivenUp(
            by, [.. s.Boxes.Where(b => b.State == BoxState.Open).Select(b => b.Number)], c.By, turn.Now));

    static (PackReplyStatus, PackEvent?) ShipBoxes(PackSheet s, PackCommand.ShipBoxes c, Operation by)
    {
        var named = c.Boxes.IsDefaultOrEmpty ? [] : c.Boxes;
        if (named.Any(lpn => s.Boxes.All(b => b.Lpn != lpn))) return (PackReplyStatus.UnknownBox, null);
        ImmutableArray<PackBox> leaving =
            [.. s.Boxes.Where(b => named.IsEmpty ? b.State == BoxState.Closed : named.Contains(b.Lpn))];
        if (leaving.Any(b => b.State != BoxState.Closed)) return (PackReplyStatus.WrongState, null);
        if (leaving.IsEmpty)
            return (c.Lines.IsDefaultOrEmpty ? PackReplyStatus.NothingPacked : PackReplyStatus.MoreThanPacked, null);
        ImmutableArray<LineUnits> lines = [.. Sum(leaving.SelectMany(b => b.Lines))];
        if (!c.Lines.IsDefaultOrEmpty)
        {
            ImmutableArray<LineUnits> asked = [.. Sum(c.Lines)];
            if (asked.Any(a => lines.All(l => l.Line != a.Line || l.Units < a.Units)))
                return (PackReplyStatus.MoreThanPacked, null);
            if (!asked.SequenceEqual(lines)) return (PackReplyStatus.NotWholeBoxes, null);
        }

        // Of one that is refused again and again the first time is kept, and the last.
        var number = s.Ships.Where(x => x.Id == c.Id).Skip(1).LastOrDefault()?.Number ?? s.Ships.Length + 1;
        return (PackReplyStatus.Done, new PackEvent.BoxesLeaving(
            by, number, [.. leaving.Select(b => b.Number)], lines, c.Carrier, c.TrackingNumber, c.Parcel));
    }

    /// <summary>Units by line, in ordinal order.</summary>
    static IEnumerable<LineUnits> Sum(IEnumerable<LineUnits> lines) => lines
        .GroupBy(l => l.Line).OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => new LineUnits(g.Key, g.Sum(l => l.Units)));
}
