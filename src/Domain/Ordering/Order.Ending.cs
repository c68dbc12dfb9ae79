using System.Collections.Immutable;

namespace Fulfillment.Ordering;

// Payment, and the ways an order ends before its goods leave.
public sealed partial record Order
{
    static Decision<OrderEvent> ConfirmPayment(Order order, OrderCommand.ConfirmPayment c, Turn turn)
    {
        if (order.Placed is null) return order.Payment(PaymentStatus.UnknownOrder, turn);
        if (order.Repeats(c.Id, ContentOf(c.Amount)) is { } same)
            return order.Payment(same ? PaymentStatus.AlreadyConfirmed : PaymentStatus.DifferentContent, turn);
        if (c.IfVersion is { } wanted && wanted != turn.Version) return order.Payment(PaymentStatus.Stale, turn);
        if (order.Placed.Payment == PaymentPolicy.None) return order.Payment(PaymentStatus.NotExpected, turn);
        if (order.IsOver) return order.Payment(PaymentStatus.OrderEnded, turn);
        if (c.Amount.AmountMinor <= 0) return order.Payment(PaymentStatus.AmountNotPositive, turn);
        if (c.Amount.Currency != order.Currency) return order.Payment(PaymentStatus.OtherCurrency, turn);
        if (order.Operations.Length >= MaxOperations || c.Amount.AmountMinor > long.MaxValue - order.PaidMinor)
            return order.Payment(PaymentStatus.TooManyOperations, turn);

        var paid = order.PaidMinor + c.Amount.AmountMinor;
        var events = order.Conclude(new OrderEvent.PaymentConfirmed(c.Id, c.Amount, paid), turn);
        var status = paid >= order.Due!.Value.AmountMinor ? PaymentStatus.Paid : PaymentStatus.PartlyPaid;
        return order.Payment(status, turn, events);
    }

    static Decision<OrderEvent> ConfirmRefund(Order order, OrderCommand.ConfirmRefund c, Turn turn)
    {
        if (order.Placed is null) return order.Payment(PaymentStatus.UnknownOrder, turn);
        if (order.Repeats(c.Id, ContentOf(c.Amount, c.Reason)) is { } same)
            return order.Payment(same ? PaymentStatus.AlreadyConfirmed : PaymentStatus.DifferentContent, turn);
        if (order.Placed.Payment == PaymentPolicy.None) return order.Payment(PaymentStatus.NotExpected, turn);
        if (c.Amount.AmountMinor <= 0) return order.Payment(PaymentStatus.AmountNotPositive, turn);
        if (c.Amount.Currency != order.Currency) return order.Payment(PaymentStatus.OtherCurrency, turn);
        if (order.Operations.Length >= MaxOperations) return order.Payment(PaymentStatus.TooManyOperations, turn);
        if (c.Amount.AmountMinor > order.PaidMinor) return order.Payment(PaymentStatus.MoreThanPaid, turn);

        var left = order.PaidMinor - c.Amount.AmountMinor;
        var events = order.Conclude(new OrderEvent.RefundConfirmed(c.Id, c.Amount, c.Reason, left), turn);
        return order.Payment(
            left >= (order.Due?.AmountMinor ?? 0) ? PaymentStatus.Paid : PaymentStatus.PartlyPaid, turn, events);
    }

    Decision<OrderEvent> Payment(PaymentStatus status, Turn turn, params OrderEvent[] events)
    {
        var after = events.Aggregate(this, Evolve);
        return new(new PaymentReply(status, after.Reply(turn.Version + events.Length)), events);
    }

    static Decision<OrderEvent> EndPaymentWait(Order order, Turn turn)
    {
        if (order.Progress.Phase != OrderPhase.Clearing || order.Progress.Live == 0 || !order.NeedsMoney)
            return new(Done.It);
        var lines = order.Lines.Where(l => l.Unplaced > 0).Select(l => new LineUnits(l.Ordered.Id, l.Unplaced));
        return new(Done.It, order.Conclude(
            new OrderEvent.OrderCancelled(PaymentOverdue, "payment overdue", [], [.. lines], []), turn));
    }

    static Decision<OrderEvent> Cancel(Order order, OrderCommand.Cancel c, Turn turn)
    {
        if (order.Placed is null) return order.Cancellation(CancelStatus.UnknownOrder, turn);
        var asked = c.Lines.IsDefault ? [] : c.Lines;
        if (order.Repeats(c.Id, ContentOf(asked, c.Reason)) is { } same)
        {
            return order.Cancellation(!same ? CancelStatus.DifferentContent
                : order.Intercepts.Any(i => i.Id == c.Id) ? CancelStatus.InterceptOpened
                : CancelStatus.AlreadyCancelled, turn);
        }

        if (c.IfVersion is { } version && version != turn.Version) return order.Cancellation(CancelStatus.Stale, turn);
        if (order.IsOver) return order.Cancellation(CancelStatus.OrderEnded, turn);
        var lines = order.Lines.ToDictionary(l => l.Ordered.Id);
        if (asked.Any(a => order.IsPart(a.Line))) return order.Cancellation(CancelStatus.PartOfKit, turn);
        var named = order.Parts(asked);
        if (named.Any(a => !lines.ContainsKey(a.Line))) return order.Cancellation(CancelStatus.UnknownLine, turn);
        if (asked.Any(a => a.Units <= 0)) return order.Cancellation(CancelStatus.QuantityNotPositive, turn);
        var stopping = order.Stopping();
        var wanted = asked.IsEmpty
            ? order.Lines.Select(l => new LineUnits(l.Ordered.Id, CanCancel(l))).Where(l => l.Units > 0).ToList()
            : [.. named.GroupBy(a => a.Line)
                .Select(g => new LineUnits(g.Key, (int)Math.Min(int.MaxValue, g.Sum(a => (long)a.Units))))];
        if (wanted.Count == 0 || wanted.Any(w => w.Units > CanCancel(lines[w.Line])))
            return order.Cancellation(CancelStatus.TooLate, turn);
        if (order.Operations.Length >= MaxOperations) return order.Cancellation(CancelStatus.TooManyOperations, turn);

        return order.CancelNow(c, asked, wanted, lines, turn);

        int CanCancel(Line line) => line.Ordered.Quantity - line.Cancelled - line.Shipped
            - stopping.GetValueOrDefault(line.Ordered.Id);
    }

    /// <summary>Cancels what no node works on, and has the nodes stopped that work on the rest.</summary>
    Decision<OrderEvent> CancelNow(
        OrderCommand.Cancel c, ImmutableArray<LineUnits> asked, List<LineUnits> wanted, Dictionary<string, Line> lines,
        Turn turn)
    {
        var (gone, stop) = Withdrawals(wanted, lines);
        var unplaced = wanted.Select(w => new LineUnits(w.Line, Math.Min(w.Units, lines[w.Line].Unplaced)))
            .Where(u => u.Units > 0).ToImmutableArray();
        // Each node answers for what is with it.
        OrderEvent[] stopped =
        [
            .. stop.GroupBy(u => u.Fulfilment).Select((g, i) => new OrderEvent.InterceptOpened(
                c.Id, Intercepts.Length + 1 + i, c.Reason, asked, [.. g])),
        ];
        if (gone.IsEmpty && unplaced.IsEmpty) return Cancellation(CancelStatus.InterceptOpened, turn, stopped);

        var left = Progress.Live - unplaced.Sum(u => (long)u.Units) - gone.Sum(w => (long)w.Units);
        var happened = new OrderEvent.OrderCancelled(
            c.Id, c.Reason, asked, unplaced, gone,
            left > 0 && left == Progress.Delivered ? turn.Now + CloseAfter : null);
        return stopped.Length == 0 ? Cancellation(CancelStatus.Cancelled, turn, Conclude(happened, turn))
            : Cancellation(CancelStatus.InterceptOpened, turn, [.. stopped, .. stopped.Aggregate(this, Evolve)
                .Conclude(happened, turn)]);
    }

    Decision<OrderEvent> Cancellation(CancelStatus status, Turn turn, params OrderEvent[] events)
    {
        var after = events.Aggregate(this, Evolve);
        return new(new CancelReply(status, after.Reply(turn.Version + events.Length)), events);
    }

    /// <summary>Units of lines that nodes were asked to stop.</summary>
    Dictionary<string, int> Stopping()
    {
        Dictionary<string, int> stopping = [];
        foreach (var intercept in Intercepts)
        {
            if (intercept.Status != InterceptStatus.Open) continue;
            foreach (var u in intercept.Units)
                stopping[u.Line] = stopping.GetValueOrDefault(u.Line) + u.Units;
        }

        return stopping;
    }

    /// <summary>
    /// What fulfilment orders give up beyond the unplaced units: ones that no node works on first, of them the one
    /// opened last first. And what nodes that work on theirs are to stop.
    /// </summary>
    (ImmutableArray<WithdrawnUnits> Gone, ImmutableArray<WithdrawnUnits> Stop) Withdrawals(
        List<LineUnits> wanted, Dictionary<string, Line> lines)
    {
        var left = wanted.Select(w => (w.Line, Units: w.Units - lines[w.Line].Unplaced)).Where(w => w.Units > 0)
            .ToDictionary(w => w.Line, w => w.Units);
        if (left.Count == 0) return ([], []);
        List<WithdrawnUnits> gone = [], stop = [];
        foreach (var fulfilment in Fulfilments.Reverse().OrderBy(f => f.StartedAt is not null))
        {
            foreach (var line in fulfilment.Lines)
            {
                var units = Math.Min(line.MayLeave, left.GetValueOrDefault(line.Line));
                if (units <= 0) continue;
                left[line.Line] -= units;
                (fulfilment.StartedAt is null ? gone : stop).Add(new(fulfilment.Number, line.Line, units));
            }
        }

        return ([.. gone], [.. stop]);
    }

    Order Withdraw(OrderEvent.OrderCancelled e) => Withdraw(e.Unplaced, e.Withdrawn) with
    {
        CancelReason = e.Reason,
        PayBy = Progress.Live == 0 ? null : PayBy,
    };

    Order Withdraw(ImmutableArray<LineUnits> unplaced, ImmutableArray<WithdrawnUnits> gone)
    {
        var withdrawn = gone.ToLookup(w => w.Fulfilment);
        var lines = Change(unplaced, (l, n) => l with { Cancelled = l.Cancelled + n }).Change(
            ImmutableArray.CreateRange(gone, w => new LineUnits(w.Line, w.Units)),
            (l, n) => l with { Cancelled = l.Cancelled + n, Placed = l.Placed - n });
        var skus = gone.IsEmpty ? [] : Lines.ToDictionary(l => l.Ordered.Id, l => l.Ordered.Sku);
        var left = lines with
        {
            Fulfilments = [.. Fulfilments.Select(f => withdrawn.Contains(f.Number)
                ? f.Withdraw(withdrawn[f.Number].Select(w => new LineUnits(w.Line, w.Units))) : f)],
            Demands = PlaceAt([.. gone.Select(w => (skus[w.Line], Fulfilments[w.Fulfilment - 1].Node, w.Units))],
                (d, at) => d with { Placed = Inventory.Units.Minus(d.Placed, at) }),
        };
        return left.Demands.All(d => d.Pinned.IsEmpty) ? left : left with
        {
            Demands = [.. left.Demands.Select(
                d => d with { Pinned = Inventory.Units.Trim(d.Pinned, left.Needed(d)) })],
        };
    }

    static long ContentOf(Money amount) => Fingerprint.Of("pay", $"{amount.AmountMinor}", amount.Currency);

    static long ContentOf(Money amount, string reason) =>
        Fingerprint.Of("refund", $"{amount.AmountMinor}", amount.Currency, reason);

    static long ContentOf(ImmutableArray<LineUnits> lines, string reason) =>
        Fingerprint.Of("cancel", TextOf(lines), reason);
}
