using Fulfillment.Shipping;

namespace Fulfillment.Views;

/// <summary>A parcel in a list. Times in ms since 1970; "" and 0: none.</summary>
public sealed record ParcelRow
{
    /// <summary>The parcel.</summary>
    public string Id { get; init; } = "";

    /// <summary>Of which order.</summary>
    public string Order { get; init; } = "";

    /// <summary>Of which of its fulfilment orders.</summary>
    public long Fulfilment { get; init; }

    /// <summary>Where it is sent from.</summary>
    public string Node { get; init; } = "";

    /// <summary>How far it is.</summary>
    public string Status { get; init; } = "";

    /// <summary>The carrier of the label that it has, or had last.</summary>
    public string Carrier { get; init; } = "";

    /// <summary>The service.</summary>
    public string Service { get; init; } = "";

    /// <summary>The number that the carrier tracks it by.</summary>
    public string TrackingNumber { get; init; } = "";

    /// <summary>The day of hand-over, as days since 0001-01-01.</summary>
    public long ShipOn { get; init; }

    /// <summary>The number of the label that it has or is to have; 0 for none.</summary>
    public long Label { get; init; }

    /// <summary>The manifest that it is on; "" for none.</summary>
    public string Manifest { get; init; } = "";

    /// <summary>1 where it has a label and has not left, whatever its carrier tells of it; else 0.</summary>
    public long Due { get; init; }

    /// <summary>When it was planned.</summary>
    public long At { get; init; }

    /// <summary>Where it was planned in the journal.</summary>
    public long Position { get; init; }
}

/// <summary>Parcels, oldest first.</summary>
public sealed class ParcelView(ViewDatabase database) : IView
{
    const string Columns =
        "id as Id, order_id as \"Order\", fulfilment as Fulfilment, node as Node, status as Status, "
        + "carrier as Carrier, service as Service, tracking_number as TrackingNumber, ship_on as ShipOn, "
        + "label as Label, manifest as Manifest, due as Due, at as At, position as Position";

    readonly Rows<(string Seller, string Id), Row> _rows = new(
        key => database.Query<ParcelRow>(
            $"select {Columns} from parcels where seller = @Seller and id = @Id", new { key.Seller, key.Id })
            .Select(r => new Row(r)).SingleOrDefault(), most: 500);

    readonly List<(string Seller, string Number, string Carrier, string Parcel)> _labels = [];

    string IView.Tables =>
        """
        create table parcels(
            seller text not null, id text not null, order_id text not null, fulfilment bigint not null,
            node text not null, status text not null, carrier text not null, service text not null,
            tracking_number text not null, ship_on bigint not null, label bigint not null, manifest text not null,
            due bigint not null, at bigint not null, position bigint not null, primary key (seller, id)) {clustered};
        create index parcels_by_age on parcels(seller, position);
        create index parcels_by_order on parcels(seller, order_id);
        create index parcels_by_node on parcels(seller, node, carrier, status);
        create index parcels_due on parcels(seller, node, carrier, due, ship_on);
        create table parcel_numbers(
            seller text not null, number text not null, carrier text not null, parcel text not null,
            primary key (seller, number, carrier, parcel)) {clustered}
        """;

    /// <summary>
    /// Parcels of a seller, oldest first; all nodes, orders, carriers and statuses where null.
    /// <paramref name="after"/>: the cursor of a page.
    /// </summary>
    public Page<ParcelRow> List(
        string seller, string? node, string? order, string? carrier, string? status, string? after, int limit)
    {
        var filters = "seller = @seller and position > @after";
        if (node is not null) filters += " and node = @node";
        if (order is not null) filters += " and order_id = @order";
        if (carrier is not null) filters += " and carrier = @carrier";
        if (status is not null) filters += " and status = @status";
        var rows = database.Query<ParcelRow>(
            $"select {Columns} from parcels where {filters} order by position limit @count",
            new
            {
                seller,
                node,
                order,
                carrier,
                status,
                after = after is null ? 0 : Cursor.Read(after),
                count = limit + 1,
            });
        return Cursor.Page(rows, limit, r => r.Position);
    }

    /// <summary>
    /// Parcels that have, or had, a label with that number, and its carrier; those whose label it is no more too.
    /// </summary>
    public IReadOnlyList<(string Parcel, string Carrier)> Labelled(string seller, string number) =>
        [.. database.Query<(string Parcel, string Carrier)>(
            "select parcel, carrier from parcel_numbers where seller = @seller and number = @number "
            + "order by parcel limit 100",
            new { seller, number })];

    /// <summary>
    /// The parcels of a node and carrier with a label and a ship day up to this one that have not left and are on no
    /// other manifest, at most so many: also those of which the carrier tells, for whoever took them told nobody here.
    /// </summary>
    public IReadOnlyList<string> Due(
        string seller, string node, string carrier, DateOnly day, string manifest, int limit) =>
        [.. database.Query<string>(
            "select id from parcels where seller = @seller and node = @node and carrier = @carrier "
            + "and due = 1 and (manifest = '' or manifest = @manifest) and ship_on <= @day "
            + "order by position limit @limit",
            new
            {
                seller,
                node,
                carrier,
                day = day.DayNumber,
                manifest,
                limit,
            })];

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not ParcelEvent happened) return;
        var key = (fact.Entity.Seller, fact.Entity.Name);
        if (_rows.Change(key) is not { } row) _rows.Add(key, row = new(new() { Position = fact.Position }));
        if (happened is ParcelEvent.LabelBought bought)
            _labels.Add((fact.Entity.Seller, bought.TrackingNumber, row.Parcel.Carrier, fact.Entity.Name));
        row.Parcel = happened switch
        {
            ParcelEvent.ParcelPlanned e => row.Parcel with
            {
                Id = fact.Entity.Name,
                Order = e.Terms.Order,
                Fulfilment = e.Terms.Fulfilment,
                Node = e.Terms.Node,
                Status = Words.Kebab($"{ParcelStatus.Planned}"),
                At = e.At.ToUnixTimeMilliseconds(),
            },
            ParcelEvent.LabelOrdered e => row.Parcel with
            {
                Status = Words.Kebab($"{ParcelStatus.Labelling}"),
                Carrier = e.Terms.Carrier,
                Service = e.Terms.Service,
                ShipOn = e.Terms.ShipOn.DayNumber,
                Label = e.Number,
                TrackingNumber = "",
            },
            ParcelEvent.LabelBought { Lives: true } e => row.Parcel with
            {
                Status = Words.Kebab($"{ParcelStatus.Labelled}"),
                TrackingNumber = e.TrackingNumber,
                Due = 1,
            },
            ParcelEvent.LabelBought e => Without(row.Parcel, e.Number),
            ParcelEvent.LabelStopped e => Without(row.Parcel, e.Number),
            ParcelEvent.LabelRefused e => Without(row.Parcel, e.Number),
            ParcelEvent.LabelGivenUp e => Without(row.Parcel, e.Number),
            ParcelEvent.ParcelBoarded e => row.Parcel with { Manifest = e.Manifest },
            ParcelEvent.ParcelUnboarded or ParcelEvent.ParcelStopped => row.Parcel with { Manifest = "" },
            // Its carrier may have told more of it before.
            ParcelEvent.ParcelLeft => row.Parcel with
            {
                Status = row.Parcel.Status == Words.Kebab($"{ParcelStatus.Labelled}")
                    ? Words.Kebab($"{ParcelStatus.HandedOver}") : row.Parcel.Status,
                Manifest = "",
                Due = 0,
            },
            ParcelEvent.ParcelTracked { Now: { } now } e when row.Parcel.Label == e.Number => Reached(row.Parcel, now),
            ParcelEvent.ParcelCancelled => row.Parcel with
            {
                Status = Words.Kebab($"{ParcelStatus.Cancelled}"),
                Due = 0,
            },
            _ => row.Parcel,
        };
    }

    static ParcelRow Reached(ParcelRow parcel, Milestone now) =>
        parcel.Status == Words.Kebab($"{ParcelStatus.Cancelled}") ? parcel
            : parcel with { Status = Words.Kebab($"{ParcelSheet.StatusOf(now)}") };

    /// <summary>The label that it had, or was to have, is none; another label changes nothing.</summary>
    static ParcelRow Without(ParcelRow parcel, int label) => parcel.Label != label ? parcel : parcel with
    {
        Label = 0,
        Due = 0,
        Status = parcel.Status == Words.Kebab($"{ParcelStatus.Cancelled}") ? parcel.Status
            : Words.Kebab($"{ParcelStatus.Planned}"),
    };

    void IView.Flush(SqlWriter writer)
    {
        foreach (var (seller, number, carrier, parcel) in _labels)
            writer.Run(
                "insert into parcel_numbers(seller, number, carrier, parcel) values($1, $2, $3, $4) "
                + "on conflict (seller, number, carrier, parcel) do nothing",
                seller, number, carrier, parcel);
        _labels.Clear();
        _rows.Flush((key, row) => Write(writer, key, row));
    }

    static void Write(SqlWriter writer, (string Seller, string Id) key, Row row)
    {
        var p = row.Parcel;
        writer.Run(
            "insert into parcels(seller, id, order_id, fulfilment, node, status, carrier, service, tracking_number, "
            + "ship_on, label, at, position, manifest, due) "
            + "values($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) "
            + "on conflict (seller, id) do update set status = excluded.status, carrier = excluded.carrier, "
            + "service = excluded.service, tracking_number = excluded.tracking_number, ship_on = excluded.ship_on, "
            + "label = excluded.label, manifest = excluded.manifest, due = excluded.due",
            key.Seller, key.Id, p.Order, p.Fulfilment, p.Node, p.Status, p.Carrier, p.Service, p.TrackingNumber,
            p.ShipOn, p.Label, p.At, p.Position, p.Manifest, p.Due);
    }

    void IView.Forget()
    {
        _labels.Clear();
        _rows.Forget();
    }

    sealed class Row(ParcelRow parcel)
    {
        public ParcelRow Parcel { get; set; } = parcel;
    }
}
