using System.Collections.Immutable;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Simulation;

/// <summary>
/// What the router and the board know: the nodes as a list that may lag behind them, and rules that differ from seed to
/// seed. In calm nothing is forbidden, so every unit finds a node in the end.
/// </summary>
public sealed class Terrain(World world)
{
    static readonly DateOnly Start = new(2026, 11, 20);

    readonly Dictionary<string, NodeNow?> _known = [];
    readonly RoutingRules _rules = Rules(world.Options.Seed);

    /// <summary>Answers for the router.</summary>
    public ValueTask<object> Route(string id, object command, CancellationToken cancel)
    {
        if (world.Happens(world.Faults.RouterFails, "router failed"))
            throw new InvalidOperationException("the router is down");
        var rules = world.IsCalm ? RoutingRules.BuiltIn : _rules;
        return new(Router.Plan((RoutingMessage.PlanRoute)command, rules, 1, Now));
    }

    /// <summary>Every order there is, in one page: who has nothing to do at the node says so.</summary>
    public ValueTask<object> FindWork(string id, object command, CancellationToken cancel)
    {
        var ask = (BoardMessage.FindWork)command;
        var orders = world.Ledger.Questions.Where(q => q.To.Kind == Ordering.OrderingCalls.Kind)
            .Select(q => q.To.Key).Distinct();
        return new(new WorkPage([.. orders], ask.Waiting, null));
    }

    NodeNow? Now(string node)
    {
        if (!world.IsCalm && _known.TryGetValue(node, out var known) && world.Random.Next(3) != 0) return known;
        var state = (Node)world.Known(new(WarehousingCalls.Kind, node)).CurrentState;
        return _known[node] = state.Card is null ? null : new(state.Card, state.Offline is not null, state.Used);
    }

    static RoutingRules Rules(int seed) => (seed % 4) switch
    {
        0 => RoutingRules.BuiltIn,
        1 => RoutingRules.BuiltIn with { MaxNodes = 1 },
        2 => RoutingRules.BuiltIn with
        {
            SplitMinor = 50,
            Preferred = [new("N3", -200)],
            Embargoes = [new("e1", new("DE"), ["N1"], Start, null, "closed road")],
        },
        _ => RoutingRules.BuiltIn with { SplitMinor = 0, BalanceMinor = 500, Overflow = [NodeType.ThirdParty] },
    };
}
