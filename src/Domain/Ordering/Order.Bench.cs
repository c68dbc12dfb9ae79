using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Packing;

namespace Fulfillment.Ordering;

// The bench: from its first scan on a fulfilment order leaves by its boxes.
public sealed partial record Order
{
    static Decision<OrderEvent> StartPacking(Order order, OrderCommand.StartPacking c, Turn turn)
    {
        if (order.Find(c.Fulfilment) is not { } fulfilment)
            return order.Fulfilled(FulfilStatus.UnknownFulfilment, turn);
        // What the bench gave up is not begun by a message that was late.
        if (fulfilment.IsAtBench || c.Step < fulfilment.PackEnded)
            return order.Fulfilled(FulfilStatus.AlreadyDone, turn);
        if (order.Repeats(c.Id, ContentOfStart(c.Fulfilment)) is { } same && !same)
            return order.Fulfilled(FulfilStatus.DifferentContent, turn);
        if (fulfilment.Lines.All(l => l.Open == 0)) return order.Fulfilled(FulfilStatus.NothingOpen, turn);
        if (order.IsStopped || fulfilment.Paused is not null) return order.Fulfilled(FulfilStatus.OnHold, turn);
        if (fulfilment.NotBefore > turn.Now) return order.Fulfilled(FulfilStatus.Scheduled, turn);
        OrderEvent.PackingBegun begun = new(c.Fulfilment, turn.Now, c.Step);
        if (fulfilment.StartedAt is not null) return order.Fulfilled(FulfilStatus.Done, turn, begun);
        if (order.Operations.Length >= MaxOperations) return order.Fulfilled(FulfilStatus.TooManyOperations, turn);

        return order.Fulfilled(
            FulfilStatus.Done, turn,
            new OrderEvent.FulfilmentStarted(
                c.Id, c.Fulfilment, turn.Now, fulfilment.Lines.Sum(l => (long)l.Open)),
            begun);
    }

    static Decision<OrderEvent> EndPacking(Order order, OrderCommand.EndPacking c, Turn turn) =>
        order.Find(c.Fulfilment) is not { } fulfilment ? order.Fulfilled(FulfilStatus.UnknownFulfilment, turn)
        : fulfilment.PackStep is { } step && step < c.Step ? order.Fulfilled(
            FulfilStatus.Done, turn, new OrderEvent.PackingEnded(c.Fulfilment, turn.Now, c.Step))
        : order.Fulfilled(FulfilStatus.AlreadyDone, turn);

    static Decision<OrderEvent> NotePacked(Order order, OrderCommand.NotePacked c, Turn turn) =>
        order.Find(c.Fulfilment) is { PackStep: { } step } && step < c.Step
            ? new(Done.It, new OrderEvent.FulfilmentPacked(c.Fulfilment, c.Step, c.IsPacked, turn.Now))
            : new(Done.It);

    /// <summary>It stops, goes on or is less than it was, and something of it is at a bench.</summary>
    bool TellsBenches(OrderEvent happened) => happened is OrderEvent.InterceptOpened or OrderEvent.InterceptAnswered
        or OrderEvent.OrderHeld or OrderEvent.HoldReleased or OrderEvent.FulfilmentPaused
        or OrderEvent.FulfilmentResumed or OrderEvent.FulfilmentMoved or OrderEvent.OrderCancelled
        or OrderEvent.OrderEdited && Fulfilments.Any(f => f.IsAtBench);

    /// <summary>A bench hears at once how the order is, also one at which nobody scans.</summary>
    IEnumerable<Send> ToBenches(Turn turn)
    {
        var seen = Reply(Version);
        return Fulfilments.Where(f => f.IsAtBench).Select(f => new Send(
            PackCalls.At(turn.Self, f.Number), new PackCommand.NoteOrder(PackSight.Of(seen, f.Number)!)));
    }

    /// <summary>How far a fulfilment order has come.</summary>
    Order Reach(OrderEvent happened) => happened switch
    {
        OrderEvent.FulfilmentDue e => Change(e.Fulfilment, f => f with { NotBefore = null }),
        OrderEvent.PackingBegun e => Change(e.Fulfilment, f => f with { PackStep = e.Step }),
        OrderEvent.PackingEnded e => Change(e.Fulfilment, f => f.Unpack(e)),
        OrderEvent.FulfilmentPacked e => Change(e.Fulfilment, f => f.Pack(e)),
        _ => throw new UnreachableException(),
    };

    /// <summary>All boxes that have left, so that a SKU knows which of its units have.</summary>
    ImmutableArray<string> ShippedBoxes()
    {
        ImmutableArray<string> boxes =
            [.. from f in Fulfilments from s in f.Shipments where !s.Boxes.IsDefault from b in s.Boxes select b];
        return boxes.IsEmpty ? default : boxes;
    }
}
