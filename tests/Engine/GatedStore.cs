using System.Collections.Concurrent;
using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

/// <summary>What becomes of a commit.</summary>
enum Fate
{
    /// <summary>It is made.</summary>
    Made,

    /// <summary>It is not made, and that is known.</summary>
    Failed,

    /// <summary>It is not made, and nobody knows.</summary>
    LostBefore,

    /// <summary>It is made, and nobody knows.</summary>
    LostAfter,

    /// <summary>It is made, and the process dies before it learns that.</summary>
    MadeThenDeath,
}

/// <summary>A journal whose commits and loads can be held up, and made to fail in every way there is.</summary>
sealed class GatedStore(IJournalStore inner) : IJournalStore
{
    readonly object _lock = new();
    readonly Queue<Fate> _fates = new();
    TaskCompletionSource _arrived = New();
    TaskCompletionSource? _loads;
    bool _held, _dead, _writing;
    Exception? _readsFail;

    /// <summary>The journal behind it.</summary>
    public IJournalStore Inner => inner;

    /// <summary>Commits wait from now on; completes when one does.</summary>
    public Task Hold()
    {
        lock (_lock)
        {
            _held = true;
            _arrived = New();
            return _arrived.Task;
        }
    }

    /// <summary>Commits go on.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _held = false;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>What becomes of the next commits that have batches.</summary>
    public void Next(params ReadOnlySpan<Fate> fates)
    {
        lock (_lock) foreach (var fate in fates) _fates.Enqueue(fate);
    }

    /// <summary>What becomes of the next commit; completes when it became that.</summary>
    public Task NextIs(Fate fate)
    {
        lock (_lock)
        {
            _arrived = New();
            _fates.Enqueue(fate);
            return _arrived.Task;
        }
    }

    /// <summary>Loads wait from now on.</summary>
    public void HoldLoads() => _loads = New();

    /// <summary>Loads go on.</summary>
    public void ReleaseLoads()
    {
        var loads = _loads;
        _loads = null;
        loads?.SetResult();
    }

    /// <summary>What was looked for.</summary>
    public ConcurrentQueue<EntityId> Loaded { get; } = [];

    /// <summary>Reads fail from now on, until told null.</summary>
    public void FailReads(Exception? with) => Volatile.Write(ref _readsFail, with);

    /// <summary>The process is gone: whoever still uses its journal gets nothing.</summary>
    public void Die()
    {
        lock (_lock)
        {
            _dead = true;
            _held = false;
            Monitor.PulseAll(_lock);
            while (_writing) Monitor.Wait(_lock);
        }
    }

    public StoreHead Open() => inner.Open();

    public void Commit(CommitGroup group, HashSet<int> refused)
    {
        switch (FateOf(group))
        {
            case Fate.Made:
                Write(group, refused);
                break;
            case Fate.Failed:
                Arrived();
                throw new CommitException(known: true, "the disk is full");
            case Fate.LostBefore:
                Arrived();
                throw new CommitException(known: false, "the connection broke before");
            case Fate.LostAfter:
                Write(group, refused);
                Arrived();
                throw new CommitException(known: false, "the connection broke after");
            case Fate.MadeThenDeath:
                Write(group, refused);
                Arrived();
                AwaitDeath();
                throw new CommitException(known: false, "the process is gone");
        }
    }

    public long SettledHead() =>
        _dead ? throw new CommitException(known: false, "the process is gone") : inner.SettledHead();

    public async ValueTask<(Recovered Recovered, long Row)> Load(EntityId entity)
    {
        if (_loads is { } held) await held.Task;
        Loaded.Enqueue(entity);
        return await Alive().Load(entity);
    }

    /// <summary>Reading what this process wrote after this position fails.</summary>
    public long? CannotReadAfter { get; set; }

    public IReadOnlyList<StoredEvent> Read(long after, int limit) => Alive().Read(after, limit);

    public IReadOnlyList<StoredEvent> ReadOwn(long after, int limit) => after >= CannotReadAfter
        ? throw new JournalException("the disk reports an error") : Alive().ReadOwn(after, limit);

    public IReadOnlyList<StoredEvent> ReadEntity(EntityId entity, long afterVersion, int limit) =>
        Alive().ReadEntity(entity, afterVersion, limit);

    public long OpenToRead() => Alive().OpenToRead();

    public IReadOnlyList<(long Row, StoredEvent Event)> ReadByEntity(long row, long version, int limit) =>
        Alive().ReadByEntity(row, version, limit);

    public IReadOnlyList<(EntityId Entity, long Row)> Entities(long after, int limit) => Alive().Entities(after, limit);

    public StoredEvent? At(long position) => Alive().At(position);

    public StoredSnapshot? Snapshot(EntityId entity) => Alive().Snapshot(entity);

    public IReadOnlyList<Deferred> DeferredUntil(DateTimeOffset until, int limit) =>
        Alive().DeferredUntil(until, limit);

    public IReadOnlyList<Deferred> DeferredAfter(long position) => Alive().DeferredAfter(position);

    public ValueTask<byte[]?> Key(string subject) => Alive().Key(subject);

    public IReadOnlyList<LoggedKeys> KeyLog() => Alive().KeyLog();

    public IReadOnlyList<string> Subjects(string after, int limit) => Alive().Subjects(after, limit);

    public byte[] Setting(string name, Func<byte[]> make) => Alive().Setting(name, make);

    public void Dispose() => inner.Dispose();

    /// <summary>
    /// Only commits with batches or parts of states have a fate: what the outbox notes comes at times of its own.
    /// </summary>
    Fate FateOf(CommitGroup group)
    {
        lock (_lock)
        {
            if (_held && group.Batches.Count > 0) _arrived.TrySetResult();
            while (_held) Monitor.Wait(_lock);
            if (_dead) return Fate.Failed;
            _writing = true;
            var hasFate = group.Batches.Count > 0 || group.SnapshotParts.Count > 0;
            return hasFate && _fates.TryDequeue(out var fate) ? fate : Fate.Made;
        }
    }

    /// <summary>Nobody takes the journal away while a commit is being made.</summary>
    void Write(CommitGroup group, HashSet<int> refused)
    {
        try
        {
            inner.Commit(group, refused);
        }
        finally
        {
            Written();
        }
    }

    void Written()
    {
        lock (_lock)
        {
            _writing = false;
            Monitor.PulseAll(_lock);
        }
    }

    void Arrived()
    {
        Written();
        lock (_lock) _arrived.TrySetResult();
    }

    void AwaitDeath()
    {
        lock (_lock) while (!_dead) Monitor.Wait(_lock);
    }

    IJournalStore Alive()
    {
        if (_dead) throw new IOException("the process is gone");
        return Volatile.Read(ref _readsFail) is { } why ? throw why : inner;
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
