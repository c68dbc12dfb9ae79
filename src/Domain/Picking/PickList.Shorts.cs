using System.Collections.Immutable;
using System.Globalization;
using Fulfillment.Counting;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Picking;

// Units that are not where they should be. What lies elsewhere in the node is picked there; the rest is sent from other
// nodes. All of it is sold to nobody until the bin was counted. Of units that are told apart by serial nobody knows
// which ones are missing: those that would have been sold first are set aside, and the count tells which it was.
public sealed partial record PickList
{
    /// <summary>
    /// How often a SKU is asked to sell missing units no more, while it has promised them to others: each hour in the
    /// end, for a month. A count of the place ends it.
    /// </summary>
    public const int MaxTries = 726;

    /// <summary>How often it is asked for units of which no place is known: no count would end that.</summary>
    public const int MaxTriesWithoutPlace = 6;

    /// <summary>The most other places that are told, and gone to, for one line.</summary>
    public const int MaxPlaces = 20;

    const string ShortPick = "short pick", AskedAgain = "/short-again/";

    static (PickListReplyStatus, int?, PickListEvent?) Miss(
        PickSheet sheet, PickListCommand.ReportShort c, Operation by, Turn turn)
    {
        var (refused, line) = Find(sheet, c.By, c.Line);
        if (refused is { } status) return (status, line?.Number, null);
        // A scan under way may find fewer than it told.
        if (line!.Asked > 0) return (PickListReplyStatus.Busy, line.Number, null);
        var units = c.Units ?? line.Left;
        return units <= 0 || units > line.Left ? (PickListReplyStatus.NothingLeft, line.Number, null)
            : (PickListReplyStatus.Done, line.Number, new PickListEvent.ShortReported(
                by, sheet.Shorts.Length + 1, line.Number, units, c.By, turn.Now, Elsewhere(sheet, line, c, units)));
    }

    static ImmutableArray<PickPlace> Elsewhere(
        PickSheet sheet, PickLine line, PickListCommand.ReportShort c, int units) =>
        !c.Elsewhere.IsDefaultOrEmpty && c.Sku == line.Sku
            && Elsewhere(sheet, line, c.Elsewhere, units) is { IsEmpty: false } places ? places : default;

    /// <summary>
    /// Of places where units of the line's SKU lie, best first, those that are needed for so many, each with what is
    /// taken from it; of all there are where they do not suffice. Units that belong to a certain lot are looked for in
    /// others too; a place where some were missing on this list is not gone to again.
    /// </summary>
    public static ImmutableArray<PickPlace> Elsewhere(
        PickSheet sheet, PickLine line, IEnumerable<PickPlace> lying, int units)
    {
        List<PickPlace> places = [];
        foreach (var place in lying)
        {
            var most = Math.Min(units, place.Units);
            if (most <= 0 || sheet.Lines.Length + places.Count >= MaxLines || places.Count >= MaxPlaces) continue;
            if (place.Bin == line.Bin && place.Lot == line.Lot) continue;
            if (sheet.Lines.Any(l => l.Short > 0 && (l.Sku, l.Bin, l.Lot) == (line.Sku, place.Bin, place.Lot)))
                continue;
            places.Add(place with { Units = most });
            units -= most;
        }

        return [.. places];
    }

    static PickSheet Missed(PickSheet sheet, PickListEvent.ShortReported e)
    {
        ImmutableArray<PickPlace> places = e.Elsewhere.IsDefault ? [] : e.Elsewhere;
        var line = sheet.Lines[e.Line - 1];
        var missed = With(sheet, e.Line, l => l with { Short = l.Short + e.Units });
        return missed with
        {
            Shorts = sheet.Shorts.Add(new(
                e.Short, e.Line, e.Units, e.By, e.At, Elsewhere: (int)places.Sum(p => (long)p.Units),
                Id: e.Operation.Id)),
            Lines = missed.Lines.AddRange(places.Select((p, i) => new PickLine(
                sheet.Lines.Length + i + 1, line.Work, line.OrderLine, line.Sku, p.Bin, p.Lot, p.Units,
                Zone: p.Zone, Velocity: line.Velocity, Face: p.Face))),
        };
    }

    /// <summary>
    /// What follows from the order's answer: it has fewer units open than are missing, of which some are in totes or
    /// still to be picked here, and is asked for the others; else that is all.
    /// </summary>
    PickListEvent Answered(PickListCommand.NoteShort c, PickShort missing)
    {
        var line = Sheet!.Lines[missing.Line - 1];
        var here = Sheet.Lines.Where(l => l.Work == line.Work && l.OrderLine == line.OrderLine)
            .Sum(l => (long)l.Picked + l.Left + l.Asked);
        var open = (int)Math.Min(missing.Units - missing.Elsewhere, c.Open - here);
        return c is { Status: FulfilStatus.MoreThanOpen, Again: false } && open > 0
            ? new PickListEvent.ShortReduced(missing.Number, open)
            : new PickListEvent.ShortAnswered(missing.Number, c.Status);
    }

    /// <summary>
    /// The order sends from other nodes what lies nowhere else in this one; the bin is counted, and filled again if it
    /// is a pick face.
    /// </summary>
    static IEnumerable<Send> Missed(PickSheet sheet, PickListEvent.ShortReported e, Turn turn)
    {
        var (line, missing) = (sheet.Lines[e.Line - 1], sheet.Shorts[e.Short - 1]);
        yield return missing.Elsewhere == missing.Units ? SetAside(sheet, missing, turn)
            : GiveBack(sheet, missing, missing.Units - missing.Elsewhere, turn);
        if (line.Bin is not { } bin) yield break;
        yield return Recount(
            sheet, $"short:{turn.Self.Name}:{Text(e.Short)}", bin, [line.Sku], ShortPick, turn, turn.Self.Name);
        if (line.Face is { } face)
            yield return Refill(sheet, line, face, 0, $"short:{turn.Self.Name}:{Text(e.Short)}", turn);
    }

    static Send GiveBack(PickSheet sheet, PickShort missing, int units, Turn turn)
    {
        var line = sheet.Lines[missing.Line - 1];
        var work = sheet.WorkOf(line);
        return new(turn.Self.Sibling(OrderingCalls.Kind, work.Order), new OrderCommand.MoveWork(
            IdOf(turn, missing.Asked > 0 ? "short-again" : "short", missing.Number), work.Fulfilment, null,
            [new(line.OrderLine, units)], ShortPick, missing.By, Short: true));
    }

    /// <summary>A pick face of which the last unit was taken, or fewer are left than should be.</summary>
    static IEnumerable<Send> Emptied(PickSheet sheet, PickListEvent.PickAnswered e, Turn turn)
    {
        var line = sheet.Lines[sheet.Scans[e.Scan - 1].Line - 1];
        if (line.Face is { } face && IsPicked(e.Status) && e.Left is { } left && left < Math.Max(1, face.Min))
            yield return Refill(sheet, line, face, left, $"scan:{turn.Self.Name}:{Text(e.Scan)}", turn);
    }

    static Send Refill(PickSheet sheet, PickLine line, PickFace face, long left, string cause, Turn turn) => new(
        turn.Self.Sibling(RefillCalls.Kind, sheet.Terms.Node),
        new RefillCommand.Open(cause, line.Bin!, line.Sku, left, face.Max));

    static Send Recount(
        PickSheet sheet, string count, string bin, ImmutableArray<string> skus, string why, Turn turn, string? tell) =>
        new(turn.Self.Sibling(CountingCalls.Kind, count), new CountCommand.Open(new(
            sheet.Terms.Node, [bin], skus, CountReason.Exception, new(), [], $"{why}: pick list {turn.Self.Name}",
            PickList: tell)));

    /// <summary>Of which missing units a count is, by its id; 0: of none.</summary>
    static int NumberOf(string count) => int.TryParse(
        count.AsSpan(count.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : 0;

    /// <summary>Units that nobody finds are sold to nobody until somebody does.</summary>
    static Send SetAside(PickSheet sheet, PickShort missing, Turn turn)
    {
        var line = sheet.Lines[missing.Line - 1];
        Particulars what = new(line.Bin, line.Lot);
        return new(
            turn.Self.Sibling(InventoryCalls.Kind, line.Sku),
            new SkuCommand.Move(
                IdOf(turn, "aside", missing.Number), sheet.Terms.Node, missing.Units,
                StockState.Available, StockState.Quarantine, ShortPick, what.IsNothing ? null : what,
                Any: !what.IsNothing));
    }

    /// <summary>
    /// They are asked for again, until the place was counted: what is missing is in the book then, and what was found
    /// is sold again.
    /// </summary>
    static bool MaySetAside(PickSheet sheet, PickShort s) => !s.IsCounted && IsOpen(sheet, s);

    /// <summary>Nobody has, or others had the units then: those may be sent from elsewhere, too.</summary>
    static bool IsOpen(PickSheet sheet, PickShort s) => s.SetAside switch
    {
        null => true,
        MoveStatus.Committed or MoveStatus.Reserved =>
            s.Tries < (sheet.Lines[s.Line - 1].Bin is null ? MaxTriesWithoutPlace : MaxTries),
        _ => false,
    };

    /// <summary>1, 4, 16 ... seconds, and no more than an hour.</summary>
    static TimeSpan Later(int tries) => TimeSpan.FromSeconds(Math.Min(3_600, 1L << (2 * Math.Min(tries - 1, 6))));

    /// <summary>Units of the line that was asked for which may still leave the node.</summary>
    static int OpenOf(OrderCommand.MoveWork asked, OrderReply? order) =>
        order is { } known && asked.Fulfilment <= known.Fulfilments.Length
            ? known.Fulfilments[asked.Fulfilment - 1].Lines.FirstOrDefault(l => l.Line == asked.Lines[0].Line)?.MayLeave
                ?? 0 : 0;
}
