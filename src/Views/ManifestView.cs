using Fulfillment.Shipping;

namespace Fulfillment.Views;

/// <summary>A manifest in a list. Times in ms since 1970; 0: not yet.</summary>
public sealed record ManifestRow
{
    /// <summary>The manifest.</summary>
    public string Id { get; init; } = "";

    /// <summary>Where it is sent from.</summary>
    public string Node { get; init; } = "";

    /// <summary>Who takes it.</summary>
    public string Carrier { get; init; } = "";

    /// <summary>Its day, as days since 0001-01-01.</summary>
    public long Day { get; init; }

    /// <summary>How far it is.</summary>
    public string Status { get; init; } = "";

    /// <summary>Parcels that are on it, or left with it.</summary>
    public long Parcels { get; init; }

    /// <summary>When it was opened.</summary>
    public long OpenedAt { get; init; }

    /// <summary>When it was closed.</summary>
    public long ClosedAt { get; init; }

    /// <summary>Where it was opened in the journal.</summary>
    public long Position { get; init; }
}

/// <summary>Manifests, newest first.</summary>
public sealed class ManifestView(ViewDatabase database) : IView
{
    const string Columns =
        "id as Id, node as Node, carrier as Carrier, day as Day, status as Status, parcels as Parcels, "
        + "opened_at as OpenedAt, closed_at as ClosedAt, position as Position";

    readonly Rows<(string Seller, string Id), Row> _rows = new(
        key => database.Query<ManifestRow>(
            $"select {Columns} from manifests where seller = @Seller and id = @Id", new { key.Seller, key.Id })
            .Select(r => new Row(r)).SingleOrDefault(), most: 200);

    string IView.Tables =>
        """
        create table manifests(
            seller text not null, id text not null, node text not null, carrier text not null, day bigint not null,
            status text not null, parcels bigint not null, opened_at bigint not null, closed_at bigint not null,
            position bigint not null, primary key (seller, id)) {clustered};
        create index manifests_by_age on manifests(seller, position);
        create index manifests_by_day on manifests(seller, node, day)
        """;

    /// <summary>
    /// Manifests of a seller, newest first; all nodes, carriers and statuses where null. <paramref name="after"/>: the
    /// cursor of a page.
    /// </summary>
    public Page<ManifestRow> List(
        string seller, string? node, string? carrier, string? status, string? after, int limit) =>
        database.Newest<ManifestRow>(
            "manifests", Columns, (seller, node, carrier, status), after, limit, r => r.Position);

    /// <summary>The one of a node, carrier and day that is not closed, nor being closed; null for none.</summary>
    public string? Open(string seller, string node, string carrier, DateOnly day) => database.Query<string>(
        "select id from manifests where seller = @seller and node = @node and carrier = @carrier and day = @day "
        + "and status in (@open, @scanning) order by position limit 1",
        new
        {
            seller,
            node,
            carrier,
            day = day.DayNumber,
            open = Words.Kebab($"{ManifestStatus.Open}"),
            scanning = Words.Kebab($"{ManifestStatus.Scanning}"),
        }).SingleOrDefault();

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not ManifestEvent happened) return;
        var key = (fact.Entity.Seller, fact.Entity.Name);
        if (_rows.Change(key) is not { } row) _rows.Add(key, row = new(new() { Position = fact.Position }));
        row.Manifest = happened switch
        {
            ManifestEvent.ManifestOpened e => row.Manifest with
            {
                Id = fact.Entity.Name,
                Node = e.Terms.Node,
                Carrier = e.Terms.Carrier,
                Day = e.Terms.Day.DayNumber,
                Status = Words.Kebab($"{ManifestStatus.Open}"),
                OpenedAt = e.At.ToUnixTimeMilliseconds(),
            },
            ManifestEvent.CodeScanned e => row.Manifest with
            {
                Status = Words.Kebab($"{ManifestStatus.Scanning}"),
                Parcels = e.Signal == DockSignal.Off ? row.Manifest.Parcels - 1 : row.Manifest.Parcels,
            },
            ManifestEvent.ScanBoarded => row.Manifest with { Parcels = row.Manifest.Parcels + 1 },
            // Its order does not let it go; any other answer is of a parcel that is not on it.
            ManifestEvent.ScanAnswered { Stopped: not null } => row.Manifest with
            {
                Parcels = row.Manifest.Parcels - 1,
            },
            ManifestEvent.ParcelDone { HasLeft: false } => row.Manifest with { Parcels = row.Manifest.Parcels - 1 },
            ManifestEvent.ManifestClosing or ManifestEvent.CarrierTold => row.Manifest with
            {
                Status = Words.Kebab($"{ManifestStatus.Closing}"),
            },
            ManifestEvent.ManifestClosed e => row.Manifest with
            {
                Status = Words.Kebab($"{ManifestStatus.Closed}"),
                ClosedAt = e.At.ToUnixTimeMilliseconds(),
            },
            _ => row.Manifest,
        };
    }

    void IView.Flush(SqlWriter writer) => _rows.Flush((key, row) =>
    {
        var m = row.Manifest;
        writer.Run(
            "insert into manifests(seller, id, node, carrier, day, status, parcels, opened_at, closed_at, position) "
            + "values($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (seller, id) do update set "
            + "status = excluded.status, parcels = excluded.parcels, closed_at = excluded.closed_at",
            key.Seller, key.Id, m.Node, m.Carrier, m.Day, m.Status, m.Parcels, m.OpenedAt, m.ClosedAt, m.Position);
    });

    void IView.Forget() => _rows.Forget();

    sealed class Row(ManifestRow manifest)
    {
        public ManifestRow Manifest { get; set; } = manifest;
    }
}
