namespace Fulfillment.Engine;

/// <summary>
/// Keeps account of durable sends. A send is stored in its event's row, in the same commit; while it goes through at
/// once nothing more is written for it: one number, the position up to which everything was answered, rides along with
/// later commits. Only what waits (timers, retries, slow providers) gets a row of its own. After a crash all that lies
/// beyond the number, and all rows, are sent again; receivers know a repeat.
/// </summary>
public sealed class Outbox(IJournalStore store, Kinds kinds, TimeProvider time, EngineOptions options) : ICommitSide
{
    /// <summary>A send that is not answered after this gets a row of its own, so that it holds up nothing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Timers that are due within this are kept in memory.</summary>
    static readonly TimeSpan Horizon = TimeSpan.FromMinutes(2);

    const int LoadAtOnce = 50_000;

    readonly Lock _lock = new();
    readonly Queue<OutboxEntry> _entries = new();
    readonly PriorityQueue<PendingSend, DateTimeOffset> _due = new();
    readonly HashSet<(long, int)> _deferred = [], _rows = [];
    readonly Dictionary<(long, int), PendingSend> _becoming = [];
    List<Deferred> _toDefer = [], _answered = [];
    long _position, _persisted;
    int _open;
    DateTimeOffset _loadedUntil = DateTimeOffset.MinValue;

    /// <summary>Called with sends to be dispatched now. Called on the committing thread: must not block.</summary>
    public Action<IReadOnlyList<PendingSend>> Dispatch { get; set; } = _ => { };

    /// <summary>Sends under way or waiting in memory.</summary>
    public int Depth
    {
        get { lock (_lock) return _open + _due.Count; }
    }

    /// <summary>Sends without a row of their own that are not answered yet.</summary>
    public int UnderWay => Volatile.Read(ref _open);

    /// <summary>Too much is waiting to take in more.</summary>
    public bool IsFull => _open > options.MaxOutbox;

    /// <summary>The position up to which all sends are answered or have rows of their own.</summary>
    public long Watermark
    {
        get { lock (_lock) return Advance(); }
    }

    /// <summary>Takes up what an earlier process left: returns the sends to be made again now.</summary>
    public IReadOnlyList<PendingSend> Recover(StoreHead head)
    {
        List<PendingSend> ready = [];
        // A send with a row of its own is taken up from there, and only from there: two copies would answer for each
        // other.
        foreach (var row in store.DeferredAfter(head.Watermark)) _rows.Add((row.Position, row.Index));
        for (var after = head.Watermark; ;)
        {
            var page = store.ReadOwn(after, 1_000);
            if (page.Count == 0) break;
            after = page[^1].Position;
            foreach (var stored in page.Where(s => s.Sends is not null))
            {
                var sends = Encoder.ReadSends(kinds, stored.Sends);
                Track(stored.Position, stored.Entity, stored.Version, sends, timersToo: false, ready);
            }
        }

        _rows.Clear();
        _position = head.Position;
        _persisted = head.Watermark;
        ready.AddRange(TakeDue());
        return ready;
    }

    /// <summary>Looks for timers at once: there are new ones, from a writer that was lost.</summary>
    public void LookAgain()
    {
        lock (_lock) _loadedUntil = DateTimeOffset.MinValue;
    }

    /// <inheritdoc/>
    public void Join(CommitGroup group)
    {
        lock (_lock)
        {
            var watermark = Advance();
            if (watermark > _persisted) group.Watermark = watermark;
            group.Deferred.AddRange(_toDefer);
            group.Answered.AddRange(_answered);
            _toDefer = [];
            _answered = [];
        }
    }

    /// <inheritdoc/>
    public void Committed(CommitGroup group)
    {
        List<PendingSend> ready = [];
        lock (_lock)
        {
            foreach (var batch in group.Batches)
            {
                foreach (var entry in batch.Entries)
                {
                    _position = entry.Position;
                    if (entry.Sends.Length > 0)
                        Track(entry.Position, batch.Owner.Id, entry.Version, entry.Sends, timersToo: true, ready);
                }
            }

            foreach (var row in group.Deferred)
            {
                if (_becoming.Remove((row.Position, row.Index), out var send)) Close(send);
            }

            foreach (var row in group.Answered) _deferred.Remove((row.Position, row.Index));
            _persisted = Math.Max(_persisted, group.Watermark ?? 0);
        }

        if (ready.Count > 0) Dispatch(ready);
    }

    /// <inheritdoc/>
    public void Found(IReadOnlyList<StoredEvent> events)
    {
        List<PendingSend> ready = [];
        lock (_lock)
        {
            foreach (var stored in events)
            {
                _position = stored.Position;
                if (stored.Sends is null) continue;
                var sends = Encoder.ReadSends(kinds, stored.Sends);
                Track(stored.Position, stored.Entity, stored.Version, sends, timersToo: true, ready);
            }
        }

        if (ready.Count > 0) Dispatch(ready);
    }

    /// <inheritdoc/>
    public void Failed(CommitGroup group)
    {
        lock (_lock)
        {
            _toDefer.InsertRange(0, group.Deferred);
            _answered.InsertRange(0, group.Answered);
        }
    }

    /// <summary>The send was answered, and the answer is durable where it matters.</summary>
    public void Done(PendingSend send)
    {
        lock (_lock)
        {
            if (send.IsDeferred) _answered.Add(send.Row(default));
            else Close(send);
        }
    }

    /// <summary>The attempt failed: tried again later, and later still if it fails again. Never given up.</summary>
    public void Retry(PendingSend send)
    {
        lock (_lock)
        {
            var due = time.GetUtcNow() + Backoff(send);
            send.Attempts++;
            Defer(send, due);
            _due.Enqueue(send, due);
        }
    }

    /// <summary>The sends that are due; loads timers that come near, and gives slow sends rows of their own.</summary>
    public IReadOnlyList<PendingSend> TakeDue()
    {
        var now = time.GetUtcNow();
        LoadTimers(now);
        List<PendingSend> ready = [];
        lock (_lock)
        {
            while (_due.TryPeek(out var send, out var due) && due <= now)
            {
                _due.Dequeue();
                ready.Add(send);
            }

            foreach (var entry in _entries)
            {
                if (now - entry.Since < Patience) break;
                foreach (var send in entry.Open) if (!send.IsDeferred) Defer(send, now);
            }
        }

        return ready;
    }

    /// <summary>Whether there is something to note that no commit has noted yet.</summary>
    public bool HasNews
    {
        get { lock (_lock) return Advance() > _persisted || _toDefer.Count > 0 || _answered.Count > 0; }
    }

    /// <summary>
    /// 50 ms, doubling to a minute, with a quarter of jitter that depends on the send and the attempt.
    /// </summary>
    static TimeSpan Backoff(PendingSend send)
    {
        var milliseconds = Math.Min(60_000, 50L << Math.Min(send.Attempts, 11));
        var jitter = (ulong)Fingerprint.Of(send.Id, $"{send.Attempts}") % (ulong)(milliseconds / 4 + 1);
        return TimeSpan.FromMilliseconds(milliseconds - (long)jitter);
    }

    void Defer(PendingSend send, DateTimeOffset due)
    {
        var key = (send.Position, send.Index);
        if (!send.IsDeferred && send.Entry is not null) _becoming[key] = send;
        send.IsDeferred = true;
        _deferred.Add(key);
        _toDefer.Add(send.Row(due));
    }

    void Close(PendingSend send)
    {
        if (send.Entry is null) return;
        if (send.Entry.Open.Remove(send)) _open--;
        send.Entry = null;
    }

    void Track(
        long position, EntityId from, long version, Send[] sends, bool timersToo, List<PendingSend> ready)
    {
        var now = time.GetUtcNow();
        OutboxEntry? entry = null;
        for (var i = 0; i < sends.Length; i++)
        {
            var send = sends[i];
            if (send.Due is { } due)
            {
                // Its row was written with the event.
                if (!timersToo || due > _loadedUntil || !_deferred.Add((position, i))) continue;
                _due.Enqueue(new(position, i, from, version, send) { IsDeferred = true }, due);
                continue;
            }

            if (_rows.Contains((position, i))) continue;
            if (entry is null) _entries.Enqueue(entry = new(position, now));
            PendingSend pending = new(position, i, from, version, send) { Entry = entry };
            entry.Open.Add(pending);
            _open++;
            ready.Add(pending);
        }
    }

    long Advance()
    {
        while (_entries.TryPeek(out var entry) && entry.Open.Count == 0) _entries.Dequeue();
        return _entries.TryPeek(out var open) ? open.Position - 1 : _position;
    }

    void LoadTimers(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (now + (Horizon / 2) < _loadedUntil) return;
        }

        var until = now + Horizon;
        var rows = store.DeferredUntil(until, LoadAtOnce);
        if (rows.Count == LoadAtOnce) until = rows[^1].Due;
        foreach (var byPosition in rows.GroupBy(r => r.Position))
        {
            lock (_lock)
            {
                if (byPosition.All(r => _deferred.Contains((r.Position, r.Index)))) continue;
            }

            var stored = store.At(byPosition.Key) ?? throw new JournalException($"No event at {byPosition.Key}.");
            var sends = Encoder.ReadSends(kinds, stored.Sends);
            lock (_lock)
            {
                foreach (var row in byPosition)
                {
                    if (!_deferred.Add((row.Position, row.Index))) continue;
                    PendingSend send = new(row.Position, row.Index, stored.Entity, stored.Version, sends[row.Index])
                    {
                        IsDeferred = true,
                        Attempts = row.Attempts,
                    };
                    _due.Enqueue(send, row.Due);
                }
            }
        }

        lock (_lock) _loadedUntil = until;
    }
}
