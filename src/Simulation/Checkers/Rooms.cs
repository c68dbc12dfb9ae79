using Fulfillment.Ordering;
using Fulfillment.Warehousing;

namespace Fulfillment.Simulation;

/// <summary>
/// No day of a node ever had more than it can do; at the end the room that orders have at nodes is that of their
/// fulfilment orders, and every unit has found its node.
/// </summary>
public sealed class Rooms : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        var nodes = history.States(WarehousingCalls.Kind, WarehousingJson.Default.Node)
            .ToDictionary(e => e.Id.Name, e => e.State);
        foreach (var fact in history.Facts)
        {
            if (fact.Event is NodeEvent.RoomClaimed e && nodes[fact.Entity.Name].Card?.CapacityPerDay is { } most
                && e.Used.FirstOrDefault(d => d.Count > most && d.Day >= e.Today.AddDays(-1)) is { Count: > 0 } full)
                throw world.Broken($"{fact.Entity} has {full.Count} on {full.Day}, and can do {most}");
        }

        var last = history.Facts.Select(f => f.Event).OfType<NodeEvent.RoomClaimed>().Select(e => e.Today)
            .DefaultIfEmpty(new(2026, 1, 1)).Max();
        foreach (var (id, order) in history.Orders)
        {
            if (order.Sourcing is { } s)
            {
                if (s.Booked is not null || s.Rooms.Any(r => r.State != RoomState.Granted))
                    throw world.Broken($"{id} waits for room for ever: {s}");
                if (!s.Stuck.IsEmpty && order.Progress.Phase == OrderPhase.Accepted
                    && order.Lines.Any(l => l.Unplaced > 0)
                    && order.Demands.Any(d => d.Standing.Held > 0))
                    throw world.Broken($"{id} finds no node, and all are open: {s.Why}");
            }

            if (order.Fulfilments.FirstOrDefault(f => f.Waiting is not null && f.Lines.Any(l => l.Open > 0)) is { } f
                && nodes[f.Node].Offline is null)
                throw world.Broken($"{id}/{f.Number} waits for {f.Node}, which takes work");
            if (order.Demands.Any(d => !d.ToReturn.IsEmpty)) throw world.Broken($"{id} gives back units for ever");
            foreach (var (name, node) in nodes) Check(world, id, order, name, node, last.AddDays(-Node.RememberedDays));
        }
    }

    static void Check(World world, EntityId id, Order order, string name, Node node, DateOnly remembered)
    {
        // A held order has room for the fulfilment order that is opened once it goes on.
        var planned = order.Sourcing?.Legs.Where(l => l.Node == name && l.Claims).Select(l => l.Day) ?? [];
        var wanted = order.Fulfilments
            .Where(f => f.Node == name && f.HasRoom && f.Lines.Any(l => l.Withdrawn < l.Quantity))
            .Select(f => f.Day!.Value).Concat(planned).Where(d => d > remembered)
            .GroupBy(d => d).OrderBy(g => g.Key).Select(g => new DayRoom(g.Key, g.Count()));
        var has = node.Claims.GetValueOrDefault(id.Key)?.Days.Where(d => d.Day > remembered) ?? [];
        if (!has.SequenceEqual(wanted))
            throw world.Broken($"{id} has {string.Join(", ", has)} at {name} and works on {string.Join(", ", wanted)}");
    }
}
