using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Fulfillment.Intake;
using Fulfillment.Inventory;

namespace Fulfillment.Purchasing;

/// <summary>
/// Goods brought from one node to another. What has left is in transit: in nobody's stock, and a dated supply where it
/// goes. Whatever leaves arrives, or is written off with a reason.
/// </summary>
/// <param name="Carriage">The transfer as callers see it; null until somebody writes it.</param>
/// <param name="Operations">All changes; when there are too many, no more are made.</param>
/// <param name="Version">Events so far.</param>
public sealed partial record Transfer(
    Carriage? Carriage, ImmutableArray<Operation> Operations, long Version)
    : IEntity<Transfer, TransferCommand, TransferEvent>
{
    /// <summary>The most lines of a transfer.</summary>
    public const int MaxLines = 200;

    /// <summary>The most changes of a transfer.</summary>
    public const int MaxOperations = 1_000;

    /// <inheritdoc/>
    public static Transfer Initial { get; } = new(null, [], 0);

    /// <inheritdoc/>
    public static Decision<TransferEvent> Decide(Transfer transfer, TransferCommand command, Turn turn) =>
        command switch
        {
            TransferCommand.Write c => Write(transfer, c),
            TransferCommand.Ship c => transfer.Operate(c.Id, c, (t, by) => Ship(t, c, by)),
            TransferCommand.Receive c => transfer.Operate(c.Id, c, (t, by) => Receive(t, c, by, turn)),
            TransferCommand.WriteOff c => transfer.Operate(c.Id, c, (t, by) => WriteOff(t, c, by)),
            TransferCommand.Cancel c => transfer.Operate(c.Id, c, (t, by) => Cancel(t, c, by)),
            TransferCommand.NoteMove c => NoteMove(transfer, c),
            TransferCommand.NoteArrival c => NoteArrival(transfer, c, turn),
            TransferCommand.Get => transfer.Answer(Found(transfer)),
            TransferCommand.GetSettled =>
                transfer.Carriage?.IsSettled == false ? new(null) : transfer.Answer(Found(transfer)),
            _ => throw new UnreachableException(),
        };

    static TransferStatus Found(Transfer transfer) =>
        transfer.Carriage is null ? TransferStatus.UnknownTransfer : TransferStatus.Done;

    static Decision<TransferEvent> Write(Transfer transfer, TransferCommand.Write c)
    {
        if (transfer.Carriage is { } known)
            return transfer.Answer(ContentOf(new TransferCommand.Write(known.Terms)) == ContentOf(c)
                ? TransferStatus.AlreadyDone : TransferStatus.DifferentContent);

        return transfer.Answer(TransferStatus.Done, new TransferEvent.TransferPlanned(c.Terms));
    }

    /// <summary>What every change has in common: repeats, and how many are remembered.</summary>
    Decision<TransferEvent> Operate(
        string id, TransferCommand command,
        Func<Carriage, Operation, (TransferStatus Status, string? Subject, TransferEvent? Happened)> decide)
    {
        if (Carriage is null) return Answer(TransferStatus.UnknownTransfer);
        Operation by = new($"{command.GetType().Name} {id}", ContentOf(command));
        if (Operations.Repeats(by) is { } same)
            return Answer(same ? TransferStatus.AlreadyDone : TransferStatus.DifferentContent);
        if (Operations.Length >= MaxOperations) return Answer(TransferStatus.TooManyChanges);
        if (Carriage.Cancelled) return Answer(TransferStatus.Cancelled);
        var (status, subject, happened) = decide(Carriage, by);
        return happened is null ? Answer(status, subject: subject) : Answer(status, happened);
    }

    static (TransferStatus, string?, TransferEvent?) Ship(Carriage t, TransferCommand.Ship c, Operation by)
    {
        if (Unknown(t, c.Lines.Select(l => l.Line)) is { } unknown) return (TransferStatus.UnknownLine, unknown, null);
        ImmutableArray<LineUnits> lines = c.Lines.IsEmpty
            ? [.. t.Lines.Where(l => Left(l) > 0).Select(l => new LineUnits(l.Planned.Id))] : Counted(c.Lines);
        foreach (var (id, quantity, _) in lines)
        {
            if (Left(t.Line(id)!) is var left && (left == 0 || quantity > left))
                return (TransferStatus.MoreThanPlanned, id, null);
        }

        if (lines.IsEmpty) return (TransferStatus.MoreThanPlanned, null, null);
        if (lines.FirstOrDefault(l => !l.Serials.IsDefaultOrEmpty && !IsEach(l.Serials, l.Quantity!.Value)).Line
            is { } odd) return (TransferStatus.SerialsMissing, odd, null);
        return (TransferStatus.Done, null, new TransferEvent.GoodsLeft(
            by, c.Id, c.At.ToUniversalTime(),
            [.. lines.Select(l => new PackedUnits(l.Line, l.Quantity ?? (int)Left(t.Line(l.Line)!), l.Serials))]));

        long Left(CarriedLine l) => l.Planned.Quantity - l.Shipped - t.Leaving(l.Planned.Id);
    }

    static (TransferStatus, string?, TransferEvent?) Receive(
        Carriage t, TransferCommand.Receive c, Operation by, Turn turn)
    {
        if (Unknown(t, c.Lines.Select(l => l.Line)) is { } unknown) return (TransferStatus.UnknownLine, unknown, null);
        Dictionary<string, long> left = [];
        HashSet<(string Line, string Serial)> seen = [];
        var over = ImmutableArray.CreateBuilder<int>();
        foreach (var counted in c.Lines)
        {
            if (t.Line(counted.Line)!.Shipped == 0 || t.Leaving(counted.Line) > 0)
                return (TransferStatus.NotShipped, counted.Line, null);
            var comes = left.GetValueOrDefault(counted.Line, t.Line(counted.Line)!.InTransit);
            var serials = counted.What?.Serials ?? default;
            if (Misnamed(t.Line(counted.Line)!, serials, counted.Quantity, comes, seen) is var (wrong, subject))
                return (wrong, subject, null);
            over.Add((int)Math.Max(0, counted.Quantity - comes));
            left[counted.Line] = Math.Max(0, comes - counted.Quantity);
        }

        return (TransferStatus.Done, null, new TransferEvent.GoodsCounted(
            by, c.Id, turn.Now, c.Lines, over.ToImmutable()));
    }

    static (TransferStatus, string?, TransferEvent?) WriteOff(
        Carriage t, TransferCommand.WriteOff c, Operation by)
    {
        if (Unknown(t, c.Lines.Select(l => l.Line)) is { } unknown) return (TransferStatus.UnknownLine, unknown, null);
        ImmutableArray<LineUnits> lines = c.Lines.IsEmpty
            ? [.. t.Lines.Where(l => l.InTransit > 0).Select(l => new LineUnits(l.Planned.Id))] : Counted(c.Lines);
        var lost = ImmutableArray.CreateBuilder<PackedUnits>();
        foreach (var (id, quantity, named) in lines)
        {
            var line = t.Line(id)!;
            var units = quantity ?? (int)line.InTransit;
            // Where all of them are lost, so are their serials.
            var serials = units == line.InTransit && named.IsDefaultOrEmpty ? line.Serials : named;
            if (Misnamed(line, serials, units, line.InTransit, []) is var (wrong, subject))
                return (wrong, subject, null);
            if (line.InTransit == 0 || units > line.InTransit) return (TransferStatus.MoreThanInTransit, id, null);
            lost.Add(new(id, units, serials));
        }

        if (lines.IsEmpty) return (TransferStatus.MoreThanInTransit, null, null);
        return (TransferStatus.Done, null, new TransferEvent.GoodsLost(by, c.Id, lost.ToImmutable(), c.Reason));
    }

    /// <summary>As many units as serials, where no number is told.</summary>
    static ImmutableArray<LineUnits> Counted(ImmutableArray<LineUnits> lines) =>
        [.. lines.Select(l => l.Serials.IsDefaultOrEmpty ? l : l with { Quantity = l.Quantity ?? l.Serials.Length })];

    static bool IsEach(ImmutableArray<string> serials, int units) =>
        serials.Length == units && serials.Distinct(StringComparer.Ordinal).Count() == units;

    /// <summary>
    /// What is wrong with the serials of units that come, or are lost: of those that left by serial each is named, and
    /// is on its way with the line. Null when nothing is.
    /// </summary>
    static (TransferStatus, string)? Misnamed(
        CarriedLine line, ImmutableArray<string> named, int units, long comes, HashSet<(string, string)> seen)
    {
        var onTheWay = line.Serials.IsDefault ? [] : line.Serials;
        var id = line.Planned.Id;
        if (named.IsDefaultOrEmpty) return units <= comes - onTheWay.Length + seen.Count(s => s.Item1 == id)
            || onTheWay.IsEmpty ? null : (TransferStatus.SerialsMissing, id);
        if (!IsEach(named, units)) return (TransferStatus.SerialsMissing, id);
        foreach (var serial in named)
            if (!onTheWay.Contains(serial) || !seen.Add((id, serial))) return (TransferStatus.SerialNotShipped, serial);
        return null;
    }

    static (TransferStatus, string?, TransferEvent?) Cancel(
        Carriage t, TransferCommand.Cancel c, Operation by) =>
        t.Lines.Any(l => l.Shipped > 0 || t.Leaving(l.Planned.Id) > 0) ? (TransferStatus.AlreadyShipped, null, null)
        : (TransferStatus.Done, null, new TransferEvent.TransferCancelled(by, c.Reason));

    static string? Unknown(Carriage t, IEnumerable<string> lines) => lines.FirstOrDefault(l => t.Line(l) is null);

    static Decision<TransferEvent> NoteMove(Transfer transfer, TransferCommand.NoteMove c) =>
        transfer.Carriage?.Moves.FirstOrDefault(m => m.Id == c.Movement) is { } m
        && (m.Status is null || (!m.IsDone && c.Status is MoveStatus.Done or MoveStatus.AlreadyDone))
            ? new(Done.It, new TransferEvent.MoveAnswered(c.Movement, c.Status)) : new(Done.It);

    static Decision<TransferEvent> NoteArrival(Transfer transfer, TransferCommand.NoteArrival c, Turn turn)
    {
        var id = c.Supply[Carriage.SupplyId(turn.Self.Name, "").Length..];
        if (transfer.Carriage is not { } t || t.Line(id) is not { } line) return new(Done.It);
        var (receipt, number) = Count(c.Movement);
        var counted = receipt is null ? null : t.Receipts.FirstOrDefault(r => r.Id == receipt)?.Lines[number - 1];
        // An activation that another has overtaken does not know of the receipt; the journal will tell it.
        if (receipt is not null && counted is null) return new(Done.It);
        if (line.Answered >= c.Step && counted is not { State: BookingState.Pending }) return new(Done.It);

        return new(Done.It, new TransferEvent.ArrivalAnswered(id, c.Step, c.Status, receipt, number, c.Filled));
    }

    Decision<TransferEvent> Answer(TransferStatus status, TransferEvent? happened = null, string? subject = null)
    {
        var after = happened is null ? this : Evolve(this, happened);
        TransferReply reply = new(status, after.Carriage, after.Version, subject);
        return happened is null ? new(reply) : new(reply, happened);
    }

    static long ContentOf(TransferCommand command) =>
        Fingerprint.Of(JsonSerializer.Serialize(command, TransferJson.Default.TransferCommand));
}
