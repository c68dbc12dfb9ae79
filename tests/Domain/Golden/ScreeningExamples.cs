using Fulfillment.Screening;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of traces and fraud policies, every field with a value of its own.</summary>
static class ScreeningExamples
{
    static readonly Money Amount = new(12_950, "EUR");

    static readonly FraudSettings Settings = new(
        40, 90, TimeSpan.FromHours(36), [new("disposable-email", 35), new("night-order", 1)]);

    static readonly Signals Signals = new(
        "kq3N0bTz5lqzYbPpR1vX8g", "Vb3cXw8YtQpR5sLkJhGfDz", "9dZy1uV8bW6cXeRt5sAqL0", "mTq0Zx7HqkM3oGhJkNpQvS",
        EmailClass.Disposable, "DE", "FR", "NL", "US", true, 4, 23);

    static readonly Traces Traces = new(Told(1), Told(2), Told(3), Told(4));

    public static IEnumerable<object> All =>
    [
        new TraceCommand.Note("o-1001", Amount, "FR"),
        new TraceCommand.NoteDecline("o-1001", "a-2"),
        new TraceCommand.NoteFraud("o-1001"),
        new TraceCommand.NoteGood("o-1001"),
        new TraceCommand.Get(Amount, "FR"),
        new TraceEvent.OrderSighted("o-1001", Amount, "FR", Product.After(0.25)),
        new TraceEvent.DeclineNoted("o-1001", "a-2", Product.After(1.5)),
        new TraceEvent.FraudConfirmed("o-1001", Product.After(86_400)),
        new TraceEvent.OrderCleared("o-1001", Product.After(172_800)),
        new FraudPolicyCommand.Set(Settings, 2),
        new FraudPolicyCommand.Get(),
        new FraudPolicyCommand.Assess(Signals, Traces, Amount),
        new FraudPolicyEvent.PolicySet(Settings, 3),
    ];

    /// <summary>A reply, every number of it another one.</summary>
    static TraceReply Told(int of) => new(
        NoteStatus.Noted, 10 + of, 20 + of, 30 + of, 40 + of, 5_000 + of, 60 + of, 2 + of, 3 + of, 4 + of, 5 + of,
        Product.After(-86_400 * of));
}
