using Fulfillment.Catalog;
using Fulfillment.Inventory;

namespace Fulfillment.Simulation;

/// <summary>
/// At no position of the journal did two SKUs name the same GTIN; at the end each GTIN knows who names it, and no claim
/// is left open.
/// </summary>
public sealed class Numbers : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        Dictionary<EntityId, string> owners = [];
        foreach (var fact in history.Facts)
        {
            if (fact.Event is not SkuEvent.SkuDefined defined) continue;
            foreach (var gtin in defined.Dropped.IsDefault ? [] : defined.Dropped)
                owners.Remove(fact.Entity.Sibling(CatalogCalls.Kind, gtin));
            foreach (var gtin in Packs.Gtins(defined.Card.Packs))
            {
                var id = fact.Entity.Sibling(CatalogCalls.Kind, gtin);
                if (owners.TryGetValue(id, out var owner) && owner != fact.Entity.Name)
                    throw world.Broken($"{id} is named by {owner} and by {fact.Entity.Name} at {fact.Position}");
                owners[id] = fact.Entity.Name;
            }
        }

        foreach (var (id, item) in history.States(CatalogCalls.Kind, CatalogJson.Default.TradeItem))
            if (item.Until is not null || item.Sku != owners.GetValueOrDefault(id))
                throw world.Broken($"{id} is of {item.Sku ?? "nobody"}, and named by {owners.GetValueOrDefault(id)}");
    }
}
