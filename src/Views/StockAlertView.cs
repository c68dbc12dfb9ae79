using Fulfillment.Inventory;

namespace Fulfillment.Views;

/// <summary>
/// Something that was told of a SKU once. <c>Kind</c>: level, listing or reorder. <c>At</c>, <c>Ended</c>: ms since
/// 1970, null while it is not over.
/// </summary>
public sealed record StockAlertRow(
    string Sku, string Kind, string Name, string? Node, long Units, long Available, long At, long? Ended,
    long Position);

/// <summary>Levels that were crossed, listings that were paused, purchase orders that SKUs wrote.</summary>
public sealed class StockAlertView(ViewDatabase database) : IView
{
    readonly List<Action<SqlWriter>> _changes = [];

    string IView.Tables =>
        """
        create table stock_alerts(
            seller text not null, position bigint not null, sku text not null, kind text not null, name text not null,
            node text, units bigint not null, available bigint not null, at bigint not null, ended bigint,
            primary key (seller, position)) {clustered};
        create index stock_alerts_by_sku on stock_alerts(seller, sku, position);
        create index stock_alerts_open on stock_alerts(seller, position) where ended is null
        """;

    void IView.Apply(Fact fact)
    {
        switch (fact.Event)
        {
            case SkuEvent.LevelCrossed { Below: true } e:
                Begin(fact, "level", e.Name, e.Node, e.Units, e.Available);
                break;
            case SkuEvent.LevelCrossed e:
                End(fact, "level", e.Name);
                break;
            case SkuEvent.ListingPaused e:
                Begin(fact, "listing", e.Channel, null, 0, e.Available);
                break;
            case SkuEvent.ListingResumed e:
                End(fact, "listing", e.Channel);
                break;
            case SkuEvent.ReorderRaised e:
                Begin(fact, "reorder", e.Order, null, e.Units, e.Available);
                break;
            case SkuEvent.ReorderEnded e:
                End(fact, "reorder", e.Order);
                break;
        }
    }

    void IView.Flush(SqlWriter writer)
    {
        foreach (var change in _changes) change(writer);
        _changes.Clear();
    }

    void IView.Forget() => _changes.Clear();

    /// <summary>
    /// What was told, newest first; of all SKUs and kinds where null, <paramref name="open"/>: what is not over, or
    /// what is.
    /// </summary>
    public Page<StockAlertRow> List(
        string seller, string? sku, string? kind, bool? open, string? before, int limit)
    {
        var filters = "seller = @seller and position < @before";
        if (sku is not null) filters += " and sku = @sku";
        if (kind is not null) filters += " and kind = @kind";
        if (open is { } isOpen) filters += isOpen ? " and ended is null" : " and ended is not null";
        var rows = database.Query<StockAlertRow>(
            "select sku as Sku, kind as Kind, name as Name, node as Node, units as Units, available as Available, "
            + $"at as At, ended as Ended, position as Position from stock_alerts where {filters} "
            + "order by position desc limit @count",
            new { seller, sku, kind, before = Cursor.Read(before), count = limit + 1 });
        return Cursor.Page(rows, limit, r => r.Position);
    }

    void Begin(Fact fact, string kind, string name, string? node, long units, long available)
    {
        var (seller, sku, at) = (fact.Entity.Seller, fact.Entity.Name, fact.At.ToUnixTimeMilliseconds());
        _changes.Add(w => w.Run(
            "insert into stock_alerts(seller, position, sku, kind, name, node, units, available, at, ended) "
            + "values($1, $2, $3, $4, $5, $6, $7, $8, $9, null) on conflict do nothing",
            seller, fact.Position, sku, kind, name, node, units, available, at));
    }

    void End(Fact fact, string kind, string name)
    {
        var (seller, sku, at) = (fact.Entity.Seller, fact.Entity.Name, fact.At.ToUnixTimeMilliseconds());
        _changes.Add(w => w.Run(
            "update stock_alerts set ended = $1 where seller = $2 and sku = $3 and kind = $4 and name = $5 "
            + "and ended is null", at, seller, sku, kind, name));
    }
}
