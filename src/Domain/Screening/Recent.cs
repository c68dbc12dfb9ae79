using System.Text.Json.Serialization;

namespace Fulfillment.Screening;

/// <summary>Something that was noted under an id: when, and of an order its amount and where the goods go.</summary>
public sealed record Sighting(string Id, DateTimeOffset At, Money? Amount = null, string? Country = null);

/// <summary>
/// The latest sightings, as many as its capacity, and how many there ever were. A ring, edited in place by Evolve only:
/// the trace of an IP address that thousands share changes with every order, and copying its window each time would
/// make it slow. Ids are found by looking from the newest backwards, for repeats come soon; so the many traces that
/// have one sighting carry no index.
/// </summary>
[JsonConverter(typeof(RecentConverter))]
public sealed class Recent
{
    const int FirstRoom = 2;

    readonly int _capacity;
    Sighting[] _ring = [];
    int _oldest;

    /// <summary>An empty one.</summary>
    public Recent(int capacity) => _capacity = capacity;

    Recent(Recent other) => (_capacity, _ring, _oldest, Count, Total) =
        (other._capacity, [.. other._ring], other._oldest, other.Count, other.Total);

    /// <summary>How many are remembered, 0 to the capacity.</summary>
    public int Count { get; private set; }

    /// <summary>How many there ever were, those forgotten included.</summary>
    public long Total { get; private set; }

    /// <summary>The most that are remembered.</summary>
    public int Capacity => _capacity;

    /// <summary>A sighting by its age: 0 is the newest, <c>Count - 1</c> the oldest.</summary>
    public Sighting this[int age] => _ring[(_oldest + Count - 1 - age) % _ring.Length];

    /// <summary>The age of the sighting with this id; -1 when none is remembered.</summary>
    public int AgeOf(string id)
    {
        for (var age = 0; age < Count; age++)
            if (this[age].Id == id) return age;
        return -1;
    }

    /// <summary>A copy with a life of its own.</summary>
    public Recent Copy() => new(this);

    /// <summary>Remembers one more; the oldest is forgotten for it when there is no room.</summary>
    internal void Add(Sighting seen)
    {
        Total++;
        if (Count == _capacity)
        {
            _ring[_oldest] = seen;
            _oldest = (_oldest + 1) % _ring.Length;
            return;
        }

        if (Count == _ring.Length) Grow();
        _ring[(_oldest + Count++) % _ring.Length] = seen;
    }

    /// <summary>Takes one back, as if it had never been; nothing happens when it is not remembered.</summary>
    internal void Remove(string id)
    {
        if (AgeOf(id) is not (>= 0 and var gone)) return;
        Sighting[] left = [.. Enumerable.Range(0, Count).Reverse().Where(age => age != gone).Select(age => this[age])];
        (_ring, _oldest, Count) = (left, 0, left.Length);
        Total--;
    }

    /// <summary>That of a snapshot: the sightings oldest first.</summary>
    internal static Recent Of(int capacity, long total, IEnumerable<Sighting> seen)
    {
        Recent recent = new(capacity);
        foreach (var one in seen) recent.Add(one);
        recent.Total = total;
        return recent;
    }

    void Grow()
    {
        var ring = new Sighting[Math.Min(_capacity, Math.Max(FirstRoom, _ring.Length * 2))];
        for (var i = 0; i < Count; i++) ring[i] = _ring[(_oldest + i) % _ring.Length];
        (_ring, _oldest) = (ring, 0);
    }
}
