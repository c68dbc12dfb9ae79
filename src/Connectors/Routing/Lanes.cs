using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Inventory;
using Fulfillment.Routing;

namespace Fulfillment.Connectors;

/// <summary>Which ways compliance rules close to the goods of an order.</summary>
public static class Lanes
{
    /// <summary>
    /// The rules that depend on where goods come from, and those of lanes. What may be sold nowhere for there was
    /// refused when it was ordered.
    /// </summary>
    public static ImmutableArray<ComplianceRule> Of(ImmutableArray<ComplianceRule> rules) =>
    [
        .. rules.Where(r => r.Kind == ComplianceKind.RestrictedLane
            || (r.Kind == ComplianceKind.Prohibited && !r.FromCountries.IsDefaultOrEmpty)),
    ];

    /// <summary>
    /// The question with the ways that the rules close to each line. <paramref name="card"/>: of a SKU, null for one
    /// that nobody defined, as far as is known. With <paramref name="mustKnow"/> it throws where there are rules, and
    /// units of such a SKU to be had: its card is not known yet, nor which ways are closed.
    /// </summary>
    public static RoutingMessage.PlanRoute Close(
        RoutingMessage.PlanRoute ask, ImmutableArray<ComplianceRule> rules, Func<string, SkuCard?> card,
        bool mustKnow = false) =>
        rules.IsEmpty || ask.Facts is not { } facts ? ask
            : ask with { Lines = [.. ask.Lines.Select(l => Close(l, facts, rules, card(l.Sku), mustKnow))] };

    static RouteLine Close(
        RouteLine line, RouteFacts facts, ImmutableArray<ComplianceRule> rules, SkuCard? card, bool mustKnow)
    {
        if (card is null)
        {
            return !mustKnow || (line.Free.IsDefaultOrEmpty && line.Pinned.IsDefaultOrEmpty) ? line
                : throw new InvalidOperationException($"The card of {line.Sku} is not known yet.");
        }

        var lanes =
            from rule in rules
            let anywhere = rule with { FromCountries = default }
            where !ComplianceCheck.Of([anywhere], line.Sku, card, facts.Channel, null, facts.Country).IsEmpty
            select new Lane(rule.Id, rule.Text, rule.FromCountries);
        return lanes.ToImmutableArray() is { IsEmpty: false } closed ? line with { Lanes = closed } : line;
    }
}
