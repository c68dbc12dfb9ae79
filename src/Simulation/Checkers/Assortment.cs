using Fulfillment.Catalog;
using Fulfillment.Inventory;

namespace Fulfillment.Simulation;

/// <summary>
/// Products and SKUs agree: every variant is ready or has failed, the card of each that is ready says what the product
/// does, and what it has no more is sold no more. No SKU went from one product to another.
/// </summary>
public sealed class Assortment : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        Dictionary<EntityId, string> owners = [];
        foreach (var fact in history.Facts)
        {
            if (fact.Event is not SkuEvent.SkuDefined { Card.Variant.Product: var product }) continue;
            if (owners.TryGetValue(fact.Entity, out var owner) && owner != product)
                throw world.Broken($"{fact.Entity} went from {owner} to {product} at {fact.Position}");
            owners[fact.Entity] = product;
        }

        foreach (var (id, product) in history.States(ProductCalls.Kind, ProductJson.Default.Product))
        {
            foreach (var variant in product.Variants)
            {
                if (variant.State is VariantState.Pending or VariantState.Asked)
                    throw world.Broken($"{id} waits for {variant.Sku} for ever");
                if (variant.State == VariantState.Failed) continue;
                var card = history.Skus.First(s => s.Id == id.Sibling(InventoryCalls.Kind, variant.Sku)).State.Card!;
                if (card.Variant?.Product != id.Name || card.Variant.Step != variant.Step)
                    throw world.Broken($"{variant.Sku} does not know of step {variant.Step} of {id}");
                if ((variant.Fields.Title ?? card.Title) != card.Title)
                    throw world.Broken($"{variant.Sku} is {card.Title}, and {variant.Fields.Title} in {id}");
                if (variant.Removed != (card.Lifecycle == SkuLifecycle.Discontinued))
                    throw world.Broken($"{variant.Sku} is {card.Lifecycle}, and removed from {id}: {variant.Removed}");
            }
        }
    }
}
