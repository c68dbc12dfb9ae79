using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Client.Api;

/// <summary>
/// Units of a SKU that are yet to come in. <c>At</c>: null when nobody knows when; what should have come by now has no
/// date either.
/// </summary>
readonly record struct Arrival(string Sku, string? Node, DateTimeOffset? At, long Units);

/// <summary>The plan for units that come in at <c>At</c>.</summary>
sealed record ArrivalPlan(DateTimeOffset At, RoutePlan Plan);

/// <summary>
/// When goods that are yet to come in leave and arrive: those that come in together are planned together, from the
/// nodes that they come to, as the router will when they are there.
/// </summary>
static class Arrivals
{
    /// <summary>Times that are planned by themselves; what comes later waits for the last of it.</summary>
    public const int MostTimes = 20;

    /// <summary>
    /// The plans by time; units without a date are in none. <paramref name="close"/>: which ways are closed.
    /// </summary>
    public static List<ArrivalPlan> Plan(
        IEnumerable<Arrival> arrivals, Func<string, ProductFacts?> product, RouteFacts facts, RulesNow rules,
        Func<string, NodeNow?> node, Func<RoutingMessage.PlanRoute, RoutingMessage.PlanRoute> close)
    {
        var dated = arrivals.Where(a => a is { At: not null, Node: not null }).OrderBy(a => a.At).ToList();
        var times = dated.Select(a => a.At!.Value).Distinct().ToList();
        if (times.Count > MostTimes) times = [.. times.Take(MostTimes - 1), times[^1]];
        List<ArrivalPlan> plans = [];
        foreach (var time in times)
        {
            var lines = dated.Where(a => times.First(t => a.At <= t) == time).GroupBy(a => a.Sku).Select(
                of => new RouteLine(of.Key, of.Sum(a => a.Units), Nodes(of), Ready(product(of.Key), time)));
            plans.Add(new(time, Router.Plan(
                close(new(1, [.. lines], facts)), rules.Rules, rules.Version, node)));
        }

        return plans;
    }

    /// <summary>
    /// Units that supplies bring, all at once where the SKU is filled only when all of them are there.
    /// </summary>
    public static List<Arrival> Whole(List<Arrival> arrivals, SkuCard card)
    {
        if (card.Fill != FillPolicy.ShipComplete || arrivals.Count < 2) return arrivals;
        DateTimeOffset? last = arrivals.Exists(a => a.At is null) ? null : arrivals.Max(a => a.At);
        return [.. arrivals.Select(a => a with { At = last })];
    }

    static ImmutableArray<NodeUnits> Nodes(IEnumerable<Arrival> arrivals) =>
        [.. arrivals.GroupBy(a => a.Node!).OrderBy(a => a.Key, StringComparer.Ordinal)
            .Select(a => new NodeUnits(a.Key, a.Sum(u => u.Units)))];

    static ProductFacts Ready(ProductFacts? product, DateTimeOffset at) =>
        (product ?? new()) with { AvailableFrom = product?.AvailableFrom > at ? product.AvailableFrom : at };
}
