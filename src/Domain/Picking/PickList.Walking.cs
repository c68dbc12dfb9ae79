using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Fulfillment.Counting;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Picking;

// What becomes of the lines, and who is told.
public sealed partial record PickList
{
    /// <inheritdoc/>
    public static PickList Evolve(PickList before, PickListEvent happened) => new(
        After(before.Sheet, happened),
        OperationOf(happened) is { } by ? before.Operations.Add(by) : before.Operations, before.Version + 1);

    static PickSheet After(PickSheet? sheet, PickListEvent happened) => happened switch
    {
        PickListEvent.PickListReleased e => new(
            e.Terms,
            [.. e.Terms.For.Select(f => new PickWork(f.Order, f.Fulfilment, f.Tote, PickWorkState.Waiting))],
            [
                .. e.Terms.Tasks.Select((t, i) => new PickLine(
                    i + 1, t.Work, t.OrderLine, t.Sku, t.Bin, t.Lot, t.Units, Zone: t.Zone, Velocity: t.Velocity,
                    Face: t.Face)),
            ],
            [], [], e.At),
        PickListEvent.PickListClaimed e => sheet! with
        {
            Picker = e.By,
            ClaimedAt = e.At,
            Works =
            [
                .. sheet.Works.Select(
                    w => w.State == PickWorkState.Waiting ? w with { State = PickWorkState.Starting } : w),
            ],
        },
        PickListEvent.WorkStarted e => Started(sheet!, e),
        PickListEvent.UnitsScanned e => Scanned(sheet!, e),
        PickListEvent.ScanRefused e => sheet! with
        {
            Scans = sheet.Scans.Add(new(
                e.Scan, e.Operation.Id, e.Line, 0, e.By, e.At, e.Fault, Sku: e.Sku, Bin: e.Bin)),
        },
        PickListEvent.PickAnswered e => Answered(sheet!, e),
        PickListEvent.ShortReported e => Missed(sheet!, e),
        PickListEvent.ShortReduced e => WithShort(sheet!, e.Short, s => s with { Asked = e.Units }),
        PickListEvent.ShortAnswered e => WithShort(sheet!, e.Short, s => s with { Status = e.Status }),
        PickListEvent.SetAsideAnswered e => WithShort(
            sheet!, e.Short, s => s with { SetAside = e.Status, Tries = s.Tries + 1 }),
        PickListEvent.SetAsideTried => sheet!,
        PickListEvent.ShortCounted e => WithShort(sheet!, e.Short, s => s with { IsCounted = true }),
        PickListEvent.PickListCancelled e => sheet! with { Cancelled = e.Reason },
        _ => throw new UnreachableException(),
    };

    static PickSheet Started(PickSheet sheet, PickListEvent.WorkStarted e)
    {
        var state = e.Status is FulfilStatus.Done or FulfilStatus.AlreadyDone
            ? PickWorkState.Begun : PickWorkState.Dropped;
        var started = sheet with
        {
            Works = sheet.Works.SetItem(
                e.Work - 1, sheet.Works[e.Work - 1] with { State = state, Status = e.Status }),
        };
        return e.Fewer.Aggregate(
            started, (s, f) => With(s, f.Line, l => l with { Units = l.Units - f.Units }));
    }

    static PickSheet Scanned(PickSheet sheet, PickListEvent.UnitsScanned e)
    {
        var work = sheet.Lines[e.Line - 1].Work - 1;
        return With(sheet, e.Line, l => l with { Asked = l.Asked + e.Units }) with
        {
            Scans = sheet.Scans.Add(new(e.Scan, e.Operation.Id, e.Line, e.Units, e.By, e.At)),
            Works = e.Tote is null ? sheet.Works
                : sheet.Works.SetItem(work, sheet.Works[work] with { Tote = e.Tote }),
        };
    }

    static PickSheet Answered(PickSheet sheet, PickListEvent.PickAnswered e)
    {
        var scan = sheet.Scans[e.Scan - 1];
        var answered = With(sheet, scan.Line, l => l with
        {
            Asked = scan.Status is null ? l.Asked - scan.Units : l.Asked,
            Picked = l.Picked + e.Units,
            // Picked after all, when the line had given them up.
            Units = Math.Max(l.Units - e.Fewer, scan.Status is null ? 0 : l.Picked + e.Units + l.Asked),
        }) with
        {
            Scans = sheet.Scans.SetItem(e.Scan - 1, scan with { Status = e.Status }),
        };
        // A tote that took nothing is nobody's.
        var work = sheet.Lines[scan.Line - 1].Work;
        return answered.Lines.Any(l => l.Work == work && l.Picked + l.Asked > 0) ? answered : answered with
        {
            Works = answered.Works.SetItem(
                work - 1, answered.Works[work - 1] with { Tote = sheet.Terms.For[work - 1].Tote }),
        };
    }

    static PickSheet With(PickSheet sheet, int line, Func<PickLine, PickLine> change) =>
        sheet with { Lines = sheet.Lines.SetItem(line - 1, change(sheet.Lines[line - 1])) };

    static PickSheet WithShort(PickSheet sheet, int number, Func<PickShort, PickShort> change) =>
        sheet with { Shorts = sheet.Shorts.SetItem(number - 1, change(sheet.Shorts[number - 1])) };

    /// <inheritdoc/>
    public static Send[] React(PickList list, PickListEvent happened, Turn turn)
    {
        var sheet = list.Sheet!;
        Send[] told = happened switch
        {
            PickListEvent.PickListClaimed { First: true } =>
            [
                .. sheet.Works.Select((w, i) => new Send(
                    turn.Self.Sibling(OrderingCalls.Kind, w.Order),
                    new OrderCommand.StartWork(IdOf(turn, "start", i + 1), w.Fulfilment))),
                new(RosterOf(sheet, turn), new RosterCommand.NoteBegun(turn.Self.Name)),
            ],
            PickListEvent.WorkStarted e when sheet.Works[e.Work - 1].State == PickWorkState.Dropped =>
                [Free(sheet, turn, sheet.Works[e.Work - 1])],
            PickListEvent.UnitsScanned e => [AskSku(sheet, e, turn)],
            PickListEvent.PickAnswered e => [.. Emptied(sheet, e, turn)],
            PickListEvent.ScanRefused { Fault: PickFault.WrongSku, Bin: { } bin } e =>
                [Recount(sheet, $"mis-slot:{turn.Self.Name}:{Text(e.Line)}", bin, [], "mis-slot", turn, null)],
            PickListEvent.ShortReported e => [.. Missed(sheet, e, turn)],
            PickListEvent.ShortReduced e => [GiveBack(sheet, sheet.Shorts[e.Short - 1], e.Units, turn)],
            PickListEvent.ShortAnswered { Status: FulfilStatus.Done } e
                when MaySetAside(sheet, sheet.Shorts[e.Short - 1]) =>
                [SetAside(sheet, sheet.Shorts[e.Short - 1], turn)],
            PickListEvent.SetAsideAnswered e when MaySetAside(sheet, sheet.Shorts[e.Short - 1]) =>
            [
                new(turn.Self, new PickListCommand.TrySetAside(e.Short),
                    turn.Now + Later(sheet.Shorts[e.Short - 1].Tries)),
            ],
            PickListEvent.SetAsideTried e => [SetAside(sheet, sheet.Shorts[e.Short - 1], turn)],
            _ => [],
        };
        return EndsWith(sheet, happened) ? [.. told, Free(sheet, turn, null)] : told;
    }

    /// <summary>With the event nothing is left to pick; perhaps it was so before.</summary>
    static bool EndsWith(PickSheet sheet, PickListEvent happened) =>
        happened is PickListEvent.PickListCancelled or PickListEvent.WorkStarted or PickListEvent.PickAnswered
            or PickListEvent.ShortReported
        && sheet.Status is PickListStatus.Picked or PickListStatus.Cancelled;

    /// <summary>The work, or all of it, may be put on another list.</summary>
    static Send Free(PickSheet sheet, Turn turn, PickWork? work) => new(
        RosterOf(sheet, turn), new RosterCommand.Free(
            turn.Self.Name, work is null ? default : [new ListedWork(work.Order, work.Fulfilment)]));

    static EntityId RosterOf(PickSheet sheet, Turn turn) =>
        turn.Self.Sibling(PickRosterCalls.Kind, sheet.Terms.Node);

    static Send AskSku(PickSheet sheet, PickListEvent.UnitsScanned e, Turn turn)
    {
        var line = sheet.Lines[e.Line - 1];
        return new(turn.Self.Sibling(InventoryCalls.Kind, line.Sku), new SkuCommand.Pick(
            IdOf(turn, "scan", e.Scan), sheet.WorkOf(line).Order, sheet.Terms.Node, e.Units, e.What, e.Tote, e.LpnStep,
            e.Until, e.ToteBin));
    }

    static string IdOf(Turn turn, string what, int number) => $"pick/{turn.Self.Name}/{what}/{Text(number)}";

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public static PickListCommand? OnReply(Send asked, object reply) => (asked.Command, reply) switch
    {
        (OrderCommand.StartWork c, FulfilReply r) => new PickListCommand.NoteStart(
            asked.To.Name, c.Fulfilment, r.Status,
            r.Order is { } order && c.Fulfilment <= order.Fulfilments.Length
                ? [.. order.Fulfilments[c.Fulfilment - 1].Lines.Select(l => new LineUnits(l.Line, l.MayLeave))] : []),
        (SkuCommand.Pick c, PickReply r) => new PickListCommand.NotePick(
            Number(c.Id), r.Status, UnitsAt(r.Standing.Allocated, c.Node) - UnitsAt(r.Standing.Picked, c.Node), r.Left),
        (OrderCommand.MoveWork c, FulfilReply r) => new PickListCommand.NoteShort(
            Number(c.Id), r.Status, OpenOf(c, r.Order), c.Id.Contains(AskedAgain, StringComparison.Ordinal)),
        (SkuCommand.Move c, MoveReply r) => new PickListCommand.NoteSetAside(Number(c.Id), r.Status),
        _ => null,
    };

    static long UnitsAt(ImmutableArray<NodeUnits> units, string node) =>
        units.IsDefault ? 0 : units.FirstOrDefault(u => u.Node == node).Units;

    /// <summary>The last part of an id of ours; no list's id has a slash.</summary>
    static int Number(string id) =>
        int.Parse(id.AsSpan(id.LastIndexOf('/') + 1), CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public static string? Check(PickList list, PickListEvent? last)
    {
        if (list.Operations.Length > MaxOperations + 1) return $"{list.Operations.Length} operations are remembered";
        if (list.Sheet is not { } sheet) return null;
        foreach (var line in sheet.Lines)
        {
            if (line.Left < 0 || line.Picked < 0 || line.Asked < 0) return $"line {line}";
            var scans = sheet.Scans.Where(s => s.Line == line.Number && s.Fault is null).ToList();
            if (scans.Where(s => s.Status is null).Sum(s => s.Units) != line.Asked)
                return $"{line.Asked} asked of {line}";
            if (scans.Where(s => s.Status is { } told && IsPicked(told)).Sum(s => s.Units) != line.Picked)
                return $"{line.Picked} picked of {line}";
        }

        return null;
    }

    static Operation? OperationOf(PickListEvent happened) => happened switch
    {
        PickListEvent.PickListClaimed e => e.Operation,
        PickListEvent.UnitsScanned e => e.Operation,
        PickListEvent.ScanRefused e => e.Operation,
        PickListEvent.ShortReported e => e.Operation,
        PickListEvent.PickListCancelled e => e.Operation,
        _ => null,
    };
}
