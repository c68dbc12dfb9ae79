using Fulfillment.Inventory;

namespace Fulfillment.Packing;

/// <summary>What the catalogue tells a packer of a SKU.</summary>
public static class PackLines
{
    /// <summary>Handling classes that packing knows: nothing lies on it; it stands upright; it stays cold.</summary>
    public const string Fragile = "fragile", ThisSideUp = "this-side-up", ColdChain = "cold-chain";

    /// <summary>Units of a SKU; sizes that are not told are 0.</summary>
    public static PackLine Of(string sku, int units, ProductFacts? facts)
    {
        bool Is(string handling) => facts is { Handling.IsDefault: false } f && f.Handling.Contains(handling);
        return new(
            sku, units, new(facts?.LengthMm ?? 0, facts?.WidthMm ?? 0, facts?.HeightMm ?? 0), facts?.Grams ?? 0,
            Is(ThisSideUp) ? Upright.ThisSideUp : Upright.Any, Is(Fragile), Is(ColdChain));
    }
}
