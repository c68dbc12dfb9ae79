using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Bench.Routing;

/// <summary>
/// What the nodes have, and what they have to do on each day, as one rule leaves it. There is a little less of each SKU
/// than is ordered, on two to four of the nodes: the most where the network's priorities are best.
/// </summary>
sealed class NodeStock
{
    const double Stocked = 0.97;
    const int DaysToDeliver = 5;

    readonly OrderHistory _history;
    readonly Dictionary<string, SortedDictionary<string, long>> _free = [];
    readonly Dictionary<string, Dictionary<DateOnly, int>> _used = [];
    readonly Dictionary<string, NodeNow> _nodes;

    public NodeStock(OrderHistory history)
    {
        _history = history;
        _nodes = Network.Nodes.ToDictionary(n => n.Key, n => new NodeNow(n.Value, false, _used[n.Key] = []));
        Random chance = new(6);
        string[] byPriority = [.. Network.Nodes.OrderBy(n => n.Value.Priority).Select(n => n.Key)];
        foreach (var sku in history.Orders.SelectMany(o => o.Lines).GroupBy(l => l.Sku).OrderBy(g => g.Key))
        {
            var left = (long)(sku.Sum(l => (long)l.Units) * Stocked);
            var nodes = byPriority.OrderBy(n => chance.Next(6) + Array.IndexOf(byPriority, n))
                .Take(2 + chance.Next(3)).ToList();
            var at = _free[sku.Key] = new(StringComparer.Ordinal);
            for (var i = 0; i < nodes.Count; i++)
            {
                var units = i == nodes.Count - 1 ? left : left / 2;
                at[nodes[i]] = units;
                left -= units;
            }
        }
    }

    /// <summary>A node as it is.</summary>
    public NodeNow? Now(string id) => _nodes[id];

    /// <summary>The question that an order asks here and now.</summary>
    public RoutingMessage.PlanRoute Ask(PastOrder order) => new(
        1,
        [.. order.Lines.Select(l => new RouteLine(
            l.Sku, l.Units, [.. _free[l.Sku].Where(f => f.Value > 0).Select(f => new NodeUnits(f.Key, f.Value))],
            _history.Product(l.Sku)))],
        new(
            "default", order.Country, null, order.At,
            DateOnly.FromDateTime(order.At.UtcDateTime).AddDays(DaysToDeliver), Latitude: order.Latitude,
            Longitude: order.Longitude));

    /// <summary>
    /// What picks of any rule cost here: those of a person, whom no rule overrides, cost what they cost.
    /// </summary>
    public RouteDecision Judge(RoutingMessage.PlanRoute ask, ImmutableArray<RoutePick> picks) => Router.Plan(
        ask with
        {
            Lines = [.. ask.Lines.Zip(
                picks, (l, p) => l with { Pinned = p.Nodes, Units = p.Nodes.Sum(n => n.Units) })],
        },
        Network.Rules, 1, Now).Decision!;

    /// <summary>The units are gone, and each leg takes room on its day.</summary>
    public void Take(ImmutableArray<RoutePick> picks, RouteDecision decision)
    {
        foreach (var pick in picks)
            foreach (var (node, units) in pick.Nodes) _free[pick.Sku][node] -= units;
        foreach (var leg in decision.Legs)
            _used[leg.Node][leg.Day] = _used[leg.Node].GetValueOrDefault(leg.Day) + 1;
    }
}
