using System.Collections.Immutable;
using Fulfillment.Routing;

namespace Fulfillment.Ordering;

// What happens to a fulfilment order before anybody begins it: moved, split, merged, paused, accepted by its node or
// not; and what the node turns out not to have.
public sealed partial record Order
{
    static Decision<OrderEvent> LeaveNode(Order order, OrderCommand.LeaveNode c, Turn turn)
    {
        List<OrderEvent> events = [];
        foreach (var f in order.Fulfilments)
        {
            if (f.Node != c.Node || f.IsBegun || OpenUnits(f) is not { IsEmpty: false } units) continue;
            if (!f.Pinned)
            {
                events.Add(new OrderEvent.FulfilmentMoved(
                    null, f.Number, [], units, null, null, c.Reason, RoutingRule));
            }
            else if (f.Waiting is null)
            {
                events.Add(new OrderEvent.NodeAwaited(f.Number, c.Reason));
            }
        }

        return new(Done.It, order.Conclude(events, turn));
    }

    static Decision<OrderEvent> NoteReturn(Order order, OrderCommand.NoteReturn c) => new(Done.It, [
        .. from f in order.Fulfilments
           where f.Node == c.Node && f.Waiting is not null
           select new OrderEvent.NodeReturned(f.Number),
    ]);

    static Decision<OrderEvent> MoveWork(Order order, OrderCommand.MoveWork c, Turn turn)
    {
        var content = ContentOfMove(c.Fulfilment, c.To, c.Lines.IsDefault ? [] : c.Lines, c.Reason, c.Short);
        var (f, units, refused) = order.Take(c.Id, content, c.Fulfilment, c.Lines, turn);
        if (refused is { } status) return order.Fulfilled(status, turn);
        if (f!.IsBegun && !c.Short) return order.Fulfilled(FulfilStatus.AlreadyBegun, turn);
        if (c.To == f.Node) return order.Fulfilled(FulfilStatus.WrongNode, turn);
        if (c.NoStock) return order.Fulfilled(FulfilStatus.NoStock, turn);
        if (!c.Short && order.InParcel(f, units, turn) is { } inParcel) return inParcel;
        if (order.Operations.Length >= MaxOperations) return order.Fulfilled(FulfilStatus.TooManyOperations, turn);

        RefusedNode? not = c.To is null ? new(f.Node, null, c.Reason) : null;
        return order.Fulfilled(FulfilStatus.Done, turn, order.Conclude(new OrderEvent.FulfilmentMoved(
            c.Id, c.Fulfilment, c.Lines.IsDefault ? [] : c.Lines, units, c.To, not, c.Reason, c.By, c.Short,
            f.StartedAt is null ? 0 : units.Sum(u => (long)u.Units)), turn));
    }

    static Decision<OrderEvent> SplitWork(Order order, OrderCommand.SplitWork c, Turn turn)
    {
        var (f, units, refused) = order.Take(
            c.Id, ContentOfSplit(c.Fulfilment, c.Lines.IsDefault ? [] : c.Lines), c.Fulfilment, c.Lines, turn);
        if (refused is { } status) return order.Fulfilled(status, turn);
        if (f!.IsBegun) return order.Fulfilled(FulfilStatus.AlreadyBegun, turn);
        if (c.Lines.IsDefaultOrEmpty || units.Sum(u => (long)u.Units) == OpenUnits(f).Sum(u => (long)u.Units))
            return order.Fulfilled(FulfilStatus.NothingLeft, turn);
        if (order.InParcel(f, units, turn) is { } inParcel) return inParcel;
        if (order.Operations.Length >= MaxOperations) return order.Fulfilled(FulfilStatus.TooManyOperations, turn);

        return order.Fulfilled(FulfilStatus.Done, turn,
            new OrderEvent.FulfilmentSplit(c.Id, c.Fulfilment, c.Lines, units, order.Fulfilments.Length + 1));
    }

    static Decision<OrderEvent> MergeWork(Order order, OrderCommand.MergeWork c, Turn turn)
    {
        var (from, units, refused) = order.Take(c.Id, ContentOfMerge(c.Fulfilment, c.From), c.From, [], turn);
        if (refused is { } status) return order.Fulfilled(status, turn);
        if (order.Find(c.Fulfilment) is not { } into) return order.Fulfilled(FulfilStatus.UnknownFulfilment, turn);
        if (OpenUnits(into).IsEmpty) return order.Fulfilled(FulfilStatus.NothingOpen, turn);
        if (into.IsBegun || from!.IsBegun) return order.Fulfilled(FulfilStatus.AlreadyBegun, turn);
        if (into.Node != from.Node || into.Number == from.Number) return order.Fulfilled(FulfilStatus.WrongNode, turn);
        if (order.InParcel(from, units, turn) is { } inParcel) return inParcel;
        if (order.Operations.Length >= MaxOperations) return order.Fulfilled(FulfilStatus.TooManyOperations, turn);

        return order.Fulfilled(FulfilStatus.Done, turn,
            new OrderEvent.FulfilmentsMerged(c.Id, c.Fulfilment, c.From, units));
    }

    static Decision<OrderEvent> PauseWork(Order order, OrderCommand.PauseWork c, Turn turn)
    {
        var (f, _, refused) = order.Take(c.Id, ContentOfPause(c.Fulfilment, c.Reason), c.Fulfilment, [], turn);
        if (refused is { } status) return order.Fulfilled(status, turn);
        if (f!.Paused is not null) return order.Fulfilled(FulfilStatus.OnHold, turn);
        if (order.Operations.Length >= MaxOperations) return order.Fulfilled(FulfilStatus.TooManyOperations, turn);

        return order.Fulfilled(FulfilStatus.Done, turn,
            new OrderEvent.FulfilmentPaused(c.Id, c.Fulfilment, turn.Now, c.Reason, c.By));
    }

    static Decision<OrderEvent> ResumeWork(Order order, OrderCommand.ResumeWork c, Turn turn)
    {
        var (f, _, refused) = order.Take(c.Id, ContentOfResume(c.Fulfilment), c.Fulfilment, [], turn);
        if (refused is { } status) return order.Fulfilled(status, turn);
        if (f!.Paused is null) return order.Fulfilled(FulfilStatus.AlreadyDone, turn);
        if (order.Operations.Length >= MaxOperations) return order.Fulfilled(FulfilStatus.TooManyOperations, turn);

        return order.Fulfilled(FulfilStatus.Done, turn,
            new OrderEvent.FulfilmentResumed(c.Id, c.Fulfilment, turn.Now, c.By));
    }

    static Decision<OrderEvent> AnswerRequest(Order order, OrderCommand.AnswerRequest c, Turn turn)
    {
        if (order.Find(c.Fulfilment) is not { } f) return order.Fulfilled(FulfilStatus.UnknownFulfilment, turn);
        if (f.Request == (c.Accepted ? WorkRequest.Accepted : WorkRequest.Rejected))
            return order.Fulfilled(FulfilStatus.AlreadyDone, turn);
        var units = OpenUnits(f);
        if (units.IsEmpty) return order.Fulfilled(FulfilStatus.NothingOpen, turn);
        if (f.Request != WorkRequest.Submitted) return order.Fulfilled(FulfilStatus.NotAsked, turn);

        OrderEvent.RequestAnswered answered = new(c.Fulfilment, c.Accepted, c.Reason);
        if (c.Accepted) return order.Fulfilled(FulfilStatus.Done, turn, answered);
        var reason = c.Reason ?? "rejected";
        return order.Fulfilled(FulfilStatus.Done, turn, order.Conclude(
        [
            answered,
            new OrderEvent.FulfilmentMoved(
                null, f.Number, [], units, null, new(f.Node, null, reason), reason, f.Node),
        ], turn));
    }

    static Decision<OrderEvent> NoteDue(Order order, OrderCommand.NoteDue c, Turn turn) =>
        order.Find(c.Fulfilment) is { NotBefore: { } at } && at <= turn.Now
            ? new(Done.It, new OrderEvent.FulfilmentDue(c.Fulfilment)) : new(Done.It);

    /// <summary>The fulfilment order and its units that an operation names, all open ones when it names none.</summary>
    (Fulfilment? Of, ImmutableArray<LineUnits> Units, FulfilStatus? Refused) Take(
        string id, long content, int number, ImmutableArray<LineUnits> named, Turn turn)
    {
        if (Find(number) is not { } f) return (null, [], FulfilStatus.UnknownFulfilment);
        if (Repeats(id, content) is { } same)
            return (f, [], same ? FulfilStatus.AlreadyDone : FulfilStatus.DifferentContent);
        ImmutableArray<LineUnits> asked = named.IsDefault ? [] : named;
        if (asked.Any(a => f.Lines.All(l => l.Line != a.Line))) return (f, [], FulfilStatus.UnknownLine);
        if (asked.Any(a => a.Units <= 0)) return (f, [], FulfilStatus.QuantityNotPositive);
        var open = OpenUnits(f);
        if (open.IsEmpty) return (f, [], FulfilStatus.NothingOpen);
        if (asked.IsEmpty) return (f, open, null);
        var most = open.ToDictionary(l => l.Line, l => l.Units);
        ImmutableArray<LineUnits> units = [.. from a in asked group a by a.Line into g
            select new LineUnits(g.Key, (int)Math.Min(int.MaxValue, g.Sum(a => (long)a.Units)))];
        return units.Any(u => u.Units > most.GetValueOrDefault(u.Line))
            ? (f, units, FulfilStatus.MoreThanOpen) : (f, units, null);
    }

    static ImmutableArray<LineUnits> OpenUnits(Fulfilment f) =>
        [.. from l in f.Lines where l.MayLeave > 0 select new LineUnits(l.Line, l.MayLeave)];

    /// <summary>Several events at once, and what follows from the last.</summary>
    OrderEvent[] Conclude(List<OrderEvent> events, Turn turn) => events.Count == 0 ? []
        : [.. events.SkipLast(1), .. events.SkipLast(1).Aggregate(this, Evolve).Conclude(events[^1], turn)];

    Order Move(OrderEvent.FulfilmentMoved e)
    {
        var f = Fulfilments[e.Fulfilment - 1];
        var skus = f.Lines.ToDictionary(l => l.Line, l => l.Sku);
        var order = Known(e.Id, ContentOfMove(e.Fulfilment, e.To, e.Asked, e.Reason, e.Short)).Change(
            e.Units, (l, n) => l with { Placed = l.Placed - n });
        return order with
        {
            Fulfilments = Fulfilments.SetItem(e.Fulfilment - 1, f.GiveAway(e.Units)),
            Demands = PlaceAt([.. e.Units.Select(u => (skus[u.Line], f.Node, u.Units))], (d, at) => d with
            {
                Placed = Inventory.Units.Minus(d.Placed, at),
                ToReturn = Inventory.Units.Plus(d.ToReturn, at),
                Pinned = e.To is null ? d.Pinned : Inventory.Units.Plus(d.Pinned, [at[0] with { Node = e.To }]),
                Refused = 0,
            }),
            Sourcing = e.Refused is not null ? (Sourcing ?? Sourcing.None).Refuse(e.Refused)
                : e.To is not null ? Sourcing?.Allow(e.To) : Sourcing,
        };
    }

    Order Split(OrderEvent.FulfilmentSplit e)
    {
        var f = Fulfilments[e.Fulfilment - 1];
        return Remember(e.Id, ContentOfSplit(e.Fulfilment, e.Asked)) with
        {
            Fulfilments = Fulfilments.SetItem(e.Fulfilment - 1, f.GiveAway(e.Units)).Add(f.Part(e)),
        };
    }

    Order Merge(OrderEvent.FulfilmentsMerged e)
    {
        var (into, from) = (Fulfilments[e.Into - 1], Fulfilments[e.From - 1]);
        return Remember(e.Id, ContentOfMerge(e.Into, e.From)) with
        {
            Fulfilments = Fulfilments.SetItem(e.From - 1, from.GiveAway(e.Units))
                .SetItem(e.Into - 1, into.Join(e.Units, from)),
        };
    }

    Order Change(int number, Func<Fulfilment, Fulfilment> change) => this with
    {
        Fulfilments = Fulfilments.SetItem(number - 1, change(Fulfilments[number - 1])),
    };

    Order Pause(int fulfilment, string? reason) => Change(fulfilment, f => f with { Paused = reason });

    Order Await(int fulfilment, string? reason) => Change(fulfilment, f => f with { Waiting = reason });

    Order Hear(OrderEvent.RequestAnswered e) => Change(e.Fulfilment, f => f with
    {
        Request = e.Accepted ? WorkRequest.Accepted : WorkRequest.Rejected,
    });

    static long ContentOfMove(
        int fulfilment, string? to, ImmutableArray<LineUnits> lines, string reason, bool isShort) =>
        Fingerprint.Of(isShort ? "short" : "move", $"{fulfilment}", to, TextOf(lines), reason);

    static long ContentOfSplit(int fulfilment, ImmutableArray<LineUnits> lines) =>
        Fingerprint.Of("split", $"{fulfilment}", TextOf(lines));

    static long ContentOfMerge(int into, int from) => Fingerprint.Of("merge", $"{into}", $"{from}");

    static long ContentOfPause(int fulfilment, string reason) => Fingerprint.Of("pause", $"{fulfilment}", reason);

    static long ContentOfResume(int fulfilment) => Fingerprint.Of("resume", $"{fulfilment}");
}
