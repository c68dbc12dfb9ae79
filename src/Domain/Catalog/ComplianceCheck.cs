using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Catalog;

/// <summary>Which compliance rules a SKU breaks, where it is offered and where it goes.</summary>
public static class ComplianceCheck
{
    /// <summary>
    /// Violations in the order of the rules. A rule that is about some channels or countries only does not count where
    /// the channel or the country is not told.
    /// </summary>
    public static ImmutableArray<ComplianceViolation> Of(
        ImmutableArray<ComplianceRule> rules, string sku, SkuCard card, string? channel, string? from, string? to)
    {
        var violations = ImmutableArray.CreateBuilder<ComplianceViolation>();
        foreach (var rule in rules)
        {
            if (!IsIn(rule.Channels, channel) || !IsIn(rule.Countries, to) || !IsIn(rule.FromCountries, from)) continue;
            if (FieldOf(rule.Goods, sku, card) is not { } field) continue;
            if (rule.Kind != ComplianceKind.Labelling)
            {
                violations.Add(new(rule.Id, rule.Kind, field, rule.Text));
                continue;
            }

            foreach (var required in Told(rule.Requires))
                if (!Says(card, required)) violations.Add(new(rule.Id, rule.Kind, required, rule.Text));
        }

        return violations.ToImmutable();
    }

    /// <summary>Whether a labelling rule can ask for the field.</summary>
    public static bool IsField(string pointer) => pointer.StartsWith("/attributes/", StringComparison.Ordinal)
        ? pointer.Length > "/attributes/".Length
        : pointer is "/description" or "/images" or "/price" or "/packs" or "/product/grams" or "/product/lengthMm"
            or "/product/widthMm" or "/product/heightMm" or "/product/handling" or "/product/hsCode"
            or "/product/origin" or "/product/value" or "/product/netGrams" or "/product/customsDescription";

    static bool Says(SkuCard card, string pointer)
    {
        if (pointer.StartsWith("/attributes/", StringComparison.Ordinal))
        {
            var name = pointer["/attributes/".Length..].Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            return card.AllAttributes.Any(a => a.Name == name);
        }

        var facts = card.Product ?? new();
        return pointer switch
        {
            "/description" => !string.IsNullOrEmpty(card.Description),
            "/images" => !card.Images.IsEmpty,
            "/price" => card.Price is not null,
            "/packs" => !card.Packs.IsDefaultOrEmpty,
            "/product/grams" => facts.Grams > 0,
            "/product/lengthMm" => facts.LengthMm > 0,
            "/product/widthMm" => facts.WidthMm > 0,
            "/product/heightMm" => facts.HeightMm > 0,
            "/product/handling" => !facts.Handling.IsDefaultOrEmpty,
            "/product/hsCode" => facts.HsCode is not null,
            "/product/origin" => facts.Origin is not null,
            "/product/value" => facts.Currency is not null,
            "/product/netGrams" => facts.NetGrams > 0,
            "/product/customsDescription" => facts.CustomsDescription is not null,
            _ => false,
        };
    }

    /// <summary>
    /// The field by which the goods are those; empty where nothing is told of them; null: they are not.
    /// </summary>
    static string? FieldOf(GoodsOf goods, string sku, SkuCard card)
    {
        var field = "";
        var facts = card.Product ?? new();
        if (!goods.Skus.IsDefaultOrEmpty && !goods.Skus.Contains(sku)) return null;
        if (!goods.HsCodes.IsDefaultOrEmpty)
        {
            if (facts.HsCode is not { } code || !goods.HsCodes.Any(h => code.StartsWith(h, StringComparison.Ordinal)))
                return null;
            field = "/product/hsCode";
        }

        if (!goods.Handling.IsDefaultOrEmpty)
        {
            if (!Told(facts.Handling).Any(h => goods.Handling.Contains(h))) return null;
            field = "/product/handling";
        }

        if (goods.Attributes.IsDefaultOrEmpty) return field;
        var match = card.AllAttributes.FirstOrDefault(
            a => goods.Attributes.Any(g => g.Name == a.Name && (g.Value is null || g.Value == a.Value)));
        return match is null ? null : $"/attributes/{match.Name.Replace("~", "~0", StringComparison.Ordinal)
            .Replace("/", "~1", StringComparison.Ordinal)}";
    }

    static bool IsIn(ImmutableArray<string> only, string? value) =>
        only.IsDefaultOrEmpty || (value is not null && only.Contains(value));

    static ImmutableArray<string> Told(ImmutableArray<string> list) => list.IsDefault ? [] : list;
}
