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
    readonly ClusterWatch _watch;
    readonly PostgresStore _store;
    readonly Tail _tail;

    ClusterBackend(ClusterConnection connection, ClusterWatch watch, PostgresStore store, Tail tail, Backend backend) =>
        (_connection, _watch, _store, _tail, Backend) = (connection, watch, store, tail, backend);

    /// <summary>For the server.</summary>
    public Backend Backend { get; }

    /// <summary>
    /// Connects; throws <see cref="StoreUnavailableException"/> when the database is not there or not a cluster's.
    /// While no silo is up every call is answered <c>503</c>.
    /// </summary>
    public static async Task<ClusterBackend> Open(ClusterPlace place, DataPlace? data = null)
    {
        PostgresStore store = new(place.Postgres);
        var head = store.OpenToRead();
        var kinds = Everything.Kinds((_, _, _) => throw new NotSupportedException("Silos route."));
        Feed feed = new(store, kinds, FeedBehind);
        feed.Start(head);
        var connection = await ClusterConnection.Connect(place);
        ClusterWatch watch = new(connection);
        Keyring keyring = new(store, (subject, key) => KeepKey(store, watch, subject, key));
        Tail tail = new(store, feed);
        var views = AllViews.Read(ViewDatabase.Postgres(place.Postgres));
        return new(connection, watch, store, tail, new(connection.Cluster, views, keyring, feed, store, kinds)
        {
            Trouble = () => connection.IsUp ? tail.Failure : "No silo answers.",
            Notice = () => watch.Settings.WhyReadOnly,
            Gauges = () => watch.Gauges,
            Files = new PostgresFiles(place.Postgres),
            Ledger = data?.LedgerKey is null ? null : new(store, feed, () => LedgerKey.At(data)),
        });
    }

    /// <summary>The routes that only a cluster has.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapCluster(_connection);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        await _connection.DisposeAsync();
        _tail.Dispose();
        if (Backend.Files is IAsyncDisposable files) await files.DisposeAsync();
        Backend.Views.Dispose();
        _store.Dispose();
    }

    /// <summary>The one thing that the API writes by itself.</summary>
    static ValueTask<byte[]> KeepKey(PostgresStore store, ClusterWatch watch, string subject, byte[] key) =>
        watch.Settings.WhyReadOnly is { } why ? throw new ClusterException(Fault.ReadOnly, why)
            : store.KeepKey(subject, key);
}
