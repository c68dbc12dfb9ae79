using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Picking;

/// <summary>
/// Units that somebody gathers on one walk through a node. Each scan is checked against the line it is for and then
/// moves the units from their bin into the tote at once, exactly once; a wrong one counts nothing and is remembered.
/// What is not there is sent from elsewhere at once, is sold no more, and has its bin counted.
/// </summary>
/// <param name="Sheet">The list as callers see it; null until it is released.</param>
/// <param name="Operations">All changes; when there are too many, no more are made.</param>
/// <param name="Version">Events so far.</param>
public sealed partial record PickList(PickSheet? Sheet, ImmutableArray<Operation> Operations, long Version)
    : IEntity<PickList, PickListCommand, PickListEvent>
{
    /// <summary>The most fulfilment orders of a list.</summary>
    public const int MaxWorks = 100;

    /// <summary>The most lines of a list.</summary>
    public const int MaxLines = 1_000;

    /// <summary>The most changes of a list: scans, right or wrong, shorts and claims. To cancel is one more.</summary>
    public const int MaxOperations = 10_000;

    /// <inheritdoc/>
    public static PickList Initial { get; } = new(null, [], 0);

    /// <inheritdoc/>
    public static Decision<PickListEvent> Decide(PickList list, PickListCommand command, Turn turn) => command switch
    {
        PickListCommand.Release c => Release(list, c, turn),
        PickListCommand.TakeOn c => list.Change(c.Id, Fingerprint.Of("claim", c.By), (s, by) => TakeOn(s, c, by, turn)),
        PickListCommand.Scan c => list.Change(c.Id, ContentOf(c), (s, by) => Scan(s, c, by, turn)),
        PickListCommand.ReportShort c => list.Change(
            c.Id, Fingerprint.Of("short", c.By, $"{c.Line}", $"{c.Units}"), (s, by) => Miss(s, c, by, turn)),
        PickListCommand.Cancel c => list.Change(
            c.Id, Fingerprint.Of("cancel", c.By, c.Reason), (s, by) => Cancel(s, c, by)),
        PickListCommand.NoteStart c => NoteStart(list, c),
        PickListCommand.NotePick c => list.Scan(c.Number) is { Fault: null } scan && scan.Awaits(c.Status)
            ? new(Done.It, new PickListEvent.PickAnswered(
                c.Number, c.Status, IsPicked(c.Status) ? scan.Units : 0, list.Needless(c, scan), c.Left))
            : new(Done.It),
        PickListCommand.NoteShort c => list.Short(c.Number) is { Status: null } s && c.Again == (s.Asked > 0)
            ? new(Done.It, list.Answered(c, s)) : new(Done.It),
        PickListCommand.NoteSetAside c => Note(
            list.Short(c.Number) is { IsGone: true } s && IsOpen(list.Sheet!, s),
            new PickListEvent.SetAsideAnswered(c.Number, c.Status)),
        PickListCommand.TrySetAside c => Note(
            list.Short(c.Number) is { } s && MaySetAside(list.Sheet!, s), new PickListEvent.SetAsideTried(c.Number)),
        PickListCommand.NoteCounted c => Note(
            list.Short(NumberOf(c.Count)) is { IsCounted: false } s && IsOpen(list.Sheet!, s),
            new PickListEvent.ShortCounted(NumberOf(c.Count))),
        PickListCommand.Get => list.Answer(Found(list)),
        PickListCommand.GetSettled => list.Sheet?.IsSettled == false ? new(null) : list.Answer(Found(list)),
        _ => throw new UnreachableException(),
    };

    static PickListReplyStatus Found(PickList list) =>
        list.Sheet is null ? PickListReplyStatus.UnknownList : PickListReplyStatus.Done;

    /// <summary>
    /// Units that the line asks for, and that the order does not have there any more: cancelled, or picked on another
    /// list. Nobody is to look for them, nor to tell that they are missing.
    /// </summary>
    int Needless(PickListCommand.NotePick c, PickScan scan)
    {
        if (c.Status is not (PickStatus.NothingHeld or PickStatus.MoreThanHeld)) return 0;
        var left = Sheet!.Lines[scan.Line - 1].Left + scan.Units;
        return (int)Math.Max(0, left - Math.Max(0, c.Unpicked));
    }

    static bool IsPicked(PickStatus status) => status is PickStatus.Done or PickStatus.AlreadyDone;

    static Decision<PickListEvent> Note(bool isNew, PickListEvent happened) =>
        isNew ? new(Done.It, happened) : new(Done.It);

    static Decision<PickListEvent> Release(PickList list, PickListCommand.Release c, Turn turn) =>
        list.Sheet is not { } sheet
            ? list.Answer(PickListReplyStatus.Done, new PickListEvent.PickListReleased(c.Terms, turn.Now))
            : list.Answer(ContentOf(sheet.Terms) == ContentOf(c.Terms)
                ? PickListReplyStatus.AlreadyDone : PickListReplyStatus.DifferentContent);

    /// <summary>What every change has in common: repeats, and how many are remembered.</summary>
    Decision<PickListEvent> Change(
        string id, long content, Func<PickSheet, Operation, (PickListReplyStatus, int?, PickListEvent?)> decide)
    {
        if (Sheet is null) return Answer(PickListReplyStatus.UnknownList);
        Operation by = new(id, content);
        if (Operations.Repeats(by) is { } same) return same ? Again(id) : Answer(PickListReplyStatus.DifferentContent);
        var (status, line, happened) = decide(Sheet, by);
        if (happened is not (null or PickListEvent.PickListCancelled) && Operations.Length >= MaxOperations)
            return Answer(PickListReplyStatus.TooManyChanges);
        return Answer(status, happened, line);
    }

    /// <summary>A repeated scan has the answer that it had.</summary>
    Decision<PickListEvent> Again(string id)
    {
        var scan = Sheet!.Scans.FirstOrDefault(s => s.Id == id);
        return new(new PickListReply(
            scan?.Fault is null ? PickListReplyStatus.AlreadyDone : PickListReplyStatus.Wrong, Sheet, Version,
            scan?.Line, scan?.Fault, scan?.Number));
    }

    static (PickListReplyStatus, int?, PickListEvent?) TakeOn(
        PickSheet sheet, PickListCommand.TakeOn c, Operation by, Turn turn) =>
        sheet.Cancelled is not null ? (PickListReplyStatus.Cancelled, null, null)
        : sheet.Picker == c.By ? (PickListReplyStatus.AlreadyDone, null, null)
        : sheet.Picker is not null && !c.TakeOver ? (PickListReplyStatus.ClaimedByAnother, null, null)
        : (PickListReplyStatus.Done, null, new PickListEvent.PickListClaimed(
            by, c.By, turn.Now, sheet.Picker is null));

    static (PickListReplyStatus, int?, PickListEvent?) Scan(
        PickSheet sheet, PickListCommand.Scan c, Operation by, Turn turn)
    {
        var (refused, line) = Find(sheet, c.By, c.Line);
        if (refused is { } status) return (status, line?.Number, null);
        var scan = sheet.Scans.Length + 1;
        if (FaultOf(sheet, line!, c) is { } fault)
        {
            return (PickListReplyStatus.Wrong, line!.Number, new PickListEvent.ScanRefused(
                by, scan, line.Number, fault, c.By, turn.Now, c.Sku, c.Bin));
        }

        if (c.Until < turn.Now) return (PickListReplyStatus.TooLate, line!.Number, null);
        Particulars what = new(line!.Bin, c.Lot ?? line.Lot, null, c.Serials.IsDefaultOrEmpty ? default : c.Serials);
        return (PickListReplyStatus.Done, line.Number, new PickListEvent.UnitsScanned(
            by, scan, line.Number, c.Units, c.By, turn.Now, c.Tote ?? sheet.WorkOf(line).Tote,
            what.IsNothing ? null : what, c.Until, c.LpnStep, c.ToteBin));
    }

    /// <summary>The line that somebody means, and why he may not pick it; null when he may.</summary>
    static (PickListReplyStatus? Refused, PickLine? Line) Find(PickSheet sheet, string by, int? number)
    {
        if (sheet.Cancelled is not null) return (PickListReplyStatus.Cancelled, null);
        if (sheet.Picker is null) return (PickListReplyStatus.NotClaimed, null);
        if (sheet.Picker != by) return (PickListReplyStatus.ClaimedByAnother, null);
        if ((number is { } n ? sheet.LineOf(n) : sheet.Next) is not { } line)
            return (number is null ? PickListReplyStatus.NothingLeft : PickListReplyStatus.UnknownLine, null);
        return (line.Left == 0 || sheet.WorkOf(line).State == PickWorkState.Dropped ? PickListReplyStatus.NothingLeft
            : sheet.WorkOf(line).State == PickWorkState.Starting ? PickListReplyStatus.Starting : null, line);
    }

    /// <summary>What is wrong with the scan, in the order of <see cref="PickFault"/>; null when nothing is.</summary>
    static PickFault? FaultOf(PickSheet sheet, PickLine line, PickListCommand.Scan c) =>
        c.Bin is not null && c.Bin != line.Bin ? PickFault.WrongBin
        : c.Sku != line.Sku ? PickFault.WrongSku
        : c.Lot is not null && line.Lot is not null && c.Lot != line.Lot ? PickFault.WrongLot
        : IsForeign(sheet, line, c.Tote) ? PickFault.WrongTote
        : c.Units <= 0 || c.Units > line.Left ? PickFault.WrongQuantity : null;

    /// <summary>An order keeps its tote, and shares it only on a list that is sorted later.</summary>
    static bool IsForeign(PickSheet sheet, PickLine line, string? tote)
    {
        if (tote is null) return false;
        var work = sheet.WorkOf(line);
        if (work.Tote is not null && work.Tote != tote) return true;
        return sheet.Terms.Method == PickMethod.Batch ? sheet.Works.Any(w => w.Tote is not null && w.Tote != tote)
            : sheet.Works.Any(w => w.Tote == tote && w != work);
    }

    static (PickListReplyStatus, int?, PickListEvent?) Cancel(
        PickSheet sheet, PickListCommand.Cancel c, Operation by) =>
        sheet.Cancelled is not null ? (PickListReplyStatus.Cancelled, null, null)
        : sheet.Lines.Any(l => l.Asked > 0) ? (PickListReplyStatus.Busy, null, null)
        : (PickListReplyStatus.Done, null, new PickListEvent.PickListCancelled(by, c.By, c.Reason));

    static Decision<PickListEvent> NoteStart(PickList list, PickListCommand.NoteStart c)
    {
        if (list.Sheet is not { } sheet) return new(Done.It);
        var index = sheet.Works.ToList().FindIndex(w => w.Order == c.Order && w.Fulfilment == c.Fulfilment);
        if (index < 0 || sheet.Works[index].State != PickWorkState.Starting) return new(Done.It);
        var lines = sheet.Lines.Where(l => l.Work == index + 1);
        var open = c.Status is FulfilStatus.Done or FulfilStatus.AlreadyDone
            ? c.Open.ToDictionary(o => o.Line, o => (long)o.Units) : [];
        var fewer = ImmutableArray.CreateBuilder<FewerUnits>();
        foreach (var line in lines)
        {
            var left = open.GetValueOrDefault(line.OrderLine);
            if (line.Units > left) fewer.Add(new(line.Number, line.Units - (int)left));
            open[line.OrderLine] = Math.Max(0, left - line.Units);
        }

        return new(Done.It, new PickListEvent.WorkStarted(index + 1, c.Status, fewer.DrainToImmutable()));
    }

    PickScan? Scan(int number) =>
        Sheet is { } s && number >= 1 && number <= s.Scans.Length ? s.Scans[number - 1] : null;

    PickShort? Short(int number) =>
        Sheet is { } s && number >= 1 && number <= s.Shorts.Length ? s.Shorts[number - 1] : null;

    Decision<PickListEvent> Answer(PickListReplyStatus status, PickListEvent? happened = null, int? line = null)
    {
        var after = happened is null ? this : Evolve(this, happened);
        PickListReply reply = new(status, after.Sheet, after.Version, line);
        reply = happened switch
        {
            PickListEvent.UnitsScanned e => reply with { Scan = e.Scan },
            PickListEvent.ScanRefused e => reply with { Scan = e.Scan, Fault = e.Fault },
            _ => reply,
        };
        return happened is null ? new(reply) : new(reply, happened);
    }

    static long ContentOf(PickListCommand.Scan c) => Fingerprint.Of(
        "scan", c.By, $"{c.Line}", c.Bin, c.Sku, $"{c.Units}", c.Lot, c.Tote,
        c.Serials.IsDefaultOrEmpty ? null : string.Join('\n', c.Serials));

    static long ContentOf(PickTerms terms) => Fingerprint.Of(JsonSerializer.Serialize<PickListCommand>(
        new PickListCommand.Release(terms), PickingJson.Default.PickListCommand));
}
