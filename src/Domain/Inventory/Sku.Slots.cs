using System.Collections.Immutable;

namespace Fulfillment.Inventory;

// Which units they are and where they lie: slots, lots and serials.
public sealed partial record Sku
{
    /// <summary>Slots of a SKU over all nodes.</summary>
    public const int MaxSlots = 20_000;

    /// <summary>Lots that are remembered; the oldest that is gone and was not called back is forgotten first.</summary>
    public const int MaxLots = 10_000;

    /// <summary>Serials on hand.</summary>
    public const int MaxSerials = 200_000;

    /// <summary>
    /// Which units an event brought (or, below zero, took away), and where, as far as it is known; in order.
    /// </summary>
    public static IEnumerable<Slot> SlotChanges(SkuEvent happened) => SlotBook.Changes(happened);

    /// <summary>Whether something is known of the units but their node and state.</summary>
    public static bool HasSlot(Slot slot) => SlotBook.IsNamed(slot);

    static Decision<SkuEvent> Pick(Sku sku, SkuCommand.Pick c, Turn turn)
    {
        if (sku.RefusePick(c.Id, ContentOf(c.Order, c.Node, c.Quantity, c.What, c.Tote), c.Quantity) is { } refused)
            return new(new PickReply(refused, sku.StandingOf(c.Order), Left: sku.LeftIn(c.Node, c.What?.Bin, [])));
        if (c.Until < turn.Now || sku.IsOvertaken(c.Tote, c.LpnStep))
            return sku.RefusePick(PickStatus.TooLate, c.Order);
        var claim = sku.Claims.Find(c.Order);
        var committed = claim?.Allocated.FirstOrDefault(a => a.Node == c.Node).Units ?? 0;
        if (committed == 0) return sku.RefusePick(PickStatus.NothingHeld, c.Order);
        if (c.Quantity > committed - PickedAt(claim!, c.Node)) return sku.RefusePick(PickStatus.MoreThanHeld, c.Order);
        var what = c.What ?? new();
        if (sku.RefuseUntold(what, c.Quantity) is { } untold) return sku.RefusePick(untold, c.Order);
        var taken = sku.Take(c.Node, StockState.Available, what, c.Quantity, looseToo: true);
        if (taken.IsDefault)
        {
            var blocked = sku.Take(c.Node, StockState.Available, what, c.Quantity, looseToo: true, blockedToo: true);
            return sku.RefusePick(blocked.IsDefault ? PickStatus.NotThere : PickStatus.LotBlocked, c.Order);
        }

        if (sku.Slots.Told().Length + taken.Length > MaxSlots) return sku.RefusePick(PickStatus.TooMany, c.Order);

        var picked = new SkuEvent.StockPicked(
            c.Id, c.Order, c.Node, c.Quantity, taken, c.Tote, sku.Available, c.What, c.ToteBin);
        return new(
            new PickReply(
                PickStatus.Done, sku.Told(claim!.After(picked, sku.Version + 1)), taken,
                sku.LeftIn(c.Node, what.Bin, taken)), picked);
    }

    /// <summary>Why it is not known which units are meant; null when it is.</summary>
    PickStatus? RefuseUntold(Particulars what, int units) =>
        Card!.Tracking is { Serials: true } && !Fits(what.Serials, units) ? PickStatus.SerialsMissing
        : Card.Tracking is { Lots: true, Serials: false } && what.Lot is null ? PickStatus.LotMissing
        : what.Lot is not null && LotOf(what.Lot) is null ? PickStatus.UnknownLot : null;

    /// <summary>Units in the bin that nobody has picked, without those that are taken now; null for no bin.</summary>
    long? LeftIn(string node, string? bin, ImmutableArray<Slot> taken) => bin is null ? null
        : Slots.Told().Where(s => s.Node == node && s.State == StockState.Available && s.Order is null && s.Bin == bin)
            .Sum(s => s.Units) - taken.Where(t => t.Bin == bin).Sum(t => t.Units);

    static Decision<SkuEvent> Unpick(Sku sku, SkuCommand.Unpick c, Turn turn)
    {
        if (sku.RefusePick(c.Id, ContentOf(c.Order, c.Node, c.Quantity, c.What, c.Bin), c.Quantity) is { } refused)
            return new(new PickReply(refused, sku.StandingOf(c.Order)));
        if (c.Until < turn.Now) return sku.RefusePick(PickStatus.TooLate, c.Order);
        var claim = sku.Claims.Find(c.Order);
        var taken = sku.Take(
            c.Node, StockState.Available, c.What ?? new(), c.Quantity, order: c.Order, blockedToo: true);
        if (claim is null || taken.IsDefault) return sku.RefusePick(PickStatus.NothingPicked, c.Order);

        var back = new SkuEvent.StockUnpicked(c.Id, c.Order, c.Node, c.Quantity, taken, c.Bin, sku.Available, c.What);
        return new(
            new PickReply(PickStatus.Done, sku.Told(claim.After(back, sku.Version + 1)), taken),
            back);
    }

    PickStatus? RefusePick(string id, long content, int quantity) =>
        Card is null ? PickStatus.UnknownSku
        : Card.IsKit ? PickStatus.IsKit
        : Movements.TryGet(id, out var known)
            ? known == content ? PickStatus.AlreadyDone : PickStatus.DifferentContent
        : quantity <= 0 ? PickStatus.QuantityNotPositive : null;

    Decision<SkuEvent> RefusePick(PickStatus status, string order) => new(new PickReply(status, StandingOf(order)));

    /// <summary>Why units like these cannot arrive; null when they can.</summary>
    MoveStatus? RefuseArrival(Particulars? what, long units)
    {
        var tracking = Card!.Tracking;
        if (what is null && tracking is null) return null;
        if (what?.Lot is null && (tracking?.Lots == true || what?.Expires is not null)) return MoveStatus.LotMissing;
        if (tracking?.Serials == true || what?.Serials.IsDefaultOrEmpty == false)
            if (!Fits(what?.Serials ?? default, units)) return MoveStatus.SerialsMissing;
        var lot = what?.Lot is null ? null : LotOf(what.Lot);
        if (tracking?.Expiry == true && (what!.Expires ?? lot?.Expires) is null) return MoveStatus.ExpiryMissing;
        if (lot is not null && what!.Expires is { } expires && lot.Expires != expires) return MoveStatus.LotDiffers;
        if (what is { Serials.IsDefaultOrEmpty: false })
        {
            var coming = what.Serials.ToHashSet(StringComparer.Ordinal);
            var known = 0;
            foreach (var slot in Slots.Told())
            {
                if (slot.Serials.IsDefault) continue;
                known += slot.Serials.Length;
                if (slot.Serials.Any(coming.Contains)) return MoveStatus.SerialTwice;
            }

            if (known + coming.Count > MaxSerials) return MoveStatus.TooMany;
        }

        return Slots.Told().Length >= MaxSlots ? MoveStatus.TooMany : null;
    }

    /// <summary>
    /// Why units like these cannot be taken without more being told; null when they can, as those can of which nothing
    /// is known.
    /// </summary>
    MoveStatus? RefuseUnnamed(string node, StockState state, Particulars? what, long units, bool any) =>
        what is null && Card!.Tracking is not null && Loose(node, state) >= units ? null : Card!.Tracking switch
        {
            { Serials: true } when !Fits(what?.Serials ?? default, units) => MoveStatus.SerialsMissing,
            { Serials: false, Lots: true } when what?.Lot is null && !any => MoveStatus.LotMissing,
            _ => null,
        };

    /// <summary>Units of the lot may not become available.</summary>
    bool MayNotSell(string? lot, DateOnly? expires, Turn turn) =>
        LotOf(lot) is { Status: not LotStatus.Good }
        || ((LotOf(lot)?.Expires ?? expires) is { } last && turn.Now >= SoldUntil(last));

    /// <summary>There are units of which the lot or the serial is not known.</summary>
    bool HasUnnamed(Tracking tracking) =>
        Nodes.Any(n => Loose(n.Node, StockState.Available) > 0 || n.Unavailable.Keys.Any(s => Loose(n.Node, s) > 0))
        || Slots.Told().Any(s => (tracking.Lots && s.Lot is null) || (tracking.Serials && s.Serials.IsDefault));

    /// <summary>With what an event says of slots and lots.</summary>
    Sku Stow(SkuEvent happened)
    {
        if (Slots.IsDefault && happened is not (SkuEvent.StockReceived { What: not null }
            or SkuEvent.StockAdjusted { What: not null } or SkuEvent.StockMoved { Carried: true }
            or SkuEvent.StockPicked or SkuEvent.StockPacked))
            return this; // Nothing is known of any unit, and nothing is told.
        var slots = Slots.With(SlotBook.Changes(happened));
        var what = happened switch
        {
            SkuEvent.StockReceived e => e.What,
            SkuEvent.StockAdjusted { Delta: > 0 } e => e.What,
            _ => null,
        };
        return what is null && slots == Slots ? this : (this with { Slots = slots }).Know(what);
    }

    /// <summary>As many serials as units, each once.</summary>
    static bool Fits(ImmutableArray<string> serials, long units) => !serials.IsDefault && serials.Length == units
        && serials.Distinct(StringComparer.Ordinal).Count() == serials.Length;

    /// <summary>
    /// So many such units, from the slots to be emptied first, each with what is taken of it; default when there are
    /// not so many. Units in no slot come last, or, with nothing told and no <paramref name="looseToo"/>, alone.
    /// <paramref name="order"/>: of those picked for it, that are <paramref name="packed"/> or not. Those of lots that
    /// may not be sold only if <paramref name="blockedToo"/>.
    /// </summary>
    ImmutableArray<Slot> Take(
        string node, StockState state, Particulars what, long units, bool looseToo = false, string? order = null,
        bool blockedToo = false, bool packed = false)
    {
        List<Slot> taken = [];
        var serials = what.Serials.IsDefaultOrEmpty ? null : what.Serials.ToHashSet(StringComparer.Ordinal);
        var nothing = what.IsNothing && order is null;
        if (!nothing || looseToo)
        {
            foreach (var slot in Slots.Told().Where(Like).OrderBy(Expiry).ThenBy(Age).ThenBy(s => !s.Serials.IsDefault))
            {
                if (units == 0) break;
                var named = serials is null ? slot.Serials : [.. slot.Serials.Where(serials.Contains)];
                var most = serials is null ? Math.Min(units, slot.Units) : named.Length;
                if (most == 0) continue;
                taken.Add(slot with { Units = most, Serials = named.IsDefault ? default : [.. named.Take((int)most)] });
                units -= most;
            }
        }

        if (units > 0 && nothing && Loose(node, state) is > 0 and var loose)
        {
            var most = Math.Min(units, loose);
            taken.Add(new(node, state, null, null, null, most));
            units -= most;
        }

        return units == 0 ? [.. taken] : default;

        bool Like(Slot s) => s.Node == node && s.State == state && s.Order == order && s.Packed == packed
            && (what.Bin is null || s.Bin == what.Bin) && (what.Lot is null || s.Lot == what.Lot)
            && (what.Lpn is null || s.Lpn == what.Lpn) && (serials is null || !s.Serials.IsDefault)
            && (blockedToo || LotOf(s.Lot) is not { Status: not LotStatus.Good });
    }

    DateOnly Expiry(Slot slot) => LotOf(slot.Lot)?.Expires ?? DateOnly.MaxValue;

    long Age(Slot slot) => LotOf(slot.Lot)?.Since ?? long.MaxValue;

    /// <summary>Units of which nothing is known but their state.</summary>
    long Loose(string node, StockState state) => At(node).In(state) - Slots.In(node, state);

    /// <summary>What is not picked for an order any more once so many of its units are not committed.</summary>
    ImmutableArray<Slot> Unpicking(Claim claim, ImmutableArray<NodeUnits> picks)
    {
        if (claim.Picked.IsDefault) return default;
        List<Slot> back = [];
        foreach (var (node, units) in picks)
        {
            var committed = claim.Allocated.FirstOrDefault(a => a.Node == node).Units;
            var left = PickedAt(claim, node) - (committed - units);
            foreach (var slot in Slots.Told().Where(s => s.Node == node && s.Order == claim.Order).Reverse()
                .OrderBy(s => s.Packed))
            {
                var most = Math.Min(left, slot.Units);
                if (most > 0) back.Add(Part(slot, most));
                left -= Math.Max(0, most);
            }
        }

        return back.Count == 0 ? default : [.. back];
    }

    static Slot Part(Slot slot, long units) => slot with
    {
        Units = units,
        Serials = slot.Serials.IsDefault ? default : [.. slot.Serials.Take((int)units)],
    };

    static long PickedAt(Claim claim, string node) =>
        claim.Picked.IsDefault ? 0 : claim.Picked.FirstOrDefault(p => p.Node == node).Units;

    /// <summary>What an order is told of its claim: also whether its units must be named before they leave.</summary>
    Standing Told(Claim claim) =>
        Card?.Tracking?.Names == true ? claim.Standing with { Named = true } : claim.Standing;

    Standing StandingOf(string order) => Claims.Find(order) is { } claim ? Told(claim)
        : Claims.TryGetClosed(order, out var closed)
            ? Standing.None with { Version = closed.Version, Step = closed.Step } : Standing.None;

    string? CheckSlots()
    {
        if (Slots.IsDefault) return null;
        if (Slots.FirstOrDefault(s => s.Units <= 0 || (!s.Serials.IsDefault && s.Serials.Length != s.Units)) is { } bad)
            return $"slot {bad}";
        foreach (var group in Slots.GroupBy(s => (s.Node, s.State)))
        {
            if (group.Sum(s => s.Units) is var sum && sum > At(group.Key.Node).In(group.Key.State))
                return $"{sum} in slots at {group.Key}, {At(group.Key.Node).In(group.Key.State)} on hand";
        }

        foreach (var group in Slots.Where(s => s.Order is not null).GroupBy(s => (s.Order, s.Node)))
        {
            var claim = Claims.Find(group.Key.Order!);
            var sum = group.Sum(s => s.Units);
            if (claim is null || PickedAt(claim, group.Key.Node) != sum)
                return $"{sum} picked for {group.Key}, its claim says {claim?.Picked}";
            if (sum > claim.Allocated.FirstOrDefault(a => a.Node == group.Key.Node).Units)
                return $"{sum} picked for {group.Key}, more than is committed";
        }

        var serials = Slots.Where(s => !s.Serials.IsDefault).SelectMany(s => s.Serials).ToList();
        return serials.Count == serials.Distinct(StringComparer.Ordinal).Count() ? null : "a serial is here twice";
    }

    static long ContentOf(string order, string node, int quantity, Particulars? what, string? place) =>
        Fingerprint.Of("pick", order, node, $"{quantity}", what?.Text, place);
}
