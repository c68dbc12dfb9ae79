namespace Fulfillment.Engine;

/// <summary>
/// The journal's events in commit order, for whoever follows it: views, subscribers. A commit's events stay in memory
/// until the last reader has read them, and no longer; who is too far behind reads the journal until it has caught up.
/// </summary>
public sealed class Feed(IJournalStore store, Kinds kinds, int mostBehind) : ICommitSide
{
    readonly Lock _lock = new();
    readonly List<FeedReader> _readers = [];
    // A ring of commits. A list of linked ones would keep dead ones alive: an old link that is not collected yet would
    // drag all younger ones into the old generation.
    Fact[]?[] _ring = new Fact[]?[64];
    long _first, _next, _head;
    TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The last position.</summary>
    public long Head => Interlocked.Read(ref _head);

    /// <summary>Where the journal stands at the start.</summary>
    public void Start(long head) => _head = head;

    /// <summary>A reader of the events after a position.</summary>
    public FeedReader ReadAfter(long position)
    {
        FeedReader reader = new(this, position);
        lock (_lock)
        {
            Join(reader);
            _readers.Add(reader);
        }

        return reader;
    }

    /// <inheritdoc/>
    public void Join(CommitGroup group)
    {
    }

    /// <inheritdoc/>
    public void Committed(CommitGroup group)
    {
        var count = 0;
        foreach (var batch in group.Batches) count += batch.Entries.Count;
        if (count == 0) return;
        var facts = new Fact[count];
        var i = 0;
        foreach (var batch in group.Batches)
        {
            for (var k = 0; k < batch.Entries.Count; k++)
            {
                var e = batch.Entries[k];
                facts[i++] = new(
                    e.Position, batch.Owner.Id, e.Version, e.Type, e.At, e.Origin, e.Event, e.Payload, e.Hash);
            }
        }

        Add(facts);
    }

    /// <inheritdoc/>
    public void Found(IReadOnlyList<StoredEvent> events) => Add([.. events.Select(kinds.Read)]);

    /// <inheritdoc/>
    public void Failed(CommitGroup group)
    {
    }

    /// <summary>Completes when there is an event after the position.</summary>
    internal Task Changed(long after, CancellationToken cancel)
    {
        lock (_lock) return _head > after ? Task.CompletedTask : _changed.Task.WaitAsync(cancel);
    }

    /// <summary>What the reader reads next: from memory, or, before it has caught up, from the journal.</summary>
    internal IReadOnlyList<Fact> Read(FeedReader reader, int limit)
    {
        long until;
        lock (_lock)
        {
            // Who is so far behind that memory would fill up starts again from the journal.
            if (_head - reader.Position > mostBehind && _head - reader.JoinsAt > mostBehind) Join(reader);
            if (reader.Position >= reader.JoinsAt) return FromMemory(reader, limit);
            until = reader.JoinsAt;
        }

        return [.. store.Read(reader.Position, (int)Math.Min(limit, until - reader.Position)).Select(kinds.Read)];
    }

    internal void Leave(FeedReader reader)
    {
        lock (_lock)
        {
            _readers.Remove(reader);
            Trim();
        }
    }

    List<Fact> FromMemory(FeedReader reader, int limit)
    {
        var (count, until) = (0, reader.Next);
        while (until < _next && (count == 0 || count + CommitAt(until).Length <= limit))
            count += CommitAt(until++).Length;
        List<Fact> facts = new(count);
        while (reader.Next < until) facts.AddRange(CommitAt(reader.Next++));
        Trim();
        return facts;
    }

    Fact[] CommitAt(long number) => _ring[number % _ring.Length]!;

    void Join(FeedReader reader) => (reader.Next, reader.JoinsAt) = (_next, _head);

    void Add(Fact[] facts)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            Ensure.That(facts[0].Position > _head);
            var gap = facts[0].Position > _head + 1;
            if (_next - _first == _ring.Length) Grow();
            _ring[_next++ % _ring.Length] = facts;
            _head = facts[^1].Position;
            // Others wrote to the journal in between: the readers take it all from there.
            if (gap) foreach (var reader in _readers) Join(reader);
            Trim();
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }

    void Trim()
    {
        var needed = _next;
        foreach (var reader in _readers) needed = Math.Min(needed, reader.Next);
        while (_first < needed) _ring[_first++ % _ring.Length] = null;
    }

    void Grow()
    {
        var larger = new Fact[]?[_ring.Length * 2];
        for (var i = _first; i < _next; i++) larger[i % larger.Length] = _ring[i % _ring.Length];
        _ring = larger;
    }
}

/// <summary>
/// Reads a feed, from a position on, a few events at a time. For one reader at a time; to be disposed of.
/// </summary>
public sealed class FeedReader : IDisposable
{
    readonly Feed _feed;

    internal FeedReader(Feed feed, long position) => (_feed, Position) = (feed, position);

    /// <summary>The last position read.</summary>
    public long Position { get; private set; }

    /// <summary>The commit in memory to read next, once the position is <see cref="JoinsAt"/>.</summary>
    internal long Next { get; set; }

    /// <summary>Up to here the journal has to be read.</summary>
    internal long JoinsAt { get; set; }

    /// <summary>The next events in order, about <paramref name="limit"/>; empty when there are none yet.</summary>
    public IReadOnlyList<Fact> Read(int limit)
    {
        var facts = _feed.Read(this, limit);
        if (facts.Count > 0) Position = facts[^1].Position;
        return facts;
    }

    /// <summary>Completes when there is more to read.</summary>
    public Task Changed(CancellationToken cancel) => _feed.Changed(Position, cancel);

    /// <inheritdoc/>
    public void Dispose() => _feed.Leave(this);
}
