using FsCheck;
using FsCheck.Fluent;
using Fulfillment.Routing;

namespace Fulfillment.Tests.Domain;

public sealed class RouterProperties
{
    const int Cases = 4_000;

    [Fact]
    public void A_plan_serves_and_costs_what_the_best_of_all_plans_does() => ForAll(Cases, seed =>
    {
        RouteCase given = new(seed, 3, 4, 4);
        BruteForce all = new(given);

        var plan = given.Atlas.Plan(given.Rules, given.Ask);

        var best = all.Best();
        Assert.Equal((seed, best), (seed, all.Judge(plan)));
        Assert.Equal((seed, best.Minor, 0), (seed, plan.Decision!.CostMinor, plan.Decision.GapMinor));
    });

    [Fact]
    public void The_order_in_which_lines_and_nodes_are_told_does_not_matter() => ForAll(Cases, seed =>
    {
        RouteCase given = new(seed, 5, 5, 6);

        var (plan, shuffled) =
            (given.Atlas.Plan(given.Rules, given.Ask), given.Atlas.Plan(given.Rules, given.Shuffled));

        Assert.Equal(Text.Of(plan.Decision), Text.Of(shuffled.Decision));
        Assert.Equal(Text.Of(plan.Picks), Text.Of(shuffled.Picks.Reverse()));
    });

    [Fact]
    public void A_plan_adds_up() => ForAll(Cases, seed =>
    {
        RouteCase given = new(seed, 6, 6, 9);

        var plan = given.Atlas.Plan(given.Rules, given.Ask);

        foreach (var (line, pick) in given.Lines.Zip(plan.Picks))
        {
            Assert.Equal(line.Sku, pick.Sku);
            Assert.All(pick.Nodes, p => Assert.InRange(
                p.Units, 1, line.Free.Single(f => f.Node == p.Node).Units));
            Assert.Equal(pick.Nodes.OrderBy(p => p.Node, StringComparer.Ordinal), pick.Nodes);
            Assert.Equal(
                line.Units - pick.Nodes.Sum(p => p.Units),
                plan.Decision!.Unserved.Where(u => u.Sku == line.Sku).Sum(u => u.Units));
        }

        var legs = plan.Decision!.Legs;
        Assert.Equal(
            plan.Picks.SelectMany(p => p.Nodes).Select(p => p.Node).Distinct().Order(StringComparer.Ordinal),
            legs.Select(l => l.Node));
        Assert.Equal(plan.Decision.CostMinor, legs.Sum(l => l.Cost.Total));
        Assert.All(legs, leg => AddsUp(leg.Promise));
    });

    static void AddsUp(Promise promise)
    {
        var untils = promise.Parts.Select(p => p.Until).Prepend(promise.From).ToList();
        Assert.Equal(untils.Distinct().Order(), untils);
        Assert.True(promise.EarliestShip <= promise.LatestShip && promise.From <= promise.EarliestShip);
        Assert.True(promise.EarliestDelivery <= promise.LatestDelivery);
    }

    /// <summary>Or the cases prove little.</summary>
    [Fact]
    public void The_cases_show_every_constraint_every_part_of_a_promise_and_every_tie()
    {
        HashSet<string> seen = [];
        for (var seed = 0; seed < Cases; seed++)
        {
            RouteCase given = new(seed, 3, 4, 4);
            var decision = given.Atlas.Decide(given.Rules, given.Ask);
            seen.Add($"{decision.Legs.Length} legs");
            seen.Add($"{decision.TieBreak}");
            seen.UnionWith(decision.Candidates.SelectMany(c => c.Failed).Select(f => $"{f.Constraint}"));
            seen.UnionWith(decision.Legs.SelectMany(l => l.Promise.Parts).Select(p => $"{p.Step}"));
        }

        string[] wanted =
        [
            "1 legs", "2 legs", "3 legs", "fewer-nodes", "priority", "delivery", "node-ids",
            .. Enum.GetNames<Constraint>(), .. Enum.GetNames<PromiseStep>(),
        ];
        // Amounts and times are small here; the cases of RouteSizeTests are large, that of ConstraintTests is late.
        Assert.Equal([], wanted.Except(seen).Except([$"{Constraint.TooLarge}", $"{Constraint.Horizon}"]));
    }

    static void ForAll(int count, Action<int> holds) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(count),
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), holds));
}
