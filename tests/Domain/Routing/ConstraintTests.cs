using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>Each constraint keeps the cheaper node from serving, and is told.</summary>
public sealed class ConstraintTests
{
    static readonly NodeNow Dear = Routes.Node(9);
    static readonly RoutingRules Rules = Routes.Rules with { PriorityMinor = 10 };
    static readonly RouteLine Line = Routes.Line("A", 1, ("bad", 9), ("good", 9));

    static void Fails(
        Constraint constraint, NodeNow? bad = null, RoutingRules? rules = null, ProductFacts? product = null,
        RouteFacts? facts = null, NodeNow? good = null, bool forSku = false)
    {
        Atlas atlas = new() { ["bad"] = bad ?? Routes.Node(), ["good"] = good ?? Dear };
        RoutingMessage.PlanRoute ask = new(1, [Line with { Product = product }], facts ?? Routes.Facts);

        Assert.Equal([(constraint, forSku ? "A" : null)], atlas.Failed(rules ?? Rules, ask, "bad"));
        Assert.Equal("A 1@good", Routes.Text(atlas.Plan(rules ?? Rules, ask)));
        Assert.Empty(atlas.Failed(rules ?? Rules, ask, "good"));
        Assert.Null(atlas.Decide(rules ?? Rules, ask).Candidates[0].CostMinor);

        // Without what it is told of it would serve.
        Atlas plain = new() { ["bad"] = Routes.Node(), ["good"] = Dear };
        Assert.Equal("A 1@bad", plain.Text(Rules, Line));
    }

    [Fact]
    public void A_node_that_is_offline() => Fails(Constraint.Offline, Routes.Node(offline: true));

    /// <summary>Whatever date somebody has stored, a plan is made.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Goods_that_are_ready_at_the_end_of_time(bool pinned)
    {
        Atlas atlas = new() { ["bad"] = Routes.Node(facts: NodeFacts.Ordinary with { LeadDays = 365 }) };
        var line = Routes.Line("A", 1, ("bad", 9)) with { Pinned = pinned ? [new("bad", 1)] : default };
        var ask = Routes.Ask(line) with { Facts = Routes.Facts with { NotBefore = DateTimeOffset.MaxValue } };

        Assert.Equal([Constraint.Horizon], atlas.Failed(Rules, ask, "bad").Select(f => f.Constraint));
        Assert.Equal(new Unserved("A", 1), Assert.Single(atlas.Decide(Rules, ask).Unserved));
        var late = line with { Product = new(AvailableFrom: DateTimeOffset.MaxValue), Pinned = default };
        Assert.Equal([Constraint.Horizon], atlas.Failed(Rules, Routes.Ask(late), "bad").Select(f => f.Constraint));
    }

    [Fact]
    public void An_embargo_on_the_day_that_goods_would_leave() => Fails(
        Constraint.Embargo,
        rules: Rules with { Embargoes = [new("e", new("AT", ["10"]), ["bad"], Routes.Day(27), null, "sanctions")] });

    [Fact]
    public void Not_an_embargo_elsewhere_or_on_other_days()
    {
        Atlas atlas = new() { ["bad"] = Routes.Node(), ["good"] = Dear };
        Embargo[] others =
        [
            new("e", new("DE"), [], Routes.Day(1), null, ""), new("e", new("AT", ["2"]), [], Routes.Day(1), null, ""),
            new("e", new("AT"), ["good"], Routes.Day(1), null, ""), new("e", new("AT"), [], Routes.Day(28), null, ""),
            new("e", new("AT"), [], Routes.Day(1), Routes.Day(26), ""),
        ];

        foreach (var other in others)
            Assert.Equal("A 1@bad", atlas.Text(Rules with { Embargoes = [other] }, Line));
    }

    [Fact]
    public void A_blackout_of_all_days() => Fails(
        Constraint.Blackout,
        rules: Rules with { Blackouts = [new("b", "bad", Routes.Day(1), Routes.Day(200), "rebuilt")] });

    [Fact]
    public void Goods_that_it_cannot_handle() => Fails(
        Constraint.HandlingClass, Routes.Node(facts: NodeFacts.Ordinary with { Handles = ["fragile"] }),
        product: new(Handling: ["hazmat"]), forSku: true,
        good: Routes.Node(9, NodeFacts.Ordinary with { Handles = ["hazmat", "fragile"] }));

    [Theory]
    [InlineData(301, 10, 10, 1)]
    [InlineData(250, 210, 10, 1)]
    [InlineData(150, 150, 150, 1)]
    [InlineData(10, 10, 10, 5_001)]
    public void Goods_that_fit_into_no_box_of_it(int length, int width, int height, int grams) => Fails(
        Constraint.Box, Routes.Node(facts: Boxes), product: new(grams, length, width, height), forSku: true);

    [Theory]
    [InlineData(100, 300, 200, 5_000)]
    [InlineData(200, 100, 300, 0)]
    [InlineData(0, 0, 0, 0)]
    public void Goods_that_fit_into_a_box_when_they_are_turned(int length, int width, int height, int grams)
    {
        Atlas atlas = new() { ["bad"] = Routes.Node(facts: Boxes), ["good"] = Dear };

        Assert.Equal("A 1@bad", atlas.Text(Rules, Line with { Product = new(grams, length, width, height) }));
    }

    static NodeFacts Boxes => NodeFacts.Ordinary with
    {
        Boxes = [new("small", 140, 140, 140, 5_000), new("flat", 300, 200, 100, 5_000)],
    };

    [Fact]
    public void No_room_on_any_day() => Fails(Constraint.Capacity, Routes.Node(capacity: 0));

    [Fact]
    public void No_tariff_for_the_way() => Fails(
        Constraint.NoTariff, rules: Rules with { Tariffs = [Routes.Tariff("post", 10, 1, "good")] });

    [Fact]
    public void No_tariff_for_a_parcel_as_heavy_as_one_unit() => Fails(
        Constraint.NoTariff, product: new(2_001), forSku: true,
        rules: Rules with
        {
            Tariffs = [Routes.Tariff("post", 10) with { UpToGrams = 2_000 }, Routes.Tariff("post", 10, 1, "good")],
        });

    [Fact]
    public void Costs_in_another_currency_than_the_rules()
    {
        var facts = NodeFacts.Ordinary with { PerOrder = new Money(10, "USD") };
        Fails(Constraint.Currency, Routes.Node(facts: facts));
        Fails(Constraint.Currency, Routes.Node(facts: facts with { PerOrder = null, PerUnit = new Money(1, "USD") }));

        Atlas atlas = new() { ["bad"] = Routes.Node(facts: facts), ["good"] = Dear };
        Assert.Equal("A 1@bad", atlas.Text(RoutingRules.BuiltIn, Line));
    }

    static RoutingRules Dutiable(bool paid = true, int permille = 100) =>
        Rules with { Borders = [new("DE", "AT", 0, permille, paid)] };

    [Fact]
    public void A_value_in_another_currency_than_the_duty_that_it_would_cost() => Fails(
        Constraint.Currency, Routes.Node(country: "DE"), Dutiable(), new(ValueMinor: 500, Currency: "USD"),
        forSku: true);

    [Fact]
    public void Not_one_on_which_no_duty_is_paid()
    {
        Atlas atlas = new() { ["bad"] = Routes.Node(country: "DE"), ["good"] = Dear };
        ProductFacts dollars = new(ValueMinor: 500, Currency: "USD");

        Assert.Equal("A 1@bad", atlas.Text(Dutiable(paid: false), Line with { Product = dollars }));
        Assert.Equal("A 1@bad", atlas.Text(Dutiable(permille: 0), Line with { Product = dollars }));
        Assert.Equal("A 1@bad", atlas.Text(Dutiable(), Line with { Product = dollars with { ValueMinor = 0 } }));
        Assert.Equal("A 1@bad", atlas.Text(Dutiable(), Line with { Product = dollars with { Currency = "EUR" } }));
    }

    [Fact]
    public void Where_somebody_insists_the_duty_on_it_is_not_reckoned_and_that_is_told()
    {
        Atlas atlas = new() { ["bad"] = Routes.Node(country: "DE"), ["good"] = Dear };
        var ask = Routes.Ask(Line with
        {
            Product = new(ValueMinor: 500, Currency: "USD"),
            Pinned = [new("bad", 1)],
        });

        Assert.Equal([(Constraint.Currency, "A")], atlas.Failed(Dutiable(), ask, "bad"));
        var decision = atlas.Decide(Dutiable(), ask);
        Assert.Equal(("bad", 0L), (decision.Legs[0].Node, decision.CostMinor));
    }

    [Fact]
    public void A_duty_that_nobody_can_reckon_with() => Fails(
        Constraint.TooLarge, Routes.Node(country: "DE"), Dutiable(permille: 10_000),
        new(ValueMinor: long.MaxValue, Currency: "EUR"), forSku: true);

    [Fact]
    public void More_days_late_than_the_rules_allow()
    {
        var rules = Rules with
        {
            MaxLateDays = 1,
            Tariffs = [Routes.Tariff("slow", 10, 3, "bad"), Routes.Tariff("fast", 10, 2, "good")],
        };

        Fails(Constraint.Lateness, rules: rules, facts: Routes.Facts with { DeliverBy = Routes.Day(30) });
    }

    [Fact]
    public void A_type_of_node_that_serves_only_what_no_other_can()
    {
        var rules = Rules with { Overflow = [NodeType.Supplier] };
        var supplier = Routes.Node(type: NodeType.Supplier);
        Atlas atlas = new() { ["bad"] = supplier, ["good"] = Dear };
        var ask = Routes.Ask(Line);

        Assert.Equal([(Constraint.OverflowOnly, null)], atlas.Failed(rules, ask, "bad"));
        Assert.Equal("A 1@good", Routes.Text(atlas.Plan(rules, ask)));
        Assert.Equal("A 3@bad+2@good", atlas.Text(rules, Routes.Line("A", 5, ("bad", 9), ("good", 2))));
        Assert.Equal("A 5@bad", atlas.Text(Rules, Routes.Line("A", 5, ("bad", 9), ("good", 2))));
    }

    [Fact]
    public void A_node_that_refused_the_order() => Fails(
        Constraint.Refused, facts: Routes.Facts with { Refused = [new("bad", null, "too large")] });

    [Fact]
    public void One_that_refused_a_day_serves_on_the_next()
    {
        Atlas atlas = new() { ["bad"] = Routes.Node(capacity: 9), ["good"] = Dear };
        var facts = Routes.Facts with { Refused = [new("bad", Routes.Day(27), "full")] };

        var leg = Assert.Single(atlas.Decide(Rules, new(1, [Line], facts)).Legs);

        Assert.Equal(("bad", Routes.Day(30), true), (leg.Node, leg.Day, leg.Claims));
    }

    [Fact]
    public void Units_that_somebody_gave_to_another_node()
    {
        Atlas atlas = new() { ["bad"] = Routes.Node(), ["good"] = Dear };
        var ask = Routes.Ask(Line with { Pinned = [new("good", 1)] });

        Assert.Equal([(Constraint.Pinned, "A")], atlas.Failed(Rules, ask, "bad"));
        Assert.Equal("A 1@good", Routes.Text(atlas.Plan(Rules, ask)));
    }

    [Fact]
    public void More_nodes_than_the_rules_allow()
    {
        Atlas atlas = new() { ["bad"] = Routes.Node(), ["good"] = Dear };
        var ask = Routes.Ask(Routes.Line("A", 5, ("bad", 2), ("good", 4)));
        var rules = Rules with { MaxNodes = 1 };

        Assert.Equal("A 2@bad+3@good", Routes.Text(atlas.Plan(Rules, ask)));
        Assert.Equal("A 4@good", Routes.Text(atlas.Plan(rules, ask)));
        Assert.Equal([(Constraint.SplitLimit, null)], atlas.Failed(rules, ask, "bad"));
        Assert.Equal(new Unserved("A", 1), Assert.Single(atlas.Decide(rules, ask).Unserved));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void An_order_that_ships_complete_from_a_node_that_has_not_all(bool rule, bool order)
    {
        Atlas atlas = new() { ["bad"] = Routes.Node(), ["good"] = Dear };
        var rules = Rules with { ShipComplete = rule };
        var facts = Routes.Facts with { ShipComplete = order };
        RoutingMessage.PlanRoute all = new(1, [Routes.Line("A", 5, ("bad", 4), ("good", 5))], facts),
            none = new(1, [Routes.Line("A", 6, ("bad", 4), ("good", 5)), Routes.Line("B", 1, ("bad", 4))], facts);

        Assert.Equal("A 5@good", Routes.Text(atlas.Plan(rules, all)));
        Assert.Equal([(Constraint.ShipComplete, null)], atlas.Failed(rules, all, "bad"));
        Assert.Equal("A , B ", Routes.Text(atlas.Plan(rules, none)));
        Assert.Equal([(Constraint.ShipComplete, null)], atlas.Failed(rules, none, "good"));
        Assert.Equal([("A", 6L), ("B", 1L)], atlas.Decide(rules, none).Unserved.Select(u => (u.Sku, u.Units)));
    }

    [Fact]
    public void Reasons_are_told_up_to_a_number()
    {
        Atlas atlas = new() { ["bad"] = Routes.Node() };
        ImmutableArray<RouteLine> lines = [.. Enumerable.Range(0, 50).Select(
            i => Routes.Line($"{i:00}", 1, ("bad", 1)) with { Product = new(Handling: ["hazmat"]) })];

        Assert.Equal(20, atlas.Failed(Rules, Routes.Ask(lines), "bad").Count());
    }
}
