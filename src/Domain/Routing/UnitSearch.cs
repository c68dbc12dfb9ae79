namespace Fulfillment.Routing;

/// <summary>
/// Finds the best plan that uses no other nodes than those of a set: branch and bound over the units of each line. Lines
/// that leave no choice are placed first, then the heaviest, whose place matters most.
/// <para>
/// A partial plan costs at least what its legs cost as they are (nothing gets cheaper by adding to it) and the labour
/// and duty of what is still to be placed; and at least what the rates of all units sum up to. The larger counts.
/// </para>
/// </summary>
sealed class UnitSearch
{
    /// <summary>Lines with a choice; with more of them nothing is tried.</summary>
    public const int MaxLines = 64;

    readonly RouteTable _table;
    readonly List<int> _lines = [];
    readonly List<Arc> _arcs = [];
    readonly List<int> _places = [], _first = [];
    readonly long[] _units, _least;
    readonly Load[] _loads;
    readonly long[] _rates = new long[MaxLines + 1], _labour = new long[MaxLines + 1];
    readonly long[] _short = new long[MaxLines + 1], _fromOverflow = new long[MaxLines + 1];
    bool[] _set = [];
    RouteDraft _draft, _best;
    long _fixed, _kilograms, _unserved, _overflow, _sum, _rated, _steps, _most;
    int _count;
    bool _cut;

    public UnitSearch(RouteTable table)
    {
        _table = table;
        (_units, _least) = (new long[table.Arcs.Length], new long[table.Nodes.Length]);
        _loads = new Load[table.Nodes.Length];
        _draft = _best = new(table);
    }

    /// <summary>The draft is now a better plan.</summary>
    public bool Found { get; private set; }

    /// <summary>What plans that were not looked at cost at least; null when all were.</summary>
    public long? LeftMinor { get; private set; }

    /// <summary>
    /// Looks for a plan that is better than <paramref name="draft"/>, and could be better than <paramref name="best"/>;
    /// then it is the draft. <paramref name="minor"/>: what plans over the set cost at least.
    /// </summary>
    public void Run(
        bool[] set, int count, long minor, RouteDraft draft, RouteDraft best, ref long steps, long mostSteps)
    {
        (_set, _count, _draft, _best, _steps, _most) = (set, count, draft, best, steps, mostSteps);
        (Found, LeftMinor, _cut, _unserved, _overflow, _rated, _sum) = (false, null, false, 0, 0, 0, 0);
        if (!Prepare())
        {
            LeftMinor = minor;
            return;
        }

        _fixed = _table.Rules.SplitMinor * Math.Max(0, count - 1);
        for (var n = 0; n < set.Length; n++)
        {
            if (!set[n]) continue;
            _fixed += _table.AtLeast(n);
            if (!Hold(n)) return;
        }

        Place(0);
        steps = _steps;
        if (_cut) LeftMinor = minor;
    }

    /// <summary>Places what has no choice, and lists the rest; false when that is too much.</summary>
    bool Prepare()
    {
        _lines.Clear();
        _arcs.Clear();
        _places.Clear();
        _first.Clear();
        Array.Clear(_units);
        Array.Clear(_least);
        _table.Base.CopyTo(_loads, 0);
        var grams = 0L;
        foreach (var load in _table.Base) grams += load.Grams;
        for (var l = 0; l < _table.Needed.Length; l++)
        {
            if (_table.Needed[l] == 0) continue;
            var (all, choices) = Count(l);
            var served = Math.Min(_table.Needed[l], all);
            grams += served * _table.GramsOf(l);
            if (!_table.IsFrail && (choices <= 1 || all <= _table.Needed[l])) PlaceAll(l, served);
            else if (_lines.Count < MaxLines) _lines.Add(l);
            else return false;
            if (!_table.IsFrail) _unserved += _table.Needed[l] - served;
        }

        _kilograms = _table.SharedKilogramMinor * Math.Max(_count, RouteOption.Kilograms(grams));
        _lines.Sort((a, b) => (Weight(b), a).CompareTo((Weight(a), b)));
        for (var k = 0; k < _lines.Count; k++)
        {
            _first.Add(_arcs.Count);
            for (var a = _table.First[_lines[k]]; a < _table.First[_lines[k] + 1]; a++)
            {
                if (!_set[_table.Arcs[a].Node]) continue;
                _arcs.Add(_table.Arcs[a]);
                _places.Add(a);
            }
        }

        _first.Add(_arcs.Count);
        SumUp();
        return true;

        long Weight(int l) => _table.Needed[l] * _table.GramsOf(l);
    }

    (long All, int Choices) Count(int line)
    {
        var (all, choices) = (0L, 0);
        for (var a = _table.First[line]; a < _table.First[line + 1]; a++)
        {
            ref readonly var arc = ref _table.Arcs[a];
            if (!_set[arc.Node]) continue;
            all += arc.Free;
            choices++;
        }

        return (all, choices);
    }

    void PlaceAll(int line, long served)
    {
        for (var a = _table.First[line]; a < _table.First[line + 1]; a++)
        {
            ref readonly var arc = ref _table.Arcs[a];
            if (!_set[arc.Node]) continue;
            var units = Math.Min(arc.Free, served);
            served -= units;
            _units[a] = units;
            _rated += units * arc.Rate;
            if (_table.Nodes[arc.Node].IsOverflow) _overflow += units;
            if (units > 0) _loads[arc.Node].Add(units, _table.GramsOf(line), _table.Times[line], arc.UnitMinor, true);
        }
    }

    /// <summary>What the lines from each one on add at least.</summary>
    void SumUp()
    {
        (_rates[_lines.Count], _labour[_lines.Count]) = (0, 0);
        (_short[_lines.Count], _fromOverflow[_lines.Count]) = (0, 0);
        for (var k = _lines.Count - 1; k >= 0; k--)
        {
            var left = _table.Needed[_lines[k]];
            var (rates, overflow, cheapest) = (0L, 0L, long.MaxValue);
            for (var i = _first[k]; i < _first[k + 1]; i++)
            {
                cheapest = Math.Min(cheapest, _arcs[i].UnitMinor);
                var units = Math.Min(left, _arcs[i].Free);
                left -= units;
                rates += units * _arcs[i].Rate;
                if (_table.Nodes[_arcs[i].Node].IsOverflow) overflow += units;
            }

            _rates[k] = _rates[k + 1] + rates;
            _labour[k] = _labour[k + 1]
                + (cheapest == long.MaxValue ? 0 : (_table.Needed[_lines[k]] - left) * cheapest);
            _short[k] = _short[k + 1] + (_table.IsFrail ? left : 0);
            _fromOverflow[k] = _fromOverflow[k + 1] + overflow;
        }
    }

    /// <summary>Sums up what the node costs at least with what it has; false when it cannot have that.</summary>
    bool Hold(int node)
    {
        var least = _table.AtLeast(node, _loads[node]);
        if (least == long.MaxValue) return false;
        _sum += least - _least[node];
        _least[node] = least;
        return true;
    }

    void Place(int k)
    {
        if (!CanWin(k)) return;
        if (k == _lines.Count) Take();
        else Give(k, _first[k], _table.Needed[_lines[k]]);
    }

    void Give(int k, int i, long left)
    {
        if (_steps >= _most)
        {
            _cut = true;
            return;
        }

        if (i == _first[k + 1])
        {
            _unserved += _table.IsFrail ? left : 0;
            Place(k + 1);
            _unserved -= _table.IsFrail ? left : 0;
            return;
        }

        var line = _lines[k];
        var arc = _arcs[i];
        var later = 0L;
        for (var j = i + 1; j < _first[k + 1]; j++) later += _arcs[j].Free;
        var most = Math.Min(left, arc.Free);
        var least = _table.IsFrail ? 0 : Math.Min(most, Math.Max(0, left - later));
        var (load, held) = (_loads[arc.Node], _least[arc.Node]);
        for (var units = most; units >= least && !_cut; units--)
        {
            _steps += _count;
            _loads[arc.Node] = load;
            if (units > 0)
                _loads[arc.Node].Add(units, _table.GramsOf(line), _table.Times[line], arc.UnitMinor, true);
            if (Hold(arc.Node))
            {
                var overflow = _table.Nodes[arc.Node].IsOverflow ? units : 0;
                _units[_places[i]] = units;
                _rated += units * arc.Rate;
                _overflow += overflow;
                if (CanWin(k + 1)) Give(k, i + 1, left - units);
                _rated -= units * arc.Rate;
                _overflow -= overflow;
                _units[_places[i]] = 0;
            }

            _sum += held - _least[arc.Node];
            _least[arc.Node] = held;
        }

        _loads[arc.Node] = load;
    }

    /// <summary>Whether what is placed, with the lines from <paramref name="k"/> on, can be better than what is known.</summary>
    bool CanWin(int k)
    {
        var rated = _fixed + (_rated + _rates[k] + 999) / 1000 + _kilograms;
        var minor = Math.Max(rated, _sum + _labour[k] + _table.Rules.SplitMinor * Math.Max(0, _count - 1));
        var (unserved, overflow) = (_unserved + _short[k], _overflow + _fromOverflow[k]);
        if ((unserved, overflow, minor).CompareTo((_draft.Unserved, _draft.Overflow, _draft.CostMinor)) >= 0)
            return false;
        var order = (unserved, overflow, minor).CompareTo((_best.Unserved, _best.Overflow, _best.CostMinor));
        return order < 0 || (order == 0 && _count <= _best.Nodes);
    }

    void Take()
    {
        var (unserved, overflow, minor) = (_draft.Unserved, _draft.Overflow, 0L);
        var nodes = 0;
        for (var n = 0; n < _loads.Length; n++)
        {
            if (_loads[n].Units == 0) continue;
            if (_table.Choose(n, _loads[n], out var cost) is null) return;
            minor += cost;
            nodes++;
        }

        minor += _table.Rules.SplitMinor * Math.Max(0, nodes - 1);
        if ((_unserved, _overflow, minor).CompareTo((unserved, overflow, _draft.CostMinor)) >= 0) return;
        _draft.Fill(_units, _loads, _unserved, _overflow);
        Found = true;
    }
}
