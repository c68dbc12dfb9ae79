using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Warehousing;

namespace Fulfillment.Routing;

/// <summary>
/// Units that may come from a node, and what each costs there: labour and duty. <c>Free</c>: without pins.
/// </summary>
readonly record struct Arc(int Node, long Free, long UnitMinor, long Rate);

/// <summary>Goods that a node is given. <c>Time</c>: the latest at which any of them is ready.</summary>
record struct Load(long Units, long Grams, int Heaviest, int Time, long UnitMinor, bool Loose)
{
    /// <summary>With more of a line; <paramref name="loose"/>: units that nobody has pinned.</summary>
    public void Add(long units, int grams, int time, long unitMinor, bool loose)
    {
        Units += units;
        Grams += units * grams;
        Heaviest = Math.Max(Heaviest, grams);
        Time = Math.Max(Time, time);
        UnitMinor += units * unitMinor;
        Loose |= loose;
    }
}

/// <summary>
/// The question in numbers: lines by SKU and nodes by id, both ordinal, so that the order in which they were told does
/// not matter. Arcs of a line: ordinary nodes before those for overflow, each by its rate (a lower bound of what a unit
/// adds there, see <see cref="RouteRates"/>), then by node.
/// </summary>
sealed class RouteTable
{
    /// <summary>
    /// Different times at which goods are ready: goods of a later one but the last wait for the last.
    /// </summary>
    public const int MaxTimes = 8;

    readonly DateTimeOffset[] _times;
    readonly int _working;

    public RouteTable(RoutingMessage.PlanRoute ask, RoutingRules rules, Func<string, NodeNow?> node)
    {
        (Facts, Rules) = (ask.Facts!, rules);
        Source = [.. Enumerable.Range(0, ask.Lines.Length)];
        Lines = [.. ask.Lines];
        Array.Sort(Lines, Source, Comparer<RouteLine>.Create((a, b) => string.CompareOrdinal(a.Sku, b.Sku)));
        _times = TimesOf(Lines, Facts);
        Nodes = NodesOf(Lines, rules, Facts, node, _times.Length);
        var count = Nodes.Length;
        string[] working = Facts.Working.IsDefaultOrEmpty ? [] : [.. Facts.Working.Distinct()];
        _working = working.Length;
        HasWork = [.. Nodes.Select(n => working.Contains(n.Id))];
        Needed = new long[Lines.Length];
        Times = new int[Lines.Length];
        Base = new Load[count];
        First = new int[Lines.Length + 1];
        Pins = [];
        List<Arc> arcs = [];
        for (var l = 0; l < Lines.Length; l++)
        {
            var line = Lines[l];
            Times[l] = TimeOf(line);
            Needed[l] = Math.Max(0, line.Units);
            if (!line.Pinned.IsDefaultOrEmpty) Pin(l, line);
            FindArcs(l, line, arcs);
            First[l + 1] = arcs.Count;
        }

        PinnedNodes = Base.Count(b => b.Units > 0);
        PinnedAnew = Base.Where((b, n) => b.Units > 0 && !HasWork[n]).Count();
        TotalGrams = Base.Sum(b => b.Grams);
        for (var l = 0; l < Lines.Length; l++) TotalGrams += Needed[l] * GramsOf(l);
        Rates = new(this, TotalGrams);
        Arcs = Rated(arcs);
        IsFrail = FindFrail();
    }

    public RouteFacts Facts { get; }

    public RoutingRules Rules { get; }

    /// <summary>By SKU.</summary>
    public RouteLine[] Lines { get; }

    /// <summary>Of each line, where it stands in the ask.</summary>
    public int[] Source { get; }

    /// <summary>By id: those with stock and those that were named.</summary>
    public RouteNode[] Nodes { get; }

    /// <summary>Of each line, the units that nobody has pinned.</summary>
    public long[] Needed { get; }

    /// <summary>Of each line, at which of the times of the plan its goods are ready.</summary>
    public int[] Times { get; }

    /// <summary>Where the arcs of each line begin, and the last end.</summary>
    public int[] First { get; }

    public Arc[] Arcs { get; }

    /// <summary>What each node has to do because somebody said so.</summary>
    public Load[] Base { get; }

    /// <summary>Line, node and units of each pin that can be kept.</summary>
    public List<(int Line, int Node, long Units)> Pins { get; }

    /// <summary>Units that are pinned where they cannot be had, by line.</summary>
    public Dictionary<int, long> Lost { get; } = [];

    public int PinnedNodes { get; }

    int PinnedAnew { get; }

    /// <summary>Of all goods that nodes are asked for.</summary>
    public long TotalGrams { get; }

    public RouteRates Rates { get; }

    /// <summary>Different times at which goods are ready.</summary>
    public int TimeCount => _times.Length;

    /// <summary>
    /// A node may serve each of two lines and yet not both, for a parcel or a day that fits both is too late.
    /// </summary>
    public bool IsFrail { get; }

    /// <summary>Of each node, whether it has work of the order already.</summary>
    public bool[] HasWork { get; }

    /// <summary>
    /// Nodes of a plan at most, beside those that have work already where the order need not be whole: those that were
    /// named are always among them.
    /// </summary>
    public int MostNodes => IsWhole ? Math.Max(1, PinnedNodes)
        : Rules.MaxNodes is { } most ? Math.Max(Math.Max(1, most) - _working, PinnedAnew) : int.MaxValue;

    /// <summary>What it costs that so many nodes have work which have none yet.</summary>
    public long SplitMinor(int fresh) => Rules.SplitMinor * (_working > 0 ? fresh : Math.Max(0, fresh - 1));

    /// <summary>All or nothing, from one node.</summary>
    public bool IsWhole => Rules.ShipComplete || Facts.ShipComplete;

    public NodeDay Day(int node, int time) => Nodes[node].At(time, _times[time]);

    public int GramsOf(int line) => Lines[line].Product?.Grams ?? 0;

    /// <summary>Whatever the goods, what using the node costs: the order, and what it scores.</summary>
    public long FixedMinor(int node) => Nodes[node].OrderMinor + Nodes[node].PreferenceMinor;

    /// <summary>The cheapest way for the load, with what it costs in all; null when none can carry it.</summary>
    public RouteOption? Choose(int node, in Load load, out long minor) => Choose(node, load, load.Time, out minor);

    RouteOption? Choose(int node, in Load load, int time, out long minor)
    {
        var day = Day(node, time);
        var best = Cheapest(day.Options, load, out minor);
        if (best is null && !load.Loose) best = Cheapest(day.Any, load, out minor);
        if (best is null && !load.Loose && day.Last is { } last) (best, minor) = (last, 0);
        if (best is not null) minor += day.BalanceMinor + FixedMinor(node) + load.UnitMinor;
        return best;
    }

    static RouteOption? Cheapest(RouteOption[] options, in Load load, out long minor)
    {
        RouteOption? best = null;
        minor = long.MaxValue;
        foreach (var option in options)
        {
            if (load.Heaviest > option.MaxGrams) continue;
            var cost = option.Shipping(load.Grams) + option.LateMinor;
            if (cost > minor || (cost == minor && option.Delivers >= best!.Delivers)) continue;
            (best, minor) = (option, cost);
        }

        return best;
    }

    /// <summary>When goods of the load may leave, where that is not at once.</summary>
    public DateTimeOffset? NotBefore(in Load load) => _times[load.Time] > Facts.At ? _times[load.Time] : null;

    void Pin(int l, RouteLine line)
    {
        foreach (var (name, units) in line.Pinned)
        {
            var pinned = Math.Min(units, Needed[l]);
            if (pinned <= 0) continue;
            Needed[l] -= pinned;
            var n = IndexOf(name);
            var node = Nodes[n];
            var day = node.CanWork ? Day(n, Times[l]) : null;
            if (day is { Last: null }) node.Fail(day.Fails!.Value, "no day of work", line.Sku);
            var unitMinor = node.UnitMinor + node.DutyMinor(line.Product);
            var fits = node.Size.Fits(line.Units, unitMinor);
            if (!fits) node.Fail(Constraint.TooLarge, RouteNode.CostsTooMuch, line.Sku);
            if (node.ForeignValue(line.Product) is { } value) node.Fail(Constraint.Currency, value, line.Sku);
            fits &= IsOpen(node, line);
            var kept = day?.Last is null || !fits ? 0 : Math.Min(pinned, FreeAt(line, name) - PinnedAt(l, n));
            if (kept < pinned && fits && day?.Last is not null)
                node.Fail(Constraint.NoStock, $"{pinned} are asked of it, {kept} free", line.Sku);
            if (kept < pinned) Lost[l] = Lost.GetValueOrDefault(l) + pinned - kept;
            if (kept == 0) continue;
            Pins.Add((l, n, kept));
            Base[n].Add(kept, GramsOf(l), Times[l], unitMinor, false);
        }
    }

    void FindArcs(int l, RouteLine line, List<Arc> arcs)
    {
        if (Needed[l] == 0) return;
        foreach (var (name, units) in line.Free)
        {
            if (units <= 0) continue;
            var n = IndexOf(name);
            var node = Nodes[n];
            if (!node.MayWork || !IsOpen(node, line) || !MayCarry(node, n, l)) continue;
            var unitMinor = node.UnitMinor + node.DutyMinor(line.Product);
            var free = units - PinnedAt(l, n);
            if (!node.Size.Fits(line.Units, unitMinor))
                node.Fail(Constraint.TooLarge, RouteNode.CostsTooMuch, line.Sku);
            else if (free > 0) arcs.Add(new(n, free, unitMinor, 0));
        }
    }

    static bool IsOpen(RouteNode node, RouteLine line) => node.ClosedBy(line) is not { } lane
        || node.Fail(Constraint.Compliance, $"rule {lane.Rule}: {lane.Text}", line.Sku);

    /// <summary>When its goods are ready, or at least with goods that are ready later.</summary>
    bool MayCarry(RouteNode node, int n, int l)
    {
        var (sku, product) = (Lines[l].Sku, Lines[l].Product);
        for (var time = Times[l] + 1; time < _times.Length; time++)
            if (node.Refuses(product, Day(n, time)) is null) return true;
        if (node.Refuses(product, Day(n, Times[l])) is not var (constraint, detail)) return true;
        var isOfGoods = constraint is Constraint.HandlingClass or Constraint.Box or Constraint.Currency
            || Day(n, Times[l]).Fails is null;
        return node.Fail(constraint, detail, isOfGoods || Times[l] > 0 ? sku : null);
    }

    /// <summary>The arcs with their rates, in order.</summary>
    Arc[] Rated(List<Arc> arcs)
    {
        var rated = new Arc[arcs.Count];
        var order = Comparer<Arc>.Create(Compare);
        for (var l = 0; l < Lines.Length; l++)
        {
            for (var a = First[l]; a < First[l + 1]; a++)
                rated[a] = arcs[a] with { Rate = Rates.Of(arcs[a].Node, arcs[a].UnitMinor, GramsOf(l)) };
            Array.Sort(rated, First[l], First[l + 1] - First[l], order);
        }

        return rated;
    }

    int Compare(Arc a, Arc b)
    {
        var overflow = Nodes[a.Node].IsOverflow.CompareTo(Nodes[b.Node].IsOverflow);
        if (overflow != 0) return overflow;
        return a.Rate != b.Rate ? a.Rate.CompareTo(b.Rate) : a.Node.CompareTo(b.Node);
    }

    /// <summary>
    /// What a leg may be sent by; where what is pinned goes by other ways, that for nothing is among them.
    /// </summary>
    public RouteOption[] Ways(int node, int time)
    {
        if (!Nodes[node].CanWork) return [];
        var day = Day(node, time);
        var most = Base[node].Units > 0 ? Base[node].Heaviest : 0;
        if (day.Last is not { } last || Array.Exists(day.Options, o => o.MaxGrams >= most)) return day.Options;
        return [last];
    }

    bool FindFrail()
    {
        var heaviest = new int[Nodes.Length];
        var times = new bool[Nodes.Length, _times.Length];
        for (var l = 0; l < Lines.Length; l++)
        {
            for (var a = First[l]; a < First[l + 1]; a++)
            {
                var n = Arcs[a].Node;
                heaviest[n] = Math.Max(heaviest[n], GramsOf(l));
                times[n, Times[l]] = true;
            }
        }

        for (var n = 0; n < Nodes.Length; n++)
        {
            times[n, Base[n].Time] |= Base[n].Units > 0;
            heaviest[n] = Math.Max(heaviest[n], Base[n].Heaviest);
            for (var t = Base[n].Time; t < _times.Length; t++)
            {
                if (!times[n, t] || !Nodes[n].MayWork) continue;
                if (!Array.Exists(Day(n, t).Options, o => o.MaxGrams >= heaviest[n])) return true;
            }
        }

        return false;
    }

    /// <summary>Where the node stands; all that lines name are there.</summary>
    public int IndexOf(string id)
    {
        var (low, high) = (0, Nodes.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(Nodes[middle].Id, id) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    int TimeOf(RouteLine line)
    {
        if (line.Product?.AvailableFrom is not { } from || from <= _times[0]) return 0;
        var at = Array.BinarySearch(_times, from);
        return at >= 0 ? at : _times.Length - 1;
    }

    static DateTimeOffset[] TimesOf(RouteLine[] lines, RouteFacts facts)
    {
        var ready = facts.NotBefore > facts.At ? facts.NotBefore.Value : facts.At;
        SortedSet<DateTimeOffset>? later = null;
        foreach (var line in lines)
            if (line.Product?.AvailableFrom > ready) (later ??= [ready]).Add(line.Product.AvailableFrom.Value);
        if (later is null) return [ready];
        return later.Count <= MaxTimes ? [.. later] : [.. later.Take(MaxTimes - 1), later.Max];
    }

    static RouteNode[] NodesOf(
        RouteLine[] lines, RoutingRules rules, RouteFacts facts, Func<string, NodeNow?> node, int times)
    {
        SortedDictionary<string, bool> names = new(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            foreach (var (name, units) in line.Free)
                if (units > 0) names.TryAdd(name, false);
            if (line.Pinned.IsDefaultOrEmpty) continue;
            foreach (var (name, _) in line.Pinned) names[name] = true;
        }

        RouteWays ways = new(rules, facts, RouteSize.Of(lines, names.Count));
        return [.. names.Select(n => new RouteNode(n.Key, node(n.Key), rules, facts, ways, n.Value, times))];
    }

    long PinnedAt(int line, int node)
    {
        var units = 0L;
        foreach (var pin in Pins)
            if (pin.Line == line && pin.Node == node) units += pin.Units;
        return units;
    }

    static long FreeAt(RouteLine line, string node)
    {
        foreach (var free in line.Free)
            if (free.Node == node) return free.Units;
        return 0;
    }
}
