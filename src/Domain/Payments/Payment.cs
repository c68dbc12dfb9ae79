using System.Collections.Immutable;
using System.Diagnostics;
using Fulfillment.Intake;

namespace Fulfillment.Payments;

/// <summary>
/// The money of one order at its providers. The order says what it wants in absolute figures; the payment brings the
/// money there, one step at a time: it promises what is due, takes what is earned, gives back what is too much, gives
/// up what is no longer needed. A step whose outcome is unknown is asked again under its own id until it is known, and
/// no other step is begun before: nothing is ever taken twice.
/// </summary>
/// <param name="Goal">What the order wants; null until it wanted something.</param>
/// <param name="Authorisations">By number.</param>
/// <param name="Captures">By number.</param>
/// <param name="Refunds">By number.</param>
/// <param name="Running">The step under way; null when none is.</param>
/// <param name="Step">The last call of a provider.</param>
/// <param name="DeclinedAttempt">The attempt whose promise was refused; 0 when none was.</param>
/// <param name="Trouble">The provider's word for a refused capture, refund or release; null when none stands.</param>
/// <param name="FloorMinor">Taken before goods leave because somebody wanted it.</param>
/// <param name="GoodwillMinor">Given back although it is owed.</param>
/// <param name="Operations">Refunds, captures and retries by the caller's id.</param>
/// <param name="Version">Events so far.</param>
public sealed partial record Payment(
    PaymentGoal? Goal, ImmutableArray<Authorisation> Authorisations, ImmutableArray<Capture> Captures,
    ImmutableArray<Refund> Refunds, Running? Running, int Step, int DeclinedAttempt, string? Trouble, long FloorMinor,
    long GoodwillMinor, ImmutableArray<Operation> Operations, long Version)
    : IEntity<Payment, PaymentCommand, PaymentEvent>
{
    /// <summary>Refunds, captures and retries that callers asked for, together.</summary>
    public const int MaxOperations = 1_000;

    /// <summary>Calls of providers for one payment.</summary>
    public const int MaxSteps = 5_000;

    /// <summary>
    /// Promises asked for in one attempt: where goods do not come for so long, somebody has to decide.
    /// </summary>
    public const int MaxPromises = 12;

    /// <summary>How often the outcome of a pending step is asked for.</summary>
    public const int MaxInquiries = 100;

    /// <summary>
    /// The longest time between two such questions; the first comes after 30 s, each next after twice as long.
    /// </summary>
    public static readonly TimeSpan AskAtMostEvery = TimeSpan.FromHours(6);

    /// <inheritdoc/>
    public static Payment Initial { get; } = new(null, [], [], [], null, 0, 0, null, 0, 0, [], 0);

    /// <summary>Taken in all.</summary>
    public long TakenMinor => Captures.Sum(c => c.Status == StepStatus.Done ? c.AmountMinor : 0);

    /// <summary>Given back in all.</summary>
    public long ReturnedMinor => Captures.Sum(c => c.ReturnedMinor);

    /// <summary>Promised and not taken.</summary>
    public long PromisedMinor => Authorisations.Sum(a => a.LeftMinor);

    /// <summary>What should be with us now: taken and not given back.</summary>
    public long WantedMinor => Goal is null ? 0
        : Math.Max(0, Math.Min(Goal.DueMinor, Math.Max(Goal.TakeMinor, FloorMinor)) - GoodwillMinor);

    /// <inheritdoc/>
    public static Decision<PaymentEvent> Decide(Payment payment, PaymentCommand command, Turn turn) => command switch
    {
        PaymentCommand.Pursue c => Pursue(payment, c.Goal, turn),
        PaymentCommand.Get => new(new PaymentAnswer(payment.Reply())),
        PaymentCommand.Outcome => new(
            payment.Standing.State == PaymentState.Working ? null : new PaymentAnswer(payment.Reply())),
        PaymentCommand.Refund c => Return(payment, c, turn),
        PaymentCommand.Capture c => Take(payment, c, turn),
        PaymentCommand.Retry c => Retry(payment, c, turn),
        PaymentCommand.TakeAnswer c => payment.Running?.Step == c.Step
            ? new(Done.It, payment.Conclude(payment.Answered(c.Answer, null, turn), turn)) : new(Done.It),
        PaymentCommand.TakeNotice c => TakeNotice(payment, c.Notice, turn),
        PaymentCommand.AskAgain c => AskAgain(payment, c, turn),
        PaymentCommand.Expire c => Expire(payment, c, turn),
        _ => throw new UnreachableException(),
    };

    static Decision<PaymentEvent> Pursue(Payment payment, PaymentGoal goal, Turn turn)
    {
        if (goal.Revision <= payment.Goal?.Revision) return new(payment.Standing);

        var events = payment.Conclude(new PaymentEvent.GoalSet(goal), turn);
        return new(events.Aggregate(payment, Evolve).Standing, events);
    }

    static Decision<PaymentEvent> Return(Payment payment, PaymentCommand.Refund c, Turn turn)
    {
        if (payment.Goal is not { } goal) return payment.Money(MoneyStatus.UnknownPayment);
        if (payment.Repeats(c.Id, ContentOf(c.Amount, c.Reason)) is { } repeat) return payment.Money(repeat);
        if (c.Amount.AmountMinor <= 0) return payment.Money(MoneyStatus.AmountNotPositive);
        if (c.Amount.Currency != goal.Currency) return payment.Money(MoneyStatus.OtherCurrency);
        if (c.Amount.AmountMinor > Math.Min(payment.TakenMinor - payment.ReturnedMinor, payment.WantedMinor))
            return payment.Money(MoneyStatus.MoreThanTaken);
        if (payment.Operations.Length >= MaxOperations) return payment.Money(MoneyStatus.TooManyOperations);

        return payment.Money(MoneyStatus.Begun, payment.Conclude(
            new PaymentEvent.RefundOrdered(c.Id, c.Amount, c.Reason), turn));
    }

    static Decision<PaymentEvent> Take(Payment payment, PaymentCommand.Capture c, Turn turn)
    {
        if (payment.Goal is not { } goal) return payment.Money(MoneyStatus.UnknownPayment);
        if (payment.Repeats(c.Id, ContentOf(c.Amount, "")) is { } repeat) return payment.Money(repeat);
        if (c.Amount.AmountMinor <= 0) return payment.Money(MoneyStatus.AmountNotPositive);
        if (c.Amount.Currency != goal.Currency) return payment.Money(MoneyStatus.OtherCurrency);
        var floor = Math.Max(goal.TakeMinor, payment.FloorMinor);
        var running = payment.Running is { About: ProviderStep.Capture, Number: var n }
            ? payment.Captures[n - 1].AmountMinor : 0;
        if (c.Amount.AmountMinor > Math.Min(payment.PromisedMinor - running, goal.DueMinor - floor))
            return payment.Money(MoneyStatus.MoreThanPromised);
        if (payment.Operations.Length >= MaxOperations) return payment.Money(MoneyStatus.TooManyOperations);

        return payment.Money(MoneyStatus.Begun, payment.Conclude(
            new PaymentEvent.CaptureOrdered(c.Id, c.Amount, floor + c.Amount.AmountMinor), turn));
    }

    static Decision<PaymentEvent> Retry(Payment payment, PaymentCommand.Retry c, Turn turn)
    {
        if (payment.Goal is null) return payment.Money(MoneyStatus.UnknownPayment);
        if (payment.Repeats(c.Id, ContentOf("retry")) is { } repeat) return payment.Money(repeat);
        if (payment.Trouble is null && payment.DeclinedAttempt != payment.Goal.Attempt)
            return payment.Money(MoneyStatus.NothingFailed);
        if (payment.Operations.Length >= MaxOperations) return payment.Money(MoneyStatus.TooManyOperations);

        return payment.Money(MoneyStatus.Begun, payment.Conclude(new PaymentEvent.RetryOrdered(c.Id), turn));
    }

    /// <inheritdoc/>
    public static Payment Evolve(Payment before, PaymentEvent happened) =>
        before.Apply(happened) with { Version = before.Version + 1 };

    Payment Apply(PaymentEvent happened) => happened switch
    {
        PaymentEvent.GoalSet e => this with
        {
            Goal = e.Goal,
            Trouble = e.Goal.Attempt == Goal?.Attempt ? Trouble : null,
        },
        PaymentEvent.AuthorisationAsked e => Asked(ProviderStep.Authorise, e.Number, e.Step) with
        {
            Authorisations = Authorisations.Add(new(e.Number, Goal!.Attempt, e.Provider, e.Method,
                e.Amount.AmountMinor, e.Take, StepStatus.Asked)),
        },
        PaymentEvent.CaptureAsked e => Asked(ProviderStep.Capture, e.Number, e.Step) with
        {
            Captures = Captures.Add(new(e.Number, e.Authorisation, e.Amount.AmountMinor, e.Last, StepStatus.Asked)),
        },
        PaymentEvent.VoidAsked e => Asked(ProviderStep.Void, e.Authorisation, e.Step),
        PaymentEvent.RefundAsked e => Asked(ProviderStep.Refund, e.Number, e.Step) with
        {
            Refunds = Refunds.Add(new(e.Number, e.Capture, e.Amount.AmountMinor, StepStatus.Asked)),
        },
        PaymentEvent.OutcomeAsked e => this with
        {
            Step = e.Step,
            Running = Running! with { Step = e.Step, Asked = Running.Asked + 1 },
        },
        PaymentEvent.StepPending e => Await(e),
        PaymentEvent.Authorised e => Ended(ProviderStep.Authorise, e.Number).Change(e.Number, a => a with
        {
            Status = StepStatus.Done,
            Reference = e.Reference ?? a.Reference,
            ExpiresAt = e.ExpiresAt,
            ActionUrl = null,
        }),
        PaymentEvent.MoneyTaken e => Ended(ProviderStep.Capture, e.Number).Taken(e),
        PaymentEvent.Voided e => Ended(ProviderStep.Void, e.Authorisation).Close(e.Authorisation),
        PaymentEvent.MoneyReturned e => Ended(ProviderStep.Refund, e.Number).Returned(e),
        PaymentEvent.StepRefused e => Ended(e.About, e.Number).Refused(e),
        PaymentEvent.AuthorisationExpired e => Close(e.Number),
        PaymentEvent.RenewalsEnded e => this with { DeclinedAttempt = e.Attempt },
        PaymentEvent.RefundOrdered e => Remember(e.Id, ContentOf(e.Amount, e.Reason)) with
        {
            GoodwillMinor = GoodwillMinor + e.Amount.AmountMinor,
        },
        PaymentEvent.CaptureOrdered e => Remember(e.Id, ContentOf(e.Amount, "")) with { FloorMinor = e.FloorMinor },
        PaymentEvent.RetryOrdered e => Remember(e.Id, ContentOf("retry")) with
        {
            Trouble = null,
            DeclinedAttempt = 0,
        },
        PaymentEvent.ReturnSeen e => Change(e.Capture, c => c with { ReturnedMinor = c.ReturnedMinor + e.AmountMinor })
            with
        {
            // What was to go back anyway is no goodwill: it would go back once more.
            GoodwillMinor = GoodwillMinor
                + Math.Max(0, e.AmountMinor - Math.Max(0, TakenMinor - ReturnedMinor - WantedMinor)),
            Refunds = Refunds.Add(new(Refunds.Length + 1, e.Capture, e.AmountMinor, StepStatus.Done, e.Reference)),
        },
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public static Send[] React(Payment payment, PaymentEvent happened, Turn turn)
    {
        Send tell = new(turn.Self.Sibling(Ordering.OrderingCalls.Kind, turn.Self.Name),
            new Ordering.OrderCommand.NotePayment(payment.Standing));
        return happened switch
        {
            PaymentEvent.AuthorisationAsked e => [Call(e.Provider, new ProviderCall.Authorise(
                turn.Self.Key, e.Method, e.Amount, e.Take, e.Renews) { Step = e.Step })],
            PaymentEvent.CaptureAsked e => [payment.Call(e.Authorisation, a => new ProviderCall.Capture(
                turn.Self.Key, a.Reference!, e.Amount, e.Last) { Step = e.Step })],
            PaymentEvent.VoidAsked e => [payment.Call(e.Authorisation, a => new ProviderCall.Void(
                turn.Self.Key, a.Reference!) { Step = e.Step })],
            PaymentEvent.RefundAsked e => [payment.Call(payment.Captures[e.Capture - 1].Authorisation, _ =>
                new ProviderCall.Refund(
                    turn.Self.Key, payment.Captures[e.Capture - 1].Reference!, e.Amount) { Step = e.Step })],
            PaymentEvent.OutcomeAsked e => [payment.Ask(e.Step, turn)],
            PaymentEvent.StepPending e =>
                [tell, new(turn.Self, new PaymentCommand.AskAgain(payment.Running!.Step), e.AskAt)],
            PaymentEvent.Authorised { ExpiresAt: { } at } e =>
                [tell, new(turn.Self, new PaymentCommand.Expire(e.Number), at)],
            PaymentEvent.GoalSet => [],
            _ => [tell],
        };
    }

    /// <inheritdoc/>
    public static PaymentCommand? OnReply(Send asked, object reply) =>
        asked.Command is ProviderCall call && reply is ProviderAnswer answer
            ? new PaymentCommand.TakeAnswer(call.Step, answer) : null;

    /// <inheritdoc/>
    public static string? Check(Payment payment, PaymentEvent? last)
    {
        foreach (var a in payment.Authorisations)
            if (a.TakenMinor > a.AmountMinor) return $"authorisation {a.Number} gave more than was promised: {a}";
        foreach (var c in payment.Captures)
            if (c.ReturnedMinor > c.AmountMinor || c.ReturnedMinor < 0) return $"more was returned than taken: {c}";
        var taken = payment.Authorisations.Sum(a => a.TakenMinor);
        if (taken != payment.TakenMinor) return $"captures sum to {payment.TakenMinor}, authorisations to {taken}";
        var returned = payment.Refunds.Sum(r => r.Status == StepStatus.Done ? r.AmountMinor : 0);
        return returned == payment.ReturnedMinor ? null
            : $"refunds sum to {returned}, captures to {payment.ReturnedMinor}";
    }

    /// <summary>What the order is told.</summary>
    public PaymentStanding Standing
    {
        get
        {
            var state = Running is { } step
                ? IsPending(step) ? PaymentState.Pending : PaymentState.Working
                : Trouble is not null || Step >= MaxSteps ? PaymentState.Failed
                : Goal is { } goal && DeclinedAttempt == goal.Attempt && Outstanding > 0 ? PaymentState.Declined
                : PaymentState.Settled;
            var last = Authorisations.LastOrDefault();
            return new(
                Version, Goal?.Attempt ?? 0, state, PromisedMinor, TakenMinor, ReturnedMinor, GoodwillMinor,
                state switch
                {
                    PaymentState.Failed => Trouble ?? "too-many-steps",
                    PaymentState.Declined => last?.Code ?? "expired-too-often",
                    PaymentState.Working or PaymentState.Pending or PaymentState.Settled => null,
                },
                state == PaymentState.Pending ? last?.ActionUrl : null);
        }
    }

    bool IsPending(Running step) => step.About switch
    {
        ProviderStep.Authorise => Authorisations[step.Number - 1].Status == StepStatus.Pending,
        ProviderStep.Capture => Captures[step.Number - 1].Status == StepStatus.Pending,
        ProviderStep.Refund => Refunds[step.Number - 1].Status == StepStatus.Pending,
        ProviderStep.Void => false,
    };

    PaymentDetails? Reply() => Goal is null ? null
        : new(Goal, Standing, Authorisations, Captures, Refunds, Trouble);

    Decision<PaymentEvent> Money(MoneyStatus status, params PaymentEvent[] events) =>
        new(new MoneyReply(status, events.Aggregate(this, Evolve).Reply()), events);

    MoneyStatus? Repeats(string id, long content) => Operations.Repeats(new(id, content)) is not { } same ? null
        : same ? MoneyStatus.AlreadyDone : MoneyStatus.DifferentContent;

    Payment Remember(string id, long content) => this with { Operations = Operations.Add(new(id, content)) };

    static long ContentOf(Money amount, string reason) =>
        Fingerprint.Of($"{amount.AmountMinor}", amount.Currency, reason);

    static long ContentOf(string what) => Fingerprint.Of(what);
}
