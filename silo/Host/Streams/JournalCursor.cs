using Fulfillment.Access;
using Orleans.Streams;

namespace Fulfillment.Silo.Streams;

/// <summary>
/// Where one subscriber is in its stream. New events wait here for it; one that is further behind than that, or
/// resumes from long ago, is served from the journal until it has caught up. Nothing is left out and nothing reordered:
/// an event that could not be delivered comes again.
/// </summary>
/// <param name="queue">The queue that the stream is in.</param>
/// <param name="stream">The stream.</param>
/// <param name="entity">Whose stream it is.</param>
/// <param name="from">The first position wanted.</param>
/// <param name="behind">Whether the journal may have events from there on that the queue will not bring.</param>
sealed class JournalCursor(JournalQueue queue, StreamId stream, EntityId entity, long from, bool behind)
    : IQueueCacheCursor
{
    const int MostWaiting = 200, Page = 200, Unknown = -1;

    readonly Queue<StreamEvent> _waiting = new();
    StreamEvent? _current;
    long _last = Unknown, _passed = from - 1;
    bool _behind = behind;

    /// <summary>The stream.</summary>
    public StreamId Stream => stream;

    /// <summary>Up to here nothing waits to be delivered; null when nothing waits at all.</summary>
    public long? Delivered =>
        _current is not null ? _current.Position - 1
        : _waiting.TryPeek(out var next) ? next.Position - 1
        : _behind ? _passed : null;

    /// <summary>What the queue has read.</summary>
    public void Add(StreamEvent happened)
    {
        // While it is behind it finds the event in the journal.
        if (_behind || happened.Position < from || happened.Version <= _last) return;
        if (_waiting.Count == MostWaiting || (_last != Unknown && happened.Version != _last + 1))
        {
            if (_last == Unknown) _last = happened.Version - 1;
            _behind = true;
            return;
        }

        _waiting.Enqueue(happened);
        _last = happened.Version;
    }

    /// <inheritdoc/>
    public IBatchContainer GetCurrent(out Exception? exception)
    {
        exception = null;
        return new EventBatch(stream, _current!.Position, _current);
    }

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (_current is not null) _passed = _current.Position;
        _current = null;
        if (_waiting.Count == 0 && _behind && !CatchUp()) return false;
        return _waiting.TryDequeue(out _current);
    }

    /// <inheritdoc/>
    public void Refresh(StreamSequenceToken token)
    {
        // New events were added when the queue read them.
    }

    /// <inheritdoc/>
    public void RecordDeliveryFailure()
    {
        if (_current is null) return;
        _last = _current.Version - 1;
        _waiting.Clear();
        _current = null;
        _behind = true;
    }

    /// <inheritdoc/>
    public void Dispose() => queue.Leave(this);

    /// <summary>
    /// Reads a page of the entity's own events. It waits for the database, as the interface knows no other way; false
    /// when that cannot be read, and then the queue asks the subscriber to try again.
    /// </summary>
    bool CatchUp()
    {
        try
        {
            if (_last == Unknown) _last = queue.Journal.VersionBefore(entity, from);
            foreach (var happened in queue.Journal.Read(entity, _last, Page))
            {
                _waiting.Enqueue(happened);
                _last = happened.Version;
            }

            _behind = _waiting.Count == Page;
            return true;
        }
        catch (Npgsql.NpgsqlException e)
        {
            queue.LookAgain(stream, e);
            return false;
        }
    }
}
