using Fulfillment.Inventory;

namespace Fulfillment.Views;

/// <summary>Units of a SKU that lie together and are alike; null: not known. <c>OrderId</c>: picked for it.</summary>
public sealed record SlotRow(
    string Sku, string Node, string State, string? Bin, string? Lot, string? Lpn, string? OrderId, long Units);

/// <summary>
/// Something that happened to units of a lot or to a serial: so many came (or, below zero, left) at the node in the
/// state. <c>OrderId</c>: picked for it, or shipped to it. Times in ms since 1970. <c>Movement</c>: by its id; null
/// where it has none.
/// </summary>
public sealed record UnitMoveRow(
    string Sku, string? Lot, string? Serial, string Type, string Node, string State, string? Bin, string? Lpn,
    string? OrderId, long Units, string Actor, long At, long Position, long Part, string? Movement = null);

/// <summary>A lot in a list. <c>Expires</c>: YYYY-MM-DD, null for none. <c>Units</c>: on hand in all states.</summary>
public sealed record LotRow(
    string Sku, string Lot, string? Expires, string Status, string? Reason, long Units, long Position);

/// <summary>An order that got units of a lot.</summary>
public sealed record LotOrderRow
{
    /// <summary>Which.</summary>
    public string OrderId { get; init; } = "";

    /// <summary>How many.</summary>
    public long Units { get; init; }

    /// <summary>When it got the first, in ms since 1970.</summary>
    public long At { get; init; }
}

/// <summary>Where units lie, over all SKUs; the lots; and all that happened to each lot and serial.</summary>
public sealed class SlotView(ViewDatabase database) : IView
{
    const int MostAsked = 500;

    // A key column cannot be null: what is not known is "" in the tables.
    readonly Rows<(string Seller, string Sku, string Place), SlotUnits> _slots = new(key => database.Query<SlotUnits>(
        "select node as Node, state as State, bin as Bin, lot as Lot, lpn as Lpn, order_id as OrderId, units as Units "
        + "from slots where seller = @Seller and sku = @Sku and place = @Place",
        new { key.Seller, key.Sku, key.Place }).SingleOrDefault());

    readonly Rows<(string Seller, string Sku, string Lot), LotUnits> _lots = new(key => database.Query<LotUnits>(
        "select expires as Expires, status as Status, reason as Reason, units as Units, position as Position "
        + "from lots where seller = @Seller and sku = @Sku and lot = @Lot",
        new { key.Seller, key.Sku, key.Lot }).SingleOrDefault());

    readonly List<(string Seller, UnitMoveRow Row)> _moves = [];

    string IView.Tables =>
        """
        create table slots(
            seller text not null, sku text not null, place text not null, node text not null, state text not null,
            bin text not null, lot text not null, lpn text not null, order_id text not null, units bigint not null,
            primary key (seller, sku, place)) {clustered};
        create index slots_by_bin on slots(node, bin);
        create index slots_by_lpn on slots(lpn);
        create table lots(
            seller text not null, sku text not null, lot text not null, expires text, status text not null,
            reason text, units bigint not null, position bigint not null, primary key (seller, sku, lot)) {clustered};
        create index lots_by_day on lots(seller, expires);
        create table unit_moves(
            seller text not null, sku text not null, lot text not null, serial text not null, type text not null,
            node text not null, state text not null, bin text not null, lpn text not null, order_id text not null,
            units bigint not null, actor text not null, at bigint not null, position bigint not null,
            part bigint not null, movement text not null, primary key (position, part)) {clustered};
        create index unit_moves_by_lot on unit_moves(seller, sku, lot, position);
        create index unit_moves_by_serial on unit_moves(seller, serial, position)
        """;

    void IView.Apply(Fact fact)
    {
        if (fact.Event is not SkuEvent happened) return;
        var (seller, sku) = (fact.Entity.Seller, fact.Entity.Name);
        var (part, told) = (0L, 0);
        // What has left comes first; units that the order gave back for it only change whose they are.
        var left = happened switch
        {
            SkuEvent.StockShipped { Slots.IsDefault: false } e => e.Slots.Length,
            SkuEvent.StockAdjusted => int.MaxValue,
            _ => 0,
        };
        foreach (var change in Sku.SlotChanges(happened))
        {
            var isGone = told++ < left;
            Put(seller, sku, change);
            if (change.Lot is { } lot) LotOf(fact, lot).Units += change.Units;
            // A change that only says for whom units lie there is told once, as they come.
            if (change.Units < 0 && !isGone) continue;
            string?[] serials = change.Serials.IsDefaultOrEmpty ? [null] : [.. change.Serials];
            var units = serials is [null] ? change.Units : Math.Sign(change.Units);
            var order = (isGone ? (happened as SkuEvent.StockShipped)?.Order : null) ?? change.Order;
            foreach (var serial in change.Lot is null && serials is [null] ? [] : serials)
            {
                _moves.Add((seller, new(
                    sku, change.Lot, serial, fact.Type, change.Node, Words.Kebab($"{change.State}"), change.Bin,
                    change.Lpn, order, units, fact.Origin.Actor, fact.At.ToUnixTimeMilliseconds(), fact.Position,
                    part++, MovementOf(happened))));
            }
        }

        Note(fact, happened);
    }

    static string? MovementOf(SkuEvent happened) => happened switch
    {
        SkuEvent.StockReceived e => e.Id,
        SkuEvent.StockAdjusted e => e.Id,
        SkuEvent.StockMoved e => e.Id,
        SkuEvent.StockArrived e => e.Id,
        SkuEvent.StockPicked e => e.Id,
        SkuEvent.StockUnpicked e => e.Id,
        _ => null,
    };

    void Note(Fact fact, SkuEvent happened)
    {
        switch (happened)
        {
            case SkuEvent.StockReceived { What: { Lot: { } lot, Expires: { } day } }:
                LotOf(fact, lot).Expires = day.ToString("O");
                break;
            case SkuEvent.StockAdjusted { What: { Lot: { } lot, Expires: { } day } }:
                LotOf(fact, lot).Expires = day.ToString("O");
                break;
            case SkuEvent.LotRecalled e:
                LotOf(fact, e.Lot).Mark(LotStatus.Recalled, e.Reason);
                break;
            case SkuEvent.LotExpired e:
                LotOf(fact, e.Lot).Mark(LotStatus.Expired, null);
                break;
            case SkuEvent.LotCleared e:
                LotOf(fact, e.Lot).Mark(LotStatus.Good, null);
                break;
        }
    }

    void Put(string seller, string sku, Slot s)
    {
        if (!Sku.HasSlot(s)) return;
        var place = string.Join('\n', s.Node, s.State, s.Bin, s.Lot, s.Lpn, s.Order, s.Serials.IsDefault);
        var row = _slots.Change((seller, sku, place));
        if (row is null)
        {
            _slots.Add((seller, sku, place), row = new()
            {
                Node = s.Node,
                State = Words.Kebab($"{s.State}"),
                Bin = s.Bin ?? "",
                Lot = s.Lot ?? "",
                Lpn = s.Lpn ?? "",
                OrderId = s.Order ?? "",
            });
        }

        row.Units += s.Units;
    }

    LotUnits LotOf(Fact fact, string lot)
    {
        (string, string, string) key = (fact.Entity.Seller, fact.Entity.Name, lot);
        if (_lots.Change(key) is { } known) return known;
        LotUnits made = new() { Position = fact.Position };
        _lots.Add(key, made);
        return made;
    }

    void IView.Flush(SqlWriter writer)
    {
        _slots.Flush((key, r) => writer.Run(
            "insert into slots(seller, sku, place, node, state, bin, lot, lpn, order_id, units) "
            + "values($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
            + "on conflict (seller, sku, place) do update set units = excluded.units",
            key.Seller, key.Sku, key.Place, r.Node, r.State, r.Bin, r.Lot, r.Lpn, r.OrderId, r.Units));
        _lots.Flush((key, r) => writer.Run(
            "insert into lots(seller, sku, lot, expires, status, reason, units, position) "
            + "values($1, $2, $3, $4, $5, $6, $7, $8) on conflict (seller, sku, lot) do update set "
            + "expires = excluded.expires, status = excluded.status, reason = excluded.reason, units = excluded.units",
            key.Seller, key.Sku, key.Lot, r.Expires, r.Status, r.Reason, r.Units, r.Position));
        foreach (var (seller, m) in _moves)
        {
            writer.Run(
                "insert into unit_moves(seller, sku, lot, serial, type, node, state, bin, lpn, order_id, units, actor, "
                + "at, position, part, movement) "
                + "values($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) "
                + "on conflict do nothing",
                seller, m.Sku, m.Lot ?? "", m.Serial ?? "", m.Type, m.Node, m.State, m.Bin ?? "", m.Lpn ?? "",
                m.OrderId ?? "", m.Units, m.Actor, m.At, m.Position, m.Part, m.Movement ?? "");
        }

        _moves.Clear();
    }

    void IView.Forget()
    {
        _slots.Forget();
        _lots.Forget();
        _moves.Clear();
    }

    /// <summary>What a seller has at a node, by bin, LPN, lot or SKU (null: any); by SKU and place.</summary>
    public Page<SlotRow> At(
        string seller, string node, string? bin, string? lpn, string? lot, string? sku, string? after, int limit)
    {
        var (afterSku, afterPlace) = after?.Split('|', 2) is [var a, var b] ? (a, b) : ("", "");
        var rows = database.Query<SlotListRow>(
            "select sku as Sku, place as Place, node as Node, state as State, bin as Bin, lot as Lot, lpn as Lpn, "
            + "order_id as OrderId, units as Units from slots where seller = @seller and node = @node and units > 0"
            + (bin is null ? "" : " and bin = @bin") + (lpn is null ? "" : " and lpn = @lpn")
            + (lot is null ? "" : " and lot = @lot") + (sku is null ? "" : " and sku = @sku")
            + " and (sku > @afterSku or (sku = @afterSku and place > @afterPlace)) order by sku, place limit @count",
            new { seller, node, bin, lpn, lot, sku, afterSku, afterPlace, count = limit + 1 });
        return new(
            [.. rows.Take(limit).Select(r => new SlotRow(
                r.Sku, r.Node, r.State, Told(r.Bin), Told(r.Lot), Told(r.Lpn), Told(r.OrderId), r.Units))],
            rows.Count > limit ? $"{rows[limit - 1].Sku}|{rows[limit - 1].Place}" : null);
    }

    /// <summary>Units of these SKUs at a node that are picked for orders.</summary>
    public Dictionary<(string Order, string Sku), long> Picked(string seller, string node, IEnumerable<string> skus)
    {
        Dictionary<(string, string), long> picked = [];
        foreach (var some in skus.Distinct().Chunk(MostAsked))
        {
            var rows = database.Query<PickedRow>(
                "select order_id as OrderId, sku as Sku, cast(sum(units) as bigint) as Units from slots "
                + $"where seller = @seller and sku {database.Among("@some")} and node = @node and order_id > '' "
                + "and units > 0 group by order_id, sku", new { seller, node, some });
            foreach (var row in rows) picked[(row.OrderId, row.Sku)] = row.Units;
        }

        return picked;
    }

    /// <summary>
    /// Lots with units on hand that are over on that day or before, or of that status, soonest first; both null: all.
    /// </summary>
    public Page<LotRow> Lots(string seller, string? until, string? status, string? after, int limit)
    {
        var skip = int.TryParse(after, out var n) && n > 0 ? n : 0;
        var rows = database.Query<LotRow>(
            "select sku as Sku, lot as Lot, expires as Expires, status as Status, reason as Reason, units as Units, "
            + "position as Position from lots where seller = @seller and units > 0"
            + (until is null ? "" : " and expires <= @until") + (status is null ? "" : " and status = @status")
            + " order by coalesce(expires, '9999'), sku, lot limit @count offset @skip",
            new { seller, until, status, skip, count = limit + 1 });
        return new([.. rows.Take(limit)], rows.Count > limit ? $"{skip + limit}" : null);
    }

    /// <summary>Who got units of a lot, and how many, first first.</summary>
    public Page<LotOrderRow> OrdersOf(string seller, string sku, string lot, string? after, int limit)
    {
        var skip = int.TryParse(after, out var n) && n > 0 ? n : 0;
        var rows = database.Query<LotOrderRow>(
            "select order_id as OrderId, cast(-sum(units) as bigint) as Units, cast(min(at) as bigint) as At "
            + "from unit_moves where seller = @seller and sku = @sku and lot = @lot and type = 'stock-shipped' "
            + "group by order_id order by min(position), order_id limit @count offset @skip",
            new { seller, sku, lot, skip, count = limit + 1 });
        return new([.. rows.Take(limit)], rows.Count > limit ? $"{skip + limit}" : null);
    }

    /// <summary>All that happened to units of a lot, newest first.</summary>
    public Page<UnitMoveRow> MovesOfLot(string seller, string sku, string lot, string? before, int limit) => Moves(
        "seller = @seller and sku = @sku and lot = @lot and position < @before",
        new { seller, sku, lot, before = Cursor.Read(before), count = limit + 1 }, limit);

    /// <summary>All that happened to units with a serial, newest first.</summary>
    public Page<UnitMoveRow> MovesOfSerial(string seller, string serial, string? before, int limit) => Moves(
        "seller = @seller and serial = @serial and position < @before",
        new { seller, serial, before = Cursor.Read(before), count = limit + 1 }, limit);

    Page<UnitMoveRow> Moves(string where, object arguments, int limit)
    {
        var rows = database.Query<UnitMoveRow>(
            "select sku as Sku, lot as Lot, serial as Serial, type as Type, node as Node, state as State, bin as Bin, "
            + "lpn as Lpn, order_id as OrderId, units as Units, actor as Actor, at as At, position as Position, "
            + "part as Part, movement as Movement from unit_moves "
            + $"where {where} order by position desc, part limit @count", arguments);
        return Cursor.Page([.. rows.Select(r => r with
        {
            Lot = Told(r.Lot),
            Serial = Told(r.Serial),
            Bin = Told(r.Bin),
            Lpn = Told(r.Lpn),
            OrderId = Told(r.OrderId),
            Movement = Told(r.Movement),
        })], limit, r => r.Position);
    }

    static string? Told(string? text) => text?.Length > 0 ? text : null;

    sealed class PickedRow
    {
        public string OrderId { get; init; } = "";

        public string Sku { get; init; } = "";

        public long Units { get; init; }
    }

    sealed class SlotUnits
    {
        public string Node { get; init; } = "";

        public string State { get; init; } = "";

        public string Bin { get; init; } = "";

        public string Lot { get; init; } = "";

        public string Lpn { get; init; } = "";

        public string OrderId { get; init; } = "";

        public long Units { get; set; }
    }

    sealed record SlotListRow(
        string Sku, string Place, string Node, string State, string Bin, string Lot, string Lpn, string OrderId,
        long Units);

    sealed class LotUnits
    {
        public string? Expires { get; set; }

        public string Status { get; set; } = "good";

        public string? Reason { get; set; }

        public long Units { get; set; }

        public long Position { get; init; }

        public void Mark(LotStatus status, string? reason) => (Status, Reason) = (Words.Kebab($"{status}"), reason);
    }
}
