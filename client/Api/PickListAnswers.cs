using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Picking;
using Fulfillment.Views;

namespace Fulfillment.Client.Api;

/// <summary>What is answered about pick lists.</summary>
static class PickListAnswers
{
    /// <summary>Why it was refused; null when it was not.</summary>
    public static Problem? Refused(PickListReply reply, string id, string operation) => reply.Status switch
    {
        PickListReplyStatus.Done or PickListReplyStatus.AlreadyDone => null,
        PickListReplyStatus.UnknownList => Unknown(id),
        PickListReplyStatus.DifferentContent => Problem.OtherContent($"The id {operation}"),
        PickListReplyStatus.Cancelled => Problem.Conflict("list-cancelled", $"Pick list {id} was given up."),
        PickListReplyStatus.NotClaimed => Problem.Conflict(
            "not-claimed", $"Nobody has claimed pick list {id}: claim it."),
        PickListReplyStatus.ClaimedByAnother => Problem.Conflict(
            "claimed-by-another", $"{reply.Sheet!.Picker} picks {id}: claim it with takeOver if that scanner is lost."),
        PickListReplyStatus.TooManyChanges => Problem.Conflict(
            "too-many-changes", $"{PickList.MaxOperations} changes were made, which is the most."),
        PickListReplyStatus.UnknownLine => Problem.Invalid("/line", "unknown-line", $"{id} has no such line"),
        PickListReplyStatus.NothingLeft => Problem.Conflict(
            "nothing-left", reply.Line is { } line ? $"Nothing is left to pick of line {line}, or not so many."
                : $"Nothing is left to pick of {id}."),
        PickListReplyStatus.Starting => new(
            503, "order-starting", "The order has not answered.", "Its order is being told. Send it again.",
            retryAfter: 1),
        PickListReplyStatus.Busy => new(
            503, "scans-pending", "Scans are under way.", "A scan has not been answered. Send it again.",
            retryAfter: 1),
        PickListReplyStatus.Wrong => Wrong(reply, id),
        PickListReplyStatus.TooLate => BinGate.TooLate(),
    };

    /// <summary>Why the SKU gave no units for a scan; null when it did. The scan's id was used for that.</summary>
    public static Problem? Refusal(PickStatus told, string sku, string node) => told == PickStatus.TooLate
        ? Problem.Conflict("tote-moved", "The tote was moved or closed meanwhile. Scan again, under a new id.")
        : PickAnswers.Refusal(told, sku, node);

    public static Problem Unknown(string id) => Problem.NotFound("unknown-pick-list", $"There is no pick list {id}.");

    /// <summary>Each has its own code, for the scanner to sound and show it. Nothing was counted.</summary>
    static Problem Wrong(PickListReply reply, string id)
    {
        var line = reply.Sheet!.LineOf(reply.Line!.Value)!;
        var scan = reply.Sheet.Scans[reply.Scan!.Value - 1];
        return Problem.Conflict(Words<PickFault>.Of(reply.Fault!.Value), reply.Fault.Value switch
        {
            PickFault.WrongBin =>
                $"{scan.Bin} is not the place: line {line.Number} of {id} is in {line.Bin ?? "no bin"}.",
            PickFault.WrongSku => $"{scan.Sku} is not {line.Sku}, which line {line.Number} of {id} asks for.",
            PickFault.WrongLot => $"Line {line.Number} of {id} asks for lot {line.Lot}.",
            PickFault.WrongTote => reply.Sheet.WorkOf(line).Tote is { } own
                ? $"What is picked for the order goes into {own}." : "The tote is another order's: take an empty one.",
            PickFault.WrongQuantity => $"Line {line.Number} of {id} asks for {line.Left} more.",
        });
    }

    public static PickListBody Body(string id, PickSheet sheet, long version) => new(
        id, Words<PickListStatus>.Of(sheet.Status), sheet.Terms.Node, Words<PickMethod>.Of(sheet.Terms.Method),
        sheet.Terms.Wave, sheet.Terms.Due,
        sheet.Terms.Walk is { } w ? new(w.LengthMm, w.SShapeMm, w.NaiveMm, w.IsShortest) : null, sheet.Picker,
        sheet.ReleasedAt, sheet.Cancelled,
        [
            .. sheet.Works.Select(o => new PickWorkBody(
                OrderBodies.FulfilmentId(o.Order, o.Fulfilment), o.Tote, Words<PickWorkState>.Of(o.State),
                o.State == PickWorkState.Dropped ? Why(o.Status!.Value) : null)),
        ],
        [.. sheet.Lines.Select(l => Line(sheet, l))], sheet.Next is { } next ? Line(sheet, next) : null,
        [
            .. from s in sheet.Shorts
               let line = sheet.Lines[s.Line - 1]
               select new PickShortBody(
                   s.Line, line.Sku, line.Bin, s.Units, s.Elsewhere, s.By, s.At,
                   s.Status is { } told ? told is FulfilStatus.Done or FulfilStatus.AlreadyDone : null,
                   s.SetAside is { } aside ? aside is MoveStatus.Done or MoveStatus.AlreadyDone : null),
        ],
        [
            .. from s in sheet.Scans
               let line = sheet.Lines[s.Line - 1]
               let refusal = s.Fault is { } fault ? Words<PickFault>.Of(fault)
                   : s.Status is { } told ? Refusal(told, line.Sku, sheet.Terms.Node)?.Code : null
               where refusal is not null
               select new PickErrorBody(
                   s.Line, refusal, s.Sku ?? line.Sku, s.Fault is null ? line.Bin : s.Bin, s.By, s.At),
        ], sheet.IsSettled, version);

    /// <summary>With the options of its lines.</summary>
    public static async ValueTask<PickListBody> FullBody(
        string id, PickSheet sheet, long version, Backend backend)
    {
        var body = Body(id, sheet, version);
        if (sheet.Terms.Tasks.All(t => t.SoldAs?.Options is null)) return body;
        List<PickLineBody> lines = [];
        foreach (var (line, told) in sheet.Lines.Zip(body.Lines))
        {
            lines.Add(told with { Options = await SoldLines.Open(SoldAs(sheet, line), backend) });
        }

        return body with { Lines = lines, Next = lines.FirstOrDefault(l => l.Line == body.Next?.Line) };
    }

    static SoldAs? SoldAs(PickSheet sheet, PickLine line) =>
        sheet.Terms.Tasks.FirstOrDefault(t => t.Work == line.Work && t.OrderLine == line.OrderLine)?.SoldAs;

    public static PickLineBody Line(PickSheet sheet, PickLine l)
    {
        var work = sheet.WorkOf(l);
        return new(
            l.Number, OrderBodies.FulfilmentId(work.Order, work.Fulfilment), l.Sku, l.Zone, l.Bin, l.Lot, l.Units,
            l.Picked, l.Short, l.Left, work.Tote, l.Velocity, SoldAs(sheet, l)?.Listing);
    }

    public static PickListListBody Body(PickListRow r) => new(
        r.Id, r.Status, r.Node, r.Method, r.Wave.Length == 0 ? null : r.Wave, r.Picker.Length == 0 ? null : r.Picker,
        r.Due is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null, r.Works, r.Units, r.Picked, r.Short,
        DateTimeOffset.FromUnixTimeMilliseconds(r.At));

    static string Why(FulfilStatus status) => status switch
    {
        FulfilStatus.OnHold => "on-hold",
        FulfilStatus.Scheduled => "scheduled",
        FulfilStatus.NothingOpen => "nothing-open",
        FulfilStatus.UnknownFulfilment => "unknown-fulfilment-order",
        _ => "refused",
    };
}
