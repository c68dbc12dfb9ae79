using System.Text.Json;
using Fulfillment.Counting;

namespace Fulfillment.Views;

/// <summary>A count in a list. <c>At</c>: when it was opened, in ms since 1970.</summary>
public sealed record CountRow(
    string Id, string Node, string Status, string Reason, long Places, long Lines, long At, long Position);

/// <summary>What counts found at a node, of one currency; null: units of no known value.</summary>
public sealed record CountFigures
{
    /// <summary>Of the values.</summary>
    public string? Currency { get; init; }

    /// <summary>Lines that were counted.</summary>
    public long Lines { get; init; }

    /// <summary>Lines of which the books said the same.</summary>
    public long Matched { get; init; }

    /// <summary>Units that were posted as missing.</summary>
    public long Lost { get; init; }

    /// <summary>Units that were posted as found.</summary>
    public long Found { get; init; }

    /// <summary>Their value, in minor units.</summary>
    public long LostMinor { get; init; }

    /// <summary>Their value, in minor units.</summary>
    public long FoundMinor { get; init; }
}

/// <summary>When units of a SKU in a bin were counted last, and whether that could be booked.</summary>
public sealed record LastCount
{
    /// <summary>The SKU.</summary>
    public string Sku { get; init; } = "";

    /// <summary>The bin; "" for the whole node.</summary>
    public string Bin { get; init; } = "";

    /// <summary>In ms since 1970.</summary>
    public long At { get; init; }

    /// <summary>Lines whose correction was refused, and is not done yet.</summary>
    public long Refused { get; init; }
}

/// <summary>A SKU that lies in a bin of a node; "" for none.</summary>
public sealed record CountedPlace(string Sku, string Bin);

/// <summary>What happened to a SKU at a node in a while.</summary>
public sealed record CountedMoves
{
    /// <summary>The SKU.</summary>
    public string Sku { get; init; } = "";

    /// <summary>Units that were moved.</summary>
    public long Units { get; init; }

    /// <summary>The last time, in ms since 1970.</summary>
    public long At { get; init; }

    /// <summary>What the catalogue says, as JSON; "" for nothing.</summary>
    public string Card { get; init; } = "";

    /// <summary>What one unit is worth, as far as the card says.</summary>
    public Money? UnitValue
    {
        get
        {
            var card = Card.Length == 0 ? null : JsonSerializer.Deserialize(Card, SkuCardJson.Default.SkuCard);
            return card?.Product is { ValueMinor: > 0, Currency: { } currency } p ? new(p.ValueMinor, currency)
                : card?.Price;
        }
    }
}

/// <summary>Counts, newest first, what they found, and what there is to be counted.</summary>
public sealed class CountView : IView
{
    readonly ViewDatabase _database;
    readonly Rows<(string Seller, string Id), Row> _rows;

    /// <summary>The view in this database.</summary>
    public CountView(ViewDatabase database)
    {
        _database = database;
        _rows = new(
            key => database.Query<Row>(
                "select state as State, position as Position from counts where seller = @Seller and id = @Id",
                new { key.Seller, key.Id }).SingleOrDefault(), most: 200);
    }

    string IView.Tables =>
        """
        create table counts(
            seller text not null, id text not null, node text not null, status text not null, reason text not null,
            places bigint not null, lines bigint not null, at bigint not null, state text not null,
            position bigint not null, primary key (seller, id)) {clustered};
        create index counts_by_age on counts(seller, position);
        create table count_lines(
            seller text not null, id text not null, line bigint not null, node text not null, bin text not null,
            sku text not null, status text not null, at bigint not null, variance bigint not null,
            posted bigint not null, posted_minor bigint not null, currency text,
            primary key (seller, id, line)) {clustered};
        create index count_lines_by_node on count_lines(seller, node, at)
        """;

    /// <summary>
    /// Counts of a seller; at all nodes and of all statuses where null. <paramref name="before"/>: the cursor of a
    /// page.
    /// </summary>
    public Page<CountRow> List(string seller, string? node, CountState? status, string? before, int limit)
    {
        var filters = "seller = @seller and position < @before";
        if (node is not null) filters += " and node = @node";
        if (status is not null) filters += " and status = @status";
        var rows = _database.Query<CountRow>(
            "select id as Id, node as Node, status as Status, reason as Reason, places as Places, lines as Lines, "
            + $"at as At, position as Position from counts where {filters} order by position desc limit @count",
            new
            {
                seller,
                node,
                status = status is { } s ? Words.Kebab($"{s}") : null,
                before = Cursor.Read(before),
                count = limit + 1,
            });
        return Cursor.Page(rows, limit, r => r.Position);
    }

    /// <summary>What was found at a node by lines counted in the period, in ms since 1970, by currency.</summary>
    public IReadOnlyList<CountFigures> Figures(string seller, string node, long from, long until) =>
        _database.Query<CountFigures>(
            "select currency as Currency, count(*) as Lines, "
            + Sum("status = 'matched'", "1") + " as Matched, " + Sum("posted < 0", "-posted") + " as Lost, "
            + Sum("posted > 0", "posted") + " as Found, " + Sum("posted_minor < 0", "-posted_minor") + " as LostMinor, "
            + Sum("posted_minor > 0", "posted_minor") + " as FoundMinor from count_lines where seller = @seller "
            + "and node = @node and at >= @from and at < @until and status not in ('counted', 'recount') "
            + "group by currency order by currency",
            new { seller, node, from, until });

    /// <summary>How many counts there are of these lines.</summary>
    public long Counts(string seller, string node, long from, long until) => _database.Query<long>(
        "select count(distinct id) from count_lines where seller = @seller and node = @node and at >= @from "
        + "and at < @until and status not in ('counted', 'recount')", new { seller, node, from, until }).Single();

    /// <summary>What was counted last at a node, by SKU and bin ("" for the whole node).</summary>
    public IReadOnlyList<LastCount> Last(string seller, string node) => _database.Query<LastCount>(
        "select sku as Sku, bin as Bin, max(at) as At, " + Sum("status = 'refused'", "1") + " as Refused "
        + "from count_lines where seller = @seller and node = @node and status not in ('counted', 'recount') "
        + "group by sku, bin order by sku, bin", new { seller, node });

    /// <summary>Which SKUs lie in which bins of a node, picked for nobody; at most so many.</summary>
    public IReadOnlyList<CountedPlace> Lying(string seller, string node, int most) => _database.Query<CountedPlace>(
        "select distinct sku as Sku, bin as Bin from slots where seller = @seller and node = @node and units > 0 "
        + "and order_id = '' order by sku, bin limit @most", new { seller, node, most });

    /// <summary>SKUs that lie in a bin, picked for nobody; at most so many.</summary>
    public IReadOnlyList<string> In(string seller, string node, string bin, int most) => _database.Query<string>(
        "select distinct sku from slots where seller = @seller and node = @node and bin = @bin and units > 0 "
        + "and order_id = '' order by sku limit @most", new { seller, node, bin, most });

    /// <summary>What left a node since then, by SKU.</summary>
    public IReadOnlyList<CountedMoves> Left(string seller, string node, long since) => _database.Query<CountedMoves>(
        "select m.sku as Sku, cast(-sum(m.quantity) as bigint) as Units, max(m.at) as At, max(s.card) as Card "
        + "from movements m join skus s on s.seller = m.seller and s.sku = m.sku where m.seller = @seller "
        + "and m.node = @node and m.type = 'shipment' and m.at >= @since group by m.sku order by m.sku",
        new { seller, node, since });

    /// <summary>What was corrected by hand at a node since then, by SKU.</summary>
    public IReadOnlyList<CountedMoves> Corrected(string seller, string node, long since) =>
        _database.Query<CountedMoves>(
            "select sku as Sku, cast(sum(quantity) as bigint) as Units, max(at) as At, '' as Card from movements "
            + "where seller = @seller "
            + "and node = @node and type = 'adjustment' and at >= @since and id not like 'count/%' "
            + "group by sku order by sku", new { seller, node, since });

    static string Sum(string when, string value) =>
        $"cast(coalesce(sum(case when {when} then {value} else 0 end), 0) as bigint)";

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not CountEvent happened) return;
        var key = (fact.Entity.Seller, fact.Entity.Name);
        if (_rows.Change(key) is not { } row) _rows.Add(key, row = new() { Position = fact.Position });
        // The entity's own fold: a list that counted for itself would have to know its rules.
        row.Count = CycleCount.Evolve(
            row.Count ?? (row.State == "" ? CycleCount.Initial : Read(row.State)), happened);
    }

    void IView.Flush(SqlWriter writer) => _rows.Flush((key, row) =>
    {
        var sheet = row.Count!.Sheet!;
        writer.Run(
            "insert into counts(seller, id, node, status, reason, places, lines, at, state, position) "
            + "values($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (seller, id) do update set "
            + "status = excluded.status, lines = excluded.lines, state = excluded.state",
            key.Seller, key.Id, sheet.Terms.Node, Words.Kebab($"{sheet.State}"), Words.Kebab($"{sheet.Terms.Reason}"),
            (long)sheet.Places.Length, (long)sheet.Lines.Length, sheet.OpenedAt.ToUnixTimeMilliseconds(),
            JsonSerializer.Serialize(row.Count, CountingJson.Default.CycleCount), row.Position);
        foreach (var line in sheet.Lines)
        {
            if (row.Written?.Line(line.Number) is { } written && ReferenceEquals(written, line)) continue;
            writer.Run(
                "insert into count_lines(seller, id, line, node, bin, sku, status, at, variance, posted, posted_minor, "
                + "currency) values($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (seller, id, line) "
                + "do update set status = excluded.status, at = excluded.at, variance = excluded.variance, "
                + "posted = excluded.posted, posted_minor = excluded.posted_minor, currency = excluded.currency",
                key.Seller, key.Id, (long)line.Number, sheet.Terms.Node, line.Judged.Tally.Bin ?? "", line.Judged.Sku,
                Words.Kebab($"{line.State}"), line.At.ToUnixTimeMilliseconds(), line.Judged.Variance, line.Posted,
                line.PostedMinor, line.Judged.UnitValue?.Currency);
        }

        row.Written = sheet;
    });

    void IView.Forget() => _rows.Forget();

    static CycleCount Read(string state) => JsonSerializer.Deserialize(state, CountingJson.Default.CycleCount)!;

    sealed class Row
    {
        public string State { get; init; } = "";

        public long Position { get; init; }

        public CycleCount? Count { get; set; }

        /// <summary>What the tables have, as far as this process has written it.</summary>
        public CountSheet? Written { get; set; }
    }
}
