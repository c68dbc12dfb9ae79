using System.Collections.Immutable;

namespace Fulfillment.Ordering;

// Payment, and the ways an order ends before its goods leave.
public sealed partial record Order
{
    bool IsPaid => PaidMinor >= (Due?.AmountMinor ?? 0);

    static Decision<OrderEvent> ConfirmPayment(Order order, OrderCommand.ConfirmPayment c, Turn turn)
    {
        if (order.Placed is null) return order.Payment(PaymentStatus.UnknownOrder, turn);
        if (order.Repeats(c.Id, ContentOf(c.Amount)) is { } same)
            return order.Payment(same ? PaymentStatus.AlreadyConfirmed : PaymentStatus.DifferentContent, turn);
        if (c.IfVersion is { } wanted && wanted != turn.Version) return order.Payment(PaymentStatus.Stale, turn);
        if (order.Placed.Payment == PaymentPolicy.None) return order.Payment(PaymentStatus.NotExpected, turn);
        if (order.IsEnded || order.Progress.Live == 0) return order.Payment(PaymentStatus.OrderEnded, turn);
        if (c.Amount.AmountMinor <= 0) return order.Payment(PaymentStatus.AmountNotPositive, turn);
        if (c.Amount.Currency != order.Currency) return order.Payment(PaymentStatus.OtherCurrency, turn);
        if (order.Operations.Length >= MaxOperations || c.Amount.AmountMinor > long.MaxValue - order.PaidMinor)
            return order.Payment(PaymentStatus.TooManyOperations, turn);

        var paid = order.PaidMinor + c.Amount.AmountMinor;
        var events = order.Conclude(new OrderEvent.PaymentConfirmed(c.Id, c.Amount, paid), turn);
        var status = paid >= order.Due!.Value.AmountMinor ? PaymentStatus.Paid : PaymentStatus.PartlyPaid;
        return order.Payment(status, turn, events);
    }

    Decision<OrderEvent> Payment(PaymentStatus status, Turn turn, params OrderEvent[] events)
    {
        var after = events.Aggregate(this, Evolve);
        return new(new PaymentReply(status, after.Reply(turn.Version + events.Length)), events);
    }

    static Decision<OrderEvent> EndPaymentWait(Order order)
    {
        if (order.Progress.Phase != OrderPhase.AwaitingPayment || order.Progress.Live == 0) return new(Done.It);
        var lines = order.Lines.Where(l => l.Unplaced > 0).Select(l => new LineUnits(l.Ordered.Id, l.Unplaced));
        return new(Done.It, new OrderEvent.OrderCancelled(PaymentOverdue, "payment overdue", [], [.. lines], []));
    }

    static Decision<OrderEvent> Cancel(Order order, OrderCommand.Cancel c, Turn turn)
    {
        if (order.Placed is null) return order.Cancellation(CancelStatus.UnknownOrder, turn);
        var asked = c.Lines.IsDefault ? [] : c.Lines;
        if (order.Repeats(c.Id, ContentOf(asked, c.Reason)) is { } same)
            return order.Cancellation(same ? CancelStatus.AlreadyCancelled : CancelStatus.DifferentContent, turn);
        if (c.IfVersion is { } version && version != turn.Version) return order.Cancellation(CancelStatus.Stale, turn);
        if (order.IsEnded || order.Progress.Live == 0) return order.Cancellation(CancelStatus.OrderEnded, turn);
        var lines = order.Lines.ToDictionary(l => l.Ordered.Id);
        if (asked.Any(a => !lines.ContainsKey(a.Line))) return order.Cancellation(CancelStatus.UnknownLine, turn);
        if (asked.Any(a => a.Units <= 0)) return order.Cancellation(CancelStatus.QuantityNotPositive, turn);
        var wanted = asked.IsEmpty
            ? order.Lines.Select(l => new LineUnits(l.Ordered.Id, CanCancel(l))).Where(l => l.Units > 0).ToList()
            : [.. asked.GroupBy(a => a.Line)
                .Select(g => new LineUnits(g.Key, (int)Math.Min(int.MaxValue, g.Sum(a => (long)a.Units))))];
        if (wanted.Count == 0 || wanted.Any(w => w.Units > CanCancel(lines[w.Line])))
            return order.Cancellation(CancelStatus.TooLate, turn);
        if (order.Operations.Length >= MaxOperations) return order.Cancellation(CancelStatus.TooManyOperations, turn);

        var unplaced = wanted.Select(w => new LineUnits(w.Line, Math.Min(w.Units, lines[w.Line].Unplaced)));
        var left = order.Progress.Live - wanted.Sum(w => (long)w.Units);
        var happened = new OrderEvent.OrderCancelled(
            c.Id, c.Reason, asked, [.. unplaced.Where(u => u.Units > 0)], [.. order.Withdrawals(wanted, lines)],
            left > 0 && left == order.Progress.Delivered ? turn.Now + CloseAfter : null);
        return order.Cancellation(CancelStatus.Cancelled, turn, order.Conclude(happened, turn));
    }

    static int CanCancel(Line line) => line.Ordered.Quantity - line.Cancelled - line.Shipped;

    Decision<OrderEvent> Cancellation(CancelStatus status, Turn turn, params OrderEvent[] events)
    {
        var after = events.Aggregate(this, Evolve);
        return new(new CancelReply(status, after.Reply(turn.Version + events.Length)), events);
    }

    /// <summary>What fulfilment orders give up beyond the unplaced units: the one opened last first.</summary>
    IEnumerable<WithdrawnUnits> Withdrawals(List<LineUnits> wanted, Dictionary<string, Line> lines)
    {
        var left = wanted.Select(w => (w.Line, Units: w.Units - lines[w.Line].Unplaced)).Where(w => w.Units > 0)
            .ToDictionary(w => w.Line, w => w.Units);
        if (left.Count == 0) yield break;
        foreach (var fulfilment in Fulfilments.Reverse())
        {
            foreach (var line in fulfilment.Lines)
            {
                var units = Math.Min(line.Open, left.GetValueOrDefault(line.Line));
                if (units <= 0) continue;
                left[line.Line] -= units;
                yield return new(fulfilment.Number, line.Line, units);
            }
        }
    }

    Order Withdraw(OrderEvent.OrderCancelled e)
    {
        var withdrawn = e.Withdrawn.ToLookup(w => w.Fulfilment);
        var lines = Change(e.Unplaced, (l, n) => l with { Cancelled = l.Cancelled + n }).Change(
            ImmutableArray.CreateRange(e.Withdrawn, w => new LineUnits(w.Line, w.Units)),
            (l, n) => l with { Cancelled = l.Cancelled + n, Placed = l.Placed - n });
        var skus = e.Withdrawn.IsEmpty ? [] : Lines.ToDictionary(l => l.Ordered.Id, l => l.Ordered.Sku);
        return lines with
        {
            CancelReason = e.Reason,
            PayBy = Progress.Live == 0 ? null : PayBy,
            Fulfilments = [.. Fulfilments.Select(f => withdrawn.Contains(f.Number)
                ? f.Withdraw(withdrawn[f.Number].Select(w => new LineUnits(w.Line, w.Units))) : f)],
            Demands = PlaceAt([.. e.Withdrawn.Select(w => (skus[w.Line], Fulfilments[w.Fulfilment - 1].Node, w.Units))],
                (d, at) => d with { Placed = Inventory.Units.Minus(d.Placed, at) }),
        };
    }

    static long ContentOf(Money amount) => Fingerprint.Of("pay", $"{amount.AmountMinor}", amount.Currency);

    static long ContentOf(ImmutableArray<LineUnits> lines, string reason) =>
        Fingerprint.Of("cancel", TextOf(lines), reason);
}
