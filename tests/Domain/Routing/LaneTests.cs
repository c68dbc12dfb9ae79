using System.Collections.Immutable;
using Fulfillment.Catalog;
using Fulfillment.Connectors;
using Fulfillment.Inventory;
using Fulfillment.Routing;

namespace Fulfillment.Tests.Domain;

/// <summary>Compliance rules close ways from nodes to buyers, and the decision names the rule.</summary>
public sealed class LaneTests
{
    static readonly Lane FromChina = new("cn", "Not from there", ["CN"]);

    static readonly Atlas Atlas = new()
    {
        ["near"] = Routes.Node(country: "CN"),
        ["far"] = Routes.Node(9, country: "AT"),
    };

    static readonly RoutingRules Rules = Routes.Rules with { PriorityMinor = 10 };

    static RouteLine Line(params ImmutableArray<Lane> lanes) =>
        Routes.Line("A", 2, ("far", 9), ("near", 9)) with { Lanes = lanes.IsEmpty ? default : lanes };

    [Fact]
    public void Goods_come_from_where_no_rule_closes_the_way_and_the_rule_is_named()
    {
        Assert.Equal("A 2@near", Atlas.Text(Rules, Line()));
        Assert.Equal("A 2@far", Atlas.Text(Rules, Line(FromChina)));
        var failed = Atlas.Decide(Rules, Routes.Ask(Line(FromChina))).Candidates
            .Single(c => c.Node == "near").Failed.Single();
        Assert.Equal(new(Constraint.Compliance, "A", "rule cn: Not from there"), failed);
        Assert.Equal("compliance (rule cn: Not from there)", failed.ToWords());
    }

    [Fact]
    public void Only_the_goods_that_the_rule_is_about_are_kept_from_the_node()
    {
        var other = Routes.Line("B", 1, ("near", 9));
        Assert.Equal("A 2@far, B 1@near", Atlas.Text(Rules, Line(FromChina), other));
    }

    [Fact]
    public void Where_every_way_is_closed_nothing_is_served_not_even_what_somebody_gave_there_by_hand()
    {
        Lane all = new("all", "Not at all");
        Assert.Equal(
            new Unserved("A", 2), Atlas.Decide(Rules, Routes.Ask(Line(all))).Unserved.Single());
        var pinned = Line(FromChina) with { Pinned = [new("near", 2)] };
        var decision = Atlas.Decide(Rules, Routes.Ask(pinned));
        Assert.Equal(new Unserved("A", 2), decision.Unserved.Single());
        Assert.Contains(
            Constraint.Compliance, decision.Candidates.Single(c => c.Node == "near").Failed.Select(f => f.Constraint));
    }

    [Fact]
    public void A_node_of_which_no_country_is_told_may_be_in_any()
    {
        Assert.True(FromChina.Closes(null));
        Assert.True(new Lane("all", "x").Closes(null));
    }

    [Theory]
    [InlineData("DE", "shop", "A", true)]
    [InlineData("AT", "shop", "A", false)]
    [InlineData("DE", "web", "A", false)]
    [InlineData("DE", "shop", "none", false)]
    public void A_rule_closes_the_way_for_its_goods_channels_and_places(
        string to, string channel, string sku, bool closed)
    {
        ImmutableArray<ComplianceRule> rules =
        [
            new("cn", ComplianceKind.RestrictedLane, "x", new(HsCodes: ["8506"]), ["shop"], ["DE"], ["CN"]),
            new("gone", ComplianceKind.Prohibited, "x", new(), default, ["DE"]),
            new("label", ComplianceKind.Labelling, "x", new(), Requires: ["/description"]),
        ];
        SkuCard card = new("x", null, false, null, [], [], new(HsCode: "85061000"));
        RoutingMessage.PlanRoute ask = new(
            1, [Routes.Line(sku, 1, ("near", 1))], Routes.Facts with { Country = to, Channel = channel });

        var line = Lanes.Close(ask, Lanes.Of(rules), s => s == "A" ? card : null).Lines[0];

        Assert.Equal(closed, !line.Lanes.IsDefaultOrEmpty);
        if (closed) Assert.Equal(("cn", "CN"), (line.Lanes.Single().Rule, line.Lanes[0].FromCountries.Single()));
    }

    [Fact]
    public void While_the_card_is_not_known_nobody_knows_which_ways_are_closed()
    {
        ComplianceRule rule = new(
            "cn", ComplianceKind.RestrictedLane, "x", new(HsCodes: ["8506"]), FromCountries: ["CN"]);
        RoutingMessage.PlanRoute ask = new(1, [Routes.Line("A", 1, ("near", 1))], Routes.Facts);
        Assert.Throws<InvalidOperationException>(() => Lanes.Close(ask, [rule], _ => null, mustKnow: true));
        Assert.Same(ask, Lanes.Close(ask, [], _ => null, mustKnow: true));
        // Of what is nowhere nothing is sent.
        RoutingMessage.PlanRoute none = ask with { Lines = [Routes.Line("A", 1)] };
        Assert.True(Lanes.Close(none, [rule], _ => null, mustKnow: true).Lines[0].Lanes.IsDefaultOrEmpty);
    }

    [Fact]
    public void What_is_prohibited_from_some_countries_only_is_a_closed_way_too()
    {
        ComplianceRule rule = new("p", ComplianceKind.Prohibited, "x", new(), FromCountries: ["CN"]);
        Assert.Same(rule, Lanes.Of([rule, rule with { Id = "q", FromCountries = [] }]).Single());
    }
}
