using System.Text.Json;
using Fulfillment.Purchasing;

namespace Fulfillment.Views;

/// <summary>A transfer in a list. <c>Position</c>: where in the journal it was planned.</summary>
public sealed record TransferRow(string Id, Carriage Carriage, long Version, long Position);

/// <summary>Transfers between nodes, newest first.</summary>
public sealed class TransferView : IView
{
    readonly ViewDatabase _database;
    readonly Rows<(string Seller, string Id), Row> _rows;

    /// <summary>The view in this database.</summary>
    public TransferView(ViewDatabase database)
    {
        _database = database;
        _rows = new(
            key => database.Query<Row>(
                "select state as State, position as Position from transfers where seller = @Seller and id = @Id",
                new { key.Seller, key.Id }).SingleOrDefault(), most: 500);
    }

    string IView.Tables =>
        """
        create table transfers(
            seller text not null, id text not null, from_node text not null, to_node text not null,
            status text not null, state text not null, position bigint not null, primary key (seller, id)) {clustered};
        create index transfers_by_age on transfers(seller, position);
        create index transfers_by_status on transfers(seller, status, position)
        """;

    /// <summary>
    /// Transfers of a seller; between all nodes and of all statuses where null. <paramref name="before"/>: the cursor
    /// of a page.
    /// </summary>
    public Page<TransferRow> List(
        string seller, string? from, string? to, TransferState? status, string? before, int limit)
    {
        var filters = "seller = @seller and position < @before";
        if (from is not null) filters += " and from_node = @from";
        if (to is not null) filters += " and to_node = @to";
        if (status is not null) filters += " and status = @status";
        var rows = _database.Query<Stored>(
            $"select id as Id, state as State, position as Position from transfers where {filters} "
            + "order by position desc limit @count",
            new
            {
                seller,
                from,
                to,
                status = status is { } s ? Words.Kebab($"{s}") : null,
                before = Cursor.Read(before),
                count = limit + 1,
            });
        return Cursor.Page([.. rows.Select(Of)], limit, r => r.Position);
    }

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not TransferEvent happened) return;
        var key = (fact.Entity.Seller, fact.Entity.Name);
        if (_rows.Change(key) is not { } row) _rows.Add(key, row = new() { Position = fact.Position });
        // The entity's own fold: a list that counted for itself would have to know its rules.
        row.Transfer = Transfer.Evolve(
            row.Transfer ?? (row.State == "" ? Transfer.Initial : Read(row.State)), happened);
    }

    void IView.Flush(SqlWriter writer) => _rows.Flush((key, row) =>
    {
        var carriage = row.Transfer!.Carriage!;
        writer.Run(
            "insert into transfers(seller, id, from_node, to_node, status, state, position) "
            + "values($1, $2, $3, $4, $5, $6, $7) on conflict (seller, id) do update set status = excluded.status, "
            + "state = excluded.state",
            key.Seller, key.Id, carriage.Terms.From, carriage.Terms.To, Words.Kebab($"{carriage.State}"),
            JsonSerializer.Serialize(row.Transfer, TransferJson.Default.Transfer), row.Position);
    });

    void IView.Forget() => _rows.Forget();

    static TransferRow Of(Stored row)
    {
        var transfer = Read(row.State);
        return new(row.Id, transfer.Carriage!, transfer.Version, row.Position);
    }

    static Transfer Read(string state) => JsonSerializer.Deserialize(state, TransferJson.Default.Transfer)!;

    sealed class Row
    {
        public string State { get; init; } = "";

        public long Position { get; init; }

        public Transfer? Transfer { get; set; }
    }

    sealed class Stored
    {
        public string Id { get; init; } = "";

        public string State { get; init; } = "";

        public long Position { get; init; }
    }
}
