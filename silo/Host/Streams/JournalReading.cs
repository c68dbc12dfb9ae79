using System.Text;
using Fulfillment.Access;
using Fulfillment.Engine;

namespace Fulfillment.Silo.Streams;

/// <summary>
/// The journal as the queues of this silo read it: one reader for all of them, and an entity's own events for who is
/// further behind. Nothing is read before somebody follows a stream.
/// </summary>
sealed class JournalReading(ClusterPlace place, Kinds kinds) : IDisposable
{
    const int MostBehind = 100_000;

    readonly Lock _lock = new();
    readonly PostgresStore _store = new(place.Postgres);
    Feed? _feed;
    Tail? _tail;

    /// <summary>A reader of what follows a position. Throws when the database cannot be read.</summary>
    public FeedReader ReadAfter(long position)
    {
        lock (_lock)
        {
            if (_feed is null)
            {
                Feed feed = new(_store, kinds, MostBehind);
                feed.Start(_store.OpenToRead());
                _tail = new(_store, feed);
                _feed = feed;
            }

            return _feed.ReadAfter(position);
        }
    }

    /// <summary>The events of an entity after a version, in order.</summary>
    public IEnumerable<StreamEvent> Read(EntityId entity, long version, int limit) =>
        _store.ReadEntity(entity, version, limit).Select(e => new StreamEvent(
            e.Position, entity.Kind, entity.Key, e.Version, e.Type, e.At, e.Origin.Actor, e.Origin.Cause,
            Encoding.UTF8.GetString(e.Payload)));

    /// <summary>The version of the entity's last event before a position; 0 when there is none.</summary>
    public long VersionBefore(EntityId entity, long position)
    {
        if (position <= 1) return 0;
        // Nearly always it is the position of one of its events.
        if (_store.At(position) is { } at && at.Entity == entity) return at.Version - 1;

        var (before, after) = (0L, 1L);
        while (IsBefore(after)) (before, after) = (after, after * 2);
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            (before, after) = IsBefore(middle) ? (middle, after) : (before, middle);
        }

        return before;

        bool IsBefore(long version) =>
            _store.ReadEntity(entity, version - 1, 1) is [var found] && found.Position < position;
    }

    /// <summary>The event as streams carry it.</summary>
    public static StreamEvent Of(Fact fact) => new(
        fact.Position, fact.Entity.Kind, fact.Entity.Key, fact.Version, fact.Type, fact.At, fact.Origin.Actor,
        fact.Origin.Cause, Encoding.UTF8.GetString(fact.Payload.Span));

    /// <inheritdoc/>
    public void Dispose()
    {
        _tail?.Dispose();
        _store.Dispose();
    }
}
