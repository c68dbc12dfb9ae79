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
sealed class RouteSearch
{
    /// <summary>Arcs that are looked at for one plan at most, give or take a set.</summary>
    public const long MaxSteps = 2_000_000;

    /// <summary>Until then the runner-up is looked for as thoroughly as the best plan.</summary>
    const long RunnerUpSteps = 2_000;

    /// <summary>A set of nodes gets this part of the steps for its units.</summary>
    const long PartOfSteps = 8;

    readonly RouteTable _table;
    readonly RouteDraft _now;
    readonly UnitSearch _units;
    readonly bool[] _set, _may;
    readonly long _pinnedGrams;
    readonly List<int> _free = [];
    long[] _added = [];
    int _count, _given;
    long _atLeast, _steps, _floor = long.MaxValue;
    bool _hasSecond;

    public RouteSearch(RouteTable table)
    {
        _table = table;
        (Best, Second, _now) = (new(table), new(table), new(table));
        (_set, _may) = (new bool[table.Nodes.Length], new bool[table.Nodes.Length]);
        _units = new(table);
        foreach (var load in table.Base) _pinnedGrams += load.Grams;
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
        var arcs = _table.Arcs;
        var has = new bool[_set.Length];
        foreach (var arc in arcs) has[arc.Node] = true;
        for (var n = 0; n < _set.Length; n++)
            if (_table.Base[n].Units > 0) Add(n);
        for (var n = 0; n < _set.Length; n++)
            if (has[n] && !_set[n]) _free.Add(n);
        if (arcs.Length == 0) return;
        if (_count > 0) Evaluate();
        if (_count < _table.MostNodes) TakeEssential();
        Sort();
        if (!Best.ServesAsMuchAs(Ideal())) Improve();
        _given = _count;
        for (var n = 0; n < _set.Length; n++) _may[n] = _set[n];
        foreach (var n in _free) _may[n] = true;
        if (_free.Count > 0 && _count < _table.MostNodes) Visit(0);
    }

    void Add(int node)
    {
        _set[node] = true;
        _count++;
        _atLeast += _table.Rates.AtLeast(node);
    }

    void Remove(int node)
    {
        _set[node] = false;
        _count--;
        _atLeast -= _table.Rates.AtLeast(node);
    }

    /// <summary>All nodes together: nothing serves more.</summary>
    RouteDraft Ideal()
    {
        var all = new bool[_set.Length];
        Array.Fill(all, true);
        _now.Fill(all);
        return _now;
    }

    /// <summary>
    /// A node without which less is served is in every plan, where the number of nodes is not limited.
    /// </summary>
    void TakeEssential()
    {
        if (_table.MostNodes != int.MaxValue || _table.IsFrail) return;
        var essential = new bool[_set.Length];
        for (var l = 0; l < _table.Needed.Length; l++)
        {
            long ordinary = 0, overflow = 0;
            for (var a = _table.First[l]; a < _table.First[l + 1]; a++)
            {
                if (_table.Nodes[_table.Arcs[a].Node].IsOverflow) overflow += _table.Arcs[a].Free;
                else ordinary += _table.Arcs[a].Free;
            }

            var (first, rest) = (Math.Min(_table.Needed[l], ordinary), Math.Max(0, _table.Needed[l] - ordinary));
            rest = Math.Min(rest, overflow);
            for (var a = _table.First[l]; a < _table.First[l + 1]; a++)
            {
                var arc = _table.Arcs[a];
                if (_table.Nodes[arc.Node].IsOverflow ? overflow - arc.Free < rest : ordinary - arc.Free < first)
                    essential[arc.Node] = true;
            }
        }

        for (var n = 0; n < essential.Length; n++)
            if (essential[n] && !_set[n]) Add(n);
        _free.RemoveAll(n => _set[n]);
        if (_count > 0) Evaluate();
    }

    /// <summary>The free nodes, those first that are the better plan with no other than those in every plan.</summary>
    void Sort()
    {
        if (_count >= _table.MostNodes) return;
        var alone = new (long, long, long)[_set.Length];
        foreach (var n in _free)
        {
            Add(n);
            Evaluate();
            alone[n] = (_now.Unserved, _now.Overflow, _now.CostMinor);
            Remove(n);
        }

        _free.Sort((a, b) => alone[a] != alone[b] ? alone[a].CompareTo(alone[b]) : a.CompareTo(b));
        _added = new long[_free.Count];
        for (var i = 0; i < _added.Length; i++) _added[i] = _table.Rates.AtLeast(_free[i]) + _table.Rules.SplitMinor;
    }

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

    /// <summary>A first good plan: nodes are added and taken away as long as that is better.</summary>
    void Improve()
    {
        RouteDraft good = new(_table);
        List<int> added = [];
        for (var round = 0; round < 2 * _free.Count && _steps < MaxSteps / 2; round++)
        {
            var (best, node) = (round == 0 && _count == 0 ? null : good, -1);
            if (round == 0 && _count > 0) Evaluate(good);
            foreach (var n in _free)
            {
                if (!_set[n] && _count >= _table.MostNodes) continue;
                Toggle(n);
                if (_count > 0)
                {
                    Evaluate();
                    if (best is null || _now.CompareTo(good, out _) < 0)
                    {
                        (best, node) = (good, n);
                        good.CopyFrom(_now);
                    }
                }

                Toggle(n);
            }

            if (node < 0) break;
            Toggle(node);
        }

        foreach (var n in _free)
            if (_set[n]) Remove(n);

        void Toggle(int n)
        {
            if (_set[n]) Remove(n);
            else Add(n);
        }
    }

    void Evaluate(RouteDraft into)
    {
        Evaluate();
        into.CopyFrom(_now);
    }

    /// <summary>All sets with some of the free nodes from <paramref name="start"/> on.</summary>
    void Visit(int start)
    {
        var i = start;
        for (; i < _free.Count; i++)
        {
            if (_steps >= MaxSteps) break;
            var node = _free[i];
            Add(node);
            var (unserved, overflow, minor, spared) = Bound();
            // What remains to be tried serves no more than this: as little, or less.
            var hopeless = (unserved, overflow).CompareTo((Best.Unserved, Best.Overflow)) > 0;
            if (!hopeless)
            {
                // Alone they have been looked at.
                if (_count > _given + 1 && CanWin(unserved, overflow, minor, _count)) Evaluate();
                if (_count < _table.MostNodes && i + 1 < _free.Count
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
    long Minor(long rates, long grams) => _table.Rates.Minor(_count, _atLeast, rates, grams + _pinnedGrams);

    /// <summary>Whether such a plan could be the best, or the runner-up while there is time for it.</summary>
    bool CanWin(long unserved, long overflow, long minor, int nodes)
    {
        var order = (unserved, overflow).CompareTo((Best.Unserved, Best.Overflow));
        if (order != 0) return order < 0;
        if (minor < Best.CostMinor || (minor == Best.CostMinor && nodes <= Best.Nodes)) return true;
        return _steps < RunnerUpSteps && (RunnerUp is not { } second || minor < second.CostMinor);
    }

    void Evaluate()
    {
        _now.Fill(_set);
        _steps += _table.Arcs.Length;
        var minor = Minor(_now.Rates, Grams(_now));
        var (unserved, overflow) = (_now.Unserved, _now.Overflow);
        _now.Price();
        Consider();
        if (_now.CostMinor == minor && _now.Unserved == unserved) return;
        var order = (unserved, overflow, minor).CompareTo((Best.Unserved, Best.Overflow, Best.CostMinor));
        if (order > 0 || (order == 0 && _count > Best.Nodes)) return;
        if (_steps < MaxSteps && _now.Polish(_set, ref _steps)) Consider();
        if (_now.CostMinor == minor && _now.Unserved == unserved) return;
        var most = Math.Min(MaxSteps, _steps + MaxSteps / PartOfSteps);
        _units.Run(_set, minor, _now, Best, ref _steps, most);
        if (_units.Found) Consider();
        if (_units.LeftMinor is { } left) Leave(unserved, overflow, left);
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
