using Fulfillment.Inventory;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>Amounts, weights and numbers of units as large as anybody accepts them.</summary>
public sealed class RouteSizeTests
{
    static readonly NodeFacts Costly = NodeFacts.Ordinary with { PerUnit = new Money(1_000_000_000, "EUR") };

    [Fact]
    public void What_a_plan_costs_is_what_its_parts_cost_however_large_they_are()
    {
        const long most = 10_000_000_000_000_000;
        var (served, refused) = (0, 0);
        for (var seed = 0; seed < 2_000; seed++)
        {
            LargeCase large = new(seed);
            var plan = large.Atlas.Plan(large.Rules, large.Ask);
            Assert.Equal(large.CostOf(plan), plan.Decision!.CostMinor);
            Assert.All(plan.Decision.Candidates, c => Assert.InRange(c.CostMinor ?? 0, -RulesCheck.MostMinor, most));
            Assert.InRange(plan.Decision.GapMinor, 0, most);
            served += plan.Decision.Legs.IsEmpty ? 0 : 1;
            refused += plan.Decision.Candidates.Any(
                c => c.Failed.Any(f => f.Constraint == Constraint.TooLarge)) ? 1 : 0;
        }

        Assert.True(served > 500 && refused > 500, $"{served} served, {refused} with nodes that cost too much");
    }

    [Fact]
    public void Units_that_cost_more_than_can_be_reckoned_with_are_left_and_others_are_served()
    {
        Atlas atlas = new() { ["a"] = Routes.Node(facts: Costly) };
        var ask = Routes.Ask(
            Routes.Line("MANY", 100_000_000, ("a", 100_000_000)), Routes.Line("ONE", 1, ("a", 1)));

        Assert.Equal("MANY , ONE 1@a", Routes.Text(atlas.Plan(Routes.Rules, ask)));
        Assert.Equal([(Constraint.TooLarge, "MANY")], atlas.Failed(Routes.Rules, ask, "a"));
    }

    [Fact]
    public void So_they_are_where_somebody_insists()
    {
        Atlas atlas = new() { ["a"] = Routes.Node(facts: Costly) };
        var line = Routes.Line("A", 100_000_000, ("a", 100_000_000));
        var ask = Routes.Ask(line with { Pinned = [new("a", 100_000_000)] });

        Assert.Equal([(Constraint.TooLarge, "A")], atlas.Failed(Routes.Rules, ask, "a"));
        Assert.Equal(100_000_000, Assert.Single(atlas.Decide(Routes.Rules, ask).Unserved).Units);
    }

    [Fact]
    public void Nothing_is_planned_for_goods_that_weigh_more_than_can_be_reckoned_with()
    {
        Atlas atlas = new() { ["a"] = Routes.Node() };
        var line = Routes.Line("A", 10_000_001, ("a", 20_000_000)) with { Product = new(100_000_000) };

        Assert.Equal([(Constraint.TooLarge, null)], atlas.Failed(Routes.Rules, Routes.Ask(line), "a"));
        Assert.Equal("A 10000000@a", atlas.Text(Routes.Rules, line with { Units = 10_000_000 }));
    }

    [Fact]
    public void A_way_that_would_cost_more_than_can_be_reckoned_with_is_none()
    {
        Atlas atlas = new() { ["a"] = Routes.Node(), ["b"] = Routes.Node() };
        var line = Routes.Line("A", 1_000_000, ("a", 9_000_000), ("b", 9_000_000)) with { Product = new(100_000) };
        Tariff dear = Routes.Tariff("dear", 0, 1, "a") with { KilogramMinor = 10_000_000_000 };
        var rules = Routes.Rules with { Tariffs = [dear, Routes.Tariff("cheap", 5, 1, "b")] };

        Assert.Equal("A 1000000@b", atlas.Text(rules, line));
        Assert.Equal([(Constraint.TooLarge, null)], atlas.Failed(rules, Routes.Ask(line), "a"));
    }

    [Fact]
    public void So_is_a_preference()
    {
        Atlas atlas = new() { ["a"] = Routes.Node(1_000_000), ["b"] = Routes.Node(9) };
        var rules = Routes.Rules with { PriorityMinor = RulesCheck.MostMinor };

        Assert.Equal("A 1@b", atlas.Text(rules, Routes.Line("A", 1, ("a", 1), ("b", 1))));
        Assert.Equal(
            [(Constraint.TooLarge, null)],
            atlas.Failed(rules, Routes.Ask(Routes.Line("A", 1, ("a", 1), ("b", 1))), "a"));
    }

    /// <summary>A random order in which anything may be as large as it can be.</summary>
    sealed class LargeCase
    {
        readonly Random _chance;

        public LargeCase(int seed)
        {
            _chance = new(seed);
            string[] nodes = [.. Enumerable.Range(0, 1 + _chance.Next(5)).Select(i => $"N{i}")];
            foreach (var node in nodes) Atlas[node] = Node();
            Rules = Routes.Rules with
            {
                SplitMinor = Amount(),
                LateMinor = Amount(),
                BalanceMinor = Amount(),
                PriorityMinor = Amount(),
                KilometreMinor = Amount(),
                Preferred = [new("N0", -Amount())],
                Tariffs = [.. Enumerable.Range(0, _chance.Next(4)).Select(Tariff)],
                Borders = [new("DE", "AT", 0, (int)Of(0, 77, RulesCheck.MostPermille), true)],
            };
            Ask = new(
                1, [.. Enumerable.Range(0, 1 + _chance.Next(5)).Select(i => Line($"S{i}", nodes))],
                Routes.Facts with
                {
                    DeliverBy = _chance.Next(2) == 0 ? DateOnly.MinValue : null,
                    Latitude = 1,
                    Longitude = 1,
                });
        }

        public Atlas Atlas { get; } = [];

        public RoutingRules Rules { get; }

        public RoutingMessage.PlanRoute Ask { get; }

        /// <summary>What the plan costs by its picks, ways and nodes, in numbers that hold anything.</summary>
        public Int128 CostOf(RoutePlan plan)
        {
            Int128 sum = 0;
            foreach (var leg in plan.Decision!.Legs)
            {
                var card = Atlas[leg.Node].Card;
                Int128 grams = 0, units = 0, duty = 0;
                foreach (var (pick, line) in plan.Picks.Zip(Ask.Lines))
                {
                    Int128 taken = pick.Nodes.Where(n => n.Node == leg.Node).Sum(n => n.Units);
                    units += taken;
                    grams += taken * line.Product!.Grams;
                    var each = ((Int128)line.Product.ValueMinor * Rules.Borders[0].DutyPermille + 500) / 1000;
                    if (card.Country == "DE") duty += taken * each;
                }

                Assert.Equal(duty, leg.Cost.Duty);
                Assert.Equal(
                    card.Facts!.PerOrder!.Value.AmountMinor + card.Facts.PerUnit!.Value.AmountMinor * units,
                    leg.Cost.Handling);
                Assert.Equal(ShippingOf(leg, grams), leg.Cost.Shipping);
                Assert.True(leg.Cost is { Late: >= 0, Split: >= 0, Balance: >= 0 }, $"{leg.Cost}");
                sum += (Int128)leg.Cost.Shipping + leg.Cost.Handling + leg.Cost.Duty + leg.Cost.Split + leg.Cost.Late
                    + leg.Cost.Preference + leg.Cost.Balance;
            }

            return sum;
        }

        Int128 ShippingOf(RouteLeg leg, Int128 grams)
        {
            if (leg.Service is null) return (Int128)Rules.KilometreMinor * 20_015;
            var tariff = Rules.Tariffs.Single(t => t.Service == leg.Service);
            var parcels = tariff.UpToGrams is { } most ? Int128.Max(1, (grams + most - 1) / most) : 1;
            return tariff.ParcelMinor * parcels + tariff.KilogramMinor * Int128.Max(1, (grams + 999) / 1000);
        }

        long Of(params long[] values) => values[_chance.Next(values.Length)];

        long Amount() => Of(0, 5, 900, RulesCheck.MostMinor);

        NodeNow Node() => Routes.Node(
            (int)Of(0, 9, 1_000_000), NodeFacts.Ordinary with
            {
                PerOrder = new Money(Of(0, 40, 1_000_000_000), "EUR"),
                PerUnit = new Money(Of(0, 3, 1_000_000_000), "EUR"),
            }, country: _chance.Next(2) == 0 ? "DE" : "AT");

        Tariff Tariff(int i) => new(
            $"T{i}", null, null, null, null, _chance.Next(2) == 0 ? null : (int)Of(1, 30_000, RulesCheck.MostGrams),
            Amount(), Amount(), 1, 1);

        RouteLine Line(string sku, string[] nodes)
        {
            var units = Of(1, 3, 70_000, int.MaxValue);
            return Routes.Line(sku, units, [.. nodes.Select(n => (n, Of(1, units, long.MaxValue / 4)))]) with
            {
                Product = new((int)Of(0, 1, 400, 100_000_000), ValueMinor: Of(0, 99, 1_000_000_000_000_000)),
            };
        }
    }
}
