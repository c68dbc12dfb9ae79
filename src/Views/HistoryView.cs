using Fulfillment.Inventory;

namespace Fulfillment.Views;

/// <summary>A change of what was there by a movement that was told later than it happened.</summary>
public sealed record BackdatedRow(string Node, string State, long Delta);

/// <summary>
/// What answers need that look back: each SKU's levels after every <see cref="Every"/> events, so that few events are
/// to be folded for any moment, and the movements that were told late, by when they were told.
/// </summary>
public sealed class HistoryView(ViewDatabase database) : IView
{
    /// <summary>Events of a SKU between two kept levels.</summary>
    public const int Every = 128;

    readonly Rows<EntityId, Row> _rows = new(key => database.Query<LevelsRow>(
        "select levels as Levels, at as At from stock_levels where seller = @Seller and sku = @Sku",
        new { key.Seller, Sku = key.Name }).Select(r => new Row { Levels = StockLevels.Read(r.Levels), At = r.At })
        .SingleOrDefault(), most: 20_000);

    readonly List<(EntityId Sku, long At, long Version, string Levels)> _kept = [];
    readonly List<(EntityId Sku, long At, long Version, long Occurred, int Part, BackdatedRow Row)> _backdated = [];

    string IView.Tables =>
        """
        create table stock_levels(
            seller text not null, sku text not null, version bigint not null, at bigint not null, levels text not null,
            primary key (seller, sku)) {clustered};
        create table stock_history(
            seller text not null, sku text not null, at bigint not null, version bigint not null, levels text not null,
            primary key (seller, sku, at, version)) {clustered};
        create table backdated(
            seller text not null, sku text not null, at bigint not null, version bigint not null, part int not null,
            occurred bigint not null, node text not null, state text not null, delta bigint not null,
            primary key (seller, sku, at, version, part)) {clustered}
        """;

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not SkuEvent happened) return;
        if (_rows.Change(fact.Entity) is not { } row) _rows.Add(fact.Entity, row = new());
        row.Levels.After(happened);
        row.At = fact.At.ToUnixTimeMilliseconds();
        if (fact.Version % Every == 0) _kept.Add((fact.Entity, row.At, fact.Version, row.Levels.Write()));
        if (Sku.OccurredAt(happened) is not { } occurred) return;
        var part = 0;
        foreach (var (node, state, delta) in StockLevels.Changes(happened))
        {
            _backdated.Add((fact.Entity, row.At, fact.Version, occurred.ToUnixTimeMilliseconds(), part++,
                new(node, state, delta)));
        }
    }

    void IView.Flush(SqlWriter writer)
    {
        _rows.Flush((key, r) => writer.Run(
            "insert into stock_levels(seller, sku, version, at, levels) values($1, $2, $3, $4, $5) "
            + "on conflict (seller, sku) do update set version = excluded.version, at = excluded.at, "
            + "levels = excluded.levels",
            key.Seller, key.Name, r.Levels.Version, r.At, r.Levels.Write()));
        foreach (var (sku, at, version, levels) in _kept)
        {
            writer.Run(
                "insert into stock_history(seller, sku, at, version, levels) values($1, $2, $3, $4, $5) "
                + "on conflict do nothing", sku.Seller, sku.Name, at, version, levels);
        }

        foreach (var (sku, at, version, occurred, part, row) in _backdated)
        {
            writer.Run(
                "insert into backdated(seller, sku, at, version, part, occurred, node, state, delta) "
                + "values($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing",
                sku.Seller, sku.Name, at, version, (long)part, occurred, row.Node, row.State, row.Delta);
        }

        Clear();
    }

    void IView.Forget()
    {
        _rows.Forget();
        Clear();
    }

    /// <summary>How many events of the SKU were taken in.</summary>
    public long VersionOf(EntityId sku) => database.Query<long>(
        "select version from stock_levels where seller = @Seller and sku = @Sku",
        new { sku.Seller, Sku = sku.Name }).SingleOrDefault();

    /// <summary>
    /// The last levels kept of events no later than <paramref name="at"/> (ms since 1970); new ones when none are.
    /// </summary>
    public StockLevels Before(EntityId sku, long at)
    {
        var text = database.Query<string>(
            "select levels from stock_history where seller = @Seller and sku = @Sku and at <= @at "
            + "order by at desc, version desc limit 1", new { sku.Seller, Sku = sku.Name, at }).SingleOrDefault();
        return text is null ? new() : StockLevels.Read(text);
    }

    /// <summary>
    /// By node and state, what movements changed that were told after <paramref name="after"/>, no later than
    /// <paramref name="upTo"/> and no later than event <paramref name="version"/>, and happened no later than
    /// <paramref name="occurred"/> (times in ms since 1970).
    /// </summary>
    public IReadOnlyList<BackdatedRow> Backdated(EntityId sku, long after, long upTo, long occurred, long version) =>
        database.Query<BackdatedSum>(
            "select node as Node, state as State, cast(sum(delta) as bigint) as Delta from backdated "
            + "where seller = @Seller and sku = @Sku and at > @after and at <= @upTo and occurred <= @occurred "
            + "and version <= @version group by node, state order by node, state",
            new { sku.Seller, Sku = sku.Name, after, upTo, occurred, version })
            .Select(r => new BackdatedRow(r.Node, r.State, r.Delta)).ToList();

    void Clear()
    {
        _kept.Clear();
        _backdated.Clear();
    }

    sealed class Row
    {
        public StockLevels Levels { get; init; } = new();

        public long At { get; set; }
    }

    sealed class LevelsRow
    {
        public string Levels { get; init; } = "";

        public long At { get; init; }
    }

    sealed class BackdatedSum
    {
        public string Node { get; init; } = "";

        public string State { get; init; } = "";

        public long Delta { get; init; }
    }
}
