using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Fulfillment.Engine;

/// <summary>
/// What was used lately, about <paramref name="most"/> values: it forgets all when there are more. It counts by itself:
/// a concurrent dictionary takes every lock it has, a thousand, to tell how many it holds.
/// </summary>
sealed class Recent<T>(int most)
    where T : class
{
    readonly ConcurrentDictionary<string, T> _values = new();
    int _count;

    /// <summary>The value of the name, if it is remembered.</summary>
    public bool TryGet(string name, [MaybeNullWhen(false)] out T value) => _values.TryGetValue(name, out value);

    /// <summary>Remembers a value. Returns the one that is remembered, which another may have kept before.</summary>
    public T Keep(string name, T value)
    {
        if (Interlocked.Increment(ref _count) > most)
        {
            _values.Clear();
            Volatile.Write(ref _count, 1);
        }

        return _values.GetOrAdd(name, value);
    }
}
