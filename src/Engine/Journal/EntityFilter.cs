namespace Fulfillment.Engine;

/// <summary>
/// Tells for most entities that do not exist yet that they do not, without asking the store: a flash sale makes ten
/// thousand new orders a second, and each would be looked for in vain. Bloom filters (Bloom, CACM 13(7), 1970), one
/// after the other, each twice as large as the one before; one in a thousand new entities is looked for all the same.
/// Only for a process that is the journal's only writer.
/// </summary>
sealed class EntityFilter : ICommitSide
{
    const int FirstCapacity = 1 << 18, BitsPerEntity = 15, Hashes = 10, PageSize = 5_000;

    readonly Lock _lock = new();
    readonly List<Layer> _layers = [new(FirstCapacity)];
    volatile bool _complete;

    /// <summary>Reads the store's entities on another thread; until that is done, everything may exist.</summary>
    public void Start(IJournalStore store) => ThreadPool.UnsafeQueueUserWorkItem(_ =>
    {
        try
        {
            long after = 0;
            while (store.Entities(after, PageSize) is { Count: > 0 } page)
            {
                foreach (var (entity, _) in page) Add(entity);
                after = page[^1].Row;
            }

            _complete = true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Never complete then: every entity is looked for, which is slower and no less right.
        }
    }, null);

    /// <summary>False when there certainly is no such entity.</summary>
    public bool MayExist(EntityId id)
    {
        if (!_complete) return true;
        var (a, b) = Hash(id);
        lock (_lock)
        {
            foreach (var layer in _layers)
                if (layer.Contains(a, b)) return true;
        }

        return false;
    }

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

    void Add(EntityId id)
    {
        var (a, b) = Hash(id);
        lock (_lock)
        {
            if (_layers[^1].IsFull) _layers.Add(new(_layers[^1].Capacity * 2));
            _layers[^1].Add(a, b);
        }
    }

    /// <summary>Two independent hashes, from which the others follow (Kirsch and Mitzenmacher, ESA 2006).</summary>
    static (ulong A, ulong B) Hash(EntityId id)
    {
        var a = (ulong)Fingerprint.Of(id.Kind, id.Key);
        var b = (a ^ (a >> 32)) * 0x9E3779B97F4A7C15UL;
        return (a, (b ^ (b >> 29)) | 1);
    }

    sealed class Layer(int capacity)
    {
        readonly ulong[] _bits = new ulong[(capacity * (long)BitsPerEntity / 64) + 1];
        int _count;

        public int Capacity => capacity;

        public bool IsFull => _count >= capacity;

        public void Add(ulong a, ulong b)
        {
            for (var i = 0; i < Hashes; i++)
            {
                var bit = At(a, b, i);
                _bits[bit >> 6] |= 1UL << (int)(bit & 63);
            }

            _count++;
        }

        public bool Contains(ulong a, ulong b)
        {
            for (var i = 0; i < Hashes; i++)
            {
                var bit = At(a, b, i);
                if ((_bits[bit >> 6] & (1UL << (int)(bit & 63))) == 0) return false;
            }

            return true;
        }

        ulong At(ulong a, ulong b, int i) => (a + ((ulong)i * b)) % ((ulong)_bits.Length * 64);
    }
}
