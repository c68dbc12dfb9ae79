using System.Text.Json.Serialization;

namespace Fulfillment.Screening;

/// <summary>Outcome of noting something on a trace, in the order tested.</summary>
public enum NoteStatus
{
    /// <summary>The same was noted under this id before. Nothing changed.</summary>
    [JsonStringEnumMemberName("already-noted")] AlreadyNoted,

    /// <summary>Something else was noted under this id before. Nothing changed.</summary>
    [JsonStringEnumMemberName("different-content")] DifferentContent,

    /// <summary>The order is known to be a fraud, so it cannot be a good one. Nothing changed.</summary>
    [JsonStringEnumMemberName("known-fraud")] KnownFraud,

    /// <summary>Noted.</summary>
    [JsonStringEnumMemberName("noted")] Noted,
}

/// <summary>
/// What is known under a pseudonym, the order that is asked about not counted. A window reaches back from that order,
/// and counts at most <c>Trace.MaxSightings</c>. A repeat tells what was told the first time, as far as it is still
/// remembered.
/// </summary>
/// <param name="Status">What became of the note; <c>AlreadyNoted</c> for a mere question.</param>
/// <param name="LastHour">Orders within 1 hour.</param>
/// <param name="LastDay">Orders within 24 hours.</param>
/// <param name="LastMonth">Orders within 30 days.</param>
/// <param name="OrdersBefore">Orders ever.</param>
/// <param name="MeanMinor">The mean amount within 30 days, in the currency that is asked about; 0 when none.</param>
/// <param name="Priced">How many orders that is the mean of.</param>
/// <param name="OtherCountries">Countries that goods went to within 30 days, other than the one asked about.</param>
/// <param name="DeclinesLastDay">Declined payments within 24 hours, at most <c>Trace.MaxDeclines</c>.</param>
/// <param name="Frauds">Orders ever that turned out to be fraud.</param>
/// <param name="Goods">Orders ever that turned out to be good.</param>
/// <param name="FirstSeen">When the first order came; null when this is the first.</param>
public sealed record TraceReply(
    NoteStatus Status, int LastHour = 0, int LastDay = 0, int LastMonth = 0, long OrdersBefore = 0, long MeanMinor = 0,
    int Priced = 0, int OtherCountries = 0, int DeclinesLastDay = 0, long Frauds = 0, long Goods = 0,
    DateTimeOffset? FirstSeen = null);

/// <summary>What became of a note that needs no more answer.</summary>
public sealed record NoteReply(NoteStatus Status);

/// <summary>What a trace can be asked.</summary>
[JsonDerivedType(typeof(Note), "note")]
[JsonDerivedType(typeof(NoteDecline), "note-decline")]
[JsonDerivedType(typeof(NoteFraud), "note-fraud")]
[JsonDerivedType(typeof(NoteGood), "note-good")]
[JsonDerivedType(typeof(Get), "get")]
public abstract record TraceCommand
{
    /// <summary>
    /// An order was seen; what was known before it? Repeatable by the order. <c>Country</c>: where the goods go.
    /// </summary>
    public sealed record Note(string Order, Money? Amount = null, string? Country = null)
        : TraceCommand, ICommand<TraceReply>;

    /// <summary>A payment of an order was declined. Repeatable by the order and <c>Id</c>, the attempt's.</summary>
    public sealed record NoteDecline(string Order, string Id) : TraceCommand, ICommand<NoteReply>;

    /// <summary>An order turned out to be fraud: a review, or a chargeback, says so. Repeatable by the order.</summary>
    public sealed record NoteFraud(string Order) : TraceCommand, ICommand<NoteReply>;

    /// <summary>An order turned out to be good: it was paid and kept. Repeatable by the order.</summary>
    public sealed record NoteGood(string Order) : TraceCommand, ICommand<NoteReply>;

    /// <summary>What would be told of an order with this amount and country now? Nothing is noted.</summary>
    public sealed record Get(Money? Amount = null, string? Country = null) : TraceCommand, ICommand<TraceReply>;
}

/// <summary>What happened to a trace.</summary>
[JsonDerivedType(typeof(OrderSighted), "order-sighted")]
[JsonDerivedType(typeof(DeclineNoted), "decline-noted")]
[JsonDerivedType(typeof(FraudConfirmed), "fraud-confirmed")]
[JsonDerivedType(typeof(OrderCleared), "order-cleared")]
public abstract record TraceEvent
{
    /// <summary>An order was seen.</summary>
    public sealed record OrderSighted(string Order, Money? Amount, string? Country, DateTimeOffset At) : TraceEvent;

    /// <summary>A payment was declined.</summary>
    public sealed record DeclineNoted(string Order, string Id, DateTimeOffset At) : TraceEvent;

    /// <summary>An order turned out to be fraud.</summary>
    public sealed record FraudConfirmed(string Order, DateTimeOffset At) : TraceEvent;

    /// <summary>An order turned out to be good.</summary>
    public sealed record OrderCleared(string Order, DateTimeOffset At) : TraceEvent;
}
