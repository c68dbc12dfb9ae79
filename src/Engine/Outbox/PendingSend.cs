namespace Fulfillment.Engine;

/// <summary>
/// A durable message on its way: the <c>Index</c>-th send of the event at <c>Position</c>. Its id is the same for every
/// attempt and on every machine, so receivers and providers know a repeat.
/// </summary>
public sealed class PendingSend(long position, int index, EntityId from, long version, Send send)
{
    /// <summary>Position of the event that caused it.</summary>
    public long Position { get; } = position;

    /// <summary>Which of that event's sends.</summary>
    public int Index { get; } = index;

    /// <summary>Who sends.</summary>
    public EntityId From { get; } = from;

    /// <summary>What is sent, and to whom.</summary>
    public Send Send { get; } = send;

    /// <summary>The idempotency key: sender, version of the event, index.</summary>
    public string Id { get; } = $"{from.Kind}/{from.Key}@{version}.{index}";

    /// <summary>Attempts that failed.</summary>
    public int Attempts { get; internal set; }

    /// <summary>It has, or is getting, a row of its own: its event no longer answers for it.</summary>
    internal bool IsDeferred { get; set; }

    /// <summary>The event's other sends; null for a timer.</summary>
    internal OutboxEntry? Entry { get; set; }

    internal Deferred Row(DateTimeOffset due) => new(Position, Index, due, Attempts);
}

/// <summary>An event whose sends are not all answered.</summary>
sealed class OutboxEntry(long position, DateTimeOffset since)
{
    public long Position { get; } = position;

    public DateTimeOffset Since { get; } = since;

    public List<PendingSend> Open { get; } = new(1);
}
