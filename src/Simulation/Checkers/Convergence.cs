using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Simulation;

/// <summary>Orders are decided, nothing is under way, and orders and SKUs believe the same of each other.</summary>
public sealed class Convergence : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        var skus = history.Skus.ToDictionary(s => s.Id, s => s.State);
        foreach (var (id, order) in history.Orders)
        {
            if (!order.Progress.IsDecided) throw world.Broken($"{id} is undecided for ever");
            if (order.Progress is { Phase: OrderPhase.Clearing, Live: > 0, Holds: 0 })
                throw world.Broken($"{id} waits for a payment that is overdue");
            if (order.Editing is not null) throw world.Broken($"{id} waits for its edit for ever");
            if (order.Clearance.Holds.FirstOrDefault(h => h is { IsOpen: true, By: not Order.PaymentRule }) is { } hold)
                throw world.Broken($"{id} is held for ever: {hold}");
            if (order.Routing) throw world.Broken($"{id} waits for the router for ever");
            foreach (var demand in order.Demands) Check(world, id, order, demand, skus);
        }

        foreach (var (id, sku) in skus)
        {
            foreach (var claim in sku.Claims.Open)
            {
                var order = EntityId.Of("order", id.Seller, claim.Order);
                if (claim.Order.StartsWith('o') && !history.Entities.ContainsKey(order))
                    throw world.Broken($"{id} holds units for {claim.Order}, which does not exist");
            }

            // Where claims are filled whole, what is not enough for the next one waits with it.
            var next = sku.Claims.Waiting.FirstOrDefault();
            var enough = sku.Card?.Fill == FillPolicy.ShipComplete ? next?.Backordered : 1;
            if (sku.Claims.Backordered > 0 && sku.Available >= enough)
                throw world.Broken($"{id} has {sku.Available} available, and orders wait for {sku.Claims.Backordered}");
            if (sku.Outdated is not null) throw world.Broken($"{id} never told who waits when his units come");
        }
    }

    static void Check(
        World world, EntityId id, Order order, Demand demand, Dictionary<EntityId, Sku> skus)
    {
        if (demand.Pending is not null) throw world.Broken($"{id} waits for {demand.Sku} for ever: {demand.Pending}");
        var claim = skus.GetValueOrDefault(id.Sibling("sku", demand.Sku))?.Claims.Find(id.Name) ?? Claim.None(id.Name);
        var believed = demand.Standing;
        if (claim.Held != believed.Held || claim.Backordered != believed.Backordered
            || claim.Expected != believed.Expected || !claim.Allocated.SequenceEqual(believed.Allocated))
            throw world.Broken($"{id} believes {believed} of {demand.Sku}, which says {claim.Standing}");
        var open = order.Fulfilments.Sum(f => f.Lines.Where(l => l.Sku == demand.Sku).Sum(l => l.Open));
        var stopped = order.Progress.Holds > 0;
        if (!stopped && claim.Allocated.Sum(a => a.Units) != open)
            throw world.Broken($"{id} has {open} open units of {demand.Sku}, which has {claim.Standing} for it");
        var waiting = order.Lines.Where(l => l.Ordered.Sku == demand.Sku).Sum(l => l.Unplaced);
        var due = order.Progress.Phase is OrderPhase.Rejected ? 0 : waiting;
        var leftover = claim.Allocated.Sum(a => a.Units) - open;
        // What is committed at nodes goes back when the hold ends, as far as it is not needed any more.
        if (stopped ? claim.Held + claim.Backordered + leftover < due : claim.Backordered != due || claim.Held != 0)
            throw world.Broken($"{id} still needs {due} of {demand.Sku}, which holds {claim.Standing} for it");
    }
}
