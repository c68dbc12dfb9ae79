using System.Collections.Immutable;

namespace Fulfillment.Inventory;

// Supply whose owner keeps its books: purchase orders, transfers.
public sealed partial record Sku
{
    static Decision<SkuEvent> PlanSupply(Sku sku, SkuCommand.PlanSupply c, Turn turn)
    {
        if (sku.RefuseSupply() is { } refused) return new(new PlanSupplyReply(refused, []));
        ImmutableArray<ArrivedUnits> arrived = [.. c.Arrived.Where(a => !sku.Movements.TryGet(a.Id, out _))];
        foreach (var from in arrived.Where(a => a.From is not null).GroupBy(a => a.From!))
        {
            if (sku.At(from.Key).InTransit < from.Sum(a => (long)a.Quantity))
                return new(new PlanSupplyReply(SupplyStatus.NotInTransit, []));
        }

        var open = sku.SupplyOf(c.Id);
        var (status, plan) = sku.Planned(c, open);
        if (plan is null && arrived.IsEmpty) return new(new PlanSupplyReply(status, []));
        if (c.Until < turn.Now) return new(new PlanSupplyReply(SupplyStatus.TooLate, []));
        // What arrives with it is counted off the plan like all that arrives.
        var came = arrived.Sum(a => (long)a.Quantity);
        if (plan is not null && plan.Units + (open?.Units ?? 0) > 0) plan = plan with { Units = plan.Units + came };
        else if (plan is null && open is not null) plan = sku.Again(open, came);

        var moved = sku.Arrivals(c, arrived, turn);
        var available = moved.Length == 0 ? sku.Available : AvailableAfter(moved[^1])!.Value;
        SkuEvent[] filled = moved.Length == 0 ? [] : [.. sku.Fill(sku.Queue, available)];
        return new(
            new PlanSupplyReply(
                moved.Length > 0 && status == SupplyStatus.AlreadyDone ? SupplyStatus.Done : status,
                [.. filled.OfType<SkuEvent.BackorderFilled>().Select(e => new OrderUnits(e.Order, e.Units))]),
            [.. plan is null ? (SkuEvent[])[] : [plan], .. moved, .. filled]);
    }

    /// <summary>What the message changes of the plan; null when it changes nothing.</summary>
    (SupplyStatus, SkuEvent.SupplyPlanned?) Planned(SkuCommand.PlanSupply c, Supply? open)
    {
        if (Movements.TryGet(Key(c.Id), out var step) && step >= c.Step) return (SupplyStatus.AlreadyDone, null);
        if (c.Units < 0) return (SupplyStatus.QuantityNotPositive, null);
        if (c.Units > 0 && open is null && !Supplies.IsDefault && Supplies.Length >= MaxSupplies)
            return (SupplyStatus.TooMany, null);
        return (SupplyStatus.Done, new(c.Id, c.Step, c.Node, c.Units, c.At.ToUniversalTime(), c.Source));
    }

    /// <summary>The plan as a later message left it, with what an older one is about to count off.</summary>
    SkuEvent.SupplyPlanned Again(Supply open, long came) => new(
        open.Id, Movements.TryGet(Key(open.Id), out var step) ? (int)step : 0, open.Node, open.Units + came, open.At,
        open.Source);

    ImmutableArray<SkuEvent> Arrivals(SkuCommand.PlanSupply c, ImmutableArray<ArrivedUnits> arrived, Turn turn)
    {
        var (available, now) = (Available, this);
        var events = ImmutableArray.CreateBuilder<SkuEvent>(arrived.Length);
        foreach (var (id, wanted, quantity, reason, from, told) in arrived)
        {
            var (state, what) = from is null ? now.Arriving(wanted, told, quantity, turn) : (wanted, null);
            available += state == StockState.Available ? quantity : 0;
            if (from is null)
            {
                events.Add(new SkuEvent.StockReceived(
                    id, c.Node, state, quantity, reason, available, c.Id, what));
                now = (now with { Slots = now.Slots.With(SlotBook.Changes(events[^1])) }).Know(what);
                continue;
            }

            var slots = now.FromTheWay(from, told, quantity);
            if (!slots.IsDefault && !slots.Any(SlotBook.IsNamed)) slots = default;
            events.Add(new SkuEvent.StockArrived(id, from, c.Node, state, quantity, reason, available, c.Id, slots));
            now = now.Count(from, StockState.InTransit, -quantity) with
            {
                Slots = now.Slots.With(SlotBook.Changes(events[^1])),
            };
        }

        return events.MoveToImmutable();
    }

    /// <summary>Units that were in transit from a node: those that are named, where they are.</summary>
    ImmutableArray<Slot> FromTheWay(string from, Particulars? told, int quantity)
    {
        if (Slots.IsDefault) return default;
        var named = told is null ? default
            : Take(from, StockState.InTransit, told, quantity, looseToo: true, blockedToo: true);
        return !named.IsDefault ? named
            : Take(from, StockState.InTransit, new(), quantity, looseToo: true, blockedToo: true);
    }

    /// <summary>
    /// What has arrived is here, whatever was told of it: units that cannot be told apart as the card asks, or may not
    /// be sold, are set aside until somebody names them or decides.
    /// </summary>
    (StockState State, Particulars? What) Arriving(StockState state, Particulars? told, int units, Turn turn)
    {
        var what = told is { IsNothing: false } ? told : null;
        var unnamed = RefuseArrival(what, units) is not null;
        if (unnamed) what = null;
        return state == StockState.Available && (unnamed || MayNotSell(what?.Lot, what?.Expires, turn))
            ? (StockState.Quarantine, what) : (state, what);
    }

    Sku Plan(SkuEvent.SupplyPlanned e) => this with
    {
        Supplies = Supplies.With(new(e.Id, e.Node, e.Units, e.At, e.Source, SupplyOf(e.Id)?.Received ?? 0)),
    };

    Sku Arrived(SkuEvent.StockArrived e) => Arrived(e.Supply, e.Quantity);

    /// <summary>Units of those that are on hand at the node; what is in transit is at none.</summary>
    static long Present(StockState state, int units) => state == StockState.InTransit ? 0 : units;
}
