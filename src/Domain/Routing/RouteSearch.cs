namespace Fulfillment.Routing;

/// <summary>
/// Finds the best plan over a table: branch and bound over sets of nodes, and within a set over the units of each line.
/// <para>
/// The plans are all ways to give each line's units, up to what it needs, in whole units to nodes that may carry it, up
/// to what each has free, over at most as many nodes as the rules allow; what somebody pinned stays where it is. The
/// best has the fewest units unserved, then the fewest from nodes for overflow, then the least cost.
/// </para>
/// <para>
/// Sets are built by adding nodes in a fixed order. Everything that contains a set costs at least what its nodes cost
/// with nothing in them, and each line at the rates of the cheapest of them and of those that may still be added; what
/// is then not better than a known plan is not looked at. Work is counted in steps, never in time: when all are used up
/// the lowest of such bounds that are still open says how much better a plan might exist.
/// </para>
/// </summary>
sealed partial class RouteSearch
{
    /// <summary>Arcs that are looked at for one plan at most to find sets of nodes, give or take a set.</summary>
    public const long MaxSteps = 4_000_000;

    /// <summary>Steps within sets: of an order that is meant to be planned exactly, and of a larger one.</summary>
    public const long MaxUnitSteps = 4_000_000, MaxUnitStepsOfLarge = 100_000;

    /// <summary>Up to that many lines and nodes plans are meant to be exact.</summary>
    public const int OrdinaryLines = 20, OrdinaryNodes = 12;

    /// <summary>Until then the runner-up is looked for as thoroughly as the best plan.</summary>
    const long RunnerUpSteps = 2_000;

    /// <summary>A set gets this part of the steps within sets.</summary>
    const long PartOfSteps = 2;

    /// <summary>Sets that are kept to be looked into.</summary>
    const int MaxOpen = 4_000;

    sealed record OpenSet(long Unserved, long Overflow, long Minor, int Nodes, bool[] Set, int Index);

    readonly RouteTable _table;
    readonly RouteDraft _now;
    readonly List<OpenSet> _open = [];
    UnitSearch? _units;
    RoutePolish? _polish;
    readonly bool[] _set, _may;
    readonly long _pinnedGrams, _mostUnitSteps;
    readonly List<int> _free = [];
    long[] _added = [];
    int _count, _fresh;
    long _atLeast, _steps, _unitSteps, _floor = long.MaxValue;
    bool _hasSecond;

    public RouteSearch(RouteTable table)
    {
        _table = table;
        (Best, Second, _now) = (new(table), new(table), new(table));
        (_set, _may) = (new bool[table.Nodes.Length], new bool[table.Nodes.Length]);
        foreach (var load in table.Base) _pinnedGrams += load.Grams;
        _mostUnitSteps = table.Lines.Length <= OrdinaryLines && table.Nodes.Length <= OrdinaryNodes
            ? MaxUnitSteps : MaxUnitStepsOfLarge;
    }

    public RouteDraft Best { get; }

    /// <summary>The best of other nodes that was looked at; null when none serves as much.</summary>
    public RouteDraft? RunnerUp => _hasSecond && Second.ServesAsMuchAs(Best) ? Second : null;

    /// <summary>How much cheaper a plan might exist at most.</summary>
    public long GapMinor => _floor == long.MaxValue ? 0 : Math.Max(0, Best.CostMinor - _floor);

    RouteDraft Second { get; }

    /// <summary>Finds it.</summary>
    public void Run()
    {
        Best.FillPinned();
        if (_table.Arcs.Length == 0) return;
        var has = new bool[_set.Length];
        foreach (var arc in _table.Arcs) has[arc.Node] = true;
        for (var n = 0; n < _set.Length; n++)
            if (_table.Base[n].Units > 0) Add(n);
        for (var n = 0; n < _set.Length; n++)
            if (has[n] && !_set[n] && MayAdd(n)) _free.Add(n);
        if (_count + _free.Count == 0) return;
        if (_count + _free.Count == 1 && !_table.IsFrail)
        {
            // A single node leaves no choice.
            if (_count == 0) Add(_free[0]);
            Evaluate();
            return;
        }

        if (_count > 0) Evaluate();
        TakeEssential();
        Sort();
        if (!Best.ServesAsMuchAs(Ideal())) Improve();
        PolishBest();
        for (var n = 0; n < _set.Length; n++) _may[n] = _set[n];
        foreach (var n in _free) _may[n] = true;
        if (_count > 0) Evaluate(keep: true);
        if (_free.Count > 0) Visit(0);
        Finish();
        if (GapMinor > 0) TryRanks();
    }

    void Add(int node)
    {
        _set[node] = true;
        _count++;
        if (!_table.HasWork[node]) _fresh++;
        _atLeast += _table.Rates.AtLeast(node);
    }

    void Remove(int node)
    {
        _set[node] = false;
        _count--;
        if (!_table.HasWork[node]) _fresh--;
        _atLeast -= _table.Rates.AtLeast(node);
    }

    /// <summary>The rules allow one more node, or this one has work of the order anyway.</summary>
    bool MayAdd(int node) => _table.IsWhole ? _count < _table.MostNodes
        : _table.HasWork[node] || _fresh < _table.MostNodes;

    /// <summary>
    /// What adding some of the free nodes from <paramref name="start"/> on costs at least, and one of them, when each
    /// spares so much of what is counted without it.
    /// </summary>
    long Added(int start, long spared)
    {
        var (least, below) = (long.MaxValue, 0L);
        for (var i = start; i < _added.Length; i++)
        {
            least = Math.Min(least, _added[i] - spared);
            below += Math.Min(0, _added[i] - spared);
        }

        return below < 0 ? below : least;
    }

    bool MayAddFrom(int start)
    {
        for (var i = start; i < _free.Count; i++)
            if (MayAdd(_free[i])) return true;
        return false;
    }

    /// <summary>All sets with some of the free nodes from <paramref name="start"/> on.</summary>
    void Visit(int start)
    {
        var i = start;
        for (; i < _free.Count; i++)
        {
            if (_steps >= MaxSteps) break;
            var node = _free[i];
            if (!MayAdd(node))
            {
                _may[node] = false;
                continue;
            }

            Add(node);
            var (unserved, overflow, minor, spared) = Bound();
            // What remains to be tried serves no more than this: as little, or less.
            var hopeless = (unserved, overflow).CompareTo((Best.Unserved, Best.Overflow)) > 0;
            if (!hopeless)
            {
                if (CanWin(unserved, overflow, minor, _count)) Evaluate(keep: true);
                if (i + 1 < _free.Count && MayAddFrom(i + 1)
                    && CanWin(unserved, overflow, minor + Added(i + 1, spared), _count + 1)) Visit(i + 1);
            }

            Remove(node);
            if (hopeless) break;
            _may[node] = false;
        }

        if (i < _free.Count && _steps >= MaxSteps)
        {
            var (unserved, overflow, minor, spared) = Bound();
            Leave(unserved, overflow, minor + Added(i, spared));
        }

        for (; i > start; i--) _may[_free[i - 1]] = true;
    }

    /// <summary>
    /// What the set, and whatever is made of it by adding, serves at most and costs at least; each node that is added
    /// spares <c>Spared</c> of that.
    /// </summary>
    (long Unserved, long Overflow, long Minor, long Spared) Bound()
    {
        long unserved = 0, overflow = 0, rates = 0, grams = 0;
        for (var l = 0; l < _table.Needed.Length; l++)
        {
            var left = _table.Needed[l];
            for (var a = _table.First[l]; left > 0 && a < _table.First[l + 1]; a++)
            {
                ref readonly var arc = ref _table.Arcs[a];
                _steps++;
                if (!_may[arc.Node]) continue;
                var units = Math.Min(left, arc.Free);
                left -= units;
                rates += units * arc.Rate;
                if (_table.Nodes[arc.Node].IsOverflow) overflow += units;
            }

            unserved += left;
            grams += (_table.Needed[l] - left) * _table.GramsOf(l);
        }

        return (unserved, overflow, Minor(rates, grams), _table.Rates.SparedMinor(_count, grams + _pinnedGrams));
    }

    /// <summary>
    /// What the set costs at least, with units of these rates and, but for what is pinned, this weight.
    /// </summary>
    long Minor(long rates, long grams) =>
        _table.Rates.Minor(_count, _atLeast + _table.SplitMinor(_fresh), rates, grams + _pinnedGrams);

    /// <summary>Whether such a plan could be the best, or the runner-up while there is time for it.</summary>
    bool CanWin(long unserved, long overflow, long minor, int nodes)
    {
        var order = (unserved, overflow).CompareTo((Best.Unserved, Best.Overflow));
        if (order != 0) return order < 0;
        if (minor < Best.CostMinor || (minor == Best.CostMinor && nodes <= Best.Nodes)) return true;
        return _steps < RunnerUpSteps && (RunnerUp is not { } second || minor < second.CostMinor);
    }

    /// <summary>
    /// What the set comes to when each line goes to its cheapest nodes. Where it might come to less, that is looked
    /// into later: first where the least is possible.
    /// </summary>
    void Evaluate(bool keep = false)
    {
        _now.Fill(_set);
        _steps += _table.Arcs.Length;
        var minor = Minor(_now.Rates, Grams(_now));
        var (unserved, overflow) = (_now.Unserved, _now.Overflow);
        _now.Price();
        Consider();
        if (!keep || (_table.IsWhole && unserved > 0)) return;
        if (_now.CostMinor == minor && _now.Unserved == unserved) return;
        if (_open.Count < MaxOpen) _open.Add(new(unserved, overflow, minor, _count, (bool[])_set.Clone(), _open.Count));
        else Leave(unserved, overflow, minor);
    }

    /// <summary>Looks for the best plan of each set that might have a better one.</summary>
    void Finish()
    {
        _open.Sort((a, b) => (a.Unserved, a.Overflow, a.Minor, a.Index).CompareTo(
            (b.Unserved, b.Overflow, b.Minor, b.Index)));
        foreach (var (unserved, overflow, minor, count, set, _) in _open)
        {
            var order = (unserved, overflow, minor).CompareTo((Best.Unserved, Best.Overflow, Best.CostMinor));
            if (order > 0) break;
            if (order == 0 && count > Best.Nodes) continue;
            if (_unitSteps >= _mostUnitSteps)
            {
                Leave(unserved, overflow, minor);
                break;
            }

            _now.Fill(set);
            _now.Price();
            if ((_polish ??= new(_table)).Run(_now, set, ref _unitSteps, _mostUnitSteps)) Consider();
            if (_now.CostMinor == minor && _now.Unserved == unserved) continue;
            _units ??= new(_table);
            var most = Math.Min(_mostUnitSteps, _unitSteps + _mostUnitSteps / PartOfSteps);
            _units.Run(set, minor, _now, Best, ref _unitSteps, most);
            if (_units.Found) Consider();
            if (_units.LeftMinor is { } left) Leave(unserved, overflow, left);
        }
    }

    long Grams(RouteDraft draft)
    {
        var grams = -_pinnedGrams;
        foreach (var load in draft.Loads) grams += load.Grams;
        return grams;
    }

    /// <summary>Notes that plans from that cost on were not looked at.</summary>
    void Leave(long unserved, long overflow, long minor)
    {
        var order = (unserved, overflow).CompareTo((Best.Unserved, Best.Overflow));
        if (order <= 0) _floor = Math.Min(_floor, order < 0 ? 0 : minor);
    }

    void Consider()
    {
        if (_now.Nodes == 0 || (_table.IsWhole && _now.Unserved > 0)) return;
        var order = _now.CompareTo(Best, out _);
        if (_now.UsesSameNodesAs(Best))
        {
            if (order < 0) Best.CopyFrom(_now);
            return;
        }

        if (order < 0)
        {
            if (Best.Nodes > 0)
            {
                Second.CopyFrom(Best);
                _hasSecond = true;
            }

            Best.CopyFrom(_now);
        }
        else if (!_hasSecond || _now.CompareTo(Second, out _) < 0)
        {
            Second.CopyFrom(_now);
            _hasSecond = true;
        }
    }
}
