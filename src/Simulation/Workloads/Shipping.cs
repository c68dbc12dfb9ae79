using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Simulation;

/// <summary>
/// The packers and the carrier: look at an order, ship some or all of a fulfilment order, report delivery.
/// </summary>
public sealed class Shipping(Buying buying) : IWorkload
{
    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        if (world.Random.Next(4) != 0 || buying.Orders.Count == 0) return;
        var id = world.Random.Pick(buying.Orders);
        world.Ask($"look at {id}", id, new OrderCommand.Get(), reply => Work(world, id, reply.Order));
    }

    void Work(World world, EntityId id, OrderReply? order)
    {
        if (world.IsCalm || order is null || order.Fulfilments.IsEmpty) return;
        var random = world.Random;
        var fulfilment = random.Pick(order.Fulfilments);
        var open = fulfilment.Lines.Where(l => l.Open > 0).ToList();
        if (open.Count == 0)
        {
            OrderCommand.Deliver deliver = new($"d{_next++}", fulfilment.Number);
            world.Ask($"deliver {id}/{fulfilment.Number}", id, deliver, _ => { });
            return;
        }

        if (fulfilment.StartedAt is null && random.Next(3) == 0)
        {
            world.Ask($"start {id}/{fulfilment.Number}", id,
                new OrderCommand.StartWork($"w{_next++}", fulfilment.Number), _ => { });
            return;
        }

        LineUnits some = new(open[0].Line, random.Next(1, open[0].Open + 1));
        OrderCommand.Ship ship = new(
            $"s{_next++}", fulfilment.Number, random.Next(2) == 0 ? [] : [some], "local", $"T{_next}");
        foreach (var line in open.Where(l => l.Sku == Stocking.Tracked || random.Next(8) == 0))
            Pick(world, id, fulfilment, line);
        world.Ask($"ship {id}/{fulfilment.Number}", id, ship, _ => { });
    }

    /// <summary>Units are taken from where they lie, by lot where it has to be named; some are put back.</summary>
    void Pick(World world, EntityId order, Fulfilment fulfilment, FulfilmentLine line)
    {
        var random = world.Random;
        var at = EntityId.Of("sku", Callers.Seller, line.Sku);
        Particulars? what = line.Sku == Stocking.Tracked ? new(Lot: $"L{random.Next(3)}") : null;
        var id = $"p{_next++}";
        world.Ask(id, at, new SkuCommand.Pick(
            id, order.Name, fulfilment.Node, random.Next(1, line.Open + 1), what, "tote"), _ => { });
        if (random.Next(4) > 0) return;
        var back = $"u{_next++}";
        world.Ask(back, at, new SkuCommand.Unpick(back, order.Name, fulfilment.Node, 1, what, "A-1"), _ => { });
    }
}
