using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Routing;

/// <summary>
/// A copy of stock and nodes on which plans are tried: each takes what it needs, so that the next finds what is left.
/// Nothing of it is ever written. For one caller at a time.
/// </summary>
public sealed class RoutingFork
{
    readonly Func<string, NodeNow?> _node;
    readonly Dictionary<string, SortedDictionary<string, long>> _free = new(StringComparer.Ordinal);
    readonly Dictionary<string, ProductFacts?> _products = new(StringComparer.Ordinal);
    readonly Dictionary<string, Dictionary<DateOnly, int>> _used = new(StringComparer.Ordinal);

    /// <summary>With what is known of the nodes; null for one that nobody defined.</summary>
    public RoutingFork(Func<string, NodeNow?> node) => _node = node;

    /// <summary>Another one that starts from how this one stands.</summary>
    public RoutingFork Copy()
    {
        RoutingFork copy = new(_node);
        foreach (var (sku, free) in _free) copy._free[sku] = new(free, StringComparer.Ordinal);
        foreach (var (sku, product) in _products) copy._products[sku] = product;
        foreach (var (node, used) in _used) copy._used[node] = new(used);
        return copy;
    }

    /// <summary>What carrying a SKU asks for.</summary>
    public void Know(string sku, ProductFacts? product) => _products[sku] = product;

    /// <summary>So many more units are free at a node, or (negative) fewer; never fewer than none.</summary>
    public void Stock(string sku, string node, long delta)
    {
        if (!_free.TryGetValue(sku, out var nodes)) _free[sku] = nodes = new(StringComparer.Ordinal);
        nodes[node] = Math.Max(0, nodes.GetValueOrDefault(node) + delta);
    }

    /// <summary>So many more fulfilment orders on a node's day, or (negative) fewer.</summary>
    public void Room(string node, DateOnly day, int delta)
    {
        if (!_used.TryGetValue(node, out var days))
            _used[node] = days = _node(node) is { } now ? new(now.Used) : [];
        days[day] = Math.Max(0, days.GetValueOrDefault(day) + delta);
    }

    /// <summary>
    /// Plans an order's units (what the lines say to be free does not count, but what is here), and takes them. One
    /// plan, as if every node granted the room at once.
    /// </summary>
    public RoutePlan Take(RoutingMessage.PlanRoute ask, RoutingRules rules, int version)
    {
        var lines = ask.Lines.Select(
            l => l with { Free = FreeOf(l.Sku), Product = _products.GetValueOrDefault(l.Sku) });
        var plan = Router.Plan(ask with { Lines = [.. lines] }, rules, version, Now);
        foreach (var pick in plan.Picks)
            foreach (var (node, units) in pick.Nodes) Stock(pick.Sku, node, -units);
        foreach (var leg in plan.Decision?.Legs ?? [])
            if (leg.Claims) Room(leg.Node, leg.Day, 1);
        return plan;
    }

    NodeNow? Now(string node) => _node(node) is { } now && _used.TryGetValue(node, out var used)
        ? now with { Used = used } : _node(node);

    ImmutableArray<NodeUnits> FreeOf(string sku) => !_free.TryGetValue(sku, out var nodes) ? []
        : [.. nodes.Where(n => n.Value > 0).Select(n => new NodeUnits(n.Key, n.Value))];
}
