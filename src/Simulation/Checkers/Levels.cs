using Fulfillment.Inventory;
using Fulfillment.Purchasing;

namespace Fulfillment.Simulation;

/// <summary>
/// Every crossing of a level was told once: down and up take turns. A SKU has one purchase order of its own at a time,
/// which is there, and is over when the SKU says so; and nothing that was crossed is untold at the end.
/// </summary>
public sealed class Levels : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        HashSet<(EntityId, string)> down = [];
        Dictionary<EntityId, string> open = [];
        Dictionary<string, bool> ended = [];
        foreach (var fact in history.Facts)
        {
            var told = fact.Event switch
            {
                SkuEvent.LevelCrossed e => ($"level {e.Name}", e.Below),
                SkuEvent.ListingPaused e => ($"listing {e.Channel}", true),
                SkuEvent.ListingResumed e => ($"listing {e.Channel}", false),
                _ => (null, false),
            };
            if (told is (string name, var isDown)
                && !(isDown ? down.Add((fact.Entity, name)) : down.Remove((fact.Entity, name))))
                throw world.Broken($"{fact.Entity} told twice of {name}, at {fact.Position}");
            if (fact.Event is SkuEvent.ReorderRaised raised && !open.TryAdd(fact.Entity, raised.Order))
                throw world.Broken($"{fact.Entity} orders {raised.Order} while {open[fact.Entity]} is open");
            if (fact.Event is SkuEvent.ReorderEnded over && ended.TryAdd(over.Order, over.Declined))
                open.Remove(fact.Entity);
        }

        foreach (var (id, order) in history.States(PurchasingCalls.Kind, PurchasingJson.Default.PurchaseOrder))
        {
            if (order.Purchase is not { Terms.ReorderOf: { } sku } p) continue;
            var owner = id.Sibling(InventoryCalls.Kind, sku);
            var isOpen = open.GetValueOrDefault(owner) == id.Name;
            if (isOpen) open.Remove(owner);
            if (isOpen && p.IsOver) throw world.Broken($"{id} is {p.State}, and {sku} waits for it");
            if (!isOpen && !ended.ContainsKey(id.Name)) throw world.Broken($"{id} is of no SKU");
            // Acknowledged anew, an order that was received may have more to come.
            if (!isOpen && !p.IsOver && p.Lines.All(l => l.Received == 0))
                throw world.Broken($"{id} is {p.State}, and {sku} was told that it is over");
        }

        if (open.Count > 0) throw world.Broken($"{open.First().Value} was raised and is not there");
        foreach (var (id, sku) in history.Skus)
            if (sku.Watching is { Due: not null }) throw world.Broken($"{id} has levels that are not told");
    }
}
