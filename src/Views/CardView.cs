using Fulfillment.Inventory;

namespace Fulfillment.Views;

/// <summary>
/// A change of a SKU's card: its revision, and where the journal has it; <c>Before</c>: where it has the card before,
/// null for none.
/// </summary>
public sealed record CardChange(long Revision, long Position, long? Before);

/// <summary>Where the journal has the cards of SKUs: what is on them is read there.</summary>
public sealed class CardView(ViewDatabase database) : IView
{
    readonly List<(EntityId Sku, long Revision, long Position)> _changes = [];

    string IView.Tables =>
        """
        create table card_changes(
            seller text not null, sku text not null, revision bigint not null, position bigint not null,
            primary key (seller, sku, revision)) {clustered}
        """;

    void IView.Apply(Fact fact)
    {
        if (fact.Event is SkuEvent.SkuDefined e) _changes.Add((fact.Entity, e.Revision, fact.Position));
    }

    void IView.Flush(SqlWriter writer)
    {
        foreach (var (sku, revision, position) in _changes)
        {
            writer.Run(
                "insert into card_changes(seller, sku, revision, position) values($1, $2, $3, $4) "
                + "on conflict do nothing", sku.Seller, sku.Name, revision, position);
        }

        _changes.Clear();
    }

    void IView.Forget() => _changes.Clear();

    /// <summary>Changes of a SKU's card, newest first. <paramref name="before"/>: the cursor of a page.</summary>
    public Page<CardChange> Changes(string seller, string sku, string? before, int limit)
    {
        var rows = database.Query<CardChange>(
            "select c.revision as Revision, c.position as Position, b.position as Before "
            + "from card_changes c left join card_changes b "
            + "on b.seller = c.seller and b.sku = c.sku and b.revision = c.revision - 1 "
            + "where c.seller = @seller and c.sku = @sku and c.revision < @before "
            + "order by c.revision desc limit @count",
            new { seller, sku, before = Cursor.Read(before), count = limit + 1 });
        return Cursor.Page(rows, limit, r => r.Revision);
    }
}
