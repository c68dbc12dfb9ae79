using System.Collections.Immutable;

namespace Fulfillment.Inventory;

// Claims: what orders hold, from the promise to the door.
public sealed partial record Sku
{
    static Decision<SkuEvent> Reserve(Sku sku, SkuCommand.Reserve c, Turn turn)
    {
        if (sku.Card is null) return sku.Refuse(ClaimStatus.UnknownSku, c.Step, c.Order);
        if (sku.Card.IsKit)
            return sku.Refuse(sku.Card.IsOrderable ? ClaimStatus.IsKit : ClaimStatus.NotOrderable, c.Step, c.Order);
        if (c.Quantity <= 0) return sku.Refuse(ClaimStatus.QuantityNotPositive, c.Step, c.Order);
        var claim = sku.Claims.Find(c.Order);
        if (c.Step < claim?.Step) return sku.Refuse(ClaimStatus.AlreadyDone, c.Step, c.Order);
        if (c.Step == claim?.Step)
            return sku.Refuse(
                claim.Wanted == c.Quantity ? ClaimStatus.AlreadyDone : ClaimStatus.DifferentContent, c.Step, c.Order);
        var asked = c.Asked ?? turn.Now;
        if (claim is null && sku.Claims.TryGetClosed(c.Order, out var closed))
        {
            if (c.Step <= closed.Step) return sku.Refuse(ClaimStatus.OrderClosed, c.Step, c.Order);
        }
        else if (claim is null && (asked <= sku.Claims.ForgottenUntil || turn.Now - asked > AskValidFor))
        {
            return sku.Refuse(ClaimStatus.TooOld, c.Step, c.Order);
        }

        var wanted = c.Quantity - (claim?.Held ?? 0) - (claim?.Backordered ?? 0);
        if (wanted <= 0) return sku.Refuse(ClaimStatus.AlreadyDone, c.Step, c.Order);
        if (!sku.Card.IsOrderable) return sku.Refuse(ClaimStatus.NotOrderable, c.Step, c.Order);
        var available = sku.Available;
        var held = Math.Clamp(available - sku.Claims.Backordered, 0, wanted);
        var backordered = Math.Min(wanted - held, sku.Room());
        if (held + backordered < wanted)
        {
            var contended = held + sku.Claims.TentativeUnits(turn.Now, c.Order) >= wanted;
            if (contended) return sku.Refuse(ClaimStatus.Contended, c.Step, c.Order);
            if (!c.Partial || held + backordered == 0) return sku.Refuse(ClaimStatus.Insufficient, c.Step, c.Order);
        }

        // What is filled whole waits whole: a part of it is not put aside.
        if (backordered > 0 && sku.Card.Fill == FillPolicy.ShipComplete)
            (held, backordered) = (0, held + backordered);
        available -= held;
        var until = turn.Now + c.HoldFor;
        var sweep = until < (sku.NextSweep ?? DateTimeOffset.MaxValue) ? until : null;
        return sku.Accept(c.Order, c.Step, new SkuEvent.StockReserved(
            c.Order, c.Step, c.Quantity, held, backordered, asked, until, turn.Now + c.Tentative, sweep,
            available, c.Priority, sku.ExpectedFor(c, backordered, available)));
    }

    static Decision<SkuEvent> Allocate(Sku sku, SkuCommand.Allocate c)
    {
        var claim = sku.Claims.Find(c.Order);
        if (sku.RefuseStep(claim, c.Order, c.Step) is { } refused) return refused;
        if (c.Anywhere < 0 || c.Picks.Any(p => p.Units <= 0) || (c.Anywhere == 0 && c.Picks.IsEmpty))
            return sku.Refuse(ClaimStatus.QuantityNotPositive, c.Step, c.Order);
        if (c.Picks.Sum(p => p.Units) + c.Anywhere > claim!.Held)
            return sku.Refuse(ClaimStatus.MoreThanHeld, c.Step, c.Order);
        var picks = sku.Pick(c.Picks, c.Anywhere, c.Among);
        if (picks.IsDefault) return sku.Refuse(ClaimStatus.NodeShort, c.Step, c.Order);

        return sku.Accept(c.Order, c.Step, new SkuEvent.StockAllocated(c.Order, c.Step, picks, sku.Available));
    }

    static Decision<SkuEvent> Return(Sku sku, SkuCommand.Return c)
    {
        var claim = sku.Claims.Find(c.Order);
        if (sku.RefuseStep(claim, c.Order, c.Step) is { } refused) return refused;
        if (c.Picks.IsEmpty || c.Picks.Any(p => p.Units <= 0))
            return sku.Refuse(ClaimStatus.QuantityNotPositive, c.Step, c.Order);
        if (!Holds(claim!, c.Picks)) return sku.Refuse(ClaimStatus.MoreThanHeld, c.Step, c.Order);

        return sku.Accept(c.Order, c.Step, new SkuEvent.StockReturned(
            c.Order, c.Step, c.Picks, sku.Available, sku.Unpicking(claim!, c.Picks)));
    }

    static Decision<SkuEvent> Release(Sku sku, SkuCommand.Release c)
    {
        var claim = sku.Claims.Find(c.Order);
        if (sku.RefuseStep(claim, c.Order, c.Step) is { } refused) return refused;
        if (c.Unallocated < 0 || c.Picks.Any(p => p.Units <= 0) || (c.Unallocated == 0 && c.Picks.IsEmpty))
            return sku.Refuse(ClaimStatus.QuantityNotPositive, c.Step, c.Order);
        if (c.Unallocated > claim!.Held + claim.Backordered || !Holds(claim, c.Picks))
            return sku.Refuse(ClaimStatus.MoreThanHeld, c.Step, c.Order);

        var backordered = Math.Min(c.Unallocated, claim.Backordered);
        var held = c.Unallocated - backordered;
        var available = sku.Available + held + c.Picks.Sum(p => p.Units);
        var released = new SkuEvent.StockReleased(
            c.Order, c.Step, held, backordered, c.Picks, available, sku.Unpicking(claim!, c.Picks));
        var waiting = sku.Queue.Where(w => w.Order != c.Order || w.Backordered > backordered)
            .Select(w => w.Order == c.Order ? w with { Backordered = w.Backordered - backordered } : w);
        return sku.Accept(c.Order, c.Step, [released, .. sku.Fill(waiting, available)]);
    }

    static Decision<SkuEvent> Ship(Sku sku, SkuCommand.Ship c)
    {
        var claim = sku.Claims.Find(c.Order);
        if (sku.RefuseStep(claim, c.Order, c.Step) is { } refused) return refused;
        if (c.Picks.IsEmpty || c.Picks.Any(p => p.Units <= 0))
            return sku.Refuse(ClaimStatus.QuantityNotPositive, c.Step, c.Order);
        if (!Holds(claim!, c.Picks)) return sku.Refuse(ClaimStatus.MoreThanHeld, c.Step, c.Order);

        var (leaving, freed) = sku.Leaving(c.Order, c.Picks, c.Boxes);
        return sku.Accept(
            c.Order, c.Step, new SkuEvent.StockShipped(c.Order, c.Step, c.Picks, sku.Available, leaving, freed));
    }

    static Decision<SkuEvent> SweepHolds(Sku sku, SkuCommand.SweepHolds c, Turn turn)
    {
        // Only the timer that was set last counts, and it counts even if the clock has gone back since.
        if (sku.NextSweep != c.Due) return new(Done.It);

        var now = turn.Now > c.Due ? turn.Now : c.Due;
        var expired = sku.Claims.Expired(now).Take(MaxPerTurn + 1).ToList();
        var more = expired.Count > MaxPerTurn;
        if (more) expired.RemoveAt(MaxPerTurn);
        var available = sku.Available;
        List<SkuEvent> events = [];
        foreach (var claim in expired)
            events.Add(new SkuEvent.HoldExpired(claim.Order, claim.Held, claim.Backordered, available += claim.Held));
        var gone = expired.Select(e => e.Order).ToHashSet();
        events.AddRange(sku.Fill(sku.Queue.Where(w => !gone.Contains(w.Order)), available));
        if (events.Count > 0) available = AvailableAfter(events[^1])!.Value;
        var later = sku.Claims.Later(now);
        DateTimeOffset? next = more ? now.AddMilliseconds(1)
            : later < now + SweepAtMostEvery ? now + SweepAtMostEvery : later;
        events.Add(new SkuEvent.HoldsSwept(next, available));
        return new(Done.It, [.. events]);
    }

    /// <summary>The refusals that every later step of a claim shares; null when there is none.</summary>
    Decision<SkuEvent>? RefuseStep(Claim? claim, string order, int step)
    {
        if (Card is null) return Refuse(ClaimStatus.UnknownSku, step, order);
        if (claim is not null) return step <= claim.Step ? Refuse(ClaimStatus.AlreadyDone, step, order) : null;
        return Claims.TryGetClosed(order, out var closed) && step <= closed.Step
            ? Refuse(ClaimStatus.AlreadyDone, step, order) : Refuse(ClaimStatus.NothingHeld, step, order);
    }

    Decision<SkuEvent> Refuse(ClaimStatus status, int step, string order) => new(Answer(status, step, order));

    ClaimReply Answer(ClaimStatus status, int step, string order)
    {
        var claim = Claims.Find(order);
        return new(
            status, step, StandingOf(order), Free(), Available, claim?.Until, Card?.Product,
            Card?.IsKit == true ? Card.Kit : null);
    }

    /// <summary>The first event is about the order's claim; what follows is about others'.</summary>
    Decision<SkuEvent> Accept(string order, int step, params SkuEvent[] events)
    {
        var after = ClaimAfter(events[0], Version + 1);
        var available = AvailableAfter(events[^1])!.Value;
        return new(
            new ClaimReply(
                ClaimStatus.Done, step, Told(after), Recommit(events[0]).Free(), available, after.Until,
                Card?.Product),
            events);
    }

    /// <summary>An order's claim after an event about it; most orders have none before their reservation.</summary>
    Claim ClaimAfter(SkuEvent happened, long version) => happened is SkuEvent.StockReserved e
        ? Claim.Reserved(Claims.Find(e.Order), e, version)
        : (Claims.Find(OrderOf(happened)) ?? Claim.None(OrderOf(happened))).After(happened, version);

    /// <summary>
    /// The picks, and <paramref name="anywhere"/> more from the nodes with most; default when one is short.
    /// </summary>
    ImmutableArray<NodeUnits> Pick(ImmutableArray<NodeUnits> picks, long anywhere, ImmutableArray<string> among)
    {
        if (anywhere == 0 && picks is [var only]) return At(only.Node).Free < only.Units ? default : picks;
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (node, units) in picks) sums[node] = sums.GetValueOrDefault(node) + units;
        foreach (var node in Nodes.OrderByDescending(n => n.Free).ThenBy(n => n.Node, StringComparer.Ordinal))
        {
            var more = Math.Min(anywhere, node.Free - sums.GetValueOrDefault(node.Node));
            if (more <= 0 || (!among.IsDefault && !among.Contains(node.Node))) continue;
            sums[node.Node] = sums.GetValueOrDefault(node.Node) + more;
            anywhere -= more;
        }

        if (anywhere > 0 || sums.Any(s => At(s.Key).Free < s.Value)) return default;
        return [.. sums.Select(s => new NodeUnits(s.Key, s.Value))];
    }

    static bool Holds(Claim claim, ImmutableArray<NodeUnits> picks) => picks.GroupBy(p => p.Node).All(
        g => g.Sum(p => p.Units) <= claim.Allocated.FirstOrDefault(a => a.Node == g.Key).Units);
}
