using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Fulfillment.Intake;

namespace Fulfillment.Purchasing;

/// <summary>
/// Goods ordered of a supplier for a node. Once sent, what is open of each line is a dated supply of its SKU; what is
/// counted at the dock is told to the SKU at once. The SKU is told by numbered messages, so that whatever is late or
/// comes twice, it ends with what was said last, and books each arrival once.
/// </summary>
/// <param name="Purchase">The order as callers see it; null until somebody writes it.</param>
/// <param name="Operations">All changes; when there are too many, no more are made.</param>
/// <param name="Version">Events so far.</param>
public sealed partial record PurchaseOrder(
    Purchase? Purchase, ImmutableArray<Operation> Operations, long Version)
    : IEntity<PurchaseOrder, PurchaseCommand, PurchaseEvent>
{
    /// <summary>The most lines of an order.</summary>
    public const int MaxLines = 500;

    /// <summary>The most changes of an order, receipts and shipments among them.</summary>
    public const int MaxOperations = 2_000;

    /// <summary>The most lines of all receipts of an order.</summary>
    public const int MaxReceiptLines = 5_000;

    /// <summary>The most shipments of an order.</summary>
    public const int MaxShipments = 200;

    /// <summary>The most packages of a shipment, and the most lines of all its packages.</summary>
    public const int MaxPackages = 500, MaxPackedLines = 2_000;

    /// <summary>The most charges of an order.</summary>
    public const int MaxCharges = 100;

    /// <inheritdoc/>
    public static PurchaseOrder Initial { get; } = new(null, [], 0);

    /// <inheritdoc/>
    public static Decision<PurchaseEvent> Decide(PurchaseOrder order, PurchaseCommand command, Turn turn) =>
        command switch
        {
            PurchaseCommand.Write c => Write(order, c),
            PurchaseCommand.SendOut c => order.Operate(c.Id, c, (p, by) => SendOut(p, by)),
            PurchaseCommand.Acknowledge c => order.Operate(c.Id, c, (p, by) => Acknowledge(p, c, by)),
            PurchaseCommand.Reschedule c => order.Operate(c.Id, c, (p, by) => Reschedule(p, c, by)),
            PurchaseCommand.CancelLines c => order.Operate(c.Id, c, (p, by) => CancelLines(p, c, by)),
            PurchaseCommand.Close c => order.Operate(c.Id, c, (p, by) => Close(p, c, by)),
            PurchaseCommand.Announce c => order.Operate(c.Shipment.Id, c, (p, by) => Announce(p, c, by)),
            PurchaseCommand.Receive c => order.Operate(
                c.Id, c with { Over = null }, (p, by) => Receive(p, c, by, turn)),
            PurchaseCommand.FinishShipment c => order.Operate(c.Id, c, (p, by) => FinishShipment(p, c, by)),
            PurchaseCommand.Charge c => order.Operate(c.Item.Id, c, (p, by) => Charge(p, c, by)),
            PurchaseCommand.NoteSupply c => NoteSupply(order, c, turn),
            PurchaseCommand.Get => order.Answer(Found(order)),
            PurchaseCommand.GetSettled => order.Purchase?.IsSettled == false ? new(null) : order.Answer(Found(order)),
            _ => throw new UnreachableException(),
        };

    static PurchaseStatus Found(PurchaseOrder order) =>
        order.Purchase is null ? PurchaseStatus.UnknownOrder : PurchaseStatus.Done;

    static Decision<PurchaseEvent> Write(PurchaseOrder order, PurchaseCommand.Write c)
    {
        if (c.IfVersion is { } wanted && wanted != order.Version) return order.Answer(PurchaseStatus.Stale);
        var terms = c.Terms with { ReorderOf = order.Purchase?.Terms.ReorderOf ?? c.Terms.ReorderOf };
        var content = ContentOf(new PurchaseCommand.Write(terms));
        if (order.Purchase is { } known && ContentOf(new PurchaseCommand.Write(known.Terms)) == content)
            return order.Answer(PurchaseStatus.AlreadyDone);
        if (order.Purchase is { State: not PurchaseState.Draft }) return order.Answer(PurchaseStatus.AlreadySent);

        return order.Answer(PurchaseStatus.Done, new PurchaseEvent.OrderWritten(terms));
    }

    /// <summary>What every change has in common: repeats, and how many are remembered.</summary>
    Decision<PurchaseEvent> Operate(
        string id, PurchaseCommand command,
        Func<Purchase, Operation, (PurchaseStatus Status, string? Subject, PurchaseEvent? Happened)> decide)
    {
        if (Purchase is null) return Answer(PurchaseStatus.UnknownOrder);
        // Shipments, receipts and charges have ids of their own, each sort among themselves.
        var sort = command is PurchaseCommand.Announce or PurchaseCommand.Receive or PurchaseCommand.Charge
            ? command.GetType().Name : "change";
        Operation by = new($"{sort} {id}", ContentOf(command));
        if (Operations.Repeats(by) is { } same)
            return Answer(same ? PurchaseStatus.AlreadyDone : PurchaseStatus.DifferentContent);
        if (Operations.Length >= MaxOperations) return Answer(PurchaseStatus.TooManyChanges);
        var (status, subject, happened) = decide(Purchase, by);
        return happened is null ? Answer(status, subject: subject) : Answer(status, happened);
    }

    static (PurchaseStatus, string?, PurchaseEvent?) SendOut(Purchase p, Operation by) =>
        p.State == PurchaseState.Cancelled ? (PurchaseStatus.Closed, null, null)
        : p.Sent ? (PurchaseStatus.AlreadySent, null, null)
        : (PurchaseStatus.Done, null, new PurchaseEvent.OrderSent(by));

    static (PurchaseStatus, string?, PurchaseEvent?) Acknowledge(
        Purchase p, PurchaseCommand.Acknowledge c, Operation by)
    {
        if (Refuse(p, c.Lines.Select(l => l.Line)) is var (refused, subject)) return (refused, subject, null);
        foreach (var (id, quantity, _) in c.Lines)
            if (quantity < p.Line(id)!.Received) return (PurchaseStatus.BelowReceived, id, null);

        ImmutableArray<LineAnswer> lines = c.Lines.IsEmpty ? [.. p.Lines.Select(l => new LineAnswer(l.Ordered.Id))]
            : c.Lines;
        return (PurchaseStatus.Done, null, new PurchaseEvent.LinesAcknowledged(by, lines));
    }

    static (PurchaseStatus, string?, PurchaseEvent?) Reschedule(
        Purchase p, PurchaseCommand.Reschedule c, Operation by)
    {
        if (Refuse(p, c.Lines.Select(l => l.Line)) is var (refused, subject)) return (refused, subject, null);

        var named = c.Lines.Select(l => l.Line).ToHashSet();
        ImmutableArray<LineDate> others = c.At is not { } at ? []
            : [.. p.Lines.Where(l => !named.Contains(l.Ordered.Id)).Select(l => new LineDate(l.Ordered.Id, at))];
        return (PurchaseStatus.Done, null, new PurchaseEvent.LinesRescheduled(by, c.Lines.AddRange(others)));
    }

    static (PurchaseStatus, string?, PurchaseEvent?) CancelLines(
        Purchase p, PurchaseCommand.CancelLines c, Operation by)
    {
        if (p.State == PurchaseState.Draft && c.Lines.IsEmpty)
            return (PurchaseStatus.Done, null, new PurchaseEvent.OrderClosed(by, c.Reason));
        if (Refuse(p, c.Lines.Select(l => l.Line)) is var (refused, subject)) return (refused, subject, null);
        foreach (var (id, quantity, _) in c.Lines)
        {
            if (p.Line(id)!.Open is var open && (open == 0 || quantity > open))
                return (PurchaseStatus.MoreThanOpen, id, null);
        }

        ImmutableArray<LineUnits> lines = c.Lines.IsEmpty
            ? [.. p.Lines.Where(l => l.Open > 0).Select(l => new LineUnits(l.Ordered.Id))] : c.Lines;
        return (PurchaseStatus.Done, null, new PurchaseEvent.LinesCancelled(
            by, [.. lines.Select(l => new PackedUnits(l.Line, l.Quantity ?? (int)p.Line(l.Line)!.Open))], c.Reason));
    }

    static (PurchaseStatus, string?, PurchaseEvent?) Close(Purchase p, PurchaseCommand.Close c, Operation by) =>
        p.IsClosed || p.State == PurchaseState.Cancelled ? (PurchaseStatus.Closed, null, null)
        : (PurchaseStatus.Done, null, new PurchaseEvent.OrderClosed(by, c.Reason));

    static (PurchaseStatus, string?, PurchaseEvent?) Charge(
        Purchase p, PurchaseCommand.Charge c, Operation by) =>
        p.State is PurchaseState.Draft ? (PurchaseStatus.NotSent, null, null)
        : p.Charges.Length >= MaxCharges ? (PurchaseStatus.Full, null, null)
        : (PurchaseStatus.Done, null, new PurchaseEvent.ChargeAdded(by, c.Item));

    /// <summary>Why lines of the order cannot be changed; null when they can.</summary>
    static (PurchaseStatus, string?)? Refuse(Purchase p, IEnumerable<string> lines)
    {
        if (p.State == PurchaseState.Draft) return (PurchaseStatus.NotSent, null);
        if (p.IsClosed || p.State == PurchaseState.Cancelled) return (PurchaseStatus.Closed, null);
        foreach (var line in lines)
            if (p.Line(line) is null) return (PurchaseStatus.UnknownLine, line);
        return null;
    }

    /// <inheritdoc/>
    public static PurchaseOrder Evolve(PurchaseOrder before, PurchaseEvent happened)
    {
        var order = before with
        {
            Version = before.Version + 1,
            Operations = OperationOf(happened) is { } by ? before.Operations.Add(by) : before.Operations,
        };
        return happened is PurchaseEvent.OrderWritten e ? order with { Purchase = Written(e.Terms) }
            : order with { Purchase = After(order.Purchase!, happened) };
    }

    static Purchase After(Purchase p, PurchaseEvent happened) => happened switch
    {
        PurchaseEvent.OrderSent => Planned(p with { Sent = true }),
        PurchaseEvent.LinesAcknowledged e => Planned(e.Lines.Aggregate(p, (now, a) => now.With(a.Line, l => l with
        {
            Quantity = a.Quantity ?? l.Quantity,
            At = a.At ?? l.At,
            Acknowledged = true,
        }))),
        PurchaseEvent.LinesRescheduled e => Planned(e.Lines.Aggregate(p, (now, d) => now.With(d.Line, l => l with
        {
            At = d.At,
        }))),
        PurchaseEvent.LinesCancelled e => Planned(e.Lines.Aggregate(
            p with { Reason = e.Reason },
            (now, c) => now.With(c.Line, l => l with
            {
                Quantity = l.Quantity - c.Quantity,
                Cancelled = l.Cancelled + c.Quantity,
            }))),
        PurchaseEvent.OrderClosed e => Planned(p with
        {
            IsClosed = true,
            Reason = e.Reason,
            Lines = [.. p.Lines.Select(l => l with { Short = l.Short + l.Open, Quantity = l.Quantity - l.Open })],
        }),
        PurchaseEvent.ShipmentAnnounced e => Planned(p.Announcing(e.Shipment)),
        PurchaseEvent.GoodsReceived e => Planned(p.Receiving(e), e.Lines),
        PurchaseEvent.ShipmentDone e => Planned(p.Finishing(e.Shipment)),
        PurchaseEvent.ChargeAdded e => p with { Charges = p.Charges.Add(e.Item) },
        PurchaseEvent.SupplyAnswered e => Answered(p, e),
        _ => throw new UnreachableException(),
    };

    static Purchase Written(PurchaseTerms terms) => new(
        terms, false, false, null,
        [.. terms.Lines.Select(l => new PurchaseLine(l, l.Quantity, l.At, false, 0, 0, 0, 0, [], 0, []))], [], [], []);

    /// <inheritdoc/>
    public static string? Check(PurchaseOrder order, PurchaseEvent? last)
    {
        if (order.Purchase is not { } p) return null;
        if (order.Operations.Length > MaxOperations) return $"{order.Operations.Length} operations are remembered";
        foreach (var line in p.Lines)
        {
            if (line.Good < 0 || line.Damaged < 0 || line.Quantity < 0) return $"line {line.Ordered.Id} is negative";
            var planned = line.Supplies.Sum(s => s.Units);
            if (p.Sent && planned != line.Open)
                return $"line {line.Ordered.Id} has {line.Open} open units, and told of {planned}";
            var counted = p.Receipts.Sum(r => r.Lines.Where(l => l.Counted.Line == line.Ordered.Id
                && l.State != BookingState.Refused).Sum(l => (long)l.Counted.Quantity));
            if (counted != line.Received) return $"line {line.Ordered.Id}: {line.Received}, receipts say {counted}";
        }

        return null;
    }

    Decision<PurchaseEvent> Answer(PurchaseStatus status, PurchaseEvent? happened = null, string? subject = null)
    {
        var after = happened is null ? this : Evolve(this, happened);
        PurchaseReply reply = new(status, after.Purchase, after.Version, subject);
        return happened is null ? new(reply) : new(reply, happened);
    }

    static Operation? OperationOf(PurchaseEvent happened) => happened switch
    {
        PurchaseEvent.OrderSent e => e.By,
        PurchaseEvent.LinesAcknowledged e => e.By,
        PurchaseEvent.LinesRescheduled e => e.By,
        PurchaseEvent.LinesCancelled e => e.By,
        PurchaseEvent.OrderClosed e => e.By,
        PurchaseEvent.ShipmentAnnounced e => e.By,
        PurchaseEvent.GoodsReceived e => e.By,
        PurchaseEvent.ShipmentDone e => e.By,
        PurchaseEvent.ChargeAdded e => e.By,
        _ => null,
    };

    static long ContentOf(PurchaseCommand command) =>
        Fingerprint.Of(JsonSerializer.Serialize(command, PurchasingJson.Default.PurchaseCommand));
}
