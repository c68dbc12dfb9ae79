using Fulfillment.Routing;

namespace Fulfillment.Client.Api;

// What is asked of the router on a fork of live state, and what it answers. Costs are scores: minor units of the rules'
// currency, XXX (no currency, ISO 4217) for the rules built in.

public sealed record NodeChangeBody(
    bool? Offline, long? CapacityPerDay, long? Priority, long? ProcessingDays, string? Cutoff, MoneyBody? PerOrder,
    MoneyBody? PerUnit);

public sealed record StockChangeBody(string? Sku, string? Node, long? Delta);

public sealed record WhatIfRequest(
    IReadOnlyList<string?>? Orders, string? Day, long? Version, RulesBody? Rules,
    Dictionary<string, NodeChangeBody?>? Nodes, IReadOnlyList<StockChangeBody?>? Stock, long? Limit);

public sealed record PreviewRequest(long? Limit);

public sealed record ScoreBody(long Amount, string Currency);

/// <summary>Why units stay unserved. <c>Node</c>: null when no node has them; <c>Sku</c>: null for any.</summary>
public sealed record UnservedWhyBody(string? Node, string Constraint, string? Sku, string Detail);

/// <summary>
/// <c>Splits</c>: fulfilment orders beyond the first. <c>LateDays</c>: after the date wanted. <c>Why</c>: what keeps
/// nodes from serving what stays unserved.
/// </summary>
public sealed record OutcomeBody(
    IReadOnlyList<string> Nodes, ScoreBody? Cost, int Splits, DateOnly? Delivers, int LateDays, long Unserved,
    int? Rules, IReadOnlyList<UnservedWhyBody>? Why = null);

/// <summary><c>Differs</c>: other nodes than what it is compared with.</summary>
public sealed record TriedOrderBody(
    string Order, DateOnly? Wanted, bool Differs, OutcomeBody Actual, OutcomeBody? Active, OutcomeBody Planned);

/// <summary><c>Cost</c>: null where the orders' costs are not in one currency.</summary>
public sealed record OutcomeTotalsBody(
    int Orders, ScoreBody? Cost, int Splits, int LateOrders, int LateDays, long Unserved);

public sealed record SkippedOrderBody(string Order, string Reason);

public sealed record TriedTotalsBody(
    OutcomeTotalsBody Actual, OutcomeTotalsBody? Active, OutcomeTotalsBody Planned, int Differing);

public sealed record TriedBody(
    int? Rules, TriedTotalsBody Totals, IReadOnlyList<TriedOrderBody> Items, IReadOnlyList<SkippedOrderBody> Skipped);

/// <summary>Outcomes, as what became of an order or would.</summary>
static class Outcomes
{
    const int MostReasons = 20;

    public static OutcomeBody Of(RoutePlan plan, DateOnly? wanted)
    {
        var d = plan.Decision!;
        DateOnly? delivers = d.Legs.IsEmpty ? null : d.Legs.Max(l => l.Promise.LatestDelivery);
        return new(
            [.. d.Legs.Select(l => l.Node)], new(d.CostMinor, d.Currency ?? RoutingRules.BuiltIn.Currency),
            Math.Max(0, d.Legs.Length - 1), delivers, Late(delivers, wanted), d.Unserved.Sum(u => u.Units), d.Rules,
            d.Unserved.IsEmpty ? null : Why(d));
    }

    static IReadOnlyList<UnservedWhyBody> Why(RouteDecision d)
    {
        var skus = d.Unserved.Select(u => u.Sku).ToHashSet();
        var failed = from candidate in d.Candidates
                     from f in candidate.Failed
                     where f.Sku is null || skus.Contains(f.Sku)
                     select new UnservedWhyBody(candidate.Node, Words<Constraint>.Of(f.Constraint), f.Sku, f.Detail);
        List<UnservedWhyBody> why = [.. failed];
        why.AddRange(d.Unserved.Where(u => !why.Exists(w => w.Sku is null || w.Sku == u.Sku)).Select(
            u => new UnservedWhyBody(null, Words<Constraint>.Of(Constraint.NoStock), u.Sku, "no node has more of it")));
        return [.. why.Take(MostReasons)];
    }

    /// <summary>Whole days after the date wanted; 0 when in time, or when nobody wants a date.</summary>
    public static int Late(DateOnly? delivers, DateOnly? wanted) =>
        delivers is { } day && wanted is { } by ? Math.Max(0, day.DayNumber - by.DayNumber) : 0;

    public static OutcomeTotalsBody Totals(IReadOnlyList<OutcomeBody> all)
    {
        var currencies = all.Select(o => o.Cost?.Currency).Distinct().ToList();
        return new(
            all.Count, currencies is [{ } only] ? new(all.Sum(o => o.Cost!.Amount), only) : null,
            all.Sum(o => o.Splits), all.Count(o => o.LateDays > 0), all.Sum(o => o.LateDays), all.Sum(o => o.Unserved));
    }
}
