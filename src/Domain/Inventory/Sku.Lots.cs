using System.Collections.Immutable;

namespace Fulfillment.Inventory;

// Lots: which may be sold, and what becomes of one that may not.
public sealed partial record Sku
{
    static Decision<SkuEvent> RecallLot(Sku sku, SkuCommand.RecallLot c)
    {
        if (sku.RefuseLot(c.Lot) is { } refused) return refused;
        var lot = sku.LotOf(c.Lot)!;
        if (lot.Status == LotStatus.Recalled) return sku.AboutLot(LotReplyStatus.AlreadyDone, c.Lot, []);

        var after = sku.Mark(c.Lot, LotStatus.Recalled, c.Reason);
        return after.AboutLot(
            LotReplyStatus.Done, c.Lot,
            [new SkuEvent.LotRecalled(c.Lot, c.Reason, sku.Available), .. after.Block(sku.Version + 2)]);
    }

    static Decision<SkuEvent> ClearLot(Sku sku, SkuCommand.ClearLot c)
    {
        if (sku.RefuseLot(c.Lot) is { } refused) return refused;
        if (sku.LotOf(c.Lot)!.Status == LotStatus.Good) return sku.AboutLot(LotReplyStatus.AlreadyDone, c.Lot, []);

        return sku.Mark(c.Lot, LotStatus.Good, null)
            .AboutLot(LotReplyStatus.Done, c.Lot, new SkuEvent.LotCleared(c.Lot, c.Reason, sku.Available));
    }

    /// <summary>A timer: a lot comes near its end, or is there.</summary>
    static Decision<SkuEvent> CheckLot(Sku sku, SkuCommand.CheckLot c, Turn turn)
    {
        if (sku.LotOf(c.Lot) is not { Status: LotStatus.Good, Expires: { } expires } lot || sku.Card is null)
            return new(Done.It);
        if (turn.Now >= sku.SoldUntil(expires))
        {
            var after = sku.Mark(c.Lot, LotStatus.Expired, null);
            return new(
                Done.It, [new SkuEvent.LotExpired(c.Lot, sku.Available), .. after.Block(sku.Version + 2)]);
        }

        var units = sku.Slots.Told().Sum(s => s.Lot == c.Lot ? s.Units : 0);
        return units == 0 || lot.Alerted || turn.Now < sku.AlertAt(expires) ? new(Done.It)
            : new(Done.It, new SkuEvent.LotNearExpiry(c.Lot, expires, units, sku.Available));
    }

    static Decision<SkuEvent> GetLot(Sku sku, SkuCommand.GetLot c) =>
        sku.RefuseLot(c.Lot) ?? sku.AboutLot(LotReplyStatus.AlreadyDone, c.Lot, []);

    static Decision<SkuEvent> GetSlots(Sku sku, SkuCommand.GetSlots c) => new(new SlotsReply(
        sku.Card,
        [.. sku.Slots.Told().Where(s => c.Node is null || s.Node == c.Node).OrderBy(sku.Expiry).ThenBy(sku.Age)],
        sku.Lots.IsDefault ? [] : sku.Lots));

    Decision<SkuEvent>? RefuseLot(string lot) =>
        Card is null ? Refuse(LotReplyStatus.UnknownSku)
        : LotOf(lot) is null ? Refuse(LotReplyStatus.UnknownLot) : null;

    static Decision<SkuEvent> Refuse(LotReplyStatus status) => new(new LotReply(status, null, [], [], [], []));

    const string BlockPrefix = "block:";

    /// <summary>What is to be said of a lot that is marked already, once the events have moved its units.</summary>
    Decision<SkuEvent> AboutLot(LotReplyStatus status, string lot, params SkuEvent[] events)
    {
        var after = this with { Slots = Slots.With(events.SelectMany(SlotBook.Changes)) };
        var left = after.Slots.Told().Where(s => s is { State: StockState.Available, Order: null } && s.Lot == lot)
            .ToImmutableArray();
        var nodes = left.Select(s => s.Node).ToHashSet();
        return new(
            new LotReply(
                status, after.LotOf(lot),
                [.. events.OfType<SkuEvent.StockMoved>().SelectMany(e => e.Slots).Where(s => s.Lot == lot)], left,
                [.. Claims.Open.Where(c => c.Allocated.Any(a => nodes.Contains(a.Node))).Select(c => c.Order)
                    .Order(StringComparer.Ordinal).Take(MaxTold)],
                [.. after.Slots.Told().Where(s => s.Order is not null && s.Lot == lot)]),
            events);
    }

    /// <summary>
    /// Moves to quarantine of what is sellable, not promised, and of a lot that may not be sold: as many as can be
    /// spared, slot by slot, at most <see cref="MaxPerTurn"/> moves. <paramref name="version"/>: that of the first.
    /// </summary>
    SkuEvent[] Block(long version)
    {
        if (!HasBlocked) return [];
        List<SkuEvent> moves = [];
        var available = Available;
        var free = Nodes.ToDictionary(n => n.Node, n => n.Free);
        foreach (var slot in Slots.Where(IsBlocked))
        {
            var most = (int)Math.Min(int.MaxValue, Math.Min(slot.Units, Math.Min(free[slot.Node], available)));
            if (most <= 0 || moves.Count == MaxPerTurn) continue;
            available -= most;
            free[slot.Node] -= most;
            var lot = LotOf(slot.Lot)!;
            moves.Add(new SkuEvent.StockMoved(
                $"{BlockPrefix}{version + moves.Count}", slot.Node, StockState.Available, StockState.Quarantine, most,
                lot.Status == LotStatus.Recalled ? $"lot {lot.Id} recalled: {lot.Reason}" : $"lot {lot.Id} expired",
                available, [Part(slot, most)]));
        }

        return [.. moves];
    }

    /// <summary>A timer, or units that were given back: what of blocked lots can be moved now.</summary>
    static Decision<SkuEvent> DrainLots(Sku sku) => new(Done.It, sku.Block(sku.Version + 1));

    /// <summary>Something of a blocked lot is still where it could be sold.</summary>
    bool HasBlocked => !Lots.IsDefault && !Slots.IsDefault && Lots.Any(l => l.Status != LotStatus.Good)
        && Slots.Any(IsBlocked);

    bool IsBlocked(Slot slot) => slot is { State: StockState.Available, Order: null, Lot: not null }
        && LotOf(slot.Lot) is { Status: not LotStatus.Good };

    /// <summary>Some of it could be moved away now.</summary>
    bool CanBlock => HasBlocked && Available > 0 && Slots.Any(s => IsBlocked(s) && At(s.Node).Free > 0);

    /// <summary>When a lot with that last day is not sold any more: days are those of UTC.</summary>
    DateTimeOffset SoldUntil(DateOnly expires)
    {
        var days = 1 - (Card?.Tracking?.DaysLeft ?? 0);
        return new DateTimeOffset(expires.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(days);
    }

    DateTimeOffset AlertAt(DateOnly expires) => SoldUntil(expires).AddDays(-(Card?.Tracking?.AlertDays ?? 0));

    /// <summary>Timers for the lot: when it comes near its last day, and when it is over.</summary>
    Send[] Watch(string? id, Turn turn)
    {
        if (LotOf(id) is not { Status: LotStatus.Good, Expires: { } expires }) return [];
        var check = new SkuCommand.CheckLot(id!);
        var (alert, end) = (AlertAt(expires), SoldUntil(expires));
        return alert < end && alert > turn.Now ? [new(turn.Self, check, alert), new(turn.Self, check, end)]
            : [new(turn.Self, check, end)];
    }

    Send[] LotSends(SkuEvent happened, Turn turn)
    {
        Send[] watch = happened switch
        {
            SkuEvent.StockReceived { What.Lot: { } lot } when LotOf(lot)?.Dated == Version => Watch(lot, turn),
            SkuEvent.StockAdjusted { What.Lot: { } lot } when LotOf(lot)?.Dated == Version => Watch(lot, turn),
            // The card may count the days otherwise.
            SkuEvent.SkuDefined =>
                [.. Slots.Told().Select(s => s.Lot).Distinct().SelectMany(lot => Watch(lot, turn))],
            SkuEvent.LotCleared e => Watch(e.Lot, turn),
            _ => [],
        };
        return IsBlocking(happened, turn) || !CanBlock ? watch
            : [.. watch, new(turn.Self, new SkuCommand.DrainLots())];
    }

    /// <summary>The turn goes on moving what it can; only where it may move no more, another must.</summary>
    bool IsBlocking(SkuEvent happened, Turn turn) => happened is SkuEvent.LotRecalled or SkuEvent.LotExpired
        || (happened is SkuEvent.StockMoved e && e.Id.StartsWith(BlockPrefix, StringComparison.Ordinal)
            && Version - turn.Version < MaxPerTurn);

    Lot? LotOf(string? id)
    {
        if (id is null || Lots.IsDefault) return null;
        var index = IndexOfLot(id);
        return index < 0 ? null : Lots[index];
    }

    int IndexOfLot(string id)
    {
        int low = 0, high = Lots.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Lots[middle].Id, id);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    /// <summary>With what an arrival tells of its lot.</summary>
    Sku Know(Particulars? what)
    {
        if (what?.Lot is not { } id) return this;
        var dated = what.Expires is null ? 0 : Version;
        if (LotOf(id) is { } known)
        {
            if (known.Expires is not null || what.Expires is null) return this;
            return this with
            {
                Lots = Lots.SetItem(IndexOfLot(id), known with { Expires = what.Expires, Dated = dated }),
            };
        }

        var lots = Lots.IsDefault ? [] : Lots;
        if (lots.Length >= MaxLots && lots.Where(IsOver).MinBy(l => l.Since) is { } oldest) lots = lots.Remove(oldest);
        var room = this with { Lots = lots };
        return room with { Lots = lots.Insert(~room.IndexOfLot(id), new(id, what.Expires, Version, Dated: dated)) };
    }

    bool IsOver(Lot lot) => lot.Status != LotStatus.Recalled && Slots.Told().All(s => s.Lot != lot.Id);

    Sku Mark(string id, LotStatus status, string? reason) => this with
    {
        Lots = Lots.SetItem(IndexOfLot(id), LotOf(id)! with { Status = status, Reason = reason }),
    };

    Sku Alert(string id) => this with { Lots = Lots.SetItem(IndexOfLot(id), LotOf(id)! with { Alerted = true }) };
}
