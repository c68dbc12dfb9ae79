namespace Fulfillment.Engine;

/// <summary>
/// Keeps account of durable sends. A send is stored in its event's row, in the same commit; while it goes through at
/// once nothing more is written for it: one number, the position up to which everything was answered, rides along with
/// later commits. Only what waits (timers, retries, slow providers) gets a row of its own. After a crash all that lies
/// beyond the number, and all rows, are sent again; receivers know a repeat. During a rush what can wait is left in the
/// journal (<see cref="HeldSends"/>), and a second number tells up to where all else was answered.
/// </summary>
public sealed class Outbox(IJournalStore store, Kinds kinds, TimeProvider time, EngineOptions options) : ICommitSide
{
    /// <summary>A send that is not answered after this gets a row of its own, so that it holds up nothing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Timers that are due within this are kept in memory.</summary>
    static readonly TimeSpan Horizon = TimeSpan.FromMinutes(2);

    const int LoadAtOnce = 50_000, HeldAtOnce = 512;

    readonly Lock _lock = new();
    readonly OutboxWindow _window = new();
    readonly HeldSends _held = new(store, kinds);
    readonly PriorityQueue<PendingSend, DateTimeOffset> _due = new();
    readonly HashSet<(long, int)> _deferred = [], _rows = [];
    readonly Dictionary<(long, int), PendingSend> _becoming = [];
    List<Deferred> _toDefer = [], _answered = [];
    long _position, _persisted, _front;
    DateTimeOffset _loadedUntil = DateTimeOffset.MinValue;

    /// <summary>Called with sends to be dispatched now. Called on the committing thread: must not block.</summary>
    public Action<IReadOnlyList<PendingSend>> Dispatch { get; set; } = _ => { };

    /// <summary>Sends under way or waiting in memory.</summary>
    public int Depth
    {
        get { lock (_lock) return UnderWay + _due.Count + _held.Count; }
    }

    /// <summary>Sends without a row of their own that are not answered yet.</summary>
    public int UnderWay => _window.Open + _held.Window.Open;

    /// <summary>Sends that can wait are left in the journal.</summary>
    public bool Holds
    {
        get { lock (_lock) return _held.IsOpen; }
    }

    /// <summary>Too much is waiting to take in more.</summary>
    public bool IsFull => _window.Open > options.MaxOutbox;

    /// <summary>The position up to which all sends are answered or have rows of their own.</summary>
    public long Watermark
    {
        get { lock (_lock) return Marks().Watermark; }
    }

    /// <summary>Takes up what an earlier process left: returns the sends to be made again now.</summary>
    public IReadOnlyList<PendingSend> Recover(StoreHead head)
    {
        List<PendingSend> ready = [];
        // A send with a row of its own is taken up from there, and only from there: two copies would answer for each
        // other.
        foreach (var row in store.DeferredAfter(head.Watermark)) _rows.Add((row.Position, row.Index));
        if (head.Front > head.Watermark) _held.Open(head.Watermark, [.. _rows]);
        for (var after = Math.Max(head.Watermark, head.Front); ;)
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
        (_persisted, _front) = (head.Watermark, head.Front);
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
            var (watermark, front) = Marks();
            if (watermark > _persisted) group.Watermark = watermark;
            if (front > Math.Max(watermark, _front)) group.Front = front;
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
                if (_becoming.Remove((row.Position, row.Index), out var send)) send.Entry?.Window.Closed(send);
            }

            foreach (var row in group.Answered) _deferred.Remove((row.Position, row.Index));
            _persisted = Math.Max(_persisted, group.Watermark ?? 0);
            _front = Math.Max(_front, group.Front ?? 0);
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
            else send.Entry?.Window.Closed(send);
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

            DeferSlow(_window, now);
            DeferSlow(_held.Window, now);
        }

        return ready;
    }

    /// <summary>
    /// The next sends that were held and can go now, because no <paramref name="rush"/> goes on or they have waited for
    /// as long as they may; false when there are no more. In a rush new ones are held from now on. For one thread at a
    /// time.
    /// </summary>
    public bool TryTakeHeld(bool rush, out IReadOnlyList<PendingSend> ready)
    {
        ready = [];
        var holds = rush && options.HoldFor > TimeSpan.Zero;
        lock (_lock)
        {
            if (holds && !_held.IsOpen) _held.Open(_position);
            if (!_held.IsOpen || _held.Window.Open >= HeldAtOnce) return false;
        }

        var page = _held.Next();
        if (holds && (page.Count == 0 || MayWait(page[0].At))) return false;
        // What cannot be read fails before any of it is under way.
        var sends = page.Where(e => e.Sends is not null).Select(e => (e, Encoder.ReadSends(kinds, e.Sends))).ToList();
        lock (_lock) ready = Begin(page, sends);
        return page.Count > 0;
    }

    /// <summary>Whether there is something to note that no commit has noted yet.</summary>
    public bool HasNews
    {
        get
        {
            lock (_lock)
            {
                var (watermark, front) = Marks();
                return watermark > _persisted || front > Math.Max(watermark, _front) || _toDefer.Count > 0
                    || _answered.Count > 0;
            }
        }
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

    void DeferSlow(OutboxWindow window, DateTimeOffset now)
    {
        foreach (var entry in window.Entries)
        {
            if (now - entry.Since < Patience) break;
            foreach (var send in entry.Open) if (!send.IsDeferred) Defer(send, now);
        }
    }

    /// <summary>An event from a clock that was ahead waits no longer.</summary>
    bool MayWait(DateTimeOffset at)
    {
        var age = time.GetUtcNow() - at;
        return age < options.HoldFor && age > -options.HoldFor;
    }

    List<PendingSend> Begin(IReadOnlyList<StoredEvent> page, List<(StoredEvent Event, Send[] Sends)> events)
    {
        List<PendingSend> ready = [];
        foreach (var (stored, sends) in events)
        {
            OutboxEntry? entry = null;
            for (var i = 0; i < sends.Length; i++)
            {
                if (!_held.Takes(stored.Position, i, sends[i])) continue;
                entry ??= _held.Window.Add(stored.Position, time.GetUtcNow());
                ready.Add(Begin(new(stored.Position, i, stored.Entity, stored.Version, sends[i]), entry));
            }
        }

        _held.Took(page, ready.Count, _position);
        return ready;
    }

    static PendingSend Begin(PendingSend send, OutboxEntry entry)
    {
        send.Entry = entry;
        entry.Window.Opened(send);
        return send;
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

            if (_rows.Contains((position, i)) || _held.TryHold(position, send)) continue;
            entry ??= _window.Add(position, now);
            ready.Add(Begin(new(position, i, from, version, send), entry));
        }
    }

    /// <summary>
    /// Up to where all sends are answered or have rows of their own; and up to where all but the held ones.
    /// </summary>
    (long Watermark, long Front) Marks()
    {
        var front = _window.Advance(_position);
        return (Math.Min(front, _held.Watermark(front)), front);
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
