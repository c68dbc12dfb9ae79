using Fulfillment.Access;
using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Views;
using Npgsql;

namespace Fulfillment.Silo;

/// <summary>
/// Keeps the lists: one silo of the cluster at a time follows the journal and writes the views. Which one is settled by
/// a lock of the database's session; when that silo goes, the next one goes on from where the views are.
/// </summary>
sealed class ViewKeeper(ClusterPlace place, Kinds kinds, ILogger<ViewKeeper> log) : BackgroundService
{
    const int LockClass = 0x0F0F_12;
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    volatile Func<long> _lag = NotMine;

    /// <summary>Events that the lists lack; 0 when another silo keeps them.</summary>
    public long Lag => _lag();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Keep(stoppingToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                Log.WillRetry(log, "Keeping the lists", e);
            }

            await Task.Delay(Every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Returns when another silo has the lock; throws when it is lost.</summary>
    async Task Keep(CancellationToken stopping)
    {
        NpgsqlConnectionStringBuilder alone = new(place.Postgres) { Pooling = false, KeepAlive = 5 };
        await using NpgsqlConnection connection = new(alone.ConnectionString);
        await connection.OpenAsync(stopping);
        await using NpgsqlCommand take = new($"select pg_try_advisory_lock({LockClass}, 0)", connection);
        if (!(bool)(await take.ExecuteScalarAsync(stopping))!) return;

        using PostgresStore store = new(place.Postgres);
        var head = store.OpenToRead();
        Feed feed = new(store, kinds, 100_000);
        AllViews views = new(ViewDatabase.Postgres(place.Postgres), head);
        feed.Start(views.Position);
        using Tail tail = new(store, feed);
        using Follower follower = new(feed, new Projection(views));
        await using NpgsqlCommand beat = new("select 1", connection);
        _lag = () => Math.Max(0, feed.Head - views.Position);
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await Task.Delay(Every, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await beat.ExecuteScalarAsync(CancellationToken.None);
            }
        }
        finally
        {
            _lag = NotMine;
        }
    }

    static long NotMine() => 0;
}
