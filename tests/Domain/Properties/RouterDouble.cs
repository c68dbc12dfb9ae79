using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Routing;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// Stands in for the router: plans without reasons are any plans at all; of those with reasons every unit has its node
/// or is said to have none, what somebody gave to a node by hand goes there, and nobody who refused gets any.
/// </summary>
sealed class RouterDouble
{
    static readonly string[] Nodes = ["N1", "N2", "N3"];

    /// <summary>From now on every unit gets a node, if any is left that has not refused.</summary>
    public bool IsCalm { get; set; }

    /// <summary>The answer to one attempt at the question; <paramref name="twist"/> is the router's mood.</summary>
    public RoutePlan Answer(RoutingMessage.PlanRoute ask, int twist)
    {
        Assert.NotEmpty(ask.Lines);
        Assert.All(ask.Lines, l => Assert.True(l.Units > 0 && Pinned(l).Sum(p => p.Units) <= l.Units));
        return twist % 5 == 0 && !IsCalm ? Any(ask, twist) : Decide(ask, twist);
    }

    /// <summary>Any plan: too little, too much, nodes that nobody knows.</summary>
    static RoutePlan Any(RoutingMessage.PlanRoute ask, int twist) => new(ask.Round, "any", [
        .. ask.Lines.Where((_, i) => (twist + i) % 4 > 0).Select((l, i) => new RoutePick(l.Sku, Some(twist + i))),
    ]);

    static ImmutableArray<NodeUnits> Some(int twist) => [
        .. SkuDouble.Free(twist).Take(1 + twist % 2).Select(n => n with { Units = 1 + (n.Units + twist) % 3 }),
    ];

    RoutePlan Decide(RoutingMessage.PlanRoute ask, int twist)
    {
        var open = Nodes.Where(n => !Refused(ask).Any(r => r.Node == n && r.Day is null)).ToList();
        var picks = ImmutableArray.CreateBuilder<RoutePick>();
        var unserved = ImmutableArray.CreateBuilder<Unserved>();
        for (var i = 0; i < ask.Lines.Length; i++)
        {
            var line = ask.Lines[i];
            SortedDictionary<string, long> at = new(StringComparer.Ordinal);
            foreach (var (node, units) in Pinned(line)) at[node] = at.GetValueOrDefault(node) + units;
            var left = line.Units - at.Values.Sum();
            for (var k = i; left > 0 && open.Count > 0 && (IsCalm || (twist + k) % 5 > 0); k++)
            {
                var node = open[(twist + k) % open.Count];
                var take = 1 + (twist + k) % left;
                at[node] = at.GetValueOrDefault(node) + take;
                left -= take;
            }

            if (left > 0) unserved.Add(new(line.Sku, left));
            if (at.Count == 0) continue;
            ImmutableArray<string> others = twist % 2 == 0 ? [.. open.Except(at.Keys)] : default;
            picks.Add(new(line.Sku, [.. at.Select(a => new NodeUnits(a.Key, a.Value))], others));
        }

        var legs = picks.SelectMany(p => p.Nodes).Select(n => n.Node).Distinct().Order(StringComparer.Ordinal)
            .Select(n => LegOf(n, ask, twist));
        return Plans.Decided(ask.Round, [.. legs], picks.ToImmutable()).Leaving(unserved.ToImmutable());
    }

    /// <summary>N3 counts nothing; N2 is asked whether it wants the work; some wait for an hour.</summary>
    static RouteLeg LegOf(string node, RoutingMessage.PlanRoute ask, int twist)
    {
        var day = twist % 3;
        while (Refused(ask).Contains(new(node, Plans.Monday.AddDays(day), "full"))
            || Refused(ask).Contains(new(node, Plans.Monday.AddDays(day), "offline"))) day++;
        return Plans.Leg(node, day) with
        {
            Claims = node != "N3",
            Asks = node == "N2",
            NotBefore = twist % 6 == 1 ? ask.Facts!.At.AddHours(1) : null,
        };
    }

    static ImmutableArray<NodeUnits> Pinned(RouteLine line) => line.Pinned.IsDefault ? [] : line.Pinned;

    static ImmutableArray<RefusedNode> Refused(RoutingMessage.PlanRoute ask) =>
        ask.Facts!.Refused.IsDefault ? [] : ask.Facts.Refused;
}
