using System.Collections.Immutable;

namespace Fulfillment.Ordering;

// Intercepts: a cancellation that came after a node had begun. The node's answer is the one truth: until it is there
// the goods cannot leave and are not cancelled.
public sealed partial record Order
{
    static Decision<OrderEvent> AnswerIntercept(Order order, OrderCommand.AnswerIntercept c, Turn turn)
    {
        if (order.Placed is null || c.Number < 1 || c.Number > order.Intercepts.Length)
            return order.Intercepting(InterceptAnswerStatus.UnknownIntercept, turn);
        var intercept = order.Intercepts[c.Number - 1];
        if (intercept.Status != InterceptStatus.Open)
        {
            return order.Intercepting(intercept.Status == InterceptStatus.Stopped == c.Stopped
                ? InterceptAnswerStatus.AlreadyAnswered : InterceptAnswerStatus.AnsweredOtherwise, turn);
        }

        var left = order.Progress.Live - intercept.Units.Sum(u => (long)u.Units);
        var closes = c.Stopped && left > 0 && left == order.Progress.Delivered;
        return order.Intercepting(InterceptAnswerStatus.Answered, turn, order.Conclude(
            new OrderEvent.InterceptAnswered(
                c.Number, c.Stopped, intercept.Units, closes ? turn.Now + CloseAfter : null), turn));
    }

    Decision<OrderEvent> Intercepting(InterceptAnswerStatus status, Turn turn, params OrderEvent[] events)
    {
        var after = events.Aggregate(this, Evolve);
        return new(new InterceptReply(status, after.Reply(turn.Version + events.Length)), events);
    }

    Order Stop(OrderEvent.InterceptOpened e) => this with
    {
        Intercepts = Intercepts.Add(new(e.Number, e.Id, e.Reason, e.Units, InterceptStatus.Open)),
        Fulfilments = Stopping(e.Units, 1),
    };

    Order Resolve(OrderEvent.InterceptAnswered e)
    {
        var intercept = Intercepts[e.Number - 1];
        var order = this with
        {
            Intercepts = Intercepts.SetItem(e.Number - 1, intercept with
            {
                Status = e.Stopped ? InterceptStatus.Stopped : InterceptStatus.Failed,
            }),
            Fulfilments = Stopping(e.Units, -1),
        };
        return e.Stopped
            ? order.Withdraw([], e.Units) with
            {
                CancelReason = intercept.Reason,
                PayBy = Progress.Live == 0 ? null : PayBy,
            }
            : order;
    }

    ImmutableArray<Fulfilment> Stopping(ImmutableArray<WithdrawnUnits> units, int sign)
    {
        var by = units.ToLookup(u => u.Fulfilment);
        return [.. Fulfilments.Select(f => by.Contains(f.Number)
            ? f.Stop(by[f.Number].Select(u => new LineUnits(u.Line, sign * u.Units))) : f)];
    }
}
