using Fulfillment.Payments;

namespace Fulfillment.Ordering;

// Clearing: what the order wants of its payment, and whether the money is there.
public sealed partial record Order
{
    /// <summary>Who places and ends the hold of an order whose money is missing.</summary>
    public const string PaymentRule = "payment";

    /// <summary>Nothing may happen to it any more but that money goes back.</summary>
    bool IsOver => IsEnded || Progress.Live == 0;

    /// <summary>Nothing goes on at the nodes, nor is anything given to them.</summary>
    bool IsStopped => Editing is not null || (Progress.Holds > 0 && Progress.Holds > (IsHeldForRouting ? 1 : 0));

    /// <summary>Minor units that are owed, and neither promised nor paid.</summary>
    bool NeedsMoney => Placed!.Payment is not (PaymentPolicy.None or PaymentPolicy.CashOnDelivery)
        && PaidMinor + (Clearance.Standing is { } s && s.Attempt == Clearance.Attempt ? s.SecuredMinor : 0)
        < (Due?.AmountMinor ?? 0);

    bool IsCleared => Progress.Holds == 0 && !IsScreening && !NeedsMoney;

    /// <summary>What of the order's value has left.</summary>
    long EarnedMinor
    {
        get
        {
            long earned = 0;
            foreach (var line in Lines) earned += line.Money(line.Shipped).Total;
            return earned;
        }
    }

    /// <summary>Tells the payment what is wanted of it, when that is something new.</summary>
    Order Pursue()
    {
        if (Clearance.Method is null || Goal() is not { } goal || goal.Wants(Clearance.Goal)) return this;
        return this with { Clearance = Clearance with { Goal = goal }, Begun = Begun with { Pay = true } };
    }

    /// <summary>
    /// What is wanted of the payment: nothing before stock is held and the order is screened, and what follows from
    /// that is known. Money is promised while somebody looks whether the order is fraud, and not taken.
    /// </summary>
    PaymentGoal? Goal()
    {
        var isOver = Progress.Phase == OrderPhase.Rejected || Progress.Live == 0;
        if (Clearance.Goal is null
            && (isOver || IsScreening || IsVerdictDue || Progress.Phase is OrderPhase.Reserving or OrderPhase.Closed))
            return null;
        var due = isOver ? 0 : Math.Max(0, Due!.Value.AmountMinor - PaidMinor);
        var prepaid = Placed!.Payment == PaymentPolicy.Prepaid
            && !Clearance.Holds.Any(h => h is { IsOpen: true, Type: HoldType.Fraud });
        var take = prepaid ? due : Math.Clamp(EarnedMinor - PaidMinor, 0, due);
        var (provider, token) = Clearance.Method!;
        return new(Version, Clearance.Attempt, provider, token, Currency!, due, take, prepaid);
    }

    Send AskPayment(Turn turn)
    {
        var goal = Clearance.Goal!;
        return goal.Provider == CreditAccount
            ? new(turn.Self.Sibling(PaymentsCalls.AccountKind, goal.Method),
                new AccountCommand.Bear(turn.Self.Name, goal))
            : new(turn.Self.Sibling(PaymentsCalls.Kind, turn.Self.Name), new PaymentCommand.Pursue(goal));
    }

    /// <summary>
    /// The hold of an order whose money is missing although it was there, or was refused: placed, or ended.
    /// </summary>
    OrderEvent? PaymentHold(Turn turn)
    {
        if (Placed!.Payment is PaymentPolicy.None or PaymentPolicy.CashOnDelivery) return null;
        var refused = Clearance.Standing is { State: PaymentState.Declined or PaymentState.Failed } s
            && s.Attempt == Clearance.Attempt ? s : null;
        var isMissing = Progress.Phase is OrderPhase.Clearing or OrderPhase.Accepted && Progress.Live > Progress.Shipped
            && (refused is not null || Progress.Phase == OrderPhase.Accepted || PayBy <= turn.Now) && NeedsMoney;
        var open = Clearance.Holds.FirstOrDefault(h => h is { IsOpen: true, By: PaymentRule });
        if (isMissing && open is null && Clearance.Holds.Length < MaxHolds)
        {
            var reason = refused is null ? "more is due than is paid" : $"the payment was refused: {refused.Code}";
            return Held(null, HoldType.Payment, reason, PaymentRule, null, turn);
        }

        if (isMissing || open is null) return null;
        var why = NeedsMoney ? Progress.Phase == OrderPhase.Clearing ? "another means is tried" : "all of it has left"
            : Due is { AmountMinor: > 0 } ? "the money is there" : "nothing is due";
        return Released(null, open.Number, PaymentRule, why, turn);
    }

    static Decision<OrderEvent> PayWith(Order order, OrderCommand.PayWith c, Turn turn)
    {
        if (order.Placed is null) return order.Given(MethodStatus.UnknownOrder, turn);
        if (order.Repeats(c.Id, ContentOf(c.Method)) is { } same)
            return order.Given(same ? MethodStatus.AlreadyGiven : MethodStatus.DifferentContent, turn);
        if (!Fits(order.Placed.Payment, c.Method) || order.IsOtherAccount(c.Method))
            return order.Given(MethodStatus.NotExpected, turn);
        if (order.IsOver) return order.Given(MethodStatus.OrderEnded, turn);
        if (order.Clearance is { Method: not null } known && (known.Standing is null or { State: PaymentState.Working }
            || known.Standing.Attempt != known.Attempt))
            return order.Given(MethodStatus.StillTrying, turn);
        if (order.Operations.Length >= MaxOperations) return order.Given(MethodStatus.TooManyOperations, turn);

        return order.Given(MethodStatus.Given, turn, order.Conclude(
            new OrderEvent.MethodGiven(c.Id, c.Method, order.Clearance.Attempt + 1), turn));
    }

    /// <summary>Who bears an order on account does not change.</summary>
    bool IsOtherAccount(PaymentMethod method) =>
        Clearance.Method is { Provider: CreditAccount } known && known.Token != method.Token;

    Decision<OrderEvent> Given(MethodStatus status, Turn turn, params OrderEvent[] events)
    {
        var after = events.Aggregate(this, Evolve);
        return new(new MethodReply(status, after.Reply(turn.Version + events.Length)), events);
    }

    Order Take(OrderEvent.MethodGiven e) => Remember(e.Id, ContentOf(e.Method)) with
    {
        Clearance = Clearance with { Method = e.Method, Attempt = e.Attempt },
    };

    static Decision<OrderEvent> NotePayment(Order order, OrderCommand.NotePayment c, Turn turn) =>
        order.Placed is null || c.Standing.Version <= (order.Clearance.Standing?.Version ?? 0)
            ? new(Done.It)
            : new(Done.It, order.Conclude(new OrderEvent.PaymentChanged(c.Standing), turn));

    static long ContentOf(PaymentMethod method) => Fingerprint.Of("method", method.Provider, method.Token);
}
