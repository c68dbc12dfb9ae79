using System.Collections.Concurrent;
using System.Diagnostics;
using Fulfillment.Access;

namespace Fulfillment.Silo.Streams;

/// <summary>
/// The streams that somebody follows, as this silo knows them: read again and again, but only while a queue asks.
/// </summary>
sealed class FollowedStreams(StreamTables tables)
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100), AnewEvery = TimeSpan.FromMinutes(1);

    readonly Lock _lock = new();
    ConcurrentDictionary<EntityId, Followed> _streams = new();
    Task _reading = Task.CompletedTask;
    long _read, _readAll, _last;

    /// <summary>The highest number of a change that is known.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>Whether somebody follows the entity.</summary>
    public bool Has(EntityId entity) => _streams.ContainsKey(entity);

    /// <summary>Those with a number above <paramref name="asked"/>, in no order.</summary>
    public IEnumerable<Followed> Since(long asked) => _streams.Values.Where(f => f.Asked > asked);

    /// <summary>Nobody follows it any more.</summary>
    public void Remove(EntityId entity) => _streams.TryRemove(entity, out _);

    /// <summary>Completes when what is known is no older than a moment.</summary>
    public Task Refresh()
    {
        lock (_lock)
        {
            if (!_reading.IsCompleted) return _reading;
            if (_read != 0 && Stopwatch.GetElapsedTime(_read) < Every) return Task.CompletedTask;
            return _reading = Read();
        }
    }

    async Task Read()
    {
        // What other silos removed shows only when all is read.
        var all = _readAll == 0 || Stopwatch.GetElapsedTime(_readAll) > AnewEvery;
        var found = await tables.Since(all ? 0 : _last);
        if (all) _streams = new(found.Select(f => KeyValuePair.Create(f.Entity, f)));
        else foreach (var followed in found) _streams[followed.Entity] = followed;
        if (found.Count > 0) Interlocked.Exchange(ref _last, Math.Max(_last, found[^1].Asked));
        _read = Stopwatch.GetTimestamp();
        if (all) _readAll = _read;
    }
}
