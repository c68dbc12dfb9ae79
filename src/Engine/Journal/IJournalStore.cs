namespace Fulfillment.Engine;

/// <summary>
/// Where the journal is kept. One thread commits; any number read. The unique key (entity, version) is the fence
/// against two activations of one entity.
/// </summary>
public interface IJournalStore : IDisposable
{
    /// <summary>
    /// Makes the store ready, creating what is missing. Throws <see cref="StoreUnavailableException"/>.
    /// </summary>
    StoreHead Open();

    /// <summary>
    /// Makes the store ready for reading only, beside a process that writes, and returns its last position. Nothing is
    /// created or changed. Throws <see cref="StoreUnavailableException"/>.
    /// </summary>
    long OpenToRead();

    /// <summary>
    /// Writes the group in one durable transaction and gives each entry its position. A batch whose versions are taken
    /// is refused, alone, by putting its index into <paramref name="refused"/>; the others are written. Throws
    /// <see cref="CommitException"/>.
    /// </summary>
    void Commit(CommitGroup group, HashSet<int> refused);

    /// <summary>
    /// The last position, once no commit of this process can still be under way. Throws <see cref="CommitException"/>
    /// when the store cannot tell.
    /// </summary>
    long SettledHead();

    /// <summary>Everything there is of an entity, and the store's number for it (0 for none).</summary>
    ValueTask<(Recovered Recovered, long Row)> Load(EntityId entity);

    /// <summary>The events after a position, in order, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<StoredEvent> Read(long after, int limit);

    /// <summary>
    /// Those of them that this writer wrote: all, but for a store that several processes write.
    /// </summary>
    IReadOnlyList<StoredEvent> ReadOwn(long after, int limit) => Read(after, limit);

    /// <summary>The events of an entity after a version, in order, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<StoredEvent> ReadEntity(EntityId entity, long afterVersion, int limit);

    /// <summary>
    /// The events after version <paramref name="version"/> of the entity with the store's number
    /// <paramref name="row"/>, then those of the entities with higher numbers, each in order, at most
    /// <paramref name="limit"/>.
    /// </summary>
    IReadOnlyList<(long Row, StoredEvent Event)> ReadByEntity(long row, long version, int limit);

    /// <summary>
    /// The entities in the order of the store's numbers, after number <paramref name="after"/>, at most
    /// <paramref name="limit"/>.
    /// </summary>
    IReadOnlyList<(EntityId Entity, long Row)> Entities(long after, int limit);

    /// <summary>The event at a position; null when there is none.</summary>
    StoredEvent? At(long position);

    /// <summary>The snapshot of an entity; null when there is none.</summary>
    StoredSnapshot? Snapshot(EntityId entity);

    /// <summary>
    /// Deferred sends due by <paramref name="until"/>, soonest first, at most <paramref name="limit"/>.
    /// </summary>
    IReadOnlyList<Deferred> DeferredUntil(DateTimeOffset until, int limit);

    /// <summary>Deferred sends of events after a position, in no order.</summary>
    IReadOnlyList<Deferred> DeferredAfter(long position);

    /// <summary>The keys of data subjects that are logged, in the order of their rows.</summary>
    IReadOnlyList<LoggedKeys> KeyLog();

    /// <summary>The key of a data subject that is filed; null when there is none.</summary>
    ValueTask<byte[]?> Key(string subject);

    /// <summary>
    /// The data subjects whose keys are filed, in the store's order, after <paramref name="after"/> (empty for the
    /// first), at most <paramref name="limit"/>.
    /// </summary>
    IReadOnlyList<string> Subjects(string after, int limit);

    /// <summary>
    /// A value of the installation, made by <paramref name="make"/> and kept when there is none yet.
    /// </summary>
    byte[] Setting(string name, Func<byte[]> make);
}
