using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>What is best, and what is told of it.</summary>
public sealed class RouterTests
{
    static readonly Atlas Built = new()
    {
        ["near"] = Routes.Node(1),
        ["far"] = Routes.Node(2),
        ["shop"] = Routes.Node(3),
        ["mall"] = Routes.Node(3),
    };

    static readonly Atlas Two = new() { ["dear"] = Costs(300, 0), ["cheap"] = Costs(200, 0) };

    static NodeNow Costs(int order, int unit, int priority = 0, int? capacity = null) => Routes.Node(
        priority, NodeFacts.Ordinary with { PerOrder = new Money(order, "EUR"), PerUnit = new Money(unit, "EUR") },
        capacity);

    [Theory]
    [InlineData("A 2@far, B 1@far", "far 2, near 9", "far 1")]
    [InlineData("A 2@near, B 1@near", "far 9, near 2", "far 9, near 1")]
    [InlineData("A 2@mall, B 1@mall", "mall 2, shop 2", "mall 1, shop 1")]
    [InlineData("A 2@anywhere, B 1@anywhere", "anywhere 2, near 2", "anywhere 1, far 1")]
    [InlineData("A 2@shop, B 1@shop", "anywhere 2, shop 2", "anywhere 1, shop 2")]
    [InlineData("A 2@far, B 1@near", "far 2, near 1", "near 1")]
    [InlineData("A 1@near, B ", "near 1", "")]
    public void Without_rules_one_node_serves_all_else_as_few_as_can_be_and_those_preferred(
        string picks, string a, string b)
    {
        Assert.Equal(picks, Built.Text(RoutingRules.BuiltIn, Line("A", 2, a), Line("B", 1, b)));

        static RouteLine Line(string sku, int units, string free) => Routes.Line(
            sku, units, [.. free.Split(", ", StringSplitOptions.RemoveEmptyEntries)
                .Select(f => f.Split(' ')).Select(f => (f[0], long.Parse(f[1])))]);
    }

    [Fact]
    public void Without_rules_the_nearest_of_equally_preferred_ones()
    {
        Atlas atlas = new()
        {
            ["graz"] = Routes.Node(at: (47.07, 15.44)),
            ["linz"] = Routes.Node(at: (48.31, 14.29)),
            ["lost"] = Routes.Node(),
        };
        var ask = Routes.Ask(Routes.Line("A", 1, ("graz", 1), ("linz", 1), ("lost", 1)));

        var decision = atlas.Decide(
            RoutingRules.BuiltIn, ask with { Facts = Routes.Facts with { Latitude = 48.21, Longitude = 16.37 } });

        Assert.Equal("graz", Assert.Single(decision.Legs).Node);
        Assert.Equal(
            [("graz", (int?)145), ("linz", 154), ("lost", null)],
            decision.Candidates.Select(c => (c.Node, c.DistanceKm)));
    }

    [Fact]
    public void The_least_cost_of_all_terms_is_taken()
    {
        Atlas atlas = new() { ["a"] = Costs(100, 50), ["b"] = Costs(180, 20) };

        Assert.Equal("A 2@a", atlas.Text(Routes.Rules, Routes.Line("A", 2, ("a", 3), ("b", 3))));
        Assert.Equal("A 3@b", atlas.Text(Routes.Rules, Routes.Line("A", 3, ("a", 3), ("b", 3))));
    }

    [Fact]
    public void Another_node_is_used_where_it_saves_more_than_a_split_costs()
    {
        Atlas atlas = new() { ["a"] = Costs(0, 50), ["b"] = Costs(0, 10) };
        RouteLine[] lines = [Routes.Line("A", 1, ("a", 9)), Routes.Line("B", 3, ("a", 9), ("b", 9))];

        Assert.Equal("A 1@a, B 3@b", atlas.Text(Routes.Rules, lines));
        Assert.Equal("A 1@a, B 3@a", atlas.Text(Routes.Rules with { SplitMinor = 121 }, lines));
    }

    [Fact]
    public void Units_of_a_line_are_split_only_where_no_node_has_all() => Assert.Equal(
        "A 2@cheap+3@dear", Two.Text(Routes.Rules, Routes.Line("A", 5, ("dear", 4), ("cheap", 2))));

    [Fact]
    public void Each_term_of_the_cost_is_told()
    {
        Atlas atlas = new()
        {
            ["a"] = Routes.Node(
                2, NodeFacts.Ordinary with { PerOrder = new Money(30, "EUR"), PerUnit = new Money(7, "EUR") }, 10,
                country: "DE", used: (27, 4)),
        };
        var rules = Routes.Rules with
        {
            BalanceMinor = 100,
            PriorityMinor = 5,
            LateMinor = 11,
            Preferred = [new("a", -3)],
            Tariffs = [new("post", null, null, null, null, 2_000, 400, 25, 1, 1)],
            Borders = [new("DE", "AT", 1, 100, true)],
        };
        var ask = Routes.Ask(
            Routes.Line("A", 3, ("a", 3)) with { Product = new(900, ValueMinor: 1_005) },
            Routes.Line("B", 1, ("a", 3)));

        var leg = Assert.Single(
            atlas.Decide(rules, ask with { Facts = Routes.Facts with { DeliverBy = Routes.Day(29) } }).Legs);

        // 2.7 kg are three kilograms begun, in two parcels; a tenth of 10.05 is 1.01; two days late.
        Assert.Equal(
            new RouteCost(2 * 400 + 3 * 25, 30 + 4 * 7, 3 * 101, 0, 2 * 11, 2 * 5 - 3, 100 * 5 / 10), leg.Cost);
        Assert.Equal(("post", true, false), (leg.Service, leg.Claims, leg.Asks));
        Assert.Equal(Routes.Day(31), leg.Promise.LatestDelivery);
    }

    [Fact]
    public void Duty_that_the_receiver_pays_is_told_and_costs_the_plan_nothing()
    {
        Atlas atlas = new() { ["a"] = Routes.Node(country: "DE") };
        var rules = Routes.Rules with { Borders = [new("DE", "AT", 1, 100, false)] };
        var dear = Routes.Line("A", 3, ("a", 3)) with { Product = new(ValueMinor: 1_005, Currency: "EUR") };
        var pinned = Routes.Line("B", 2, ("a", 3)) with { Product = new(ValueMinor: 20), Pinned = [new("a", 1)] };

        var leg = Assert.Single(atlas.Decide(rules, Routes.Ask(dear, pinned)).Legs);

        Assert.Equal((3 * 101 + 2 * 2, 0L), (leg.ReceiverDutyMinor, leg.Cost.Total));
        Assert.Null(Duty(rules, dear, Routes.Line("B", 1, ("a", 1))));
        Assert.Null(Duty(rules, dear with { Product = dear.Product! with { Currency = "USD" } }));
        Assert.Null(Duty(rules with { Borders = [new("DE", "AT", 1, 100, true)] }, dear));
        Assert.Null(Duty(rules with { Borders = [] }, dear));

        long? Duty(RoutingRules rules, params RouteLine[] lines) =>
            Assert.Single(atlas.Decide(rules, Routes.Ask([.. lines])).Legs).ReceiverDutyMinor;
    }

    [Fact]
    public void Every_leg_after_the_first_has_the_cost_of_a_split()
    {
        var decision = Two.Decide(
            Routes.Rules, Routes.Ask(Routes.Line("A", 1, ("dear", 1)), Routes.Line("B", 1, ("cheap", 1))));

        Assert.Equal([("cheap", 0L), ("dear", 100L)], decision.Legs.Select(l => (l.Node, l.Cost.Split)));
        Assert.Equal(600, decision.CostMinor);
        Assert.Equal(decision.CostMinor, decision.Legs.Sum(l => l.Cost.Total));
    }

    [Fact]
    public void The_busier_node_of_two_is_spared()
    {
        Atlas atlas = new()
        {
            ["a"] = Routes.Node(capacity: 10, used: (27, 8)),
            ["b"] = Routes.Node(capacity: 10, used: (27, 2)),
        };

        Assert.Equal(
            "A 1@b", atlas.Text(Routes.Rules with { BalanceMinor = 50 }, Routes.Line("A", 1, ("a", 1), ("b", 1))));
    }

    [Fact]
    public void The_cheapest_service_is_taken_with_what_lateness_costs_and_among_equals_the_fastest()
    {
        Atlas atlas = new() { ["a"] = Routes.Node() };
        var rules = Routes.Rules with
        {
            LateMinor = 60,
            Tariffs = [Routes.Tariff("slow", 100, 3), Routes.Tariff("fast", 200), Routes.Tariff("bike", 200, 0)],
        };
        var ask = Routes.Ask(Routes.Line("A", 1, ("a", 1)));

        Assert.Equal("slow", Service(ask with { Facts = Routes.Facts with { DeliverBy = Routes.Day(32) } }));
        Assert.Equal("bike", Service(ask with { Facts = Routes.Facts with { DeliverBy = Routes.Day(30) } }));
        Assert.Equal("slow", Service(ask));

        string? Service(RoutingMessage.PlanRoute asked) => Assert.Single(atlas.Decide(rules, asked).Legs).Service;
    }

    [Theory]
    [InlineData("fewer-nodes", "both", 0, 0)]
    [InlineData("priority", "a", 0, 1)]
    [InlineData("delivery", "b", 1, 0)]
    [InlineData("node-ids", "a", 0, 0)]
    public void Ties_are_broken_in_a_stated_order(string by, string node, int days, int priority)
    {
        var rules = Routes.Rules with
        {
            SplitMinor = 0,
            Tariffs = [Routes.Tariff("a", 10, days, "a"), Routes.Tariff("b", 10, 0, "b"), Routes.Tariff("c", 20, 0)],
        };
        Atlas atlas = new() { ["a"] = Routes.Node(), ["b"] = Routes.Node(priority) };
        var both = node == "both";
        var decision = atlas.Decide(rules, Routes.Ask(
            Routes.Line("A", 1, ("a", 1), both ? ("both", 1) : ("b", 1)),
            Routes.Line("B", 1, ("b", 1), both ? ("both", 1) : ("a", 1))));

        Assert.Equal((by, node), (decision.TieBreak, Assert.Single(decision.Legs).Node));
        Assert.Equal(decision.CostMinor, decision.RunnerUp!.CostMinor);
    }

    [Fact]
    public void The_runner_up_is_the_best_of_other_nodes()
    {
        var decision = Two.Decide(Routes.Rules, Routes.Ask(Routes.Line("A", 2, ("cheap", 2), ("dear", 2))));

        Assert.Equal("cheap", Assert.Single(decision.Legs).Node);
        Assert.Equal(("dear", 300), (Assert.Single(decision.RunnerUp!.Nodes), decision.RunnerUp.CostMinor));
        Assert.Null(decision.TieBreak);
    }

    [Fact]
    public void All_nodes_with_stock_are_told_by_id_with_what_they_cost_alone()
    {
        var decision = Two.Decide(
            Routes.Rules, Routes.Ask(Routes.Line("A", 2, ("dear", 2), ("cheap", 2), ("gone", 0))));

        Assert.Equal(
            [("cheap", 200L, Routes.Day(27)), ("dear", 300L, Routes.Day(27))],
            decision.Candidates.Select(c => (c.Node, c.CostMinor!.Value, c.Delivers!.Value)));
    }

    [Fact]
    public void The_decision_names_its_rules_and_that_it_is_proven()
    {
        var plan = Two.Plan(Routes.Rules, Routes.Ask(Routes.Line("A", 2, ("dear", 2))));

        Assert.Equal((1, "least-cost-1"), (plan.Round, plan.Rule));
        Assert.Equal((1, "EUR", 0L), (plan.Decision!.Rules, plan.Decision.Currency, plan.Decision.GapMinor));
    }

    [Fact]
    public void Others_may_serve_when_nobody_has_to_be_asked()
    {
        Atlas atlas = new()
        {
            ["a"] = Costs(0, 0),
            ["b"] = Costs(10, 0),
            ["counts"] = Costs(10, 0, capacity: 5),
            ["asks"] = Routes.Node(5, type: NodeType.ThirdParty),
        };
        var line = Routes.Line("A", 1, ("a", 1), ("asks", 1), ("b", 1), ("counts", 1));
        var rules = Routes.Rules with { PriorityMinor = 5 };

        Assert.Equal("b", Assert.Single(atlas.Plan(rules, Routes.Ask(line)).Picks[0].Others));
        Assert.True(atlas.Plan(rules with { MaxNodes = 1 }, Routes.Ask(line)).Picks[0].Others.IsDefault);
        Assert.True(atlas.Plan(rules with { ShipComplete = true }, Routes.Ask(line)).Picks[0].Others.IsDefault);
    }

    [Fact]
    public void A_third_party_is_asked()
    {
        Atlas atlas = new() { ["a"] = Routes.Node(type: NodeType.ThirdParty) };

        Assert.True(Assert.Single(atlas.Decide(Routes.Rules, Routes.Ask(Routes.Line("A", 1, ("a", 1)))).Legs).Asks);
    }

    [Fact]
    public void Goods_that_are_sold_before_they_may_leave_wait_for_their_day()
    {
        Atlas atlas = new() { ["a"] = Routes.Node() };
        var later = Product.Start.AddDays(5);
        var line = Routes.Line("A", 1, ("a", 1));

        var leg = Assert.Single(atlas.Decide(
            Routes.Rules, Routes.Ask(line with { Product = new(AvailableFrom: later) })).Legs);
        var order = Assert.Single(atlas.Decide(
            Routes.Rules, Routes.Ask(line) with { Facts = Routes.Facts with { NotBefore = later } }).Legs);

        Assert.Equal((later, Routes.Day(32)), (leg.NotBefore, leg.Day));
        Assert.Equal((later, Routes.Day(32)), (order.NotBefore, order.Day));
        Assert.Null(Assert.Single(atlas.Decide(Routes.Rules, Routes.Ask(line)).Legs).NotBefore);
    }

    [Fact]
    public void An_ask_without_facts_is_answered_by_priority()
    {
        var plan = Built.Plan(Routes.Rules, new(7, [Routes.Line("A", 1, ("far", 1), ("near", 1))]));

        Assert.Equal((7, PriorityRule.Name, "A 1@near"), (plan.Round, plan.Rule, Routes.Text(plan)));
    }

    [Fact]
    public void A_shadow_is_what_other_rules_would_do()
    {
        var shadow = Router.Shadow(
            Routes.Ask(Routes.Line("A", 1, ("dear", 1), ("cheap", 1))),
            Routes.Rules with { Preferred = [new("dear", -500)] }, 9, id => Two[id]);

        Assert.Equal((9, "dear", -200L), (shadow.Rules, Assert.Single(shadow.Nodes), shadow.CostMinor));
        Assert.Equal(Routes.Day(27), shadow.Delivers);
    }

    [Fact]
    public void An_order_that_nobody_can_serve_has_no_leg()
    {
        var decision = Two.Decide(Routes.Rules, Routes.Ask(Routes.Line("A", 2)));

        Assert.Empty(decision.Legs);
        Assert.Equal(new Unserved("A", 2), Assert.Single(decision.Unserved));
        Assert.Equal((0, 0), (decision.CostMinor, decision.GapMinor));
    }

    /// <summary>
    /// Forty lines that fill the kilograms of both nodes to the gram when they are given to them in a way that is
    /// known, and hard to find.
    /// </summary>
    [Fact]
    public void What_is_not_proven_is_told_and_covers_a_better_plan_that_is_known()
    {
        Random chance = new(7);
        var grams = Enumerable.Range(0, 40).Select(_ => 101 + chance.Next(900)).ToArray();
        for (var half = 0; half < 2; half++)
            grams[half] += 1_000 - grams.Where((_, i) => i % 2 == half).Sum() % 1_000;
        Atlas atlas = new() { ["a"] = Costs(0, 0), ["b"] = Costs(0, 0) };
        var rules = Routes.Rules with
        {
            Tariffs =
            [
                Routes.Tariff("a", 10, node: "a") with { KilogramMinor = 100 },
                Routes.Tariff("b", 10, node: "b") with { KilogramMinor = 97 },
            ],
        };
        // Each node has a line that the other has not.
        ImmutableArray<RouteLine> lines = [.. grams.Select((g, i) => new RouteLine(
            $"{i:00}", 1, i == 0 ? [new("a", 1)] : i == 1 ? [new("b", 1)] : [new("a", 1), new("b", 1)], new(g)))];
        var known = 100 + 20 + 100 * Kilograms(0) + 97 * Kilograms(1);

        var decision = atlas.Decide(rules, Routes.Ask(lines));

        Assert.True(decision.CostMinor - decision.GapMinor <= known, $"{decision.CostMinor}, {decision.GapMinor}");

        long Kilograms(int half) => grams.Where((_, i) => i % 2 == half).Sum() / 1_000;
    }

    [Fact]
    public void An_order_of_five_thousand_lines_is_planned_with_a_stated_gap()
    {
        Random chance = new(5);
        Atlas atlas = [];
        for (var n = 0; n < 14; n++) atlas[$"{n:00}"] = Costs(100 + n, 10 + n);
        ImmutableArray<RouteLine> lines = [.. Enumerable.Range(0, 5_000).Select(i => new RouteLine(
            $"{i:0000}", 1 + chance.Next(9),
            [.. atlas.Keys.Where(_ => chance.Next(2) == 0).Select(n => new NodeUnits(n, 1 + chance.Next(12)))],
            new(chance.Next(2_000))))];
        var rules = Routes.Rules with
        {
            Tariffs = [Routes.Tariff("post", 400) with { KilogramMinor = 30, UpToGrams = 30_000 }],
        };

        var plan = atlas.Plan(rules, Routes.Ask(lines));

        Assert.All(lines.Zip(plan.Picks), p => Assert.Equal(
            Math.Min(p.First.Units, p.First.Free.Sum(f => f.Units)), p.Second.Nodes.Sum(n => n.Units)));
        Assert.InRange(plan.Decision!.GapMinor, 0, plan.Decision.CostMinor / 20);
    }

    [Fact]
    public void Twenty_lines_at_twelve_nodes_are_planned_exactly()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            RouteCase given = new(seed, 20, 12, 2);

            Assert.Equal((seed, 0), (seed, given.Atlas.Decide(given.Rules, given.Ask).GapMinor));
        }
    }
}
