using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>What routing tests tell and read. The day is Friday, 27 November 2026, 08:00 UTC.</summary>
static class Routes
{
    /// <summary>Rules that score nothing but a euro for every node beyond the first.</summary>
    public static RoutingRules Rules { get; } = RoutingRules.BuiltIn with
    {
        Currency = "EUR",
        SplitMinor = 100,
        PriorityMinor = 0,
        KilometreMinor = 0,
    };

    public static RouteFacts Facts { get; } = new("default", "AT", "1010", Product.Start);

    public static DateOnly Day(int day) => new DateOnly(2026, 11, 27).AddDays(day - 27);

    public static RouteLine Line(string sku, long units, params (string Node, long Units)[] free) =>
        new(sku, units, [.. free.Select(f => new NodeUnits(f.Node, f.Units))]);

    public static Tariff Tariff(string service, long parcel, int days = 1, string? node = null) =>
        new(service, node, null, null, null, null, parcel, 0, days, days);

    public static RoutingMessage.PlanRoute Ask(params ImmutableArray<RouteLine> lines) => new(1, lines, Facts);

    public static NodeNow Node(
        int priority = 0, NodeFacts? facts = null, int? capacity = null, NodeType type = NodeType.Warehouse,
        bool offline = false, string? country = null, (double Latitude, double Longitude)? at = null,
        params (int Day, int Used)[] used) =>
        new(new("", type, priority, country, null, at?.Latitude, at?.Longitude, capacity, facts), offline,
            used.ToDictionary(u => Day(u.Day), u => u.Used));

    /// <summary>Such as <c>A 2@near+1@far, B 1@near</c>.</summary>
    public static string Text(RoutePlan plan) => string.Join(", ", plan.Picks.Select(
        p => $"{p.Sku} {string.Join('+', p.Nodes.Select(n => $"{n.Units}@{n.Node}"))}"));
}

/// <summary>Nodes by id, and what is planned over them.</summary>
sealed class Atlas : Dictionary<string, NodeNow>
{
    public RoutePlan Plan(RoutingRules rules, RoutingMessage.PlanRoute ask) =>
        Router.Plan(ask, rules, 1, id => this.GetValueOrDefault(id));

    public RouteDecision Decide(RoutingRules rules, RoutingMessage.PlanRoute ask) => Plan(rules, ask).Decision!;

    /// <summary>The picks alone.</summary>
    public string Text(RoutingRules rules, params RouteLine[] lines) =>
        Routes.Text(Plan(rules, Routes.Ask([.. lines])));

    /// <summary>Why a node may not serve, in the order found.</summary>
    public IEnumerable<(Constraint Constraint, string? Sku)> Failed(
        RoutingRules rules, RoutingMessage.PlanRoute ask, string node) =>
        Decide(rules, ask).Candidates.Single(c => c.Node == node).Failed.Select(f => (f.Constraint, f.Sku));
}
