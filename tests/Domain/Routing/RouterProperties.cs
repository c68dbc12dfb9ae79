using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

public sealed class RouterProperties
{
    const int Cases = 5_000;

    [Fact]
    public void A_plan_serves_and_costs_what_the_best_of_all_plans_does() => ForAll(Cases, seed =>
    {
        RouteCase given = new(seed, 3, 4, 4);

        var (plan, best) = (given.Atlas.Plan(given.Rules, given.Ask), new BruteForce(given).Best());

        Assert.Equal((seed, best), (seed, Judged(given, plan)));
        Assert.Equal(0, plan.Decision!.GapMinor);
    });

    /// <summary>Units unserved that were not pinned, units from overflow that were not, and cost.</summary>
    static (long, long, long) Judged(RouteCase given, RoutePlan plan)
    {
        long unserved = 0, overflow = 0;
        foreach (var (line, pick) in given.Lines.Zip(plan.Picks))
        {
            var pinned = line.Pinned.IsDefault ? [] : line.Pinned;
            unserved += line.Units - pinned.Sum(p => p.Units);
            foreach (var (node, units) in pick.Nodes)
            {
                var loose = units - Math.Min(units, pinned.Where(p => p.Node == node).Sum(p => p.Units));
                unserved -= loose;
                if (given.Rules.Overflow.Contains(given.Atlas.GetValueOrDefault(node)?.Card.Type ?? default))
                    overflow += loose;
            }
        }

        return (unserved, overflow, plan.Decision!.CostMinor);
    }

    static void ForAll(int count, Action<int> holds) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(count),
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), holds));
}
