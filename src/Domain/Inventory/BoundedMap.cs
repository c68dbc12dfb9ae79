namespace Fulfillment.Inventory;

/// <summary>One remembered id and what is known of it.</summary>
public readonly record struct Remembered<TValue>(string Id, TValue Value);

/// <summary>
/// Remembers what happened under an id, for a named number of ids; the oldest are forgotten first. Edited in place by
/// Evolve only: a SKU remembers tens of thousands, and copying them for every event would make it slow.
/// </summary>
public sealed class BoundedMap<TValue>
{
    readonly int _capacity;
    readonly Dictionary<string, (long Order, TValue Value)> _known;
    readonly Queue<(long Order, string Id)> _ages;
    long _next;

    /// <summary>An empty one.</summary>
    public BoundedMap(int capacity) => (_capacity, _known, _ages) = (capacity, [], new());

    BoundedMap(BoundedMap<TValue> other) =>
        (_capacity, _known, _ages, _next) = (other._capacity, new(other._known), new(other._ages), other._next);

    /// <summary>How many ids are remembered, 0 to the capacity.</summary>
    public int Count => _known.Count;

    /// <summary>What is remembered, oldest first.</summary>
    public IEnumerable<Remembered<TValue>> Oldest =>
        from age in _ages
        where _known.TryGetValue(age.Id, out var known) && known.Order == age.Order
        select new Remembered<TValue>(age.Id, _known[age.Id].Value);

    /// <summary>A copy with a life of its own.</summary>
    public BoundedMap<TValue> Copy() => new(this);

    /// <summary>What is known under the id.</summary>
    public bool TryGet(string id, out TValue value)
    {
        var found = _known.TryGetValue(id, out var known);
        value = known.Value;
        return found;
    }

    /// <summary>Remembers; returns what had to be forgotten for it, if anything.</summary>
    public Remembered<TValue>? Add(string id, TValue value)
    {
        _known[id] = (_next, value);
        _ages.Enqueue((_next++, id));
        if (_ages.Count > 2 * _capacity) Compact();
        if (_known.Count <= _capacity) return null;
        while (true)
        {
            var (order, oldest) = _ages.Dequeue();
            if (!_known.TryGetValue(oldest, out var known) || known.Order != order) continue;
            _known.Remove(oldest);
            return new(oldest, known.Value);
        }
    }

    /// <summary>Forgets the id.</summary>
    public void Remove(string id)
    {
        _known.Remove(id);
        if (_ages.Count > 2 * _capacity) Compact();
    }

    void Compact()
    {
        var live = Oldest.ToList();
        _ages.Clear();
        foreach (var (id, _) in live) _ages.Enqueue((_known[id].Order, id));
    }
}
