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
        var taken = sku.Take(
            c.Node, StockState.Available, (c.What ?? new()) with { Lpn = c.Box }, c.Quantity, order: c.Order,
            blockedToo: true, packed: true);
        if (taken.IsDefault) return sku.RefusePick(PickStatus.NothingPicked, c.Order);
        if (sku.Unclear(c) is { } unclear) return sku.RefusePick(unclear, c.Order);

        return new(
            new PickReply(PickStatus.Done, sku.StandingOf(c.Order), taken),
            new SkuEvent.StockUnpacked(
                c.Id, c.Order, c.Node, c.Quantity, taken, c.Box, sku.Available, c.What));
    }

    /// <summary>What is to be told of units that come out, where others are in the box; null: it is clear.</summary>
    PickStatus? Unclear(SkuCommand.UnpackUnits c)
    {
        var inside = Slots.Told().Where(s => s.Node == c.Node && s.State == StockState.Available
            && s.Order == c.Order && s.Packed && s.Lpn == c.Box
            && (c.What?.Lot is null || s.Lot == c.What.Lot)).ToList();
        if (inside.Sum(s => s.Units) == c.Quantity) return null;
        if (inside.Any(s => !s.Serials.IsDefault))
            return Fits(c.What?.Serials ?? default, c.Quantity) ? null : PickStatus.SerialsMissing;
        return Card!.Tracking?.Lots == true && inside.Select(s => s.Lot).Distinct().Count() > 1
            ? PickStatus.LotMissing : null;
    }
}
