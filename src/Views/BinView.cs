using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Views;

/// <summary>Units of a SKU of a seller in a bin; null: not known.</summary>
public sealed record BinUnits(
    string Bin, string Seller, string Sku, string State, string? Lot, string? Lpn, string? OrderId, long Units);

/// <summary>The bins of the nodes by their ids, and what lies in them.</summary>
public sealed class BinView : IView
{
    /// <summary>Slots that are told of one page of bins.</summary>
    public const int MostSlots = 10_000;

    const int MostAsked = 500;

    readonly ViewDatabase _database;
    readonly Rows<(string Node, string Bin), Row> _rows;

    /// <summary>The view in this database.</summary>
    public BinView(ViewDatabase database)
    {
        _database = database;
        _rows = new(key => database.Query<Stored>(
            "select state as State from bins where node = @Node and bin = @Bin", new { key.Node, key.Bin })
            .Select(r => new Row { Now = Read(r.State) }).SingleOrDefault());
    }

    string IView.Tables =>
        """
        create table bins(
            node text not null, bin text not null, zone text not null, role text not null, status text not null,
            state text not null, primary key (node, bin)) {clustered};
        create index bins_by_zone on bins(node, zone, bin)
        """;

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not LayoutEvent happened) return;
        var node = fact.Entity.Name;
        switch (happened)
        {
            case LayoutEvent.BinsPut e:
                foreach (var bin in e.Bins) Put(node, bin, fact.Version);
                break;
            case LayoutEvent.BinTurned e when _rows.Change((node, e.Bin)) is { Now: { } now } row:
                row.Now = now with { Status = e.Status, Reason = e.Reason, Since = e.At, Revision = fact.Version };
                break;
            case LayoutEvent.BinRemoved e when _rows.Change((node, e.Bin)) is { } row:
                row.Now = null;
                break;
        }
    }

    void Put(string node, Bin bin, long revision)
    {
        if (_rows.Change((node, bin.Id)) is not { } row) _rows.Add((node, bin.Id), row = new());
        row.Now = row.Now is { } now ? now with { Bin = bin, Revision = revision } : new(bin, revision);
    }

    void IView.Flush(SqlWriter writer) => _rows.Flush((key, row) =>
    {
        if (row.Now is not { } now)
        {
            writer.Run("delete from bins where node = $1 and bin = $2", key.Node, key.Bin);
            return;
        }

        writer.Run(
            "insert into bins(node, bin, zone, role, status, state) values($1, $2, $3, $4, $5, $6) "
            + "on conflict (node, bin) do update set zone = excluded.zone, role = excluded.role, "
            + "status = excluded.status, state = excluded.state",
            key.Node, key.Bin, now.Bin.Zone, Words.Kebab($"{now.Bin.Role}"), Words.Kebab($"{now.Status}"),
            JsonSerializer.Serialize(now, BinJson.Default.BinNow));
    });

    void IView.Forget() => _rows.Forget();

    /// <summary>
    /// Bins of a node by id; of all zones, roles and statuses where null. <paramref name="after"/>: the last id of the
    /// page before.
    /// </summary>
    public Page<BinNow> List(
        string node, string? zone, BinRole? role, BinStatus? status, string? after, int limit)
    {
        var rows = _database.Query<Stored>(
            "select state as State from bins where node = @node and bin > @after"
            + (zone is null ? "" : " and zone = @zone") + (role is null ? "" : " and role = @role")
            + (status is null ? "" : " and status = @status") + " order by bin limit @count",
            new
            {
                node,
                zone,
                role = role is { } r ? Words.Kebab($"{r}") : null,
                status = status is { } s ? Words.Kebab($"{s}") : null,
                after = after ?? "",
                count = limit + 1,
            }).Select(r => Read(r.State)).ToList();
        return new([.. rows.Take(limit)], rows.Count > limit ? rows[limit - 1].Bin.Id : null);
    }

    /// <summary>
    /// What lies in these bins, by bin and SKU; of all sellers where <paramref name="seller"/> is null.
    /// </summary>
    public IReadOnlyList<BinUnits> Lying(string node, IReadOnlyList<string> bins, string? seller) =>
        bins.Count == 0 ? [] : Units(
            $" and bin {_database.Among("@bins")}" + (seller is null ? "" : " and seller = @seller")
            + " order by bin, seller, sku, place",
            new { node, bins = bins.ToArray(), seller, count = MostSlots });

    /// <summary>Whether no unit of anybody lies in the bin, and nothing stands there.</summary>
    public bool IsEmpty(string node, string bin) =>
        Units(" and bin = @bin", new { node, bin, count = 1 }).Count == 0
        && _database.Query<string>(
            "select lpn from plates where node = @node and bin = @bin and status in ('open', 'closed') limit 1",
            new { node, bin }).Count == 0;

    /// <summary>All bins of a node by id, with what lies in them, of all sellers.</summary>
    public IReadOnlyList<BinFill> Filled(string node)
    {
        var lying = Stock("s.bin > ''", new { node });
        var sizes = Sizes(lying);
        var byBin = lying.ToLookup(r => r.Bin);
        var bins = _database.Query<Stored>(
            "select state as State from bins where node = @node order by bin", new { node });
        return [.. bins.Select(b => Read(b.State)).Select(b => Fill(b, byBin[b.Bin.Id], sizes))];
    }

    /// <summary>What lies in a bin, of all sellers.</summary>
    public BinFill Fill(string node, Bin bin)
    {
        var lying = Stock("s.bin = @bin", new { node, bin = bin.Id });
        return Fill(new(bin, 0), lying, Sizes(lying));
    }

    /// <summary>These bins of a node, as far as there are such, with what lies in them, of all sellers.</summary>
    public IReadOnlyList<BinFill> Fills(string node, IEnumerable<string> bins)
    {
        List<BinFill> fills = [];
        foreach (var some in bins.Distinct().Chunk(MostAsked))
        {
            var known = _database.Query<Stored>(
                $"select state as State from bins where node = @node and bin {_database.Among("@some")}",
                new { node, some });
            var lying = Stock($"s.bin {_database.Among("@some")}", new { node, some });
            var (sizes, byBin) = (Sizes(lying), lying.ToLookup(r => r.Bin));
            fills.AddRange(known.Select(b => Read(b.State)).Select(b => Fill(b, byBin[b.Bin.Id], sizes)));
        }

        return fills;
    }

    /// <summary>
    /// Where free units of these SKUs of a seller lie in the reserve: the lot that is over first first, then the place
    /// that becomes empty first.
    /// </summary>
    public IReadOnlyList<(string Bin, BinStock Stock)> Reserve(string node, string seller, IEnumerable<string> skus)
    {
        List<LyingRow> lying = [];
        foreach (var some in skus.Distinct().Chunk(MostAsked))
        {
            lying.AddRange(Stock(
                $"s.seller = @seller and s.sku {_database.Among("@some")} and exists (select 1 from bins b "
                + "where b.node = s.node and b.bin = s.bin and b.role = 'reserve')", new { node, seller, some }));
        }

        return
        [
            .. from row in lying
               let stock = StockOf(row, default)
               where stock.Free > 0
               orderby stock.Expires ?? DateOnly.MaxValue, stock.Free, row.Bin
               select (row.Bin, stock),
        ];
    }

    static BinFill Fill(
        BinNow bin, IEnumerable<LyingRow> lying, Dictionary<(string Seller, string Sku), UnitSize> sizes) => new(bin,
    [
        .. lying.Select(r => StockOf(r, sizes.GetValueOrDefault((r.Seller, r.Sku)))),
    ]);

    static BinStock StockOf(LyingRow r, UnitSize size) => new(
        r.Seller, r.Sku, Told(r.Lot), r.Units, r.Free, size,
        r.Expires == "" ? null : DateOnly.Parse(r.Expires, CultureInfo.InvariantCulture));

    /// <summary>Units by bin, SKU and lot.</summary>
    IReadOnlyList<LyingRow> Stock(string where, object arguments) =>
        _database.Query<LyingRow>(
            "select s.bin as Bin, s.seller as Seller, s.sku as Sku, s.lot as Lot, "
            + "cast(sum(s.units) as bigint) as Units, cast(sum(case when s.state = 'available' and s.order_id = '' "
            + "and coalesce(l.status, 'good') = 'good' then s.units else 0 end) as bigint) as Free, "
            + "coalesce(min(l.expires), '') as Expires from slots s "
            + "left join lots l on l.seller = s.seller and l.sku = s.sku and l.lot = s.lot "
            + $"where s.node = @node and {where} and s.units > 0 group by s.bin, s.seller, s.sku, s.lot "
            + "order by s.bin, s.seller, s.sku, s.lot", arguments);

    /// <summary>How big and heavy units are, as far as their cards tell.</summary>
    Dictionary<(string Seller, string Sku), UnitSize> Sizes(IEnumerable<LyingRow> rows)
    {
        Dictionary<(string, string), UnitSize> sizes = [];
        foreach (var group in rows.Select(r => (r.Seller, r.Sku)).Distinct().GroupBy(r => r.Seller))
        {
            foreach (var skus in group.Select(g => g.Sku).Chunk(MostAsked))
            {
                var cards = _database.Query<CardRow>(
                    "select sku as Sku, card as Card from skus where seller = @seller and sku "
                    + _database.Among("@skus"),
                    new { seller = group.Key, skus });
                foreach (var row in cards)
                    sizes[(group.Key, row.Sku)] = SizeOf(
                        JsonSerializer.Deserialize(row.Card, SkuCardJson.Default.SkuCard)?.Product);
            }
        }

        return sizes;
    }

    /// <summary>How big and heavy a unit is; 0 where it is not told.</summary>
    public static UnitSize SizeOf(ProductFacts? product) => product is null ? default
        : new((long)product.LengthMm * product.WidthMm * product.HeightMm, product.Grams);

    IReadOnlyList<BinUnits> Units(string where, object arguments) =>
        [.. _database.Query<BinUnits>(
            "select bin as Bin, seller as Seller, sku as Sku, state as State, lot as Lot, lpn as Lpn, "
            + $"order_id as OrderId, units as Units from slots where node = @node and units > 0{where} limit @count",
            arguments).Select(u => u with { Lot = Told(u.Lot), Lpn = Told(u.Lpn), OrderId = Told(u.OrderId) })];

    static string? Told(string? text) => text?.Length > 0 ? text : null;

    static BinNow Read(string state) => JsonSerializer.Deserialize(state, BinJson.Default.BinNow)!;

    sealed class Row
    {
        public BinNow? Now { get; set; }
    }

    sealed class LyingRow
    {
        public string Bin { get; init; } = "";

        public string Seller { get; init; } = "";

        public string Sku { get; init; } = "";

        public string Lot { get; init; } = "";

        public long Units { get; init; }

        public long Free { get; init; }

        public string Expires { get; init; } = "";
    }

    sealed record CardRow(string Sku, string Card);

    sealed class Stored
    {
        public string State { get; init; } = "";
    }
}

/// <summary>How a bin is written into its row.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(BinNow))]
sealed partial class BinJson : JsonSerializerContext;
