using Fulfillment.Screening;

namespace Fulfillment.Tests.Domain;

/// <summary>One message of each type of traces, every field with a value of its own.</summary>
static class ScreeningExamples
{
    static readonly Money Amount = new(12_950, "EUR");

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
    ];
}
