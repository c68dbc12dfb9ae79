using Fulfillment.Payments;
using Fulfillment.Screening;

namespace Fulfillment.Ordering;

// Screening: what the traces of the buyer tell, what the seller's policy makes of it, and what follows.
public sealed partial record Order
{
    /// <summary>Who places the hold of an order that is to be reviewed.</summary>
    public const string ScreeningRule = "screening";

    /// <summary>The id of the cancellation when screening rejects the order. No caller's id has a tilde.</summary>
    public const string ScreenedOut = "~screened-out";

    bool IsScreening => Clearance is { Traces: not null, Assessment: null };

    static Decision<OrderEvent> TakeTrace(Order order, OrderCommand.TakeTrace c) =>
        order.IsScreening && order.Clearance.Traces!.Of(c.Of) is null
            ? new(Done.It, new OrderEvent.TraceTold(c.Of, c.Told)) : new(Done.It);

    static Decision<OrderEvent> TakeAssessment(Order order, OrderCommand.TakeAssessment c, Turn turn) =>
        order.IsScreening ? new(Done.It, order.Conclude(new OrderEvent.OrderScreened(c.Assessment), turn))
            : new(Done.It);

    /// <summary>A verdict is there, and what it leads to has not happened yet.</summary>
    bool IsVerdictDue => Clearance.Assessment is { Verdict: not Verdict.Accept } a && !IsOver
        && !Clearance.Holds.Any(h => h.By == ScreeningRule)
        && (a.Verdict == Verdict.Review ? Clearance.Holds.Length < MaxHolds
            : Progress.Allocated == 0 && Repeats(ScreenedOut, 0) is null);

    /// <summary>What the verdict leads to: a hold for who reviews, or the end of the order. Once.</summary>
    OrderEvent? ActOnVerdict(Turn turn)
    {
        if (!IsVerdictDue) return null;
        var a = Clearance.Assessment!;
        if (a.Verdict == Verdict.Review)
            return Held(null, HoldType.Fraud, $"score {a.Score}", ScreeningRule, turn.Now + a.ReviewWithin, turn);

        var lines = Lines.Where(l => l.Unplaced > 0).Select(l => new LineUnits(l.Ordered.Id, l.Unplaced));
        return new OrderEvent.OrderCancelled(ScreenedOut, $"screening: score {a.Score}", [], [.. lines], []);
    }

    Order Hear(OrderEvent.TraceTold e) => this with
    {
        Clearance = Clearance with { Traces = Clearance.Traces!.With(e.Of, e.Told) },
    };

    /// <summary>What traces and policy are told because of this event; the order is one that is screened.</summary>
    List<Send> Screen(OrderEvent happened, Turn turn)
    {
        List<Send> sends = [];
        var signals = Placed!.Signals!;
        switch (happened)
        {
            case OrderEvent.OrderPlaced:
                Tell(new TraceCommand.Note(turn.Self.Name, Placed.Total, Placed.ShipTo?.Country));
                if (sends.Count == 0) sends.Add(Assess());
                break;
            case OrderEvent.TraceTold when Clearance.Traces!.Count() == signals.TraceNames().Length:
                sends.Add(Assess());
                break;
            case OrderEvent.PaymentChanged { Standing.State: PaymentState.Declined } e:
                Tell(new TraceCommand.NoteDecline(turn.Self.Name, $"{e.Standing.Attempt}"));
                break;
            case OrderEvent.OrderCancelled { Fraud: true } or OrderEvent.InterceptOpened { Fraud: true }:
                Tell(new TraceCommand.NoteFraud(turn.Self.Name));
                break;
            case OrderEvent.OrderClosed:
                Tell(new TraceCommand.NoteGood(turn.Self.Name));
                break;
        }

        return sends;

        void Tell(TraceCommand command)
        {
            foreach (var name in signals.TraceNames())
                sends.Add(new(turn.Self.Sibling(TraceCalls.Kind, name.ToString()), command));
        }

        Send Assess() => new(
            turn.Self.Sibling(FraudPolicyCalls.Kind, FraudPolicyCalls.Name),
            new FraudPolicyCommand.Assess(signals, Clearance.Traces!, Placed.Total));
    }
}
