using Fulfillment.Catalog;
using Fulfillment.Inventory;

namespace Fulfillment.Simulation;

/// <summary>
/// Master data: three SKUs that want the same two GTINs, one after the other and at once, and give them up again. As
/// the API does it: reads the card, claims, sets the card while it is the one that was read.
/// </summary>
public sealed class Numbering : IWorkload
{
    static readonly string[] Skus = ["L1", "L2", "L3"];

    /// <summary>What they want.</summary>
    public static string[] Gtins { get; } = ["04012345123456", "14012345123453"];

    int _next;

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(60) > 0) return;
        var (sku, gtin, title) = (random.Pick(Skus), random.Pick(Gtins), $"Thing {_next++}");
        SkuCard card = new(title, null, false, null, [], [])
        {
            Packs = random.Next(3) == 0 ? default : [new(Pack.Each, 1, gtin)],
        };
        var at = EntityId.Of(InventoryCalls.Kind, Callers.Seller, sku);
        world.Ask($"read {sku}", at, new SkuCommand.GetStock(), known =>
        {
            var names = Packs.Numbered(known.Card?.Packs ?? default, gtin) is not null;
            if (card.Packs.IsDefault || names) Define(world, at, card, known.Revision, null);
            else Claim(world, at, gtin, card, known.Revision);
        });
    }

    static void Claim(World world, EntityId at, string gtin, SkuCard card, long revision) => world.Ask(
        $"claim {gtin}", at.Sibling(CatalogCalls.Kind, gtin), new TradeItemCommand.Claim(at.Name), reply =>
        {
            if (reply.Status == ClaimGtinStatus.Claimed) Define(world, at, card, revision, reply.Until);
        });

    static void Define(World world, EntityId at, SkuCard card, long revision, DateTimeOffset? until) =>
        world.Ask($"define {at.Name}", at, new SkuCommand.Define(card, revision, until), _ => { });
}
