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
sealed class OutboxEntry(OutboxWindow window, long position, DateTimeOffset since)
{
    public OutboxWindow Window { get; } = window;

    public long Position { get; } = position;

    public DateTimeOffset Since { get; } = since;

    public List<PendingSend> Open { get; } = new(1);
}

/// <summary>Sends under way, by the events that caused them, in the journal's order.</summary>
sealed class OutboxWindow
{
    readonly Queue<OutboxEntry> _entries = new();

    /// <summary>Sends that are not answered and have no rows of their own.</summary>
    public int Open { get; private set; }

    public IEnumerable<OutboxEntry> Entries => _entries;

    public OutboxEntry Add(long position, DateTimeOffset since)
    {
        OutboxEntry entry = new(this, position, since);
        _entries.Enqueue(entry);
        return entry;
    }

    public void Opened(PendingSend send)
    {
        send.Entry!.Open.Add(send);
        Open++;
    }

    public void Closed(PendingSend send)
    {
        if (send.Entry!.Open.Remove(send)) Open--;
        send.Entry = null;
    }

    /// <summary>The position before the first open send; <paramref name="otherwise"/> when there is none.</summary>
    public long Advance(long otherwise)
    {
        while (_entries.TryPeek(out var entry) && entry.Open.Count == 0) _entries.Dequeue();
        return _entries.TryPeek(out var open) ? open.Position - 1 : otherwise;
    }
}
