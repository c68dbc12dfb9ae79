using Dapper;
using Fulfillment.Ordering;

namespace Fulfillment.Views;

/// <summary>An order in a list. Times in ms since 1970. <c>Position</c>: where in the journal it was placed.</summary>
public sealed record OrderRow(
    string Seller, string Id, string Channel, string Status, long PlacedAt, long Units, long? TotalMinor,
    string? Currency,
    string? Country, long Version, long Position);

/// <summary>The list of orders, newest first, with filters by status and SKU.</summary>
public sealed class OrderView(ViewDatabase database) : IView
{
    // Few: rows that live for a second of a rush, and no longer, cost the collector most.
    const int MostKept = 2_000;

    readonly Rows<EntityId, Row> _rows = new(key => database.Query<Row>(
        "select channel, placed_at as PlacedAt, phase, units, cancelled, allocated, shipped, delivered, "
        + "started, holds, checks, "
        + "total_minor as TotalMinor, currency, country, version, position from orders "
        + "where seller = @Seller and id = @Id",
        new { key.Seller, Id = key.Name }).SingleOrDefault(), MostKept);

    readonly List<(string Seller, string Sku, long Position)> _skus = [];
    readonly Same _same = new();

    string IView.Tables =>
        """
        create table orders(
            seller text not null, id text not null, channel text not null, status text not null,
            placed_at bigint not null,
            phase int not null, units bigint not null, cancelled bigint not null, allocated bigint not null,
            shipped bigint not null, delivered bigint not null, started bigint not null, holds int not null,
            checks int not null, total_minor bigint, currency text, country text,
            version bigint not null, position bigint not null, primary key (seller, position)) {clustered};
        create unique index orders_by_id on orders(seller, id);
        create index orders_by_status on orders(seller, status, position);
        create table order_skus(
            seller text not null, sku text not null, position bigint not null,
            primary key (seller, sku, position)) {clustered}
        """;

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not OrderEvent happened) return;
        if (happened is OrderEvent.OrderPlaced placed)
        {
            Row row = new()
            {
                Channel = _same.Of(placed.Channel),
                PlacedAt = placed.PlacedAt.ToUnixTimeMilliseconds(),
                TotalMinor = placed.Total?.AmountMinor,
                Currency = _same.Of(placed.Total?.Currency),
                Country = _same.Of(placed.ShipTo?.Country),
                Position = fact.Position,
            };
            _rows.Add(fact.Entity, row);
            var skus = placed.Lines.Length == 1 ? [placed.Lines[0].Sku] : placed.Lines.Select(l => l.Sku).Distinct();
            foreach (var sku in skus) _skus.Add((fact.Entity.Seller, sku, fact.Position));
        }

        if (happened is OrderEvent.EditBegun edit && _rows.Change(fact.Entity) is { } edited)
            foreach (var sku in edit.Plan.Added.Select(l => l.Sku).Distinct())
                _skus.Add((fact.Entity.Seller, sku, edited.Position));
        _rows.Change(fact.Entity)?.After(happened, fact.Version);
    }

    void IView.Flush(SqlWriter writer)
    {
        _rows.Flush((key, r) => writer.Run(
            "insert into orders(seller, id, channel, status, placed_at, phase, units, cancelled, allocated, shipped, "
            + "delivered, started, holds, checks, total_minor, currency, country, version, position) "
            + "values($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) "
            + "on conflict (seller, position) do update set status = excluded.status, phase = excluded.phase, "
            + "country = excluded.country, units = excluded.units, "
            + "cancelled = excluded.cancelled, allocated = excluded.allocated, shipped = excluded.shipped, "
            + "delivered = excluded.delivered, started = excluded.started, holds = excluded.holds, "
            + "checks = excluded.checks, version = excluded.version",
            key.Seller, key.Name, r.Channel, Words.Of(r.Progress.Status), r.PlacedAt, r.Phase, r.Units, r.Cancelled,
            r.Allocated, r.Shipped, r.Delivered, r.Started, r.Holds, r.Checks, r.TotalMinor, r.Currency,
            r.Country, r.Version, r.Position));
        foreach (var (seller, sku, position) in _skus)
            writer.Run(
                "insert into order_skus(seller, sku, position) values($1, $2, $3) on conflict do nothing",
                seller, sku, position);

        _skus.Clear();
    }

    void IView.Forget()
    {
        _rows.Forget();
        _skus.Clear();
    }

    /// <summary>
    /// Orders of a seller, newest first. <paramref name="status"/>, <paramref name="sku"/>: only those; null for all.
    /// <paramref name="placedAfter"/>: only those placed later. <paramref name="before"/>: the cursor of a page.
    /// </summary>
    public Page<OrderRow> List(
        string seller, string? status, string? sku, DateTimeOffset? placedAfter, string? before, int limit)
    {
        var from = sku is null
            ? "orders o"
            : "order_skus s join orders o on o.seller = s.seller and o.position = s.position";
        var filters = sku is null ? "o.seller = @seller" : "s.seller = @seller and s.sku = @sku";
        if (status is not null) filters += " and o.status = @status";
        if (placedAfter is not null) filters += " and o.placed_at > @after";
        var at = sku is null ? "o.position" : "s.position";
        var rows = database.Query<OrderRow>(
            "select o.seller as Seller, o.id as Id, o.channel as Channel, o.status as Status, o.placed_at as PlacedAt, "
            + "o.units as Units, o.total_minor as TotalMinor, o.currency as Currency, o.country as Country, "
            + $"o.version as Version, o.position as Position from {from} where {filters} and {at} < @before "
            + $"order by {at} desc limit @count",
            new
            {
                seller,
                sku,
                status,
                after = placedAfter?.ToUnixTimeMilliseconds() ?? 0,
                before = Cursor.Read(before),
                count = limit + 1,
            });
        return Cursor.Page(rows, limit, r => r.Position);
    }

    /// <summary>The ids of a seller's orders that were placed on a day (UTC), the first ones of it.</summary>
    public IReadOnlyList<string> PlacedOn(string seller, DateOnly day, int limit)
    {
        DateTimeOffset from = new(day, TimeOnly.MinValue, TimeSpan.Zero);
        return database.Query<string>(
            "select id from orders where seller = @seller and placed_at >= @from and placed_at < @until "
            + "order by position limit @limit",
            new
            {
                seller,
                from = from.ToUnixTimeMilliseconds(),
                until = from.AddDays(1).ToUnixTimeMilliseconds(),
                limit,
            });
    }

    /// <summary>Orders of a seller by status.</summary>
    public IReadOnlyDictionary<string, long> Counts(string seller)
    {
        using var connection = database.Connect();
        return connection.Query<(string Status, long Count)>(
            "select status, count(*) from orders where seller = @seller group by status", new { seller })
            .ToDictionary(r => r.Status, r => r.Count);
    }

    sealed class Row
    {
        public string Channel { get; init; } = "";

        public long PlacedAt { get; init; }

        public int Phase { get; set; }

        public long Units { get; set; }

        public long Cancelled { get; set; }

        public long Allocated { get; set; }

        public long Shipped { get; set; }

        public long Delivered { get; set; }

        public long Started { get; set; }

        public int Holds { get; set; }

        public int Checks { get; set; }

        public long? TotalMinor { get; init; }

        public string? Currency { get; init; }

        public string? Country { get; set; }

        public long Version { get; set; }

        public long Position { get; init; }

        public OrderProgress Progress => new(
            (OrderPhase)Phase, Units, Cancelled, Allocated, Shipped, Delivered, Started, Holds, (OrderChecks)Checks);

        public void After(OrderEvent happened, long version)
        {
            var after = Progress.After(happened);
            (Phase, Units, Cancelled) = ((int)after.Phase, after.Units, after.Cancelled);
            (Allocated, Shipped, Delivered, Version) = (after.Allocated, after.Shipped, after.Delivered, version);
            (Started, Holds, Checks) = (after.Started, after.Holds, (int)after.Checks);
            if (happened is OrderEvent.OrderEdited { Plan.ShipTo.Country: { } country }) Country = country;
        }
    }
}
