using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Fulfillment.Connectors;
using Fulfillment.Inventory;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

public sealed class PriorityRuleTests
{
    static readonly Dictionary<string, int> Priorities = new()
    {
        ["near"] = 1,
        ["far"] = 2,
        ["shop"] = 3,
        ["mall"] = 3,
    };

    static RouteLine Line(string sku, long units, params (string Node, long Units)[] free) =>
        new(sku, units, [.. free.Select(f => new NodeUnits(f.Node, f.Units))]);

    static string Plan(params RouteLine[] lines) => string.Join(
        ", ", PriorityRule.Plan([.. lines], n => Priorities.GetValueOrDefault(n, PriorityRule.UnknownPriority)).Select(
            p => $"{p.Sku} {string.Join('+', p.Nodes.Select(n => $"{n.Units}@{n.Node}"))}"));

    [Fact]
    public void One_node_that_has_it_all_ships_it_all() => Assert.Equal(
        "A 2@far, B 1@far", Plan(Line("A", 2, ("far", 2), ("near", 9)), Line("B", 1, ("far", 1))));

    [Fact]
    public void Of_several_that_have_it_all_the_preferred_one() => Assert.Equal(
        "A 2@near, B 1@near", Plan(Line("A", 2, ("far", 9), ("near", 2)), Line("B", 1, ("far", 9), ("near", 1))));

    [Fact]
    public void Of_equally_preferred_ones_the_first_by_its_id() =>
        Assert.Equal("A 2@mall", Plan(Line("A", 2, ("mall", 2), ("shop", 2))));

    [Fact]
    public void A_node_that_nothing_is_known_of_comes_last() =>
        Assert.Equal("A 2@shop", Plan(Line("A", 2, ("anywhere", 2), ("shop", 2))));

    [Fact]
    public void Else_one_node_for_each_sku() => Assert.Equal(
        "A 2@far, B 1@near", Plan(Line("A", 2, ("far", 2), ("near", 1)), Line("B", 1, ("near", 1))));

    [Fact]
    public void Else_the_preferred_nodes_first_and_the_nodes_in_ordinal_order() =>
        Assert.Equal("A 3@far+2@near", Plan(Line("A", 5, ("far", 4), ("near", 2), ("shop", 4))));

    [Fact]
    public void What_nobody_has_stays_out_of_the_plan() =>
        Assert.Equal("A 1@near, B ", Plan(Line("A", 5, ("near", 1)), Line("B", 1)));

    [Fact]
    public void No_lines_make_an_empty_plan() => Assert.Empty(PriorityRule.Plan([], _ => 0));

    [Fact]
    public async Task The_router_answers_by_the_rule_and_names_it()
    {
        var router = RoutingConnector.Of(
            node => Priorities.TryGetValue(node, out var p) ? Node(p) : null,
            (_, _) => throw new InvalidOperationException("Nobody told the seller."));

        var answer = await router("id", new RoutingMessage.PlanRoute(7, [Line("A", 1, ("x", 1), ("far", 1))]), default);

        Assert.Equal(
            Text.Of(new RoutePlan(7, PriorityRule.Name, [new("A", [new("far", 1)])])), Text.Of(answer));
    }

    static NodeNow Node(int priority) => new(
        new("x", NodeType.Warehouse, priority, null, null, null, null, null), false,
        ImmutableDictionary<DateOnly, int>.Empty);

    [Fact]
    public void Whatever_the_stock_the_plan_covers_what_it_can_and_no_node_gives_more_than_it_has() =>
        Prop.ForAll(Arb.From(Lines), lines => PriorityRule.Plan([.. lines], n => n[^1] % 3) is var plan
            && plan.Select(p => p.Sku).SequenceEqual(lines.Select(l => l.Sku)) && lines.Zip(plan).All(Covers))
            .QuickCheckThrowOnFailure();

    static bool Covers((RouteLine Line, RoutePick Pick) p) =>
        p.Pick.Nodes.Sum(n => n.Units) == Math.Min(p.Line.Units, p.Line.Free.Sum(f => f.Units))
        && p.Pick.Nodes.All(n => n.Units > 0 && n.Units <= p.Line.Free.Single(f => f.Node == n.Node).Units)
        && p.Pick.Nodes.SequenceEqual(p.Pick.Nodes.OrderBy(n => n.Node, StringComparer.Ordinal));

    static Gen<List<RouteLine>> Lines =>
        from free in Gen.Choose(0, 6).ArrayOf(5).ListOf()
        from units in Gen.Choose(1, 12).ListOf(free.Count)
        select free.Zip(units).Select((l, i) => new RouteLine($"sku-{i}", l.Second, Nodes(l.First))).ToList();

    static ImmutableArray<NodeUnits> Nodes(int[] free) =>
        [.. free.Select((units, i) => new NodeUnits($"N{i}", units)).Where(n => n.Units > 0)];
}
