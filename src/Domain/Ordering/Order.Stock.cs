using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Ordering;

// What the order holds at its SKUs, and the next step that brings it to what the lines need.
public sealed partial record Order
{
    bool IsUndecided => Progress.Phase == OrderPhase.Reserving && Progress.Live > 0;

    bool IsEnded => Progress.Phase is OrderPhase.Rejected or OrderPhase.Closed;

    bool IsAllocating => Demands.Any(d => d.IsAllocating);

    /// <summary>Units of the demand that are neither cancelled nor in a fulfilment order.</summary>
    long Needed(Demand demand)
    {
        if (IsEnded) return 0;
        long needed = 0;
        foreach (var i in demand.Lines) needed += Lines[i].Unplaced;
        return needed;
    }

    /// <summary>The answer of a SKU that the event tells of; null when it tells of none.</summary>
    public static StockAnswer? AnswerOf(OrderEvent happened) => happened switch
    {
        OrderEvent.StockAnswered e => e.Answer,
        OrderEvent.KitOpened e => e.Answer,
        OrderEvent.ReservationDeferred e => e.Answer,
        OrderEvent.ReservationsYielded e => e.Answer,
        OrderEvent.PaymentAwaited e => e.Answer,
        OrderEvent.OrderAccepted e => e.Answer,
        OrderEvent.OrderRejected e => e.Answer,
        OrderEvent.FulfilmentOpened e => e.Answer,
        OrderEvent.StockSecured e => e.Answer,
        OrderEvent.OrderEdited e => e.Answer,
        OrderEvent.EditRefused e => e.Answer,
        _ => null,
    };

    /// <summary>The demands after a SKU has answered.</summary>
    ImmutableArray<Demand> Told(StockAnswer? answer) => answer is null || Find(answer.Sku) is not (>= 0 and var index)
        ? Demands : Demands.SetItem(index, Demands[index].After(answer));

    Order Adopt(OrderEvent.ClaimChanged e)
    {
        var index = Find(e.Sku);
        var changed = Demands[index] with { Standing = e.Standing, Free = e.Free };
        return this with { Demands = Demands.SetItem(index, changed) };
    }

    Order Mark(string sku, Grant grant)
    {
        var index = Find(sku);
        return this with { Demands = Demands.SetItem(index, Demands[index] with { Grant = grant }) };
    }

    static Decision<OrderEvent> NoteClaim(Order order, OrderCommand.NoteClaim c, Turn turn) =>
        order.Find(c.Sku) is >= 0 and var index && c.Standing.Version > order.Demands[index].Standing.Version
            ? new(Done.It, order.Conclude(new OrderEvent.ClaimChanged(c.Sku, c.Standing, c.Free), turn)) : new(Done.It);

    /// <summary>Begins the next step of one SKU; of all where that ends something that others wait for.</summary>
    Order Settle(string sku, bool wasAllocating)
    {
        if (Yielding || InTurn) return SettleAll();
        var order = Next(Find(sku));
        return wasAllocating && !order.IsAllocating ? order.SettleAll() : order.Route();
    }

    Order SettleAll()
    {
        var order = this;
        if (Yielding && Demands.All(d => d.Pending is null && d.Standing is { Held: 0, Backordered: 0 }))
        {
            order = this with
            {
                Yielding = false,
                Demands = [.. Demands.Select(d => d with { Grant = Grant.Unanswered })],
            };
        }

        order = order.TakeBack();
        var allocating = order.IsAllocating;
        for (var i = 0; i < Demands.Length; i++) order = order.Next(i);
        return allocating && !order.IsAllocating ? order.SettleAll() : order.Route();
    }

    Order Next(int index)
    {
        var demand = Demands[index];
        if (demand.Pending is not null) return this;
        var (op, plan, anywhere) = Wanted(demand, index);
        if (op is not null)
        {
            var asked = demand with { Plan = plan, Anywhere = anywhere, Step = op.Step, Pending = op };
            var begun = Begun with { Steps = Begun.Steps.Add(index) };
            return this with { Demands = Demands.SetItem(index, asked), Begun = begun };
        }

        if (plan == demand.Plan && anywhere == demand.Anywhere) return this;
        var unplanned = demand with { Plan = plan, Anywhere = anywhere };
        return (this with { Demands = Demands.SetItem(index, unplanned) }).Next(index);
    }

    /// <summary>The step that the demand needs now, if any, and what is left of its plan.</summary>
    (StockOp? Op, ImmutableArray<NodeUnits> Plan, long Anywhere) Wanted(Demand d, int index)
    {
        var step = d.Step + 1;
        var needed = Needed(d);
        if (IsUndecided && !Yielding)
        {
            var asks = d.Grant == Grant.Unanswered && needed > 0
                && (!InTurn || Demands.Take(index).All(b => b.Grant == Grant.Granted || Needed(b) == 0));
            return (asks ? new(StockOpKind.Reserve, step, needed, []) : null, [], 0);
        }

        if (!d.ToShip.IsEmpty) return (new(StockOpKind.Ship, step, 0, d.ToShip), d.Plan, d.Anywhere);
        if (!d.ToReturn.IsEmpty) return (new(StockOpKind.Return, step, 0, d.ToReturn), d.Plan, d.Anywhere);
        var leftover = PositiveOf(d.Leftover);
        var spare = Units.Sum(leftover);
        if (Editing is not null && d.Grant == Grant.Unanswered
            && needed > d.Standing.Held + d.Standing.Backordered + spare)
            return (new(StockOpKind.Reserve, step, needed - spare, []), d.Plan, d.Anywhere);
        if (!d.Plan.IsEmpty || d.Anywhere > 0)
        {
            var most = Math.Clamp(d.Standing.Held, 0, Math.Max(0, needed - spare));
            var plan = Units.Trim(d.Plan, most);
            var anywhere = Math.Min(d.Anywhere, most - Units.Sum(plan));
            return (plan.IsEmpty && anywhere == 0 ? null
                : new(StockOpKind.Allocate, step, anywhere, plan, anywhere > 0 ? d.Among : default), [], 0);
        }

        // What is committed at nodes serves the units that are needed, and goes back once none is.
        if (Yielding) needed = 0;
        var back = needed > 0 || IsAllocating ? [] : leftover;
        var open = d.Standing.Held + d.Standing.Backordered;
        var unallocated = Math.Clamp(open + spare - needed, 0, open);
        if (!back.IsEmpty || unallocated > 0) return (new(StockOpKind.Release, step, unallocated, back), [], 0);
        return (d.Looks ? new(StockOpKind.Look, step, 0, []) : null, [], 0);
    }

    /// <summary>
    /// The fulfilment orders to open once no SKU is being committed any more: one per node, the units at it given to
    /// the lines in the buyer's order. Empty when there is nothing to open yet.
    /// </summary>
    ImmutableArray<NewFulfilment> OpenFulfilments()
    {
        if (IsStopped || IsAllocating || Sourcing?.Booked is not null || Demands.All(d => d.Leftover.IsEmpty))
            return [];
        List<(string Node, int Index, int Units)> opened = [];
        foreach (var demand in Demands) GiveToLines(demand, opened);
        opened.Sort((a, b) => string.CompareOrdinal(a.Node, b.Node) is not 0 and var order ? order : a.Index - b.Index);
        var fulfilments = ImmutableArray.CreateBuilder<NewFulfilment>(1);
        for (var first = 0; first < opened.Count;)
        {
            var node = opened[first].Node;
            var lines = ImmutableArray.CreateBuilder<OpenedUnits>(1);
            for (; first < opened.Count && opened[first].Node == node; first++)
            {
                var line = Lines[opened[first].Index].Ordered;
                lines.Add(new(line.Id, line.Sku, opened[first].Units));
            }

            fulfilments.Add(Planned(Fulfilments.Length + fulfilments.Count + 1, node, lines.DrainToImmutable()));
        }

        return fulfilments.DrainToImmutable();
    }

    /// <summary>The units that the demand has at nodes, given to its lines in the buyer's order.</summary>
    void GiveToLines(Demand demand, List<(string Node, int Index, int Units)> given)
    {
        var (at, taken) = (0, 0);
        foreach (var (node, units) in PositiveOf(demand.Leftover))
        {
            var left = units;
            while (left > 0 && at < demand.Lines.Length)
            {
                var index = demand.Lines[at];
                var take = (int)Math.Min(left, Lines[index].Unplaced - taken);
                if (take > 0) given.Add((node, index, take));
                left -= take;
                taken += take;
                if (taken < Lines[index].Unplaced) continue;
                (at, taken) = (at + 1, 0);
            }
        }
    }

    Send AskSku(Demand demand, Turn turn)
    {
        var op = demand.Pending!;
        var order = turn.Self.Name;
        SkuCommand command = op.Kind switch
        {
            StockOpKind.Reserve => new SkuCommand.Reserve(
                order, op.Step, op.Units, turn.Now,
                Editing is null && Placed!.Allocation == AllocationPolicy.ShipAvailable,
                Tentative: IsUndecided && Placed!.Allocation == AllocationPolicy.AllOrNothing && Demands.Length > 1
                    ? TentativeFor : null, Priority: Placed!.Wishes?.Priority ?? 0),
            StockOpKind.Allocate => new SkuCommand.Allocate(order, op.Step, op.Picks, op.Units, op.Among),
            StockOpKind.Return => new SkuCommand.Return(order, op.Step, op.Picks),
            StockOpKind.Release => new SkuCommand.Release(order, op.Step, op.Units, op.Picks),
            StockOpKind.Ship => new SkuCommand.Ship(order, op.Step, op.Picks, ShippedBoxes()),
            StockOpKind.Look => new SkuCommand.GetClaim(order, op.Step),
        };
        return new(turn.Self.Sibling("sku", demand.Sku), command);
    }

    static ImmutableArray<NodeUnits> PositiveOf(ImmutableArray<NodeUnits> units) =>
        units.All(u => u.Units > 0) ? units : [.. units.Where(u => u.Units > 0)];
}
