using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Inventory;

namespace Fulfillment.Simulation;

/// <summary>
/// Master data: two products whose options gain and lose values, which want one SKU and a GTIN of each other, and of
/// the SKUs of <see cref="Numbering"/>.
/// </summary>
public sealed class Merchandising : IWorkload
{
    static readonly string[] Products = ["T1", "T2"], Colours = ["red", "blue"], Sizes = ["S", "M"];

    int _next;

    /// <summary>The SKU that both products want.</summary>
    public const string Contested = "V-both";

    /// <inheritdoc/>
    public void Step(World world)
    {
        var random = world.Random;
        if (random.Next(90) > 0) return;
        var id = random.Pick(Products);
        ImmutableArray<string> colours = [.. Colours.Take(random.Next(1, 3))],
            sizes = [.. Sizes.Take(random.Next(1, 3))];
        List<VariantTerms> variants = [];
        foreach (var colour in colours)
        {
            foreach (var size in sizes)
            {
                var named = (colour, size) == ("red", "S");
                variants.Add(new(
                    named && random.Next(2) == 0 ? Contested : $"{id}-{colour}-{size}", [colour, size],
                    new(Packs: named && random.Next(2) == 0 ? [new(Pack.Each, 1, Numbering.Gtins[0])] : default)));
            }
        }

        ProductTerms terms = new(
            $"Shirt {_next++ / 2}", null, [new("Colour", colours), new("Size", sizes)],
            new(Lifecycle: random.Next(9) == 0 ? SkuLifecycle.Draft : null), [.. variants]);
        world.Ask(
            $"write product {id}", EntityId.Of(ProductCalls.Kind, Callers.Seller, id),
            new ProductCommand.Write(terms), _ => { });
    }
}
