using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Inventory;

namespace Fulfillment.Routing;

/// <summary>Units of one SKU that need nodes, and the units each node has free, nodes in ordinal order.</summary>
public sealed record RouteLine(string Sku, long Units, ImmutableArray<NodeUnits> Free);

/// <summary>Where the units of one SKU come from, nodes in ordinal order. May be fewer than needed.</summary>
public sealed record RoutePick(string Sku, ImmutableArray<NodeUnits> Nodes);

/// <summary>A plan for an order; <c>Rule</c> names the rule that made it.</summary>
public sealed record RoutePlan(int Round, string Rule, ImmutableArray<RoutePick> Picks);

/// <summary>What the router is sent.</summary>
[JsonDerivedType(typeof(PlanRoute), "plan-route")]
public abstract record RoutingMessage
{
    /// <summary>Chooses nodes for an order's held units. <c>Round</c> numbers the plans of the order.</summary>
    public sealed record PlanRoute(int Round, ImmutableArray<RouteLine> Lines) : RoutingMessage, ICommand<RoutePlan>;
}
