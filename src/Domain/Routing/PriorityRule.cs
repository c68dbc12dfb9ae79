using System.Collections.Immutable;
using Fulfillment.Inventory;

namespace Fulfillment.Routing;

/// <summary>
/// The simple stated rule: one node for the whole order where one has it all, else one node per SKU where one has it
/// all, else as few nodes as priority order gives. Among equals the lower priority number, then the node's id.
/// </summary>
public static class PriorityRule
{
    /// <summary>The name kept on the decision.</summary>
    public const string Name = "priority-1";

    /// <summary>The priority of a node that nothing is known of.</summary>
    public const int UnknownPriority = 1_000_000;

    /// <summary>
    /// A plan for the lines. <paramref name="priority"/> gives a node's priority. Lines that no node can serve get the
    /// units there are.
    /// </summary>
    public static ImmutableArray<RoutePick> Plan(ImmutableArray<RouteLine> lines, Func<string, int> priority)
    {
        // With one line at one node there is nothing to choose.
        if (lines is [{ Free: [var (node, free)] } only])
            return [new(only.Sku, free > 0 ? [new(node, Math.Min(free, only.Units))] : [])];
        var nodes = lines.SelectMany(l => l.Free).Select(f => f.Node).Distinct()
            .OrderBy(priority).ThenBy(n => n, StringComparer.Ordinal).ToList();
        var whole = nodes.Find(n => lines.All(l => FreeAt(l, n) >= l.Units));
        return [.. lines.Select(l => new RoutePick(l.Sku, whole is null ? Serve(l, nodes) : [new(whole, l.Units)]))];
    }

    static ImmutableArray<NodeUnits> Serve(RouteLine line, List<string> nodes)
    {
        if (nodes.Find(n => FreeAt(line, n) >= line.Units) is { } alone) return [new(alone, line.Units)];
        var left = line.Units;
        List<NodeUnits> picks = [];
        foreach (var node in nodes)
        {
            var units = Math.Min(left, FreeAt(line, node));
            if (units <= 0) continue;
            picks.Add(new(node, units));
            left -= units;
        }

        return [.. picks.OrderBy(p => p.Node, StringComparer.Ordinal)];
    }

    static long FreeAt(RouteLine line, string node)
    {
        foreach (var free in line.Free)
            if (free.Node == node) return free.Units;
        return 0;
    }
}
