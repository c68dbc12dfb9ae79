using System.Diagnostics;

namespace Fulfillment.Engine;

/// <summary>What joins the next commit besides batches, and must know whether it was made.</summary>
public interface ICommitSide
{
    /// <summary>Adds to the group.</summary>
    void Join(CommitGroup group);

    /// <summary>The group was committed. Called in commit order, before anybody is answered.</summary>
    void Committed(CommitGroup group);

    /// <summary>The group was not committed, as far as is known.</summary>
    void Failed(CommitGroup group);

    /// <summary>Events of a commit whose outcome was unknown, found to be durable. Called in commit order.</summary>
    void Found(IReadOnlyList<StoredEvent> events);
}

/// <summary>
/// Writes what many entities have decided: whatever arrived while the last commit ran is the next one. One thread
/// commits; callers are answered on others, in the meantime. A commit with an unknown outcome is never repeated: its
/// callers are told so, and what it wrote, if it did, is found before the next commit.
/// </summary>
public sealed class GroupCommit : IDisposable
{
    static readonly TimeSpan MostForSnapshots = TimeSpan.FromSeconds(3);

    readonly IJournalStore _store;
    readonly EngineOptions _options;
    readonly IReadOnlyList<ICommitSide> _sides;
    readonly object _lock = new();
    List<Batch> _queue = [];
    readonly SnapshotQueue _snapshots;
    long _position, _stopped;
    Thread? _thread;
    bool _sidesWaiting, _stopping, _unknown, _writing;

    /// <summary>Over a store that is open at <paramref name="head"/>.</summary>
    public GroupCommit(
        IJournalStore store, StoreHead head, EngineOptions options, CommitStats stats,
        params IReadOnlyList<ICommitSide> sides)
    {
        (_store, _position, _options, _sides, Stats) = (store, head.Position, options, sides, stats);
        _snapshots = new(options.SnapshotBytes);
    }

    /// <summary>Commits on a thread of its own from now on. Without it, <see cref="Step"/> does.</summary>
    public void Start()
    {
        _thread = new(Run) { IsBackground = true, Name = "journal" };
        _thread.Start();
    }

    /// <summary>One commit, here and now, and everybody told; false when there was nothing to write.</summary>
    public bool Step()
    {
        Nudge();
        var group = Take()!;
        var any = !group.IsEmpty || _unknown;
        if (any) Commit(group)?.Execute();
        lock (_lock) _writing = false;
        return any;
    }

    /// <summary>How commits went.</summary>
    public CommitStats Stats { get; }

    /// <summary>Queues a snapshot, of a state whose events were submitted before.</summary>
    public void Submit(Activation owner, StoredSnapshot snapshot)
    {
        var waiting = _snapshots.Prepare(owner, snapshot);
        lock (_lock)
        {
            _snapshots.Add(waiting);
            if (_queue.Count == 0) Monitor.Pulse(_lock);
        }
    }

    /// <summary>Queues a batch.</summary>
    public void Submit(Batch batch)
    {
        lock (_lock)
        {
            if (!_stopping)
            {
                _queue.Add(batch);
                if (_queue.Count == 1) Monitor.Pulse(_lock);
                return;
            }
        }

        batch.Settle(AppendOutcome.Failed);
    }

    /// <summary>The outcome of a commit is unknown and not looked up yet.</summary>
    public bool IsUnsettled => _unknown;

    /// <summary>Everything that was submitted is settled.</summary>
    public bool IsQuiet
    {
        get { lock (_lock) return _queue.Count == 0 && !_writing && !_unknown; }
    }

    /// <summary>Makes a commit soon even if no batch comes, for what the sides have to note.</summary>
    public void Nudge()
    {
        lock (_lock)
        {
            _sidesWaiting = true;
            if (_queue.Count == 0) Monitor.Pulse(_lock);
        }
    }

    /// <summary>Commits what is queued, then stops; snapshots only as far as a few seconds go.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _stopping = true;
            _stopped = Stopwatch.GetTimestamp();
            Monitor.Pulse(_lock);
        }

        _thread?.Join();
    }

    void Run()
    {
        var busy = false;
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (busy) Linger(started);
            var group = Take();
            if (group is null) return;
            started = Stopwatch.GetTimestamp();
            if ((!group.IsEmpty || _unknown) && Commit(group) is { } settlement)
                ThreadPool.UnsafeQueueUserWorkItem(settlement, preferLocal: false);
            busy = group.Batches.Count >= 8 || group.SnapshotParts.Count > 0;
        }
    }

    /// <summary>A commit costs about the same for one batch as for fifty: a busy journal waits for its share.</summary>
    void Linger(long started)
    {
        var left = _options.CommitEvery - Stopwatch.GetElapsedTime(started);
        if (left > TimeSpan.Zero) Thread.Sleep(left);
    }

    /// <summary>Of a journal that stops: it need not go on for the snapshots' sake.</summary>
    bool IsDone => _snapshots.IsEmpty || Stopwatch.GetElapsedTime(_stopped) > MostForSnapshots;

    CommitGroup? Take()
    {
        CommitGroup group = new();
        lock (_lock)
        {
            _writing = false;
            while (_queue.Count == 0 && !_sidesWaiting && !_stopping && _snapshots.IsEmpty) Monitor.Wait(_lock);
            if (_queue.Count == 0 && !_sidesWaiting && _stopping && IsDone) return null;
            _sidesWaiting = false;
            var count = Math.Min(_queue.Count, _options.MaxGroup);
            _writing = count > 0;
            foreach (var batch in _queue.GetRange(0, count)) group.Batches.Add(batch);
            if (count == _queue.Count) _queue.Clear();
            else _queue = _queue.GetRange(count, _queue.Count - count);
            if (_queue.Count == 0) _snapshots.Join(group);
        }

        // An owner may become obsolete at any moment: whoever is left out must be told.
        var obsolete = group.Batches.Select(b => b.Owner).Where(o => o.IsObsolete).ToHashSet();
        if (obsolete.Count > 0)
        {
            var left = group.Batches.FindAll(b => obsolete.Contains(b.Owner));
            group.Batches.RemoveAll(b => obsolete.Contains(b.Owner));
            group.Snapshots.RemoveAll(s => obsolete.Contains(s.Owner));
            group.SnapshotParts.RemoveAll(s => obsolete.Contains(s.Owner));
            foreach (var batch in left) batch.Settle(AppendOutcome.Failed);
        }

        foreach (var side in _sides) side.Join(group);
        return group;
    }

    Settlement? Commit(CommitGroup group)
    {
        var started = Stopwatch.GetTimestamp();
        HashSet<int> refused = [];
        var outcome = AppendOutcome.Committed;
        try
        {
            if (_unknown) Catch(_store.SettledHead());
            _unknown = false;
            if (!group.IsEmpty) _store.Commit(group, refused);
        }
        catch (Exception e) when (e is CommitException || (_unknown && e is not OutOfMemoryException))
        {
            // As long as it cannot be read what the last commit wrote, nothing more is written.
            outcome = e is CommitException { Known: false } ? AppendOutcome.Unknown : AppendOutcome.Failed;
            _unknown |= outcome == AppendOutcome.Unknown;
            Stats.Failed(e);
        }

        if (outcome != AppendOutcome.Committed) lock (_lock) _snapshots.Failed(group);
        // Whoever reads the entity next must find the old activation obsolete before it is answered.
        if (outcome != AppendOutcome.Committed) foreach (var batch in group.Batches) batch.Owner.MarkObsolete();
        foreach (var index in refused) group.Batches[index].Owner.MarkObsolete();
        var written = refused.Count == 0 ? group : Without(group, refused);
        foreach (var side in _sides)
        {
            if (outcome == AppendOutcome.Committed) side.Committed(written);
            else side.Failed(group);
        }

        if (outcome == AppendOutcome.Committed)
        {
            if (written.Batches.FindLast(b => b.Entries.Count > 0) is { } last) _position = last.Entries[^1].Position;
            Stats.Committed(written, Stopwatch.GetElapsedTime(started));
        }

        return group.Batches.Count == 0 ? null : new(group, outcome, refused);
    }

    /// <summary>Takes notice of what a commit with an unknown outcome wrote.</summary>
    void Catch(long head)
    {
        while (_position < head)
        {
            var found = _store.ReadOwn(_position, 1_000);
            if (found.Count == 0) return;
            foreach (var side in _sides) side.Found(found);
            _position = found[^1].Position;
        }
    }

    static CommitGroup Without(CommitGroup group, HashSet<int> refused)
    {
        CommitGroup written = new()
        {
            Watermark = group.Watermark,
            Front = group.Front,
            LoggedKeys = group.LoggedKeys,
            LogFiledUpTo = group.LogFiledUpTo,
        };
        written.Batches.AddRange(group.Batches.Where((_, i) => !refused.Contains(i)));
        written.Deferred.AddRange(group.Deferred);
        written.Answered.AddRange(group.Answered);
        written.Snapshots.AddRange(group.Snapshots);
        written.SnapshotParts.AddRange(group.SnapshotParts);
        written.Keys.AddRange(group.Keys);
        return written;
    }

    /// <summary>Tells everybody who waited.</summary>
    sealed class Settlement(CommitGroup group, AppendOutcome outcome, HashSet<int> refused) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            for (var i = 0; i < group.Batches.Count; i++)
                group.Batches[i].Settle(refused.Contains(i) ? AppendOutcome.Refused : outcome);
        }
    }
}
