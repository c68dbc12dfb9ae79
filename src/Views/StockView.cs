using System.Text.Json;
using System.Text.Json.Serialization;
using Fulfillment.Inventory;

namespace Fulfillment.Views;

/// <summary>A SKU in a list: what the catalogue says, and its stock on all nodes.</summary>
public sealed record SkuRow(
    string Sku, SkuCard Card, long OnHand, long Held, long Committed, long Available, long Position);

/// <summary>
/// A physical movement of a SKU. <c>Quantity</c>: signed for what is on hand. Times in ms since 1970. <c>Supply</c>:
/// the one that a receipt is of; null for none. What is told of the units, null: nothing; <c>Serials</c>: a line each;
/// <c>Expires</c>: YYYY-MM-DD. <c>Occurred</c>: when it happened, which is <c>At</c> unless it was told later.
/// <c>Over</c>: limits of the bin that were knowingly passed; null for none.
/// </summary>
public sealed record MovementRow(
    string Id, string Type, string Node, string? FromState, string? ToState, long Quantity, string Reason, string Actor,
    long At, long Position, string? Supply = null, long Occurred = 0, string Cause = "",
    string? Bin = null, string? Lot = null, string? Lpn = null,
    string? Serials = null, string? Expires = null, string? ToBin = null, string? ToLpn = null, string? Over = null)
{
    /// <summary>With what is told of its units.</summary>
    public MovementRow Of(Particulars? what) => what is null ? this : this with
    {
        Bin = what.Bin,
        Lot = what.Lot,
        Lpn = what.Lpn,
        Serials = what.Serials.IsDefaultOrEmpty ? null : string.Join('\n', what.Serials),
        Expires = what.Expires?.ToString("O"),
    };
}

/// <summary>The SKUs and their stock, and every physical movement.</summary>
public sealed class StockView(ViewDatabase database) : IView
{
    /// <summary>The most SKUs of one question to the database.</summary>
    const int MostAsked = 500;

    readonly Rows<EntityId, Row> _rows = new(key => database.Query<Row>(
        "select card, on_hand as OnHand, held, committed, available, position from skus "
        + "where seller = @Seller and sku = @Sku",
        new { key.Seller, Sku = key.Name }).SingleOrDefault(), most: 20_000);

    readonly List<(EntityId Sku, MovementRow Row)> _movements = [];

    string IView.Tables =>
        """
        create table skus(
            seller text not null, sku text not null, card text not null, on_hand bigint not null, held bigint not null,
            committed bigint not null, available bigint not null, position bigint not null,
            primary key (seller, sku)) {clustered};
        create table movements(
            seller text not null, sku text not null, id text not null, type text not null, node text not null,
            from_state text, to_state text, quantity bigint not null, reason text not null, actor text not null,
            at bigint not null, position bigint not null, supply text, occurred bigint not null, cause text not null,
            bin text, lot text, lpn text, serials text, expires text, to_bin text, to_lpn text, beyond text,
            primary key (seller, sku, id)) {clustered};
        create index movements_by_age on movements(seller, sku, position);
        create index movements_by_occurrence on movements(seller, sku, occurred, position)
        """;

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not SkuEvent happened) return;
        if (_rows.Change(fact.Entity) is not { } row) _rows.Add(fact.Entity, row = new() { Position = fact.Position });
        row.After(happened);
        // In a rush most events are these two, and move nothing.
        if (happened is SkuEvent.StockReserved or SkuEvent.StockAllocated) return;
        foreach (var movement in MovementsOf(fact, happened)) _movements.Add((fact.Entity, movement));
    }

    void IView.Flush(SqlWriter writer)
    {
        _rows.Flush((key, r) => writer.Run(
            "insert into skus(seller, sku, card, on_hand, held, committed, available, position) "
            + "values($1, $2, $3, $4, $5, $6, $7, $8) on conflict (seller, sku) do update set card = excluded.card, "
            + "on_hand = excluded.on_hand, held = excluded.held, committed = excluded.committed, "
            + "available = excluded.available",
            key.Seller, key.Name, r.Card, r.OnHand, r.Held, r.Committed, r.Available, r.Position));
        foreach (var (sku, m) in _movements)
        {
            writer.Run(
                "insert into movements("
                + "seller, sku, id, type, node, from_state, to_state, quantity, reason, actor, at, position, supply, "
                + "occurred, cause, bin, lot, lpn, serials, expires, to_bin, to_lpn, beyond) values($1, $2, $3, $4, "
                + "$5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) "
                + "on conflict do nothing",
                sku.Seller, sku.Name, m.Id, m.Type, m.Node, m.FromState, m.ToState, m.Quantity, m.Reason, m.Actor,
                m.At, m.Position, m.Supply, m.Occurred, m.Cause, m.Bin, m.Lot, m.Lpn, m.Serials, m.Expires, m.ToBin,
                m.ToLpn, m.Over);
        }

        _movements.Clear();
    }

    void IView.Forget()
    {
        _rows.Forget();
        _movements.Clear();
    }

    /// <summary>SKUs of a seller by id. <paramref name="after"/>: the last id of the page before.</summary>
    public Page<SkuRow> List(string seller, string? after, int limit)
    {
        var rows = database.Query<ListRow>(
            "select sku as Sku, card as Card, on_hand as OnHand, held as Held, committed as Committed, "
            + "available as Available, position as Position from skus where seller = @seller and sku > @after "
            + "order by sku limit @count", new { seller, after = after ?? "", count = limit + 1 });
        return new(
            [.. rows.Take(limit).Select(r => new SkuRow(
                r.Sku, Row.Read(r.Card), r.OnHand, r.Held, r.Committed, r.Available, r.Position))],
            rows.Count > limit ? rows[limit - 1].Sku : null);
    }

    /// <summary>The card of a SKU; null when it has none.</summary>
    public SkuCard? Card(string seller, string sku) => database.Query<string>(
        "select card from skus where seller = @seller and sku = @sku", new { seller, sku }).SingleOrDefault()
        is { Length: > 0 } card ? Row.Read(card) : null;

    /// <summary>
    /// Units of these SKUs that left the node with orders since then (ms since 1970); those of which none did are
    /// missing.
    /// </summary>
    public IReadOnlyDictionary<string, long> Velocity(string seller, string node, IEnumerable<string> skus, long since)
    {
        Dictionary<string, long> left = new(StringComparer.Ordinal);
        foreach (var some in skus.Distinct().Chunk(MostAsked))
        {
            var rows = database.Query<LeftRow>(
                "select sku as Sku, cast(sum(-quantity) as bigint) as Units from movements where seller = @seller "
                + $"and sku {database.Among("@some")} and occurred >= @since and node = @node "
                + "and type = 'shipment' group by sku",
                new { seller, node, some, since });
            foreach (var row in rows) left[row.Sku] = row.Units;
        }

        return left;
    }

    /// <summary>Movements of a SKU, newest first. <paramref name="before"/>: the cursor of a page.</summary>
    public Page<MovementRow> Movements(string seller, string sku, string? before, int limit)
    {
        var rows = database.Query<MovementRow>(
            MovementColumns + " where seller = @seller and sku = @sku and position < @before "
            + "order by position desc limit @count",
            new { seller, sku, before = Cursor.Read(before), count = limit + 1 });
        return Cursor.Page(rows, limit, r => r.Position);
    }

    /// <summary>
    /// Movements of a SKU that happened no later than <paramref name="at"/> and were told no later than
    /// <paramref name="known"/> (ms since 1970), the last to happen first. <paramref name="before"/>: the cursor.
    /// </summary>
    public Page<MovementRow> Movements(string seller, string sku, long at, long known, string? before, int limit)
    {
        var (occurred, position) = (long.MaxValue, long.MaxValue);
        if (before is not null)
        {
            if (before.Split('-') is not [var first, var second])
                throw new FormatException("The cursor is not one that a page ended with.");
            (occurred, position) = (Cursor.Part(first), Cursor.Part(second));
        }

        // What was told by then happened by then.
        var rows = database.Query<MovementRow>(
            MovementColumns + " where seller = @seller and sku = @sku and occurred <= @last "
            + "and (occurred, position) < (@occurred, @position) and at <= @known "
            + "order by occurred desc, position desc limit @count",
            new { seller, sku, last = Math.Min(at, known), occurred, position, known, count = limit + 1 });
        return rows.Count <= limit ? new(rows, null)
            : new([.. rows.Take(limit)], $"{rows[limit - 1].Occurred:x}-{rows[limit - 1].Position:x}");
    }

    /// <summary>A movement by its id; null when there is none.</summary>
    public MovementRow? Movement(string seller, string sku, string id) => database.Query<MovementRow>(
        MovementColumns + " where seller = @seller and sku = @sku and id = @id",
            new { seller, sku, id }).SingleOrDefault();

    const string MovementColumns =
        "select id as Id, type as Type, node as Node, from_state as FromState, to_state as ToState, "
        + "quantity as Quantity, "
        + "reason as Reason, actor as Actor, at as At, position as Position, supply as Supply, "
        + "occurred as Occurred, cause as Cause, bin as Bin, lot as Lot, lpn as Lpn, serials as Serials, "
        + "expires as Expires, to_bin as ToBin, to_lpn as ToLpn, beyond as Over from movements";

    static IEnumerable<MovementRow> MovementsOf(Fact fact, SkuEvent happened)
    {
        var at = fact.At.ToUnixTimeMilliseconds();
        var occurred = Sku.OccurredAt(happened)?.ToUnixTimeMilliseconds() ?? at;
        MovementRow Row(
            string id, string type, string node, StockState? from, StockState? to, long quantity, string reason) =>
            new(id, type, node, from is null ? null : Words.Kebab($"{from}"), to is null ? null : Words.Kebab($"{to}"),
                quantity, reason, fact.Origin.Actor, at, fact.Position, null, occurred, fact.Origin.Cause);

        return happened switch
        {
            SkuEvent.StockReceived e =>
                [
                Row(e.Id, "receipt", e.Node, null, e.State, e.Quantity, e.Reason).Of(e.What) with
                {
                    Supply = e.Supply,
                    Over = e.Over,
                },
            ],
            SkuEvent.StockAdjusted e => [Row(e.Id, "adjustment", e.Node, null, e.State, e.Delta, e.Reason).Of(e.What)],
            SkuEvent.StockMoved e => [
                Row(e.Id, "move", e.Node, e.From, e.To, e.Quantity, e.Reason).Of(e.What) with
                {
                    ToBin = e.ToBin,
                    ToLpn = e.ToLpn,
                    Over = e.Over,
                },
            ],
            SkuEvent.StockArrived e =>
                [Row(e.Id, "arrival", e.Node, StockState.InTransit, e.State, e.Quantity, e.Reason) with
                {
                    Supply = e.Supply,
                }],
            SkuEvent.StockShipped e => e.Picks.Select(p => Row(
                $"{e.Order}/{e.Step}/{p.Node}", "shipment", p.Node, StockState.Available, null, -p.Units,
                $"order {e.Order}")),
            _ => [],
        };
    }

    sealed class Row
    {
        public string Card { get; set; } = "";

        public long OnHand { get; set; }

        public long Held { get; set; }

        public long Committed { get; set; }

        public long Available { get; set; }

        public long Position { get; init; }

        static int Here(StockState state, int units) => state == StockState.InTransit ? 0 : units;

        public static SkuCard Read(string card) => JsonSerializer.Deserialize(card, SkuCardJson.Default.SkuCard)!;

        public void After(SkuEvent happened)
        {
            switch (happened)
            {
                case SkuEvent.SkuDefined e:
                    Card = JsonSerializer.Serialize(e.Card, SkuCardJson.Default.SkuCard);
                    return;
                case SkuEvent.StockReceived e:
                    (OnHand, Available) = (OnHand + Here(e.State, e.Quantity), e.Available);
                    return;
                case SkuEvent.StockAdjusted e:
                    (OnHand, Available) = (OnHand + Here(e.State, e.Delta), e.Available);
                    return;
                case SkuEvent.StockMoved e:
                    (OnHand, Available) =
                        (OnHand + Here(e.To, e.Quantity) - Here(e.From, e.Quantity), e.Available);
                    return;
                case SkuEvent.StockArrived e:
                    (OnHand, Available) = (OnHand + e.Quantity, e.Available);
                    return;
                case SkuEvent.StockReserved e:
                    (Held, Available) = (Held + e.Held, e.Available);
                    return;
                case SkuEvent.StockAllocated e:
                    var units = e.Picks.Sum(p => p.Units);
                    (Held, Committed, Available) = (Held - units, Committed + units, e.Available);
                    return;
                case SkuEvent.StockReturned e:
                    var back = e.Picks.Sum(p => p.Units);
                    (Held, Committed, Available) = (Held + back, Committed - back, e.Available);
                    return;
                case SkuEvent.StockReleased e:
                    (Held, Committed, Available) = (Held - e.Held, Committed - e.Picks.Sum(p => p.Units), e.Available);
                    return;
                case SkuEvent.StockShipped e:
                    var left = e.Picks.Sum(p => p.Units);
                    (OnHand, Committed, Available) = (OnHand - left, Committed - left, e.Available);
                    return;
                case SkuEvent.BackorderFilled e:
                    (Held, Available) = (Held + e.Units, e.Available);
                    return;
                case SkuEvent.HoldExpired e:
                    (Held, Available) = (Held - e.Held, e.Available);
                    return;
            }
        }
    }

    sealed class LeftRow
    {
        public string Sku { get; init; } = "";

        public long Units { get; init; }
    }

    sealed class ListRow
    {
        public string Sku { get; init; } = "";

        public string Card { get; init; } = "";

        public long OnHand { get; init; }

        public long Held { get; init; }

        public long Committed { get; init; }

        public long Available { get; init; }

        public long Position { get; init; }
    }
}

/// <summary>How a SKU's card is written into its row.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(SkuCard))]
sealed partial class SkuCardJson : JsonSerializerContext;
