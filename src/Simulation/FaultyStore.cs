using Fulfillment.Engine;

namespace Fulfillment.Simulation;

/// <summary>A journal in memory whose commits fail, or are made and not reported.</summary>
sealed class FaultyStore(World world) : IJournalStore
{
    readonly MemoryStore _inner = new() { IgnoresFence = world.Options.Bug == PlantedBug.NoFence };

    public StoreHead Open() => _inner.Open();

    public long OpenToRead() => _inner.OpenToRead();

    public long SettledHead() => _inner.SettledHead();

    public void Commit(CommitGroup group, HashSet<int> refused)
    {
        if (world.Happens(world.Faults.FailedCommit, "failed commit"))
            throw new CommitException(known: true, "the disk is full");
        var unknown = world.Happens(world.Faults.UnknownCommit, "unknown commit");
        if (unknown && world.Random.Next(2) == 0)
            throw new CommitException(known: false, "the connection broke before");
        _inner.Commit(group, refused);
        if (unknown && world.Options.Bug != PlantedBug.RetryUnknownCommit)
            throw new CommitException(known: false, "the connection broke after");
        if (!unknown) return;
        refused.Clear();
        _inner.Commit(group, refused);
    }

    public ValueTask<(Recovered Recovered, long Row)> Load(EntityId entity) => _inner.Load(entity);

    public IReadOnlyList<StoredEvent> Read(long after, int limit) => _inner.Read(after, limit);

    public IReadOnlyList<StoredEvent> ReadEntity(EntityId entity, long afterVersion, int limit) =>
        _inner.ReadEntity(entity, afterVersion, limit);

    public IReadOnlyList<(long Row, StoredEvent Event)> ReadByEntity(long row, long version, int limit) =>
        _inner.ReadByEntity(row, version, limit);

    public IReadOnlyList<(EntityId Entity, long Row)> Entities(long after, int limit) => _inner.Entities(after, limit);

    public StoredEvent? At(long position) => _inner.At(position);

    public StoredSnapshot? Snapshot(EntityId entity) => _inner.Snapshot(entity);

    public IReadOnlyList<Deferred> DeferredUntil(DateTimeOffset until, int limit) => _inner.DeferredUntil(until, limit);

    public IReadOnlyList<Deferred> DeferredAfter(long position) => _inner.DeferredAfter(position);

    public ValueTask<byte[]?> Key(string subject) => _inner.Key(subject);

    public IReadOnlyList<LoggedKeys> KeyLog() => _inner.KeyLog();

    public IReadOnlyList<string> Subjects(string after, int limit) => _inner.Subjects(after, limit);

    public byte[] Setting(string name, Func<byte[]> make) => _inner.Setting(name, make);

    public void Dispose() => _inner.Dispose();
}
