using System.Collections.Immutable;

namespace Fulfillment.Ordering;

// Holds: what stops the order, who said so, and how it goes on.
public sealed partial record Order
{
    static Decision<OrderEvent> PlaceHold(Order order, OrderCommand.PlaceHold c, Turn turn)
    {
        if (order.Placed is null) return order.Holding(HoldStatus.UnknownOrder, 0, turn);
        if (order.Repeats(c.Id, ContentOf(c)) is { } same)
            return order.Holding(same ? HoldStatus.AlreadyDone : HoldStatus.DifferentContent, 0, turn);
        if (order.IsOver || order.Progress.Shipped == order.Progress.Live)
            return order.Holding(HoldStatus.OrderEnded, 0, turn);
        if (order.Clearance.Holds.Length >= MaxHolds || order.Operations.Length >= MaxOperations)
            return order.Holding(HoldStatus.TooManyOperations, 0, turn);

        var held = order.Held(c.Id, c.Type, c.Reason, c.By, turn.Now + c.Within, turn);
        return order.Holding(HoldStatus.Done, held.Hold.Number, turn, order.Conclude(held, turn));
    }

    static Decision<OrderEvent> ReleaseHold(Order order, OrderCommand.ReleaseHold c, Turn turn)
    {
        if (order.Placed is null) return order.Holding(HoldStatus.UnknownOrder, c.Number, turn);
        if (order.Repeats(c.Id, ContentOf(c)) is { } same)
            return order.Holding(same ? HoldStatus.AlreadyDone : HoldStatus.DifferentContent, c.Number, turn);
        if (order.FindHold(c.Number) is not { } hold) return order.Holding(HoldStatus.UnknownHold, c.Number, turn);
        if (!hold.IsOpen) return order.Holding(HoldStatus.AlreadyReleased, c.Number, turn);
        if (hold.By == PaymentRule) return order.Holding(HoldStatus.PaymentDue, c.Number, turn);
        if (order.Operations.Length >= MaxOperations)
            return order.Holding(HoldStatus.TooManyOperations, c.Number, turn);

        return order.Holding(HoldStatus.Done, c.Number, turn, order.Conclude(
            order.Released(c.Id, c.Number, c.By, c.Reason, turn) with
            {
                Looks = order.LetsTryFreely(c.Number, c.By),
            }, turn));
    }

    static Decision<OrderEvent> RejectHold(Order order, OrderCommand.RejectHold c, Turn turn)
    {
        if (order.Placed is null) return order.Holding(HoldStatus.UnknownOrder, c.Number, turn);
        if (order.Repeats(c.Id, ContentOf([], c.Reason)) is { } same)
            return order.Holding(same ? HoldStatus.AlreadyDone : HoldStatus.DifferentContent, c.Number, turn);
        if (order.FindHold(c.Number) is not { } hold) return order.Holding(HoldStatus.UnknownHold, c.Number, turn);
        if (!hold.IsOpen) return order.Holding(HoldStatus.AlreadyReleased, c.Number, turn);
        if (order.Operations.Length >= MaxOperations)
            return order.Holding(HoldStatus.TooManyOperations, c.Number, turn);

        // Released last: an order that nothing stops has its money taken, and its goods sent.
        List<OrderEvent> events = [];
        foreach (var e in Cancel(order, new(c.Id, [], c.Reason), turn).Events)
        {
            if (e is OrderEvent.HoldReleased r && r.Number == c.Number) continue;
            events.Add(e switch
            {
                OrderEvent.OrderCancelled o => o with { Fraud = hold.Type == HoldType.Fraud },
                OrderEvent.InterceptOpened i => i with { Fraud = hold.Type == HoldType.Fraud },
                _ => e,
            });
        }

        var after = events.Aggregate(order, Evolve);
        events.AddRange(after.Conclude(
            after.Released(null, c.Number, c.By, $"rejected: {c.Reason}", turn), turn));
        return order.Holding(HoldStatus.Done, c.Number, turn, [.. events]);
    }

    static Decision<OrderEvent> AskBuyer(Order order, OrderCommand.AskBuyer c, Turn turn)
    {
        if (order.Placed is null) return order.Holding(HoldStatus.UnknownOrder, c.Number, turn);
        if (order.Repeats(c.Id, ContentOf(c)) is { } same)
            return order.Holding(same ? HoldStatus.AlreadyDone : HoldStatus.DifferentContent, c.Number, turn);
        if (order.FindHold(c.Number) is not { } hold) return order.Holding(HoldStatus.UnknownHold, c.Number, turn);
        if (!hold.IsOpen) return order.Holding(HoldStatus.AlreadyReleased, c.Number, turn);
        if (order.Operations.Length >= MaxOperations)
            return order.Holding(HoldStatus.TooManyOperations, c.Number, turn);

        return order.Holding(HoldStatus.Done, c.Number, turn,
            new OrderEvent.BuyerAsked(c.Id, c.Number, c.Question, c.By, turn.Now + c.Within));
    }

    static Decision<OrderEvent> NoteOverdue(Order order, OrderCommand.NoteOverdue c, Turn turn) =>
        order.FindHold(c.Number) is { IsOpen: true, Overdue: false, Due: { } due } && due <= turn.Now
            ? new(Done.It, new OrderEvent.HoldOverdue(c.Number)) : new(Done.It);

    /// <summary>Nothing is left that the hold could stop.</summary>
    OrderEvent.HoldReleased? LastHold(Turn turn) =>
        Progress.Holds > 0 && IsOver && Clearance.Holds.FirstOrDefault(h => h.IsOpen) is { } open
            ? Released(null, open.Number, "order", "the order has ended", turn) : null;

    OrderEvent.OrderHeld Held(
        string? id, HoldType type, string reason, string by, DateTimeOffset? due, Turn turn) =>
        new(id, new(Clearance.Holds.Length + 1, type, reason, by, turn.Now, due), OpenWork());

    OrderEvent.HoldReleased Released(string? id, int number, string by, string reason, Turn turn) =>
        new(id, number, turn.Now, by, reason, Progress.Holds > 1 ? [] : OpenWork());

    /// <summary>The fulfilment orders that have something left to do.</summary>
    ImmutableArray<int> OpenWork() =>
        [.. from f in Fulfilments where f.Lines.Any(l => l.Open > 0) select f.Number];

    Hold? FindHold(int number) =>
        number >= 1 && number <= Clearance.Holds.Length ? Clearance.Holds[number - 1] : null;

    Decision<OrderEvent> Holding(HoldStatus status, int number, Turn turn, params OrderEvent[] events)
    {
        var after = events.Aggregate(this, Evolve);
        return new(new HoldReply(status, number, after.Reply(turn.Version + events.Length)), events);
    }

    Order HoldBy(OrderEvent.OrderHeld e) => Known(e.Id, ContentOf(e)) with
    {
        Clearance = Clearance with { Holds = Clearance.Holds.Add(e.Hold) },
        Fulfilments = Stopped(e.Stops, true),
    };

    Order LetGo(OrderEvent.HoldReleased e) => Known(e.Id, ContentOf(e)).Change(
        e.Number, h => h with { ReleasedAt = e.At, ReleasedBy = e.By, Release = e.Reason }) with
    {
        Fulfilments = Stopped(e.Goes, false),
    };

    Order Ask(OrderEvent.BuyerAsked e) => Remember(e.Id, ContentOf(e)).Change(
        e.Number, h => h with { Question = e.Question, Due = e.Until, Overdue = false });

    Order Change(int number, Func<Hold, Hold> change) => this with
    {
        Clearance = Clearance with
        {
            Holds = Clearance.Holds.SetItem(number - 1, change(Clearance.Holds[number - 1])),
        },
    };

    Order Known(string? id, long content) => id is null ? this : Remember(id, content);

    ImmutableArray<Fulfilment> Stopped(ImmutableArray<int> numbers, bool onHold)
    {
        var fulfilments = Fulfilments;
        foreach (var number in numbers)
            fulfilments = fulfilments.SetItem(number - 1, fulfilments[number - 1] with { OnHold = onHold });
        return fulfilments;
    }

    static long ContentOf(OrderCommand.PlaceHold c) => Fingerprint.Of("hold", $"{c.Type}", c.Reason);

    static long ContentOf(OrderEvent.OrderHeld e) => Fingerprint.Of("hold", $"{e.Hold.Type}", e.Hold.Reason);

    static long ContentOf(OrderCommand.ReleaseHold c) => Fingerprint.Of("release", $"{c.Number}", c.Reason);

    static long ContentOf(OrderEvent.HoldReleased e) => Fingerprint.Of("release", $"{e.Number}", e.Reason);

    static long ContentOf(OrderCommand.AskBuyer c) => Fingerprint.Of("ask", $"{c.Number}", c.Question);

    static long ContentOf(OrderEvent.BuyerAsked e) => Fingerprint.Of("ask", $"{e.Number}", e.Question);
}
