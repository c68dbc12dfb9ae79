using System.Collections.Concurrent;

namespace Fulfillment.Engine;

/// <summary>
/// What was used lately, at most about <paramref name="most"/> values: after so many new ones it forgets all. It counts
/// by itself: a concurrent dictionary takes every lock it has, a thousand, to tell how many it holds.
/// </summary>
sealed class Recent<T>(int most) where T : class
{
    readonly ConcurrentDictionary<string, T> _values = new();
    int _count;

    /// <summary>The value of the name; null when it is not remembered.</summary>
    public T? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>Remembers a value. Returns the one that is remembered, which another may have kept before.</summary>
    public T Keep(string name, T value)
    {
        if (Interlocked.Increment(ref _count) % most == 0) _values.Clear();
        return _values.GetOrAdd(name, value);
    }
}
