using Fulfillment.Inventory;

namespace Fulfillment.Simulation;

/// <summary>
/// What the SKUs shipped is what the orders and carts shipped; no order is both cancelled and shipped.
/// </summary>
public sealed class Conservation : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        foreach (var (id, entity) in history.Entities)
            if (entity.Check() is { } wrong) throw world.Broken($"{id}: {wrong}");
        foreach (var (id, sku) in history.Skus)
        {
            long byOrders = history.Orders.Sum(o => o.State.Lines.Where(l => l.Ordered.Sku == id.Name)
                .Sum(l => (long)l.Shipped));
            var byCarts = history.Facts.Where(f => f.Entity == id).Select(f => f.Event).OfType<SkuEvent.StockShipped>()
                .Where(e => e.Order.StartsWith("cart", StringComparison.Ordinal)).Sum(e => e.Picks.Sum(p => p.Units));
            if (sku.Moved.Shipped != byOrders + byCarts)
                throw world.Broken($"{id} shipped {sku.Moved.Shipped}, orders {byOrders} and carts {byCarts}");
        }
    }
}
