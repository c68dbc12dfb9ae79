using Fulfillment.Catalog;

namespace Fulfillment.Views;

/// <summary>Aliases of SKUs, by SKU.</summary>
public sealed class SkuAliasView(ViewDatabase database) : IView
{
    readonly List<(EntityId Alias, SkuAliasEvent Happened)> _changes = [];

    string IView.Tables =>
        """
        create table sku_aliases(
            seller text not null, sku text not null, alias text not null, primary key (seller, sku, alias)) {clustered}
        """;

    /// <summary>Aliases of a SKU by name. <paramref name="after"/>: the last one of the page before.</summary>
    public Page<AliasName> List(string seller, string sku, string? after, int limit)
    {
        var rows = database.Query<string>(
            "select alias from sku_aliases where seller = @seller and sku = @sku and alias > @after "
            + "order by alias limit @count", new { seller, sku, after = after ?? "", count = limit + 1 });
        return new(
            [.. rows.Take(limit).Select(AliasName.Of)], rows.Count > limit ? AliasName.Of(rows[limit - 1]).Key : null);
    }

    void IView.Apply(Fact fact)
    {
        if (fact.Event is SkuAliasEvent happened) _changes.Add((fact.Entity, happened));
    }

    void IView.Flush(SqlWriter writer)
    {
        foreach (var (alias, happened) in _changes)
        {
            if (happened is SkuAliasEvent.AliasAssigned assigned)
            {
                writer.Run(
                    "insert into sku_aliases(seller, sku, alias) values($1, $2, $3) on conflict do nothing",
                    alias.Seller, assigned.Sku, alias.Name);
            }
            else if (happened is SkuAliasEvent.AliasFreed freed)
            {
                writer.Run(
                    "delete from sku_aliases where seller = $1 and sku = $2 and alias = $3", alias.Seller, freed.Sku,
                    alias.Name);
            }
        }

        _changes.Clear();
    }

    void IView.Forget() => _changes.Clear();
}
