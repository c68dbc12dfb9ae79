namespace Fulfillment.Engine;

/// <summary>Tells for most entities that do not exist yet that they do not.</summary>
sealed class EntityFilter : ICommitSide
{
    const int PageSize = 5_000;

    readonly NameFilter _names = new();

    /// <summary>Reads the store's entities.</summary>
    public void Start(IJournalStore store)
    {
        long after = 0;
        _names.Start(() =>
        {
            var page = store.Entities(after, PageSize);
            foreach (var (entity, row) in page)
            {
                Add(entity);
                after = row;
            }

            return page.Count > 0;
        });
    }

    /// <summary>Reads no more of them: the store may be closed.</summary>
    public void Stop() => _names.Stop();

    /// <summary>False when there certainly is no such entity.</summary>
    public bool MayExist(EntityId id) => _names.MayExist(Fingerprint.Of(id.Kind, id.Key));

    /// <inheritdoc/>
    public void Join(CommitGroup group)
    {
    }

    /// <inheritdoc/>
    public void Committed(CommitGroup group)
    {
        foreach (var batch in group.Batches)
            if (batch.FirstVersion == 1) Add(batch.Owner.Id);
    }

    /// <inheritdoc/>
    public void Found(IReadOnlyList<StoredEvent> events)
    {
        foreach (var stored in events)
            if (stored.Version == 1) Add(stored.Entity);
    }

    /// <inheritdoc/>
    public void Failed(CommitGroup group)
    {
    }

    void Add(EntityId id) => _names.Add(Fingerprint.Of(id.Kind, id.Key));
}
