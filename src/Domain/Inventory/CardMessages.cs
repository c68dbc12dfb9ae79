using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Catalog;

namespace Fulfillment.Inventory;

/// <summary>
/// What carrying a SKU asks for. Sizes of one unit, in millimetres and grams; 0 when not told. <c>Handling</c>: classes
/// that a node must be able to work with, such as <c>hazmat</c>, <c>cold-chain</c>, <c>fragile</c>.
/// <c>AvailableFrom</c>: it is sold before and does not leave until then. <c>ValueMinor</c>: for duties, when the line
/// has no price, in <c>Currency</c>. <c>HsCode</c>: 6 to 10 digits of the Harmonized System; <c>Origin</c>: the country
/// it was made in, ISO 3166-1 alpha-2; <c>CustomsDescription</c>: what it is in words for customs, where the title does
/// not say it; null when not told. <c>NetGrams</c>: without packing, at most <c>Grams</c>; 0 when not told.
/// </summary>
public sealed record ProductFacts(
    int Grams = 0, int LengthMm = 0, int WidthMm = 0, int HeightMm = 0, ImmutableArray<string> Handling = default,
    DateTimeOffset? AvailableFrom = null, long ValueMinor = 0, string? Currency = null,
    string? HsCode = null, string? Origin = null, int NetGrams = 0, string? CustomsDescription = null)
{
    /// <summary>Digits of an HS code: those of the Harmonized System itself, and with a country's own.</summary>
    public const int FewestInHsCode = 6, MostInHsCode = 10;

    /// <summary>The longest description for customs.</summary>
    public const int MaxCustomsDescription = 200;

    /// <summary>Whether the other says the same.</summary>
    public bool Says(ProductFacts other) => this with { Handling = other.Handling } == other
        && (Handling.IsDefault ? [] : Handling).SequenceEqual(other.Handling.IsDefault ? [] : other.Handling);
}

/// <summary>A component of a kit, and how many of its units one kit has.</summary>
public readonly record struct KitPart(string Sku, int Units);

/// <summary>Who gets the units that come, of those who wait.</summary>
public enum FillPolicy
{
    /// <summary>Who was promised first, as far as they go.</summary>
    [JsonStringEnumMemberName("fifo")] Fifo,

    /// <summary>Who has the lowest priority number; of those, who was promised first.</summary>
    [JsonStringEnumMemberName("priority")] Priority,

    /// <summary>Who was promised first, once there are enough for the whole claim; nobody goes ahead of it.</summary>
    [JsonStringEnumMemberName("ship-complete")] ShipComplete,
}

/// <summary>Where a SKU stands in its life. What it has on hand may be received, counted and moved in any.</summary>
public enum SkuLifecycle
{
    /// <summary>It is sold.</summary>
    [JsonStringEnumMemberName("active")] Active,

    /// <summary>It is not sold yet: no order and no cart gets a unit. Never again after another stage.</summary>
    [JsonStringEnumMemberName("draft")] Draft,

    /// <summary>What there is is sold, and no unit beyond it, whatever the card says of backorders.</summary>
    [JsonStringEnumMemberName("phase-out")] PhaseOut,

    /// <summary>It is sold no more: only orders that have units keep them.</summary>
    [JsonStringEnumMemberName("discontinued")] Discontinued,
}

/// <summary>
/// What the catalogue says of a SKU. <c>Backorder</c>: units may be promised that are not there yet; at most
/// <c>BackorderCap</c> of all orders (null: no cap), with <c>SupplyOnly</c> at most those that are expected.
/// <c>Kit</c>: the components that one unit is made of when it is shipped; a kit has no stock of its own, and no kit is
/// part of another.
/// <c>Substitutes</c>: SKUs to offer when this one is sold out, best first. <c>Packs</c>: in which units it is handled.
/// <c>Tracking</c>: what must be known of every unit; null: nothing. <c>Variant</c>: of which product it is one; null:
/// of none. A card that is set without it keeps it. <c>AttributeSet</c>: whose rules its attributes met.
/// </summary>
public sealed record SkuCard(
    string Title,
    string? Description,
    bool Backorder,
    Money? Price,
    ImmutableArray<SkuAttribute> Attributes,
    ImmutableArray<string> Images,
    ProductFacts? Product = null,
    ImmutableArray<KitPart> Kit = default,
    ImmutableArray<string> Substitutes = default,
    long? BackorderCap = null,
    FillPolicy Fill = FillPolicy.Fifo,
    bool SupplyOnly = false,
    ImmutableArray<Pack> Packs = default,
    SkuLifecycle Lifecycle = SkuLifecycle.Active,
    Tracking? Tracking = null,
    VariantOf? Variant = null,
    SetOf? AttributeSet = null)
{
    /// <summary>The most components that a kit may have.</summary>
    public const int MaxKitParts = 50;

    /// <summary>The most attributes of a card, and the longest title.</summary>
    public const int MaxAttributes = 100, MaxTitle = 500;

    /// <summary>The most substitutes that a card may name.</summary>
    public const int MaxSubstitutes = 20;

    /// <summary>Whether one unit is made of others.</summary>
    [JsonIgnore]
    public bool IsKit => !Kit.IsDefaultOrEmpty;

    /// <summary>Whether orders may get units of it.</summary>
    [JsonIgnore]
    public bool IsOrderable => Lifecycle is SkuLifecycle.Active or SkuLifecycle.PhaseOut;

    /// <summary>Its attributes, and the values of the options of which it is a variant.</summary>
    [JsonIgnore]
    public ImmutableArray<SkuAttribute> AllAttributes => Variant is null ? Attributes
        : [.. Attributes, .. Variant.Options.Where(o => Attributes.All(a => a.Name != o.Name))];

    /// <summary>Whether orders may be promised units that are not there yet.</summary>
    [JsonIgnore]
    public bool TakesBackorders => Backorder && Lifecycle == SkuLifecycle.Active;

    /// <summary>Whether the other card says the same.</summary>
    public bool Says(SkuCard other) =>
        Title == other.Title && Description == other.Description && Backorder == other.Backorder && Price == other.Price
        && SaysOfGoods(this, other)
        && Attributes.SequenceEqual(other.Attributes)
        && Images.SequenceEqual(other.Images)
        && BackorderCap == other.BackorderCap && Fill == other.Fill && SupplyOnly == other.SupplyOnly
        && Lifecycle == other.Lifecycle && Tracking == other.Tracking && AttributeSet == other.AttributeSet
        && (Variant is null ? other.Variant is null : other.Variant is { } variant && Variant.Says(variant))
        && Told(Kit).SequenceEqual(Told(other.Kit))
        && Told(Substitutes).SequenceEqual(Told(other.Substitutes))
        && Told(Packs).SequenceEqual(Told(other.Packs));

    /// <summary>
    /// Whether the card of the SKU can be: a kit has few enough components, each once, none of them itself, all of
    /// positive units, and no units of its own to be told apart; substitutes are few enough, each once, and others; a
    /// cap is not negative; and packs and tracking can be.
    /// </summary>
    public bool IsValidFor(string sku) =>
        !(BackorderCap < 0) && Tracking is not { IsValid: false } && !(IsKit && Tracking is not null)
        && Told(Kit).Length <= MaxKitParts && Told(Kit).All(p => p.Units > 0 && p.Sku != sku)
        && Told(Kit).DistinctBy(p => p.Sku).Count() == Told(Kit).Length
        && Told(Substitutes).Length <= MaxSubstitutes && !Told(Substitutes).Contains(sku)
        && Told(Substitutes).Distinct().Count() == Told(Substitutes).Length && Catalog.Packs.Check(Packs) is null;

    static bool SaysOfGoods(SkuCard one, SkuCard other) =>
        one.Product is null ? other.Product is null : other.Product is { } facts && one.Product.Says(facts);

    static ImmutableArray<T> Told<T>(ImmutableArray<T> list) => list.IsDefault ? [] : list;
}

/// <summary>A named property of a SKU; a card lists them by name, ordinal.</summary>
public sealed record SkuAttribute(string Name, string Value);
