using System.Collections.Immutable;
using Fulfillment.Warehousing;

namespace Fulfillment.Routing;

/// <summary>Tells why a plan is as it is.</summary>
static class RouteStory
{
    /// <summary>The decision, as it is kept.</summary>
    public static RouteDecision Of(RouteTable table, RouteSearch search, int version)
    {
        var plan = search.Best;
        var unserved = UnservedOf(table, plan);
        Explain(table, plan);
        var second = search.RunnerUp;
        string? tie = null;
        if (second is not null) plan.CompareTo(second, out tie);
        return new(
            version, table.Rules.Currency, plan.CostMinor, search.GapMinor, Candidates(table), Legs(table, plan),
            unserved, second is null ? null : new(NodesOf(table, second), second.CostMinor), tie);
    }

    static ImmutableArray<string> NodesOf(RouteTable table, RouteDraft plan) =>
        [.. table.Nodes.Where((_, n) => plan.Loads[n].Units > 0).Select(n => n.Id)];

    static ImmutableArray<RouteLeg> Legs(RouteTable table, RouteDraft plan)
    {
        var legs = ImmutableArray.CreateBuilder<RouteLeg>(plan.Nodes);
        var fresh = 0;
        for (var n = 0; n < table.Nodes.Length; n++)
        {
            if (plan.Loads[n].Units == 0) continue;
            var split = table.HasWork[n] ? 0 : table.SplitMinor(fresh + 1) - table.SplitMinor(fresh++);
            var leg = Leg(table, n, plan.Loads[n], split);
            legs.Add(leg with { ReceiverDutyMinor = ReceiverDuty(table, plan, n) });
        }

        return legs.MoveToImmutable();
    }

    static RouteLeg Leg(RouteTable table, int n, in Load load, long splitMinor)
    {
        var node = table.Nodes[n];
        var option = table.Choose(n, load, out _)!;
        var day = table.Day(n, load.Time);
        RouteCost cost = new(
            option.Shipping(load.Grams), node.OrderMinor + node.UnitMinor * load.Units,
            load.UnitMinor - node.UnitMinor * load.Units, splitMinor, option.LateMinor,
            node.PreferenceMinor, day.BalanceMinor);
        return new(
            node.Id, day.Work.Day, node.Now.Card.CapacityPerDay is not null, option.Carriage.Tariff?.Service, cost,
            option.Leg.Promise(day.Work, option.Carriage), table.NotBefore(load),
            node.Now.Card.Type == NodeType.ThirdParty);
    }

    static long? ReceiverDuty(RouteTable table, RouteDraft plan, int node)
    {
        if (!table.Nodes[node].IsReceiverDutiable) return null;
        Int128 sum = 0;
        for (var l = 0; l < table.Lines.Length; l++)
        {
            Int128 units = 0;
            foreach (var pin in table.Pins)
                if (pin.Line == l && pin.Node == node) units += pin.Units;
            for (var a = table.First[l]; a < table.First[l + 1]; a++)
                if (table.Arcs[a].Node == node) units += plan.Units[a];
            if (units == 0) continue;
            if (table.Nodes[node].ReceiverDutyMinor(table.Lines[l].Product) is not { } each) return null;
            sum += units * each;
        }

        return sum > long.MaxValue ? null : (long)sum;
    }

    static ImmutableArray<Unserved> UnservedOf(RouteTable table, RouteDraft plan)
    {
        ImmutableArray<Unserved>.Builder? unserved = null;
        for (var l = 0; l < table.Lines.Length; l++)
        {
            var left = Left(table, plan, l) + table.Lost.GetValueOrDefault(l);
            if (left > 0) (unserved ??= ImmutableArray.CreateBuilder<Unserved>()).Add(new(table.Lines[l].Sku, left));
        }

        return unserved?.DrainToImmutable() ?? [];
    }

    /// <summary>Units of the line that nobody pinned and no node serves.</summary>
    static long Left(RouteTable table, RouteDraft plan, int line)
    {
        var left = table.Needed[line];
        for (var a = table.First[line]; a < table.First[line + 1]; a++) left -= plan.Units[a];
        return left;
    }

    /// <summary>Notes at the nodes that could have served what kept them from it.</summary>
    static void Explain(RouteTable table, RouteDraft plan)
    {
        var limited = !table.IsWhole && plan.Unserved > 0 && plan.Fresh >= table.MostNodes;
        var most = Math.Max(1, table.Rules.MaxNodes ?? int.MaxValue);
        for (var l = 0; l < table.Lines.Length; l++)
        {
            if (!table.Lines[l].Pinned.IsDefaultOrEmpty && table.Needed[l] == 0) ExplainPins(table, l);
            var left = limited ? Left(table, plan, l) : 0;
            for (var a = table.First[l]; a < table.First[l + 1]; a++)
            {
                var n = table.Arcs[a].Node;
                if (plan.Loads[n].Units > 0) continue;
                if (table.Nodes[n].IsOverflow && plan.Unserved == 0)
                    table.Nodes[n].Fail(Constraint.OverflowOnly, "others serve it");
                if (left > 0 && !table.HasWork[n])
                    table.Nodes[n].Fail(Constraint.SplitLimit, $"at most {most} nodes");
            }
        }

        if (!table.IsWhole) return;
        for (var n = 0; n < table.Nodes.Length; n++)
            if (table.Nodes[n].MayWork && plan.Loads[n].Units == 0 && !HasAll(table, n))
                table.Nodes[n].Fail(Constraint.ShipComplete, "it has not all of the order");
    }

    static void ExplainPins(RouteTable table, int line)
    {
        var pinned = table.Lines[line].Pinned;
        foreach (var (name, units) in table.Lines[line].Free)
        {
            if (units <= 0 || pinned.Any(p => p.Node == name)) continue;
            table.Nodes[table.IndexOf(name)].Fail(
                Constraint.Pinned, $"given to {string.Join(", ", pinned.Select(p => p.Node))}", table.Lines[line].Sku);
        }
    }

    static bool HasAll(RouteTable table, int node)
    {
        for (var l = 0; l < table.Lines.Length; l++)
        {
            var has = table.Needed[l] == 0;
            for (var a = table.First[l]; a < table.First[l + 1]; a++)
                has |= table.Arcs[a].Node == node && table.Arcs[a].Free >= table.Needed[l];
            if (!has) return false;
        }

        return true;
    }

    static ImmutableArray<RouteCandidate> Candidates(RouteTable table)
    {
        var alone = (Load[])table.Base.Clone();
        for (var l = 0; l < table.Lines.Length; l++)
        {
            for (var a = table.First[l]; a < table.First[l + 1]; a++)
            {
                var arc = table.Arcs[a];
                var units = Math.Min(table.Needed[l], arc.Free);
                alone[arc.Node].Add(units, table.GramsOf(l), table.Times[l], arc.UnitMinor, true);
            }
        }

        var candidates = ImmutableArray.CreateBuilder<RouteCandidate>(alone.Length);
        for (var n = 0; n < alone.Length; n++)
        {
            var minor = 0L;
            var option = alone[n].Units > 0 ? table.Choose(n, alone[n], out minor) : null;
            var node = table.Nodes[n];
            candidates.Add(new(
                node.Id, node.Km, [.. node.Failed], option is null ? null : minor, option?.Delivers));
        }

        return candidates.MoveToImmutable();
    }
}
