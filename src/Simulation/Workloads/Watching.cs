using Fulfillment.Inventory;
using Fulfillment.Purchasing;

namespace Fulfillment.Simulation;

/// <summary>
/// Levels, buffers and reorders of the SKUs that are sold, changed now and then; and the buyer, who sends, cancels and
/// closes the purchase orders that SKUs write.
/// </summary>
public sealed class Watching : IWorkload
{
    const int MostDrafts = 3;

    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(70) == 0) Rule(world, random);
        if (random.Next(10) == 0) Buy(world, random);
    }

    static void Rule(World world, Random random)
    {
        var sku = random.Pick(Stocking.Skus);
        StockRules rules = new(
            [new("low", random.Next(6)), new("N1", random.Next(3), "N1")], random.Next(3),
            [new("N2", random.Next(3))],
            [new("web", random.Next(3), random.Next(2) == 0 ? null : random.Next(1, 9), ResumeAt: random.Next(1, 4))],
            random.Next(3) == 0 ? null
                : new(random.Next(6), random.Next(6, 15), "S", random.Pick(Stocking.Nodes), 100, "EUR", 2,
                    random.Next(1, 4)));
        world.Ask($"rules of {sku}", EntityId.Of("sku", Callers.Seller, sku), new SkuCommand.SetRules(rules), _ => { });
    }

    /// <summary>Whichever of the first drafts there may be.</summary>
    void Buy(World world, Random random)
    {
        var order = Sku.ReorderId(random.Pick(Stocking.Skus), 1 + random.Next(MostDrafts));
        var id = $"w{_next++}";
        ICommand<PurchaseReply> change = random.Next(8) switch
        {
            0 => new PurchaseCommand.CancelLines(id, [], "not now"),
            1 => new PurchaseCommand.Close(id, "enough came"),
            2 or 3 or 4 => new PurchaseCommand.SendOut(id),
            _ => new PurchaseCommand.Receive(id, [new("1", random.Next(1, 9), 0, StockState.Quarantine)]),
        };
        world.Ask(
            $"{id} of {order}", EntityId.Of(PurchasingCalls.Kind, Callers.Seller, order), change, _ => { });
    }
}
