namespace Fulfillment.Routing;

/// <summary>
/// Finds the best plan that uses no other nodes than those of a set: for each choice of the ways that its legs go, and
/// of their parcels, branch and bound over what each line gives to each node.
/// <para>
/// With the ways known, a line's choices are sorted by what they cost at their rates; one that is dearer than the plan
/// already known allows for, even if all other lines get their cheapest, is never looked at. A partial plan costs at
/// least what all rates sum up to, with what it takes to move away what the parcels do not hold; and at least what its
/// legs cost as they are, with labour and duty of what is still to be placed, and the kilograms for which no room is
/// left in those begun. The larger counts.
/// </para>
/// </summary>
sealed class UnitSearch
{
    /// <summary>Lines with a choice, and choices of all lines: with more of them nothing is tried.</summary>
    const int MaxLines = 64, MaxChoices = 50_000;

    readonly RouteTable _table;
    readonly List<int> _lines = [], _nodes = [];
    readonly int[] _slots, _order = new int[MaxLines];
    readonly long[] _units, _grams, _mostAt;
    readonly Load[] _loads, _placed;
    readonly LegWay[] _ways;
    readonly LineChoices _choices;
    readonly LineTail _tail;
    readonly Func<long, long, long, bool> _canWin;
    RouteDraft _draft, _best;
    long _steps, _most, _totalGrams, _unserved, _overflow, _labour, _atLeast, _kilogram, _splitMinor;
    bool _cut;

    public UnitSearch(RouteTable table)
    {
        _table = table;
        var nodes = table.Nodes.Length;
        (_units, _slots) = (new long[table.Arcs.Length], new int[nodes]);
        (_grams, _mostAt) = (new long[nodes], new long[nodes]);
        (_loads, _placed, _ways) = (new Load[nodes], new Load[nodes], new LegWay[nodes]);
        _choices = new(table, MaxChoices);
        _tail = new(Math.Min(MaxLines, table.Lines.Length), nodes);
        _draft = _best = new(table);
        _canWin = (unserved, overflow, rates) => CanWin(unserved, overflow, Minor(rates));
    }

    /// <summary>The draft is now a better plan.</summary>
    public bool Found { get; private set; }

    /// <summary>What plans that were not looked at cost at least; null when all were.</summary>
    public long? LeftMinor { get; private set; }

    /// <summary>
    /// Looks for a plan that is better than <paramref name="draft"/>, and could be better than <paramref name="best"/>;
    /// then it is the draft. <paramref name="minor"/>: what plans over the set cost at least.
    /// </summary>
    public void Run(bool[] set, long minor, RouteDraft draft, RouteDraft best, ref long steps, long mostSteps)
    {
        (_draft, _best, _steps, _most) = (draft, best, steps, mostSteps);
        (Found, LeftMinor) = (false, null);
        if (Prepare(set)) ChooseWays(0, minor - _table.Rates.ParcelsMinor(_nodes.Count, _totalGrams), 0);
        else LeftMinor = minor;
        if (LeftMinor < minor) LeftMinor = minor;
        steps = _steps;
    }

    /// <summary>Places what has no choice, and lists the rest; false when that is too much.</summary>
    bool Prepare(bool[] set)
    {
        _lines.Clear();
        _nodes.Clear();
        for (var n = 0; n < set.Length; n++)
        {
            _slots[n] = set[n] ? _nodes.Count : -1;
            if (set[n]) _nodes.Add(n);
        }

        _splitMinor = _table.SplitMinor(_nodes.Count(n => !_table.HasWork[n]));
        Array.Clear(_units);
        Array.Clear(_mostAt);
        _table.Base.CopyTo(_loads, 0);
        (_totalGrams, _unserved, _overflow, _labour) = (0, 0, 0, 0);
        foreach (var load in _table.Base) _totalGrams += load.Grams;
        for (var l = 0; l < _table.Needed.Length; l++)
        {
            if (_table.Needed[l] == 0) continue;
            var (all, choices) = Count(l);
            _totalGrams += Math.Min(_table.Needed[l], all) * _table.GramsOf(l);
            if (choices == 0) _unserved += _table.Needed[l];
            else if (!_table.IsFrail && (choices == 1 || all <= _table.Needed[l])) PlaceAll(l);
            else if (_lines.Count < MaxLines) _lines.Add(l);
            else return false;
        }

        foreach (var n in _nodes) _mostAt[n] += _table.Base[n].Grams;
        return true;
    }

    (long All, int Choices) Count(int line)
    {
        var (all, choices) = (0L, 0);
        for (var a = _table.First[line]; a < _table.First[line + 1]; a++)
        {
            ref readonly var arc = ref _table.Arcs[a];
            if (_slots[arc.Node] < 0) continue;
            all += arc.Free;
            choices++;
            _mostAt[arc.Node] += Math.Min(arc.Free, _table.Needed[line]) * _table.GramsOf(line);
        }

        return (all, choices);
    }

    void PlaceAll(int line)
    {
        var left = _table.Needed[line];
        for (var a = _table.First[line]; a < _table.First[line + 1]; a++)
        {
            ref readonly var arc = ref _table.Arcs[a];
            if (_slots[arc.Node] < 0) continue;
            var units = _units[a] = Math.Min(arc.Free, left);
            left -= units;
            _labour += units * arc.UnitMinor;
            if (_table.Nodes[arc.Node].IsOverflow) _overflow += units;
            if (units > 0) _loads[arc.Node].Add(units, _table.GramsOf(line), _table.Times[line], arc.UnitMinor, true);
        }

        _unserved += left;
    }

    /// <summary>
    /// Every way for each leg from the <paramref name="slot"/>th on; those before hold so much together.
    /// </summary>
    void ChooseWays(int slot, long minor, long holds)
    {
        if (_steps >= _most)
        {
            Leave(minor);
            return;
        }

        if (slot == _nodes.Count)
        {
            if (holds >= _totalGrams) Solve(minor);
            return;
        }

        var n = _nodes[slot];
        for (var time = _loads[n].Time; time < _table.TimeCount; time++)
        {
            foreach (var option in _table.Ways(n, time))
            {
                if (option.MaxGrams < _loads[n].Heaviest) continue;
                var (least, most) = (0L, 0L);
                if (_table.Rates.Counts(option, _mostAt[n]))
                {
                    least = Math.Max(1, (_loads[n].Grams + option.MaxGrams - 1) / option.MaxGrams);
                    most = Math.Max(least, (_mostAt[n] + option.MaxGrams - 1) / option.MaxGrams);
                }

                for (var parcels = least; parcels <= most; parcels++)
                {
                    _steps++;
                    var way = _ways[slot] = _table.Rates.Of(n, option, time, parcels);
                    var with = minor + way.AtLeastMinor - _table.Rates.AtLeast(n);
                    if (!CanWin(_unserved, _overflow, with)) break;
                    ChooseWays(
                        slot + 1, with,
                        way.Parcels == 0 || holds == long.MaxValue ? long.MaxValue : holds + way.MostGrams);
                }
            }
        }
    }

    /// <summary>The best plan by these ways.</summary>
    void Solve(long minor)
    {
        var placed = Share();
        var (unserved, overflow, rates) = AddLines(placed);
        minor = Math.Max(minor, Minor(rates));
        if (!CanWin(unserved, overflow, minor)) return;
        if (Shed(0) is not { } shed) return;
        minor = Math.Max(minor, Minor(rates + shed));
        if (!CanWin(unserved, overflow, minor)) return;
        for (var i = 0; i < _lines.Count; i++)
        {
            var least = _choices.Least(i, _lines[i]);
            _choices.List(
                i, _lines[i], (unserved - least.Short, overflow - least.Overflow, rates - least.Rate), _canWin);
        }

        _steps += _choices.Steps;
        if (_choices.IsFull)
        {
            Leave(minor);
            return;
        }

        Sort();
        _cut = false;
        var sum = _splitMinor + _labour;
        for (var s = 0; s < _nodes.Count; s++) sum += Step(s, _grams[s]) + _table.Base[_nodes[s]].UnitMinor;
        Place(0, (_unserved, _overflow, placed, sum));
        if (_cut) Leave(minor);
    }

    /// <summary>The ways' rates, with kilograms counted together; what they are for what is placed.</summary>
    long Share()
    {
        (_kilogram, _atLeast) = (long.MaxValue, 0);
        for (var s = 0; s < _nodes.Count; s++) _kilogram = Math.Min(_kilogram, _ways[s].Option.KilogramMinor);
        var rates = _labour * RouteRates.Scale;
        for (var s = 0; s < _nodes.Count; s++)
        {
            _ways[s] = _table.Rates.Of(_nodes[s], _ways[s].Option, _ways[s].Time, _ways[s].Parcels, _kilogram);
            _atLeast += _ways[s].AtLeastMinor;
            _grams[s] = _loads[_nodes[s]].Grams;
            rates += _ways[s].GramRate * (_grams[s] - _table.Base[_nodes[s]].Grams);
        }

        return rates;
    }

    long Minor(long rates) =>
        _table.Rates.Minor(_nodes.Count, _atLeast + _splitMinor, rates, _totalGrams, _kilogram);

    /// <summary>All lines by these ways, and what they get at least with what is placed.</summary>
    (long Unserved, long Overflow, long Rates) AddLines(long placed)
    {
        _choices.Clear();
        foreach (var line in _lines)
        {
            Array.Clear(_units, _table.First[line], _table.First[line + 1] - _table.First[line]);
            _steps += _nodes.Count;
            _choices.AddLine(line, _slots, _ways);
        }

        _tail.Begin(_lines.Count, _nodes.Count);
        for (var i = _lines.Count - 1; i >= 0; i--) _choices.Tell(_tail, i, i, _lines[i], 0);
        var least = _tail.From(0);
        return (_unserved + least.Short, _overflow + least.Overflow, placed + least.Rate);
    }

    /// <summary>A frail table may leave units unserved instead.</summary>
    long? Shed(int k) => _table.IsFrail ? 0 : _tail.ShedRate(k, _grams, _ways);

    /// <summary>The heaviest lines first: where they go matters most.</summary>
    void Sort()
    {
        for (var i = 0; i < _lines.Count; i++)
        {
            var at = i;
            for (; at > 0 && Weight(_order[at - 1]) < Weight(i); at--) _order[at] = _order[at - 1];
            _order[at] = i;
        }

        _tail.Begin(_lines.Count, _nodes.Count);
        for (var k = _lines.Count - 1; k >= 0; k--)
        {
            var labour = long.MaxValue;
            foreach (var choice in _choices.Of(_order[k])) labour = Math.Min(labour, choice.Labour);
            _choices.Tell(_tail, k, _order[k], _lines[_order[k]], labour == long.MaxValue ? 0 : labour);
        }

        long Weight(int i) => _table.Needed[_lines[i]] * _table.GramsOf(_lines[i]);
    }

    /// <summary>What a leg costs at least when it weighs that, without labour and duty.</summary>
    long Step(int slot, long grams)
    {
        var (n, way) = (_nodes[slot], _ways[slot]);
        var shipping = way.Parcels == 0 ? way.Option.Shipping(grams)
            : way.Option.ParcelMinor * way.Parcels + way.Option.KilogramMinor * RouteOption.Kilograms(grams);
        return shipping + way.Option.LateMinor + _table.Day(n, way.Time).BalanceMinor + _table.FixedMinor(n);
    }

    /// <summary>Every choice of the lines from the <paramref name="k"/>th on.</summary>
    void Place(int k, (long Unserved, long Overflow, long Rate, long Minor) sum)
    {
        if (k == _lines.Count)
        {
            Take(sum.Unserved, sum.Overflow);
            return;
        }

        var (index, rest) = (_order[k], _tail.From(k + 1));
        foreach (var choice in _choices.Of(index))
        {
            _steps += _nodes.Count;
            _cut |= _steps >= _most;
            var (unserved, overflow, rate) =
                (sum.Unserved + choice.Short, sum.Overflow + choice.Overflow, sum.Rate + choice.Rate);
            var least = (Unserved: unserved + rest.Short, Overflow: overflow + rest.Overflow);
            // Choices that follow are dearer.
            if (_cut || !CanWin(least.Unserved, least.Overflow, Minor(rate + rest.Rate))) break;
            var minor = sum.Minor + choice.Labour + Load(index, choice, 1);
            if (Shed(k + 1) is { } shed && CanWin(
                least.Unserved, least.Overflow,
                Math.Max(Minor(rate + rest.Rate + shed), minor + rest.Labour + Beyond(_tail.Grams(k + 1)))))
                Place(k + 1, (unserved, overflow, rate, minor));
            Load(index, choice, -1);
        }
    }

    /// <summary>Puts a choice onto the legs, or takes it off; how much more they cost.</summary>
    long Load(int index, in LineChoice choice, int times)
    {
        var (minor, grams) = (0L, times * _table.GramsOf(_lines[index]));
        var arcs = _choices.Arcs(index);
        for (var a = 0; a < arcs; a++)
        {
            var (place, slot, units) = _choices.Arc(index, choice, a);
            _units[place] = units;
            if (units == 0 || grams == 0) continue;
            minor -= Step(slot, _grams[slot]);
            _grams[slot] += units * grams;
            minor += Step(slot, _grams[slot]);
        }

        return minor;
    }

    /// <summary>What kilograms cost at least that do not fit into those begun, of goods of that weight.</summary>
    long Beyond(long grams)
    {
        for (var s = 0; s < _nodes.Count; s++) grams -= RouteOption.Kilograms(_grams[s]) * 1000 - _grams[s];
        return grams > 0 ? _kilogram * ((grams + 999) / 1000) : 0;
    }

    bool CanWin(long unserved, long overflow, long minor)
    {
        if ((unserved, overflow, minor).CompareTo((_draft.Unserved, _draft.Overflow, _draft.CostMinor)) >= 0)
            return false;
        var order = (unserved, overflow, minor).CompareTo((_best.Unserved, _best.Overflow, _best.CostMinor));
        return order < 0 || (order == 0 && _nodes.Count <= _best.Nodes);
    }

    void Leave(long minor) => LeftMinor = Math.Min(LeftMinor ?? minor, minor);

    /// <summary>The units as they are now, if that is a better plan.</summary>
    void Take(long unserved, long overflow)
    {
        _loads.CopyTo(_placed, 0);
        foreach (var l in _lines)
        {
            for (var a = _table.First[l]; a < _table.First[l + 1]; a++)
            {
                ref readonly var arc = ref _table.Arcs[a];
                if (_units[a] > 0)
                    _placed[arc.Node].Add(_units[a], _table.GramsOf(l), _table.Times[l], arc.UnitMinor, true);
            }
        }

        var (minor, fresh) = (0L, 0);
        for (var n = 0; n < _placed.Length; n++)
        {
            if (_placed[n].Units == 0) continue;
            if (_table.Choose(n, _placed[n], out var cost) is null) return;
            minor += cost;
            if (!_table.HasWork[n]) fresh++;
        }

        minor += _table.SplitMinor(fresh);
        if ((unserved, overflow, minor).CompareTo((_draft.Unserved, _draft.Overflow, _draft.CostMinor)) >= 0) return;
        _draft.Fill(_units, _placed, unserved, overflow);
        Found = true;
    }
}
