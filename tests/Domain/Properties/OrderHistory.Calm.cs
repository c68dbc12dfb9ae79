using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

// What comes to an end, and what must be true then.
sealed partial class OrderHistory
{
    int _tried, _left, _wanted;

    /// <summary>Everything arrives, until nothing is under way.</summary>
    void Calm()
    {
        foreach (var sku in _skus.Values) sku.IsCalm = true;
        foreach (var node in _nodes.Values) node.IsCalm = true;
        _router.IsCalm = true;
        for (var i = 0; i < MostCalmSteps; i++)
        {
            Step step = new(0, i, i, i);
            if (_sent.Count > 0) Deliver(i % _sent.Count, step, finish: true);
            else if (_late.Count > 0) Arrive();
            else if (_skus.Values.Any(s => s.Backordered > 0)) Fill(step);
            else if (_timers.Count > 0) Fire(0, keep: false);
            else if (Decision() is { } decision) Decide(decision);
            else return;
        }

        Assert.Fail($"It does not come to an end: {_order.State}");
    }

    /// <summary>What somebody has to do for the order to go on; null when it can.</summary>
    OrderCommand? Decision()
    {
        var order = _order.State;
        if (order.Intercepts.FirstOrDefault(i => i.Status == InterceptStatus.Open) is { } intercept)
            return new OrderCommand.AnswerIntercept(intercept.Number, intercept.Number % 2 == 0);
        var hold = order.Clearance.Holds.FirstOrDefault(h => h.IsOpen);
        if (hold?.By == Order.PaymentRule)
        {
            return new OrderCommand.ConfirmPayment(
                $"calm-{_operations++}", Orders.Eur(order.Due!.Value.AmountMinor - order.PaidMinor));
        }

        if (hold is not null) return new OrderCommand.ReleaseHold($"calm-{_operations++}", hold.Number, "calm", "ann");
        if (order.Sourcing is { Stuck.IsEmpty: false } && order.Progress.Phase == OrderPhase.Accepted && _tried++ == 0)
            return new OrderCommand.RouteAgain(null, Free: true, "calm");
        // Of some, what its node has just begun is wanted elsewhere.
        if ((_wanted == 1 || (_wanted == 0 && _operations % 3 == 0))
            && order.Fulfilments.FirstOrDefault(f => f.Lines.Any(l => l.MayLeave > 0)) is { } work)
        {
            return _wanted++ == 0 ? new OrderCommand.StartWork($"calm-{_operations++}", work.Number)
                : new OrderCommand.MoveWork($"calm-{_operations++}", work.Number, work.Node, [], "slow", "ann");
        }

        // Of every other history, all that may leave does.
        return _operations % 2 == 0 || _left == order.Fulfilments.Length ? null
            : new OrderCommand.Ship($"calm-{++_left}", _left, [], null, null);
    }

    /// <summary>Only what has an id does nothing the second time.</summary>
    void Decide(OrderCommand decision)
    {
        if (decision is OrderCommand.RouteAgain) Run(decision);
        else Call(decision);
    }

    void Arrive()
    {
        OrderCommand[] late = [.. _late];
        _late.Clear();
        foreach (var command in late) Run(command);
    }

    /// <summary>What the SKUs hold is what the order's units need, where they need it, and nothing else.</summary>
    void CheckBooks()
    {
        var order = ((OrderAnswer)_order.Ask(new OrderCommand.Get(), _now)!).Order!;
        Assert.True(_order.State.Progress.IsDecided);
        Assert.NotEqual(OrderStatus.Received, order.Status);
        Assert.All(_order.State.Demands, d => Assert.Null(d.Pending));
        CheckRoom(order);
        foreach (var (name, sku) in _skus)
        {
            var at = order.Fulfilments.SelectMany(f => f.Lines.Where(l => l.Sku == name).Select(l => (f.Node, Line: l)))
                .ToLookup(l => l.Node, l => l.Line);
            Assert.Equal(0, sku.Unallocated);
            if (_order.State.Demands.FirstOrDefault(d => d.Sku == name) is { } demand)
                Assert.Equal(Text.Of(sku.Standing), Text.Of(demand.Standing));
            Assert.Equal(Sums(at, l => l.Open), sku.Allocated.OrderBy(a => a.Key, StringComparer.Ordinal));
            Assert.Equal(Sums(at, l => l.Shipped), sku.Shipped.OrderBy(a => a.Key, StringComparer.Ordinal));
        }

        foreach (var line in order.Lines)
        {
            Assert.Equal((0L, 0L), (line.Reserved, line.Backordered));
            if (order.Status != OrderStatus.Rejected)
                Assert.Equal(line.Line.Quantity, line.Allocated + line.Shipped + line.Cancelled);
        }

        See(order);
    }

    /// <summary>Room is where there is work that has some, or was, if it has left.</summary>
    void CheckRoom(OrderReply order)
    {
        var sourcing = order.Sourcing ?? Sourcing.None;
        Assert.Null(sourcing.Booked);
        Assert.DoesNotContain(sourcing.Legs, l => l.Claims);
        Assert.All(sourcing.Rooms, r => Assert.Equal(RoomState.Granted, r.State));
        var rooms = order.Fulfilments.Where(f => f.HasRoom && f.Lines.Any(l => l.Withdrawn < l.Quantity))
            .ToLookup(f => f.Node, f => f.Day!.Value);
        foreach (var (name, node) in _nodes)
        {
            var days = rooms[name].CountBy(day => day).OrderBy(d => d.Key);
            Assert.Equal(days.Select(d => new DayRoom(d.Key, d.Value)), node.Days);
            Assert.Equal(node.Days.AsEnumerable(), sourcing.Rooms.First(r => r.Node == name).Days);
        }
    }

    /// <summary>Units at nodes are in a fulfilment order, or have left and their SKU does not know yet.</summary>
    void CheckPlaces()
    {
        var order = _order.State;
        foreach (var demand in order.Demands)
        {
            SortedDictionary<string, long> at = new(StringComparer.Ordinal);
            foreach (var f in order.Fulfilments)
            {
                foreach (var line in f.Lines)
                    if (line.Sku == demand.Sku) at[f.Node] = at.GetValueOrDefault(f.Node) + line.Open;
            }

            foreach (var (node, units) in demand.ToShip) at[node] = at.GetValueOrDefault(node) + units;
            Assert.Equal(
                at.Where(a => a.Value != 0).Select(a => new NodeUnits(a.Key, a.Value)), demand.Placed.AsEnumerable());
            Assert.All(demand.Pinned, p => Assert.True(p.Units > 0));
        }
    }

    static IEnumerable<KeyValuePair<string, long>> Sums(
        ILookup<string, FulfilmentLine> at, Func<FulfilmentLine, int> units) =>
        at.Select(g => KeyValuePair.Create(g.Key, g.Sum(l => (long)units(l)))).Where(n => n.Value > 0)
            .OrderBy(n => n.Key, StringComparer.Ordinal);
}
