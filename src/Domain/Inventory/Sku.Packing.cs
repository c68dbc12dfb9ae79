using System.Collections.Immutable;

namespace Fulfillment.Inventory;

// Units that go into the box in which they leave.
public sealed partial record Sku
{
    static Decision<SkuEvent> Pack(Sku sku, SkuCommand.PackUnits c, Turn turn)
    {
        if (sku.RefusePick(c.Id, ContentOf(c.Order, c.Node, c.Quantity, c.What, c.Box), c.Quantity) is { } refused)
            return sku.RefusePick(refused, c.Order);
        if (c.Until < turn.Now || sku.IsOvertaken(c.Box, c.LpnStep))
            return sku.RefusePick(PickStatus.TooLate, c.Order);
        var claim = sku.Claims.Find(c.Order);
        var committed = claim?.Allocated.FirstOrDefault(a => a.Node == c.Node).Units ?? 0;
        if (committed == 0) return sku.RefusePick(PickStatus.NothingHeld, c.Order);
        var packed = sku.Slots.Told().Sum(s => s.Node == c.Node && s.Order == c.Order && s.Packed ? s.Units : 0);
        if (c.Quantity > committed - packed) return sku.RefusePick(PickStatus.MoreThanHeld, c.Order);
        var what = c.What ?? new();
        if (sku.RefuseUntold(what, c.Quantity) is { } untold) return sku.RefusePick(untold, c.Order);
        var (taken, why) = sku.TakeToPack(c, what, PickedAt(claim!, c.Node) - packed);
        if (why is { } no) return sku.RefusePick(no, c.Order);
        if (sku.Slots.Told().Length + taken.Length > MaxSlots) return sku.RefusePick(PickStatus.TooMany, c.Order);

        var happened = new SkuEvent.StockPacked(
            c.Id, c.Order, c.Node, c.Quantity, taken, c.Box, sku.Available, c.What, c.BoxBin);
        return new(
            new PickReply(PickStatus.Done, sku.Told(claim!.After(happened, sku.Version + 1)), taken), happened);
    }

    /// <summary>
    /// Of the units that are picked and in no box first, then of those on the shelf; or why there are not so many.
    /// </summary>
    (ImmutableArray<Slot> Taken, PickStatus? Refused) TakeToPack(SkuCommand.PackUnits c, Particulars what, long picked)
    {
        var waiting = Math.Min(picked, c.Quantity);
        ImmutableArray<Slot> own = waiting == 0 ? [] : Take(
            c.Node, StockState.Available, what, waiting, order: c.Order);
        if (own.IsDefault)
        {
            var blocked = Take(c.Node, StockState.Available, what, waiting, order: c.Order, blockedToo: true);
            return (default, blocked.IsDefault ? PickStatus.OtherPicked : PickStatus.LotBlocked);
        }

        if (waiting == c.Quantity) return (own, null);
        var rest = what.Serials.IsDefaultOrEmpty ? what : what with
        {
            Serials = [.. what.Serials.Except(own.SelectMany(s => s.Serials))],
        };
        var shelf = Take(c.Node, StockState.Available, rest, c.Quantity - waiting, looseToo: true);
        if (!shelf.IsDefault) return ([.. own, .. shelf], null);
        var none = Take(c.Node, StockState.Available, rest, c.Quantity - waiting, looseToo: true, blockedToo: true);
        return (default, none.IsDefault ? PickStatus.NotThere : PickStatus.LotBlocked);
    }

    static Decision<SkuEvent> Unpack(Sku sku, SkuCommand.UnpackUnits c)
    {
        if (sku.RefusePick(c.Id, ContentOf(c.Order, c.Node, c.Quantity, c.What, c.Box), c.Quantity) is { } refused)
            return sku.RefusePick(refused, c.Order);
        var inside = sku.Slots.Told().Where(s => s.Node == c.Node && s.Lpn == c.Box).ToList();
        var free = Part(inside.Where(s => IsNobodys(s) && IsLike(s, c.What)), c.Quantity, c.What);
        var own = Part(
            inside.Where(s => s.Packed && s.Order == c.Order && IsLike(s, c.What))
                .OrderBy(sku.Expiry).ThenBy(sku.Age),
            c.Quantity - UnitsOf(free), c.What);
        var found = UnitsOf(free) + UnitsOf(own);
        if (found == 0 || (c.Boxes.IsDefault && found < c.Quantity))
            return sku.RefusePick(PickStatus.NothingPicked, c.Order);
        if (sku.Unclear(c, inside) is { } unclear) return sku.RefusePick(unclear, c.Order);

        // Those that it gave back are elsewhere in its boxes: they are its own again, and these are nobody's.
        var boxes = c.Boxes.IsDefault ? [] : c.Boxes;
        var kept = Part(
            Less(sku.Slots.Told().Where(s => s.Node == c.Node && IsNobodys(s) && sku.IsGood(s)
                && (s.Lpn == c.Box || boxes.Contains(s.Lpn ?? "")))
                .OrderBy(s => s.Lpn != c.Box), free), UnitsOf(own));
        var freed = Part(own, UnitsOf(kept));
        ImmutableArray<Slot> taken = [.. free, .. own];
        return new(
            new PickReply(
                PickStatus.Done, sku.StandingOf(c.Order), found == c.Quantity ? taken : default),
            new SkuEvent.StockUnpacked(
                c.Id, c.Order, c.Node, c.Quantity, [.. free, .. Less(own, freed)], c.Box, sku.Available, c.What,
                freed.Count == 0 ? default : [.. freed], kept.Count == 0 ? default : [.. kept]));
    }

    /// <summary>What is to be told of units that come out, where others are in the box; null: it is clear.</summary>
    PickStatus? Unclear(SkuCommand.UnpackUnits c, List<Slot> inside)
    {
        var alike = inside.Where(s => (IsNobodys(s) || (s.Packed && s.Order == c.Order))
            && (c.What?.Lot is null || s.Lot == c.What.Lot)).ToList();
        if (UnitsOf(alike) == c.Quantity) return null;
        if (alike.Any(s => !s.Serials.IsDefault))
            return Fits(c.What?.Serials ?? default, c.Quantity) ? null : PickStatus.SerialsMissing;
        return Card!.Tracking?.Lots == true && alike.Select(s => s.Lot).Distinct().Count() > 1
            ? PickStatus.LotMissing : null;
    }

    /// <summary>
    /// What is taken when committed units leave: first what is in boxes that have left, whoever it was for, then what
    /// was picked for the order, then what nobody picked. And what of the order is nobody's in exchange.
    /// </summary>
    (ImmutableArray<Slot> Leaving, ImmutableArray<Slot> Freed) Leaving(
        string order, ImmutableArray<NodeUnits> picks, ImmutableArray<string> boxes)
    {
        if (Slots.IsDefault) return (default, default);
        List<Slot> leaving = [], freed = [];
        foreach (var (node, units) in picks)
        {
            var own = Slots.Where(s => s.Node == node && s.Order == order)
                .OrderBy(s => boxes.IsDefault || !s.Packed || !boxes.Contains(s.Lpn!)).ThenBy(s => s.Packed).ToList();
            var inBoxes = boxes.IsDefault ? [] : own.TakeWhile(s => s.Packed && boxes.Contains(s.Lpn!)).ToList();
            var gone = Part(inBoxes, units);
            // Units that it gave back are in its boxes, and others of it are not.
            var others = own.Skip(inBoxes.Count).Reverse().ToList();
            var foreign = boxes.IsDefault || UnitsOf(own) < units ? [] : Part(
                Slots.Where(s => s.Node == node && IsNobodys(s) && IsGood(s) && boxes.Contains(s.Lpn ?? "")),
                units - UnitsOf(gone));
            var traded = Part(others, UnitsOf(foreign));
            freed.AddRange(traded);
            gone.AddRange(foreign);
            gone.AddRange(Part(Less(own.Skip(inBoxes.Count), traded), units - UnitsOf(gone)));
            leaving.AddRange(gone);
            var left = units - UnitsOf(gone);
            if (left == 0) continue;
            var rest = Take(node, StockState.Available, new(), left, looseToo: true, blockedToo: true);
            Ensure.That(!rest.IsDefault);
            leaving.AddRange(rest);
        }

        leaving.RemoveAll(s => !SlotBook.IsNamed(s));
        return (leaving.Count == 0 ? default : [.. leaving], freed.Count == 0 ? default : [.. freed]);
    }

    static bool IsNobodys(Slot s) => s is { Order: null, Packed: false, State: not StockState.InTransit };

    /// <summary>An order may have it.</summary>
    bool IsGood(Slot s) =>
        s.State == StockState.Available && LotOf(s.Lot) is not { Status: not LotStatus.Good };

    static bool IsLike(Slot s, Particulars? what) => what is null || ((what.Lot is null || s.Lot == what.Lot)
        && (what.Serials.IsDefaultOrEmpty || (!s.Serials.IsDefault && s.Serials.Any(what.Serials.Contains))));

    static long UnitsOf(IEnumerable<Slot> slots) => slots.Sum(s => s.Units);

    /// <summary>The first so many units of the slots, of those that are named; fewer where there are no more.</summary>
    static List<Slot> Part(IEnumerable<Slot> slots, long units, Particulars? what = null)
    {
        List<Slot> part = [];
        foreach (var slot in slots)
        {
            ImmutableArray<string> named = slot.Serials.IsDefault || what is not { Serials.IsDefaultOrEmpty: false }
                ? slot.Serials : [.. slot.Serials.Where(what.Serials.Contains)];
            var most = Math.Min(units, named.IsDefault ? slot.Units : named.Length);
            if (most <= 0) continue;
            part.Add(slot with { Units = most, Serials = named.IsDefault ? default : [.. named.Take((int)most)] });
            units -= most;
        }

        return part;
    }

    /// <summary>What is left of slots after parts of them were taken.</summary>
    static IEnumerable<Slot> Less(IEnumerable<Slot> slots, IReadOnlyList<Slot> taken)
    {
        foreach (var slot in slots)
        {
            var parts = taken.Where(t => (t.Lpn, t.Lot, t.Bin, t.Packed, t.Order, t.Serials.IsDefault)
                == (slot.Lpn, slot.Lot, slot.Bin, slot.Packed, slot.Order, slot.Serials.IsDefault)
                && (slot.Serials.IsDefault || t.Serials.All(slot.Serials.Contains))).ToList();
            var left = slot.Units - UnitsOf(parts);
            if (left == 0) continue;
            yield return slot with
            {
                Units = left,
                Serials = slot.Serials.IsDefault ? default : [.. slot.Serials.Except(parts.SelectMany(p => p.Serials))],
            };
        }
    }
}
