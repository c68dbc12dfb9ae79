using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Fulfillment.Access;
using Fulfillment.Engine;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Fulfillment.Silo.Streams;

/// <summary>
/// A share of the streams, as the silo that delivers it reads it from the journal, and its subscribers' cursors. The
/// journal is the queue: what has been delivered is a position in it, and anything older is still there. All calls come
/// from the one agent that delivers the queue, one at a time.
/// </summary>
sealed class JournalQueue(
    QueueId id, IStreamQueueMapper mapper, JournalReading journal, FollowedStreams followed, StreamTables tables,
    IStreamSubscriptionManager subscriptions, ILogger<JournalQueue> log, Action<QueueId> gone)
    : IQueueAdapterReceiver, IQueueCache
{
    const int Step = 1_000, StepsAtOnce = 20, ForgetAtOnce = 20;
    const long Unknown = -1;
    static readonly TimeSpan CheckpointEvery = TimeSpan.FromSeconds(1), HeldFor = TimeSpan.FromSeconds(5);

    readonly Dictionary<StreamId, List<JournalCursor>> _cursors = [];
    readonly Queue<(long At, long Delivered)> _left = new();
    readonly HashSet<StreamId> _again = [];
    readonly Queue<Followed> _leaving = new();
    readonly string _name = id.ToString();
    FeedReader? _reader;
    long _start = Unknown, _asked, _delivered, _kept, _keptAt;

    /// <summary>The journal.</summary>
    public JournalReading Journal => journal;

    /// <inheritdoc/>
    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    /// <summary>
    /// The next events of followed streams; but first, of the streams that somebody newly follows, that he does.
    /// </summary>
    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount)
    {
        if (_start == Unknown) _start = _delivered = _kept = await tables.Checkpoint(_name);
        await followed.Refresh();
        List<IBatchContainer> batches = [];
        LookAfter(batches);
        if (_reader is not null)
        {
            if (batches.Count == 0) await Read(batches);
            await Checkpoint(CheckpointEvery);
        }

        await Forget();
        return batches;
    }

    /// <inheritdoc/>
    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    /// <summary>Keeps how far it is, for whoever delivers the queue next.</summary>
    public async Task Shutdown(TimeSpan timeout)
    {
        gone(id);
        if (_reader is null) return;
        await Checkpoint(TimeSpan.Zero);
        _reader.Dispose();
        _reader = null;
    }

    /// <inheritdoc/>
    public int GetMaxAddCount() => Step;

    /// <inheritdoc/>
    public bool IsUnderPressure() => false;

    /// <inheritdoc/>
    public void AddToCache(IList<IBatchContainer> messages)
    {
        foreach (var batch in messages.Cast<EventBatch>())
        {
            if (batch.Event is not { } happened || !_cursors.TryGetValue(batch.StreamId, out var cursors)) continue;
            foreach (var cursor in cursors) cursor.Add(happened);
        }
    }

    /// <inheritdoc/>
    public bool TryPurgeFromCache([MaybeNullWhen(false)] out IList<IBatchContainer> purgedItems)
    {
        purgedItems = null;
        return false;
    }

    /// <summary>From the token's position on, however old it is; without one, from now on.</summary>
    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token) => token is null
        ? Open(streamId, (_reader?.Position ?? _delivered) + 1, behind: false)
        : Open(streamId, token.SequenceNumber, behind: true);

    /// <summary>From now on, or from the entity's first event on.</summary>
    public QueueCacheCursorResult<IQueueCacheCursor> TryGetCacheCursorAtPosition(
        StreamId streamId, StreamSubscriptionStartPosition startPosition) =>
        QueueCacheCursorResult<IQueueCacheCursor>.FromCursor(
            startPosition == StreamSubscriptionStartPosition.EarliestAvailable
                ? Open(streamId, 1, behind: true) : GetCacheCursor(streamId, null));

    /// <summary>
    /// The cursor's subscriber has gone; or it has not, and the whole queue moves. What waited for it is then the next
    /// silo's to deliver, so it does not count as delivered for a while.
    /// </summary>
    public void Leave(JournalCursor cursor)
    {
        if (cursor.Delivered is { } delivered) _left.Enqueue((Stopwatch.GetTimestamp(), delivered));
        if (!_cursors.TryGetValue(cursor.Stream, out var cursors)) return;
        cursors.Remove(cursor);
        if (cursors.Count == 0) _cursors.Remove(cursor.Stream);
    }

    /// <summary>The subscribers of the stream are to try again.</summary>
    public void LookAgain(StreamId stream, Exception e)
    {
        Log.WillRetry(log, $"Reading the stream {stream}", e);
        _again.Add(stream);
    }

    JournalCursor Open(StreamId stream, long from, bool behind)
    {
        var entity = JournalStreams.EntityOf(stream)
            ?? throw new NotSupportedException($"There is no stream '{stream}'.");
        JournalCursor cursor = new(this, stream, entity, from, behind);
        if (!_cursors.TryGetValue(stream, out var cursors)) _cursors.Add(stream, cursors = []);
        cursors.Add(cursor);
        return cursor;
    }

    bool IsMine(EntityId entity, out StreamId stream)
    {
        stream = JournalStreams.Of(entity) ?? default;
        return mapper.GetQueueForStream(stream).Equals(id);
    }

    /// <summary>
    /// A batch without an event makes the agent ask who subscribes to the stream and where each of them stands; so
    /// what happened while nobody delivered the stream is delivered at once.
    /// </summary>
    void LookAfter(List<IBatchContainer> batches)
    {
        foreach (var stream in _again) batches.Add(new EventBatch(stream, _delivered + 1, null));
        _again.Clear();
        var last = followed.Last;
        if (last == _asked) return;
        List<(Followed One, StreamId Stream)> mine = [];
        foreach (var one in followed.Since(_asked))
            if (IsMine(one.Entity, out var stream)) mine.Add((one, stream));
        if (_reader is null && mine.Count > 0)
        {
            _start = _delivered = Math.Max(_start, mine.Min(m => m.One.Position));
            _reader = journal.ReadAfter(_start);
        }

        foreach (var (one, stream) in mine)
        {
            if (one.Leaving) _leaving.Enqueue(one);
            if (!one.Leaving || _asked == 0)
                batches.Add(new EventBatch(stream, Math.Max(_start, one.Position) + 1, null));
        }

        _asked = last;
    }

    async Task Read(List<IBatchContainer> batches)
    {
        for (var step = 0; step < StepsAtOnce && batches.Count == 0; step++)
        {
            // Who is behind waits for the database here.
            var facts = await Task.Run(() => _reader!.Read(Step));
            if (facts.Count == 0) return;
            foreach (var fact in facts)
            {
                if (!followed.Has(fact.Entity) || !IsMine(fact.Entity, out var stream)) continue;
                batches.Add(new EventBatch(stream, fact.Position, JournalReading.Of(fact)));
            }
        }
    }

    /// <summary>
    /// Everything up to the reader's position is delivered, but for what waits in a cursor, or did until just now.
    /// </summary>
    async Task Checkpoint(TimeSpan every)
    {
        if (Stopwatch.GetElapsedTime(_keptAt) < every) return;
        while (_left.TryPeek(out var left) && Stopwatch.GetElapsedTime(left.At) > HeldFor) _left.Dequeue();
        var waiting = _cursors.Values.SelectMany(c => c).Select(c => c.Delivered)
            .Concat(_left.Select(l => (long?)l.Delivered)).Min();
        _delivered = Math.Max(_delivered, Math.Min(waiting ?? long.MaxValue, _reader!.Position));
        _keptAt = Stopwatch.GetTimestamp();
        if (_delivered == _kept) return;
        await tables.Checkpoint(_name, _delivered);
        _kept = _delivered;
    }

    /// <summary>Streams that the last subscriber has left are not delivered any more.</summary>
    async Task Forget()
    {
        for (var i = 0; i < ForgetAtOnce && _leaving.TryDequeue(out var one); i++)
        {
            IsMine(one.Entity, out var stream);
            if ((await subscriptions.GetSubscriptions(JournalStreams.Provider, stream)).Any())
            {
                await tables.Keep(one);
                continue;
            }

            await tables.Forget(one);
            followed.Remove(one.Entity);
        }
    }
}
