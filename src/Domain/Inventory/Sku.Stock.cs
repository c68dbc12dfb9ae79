using System.Collections.Immutable;

namespace Fulfillment.Inventory;

// Physical stock: units arrive, are corrected, change state.
public sealed partial record Sku
{
    static Decision<SkuEvent> Receive(Sku sku, SkuCommand.Receive c, Turn turn)
    {
        if (sku.RefuseStock() is { } none) return Refuse(sku, none, c.Node);
        var what = c.What is { IsNothing: false } told ? told : null;
        var content = Dated(
            ContentOf(c.Node, c.State, c.Quantity, c.Reason, c.Supply, what), c.OccurredAt);
        if (sku.Repeated(c.Id, content) is { } repeated) return Refuse(sku, repeated, c.Node);
        if (c.Until < turn.Now || sku.IsOvertaken(what?.Lpn, c.LpnStep))
            return Refuse(sku, MoveStatus.TooLate, c.Node);
        if (c.Quantity <= 0) return Refuse(sku, MoveStatus.QuantityNotPositive, c.Node);
        if (c.Supply is not null && sku.RefuseSupply(c.Supply) == SupplyStatus.UnknownSupply)
            return Refuse(sku, MoveStatus.UnknownSupply, c.Node);
        if (sku.RefuseArrival(what, c.Quantity) is { } odd) return Refuse(sku, odd, c.Node);
        if (c.State == StockState.Available && sku.MayNotSell(what?.Lot, what?.Expires, turn))
            return Refuse(sku, MoveStatus.LotBlocked, c.Node);

        var available = sku.Available + (c.State == StockState.Available ? c.Quantity : 0);
        return Book(sku, c.Node, Present(c.State, c.Quantity), available,
            new SkuEvent.StockReceived(c.Id, c.Node, c.State, c.Quantity, c.Reason, available, c.Supply, what,
                c.OccurredAt, c.Over));
    }

    static Decision<SkuEvent> Adjust(Sku sku, SkuCommand.Adjust c, Turn turn)
    {
        if (sku.RefuseStock() is { } none) return Refuse(sku, none, c.Node);
        var what = c.What is { IsNothing: false } told ? told : null;
        var content = Dated(
            ContentOf(c.Node, c.State, c.Delta, c.Reason, what), c.OccurredAt);
        if (sku.Repeated(c.Id, content) is { } repeated) return Refuse(sku, repeated, c.Node);
        if (c.Until < turn.Now || sku.IsOvertaken(what?.Lpn, c.LpnStep))
            return Refuse(sku, MoveStatus.TooLate, c.Node);
        if (c.Delta == 0) return Refuse(sku, MoveStatus.QuantityNotPositive, c.Node);
        var unnamed = c.Delta > 0 ? sku.RefuseArrival(what, c.Delta)
            : sku.RefuseUnnamed(c.Node, c.State, what, -(long)c.Delta, c.Any);
        if (unnamed is { } odd) return Refuse(sku, odd, c.Node);
        if (c is { State: StockState.Available, Delta: > 0 } && sku.MayNotSell(what?.Lot, what?.Expires, turn))
            return Refuse(sku, MoveStatus.LotBlocked, c.Node);
        if (sku.Takes(c.Node, c.State, -(long)c.Delta) is { } refused) return Refuse(sku, refused, c.Node);
        var slots = c.Delta > 0 || sku.Slots.IsDefault ? []
            : sku.Take(c.Node, c.State, what ?? new(), -(long)c.Delta, looseToo: c.Any, blockedToo: true);
        if (slots.IsDefault || (c.Delta < 0 && sku.Slots.IsDefault && what is not null))
            return Refuse(sku, MoveStatus.NotThere, c.Node);

        var available = sku.Available + (c.State == StockState.Available ? c.Delta : 0);
        return Book(sku, c.Node, Present(c.State, c.Delta), available,
            new SkuEvent.StockAdjusted(
                c.Id, c.Node, c.State, c.Delta, c.Reason, available, what, slots.IsEmpty ? default : slots,
                c.OccurredAt));
    }

    static Decision<SkuEvent> Move(Sku sku, SkuCommand.Move c, Turn turn)
    {
        if (sku.RefuseStock() is { } none) return Refuse(sku, none, c.Node);
        var what = c.What is { IsNothing: false } told ? told : null;
        var content = Dated(
            ContentOf(c.Node, c.From, c.To, c.Quantity, c.Reason, what, c.Carried, c.ToBin, c.ToLpn), c.OccurredAt);
        if (sku.Repeated(c.Id, content) is { } repeated) return Refuse(sku, repeated, c.Node);
        if (c.Until < turn.Now || sku.IsOvertaken(c.ToLpn, c.LpnStep))
            return Refuse(sku, MoveStatus.TooLate, c.Node);
        if (c.Quantity <= 0) return Refuse(sku, MoveStatus.QuantityNotPositive, c.Node);
        if (!IsSetAside(c) && sku.RefuseUnnamed(c.Node, c.From, what, c.Quantity, c.Any) is { } odd)
            return Refuse(sku, odd, c.Node);
        if (c.To == StockState.Available && c.From != c.To && sku.MayNotSell(what?.Lot, null, turn))
            return Refuse(sku, MoveStatus.LotBlocked, c.Node);
        if (c.From == c.To && (!c.Carried || (c.ToBin == what?.Bin && c.ToLpn == what?.Lpn)))
            return Refuse(sku, MoveStatus.SameState, c.Node);
        if (c.From == c.To && sku.At(c.Node).In(c.From) < c.Quantity)
            return Refuse(sku, MoveStatus.BelowZero, c.Node);
        // Of what the book has not in the place it does not matter who was promised it.
        if (IsSetAside(c) && what is not null && sku.Take(c.Node, c.From, what, c.Quantity).IsDefault)
            return Refuse(sku, MoveStatus.NotThere, c.Node);
        if (c.From != c.To && sku.Takes(c.Node, c.From, c.Quantity) is { } refused)
            return Refuse(sku, refused, c.Node);
        // What may not be sold is not sent to another node either, but comes back from the way.
        var slots = sku.Take(
            c.Node, c.From, what ?? new(), c.Quantity, looseToo: c.Any,
            blockedToo: !c.Any || c.From != StockState.Available);
        if (slots.IsDefault) return Refuse(sku, MoveStatus.NotThere, c.Node);
        if (sku.Slots.Told().Length + slots.Length > MaxSlots) return Refuse(sku, MoveStatus.TooMany, c.Node);

        var available = sku.Available + (c.To == StockState.Available ? c.Quantity : 0)
            - (c.From == StockState.Available ? c.Quantity : 0);
        return Book(sku, c.Node, Present(c.To, c.Quantity) - Present(c.From, c.Quantity), available,
            new SkuEvent.StockMoved(
                c.Id, c.Node, c.From, c.To, c.Quantity, c.Reason, available,
                c.ToBin is not null || c.ToLpn is not null || slots.Any(SlotBook.IsNamed) ? slots : default, what,
                c.ToBin, c.ToLpn, c.Carried, c.OccurredAt, c.Over));
    }

    /// <summary>Units that are sold no more while nobody knows which of those like them they are.</summary>
    static bool IsSetAside(SkuCommand.Move c) =>
        c is { Any: true, From: StockState.Available, To: StockState.Quarantine };

    static Decision<SkuEvent> Refuse(Sku sku, MoveStatus status, string node) =>
        new(new MoveReply(status, sku.At(node).OnHand, sku.Available));

    /// <summary>The movement, and the backorders that its units fill.</summary>
    static Decision<SkuEvent> Book(Sku sku, string node, long delta, long available, SkuEvent movement)
    {
        SkuEvent[] events = [movement, .. sku.Fill(sku.Queue, available)];
        var left = AvailableAfter(events[^1]) ?? available;
        return new(new MoveReply(MoveStatus.Done, sku.At(node).OnHand + delta, left), events);
    }

    /// <summary>
    /// In their order, whole or in part, as long as there are units; only whole ones where the card says so.
    /// </summary>
    IEnumerable<SkuEvent> Fill(IEnumerable<Claim> waiting, long available)
    {
        var filled = 0;
        using var next = waiting.GetEnumerator();
        var more = available > 0 && next.MoveNext();
        var whole = Card?.Fill == FillPolicy.ShipComplete;
        more = more && Fits(next.Current);
        while (more && filled++ < MaxPerTurn)
        {
            var claim = next.Current;
            var units = Math.Min(available, claim.Backordered);
            available -= units;
            more = available > 0 && next.MoveNext() && Fits(next.Current);
            yield return new SkuEvent.BackorderFilled(claim.Order, units, more && filled == MaxPerTurn, available);
        }

        bool Fits(Claim claim) => !whole || claim.Backordered <= available;
    }

    /// <summary>Why the SKU can have no stock; null when it can.</summary>
    MoveStatus? RefuseStock() => Card is null ? MoveStatus.UnknownSku : Card.IsKit ? MoveStatus.IsKit : null;

    MoveStatus? Repeated(string id, long content) =>
        !Movements.TryGet(id, out var known) ? null
        : known == content ? MoveStatus.AlreadyDone : MoveStatus.DifferentContent;

    /// <summary>Why so many units cannot be taken from the state; null when they can.</summary>
    MoveStatus? Takes(string node, StockState state, long units)
    {
        var at = At(node);
        if (at.In(state) < units) return MoveStatus.BelowZero;
        if (state != StockState.Available || units <= 0) return null;
        if (at.Free < units) return MoveStatus.Committed;
        return Available < units ? MoveStatus.Reserved : null;
    }

    NodeStock At(string node) => Find(node) is >= 0 and var index ? Nodes[index] : NodeStock.Empty(node);

    Sku Count(string node, StockState state, long delta) => Put(At(node).Count(state, delta));

    /// <summary>With what an allocation or a release changes at its nodes.</summary>
    Sku Recommit(SkuEvent happened) => happened switch
    {
        SkuEvent.StockAllocated e => e.Picks.Aggregate(this, (s, p) => s.Commit(p.Node, p.Units)),
        SkuEvent.StockReturned e => e.Picks.Aggregate(this, (s, p) => s.Commit(p.Node, -p.Units)),
        SkuEvent.StockReleased e => e.Picks.Aggregate(this, (s, p) => s.Commit(p.Node, -p.Units)),
        _ => this,
    };

    Sku Commit(string node, long units) => Put(At(node) is var at ? at with { Committed = at.Committed + units } : at);

    Sku Leave(string node, long units)
    {
        var at = At(node);
        var left = Put(at with { Committed = at.Committed - units, Sellable = at.Sellable - units });
        return left with { Moved = Moved with { Shipped = Moved.Shipped + units } };
    }

    Sku Put(NodeStock stock) => Find(stock.Node) is >= 0 and var index
        ? this with { Nodes = Nodes.SetItem(index, stock) }
        : this with { Nodes = Nodes.Insert(~Find(stock.Node), stock) };

    /// <summary>The index of the node, or the complement of where it belongs.</summary>
    int Find(string node)
    {
        int low = 0, high = Nodes.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Nodes[middle].Node, node);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    ImmutableArray<NodeUnits> Free()
    {
        var free = ImmutableArray.CreateBuilder<NodeUnits>(Nodes.Length);
        foreach (var node in Nodes)
            if (node.Free > 0) free.Add(new(node.Node, node.Free));
        return free.DrainToImmutable();
    }

    StockReply Stock()
    {
        var unavailable = from n in Nodes from u in n.Unavailable where u.Value > 0 group u.Value by u.Key;
        return new(Card, Revision, Nodes.Sum(n => n.OnHand), Claims.Held, Nodes.Sum(n => n.Committed),
            Claims.Backordered, Available,
            [.. Nodes.Select(n => new NodeLevel(n.Node, n.OnHand, n.Sellable, n.Committed))],
            unavailable.ToImmutableSortedDictionary(g => g.Key, g => g.Sum()), Version,
            Pegging.Expected(Supplies, Claims.Backordered - Available));
    }

    static (string Id, long Content)? MovementOf(SkuEvent happened) => happened switch
    {
        SkuEvent.StockReceived e => (e.Id, Dated(
            ContentOf(e.Node, e.State, e.Quantity, e.Reason, e.Supply, e.What), e.OccurredAt)),
        SkuEvent.StockAdjusted e =>
            (e.Id, Dated(ContentOf(e.Node, e.State, e.Delta, e.Reason, e.What), e.OccurredAt)),
        SkuEvent.CorrectionDeclined e => (e.Id, Declined(e.Status)),
        SkuEvent.StockMoved e => (e.Id, Dated(ContentOf(
            e.Node, e.From, e.To, e.Quantity, e.Reason, e.What, e.Carried, e.ToBin, e.ToLpn), e.OccurredAt)),
        SkuEvent.StockPicked e => (e.Id, ContentOf(e.Order, e.Node, e.Quantity, e.What, e.Tote)),
        SkuEvent.StockUnpicked e => (e.Id, ContentOf(e.Order, e.Node, e.Quantity, e.What, e.Bin)),
        SkuEvent.StockPacked e => (e.Id, ContentOf(e.Order, e.Node, e.Quantity, e.What, e.Box)),
        SkuEvent.StockUnpacked e => (e.Id, ContentOf(e.Order, e.Node, e.Quantity, e.What, e.Box)),
        SkuEvent.StockCarried e => (CarrierKey(e.Lpn), e.Step),
        SkuEvent.SupplyExpected e => (Key(e.Id), ContentOf(e.Node, e.Units, e.At, e.Source)),
        SkuEvent.SupplyPlanned e => (Key(e.Id), e.Step),
        SkuEvent.StockArrived e =>
            (e.Id, Fingerprint.Of("arrive", e.From, e.Node, $"{e.State}", $"{e.Quantity}", e.Reason)),
        _ => null,
    };

    static long ContentOf(
        string node, StockState state, int quantity, string reason, string? supply, Particulars? what) =>
        what is not null ? Fingerprint.Of("receive", node, $"{state}", $"{quantity}", reason, supply, what.Text)
        : supply is null ? Fingerprint.Of("receive", node, $"{state}", $"{quantity}", reason)
        : Fingerprint.Of("receive", node, $"{state}", $"{quantity}", reason, supply);

    static long ContentOf(string node, StockState state, int delta, string reason, Particulars? what) => what is null
        ? Fingerprint.Of("adjust", node, $"{state}", $"{delta}", reason)
        : Fingerprint.Of("adjust", node, $"{state}", $"{delta}", reason, what.Text);

    static long ContentOf(
        string node, StockState from, StockState to, int quantity, string reason, Particulars? what, bool carried,
        string? bin, string? lpn) => what is null && !carried
        ? Fingerprint.Of("move", node, $"{from}", $"{to}", $"{quantity}", reason)
        : Fingerprint.Of("move", node, $"{from}", $"{to}", $"{quantity}", reason, what?.Text, $"{carried}", bin, lpn);
}
