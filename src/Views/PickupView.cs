using Fulfillment.Shipping;

namespace Fulfillment.Views;

/// <summary>A pickup in a list. Time in ms since 1970; "": none.</summary>
public sealed record PickupRow
{
    /// <summary>The pickup.</summary>
    public string Id { get; init; } = "";

    /// <summary>Where parcels are fetched.</summary>
    public string Node { get; init; } = "";

    /// <summary>Who fetches them.</summary>
    public string Carrier { get; init; } = "";

    /// <summary>The day, as days since 0001-01-01.</summary>
    public long Day { get; init; }

    /// <summary>How it stands.</summary>
    public string Status { get; init; } = "";

    /// <summary>The carrier's number.</summary>
    public string Confirmation { get; init; } = "";

    /// <summary>When it was asked for.</summary>
    public long At { get; init; }

    /// <summary>Where it was asked for in the journal.</summary>
    public long Position { get; init; }
}

/// <summary>Pickups, newest first.</summary>
public sealed class PickupView(ViewDatabase database) : IView
{
    const string Columns =
        "id as Id, node as Node, carrier as Carrier, day as Day, status as Status, confirmation as Confirmation, "
        + "at as At, position as Position";

    readonly Rows<(string Seller, string Id), Row> _rows = new(
        key => database.Query<PickupRow>(
            $"select {Columns} from pickups where seller = @Seller and id = @Id", new { key.Seller, key.Id })
            .Select(r => new Row(r)).SingleOrDefault(), most: 200);

    string IView.Tables =>
        """
        create table pickups(
            seller text not null, id text not null, node text not null, carrier text not null, day bigint not null,
            status text not null, confirmation text not null, at bigint not null, position bigint not null,
            primary key (seller, id)) {clustered};
        create index pickups_by_age on pickups(seller, position)
        """;

    /// <summary>
    /// Pickups of a seller, newest first; all nodes, carriers and statuses where null. <paramref name="after"/>: the
    /// cursor of a page.
    /// </summary>
    public Page<PickupRow> List(
        string seller, string? node, string? carrier, string? status, string? after, int limit) =>
        database.Newest<PickupRow>(
            "pickups", Columns, (seller, node, carrier, status), after, limit, r => r.Position);

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not PickupEvent happened) return;
        var key = (fact.Entity.Seller, fact.Entity.Name);
        if (_rows.Change(key) is not { } row) _rows.Add(key, row = new(new() { Position = fact.Position }));
        row.Pickup = happened switch
        {
            PickupEvent.PickupAsked e => row.Pickup with
            {
                Id = fact.Entity.Name,
                Node = e.Terms.Node,
                Carrier = e.Terms.Carrier,
                Day = e.Terms.Day.DayNumber,
                Status = Words.Kebab($"{PickupState.Booking}"),
                At = e.At.ToUnixTimeMilliseconds(),
            },
            PickupEvent.PickupAnswered e => row.Pickup with
            {
                Status = Words.Kebab($"{Pickup.StateOf(e.Status)}"),
                Confirmation = e.Confirmation ?? "",
            },
            PickupEvent.CancelAsked => row.Pickup with { Status = Words.Kebab($"{PickupState.Cancelling}") },
            PickupEvent.CancelAnswered e => row.Pickup with
            {
                Status = Words.Kebab($"{Pickup.StateAfter(e.Status)}"),
            },
            _ => row.Pickup,
        };
    }

    void IView.Flush(SqlWriter writer) => _rows.Flush((key, row) =>
    {
        var p = row.Pickup;
        writer.Run(
            "insert into pickups(seller, id, node, carrier, day, status, confirmation, at, position) "
            + "values($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (seller, id) do update set "
            + "status = excluded.status, confirmation = excluded.confirmation",
            key.Seller, key.Id, p.Node, p.Carrier, p.Day, p.Status, p.Confirmation, p.At, p.Position);
    });

    void IView.Forget() => _rows.Forget();

    sealed class Row(PickupRow pickup)
    {
        public PickupRow Pickup { get; set; } = pickup;
    }
}
