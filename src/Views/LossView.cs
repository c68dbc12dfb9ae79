using Fulfillment.Inventory;

namespace Fulfillment.Views;

/// <summary>
/// A movement by which a node has fewer units to sell, or (above zero) more, than the books said. <c>Cause</c>: its
/// class, see <see cref="LossView"/>. Time in ms since 1970.
/// </summary>
public sealed record LossRow(
    string Cause, string Sku, string Id, long Quantity, string State, string Reason, string Actor, long At,
    long Position);

/// <summary>What one cause took from a node, and what it gave back. <c>Movements</c>: how many.</summary>
public sealed record LossSum
{
    /// <summary>Its class.</summary>
    public string Cause { get; init; } = "";

    /// <summary>Units that are missing.</summary>
    public long Lost { get; init; }

    /// <summary>Units that came back.</summary>
    public long Found { get; init; }

    /// <summary>How many movements.</summary>
    public long Movements { get; init; }

    /// <summary>Of how many SKUs.</summary>
    public long Skus { get; init; }
}

/// <summary>
/// Shrinkage, damage and loss by node and class of cause: <c>count</c> (found by a count), <c>snapshot</c> (another
/// system had other figures), <c>correction</c> (by hand), <c>lost-in-transit</c>, <c>damaged</c> (set aside, or mended
/// again), <c>received-damaged</c>, <c>scrapped</c> (written off of what was set aside: those units may stand under
/// another cause as well).
/// </summary>
public sealed class LossView(ViewDatabase database) : IView
{
    /// <summary>How the reason of a correction begins that a snapshot of another system led to.</summary>
    public const string SnapshotReason = "stock snapshot ";

    /// <summary>The classes.</summary>
    public static readonly IReadOnlyList<string> Causes =
        ["count", "snapshot", "correction", "lost-in-transit", "damaged", "received-damaged", "scrapped"];

    readonly List<(string Seller, string Node, LossRow Row)> _losses = [];

    string IView.Tables =>
        """
        create table stock_losses(
            seller text not null, node text not null, cause text not null, sku text not null, id text not null,
            quantity bigint not null, state text not null, reason text not null, actor text not null,
            at bigint not null, position bigint not null, primary key (position)) {clustered};
        create index stock_losses_by_node on stock_losses(seller, node, at);
        create index stock_losses_by_cause on stock_losses(seller, node, cause, position)
        """;

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not SkuEvent happened) return;
        if (Of(happened) is not var (cause, node, id, quantity, state, why)) return;
        _losses.Add((fact.Entity.Seller, node, new(
            cause, fact.Entity.Name, id, quantity, Words.Kebab($"{state}"), why, fact.Origin.Actor,
            fact.At.ToUnixTimeMilliseconds(), fact.Position)));
    }

    static (string Cause, string Node, string Id, long Quantity, StockState State, string Reason)? Of(
        SkuEvent happened) => happened switch
        {
            SkuEvent.StockAdjusted { State: StockState.InTransit } e =>
                ("lost-in-transit", e.Node, e.Id, e.Delta, e.State, e.Reason),
            SkuEvent.StockAdjusted { Count: not null } e => ("count", e.Node, e.Id, e.Delta, e.State, e.Reason),
            SkuEvent.StockAdjusted e when e.Reason.StartsWith(SnapshotReason, StringComparison.Ordinal) =>
                ("snapshot", e.Node, e.Id, e.Delta, e.State, e.Reason),
            SkuEvent.StockAdjusted { State: not StockState.Available, Delta: < 0 } e =>
                ("scrapped", e.Node, e.Id, e.Delta, e.State, e.Reason),
            SkuEvent.StockAdjusted e => ("correction", e.Node, e.Id, e.Delta, e.State, e.Reason),
            SkuEvent.StockReceived { State: StockState.Damaged } e =>
                ("received-damaged", e.Node, e.Id, -e.Quantity, e.State, e.Reason),
            SkuEvent.StockArrived { State: StockState.Damaged } e =>
                ("received-damaged", e.Node, e.Id, -e.Quantity, e.State, e.Reason),
            SkuEvent.StockMoved { To: StockState.Damaged, From: not StockState.Damaged } e =>
                ("damaged", e.Node, e.Id, -e.Quantity, e.To, e.Reason),
            SkuEvent.StockMoved { From: StockState.Damaged, To: not StockState.Damaged } e =>
                ("damaged", e.Node, e.Id, e.Quantity, e.To, e.Reason),
            _ => null,
        };

    void IView.Flush(SqlWriter writer)
    {
        foreach (var (seller, node, l) in _losses)
        {
            writer.Run(
                "insert into stock_losses(seller, node, cause, sku, id, quantity, state, reason, actor, at, position) "
                + "values($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing",
                seller, node, l.Cause, l.Sku, l.Id, l.Quantity, l.State, l.Reason, l.Actor, l.At, l.Position);
        }

        _losses.Clear();
    }

    void IView.Forget() => _losses.Clear();

    /// <summary>By cause, in its order of letters; those of a period, which its end is no part of.</summary>
    public IReadOnlyList<LossSum> Sums(string seller, string node, long from, long until) => database.Query<LossSum>(
        "select cause as Cause, cast(sum(case when quantity < 0 then -quantity else 0 end) as bigint) as Lost, "
        + "cast(sum(case when quantity > 0 then quantity else 0 end) as bigint) as Found, "
        + "count(*) as Movements, count(distinct sku) as Skus from stock_losses "
        + "where seller = @seller and node = @node and at >= @from and at < @until group by cause order by cause",
        new { seller, node, from, until });

    /// <summary>The movements of a cause in a period, newest first. <paramref name="before"/>: the cursor.</summary>
    public Page<LossRow> Movements(
        string seller, string node, string cause, long from, long until, string? before, int limit)
    {
        var rows = database.Query<LossRow>(
            "select cause as Cause, sku as Sku, id as Id, quantity as Quantity, state as State, reason as Reason, "
            + "actor as Actor, at as At, position as Position from stock_losses where seller = @seller "
            + "and node = @node and cause = @cause and at >= @from and at < @until and position < @before "
            + "order by position desc limit @count",
            new { seller, node, cause, from, until, before = Cursor.Read(before), count = limit + 1 });
        return Cursor.Page(rows, limit, r => r.Position);
    }
}
