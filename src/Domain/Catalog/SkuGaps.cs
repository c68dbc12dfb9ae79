using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Inventory;

namespace Fulfillment.Catalog;

/// <summary>What a card lacks that will be missed when the goods are to leave.</summary>
public enum SkuGap
{
    /// <summary>Its weight or one of its sizes is not told: no carrier can say what it costs.</summary>
    [JsonStringEnumMemberName("not-shippable-by-rate")] NotShippableByRate,

    /// <summary>It is sold over a customs border, and its HS code or its origin is not told.</summary>
    [JsonStringEnumMemberName("customs")] Customs,
}

/// <summary>Gaps of cards.</summary>
public static class SkuGaps
{
    /// <summary>
    /// The gaps of a card, in the order of their names; none while it is not sold. A kit is shipped as its components,
    /// whose gaps are their own.
    /// </summary>
    public static ImmutableArray<SkuGap> Of(SkuCard card, bool sellsAbroad)
    {
        if (!card.IsOrderable || card.IsKit) return [];
        var facts = card.Product ?? new();
        var gaps = ImmutableArray.CreateBuilder<SkuGap>();
        if (facts.Grams == 0 || facts.LengthMm == 0 || facts.WidthMm == 0 || facts.HeightMm == 0)
            gaps.Add(SkuGap.NotShippableByRate);
        if (sellsAbroad && (facts.HsCode is null || facts.Origin is null)) gaps.Add(SkuGap.Customs);
        return gaps.ToImmutable();
    }
}
