using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Routing;

/// <summary>
/// Gives an order's units to nodes at the least cost that the rules allow: a pure function of what it is told, and the
/// same whatever the order of lines and nodes. What it optimises, and how far that is proven, stands at
/// <see cref="RouteSearch"/>.
/// </summary>
public static class Router
{
    /// <summary>The name kept on the plan.</summary>
    public const string Rule = "least-cost-1";

    /// <summary>
    /// A plan, with everything that led to it. <paramref name="version"/>: of the rules. <paramref name="node"/>: what
    /// is known of a node now, null for one that nobody defined: it serves, when no other can. An ask of an older
    /// build, which tells no facts, is answered by <see cref="PriorityRule"/>.
    /// <para>
    /// Units that somebody has pinned go to their node whatever the rules say: only when the node is offline, has
    /// refused the order for good, has no day with room, or has no such units free, they are not served; by no other
    /// node either.
    /// </para>
    /// </summary>
    public static RoutePlan Plan(
        RoutingMessage.PlanRoute ask, RoutingRules rules, int version, Func<string, NodeNow?> node)
    {
        if (ask.Facts is null)
        {
            return new(ask.Round, PriorityRule.Name, PriorityRule.Plan(
                ask.Lines, n => node(n)?.Card.Priority ?? PriorityRule.UnknownPriority));
        }

        RouteTable table = new(ask, rules, node);
        RouteSearch search = new(table);
        search.Run();
        return new(ask.Round, Rule, Picks(table, search.Best), RouteStory.Of(table, search, version));
    }

    /// <summary>What other rules would do with the same question.</summary>
    public static ShadowPlan Shadow(
        RoutingMessage.PlanRoute ask, RoutingRules rules, int version, Func<string, NodeNow?> node)
    {
        var decision = Plan(ask, rules, version, node).Decision;
        return decision is null ? new(version, [], 0, null) : new(
            version, [.. decision.Legs.Select(l => l.Node)], decision.CostMinor,
            decision.Legs.IsEmpty ? null : decision.Legs.Max(l => l.Promise.LatestDelivery));
    }

    /// <summary>In the order of the ask, and each pick's nodes in ordinal order.</summary>
    static ImmutableArray<RoutePick> Picks(RouteTable table, RouteDraft plan)
    {
        var picks = new RoutePick[table.Lines.Length];
        List<NodeUnits> units = [];
        for (var l = 0; l < picks.Length; l++)
        {
            units.Clear();
            foreach (var pin in table.Pins)
                if (pin.Line == l) units.Add(new(table.Nodes[pin.Node].Id, pin.Units));
            var pins = units.Count;
            for (var a = table.First[l]; a < table.First[l + 1]; a++)
                if (plan.Units[a] > 0) units.Add(new(table.Nodes[table.Arcs[a].Node].Id, plan.Units[a]));
            picks[table.Source[l]] = new(
                table.Lines[l].Sku, pins > 0 ? Units.Plus([], Summed(units)) : InOrder(units),
                pins > 0 ? default : Others(table, plan, l));
        }

        return ImmutableArray.Create(picks);
    }

    static ImmutableArray<NodeUnits> InOrder(List<NodeUnits> units)
    {
        if (units.Count > 1) units.Sort((a, b) => string.CompareOrdinal(a.Node, b.Node));
        return [.. units];
    }

    static ImmutableArray<NodeUnits> Summed(List<NodeUnits> units) =>
        units.Aggregate(ImmutableArray<NodeUnits>.Empty, (sum, one) => Units.Plus(sum, [one]));

    /// <summary>
    /// Where else the line's units may be taken without a new plan: at a node that the plan uses anyway, and, where the
    /// rules limit neither nodes nor days, at one that nobody has to ask for room or consent.
    /// </summary>
    static ImmutableArray<string> Others(RouteTable table, RouteDraft plan, int line)
    {
        if (table.IsWhole || table.First[line] == table.First[line + 1]) return default;
        List<string>? others = null;
        for (var a = table.First[line]; a < table.First[line + 1]; a++)
        {
            var n = table.Arcs[a].Node;
            var node = table.Nodes[n];
            if (plan.Units[a] > 0 || node.IsOverflow || node.Now.Card.CapacityPerDay is not null) continue;
            var isOpen = table.Rules.MaxNodes is null && table.Times[line] == 0
                && !(table.Facts.NotBefore > table.Facts.At) && node.Now.Card.Type != NodeType.ThirdParty;
            if (isOpen || plan.Loads[n].Units > 0) (others ??= []).Add(node.Id);
        }

        if (others is null) return default;
        others.Sort(StringComparer.Ordinal);
        return [.. others];
    }
}
