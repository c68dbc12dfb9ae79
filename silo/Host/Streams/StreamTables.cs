using Fulfillment.Access;
using Npgsql;

namespace Fulfillment.Silo.Streams;

/// <summary>A stream that somebody subscribes to.</summary>
/// <param name="Entity">Whose stream.</param>
/// <param name="Position">Where the journal stood at the latest subscription.</param>
/// <param name="Asked">Grows with every change, of whichever stream.</param>
/// <param name="Leaving">Somebody has unsubscribed, perhaps the last one.</param>
readonly record struct Followed(EntityId Entity, long Position, long Asked, bool Leaving);

/// <summary>What is kept of streams: which are followed, and how far each queue is.</summary>
sealed class StreamTables(ClusterPlace place) : IAsyncDisposable
{
    // One at a time, so that numbers are committed in their order and who has seen one has seen all before it.
    const string OneAtATime = "with alone as materialized (select pg_advisory_xact_lock(252645140)) ";

    readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(place.Orleans);

    /// <summary>Somebody has subscribed.</summary>
    public Task Follow(EntityId entity) => Run(
        OneAtATime + "insert into stream_followed(kind, key, position, asked) "
        + "select $1, $2, h.position, nextval('stream_asked') from alone, fulfillment.head h "
        + "on conflict (kind, key) do update set position = excluded.position, asked = excluded.asked, leaving = false",
        entity.Kind, entity.Key);

    /// <summary>Somebody has unsubscribed.</summary>
    public Task Leave(EntityId entity) => Run(
        OneAtATime + "update stream_followed set leaving = true, asked = nextval('stream_asked') from alone "
        + "where kind = $1 and key = $2", entity.Kind, entity.Key);

    /// <summary>Nobody subscribes any more, unless somebody has since.</summary>
    public Task Forget(Followed followed) => Run(
        "delete from stream_followed where kind = $1 and key = $2 and asked = $3",
        followed.Entity.Kind, followed.Entity.Key, followed.Asked);

    /// <summary>There are still others.</summary>
    public Task Keep(Followed followed) => Run(
        "update stream_followed set leaving = false where kind = $1 and key = $2 and asked = $3",
        followed.Entity.Kind, followed.Entity.Key, followed.Asked);

    /// <summary>The streams with a number above <paramref name="asked"/>, in their order.</summary>
    public async Task<List<Followed>> Since(long asked)
    {
        await using var command = _source.CreateCommand(
            "select kind, key, position, asked, leaving from stream_followed where asked > $1 order by asked");
        command.Parameters.AddWithValue(asked);
        await using var rows = await command.ExecuteReaderAsync();
        List<Followed> found = [];
        while (await rows.ReadAsync())
        {
            found.Add(new(
                new(rows.GetString(0), rows.GetString(1)), rows.GetInt64(2), rows.GetInt64(3), rows.GetBoolean(4)));
        }

        return found;
    }

    /// <summary>How far the queue is; 0 when it never was anywhere.</summary>
    public async Task<long> Checkpoint(string queue)
    {
        await using var command = _source.CreateCommand("select position from stream_checkpoints where queue = $1");
        command.Parameters.AddWithValue(queue);
        return await command.ExecuteScalarAsync() is long position ? position : 0;
    }

    /// <summary>The queue is so far; it never goes back.</summary>
    public Task Checkpoint(string queue, long position) => Run(
        "insert into stream_checkpoints values($1, $2) on conflict (queue) do update "
        + "set position = greatest(stream_checkpoints.position, excluded.position)", queue, position);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    async Task Run(string sql, params object[] arguments)
    {
        await using var command = _source.CreateCommand(sql);
        foreach (var argument in arguments) command.Parameters.Add(new NpgsqlParameter { Value = argument });
        await command.ExecuteNonQueryAsync();
    }
}
