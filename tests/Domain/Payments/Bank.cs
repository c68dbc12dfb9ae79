using Fulfillment.Ordering;
using Fulfillment.Payments;

namespace Fulfillment.Tests.Domain;

/// <summary>The words in which tests of payments are written: one gateway, one order, euros.</summary>
static class Bank
{
    public const string Gateway = "test-gateway", Key = "default/o-1";

    /// <summary>The payment of the tests.</summary>
    public static EntityId Self { get; } = EntityId.Of("payment", "default", "o-1");

    /// <summary>A payment after these events.</summary>
    public static Given<Payment, PaymentCommand, PaymentEvent> Given(params IEnumerable<PaymentEvent> events) =>
        new(Self, Product.Start, events);

    public static Money Eur(long cents) => new(cents, "EUR");

    public static PaymentGoal Goal(long due, long take = 0, long revision = 1, int attempt = 1) =>
        new(revision, attempt, Gateway, $"tok-{attempt}", "EUR", due, take, Prepaid: false);

    /// <summary>Of an order that is paid in advance.</summary>
    public static PaymentGoal Prepaid(long due, long revision = 1, int attempt = 1) =>
        Goal(due, due, revision, attempt) with { Prepaid = true };

    /// <summary>The order wants this.</summary>
    public static PaymentCommand Want(PaymentGoal goal) => new PaymentCommand.Pursue(goal);

    /// <summary>The provider did what the step asked for.</summary>
    public static PaymentCommand Yes(int step, string? reference = null, DateTimeOffset? expires = null) =>
        new PaymentCommand.TakeAnswer(step, new(ProviderStatus.Done, reference, ExpiresAt: expires));

    /// <summary>The provider did not do what the step asked for.</summary>
    public static PaymentCommand No(
        int step, ProviderStatus status = ProviderStatus.Declined, string? code = "do_not_honor") =>
        new PaymentCommand.TakeAnswer(step, new(status, Code: code));

    /// <summary>The provider does not know yet.</summary>
    public static PaymentCommand Wait(int step, string? reference = null, string? url = null) =>
        new PaymentCommand.TakeAnswer(step, new(ProviderStatus.Pending, reference, ActionUrl: url));

    /// <summary>The provider tells by itself.</summary>
    public static PaymentCommand Tell(
        ProviderStep about, string reference, ProviderStatus status = ProviderStatus.Done, long? amount = null) =>
        new PaymentCommand.TakeNotice(new(
            "evt-1", Key, about, reference, new(status, reference), amount is { } minor ? Eur(minor) : null));

    /// <summary>So much was promised by the first authorisation, after steps that began with this goal.</summary>
    public static PaymentEvent[] Promised(PaymentGoal goal, DateTimeOffset? expires = null) =>
    [
        new PaymentEvent.GoalSet(goal),
        new PaymentEvent.AuthorisationAsked(1, 1, Gateway, goal.Method, Eur(goal.DueMinor), false, null),
        new PaymentEvent.Authorised(1, "a-1", expires, null),
    ];

    /// <summary>So much was promised and all of it taken.</summary>
    public static PaymentEvent[] Taken(long cents) =>
    [
        .. Promised(Goal(cents)), new PaymentEvent.GoalSet(Goal(cents, cents, 2)),
        new PaymentEvent.CaptureAsked(2, 1, 1, Eur(cents), true),
        new PaymentEvent.MoneyTaken(1, 1, cents, "c-1", null),
    ];

    /// <summary>1,000 were taken by the first capture and 500 of another authorisation by the second.</summary>
    public static PaymentEvent[] TakenTwice() =>
    [
        .. Promised(Goal(1_000)), new PaymentEvent.GoalSet(Goal(1_500, 1_500, 2)),
        new PaymentEvent.CaptureAsked(2, 1, 1, Eur(1_000), true),
        new PaymentEvent.MoneyTaken(1, 1, 1_000, "c-1", null),
        new PaymentEvent.AuthorisationAsked(3, 2, Gateway, "tok-1", Eur(500), false, null),
        new PaymentEvent.Authorised(2, "a-2", null, null),
        new PaymentEvent.CaptureAsked(4, 2, 2, Eur(500), true),
        new PaymentEvent.MoneyTaken(2, 2, 500, "c-2", null),
    ];

    public static Send ToGateway(int step, ProviderCall call) => new(new(Gateway, ""), call with { Step = step });

    public static Send ToOrder(PaymentStanding standing) =>
        new(Orders.Self, new OrderCommand.NotePayment(standing));

    public static Send Timer(PaymentCommand command, DateTimeOffset due) => new(Self, command, due);

    /// <summary>What the order would be told now.</summary>
    public static PaymentStanding Standing(this Given<Payment, PaymentCommand, PaymentEvent> scene) =>
        scene.State.Standing;

    /// <summary>Told this status and the payment as it is now.</summary>
    public static Given<Payment, PaymentCommand, PaymentEvent> ThenTold(
        this Given<Payment, PaymentCommand, PaymentEvent> scene, MoneyStatus status)
    {
        var reply = Assert.IsType<MoneyReply>(scene.Reply);
        Assert.Equal(status, reply.Status);
        Assert.Equal(
            Text.Of(Assert.IsType<PaymentAnswer>(scene.Ask(new PaymentCommand.Get())).Payment), Text.Of(reply.Payment));
        return scene;
    }

    /// <summary>Told this status, and nothing happened.</summary>
    public static Given<Payment, PaymentCommand, PaymentEvent> ThenRefused(
        this Given<Payment, PaymentCommand, PaymentEvent> scene, MoneyStatus status) =>
        scene.ThenTold(status).ThenNothing();

    /// <summary>The notice led to this and to these events.</summary>
    public static Given<Payment, PaymentCommand, PaymentEvent> ThenNoted(
        this Given<Payment, PaymentCommand, PaymentEvent> scene, NoticeStatus status, params PaymentEvent[] events) =>
        scene.Then(new NoticeReply(status), events);
}
