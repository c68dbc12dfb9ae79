using System.Collections.Immutable;

namespace Fulfillment.Inventory;

/// <summary>
/// Of which product a SKU is a variant. <c>Step</c>: the product's change that set the card last. <c>Options</c>: the
/// value of each of the product's options, in their order.
/// </summary>
public sealed record VariantOf(string Product, int Step, ImmutableArray<SkuAttribute> Options)
{
    /// <summary>Whether the other says the same.</summary>
    public bool Says(VariantOf other) =>
        Product == other.Product && Step == other.Step && Options.SequenceEqual(other.Options);
}

/// <summary>An attribute set, and which version of it.</summary>
public sealed record SetOf(string Set, int Version);

/// <summary>
/// What is told of some fields of a card; null, default and, among the product's facts, 0 where nothing is. Attributes
/// are told one by one, all other lists as a whole.
/// </summary>
public sealed record CardFields(
    string? Title = null, string? Description = null, bool? Backorder = null, Money? Price = null,
    ImmutableArray<SkuAttribute> Attributes = default, ImmutableArray<string> Images = default,
    ProductFacts? Product = null, ImmutableArray<Catalog.Pack> Packs = default, SkuLifecycle? Lifecycle = null,
    SetOf? AttributeSet = null)
{
    /// <summary>These, and where they tell nothing, those.</summary>
    public CardFields Over(CardFields shared) => new(
        Title ?? shared.Title, Description ?? shared.Description, Backorder ?? shared.Backorder, Price ?? shared.Price,
        Over(shared.Attributes, Attributes), Images.IsDefault ? shared.Images : Images, Over(shared.Product, Product),
        Packs.IsDefault ? shared.Packs : Packs, Lifecycle ?? shared.Lifecycle,
        AttributeSet ?? shared.AttributeSet);

    /// <summary>The card with these fields, as a variant; a new one when there is none.</summary>
    public SkuCard On(SkuCard? card, VariantOf variant)
    {
        var known = card ?? new("", null, false, null, [], []);
        return known with
        {
            Title = Title ?? known.Title,
            Description = Description ?? known.Description,
            Backorder = Backorder ?? known.Backorder,
            Price = Price ?? known.Price,
            Attributes = Over(known.Attributes, Attributes),
            Images = Images.IsDefault ? known.Images : Images,
            Product = Over(known.Product, Product),
            Packs = Packs.IsDefault ? known.Packs : Packs,
            Lifecycle = Lifecycle ?? known.Lifecycle,
            AttributeSet = AttributeSet ?? known.AttributeSet,
            Variant = variant,
        };
    }

    static ImmutableArray<SkuAttribute> Over(ImmutableArray<SkuAttribute> under, ImmutableArray<SkuAttribute> over)
    {
        if (over.IsDefaultOrEmpty) return under;
        if (under.IsDefaultOrEmpty) return over;
        return
        [
            .. under.Where(u => over.All(o => o.Name != u.Name)).Concat(over)
                .OrderBy(a => a.Name, StringComparer.Ordinal),
        ];
    }

    static ProductFacts? Over(ProductFacts? under, ProductFacts? over)
    {
        if (under is null || over is null) return over ?? under;
        return new(
            Told(over.Grams, under.Grams), Told(over.LengthMm, under.LengthMm), Told(over.WidthMm, under.WidthMm),
            Told(over.HeightMm, under.HeightMm), over.Handling.IsDefault ? under.Handling : over.Handling,
            over.AvailableFrom ?? under.AvailableFrom, over.Currency is null ? under.ValueMinor : over.ValueMinor,
            over.Currency ?? under.Currency, over.HsCode ?? under.HsCode, over.Origin ?? under.Origin,
            Told(over.NetGrams, under.NetGrams), over.CustomsDescription ?? under.CustomsDescription);

        static int Told(int over, int under) => over == 0 ? under : over;
    }
}
