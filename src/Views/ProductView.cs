using System.Text.Json;
using Fulfillment.Catalog;

namespace Fulfillment.Views;

/// <summary>A product in a list.</summary>
public sealed record ProductRow(string Id, Product Product);

/// <summary>Products by id.</summary>
public sealed class ProductView : IView
{
    readonly ViewDatabase _database;
    readonly Rows<(string Seller, string Id), Row> _rows;

    /// <summary>The view in this database.</summary>
    public ProductView(ViewDatabase database)
    {
        _database = database;
        _rows = new(
            key => database.Query<Row>(
                "select state as State from products where seller = @Seller and id = @Id",
                new { key.Seller, key.Id }).SingleOrDefault(), most: 100);
    }

    string IView.Tables =>
        """
        create table products(
            seller text not null, id text not null, state text not null, primary key (seller, id)) {clustered}
        """;

    /// <summary>Products of a seller by id. <paramref name="after"/>: the last id of the page before.</summary>
    public Page<ProductRow> List(string seller, string? after, int limit)
    {
        var rows = _database.Query<Stored>(
            "select id as Id, state as State from products where seller = @seller and id > @after "
            + "order by id limit @count", new { seller, after = after ?? "", count = limit + 1 });
        return new(
            [.. rows.Take(limit).Select(r => new ProductRow(r.Id, Read(r.State)))],
            rows.Count > limit ? rows[limit - 1].Id : null);
    }

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not ProductEvent happened) return;
        var key = (fact.Entity.Seller, fact.Entity.Name);
        if (_rows.Change(key) is not { } row) _rows.Add(key, row = new());
        // The entity's own fold: a list that counted for itself would have to know its rules.
        row.Product = Product.Evolve(row.Product ?? (row.State == "" ? Product.Initial : Read(row.State)), happened);
    }

    void IView.Flush(SqlWriter writer) => _rows.Flush((key, row) => writer.Run(
        "insert into products(seller, id, state) values($1, $2, $3) "
        + "on conflict (seller, id) do update set state = excluded.state",
        key.Seller, key.Id, JsonSerializer.Serialize(row.Product!, ProductJson.Default.Product)));

    void IView.Forget() => _rows.Forget();

    static Product Read(string state) => JsonSerializer.Deserialize(state, ProductJson.Default.Product)!;

    sealed class Row
    {
        public string State { get; init; } = "";

        public Product? Product { get; set; }
    }

    sealed class Stored
    {
        public string Id { get; init; } = "";

        public string State { get; init; } = "";
    }
}
