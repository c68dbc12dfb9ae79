using System.Collections.Immutable;
using Fulfillment.Screening;

namespace Fulfillment.Bench.Fraud;

/// <summary>What was known of a labelled happening when it happened.</summary>
public sealed record Sample(Happening Happening, Traces Traces, ImmutableArray<int?> Features)
{
    /// <summary>The label.</summary>
    public bool Fraud => Happening.Fraud == true;
}

/// <summary>
/// Replays a history in the order of time through the product's own traces, so that nothing is known before it was:
/// how an order ended becomes known <see cref="KnownAfter"/> later, which is about how long a chargeback takes.
/// </summary>
sealed class FraudReplay
{
    /// <summary>How long it takes until an order is known to be fraud, or good.</summary>
    public static readonly TimeSpan KnownAfter = TimeSpan.FromDays(30);

    readonly Dictionary<string, (Trace Trace, long Version)> _traces = [];
    readonly Queue<Happening> _unknown = new();

    /// <summary>The labelled part of a history, in the order of time.</summary>
    public static IReadOnlyList<Sample> Of(IEnumerable<Happening> history)
    {
        FraudReplay replay = new();
        return [.. history.Select(replay.Next).Where(s => s.Happening.Fraud is not null)];
    }

    Sample Next(Happening h)
    {
        while (_unknown.TryPeek(out var ended) && ended.At + KnownAfter <= h.At) End(_unknown.Dequeue(), h.At);
        Traces traces = new();
        foreach (var name in h.Signals.TraceNames())
        {
            var note = new TraceCommand.Note(h.Id, h.Amount, h.Signals.ShippingCountry);
            traces = traces.With(name.Of, (TraceReply)Ask(name, note, h.At));
        }

        if (h.Fraud is not null) _unknown.Enqueue(h);
        return new(h, traces, FraudModel.Features(traces, h.Amount));
    }

    void End(Happening h, DateTimeOffset now)
    {
        TraceCommand ending = h.Fraud == true ? new TraceCommand.NoteFraud(h.Id) : new TraceCommand.NoteGood(h.Id);
        foreach (var name in h.Signals.TraceNames()) Ask(name, ending, now);
    }

    object Ask(TraceName name, TraceCommand command, DateTimeOffset now)
    {
        var key = name.ToString();
        var (trace, version) = _traces.TryGetValue(key, out var known) ? known : (Trace.Initial, 0);
        var decision = Trace.Decide(trace, command, new(new(TraceCalls.Kind, key), now, version));
        _traces[key] = (decision.Events.Aggregate(trace, Trace.Evolve), version + decision.Events.Length);
        return decision.Reply!;
    }
}
