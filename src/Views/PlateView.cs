using System.Text.Json;
using Fulfillment.Warehousing;

namespace Fulfillment.Views;

/// <summary>A carrier in a list. <c>Position</c>: where in the journal it was registered.</summary>
public sealed record PlateRow(string Lpn, Plate Plate, long Version, long Position);

/// <summary>Totes, cartons and pallets, and what lies on them.</summary>
public sealed class PlateView : IView
{
    /// <summary>Slots that are told of one carrier.</summary>
    public const int MostSlots = 1_000;

    readonly ViewDatabase _database;
    readonly Rows<(string Seller, string Lpn), Row> _rows;

    /// <summary>The view in this database.</summary>
    public PlateView(ViewDatabase database)
    {
        _database = database;
        _rows = new(
            key => database.Query<Row>(
                "select state as State, position as Position from plates where seller = @Seller and lpn = @Lpn",
                new { key.Seller, key.Lpn }).SingleOrDefault(), most: 1_000);
    }

    string IView.Tables =>
        """
        create table plates(
            seller text not null, lpn text not null, node text not null, bin text not null, status text not null,
            issue text not null, state text not null, position bigint not null, primary key (seller, lpn)) {clustered};
        create index plates_by_bin on plates(node, bin);
        create index plates_by_issue on plates(seller, issue)
        """;

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not LicensePlateEvent happened) return;
        var key = (fact.Entity.Seller, fact.Entity.Name);
        if (_rows.Change(key) is not { } row) _rows.Add(key, row = new() { Position = fact.Position });
        // The entity's own fold: a list that counted for itself would have to know its rules.
        row.Plate = LicensePlate.Evolve(
            row.Plate ?? (row.State == "" ? LicensePlate.Initial : Read(row.State)), happened);
    }

    void IView.Flush(SqlWriter writer) => _rows.Flush((key, row) =>
    {
        var plate = row.Plate!.Plate!;
        writer.Run(
            "insert into plates(seller, lpn, node, bin, status, issue, state, position) "
            + "values($1, $2, $3, $4, $5, $6, $7, $8) on conflict (seller, lpn) do update set bin = excluded.bin, "
            + "status = excluded.status, state = excluded.state",
            key.Seller, key.Lpn, plate.Card.Node, plate.Bin ?? "", Words.Kebab($"{plate.Status}"),
            plate.Card.Issue ?? "", JsonSerializer.Serialize(row.Plate, LicensePlateJson.Default.LicensePlate),
            row.Position);
    });

    void IView.Forget() => _rows.Forget();

    /// <summary>
    /// Carriers of a seller at a node, newest first; in all bins and of all statuses where null.
    /// <paramref name="before"/>: the cursor of a page.
    /// </summary>
    public Page<PlateRow> List(
        string seller, string node, string? bin, PlateStatus? status, string? before, int limit)
    {
        var rows = Rows(
            "seller = @seller and node = @node and position < @before" + (bin is null ? "" : " and bin = @bin")
            + (status is null ? "" : " and status = @status") + " order by position desc limit @count",
            new
            {
                seller,
                node,
                bin,
                status = status is { } s ? Words.Kebab($"{s}") : null,
                before = Cursor.Read(before),
                count = limit + 1,
            });
        return Cursor.Page(rows, limit, r => r.Position);
    }

    /// <summary>The carrier whose number was issued under the operation; null when there is none.</summary>
    public string? IssuedBy(string seller, string issue) =>
        Rows("seller = @seller and issue = @issue", new { seller, issue }) is [var row, ..] ? row.Lpn : null;

    /// <summary>Units that lie on the carrier, not on those that stand on it; by SKU, at most so many rows.</summary>
    public IReadOnlyList<SlotRow> Lying(string seller, string lpn, int most = MostSlots) =>
        [.. _database.Query<SlotRow>(
            "select sku as Sku, node as Node, state as State, bin as Bin, lot as Lot, lpn as Lpn, "
            + "order_id as OrderId, units as Units from slots where seller = @seller and lpn = @lpn and units > 0 "
            + "order by sku, place limit @count", new { seller, lpn, count = most })
            .Select(r => r with
            {
                Bin = Told(r.Bin),
                Lot = Told(r.Lot),
                Lpn = Told(r.Lpn),
                OrderId = Told(r.OrderId),
            })];

    IReadOnlyList<PlateRow> Rows(string where, object arguments) =>
        [.. _database.Query<Stored>(
            $"select lpn as Lpn, state as State, position as Position from plates where {where}", arguments)
            .Select(r => (r, Plate: Read(r.State)))
            .Select(r => new PlateRow(r.r.Lpn, r.Plate.Plate!, r.Plate.Version, r.r.Position))];

    static string? Told(string? text) => text?.Length > 0 ? text : null;

    static LicensePlate Read(string state) =>
        JsonSerializer.Deserialize(state, LicensePlateJson.Default.LicensePlate)!;

    sealed class Row
    {
        public string State { get; init; } = "";

        public long Position { get; init; }

        public LicensePlate? Plate { get; set; }
    }

    sealed class Stored
    {
        public string Lpn { get; init; } = "";

        public string State { get; init; } = "";

        public long Position { get; init; }
    }
}
