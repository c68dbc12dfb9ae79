using Dapper;

namespace Fulfillment.Views;

/// <summary>
/// Every read model of the product, kept together: one transaction takes a run of events into all of them, and notes
/// the position with it. When their tables change, they are made anew from the journal.
/// </summary>
public sealed class AllViews : IDisposable
{
    /// <summary>Changes with the tables: views of another revision are thrown away and made anew.</summary>
    public const int Revision = 18;

    readonly ViewDatabase _database;
    readonly IView[] _views;
    long _position, _taken;

    /// <summary>
    /// Opens the views; <paramref name="head"/> is where the journal stands, which they cannot be ahead of.
    /// </summary>
    public AllViews(ViewDatabase database, long head) : this(database, writes: true)
    {
        if (!TryResume(head)) Create();
        Nodes.Load();
        Rules.Load();
        Compliance.Load();
    }

    AllViews(ViewDatabase database, bool writes)
    {
        _database = database;
        _views =
        [
            Orders = new(database), Fulfilments = new(database), Stock = new(database), Nodes = new(database, writes),
            Quarantine = new(database), Holds = new(database), Payments = new(database),
            Rules = new(database, writes), Slots = new(database), Purchases = new(database),
            Transfers = new(database), Cards = new(database), History = new(database), Alerts = new(database),
            Counts = new(database), Products = new(database), AttributeSets = new(database), Aliases = new(database),
            Bins = new(database), Plates = new(database), Picks = new(database),
            Compliance = new(database, writes), Losses = new(database), Doubts = new(database),
            Parcels = new(database), Tracking = new(database), Manifests = new(database), Pickups = new(database),
            LabelCosts = new(database),
        ];
    }

    /// <summary>The views that another process writes, to be read.</summary>
    public static AllViews Read(ViewDatabase database) => new(database, writes: false);

    /// <summary>Orders.</summary>
    public OrderView Orders { get; }

    /// <summary>The work of the nodes.</summary>
    public FulfilmentView Fulfilments { get; }

    /// <summary>SKUs and movements.</summary>
    public StockView Stock { get; }

    /// <summary>Where units lie, and which they are.</summary>
    public SlotView Slots { get; }

    /// <summary>The bins of the nodes.</summary>
    public BinView Bins { get; }

    /// <summary>Pick lists and their scans.</summary>
    public PickListView Picks { get; }

    /// <summary>Totes, cartons and pallets.</summary>
    public PlateView Plates { get; }

    /// <summary>Changes of the cards of SKUs.</summary>
    public CardView Cards { get; }

    /// <summary>Levels of stock that were crossed.</summary>
    public StockAlertView Alerts { get; }

    /// <summary>Products and their variants.</summary>
    public ProductView Products { get; }

    /// <summary>Attribute sets.</summary>
    public AttributeSetView AttributeSets { get; }

    /// <summary>What channels and suppliers call SKUs.</summary>
    public SkuAliasView Aliases { get; }

    /// <summary>Stock as it was.</summary>
    public HistoryView History { get; }

    /// <summary>Nodes.</summary>
    public NodeView Nodes { get; }

    /// <summary>Which routing rules hold.</summary>
    public RoutingRulesView Rules { get; }

    /// <summary>Shrinkage, damage and loss.</summary>
    public LossView Losses { get; }

    /// <summary>Which compliance rules hold.</summary>
    public ComplianceView Compliance { get; }

    /// <summary>What stops orders.</summary>
    public HoldView Holds { get; }

    /// <summary>Units that were doubted at benches.</summary>
    public DoubtView Doubts { get; }

    /// <summary>Parcels.</summary>
    public ParcelView Parcels { get; }

    /// <summary>Manifests.</summary>
    public ManifestView Manifests { get; }

    /// <summary>Pickups.</summary>
    public PickupView Pickups { get; }

    /// <summary>What labels were to cost, and did.</summary>
    public LabelCostView LabelCosts { get; }

    /// <summary>Labels by their numbers, cases, and codes that nobody knows.</summary>
    public TrackingView Tracking { get; }

    /// <summary>Payments.</summary>
    public PaymentView Payments { get; }

    /// <summary>Purchase orders.</summary>
    public PurchaseOrderView Purchases { get; }

    /// <summary>Transfers between nodes.</summary>
    public TransferView Transfers { get; }

    /// <summary>Counts.</summary>
    public CountView Counts { get; }

    /// <summary>Messages that could not be taken in.</summary>
    public QuarantineView Quarantine { get; }

    /// <summary>The position in the journal up to which they are written.</summary>
    public long Position => Interlocked.Read(ref _position);

    /// <summary>The position up to which they are written, whichever process writes them.</summary>
    public long ReadPosition() => _database.Query<long>("select position from views").Single();

    /// <summary>Takes in what follows, in order; it shows when it is written.</summary>
    public void Apply(IReadOnlyList<Fact> facts) => AllOrNothing(() =>
    {
        foreach (var fact in facts)
            foreach (var view in _views) view.Apply(fact);
        _taken = facts[^1].Position;
    });

    /// <summary>Writes what was taken in: all of it, or nothing, and nothing is in hand then.</summary>
    public void Write() => AllOrNothing(() =>
    {
        using var writer = _database.Write();
        foreach (var view in _views) view.Flush(writer);
        if (!writer.Advance(_position, _taken))
            throw new InvalidOperationException("Another process writes the views.");
        writer.Commit();
        Interlocked.Exchange(ref _position, _taken);
    });

    void AllOrNothing(Action work)
    {
        try
        {
            work();
        }
        catch
        {
            foreach (var view in _views) view.Forget();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    bool TryResume(long head)
    {
        try
        {
            using var connection = _database.Connect();
            var (position, revision) = connection.QuerySingle<(long, int)>("select position, revision from views");
            _position = position;
            return revision == Revision && position <= head;
        }
        catch (System.Data.Common.DbException)
        {
            // There are none yet, or what there is is damaged: either way they are made anew.
            return false;
        }
    }

    void Create()
    {
        _position = 0;
        _database.Clear();
        using var connection = _database.Connect();
        foreach (var view in _views)
            connection.Execute(_database.Made(view.Tables));
        connection.Execute("create table views(position bigint not null, revision int not null)");
        connection.Execute($"insert into views(position, revision) values(0, {Revision})");
    }
}
