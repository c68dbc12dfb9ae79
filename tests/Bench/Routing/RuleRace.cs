using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Fulfillment.Inventory;
using Fulfillment.Routing;

namespace Fulfillment.Bench.Routing;

/// <summary>
/// What 10,000 orders of the history cost over six made-up nodes by least cost and by simpler rules: each with stock of
/// its own, which its own plans use up; and each order once more by every rule on the very stock that least cost left,
/// where least cost may be dearer for no order.
/// </summary>
static class RuleRace
{
    const int Orders = 10_000;

    static readonly (string Name, Func<RoutingMessage.PlanRoute, ImmutableArray<RoutePick>> Picks)[] Simple =
    [
        ("nearest node", ask => PriorityRule.Plan(ask.Lines, n => Km(ask.Facts!, n))),
        ("first node with stock", ask => [.. ask.Lines.Select(First)]),
        ("rank by priority", ask => PriorityRule.Plan(ask.Lines, n => Network.Nodes[n].Priority)),
    ];

    /// <summary>A figure for each rule.</summary>
    public static IEnumerable<Figure> Measure()
    {
        var history = OrderHistory.Read(Orders);
        var clock = Stopwatch.StartNew();
        NodeStock stock = new(history);
        Tally least = new();
        var races = Simple.Select(_ => new Race()).ToArray();
        foreach (var order in history.Orders)
        {
            var ask = stock.Ask(order);
            var begun = clock.Elapsed;
            var plan = Router.Plan(ask, Network.Rules, 1, stock.Now);
            least.Add(plan.Decision!, clock.Elapsed - begun);
            for (var r = 0; r < Simple.Length; r++)
                races[r].Add(plan.Decision!, stock.Judge(ask, Simple[r].Picks(ask)));
            stock.Take(plan.Picks, plan.Decision!);
        }

        yield return least.Figure("least cost", history) with
        {
            Good = Array.TrueForAll(races, r => r.Worse == 0 && r.Unequal == 0),
        };
        for (var r = 0; r < Simple.Length; r++)
        {
            var alone = Alone(history, Simple[r].Picks).Figure(Simple[r].Name, history);
            yield return alone with
            {
                Ceiling = Math.Round(least.Minor / 100.0),
                Note = $"{alone.Note}; {races[r]}",
                Good = races[r].Worse == 0,
            };
        }
    }

    static Tally Alone(OrderHistory history, Func<RoutingMessage.PlanRoute, ImmutableArray<RoutePick>> rule)
    {
        NodeStock stock = new(history);
        Tally tally = new();
        foreach (var order in history.Orders)
        {
            var ask = stock.Ask(order);
            var picks = rule(ask);
            var decision = stock.Judge(ask, picks);
            tally.Add(decision with
            {
                Unserved = [.. ask.Lines.Zip(
                    picks, (l, p) => new Unserved(l.Sku, l.Units - p.Nodes.Sum(n => n.Units)))],
            }, default);
            stock.Take(picks, decision);
        }

        return tally;
    }

    static int Km(RouteFacts to, string node)
    {
        var (card, radian) = (Network.Nodes[node], Math.PI / 180);
        var middle = Math.Cos((card.Latitude!.Value + to.Latitude!.Value) / 2 * radian);
        var (north, east) = (card.Latitude.Value - to.Latitude.Value,
            (card.Longitude!.Value - to.Longitude!.Value) * middle);
        return (int)(111.2 * Math.Sqrt(north * north + east * east));
    }

    static RoutePick First(RouteLine line)
    {
        var left = line.Units;
        List<NodeUnits> picks = [];
        foreach (var (node, free) in line.Free)
        {
            if (left == 0) break;
            picks.Add(new(node, Math.Min(left, free)));
            left -= picks[^1].Units;
        }

        return new(line.Sku, [.. picks]);
    }

    /// <summary>Two rules order by order, on the same stock.</summary>
    sealed class Race
    {
        long _dearer, _more;

        /// <summary>Orders for which least cost was dearer.</summary>
        public int Worse { get; private set; }

        /// <summary>Orders of which the rules did not serve the same.</summary>
        public int Unequal { get; private set; }

        public void Add(RouteDecision least, RouteDecision other)
        {
            if (least.CostMinor > other.CostMinor) Worse++;
            if (least.CostMinor < other.CostMinor) _dearer++;
            _more += other.CostMinor - least.CostMinor;
            if (!other.Unserved.IsEmpty) Unequal++;
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"on the same stock dearer for {_dearer:N0} orders by {_more / 100:N0} in all, cheaper for {Worse}");
    }

    /// <summary>All that one rule did.</summary>
    sealed class Tally
    {
        readonly List<double> _milliseconds = [];
        long _orders, _legs, _splits, _lateDays, _lateOrders, _unserved, _gap, _unproven;

        public long Minor { get; private set; }

        public void Add(RouteDecision decision, TimeSpan took)
        {
            _orders++;
            Minor += decision.CostMinor;
            _legs += decision.Legs.Length;
            _splits += decision.Legs.Length > 1 ? 1 : 0;
            var late = decision.Legs.Sum(l => l.Cost.Late) / Network.Rules.LateMinor;
            _lateDays += late;
            _lateOrders += late > 0 ? 1 : 0;
            _unserved += decision.Unserved.Sum(u => u.Units);
            _gap += decision.GapMinor;
            _unproven += decision.GapMinor > 0 ? 1 : 0;
            _milliseconds.Add(took.TotalMilliseconds);
        }

        public Figure Figure(string rule, OrderHistory history)
        {
            double[] sorted = [.. _milliseconds.Order()];
            return new("routing", "none", $"cost, {rule}", Math.Round(Minor / 100.0))
            {
                P50 = sorted[^1] == 0 ? null : sorted.Percentile(0.5),
                P99 = sorted[^1] == 0 ? null : sorted.Percentile(0.99),
                Note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_orders:N0} orders of {history.Source}, {_legs:N0} legs, {_splits:N0} orders split, "
                    + $"{_lateOrders:N0} late by {_lateDays:N0} days of legs, {_unserved:N0} units unserved; "
                    + $"{_unproven:N0} not proven, by {_gap / 100:N0} at most"),
            };
        }
    }
}
