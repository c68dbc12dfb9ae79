using System.Collections.Immutable;
using Fulfillment.Connectors;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

public sealed class RoutingConnectorTests
{
    static readonly RoutingMessage.PlanRoute Ask = new(
        3, [new("A", 2, [new("LEJ1", 2), new("MUC2", 2)])], new("shop", "DE", "10115", Product.Start));

    static readonly RoutingRules Leipzig = RoutingRules.BuiltIn with { Preferred = [new("LEJ1", -1)] },
        Munich = RoutingRules.BuiltIn with { Preferred = [new("MUC2", -1)] };

    static async Task<RoutePlan> Plan(RoutingMessage.PlanRoute ask, Func<string, DateTimeOffset, RulesNow> rules) =>
        (RoutePlan)await RoutingConnector.Of(Node, rules)("id", ask, default);

    static NodeNow? Node(string node) => new(
        new(node, NodeType.Warehouse, 1, "DE", null, null, null, null), false,
        ImmutableDictionary<DateOnly, int>.Empty);

    [Fact]
    public async Task A_plan_goes_by_the_rules_of_the_seller_at_the_time_that_it_is_asked_for()
    {
        List<(string, DateTimeOffset)> asked = [];

        var plan = await Plan(Ask, (seller, at) =>
        {
            asked.Add((seller, at));
            return new(7, Munich);
        });

        Assert.Equal([("shop", Product.Start)], asked);
        Assert.Equal((3, Router.Rule, 7, null), (plan.Round, plan.Rule, plan.Decision!.Rules, plan.Decision.Shadow));
        Assert.Equal("MUC2", Assert.Single(plan.Picks[0].Nodes).Node);
    }

    [Fact]
    public async Task What_other_rules_would_do_stands_in_the_decision_and_changes_nothing()
    {
        var alone = await Plan(Ask, (_, _) => new(7, Munich));
        var beside = await Plan(Ask, (_, _) => new(7, Munich, new(9, Leipzig)));

        var shadow = beside.Decision!.Shadow!;
        Assert.Equal((9, "LEJ1"), (shadow.Rules, Assert.Single(shadow.Nodes)));
        Assert.Equal(
            Text.Of(alone), Text.Of(beside with { Decision = beside.Decision with { Shadow = null } }));
    }

    [Fact]
    public async Task Rules_that_cannot_be_looked_up_make_no_plan() => await Assert.ThrowsAsync<
        InvalidOperationException>(() => Plan(Ask, (_, _) => throw new InvalidOperationException("not yet")));
}
