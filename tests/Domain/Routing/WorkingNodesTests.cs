using Fulfillment.Routing;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// A plan for a part of an order knows where the rest of it is worked on: no node more than the rules allow, and no
/// node more than needed.
/// </summary>
public sealed class WorkingNodesTests
{
    static readonly RoutingRules Two = Routes.Rules with { MaxNodes = 2 };

    static readonly Atlas Atlas = new()
    {
        ["cheap"] = Routes.Node(),
        ["dear"] = Routes.Node(1),
        ["far"] = Routes.Node(2),
    };

    static RoutingMessage.PlanRoute Ask(string[] working, params RouteLine[] lines) =>
        Routes.Ask([.. lines]) with { Facts = Routes.Facts with { Working = [.. working] } };

    static readonly RouteLine OneEach = Routes.Line("A", 2, ("cheap", 1), ("dear", 1), ("far", 1));

    [Fact]
    public void Nodes_that_have_work_already_count_against_the_limit()
    {
        Assert.Equal("A 1@cheap+1@dear", Routes.Text(Atlas.Plan(Two, Ask([], OneEach))));
        Assert.Equal("A 1@cheap+1@far", Routes.Text(Atlas.Plan(Two, Ask(["far"], OneEach))));
        Assert.Equal("A 1@cheap", Routes.Text(Atlas.Plan(Two, Ask(["gone"], OneEach))));
        Assert.Equal("A 1@dear+1@far", Routes.Text(Atlas.Plan(Two, Ask(["dear", "far"], OneEach))));
        Assert.Equal("A 1@far", Routes.Text(Atlas.Plan(Two, Ask(["far", "gone"], OneEach))));
    }

    [Fact]
    public void Beyond_the_limit_units_are_not_served_and_the_limit_is_named()
    {
        var ask = Ask(["gone", "lost"], OneEach);

        Assert.Equal("A ", Routes.Text(Atlas.Plan(Two, ask)));
        Assert.Equal(new Unserved("A", 2), Assert.Single(Atlas.Decide(Two, ask).Unserved));
        foreach (var node in (string[])["cheap", "dear", "far"])
            Assert.Equal([(Constraint.SplitLimit, null)], Atlas.Failed(Two, ask, node));
    }

    [Fact]
    public void A_node_that_has_work_already_splits_nothing_and_any_other_does()
    {
        var rules = Routes.Rules with { PriorityMinor = 40 };
        var any = Routes.Line("A", 1, ("cheap", 1), ("far", 1));

        Assert.Equal("A 1@cheap", Routes.Text(Atlas.Plan(rules, Ask([], any))));
        Assert.Equal("A 1@far", Routes.Text(Atlas.Plan(rules, Ask(["far"], any))));
        Assert.Equal((80, 0), Cost(Atlas.Decide(rules, Ask(["far"], any))));
        Assert.Equal("A 1@cheap", Routes.Text(Atlas.Plan(rules, Ask(["gone"], any))));
        Assert.Equal((100, 100), Cost(Atlas.Decide(rules, Ask(["gone"], any))));
    }

    /// <summary>It is in pieces anyway; what is left still goes in one.</summary>
    [Fact]
    public void What_is_left_of_an_order_that_ships_complete_comes_from_one_node()
    {
        var rules = Routes.Rules with { ShipComplete = true };

        Assert.Equal("A 1@cheap", Routes.Text(Atlas.Plan(rules, Ask(["gone"], Routes.Line("A", 1, ("cheap", 1))))));
        Assert.Equal("A ", Routes.Text(Atlas.Plan(rules, Ask(["cheap", "dear"], OneEach))));
    }

    static (long Total, long Split) Cost(RouteDecision decision) =>
        (decision.CostMinor, Assert.Single(decision.Legs).Cost.Split);
}
