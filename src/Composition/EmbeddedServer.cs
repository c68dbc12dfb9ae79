using Fulfillment.Connectors;
using Fulfillment.Engine;
using Fulfillment.Engine.Embedded;
using Fulfillment.Views;

namespace Fulfillment.Composition;

/// <summary>Where an embedded server keeps its data.</summary>
/// <param name="Folder">The data folder; locked by the one process that uses it.</param>
/// <param name="Postgres">A connection string, to keep the journal and the views in PostgreSQL instead.</param>
/// <param name="LedgerKey">The file with the key that signs heads of the journal, instead of the folder's.</param>
public sealed record DataPlace(string Folder, string? Postgres = null, string? LedgerKey = null);

/// <summary>
/// Everything in one process: the entities, their journal, the connectors, and the views that follow it.
/// </summary>
public sealed class EmbeddedServer : IAsyncDisposable
{
    readonly FolderLock _lock;
    readonly Follower _follower;
    readonly Connector _routing, _board;
    readonly LabelDesk _labels;
    readonly NoticeDesk _notices;
    readonly PlanFacts _facts;
    readonly long _headWhenOpened;

    EmbeddedServer(
        DataPlace place, FolderLock folder, IJournalStore journal, Kinds kinds, EmbeddedCluster cluster,
        PlanFacts facts, AllViews views, Carriers carriers, Mail mail)
    {
        (Place, _lock, Journal, Kinds, Cluster, _facts, Views) =
            (place, folder, journal, kinds, cluster, facts, views);
        _headWhenOpened = cluster.Feed.Head;
        Files = place.Postgres is { } postgres
            ? new PostgresFiles(postgres) : new FolderFiles(Path.Combine(place.Folder, "files"));
        _follower = new(cluster.Feed, new Projection(views));
        _routing = RoutingConnector.Of(views.Nodes.Now, views.Rules.At, LaneRules.Of(() => views, mustKnow: true));
        _board = WorkBoard.Of(() => views);
        Labels = new(cluster.Keyring, Files);
        (_labels, _notices) = (new(carriers, Labels), new(mail, Labels));
    }

    /// <summary>Where the data is.</summary>
    public DataPlace Place { get; }

    /// <summary>The entities.</summary>
    public EmbeddedCluster Cluster { get; }

    /// <summary>The journal, to be read.</summary>
    public IJournalStore Journal { get; }

    /// <summary>The kinds of entities.</summary>
    public Kinds Kinds { get; }

    /// <summary>Images that cards name.</summary>
    public IStoredFiles Files { get; }

    /// <summary>Labels of parcels.</summary>
    public LabelSafe Labels { get; }

    /// <summary>The lists.</summary>
    public AllViews Views { get; }

    /// <summary>Events that the lists have not taken in yet.</summary>
    public long ViewLag => _follower.Lag;

    /// <summary>Why the lists do not follow; null while they do.</summary>
    public string? ViewFailure => _follower.Failure;

    /// <summary>
    /// Opens, or creates, what is at the place. Throws <see cref="StoreUnavailableException"/>. The payment providers,
    /// carriers and mail, none when null, stay the caller's.
    /// </summary>
    public static EmbeddedServer Open(
        DataPlace place, EngineOptions options, TimeProvider time, PaymentProviders? payments = null,
        Carriers? carriers = null, Mail? mail = null)
    {
        var folder = FolderLock.Take(place.Folder);
        try
        {
            TaskCompletionSource<EmbeddedServer> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var kinds = Everything.Kinds(
                OverLists(opened.Task, server => server._routing), OverLists(opened.Task, server => server._board),
                NoticeDesk.With(
                    LabelDesk.With((payments ?? PaymentProviders.None).Connectors, async (id, ask, cancel) =>
                        await (await opened.Task.WaitAsync(cancel))._labels.Answer(id, ask, cancel)),
                    async (id, ask, cancel) =>
                        await (await opened.Task.WaitAsync(cancel))._notices.Answer(id, ask, cancel)));
            var journal = Store(place);
            PlanFacts facts = new();
            EmbeddedCluster cluster = new(journal, kinds, options, time, facts);
            EmbeddedServer server = new(
                place, folder, journal, kinds, cluster, facts, new(ViewsAt(place), cluster.Feed.Head),
                carriers ?? Carriers.None, mail ?? Mail.None);
            opened.SetResult(server);
            return server;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The journal at the place, not opened yet.</summary>
    public static IJournalStore Store(DataPlace place) => place.Postgres is { } postgres
        ? new PostgresStore(postgres) : new SqliteStore(Path.Combine(place.Folder, "journal.db"));

    /// <summary>Waits until the lists have taken in everything that is durable now.</summary>
    public Task ViewsReached(CancellationToken cancel = default) => _follower.Reached(Cluster.Feed.Head, cancel);

    /// <summary>Ends what is under way and closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        _follower.Dispose();
        if (Files is IAsyncDisposable files) await files.DisposeAsync();
        _lock.Dispose();
    }

    /// <summary>
    /// A connector that answers from the lists once they have taken in what there was when the server opened (they may
    /// be made anew just now, and an order must not be planned as if there were no nodes and no rules), and what was
    /// told of nodes and rules since.
    /// </summary>
    static Connector OverLists(Task<EmbeddedServer> opened, Func<EmbeddedServer, Connector> connector) =>
        async (id, ask, cancel) =>
        {
            var server = await opened.WaitAsync(cancel);
            await server._follower.Reached(Math.Max(server._headWhenOpened, server._facts.Position), cancel);
            return await connector(server)(id, ask, cancel);
        };

    static ViewDatabase ViewsAt(DataPlace place) => place.Postgres is { } postgres
        ? ViewDatabase.Postgres(postgres) : ViewDatabase.Sqlite(Path.Combine(place.Folder, "views.db"));
}
