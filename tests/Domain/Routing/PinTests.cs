using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>What a person has decided is done, whatever the rules say, as long as it can be done.</summary>
public sealed class PinTests
{
    static readonly RoutingRules Rules = Routes.Rules with { PriorityMinor = 10 };

    static Atlas Atlas(NodeNow? pinned = null) => new()
    {
        ["cheap"] = Routes.Node(),
        ["pinned"] = pinned ?? Routes.Node(9, NodeFacts.Ordinary with { PerUnit = new Money(10, "EUR") }),
    };

    static RouteLine Line(int units = 2, int pins = 2, int free = 9) =>
        Routes.Line("A", units, ("cheap", 9), ("pinned", free)) with { Pinned = [new("pinned", pins)] };

    [Fact]
    public void Pinned_units_go_to_their_node_and_the_rest_to_the_best()
    {
        Assert.Equal("A 2@pinned", Atlas().Text(Rules, Line()));
        Assert.Equal("A 1@pinned, B 1@cheap", Atlas().Text(
            Rules with { SplitMinor = 0 }, Line(1, 1), Routes.Line("B", 1, ("cheap", 1), ("pinned", 1))));
        Assert.Equal("A 1@pinned, B 1@pinned", Atlas().Text(
            Rules, Line(1, 1), Routes.Line("B", 1, ("cheap", 1), ("pinned", 1))));
    }

    [Fact]
    public void Part_of_a_line_may_be_pinned() => Assert.Equal(
        "A 2@cheap+1@pinned", Atlas().Text(Rules with { SplitMinor = 0 }, Line(3, 1, 1)));

    [Fact]
    public void The_rules_do_not_override_it()
    {
        var facts = NodeFacts.Ordinary with
        {
            PerOrder = new Money(1, "USD"),
            Boxes = [new("tiny", 1, 1, 1, 1)],
        };
        var rules = Rules with
        {
            MaxNodes = 1,
            MaxLateDays = 0,
            ShipComplete = true,
            Overflow = [NodeType.Store],
            Tariffs = [Routes.Tariff("slow", 50, 9, "pinned")],
            Embargoes = [new("e", new(null), [], Routes.Day(1), null, "")],
            Blackouts = [new("b", "pinned", Routes.Day(1), Routes.Day(300), "")],
        };
        var ask = Routes.Ask(Line() with { Product = new(5_000, 900, 900, 900, ["hazmat"]) }) with
        {
            Facts = Routes.Facts with { DeliverBy = Routes.Day(27) },
        };

        var plan = Atlas(Routes.Node(facts: facts, type: NodeType.Store)).Plan(rules, ask);

        Assert.Equal("A 2@pinned", Routes.Text(plan));
        Assert.Equal("slow", Assert.Single(plan.Decision!.Legs).Service);
        Assert.Empty(plan.Decision.Unserved);
    }

    [Fact]
    public void Without_any_tariff_it_goes_by_none()
    {
        var leg = Assert.Single(Atlas().Decide(
            Rules with { Tariffs = [Routes.Tariff("post", 50, 1, "cheap")] }, Routes.Ask(Line())).Legs);

        Assert.Equal(("pinned", null, 0L), (leg.Node, leg.Service, leg.Cost.Shipping));
    }

    [Fact]
    public void Units_that_the_node_has_not_are_not_served_by_another()
    {
        var ask = Routes.Ask(Line(free: 1));

        Assert.Equal("A 1@pinned", Routes.Text(Atlas().Plan(Rules, ask)));
        Assert.Equal(new Unserved("A", 1), Assert.Single(Atlas().Decide(Rules, ask).Unserved));
        Assert.Equal([(Constraint.NoStock, "A")], Atlas().Failed(Rules, ask, "pinned"));
    }

    [Fact]
    public void Nor_when_it_has_none_and_nobody_knows_it()
    {
        var ask = Routes.Ask(Routes.Line("A", 1, ("cheap", 1)) with { Pinned = [new("gone", 1)] });

        Assert.Equal("A ", Routes.Text(Atlas().Plan(Rules, ask)));
        Assert.Equal([(Constraint.NoStock, "A")], Atlas().Failed(Rules, ask, "gone"));
        Assert.Equal([(Constraint.Pinned, "A")], Atlas().Failed(Rules, ask, "cheap"));
    }

    [Fact]
    public void Nor_when_it_is_offline_full_or_has_refused()
    {
        Assert.Equal([(Constraint.Offline, null)], Fails(Routes.Node(offline: true), Routes.Facts));
        Assert.Equal([(Constraint.Capacity, "A")], Fails(Routes.Node(capacity: 0), Routes.Facts));
        Assert.Equal(
            [(Constraint.Refused, null)],
            Fails(Routes.Node(), Routes.Facts with { Refused = [new("pinned", null, "no")] }));

        IEnumerable<(Constraint, string?)> Fails(NodeNow node, RouteFacts facts)
        {
            RoutingMessage.PlanRoute ask = new(1, [Line()], facts);
            Assert.Equal("A ", Routes.Text(Atlas(node).Plan(Rules, ask)));
            Assert.Equal(new Unserved("A", 2), Assert.Single(Atlas(node).Decide(Rules, ask).Unserved));
            return Atlas(node).Failed(Rules, ask, "pinned");
        }
    }

    [Fact]
    public void What_is_not_pinned_keeps_to_the_rules()
    {
        var rules = Rules with { MaxNodes = 1 };

        Assert.Equal("A 1@pinned, B 1@pinned", Atlas().Text(
            rules, Line(1, 1), Routes.Line("B", 2, ("cheap", 2), ("pinned", 1))));
    }
}
