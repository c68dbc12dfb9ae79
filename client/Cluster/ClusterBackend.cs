using Fulfillment.Access;
using Fulfillment.Client.Api;
using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Views;

namespace Fulfillment.Client.Cluster;

/// <summary>
/// What the API stands in front of when the entities live in silos: calls go to grains; lists, timelines and the change
/// feed are read from the database that the silos write.
/// </summary>
sealed class ClusterBackend : IAsyncDisposable
{
    const int FeedBehind = 100_000;

    readonly ClusterConnection _connection;
    readonly PostgresStore _store;
    readonly Tail _tail;

    ClusterBackend(ClusterConnection connection, PostgresStore store, Tail tail, Backend backend) =>
        (_connection, _store, _tail, Backend) = (connection, store, tail, backend);

    /// <summary>For the server.</summary>
    public Backend Backend { get; }

    /// <summary>
    /// Connects; throws <see cref="StoreUnavailableException"/> when the database is not there or not a cluster's.
    /// While no silo is up every call is answered <c>503</c>.
    /// </summary>
    public static async Task<ClusterBackend> Open(ClusterPlace place)
    {
        PostgresStore store = new(place.Postgres);
        var head = store.OpenToRead();
        var kinds = Everything.Kinds((_, _, _) => throw new NotSupportedException("Silos route."));
        Feed feed = new(store, kinds, FeedBehind);
        feed.Start(head);
        Keyring keyring = new(store, store.KeepKey);
        var connection = await ClusterConnection.Connect(place);
        Tail tail = new(store, feed);
        var views = AllViews.Read(ViewDatabase.Postgres(place.Postgres));
        return new(connection, store, tail, new(connection.Cluster, views, keyring, feed, store, kinds)
        {
            Trouble = () => connection.IsUp ? tail.Failure : "No silo answers.",
            Gauges = () => default,
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _tail.Dispose();
        Backend.Views.Dispose();
        _store.Dispose();
    }
}
