using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Fulfillment.Inventory;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Bench.Routing;

/// <summary>
/// Plans a second on one core: orders of five lines over five nodes, each exact; beside the rule by priority, which
/// only reads the same input; one line on one node, as in a flash sale; orders of 20 lines over twelve nodes; one of
/// 5,000 lines; and what plans cost beside those of simpler rules.
/// </summary>
static class RoutingBench
{
    const int Lines = 5, Questions = 2_000, LargeLines = 5_000, LargeNodes = 16,
        OrdinaryLines = 20, OrdinaryNodes = 12, OrdinaryQuestions = 500;

    static readonly DateTimeOffset At = new(2011, 5, 4, 9, 30, 0, TimeSpan.Zero);

    /// <summary>All of them.</summary>
    public static IEnumerable<Figure> Measure(Settings settings)
    {
        string[] five = [.. Network.Nodes.Keys.Take(5)];
        var questions = Many(Questions, seed => Question(seed, Lines, five, 6, 1_500));
        var exact = questions.Count(q => Plan(q).Decision!.GapMinor == 0);
        yield return Compare($"plans/s, {Lines} lines x 5 nodes", questions, Plan, settings) with
        {
            Wanted = ">= 20,000",
            Good = exact == questions.Count,
        };

        var single = Many(Questions, seed => Question(seed, 1, [five[seed % 5]], 6, 1_500, isSplit: false));
        yield return Compare("plans/s, 1 line x 1 node", single, Plan, settings);
        yield return Compare(
            "the same without rules", single, q => Router.Plan(q, RoutingRules.BuiltIn, 0, Now), settings);
        yield return Ordinary(3, 700, isWanted: true);
        yield return Ordinary(6, 1_500, isWanted: false);
        yield return Large();
        foreach (var figure in RuleRace.Measure()) yield return figure;
    }

    static Figure Compare(
        string what, List<RoutingMessage.PlanRoute> questions, Func<RoutingMessage.PlanRoute, RoutePlan> plan,
        Settings settings)
    {
        var (ceiling, _) = PerSecond(
            questions, q => PriorityRule.Plan(q.Lines, n => Network.Nodes[n].Priority), settings);
        var (plans, bytes) = PerSecond(questions, plan, settings);
        return new("routing", "none", what, plans)
        {
            Ceiling = ceiling,
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"by processor time of one core; {bytes:N0} bytes each; ceiling: rank by priority"),
        };
    }

    /// <summary>The largest orders that are meant to be planned exactly, and the same with heavier goods.</summary>
    static Figure Ordinary(int mostUnits, int mostGrams, bool isWanted)
    {
        var nodes = Twelve();
        string[] names = [.. nodes.Keys];
        List<double> milliseconds = [];
        var (exact, gap, cost) = (0, 0L, 0L);
        for (var seed = 0; seed < OrdinaryQuestions; seed++)
        {
            var question = Question(seed, OrdinaryLines, names, mostUnits, mostGrams);
            var clock = Stopwatch.StartNew();
            var decision = Router.Plan(question, Network.Rules, 1, id => nodes[id]).Decision!;
            milliseconds.Add(clock.Elapsed.TotalMilliseconds);
            if (decision.GapMinor == 0) exact++;
            (gap, cost) = (gap + decision.GapMinor, cost + decision.CostMinor);
        }

        double[] sorted = [.. milliseconds.Order()];
        return new("routing", "none", $"exact of {OrdinaryQuestions:N0}, 20 x 12", exact)
        {
            P50 = sorted.Percentile(0.5),
            P99 = sorted.Percentile(0.99),
            Wanted = isWanted ? $"= {OrdinaryQuestions:N0}" : null,
            Good = !isWanted || exact == OrdinaryQuestions,
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"about {OrdinaryLines * (mostUnits + 1) / 2 * mostGrams / 2_000} kg each; they cost {cost:N0}, "
                + $"{gap:N0} of it not proven"),
        };
    }

    static Dictionary<string, NodeNow> Twelve() => Enumerable.Range(0, OrdinaryNodes).ToDictionary(
        i => $"n{i:00}", i => new NodeNow(Network.Nodes.Values.ElementAt(i % Network.Nodes.Count) with
        {
            Latitude = Network.Nodes.Values.ElementAt(i % Network.Nodes.Count).Latitude + i / Network.Nodes.Count,
        }, false, NoDays));

    static Figure Large()
    {
        var nodes = Enumerable.Range(0, LargeNodes).ToDictionary(
            i => $"n{i:00}",
            i => Network.Nodes.Values.ElementAt(i % Network.Nodes.Count) with { CapacityPerDay = null });
        var question = Question(1, LargeLines, [.. nodes.Keys], 6, 1_500);
        RoutePlan plan = Router.Plan(question, Network.Rules, 1, id => new(nodes[id], false, NoDays));
        var clock = Stopwatch.StartNew();
        plan = Router.Plan(question, Network.Rules, 1, id => new(nodes[id], false, NoDays));
        return new("routing", "none", $"ms, {LargeLines:N0} lines x {LargeNodes}", clock.ElapsedMilliseconds)
        {
            Wanted = "< 500",
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"costs {plan.Decision!.CostMinor:N0}, {plan.Decision.GapMinor:N0} of it not proven"),
        };
    }

    static readonly Dictionary<DateOnly, int> NoDays = [];

    static RoutePlan Plan(RoutingMessage.PlanRoute question) => Router.Plan(question, Network.Rules, 1, Now);

    static NodeNow? Now(string id) => Cached[id];

    static readonly Dictionary<string, NodeNow> Cached =
        Network.Nodes.ToDictionary(n => n.Key, n => new NodeNow(n.Value, false, NoDays));

    static List<RoutingMessage.PlanRoute> Many(int count, Func<int, RoutingMessage.PlanRoute> one) =>
        [.. Enumerable.Range(0, count).Select(one)];

    /// <summary>
    /// Each line is at about two of three nodes, and sometimes at none alone with all that is wanted.
    /// </summary>
    static RoutingMessage.PlanRoute Question(
        int seed, int lines, string[] nodes, int mostUnits, int mostGrams, bool isSplit = true)
    {
        Random chance = new(seed);
        var (code, latitude, longitude) = Countries.All.Values.ElementAt(seed % Countries.All.Count);
        return new(
            1,
            [.. Enumerable.Range(0, lines).Select(i =>
            {
                var units = 1 + chance.Next(mostUnits);
                ImmutableArray<NodeUnits> free = [.. nodes.Where(_ => !isSplit || chance.Next(3) > 0)
                    .Select(n => new NodeUnits(n, isSplit ? 1 + chance.Next(12) : 100))];
                return new RouteLine(
                    $"sku-{i:0000}", units, free,
                    new(50 + chance.Next(mostGrams), ValueMinor: 100 + chance.Next(3_000)));
            })],
            new("default", code, null, At, DateOnly.FromDateTime(At.UtcDateTime).AddDays(4), Latitude: latitude,
                Longitude: longitude));
    }

    static (double PerSecond, double Bytes) PerSecond<T>(
        List<RoutingMessage.PlanRoute> questions, Func<RoutingMessage.PlanRoute, T> plan, Settings settings)
    {
        List<(double PerSecond, double Bytes)> runs = [];
        for (var run = 0; run <= settings.Runs; run++)
        {
            var count = 0;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var (clock, busy) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            while (clock.Elapsed.TotalSeconds < settings.Seconds)
            {
                foreach (var question in questions) plan(question);
                count += questions.Count;
            }

            var bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / count;
            if (run > 0) runs.Add((count / (Environment.CpuUsage.TotalTime - busy).TotalSeconds, bytes));
        }

        return (runs.Select(r => r.PerSecond).Median(), runs.Select(r => r.Bytes).Median());
    }
}
