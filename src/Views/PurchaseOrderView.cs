using System.Text.Json;
using Fulfillment.Purchasing;

namespace Fulfillment.Views;

/// <summary>A purchase order in a list. <c>Position</c>: where in the journal it was first written.</summary>
public sealed record PurchaseRow(string Id, Purchase Purchase, long Version, long Position);

/// <summary>Purchase orders, newest first.</summary>
public sealed class PurchaseOrderView : IView
{
    readonly ViewDatabase _database;
    readonly Rows<(string Seller, string Id), Row> _rows;

    /// <summary>The view in this database.</summary>
    public PurchaseOrderView(ViewDatabase database)
    {
        _database = database;
        _rows = new(
            key => database.Query<Row>(
                "select state as State, position as Position from purchase_orders where seller = @Seller and id = @Id",
                new { key.Seller, key.Id }).SingleOrDefault(), most: 500);
    }

    string IView.Tables =>
        """
        create table purchase_orders(
            seller text not null, id text not null, supplier text not null, node text not null, status text not null,
            state text not null, position bigint not null, primary key (seller, id)) {clustered};
        create index purchase_orders_by_age on purchase_orders(seller, position);
        create index purchase_orders_by_status on purchase_orders(seller, status, position);
        create index purchase_orders_by_supplier on purchase_orders(seller, supplier, position)
        """;

    /// <summary>
    /// Purchase orders of a seller; of all suppliers, nodes and statuses where null. <paramref name="before"/>: the
    /// cursor of a page.
    /// </summary>
    public Page<PurchaseRow> List(
        string seller, string? supplier, string? node, PurchaseState? status, string? before, int limit)
    {
        var filters = "seller = @seller and position < @before";
        if (supplier is not null) filters += " and supplier = @supplier";
        if (node is not null) filters += " and node = @node";
        if (status is not null) filters += " and status = @status";
        var rows = _database.Query<Stored>(
            $"select id as Id, state as State, position as Position from purchase_orders where {filters} "
            + "order by position desc limit @count",
            new
            {
                seller,
                supplier,
                node,
                status = status is { } s ? Words.Kebab($"{s}") : null,
                before = Cursor.Read(before),
                count = limit + 1,
            });
        return Cursor.Page(
            [.. rows.Select(r => Read(r.State) is var order
                ? new PurchaseRow(r.Id, order.Purchase!, order.Version, r.Position) : null!)],
            limit, r => r.Position);
    }

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not PurchaseEvent happened) return;
        var key = (fact.Entity.Seller, fact.Entity.Name);
        if (_rows.Change(key) is not { } row) _rows.Add(key, row = new() { Position = fact.Position });
        // The entity's own fold: a list that counted for itself would have to know its rules.
        row.Order = PurchaseOrder.Evolve(row.Order ?? (row.State == "" ? PurchaseOrder.Initial : Read(row.State)),
            happened);
    }

    void IView.Flush(SqlWriter writer) => _rows.Flush((key, row) =>
    {
        var purchase = row.Order!.Purchase!;
        writer.Run(
            "insert into purchase_orders(seller, id, supplier, node, status, state, position) "
            + "values($1, $2, $3, $4, $5, $6, $7) on conflict (seller, id) do update set supplier = excluded.supplier, "
            + "node = excluded.node, status = excluded.status, state = excluded.state",
            key.Seller, key.Id, purchase.Terms.Supplier, purchase.Terms.Node, Words.Kebab($"{purchase.State}"),
            JsonSerializer.Serialize(row.Order, PurchasingJson.Default.PurchaseOrder), row.Position);
    });

    void IView.Forget() => _rows.Forget();

    static PurchaseOrder Read(string state) =>
        JsonSerializer.Deserialize(state, PurchasingJson.Default.PurchaseOrder)!;

    sealed class Row
    {
        public string State { get; init; } = "";

        public long Position { get; init; }

        public PurchaseOrder? Order { get; set; }
    }

    sealed class Stored
    {
        public string Id { get; init; } = "";

        public string State { get; init; } = "";

        public long Position { get; init; }
    }
}
