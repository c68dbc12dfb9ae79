using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Inventory;
using Fulfillment.Routing;

namespace Fulfillment.Catalog;

/// <summary>What a card lacks that will be missed when the goods are to leave.</summary>
public enum SkuGap
{
    /// <summary>Its weight or one of its sizes is not told: no carrier can say what it costs.</summary>
    [JsonStringEnumMemberName("not-shippable-by-rate")] NotShippableByRate,

    /// <summary>It is sold to other countries, and its HS code or its origin is not told.</summary>
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

    /// <summary>
    /// Whether goods can go from one of the nodes' countries to another one: they can go everywhere where no tariff is
    /// told, else where a tariff goes. A node whose country is not told may be anywhere.
    /// </summary>
    public static bool SellsAbroad(RoutingRules rules, IReadOnlySet<string> nodeCountries)
    {
        if (rules.Tariffs.IsEmpty) return true;
        foreach (var tariff in rules.Tariffs)
        {
            if (tariff.To?.Country is not { } to) return true;
            if (tariff.FromCountry is { } from ? from != to : nodeCountries.Any(c => c != to)) return true;
        }

        return false;
    }
}
