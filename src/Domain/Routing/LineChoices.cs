namespace Fulfillment.Routing;

/// <summary>
/// A way to give one line's units to the nodes of a set. <c>Labour</c>: with duty, minor units. <c>At</c>: where its
/// units stand.
/// </summary>
readonly record struct LineChoice(long Short, long Overflow, long Rate, long Labour, int At);

/// <summary>
/// All ways to give each line's units to nodes that are not too dear from the outset, the cheapest first.
/// </summary>
sealed class LineChoices(RouteTable table, int most)
{
    static readonly Comparer<LineChoice> Cheapest = Comparer<LineChoice>.Create((a, b) =>
        (a.Short, a.Overflow, a.Rate, a.At).CompareTo((b.Short, b.Overflow, b.Rate, b.At)));

    readonly List<LineChoice> _all = [];
    readonly List<long> _units = [];
    readonly List<(int Place, int Slot, long Free, long Minor, long Rate, bool Overflow)> _arcs = [];
    readonly List<int> _arcsFirst = [0], _first = [0];
    readonly long[] _given = new long[table.Nodes.Length];
    Func<long, long, long, bool> _canWin = (_, _, _) => false;
    (long Short, long Overflow, long Rate) _others;
    int _line;

    /// <summary>There were too many.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Steps that it took.</summary>
    public long Steps { get; private set; }

    /// <summary>Forgets all lines.</summary>
    public void Clear()
    {
        (IsFull, Steps) = (false, 0);
        _all.Clear();
        _units.Clear();
        _arcs.Clear();
        _arcsFirst.RemoveRange(1, _arcsFirst.Count - 1);
        _first.RemoveRange(1, _first.Count - 1);
    }

    /// <summary>
    /// Adds a line that may go these ways; <paramref name="slots"/>: of each node, its place among them, -1 for none.
    /// The cheapest that it can get.
    /// </summary>
    public (long Short, long Overflow, long Rate, long Labour) AddLine(int line, int[] slots, LegWay[] ways)
    {
        var begin = _arcs.Count;
        for (var a = table.First[line]; a < table.First[line + 1]; a++)
        {
            ref readonly var arc = ref table.Arcs[a];
            if (slots[arc.Node] is not (>= 0 and var slot)) continue;
            if (ways[slot].Time < table.Times[line] || ways[slot].Option.MaxGrams < table.GramsOf(line)) continue;
            _arcs.Add((
                a, slot, arc.Free, arc.UnitMinor,
                arc.UnitMinor * RouteRates.Scale + ways[slot].GramRate * table.GramsOf(line),
                table.Nodes[arc.Node].IsOverflow));
        }

        for (var i = begin + 1; i < _arcs.Count; i++)
        {
            for (var j = i; j > begin; j--)
            {
                var (a, b) = (_arcs[j - 1], _arcs[j]);
                if ((a.Overflow, a.Rate, a.Slot).CompareTo((b.Overflow, b.Rate, b.Slot)) <= 0) break;
                (_arcs[j - 1], _arcs[j]) = (b, a);
            }
        }

        _arcsFirst.Add(_arcs.Count);
        return Rest(begin, _arcs.Count, table.Needed[line]);
    }

    /// <summary>The cheapest that an added line can get.</summary>
    public (long Short, long Overflow, long Rate, long Labour) Least(int index, int line) =>
        Rest(_arcsFirst[index], _arcsFirst[index + 1], table.Needed[line]);

    /// <summary>
    /// Tells the tail what an added line, its <paramref name="k"/>th, adds at least; <paramref name="labour"/> where
    /// more is known of it.
    /// </summary>
    public void Tell(LineTail tail, int k, int index, int line, long labour)
    {
        var least = Least(index, line);
        var grams = table.GramsOf(line);
        tail.Add(
            k, (least.Short, least.Overflow, least.Rate), labour, (table.Needed[line] - least.Short) * grams);
        var (begin, end) = (_arcsFirst[index], _arcsFirst[index + 1]);
        var left = table.Needed[line];
        // The last of those that get any may have some left; those after it have.
        for (var i = begin; i < end && left > 0 && grams > 0; i++)
        {
            var arc = _arcs[i];
            var units = Math.Min(left, arc.Free);
            left -= units;
            long? moved = null;
            var given = units;
            for (var (j, rest) = (i + 1, left); j < end; j++)
            {
                var other = _arcs[j];
                given = Math.Min(rest, other.Free);
                rest -= given;
                if (given == other.Free) continue;
                moved = other.Overflow && !arc.Overflow ? 0 : (other.Rate - arc.Rate) / grams;
                break;
            }

            tail.Bring(k, arc.Slot, units * grams, moved);
        }
    }

    /// <summary>
    /// Lists the choices of an added line, the <paramref name="index"/>th, with which a plan can win whose
    /// <paramref name="others"/> get their cheapest.
    /// </summary>
    public void List(
        int index, int line, (long Short, long Overflow, long Rate) others, Func<long, long, long, bool> canWin)
    {
        (_line, _others, _canWin) = (index, others, canWin);
        Give(_arcsFirst[index], table.Needed[line], 0, 0, 0);
        var begin = _first[^1];
        _first.Add(_all.Count);
        _all.Sort(begin, _all.Count - begin, Cheapest);
    }

    /// <summary>The choices of an added line.</summary>
    public ReadOnlySpan<LineChoice> Of(int index) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_all)[_first[index].._first[index + 1]];

    /// <summary>
    /// The arcs of a choice: where each stands in the table, its node's place, and the units it gets.
    /// </summary>
    public int Arcs(int index) => _arcsFirst[index + 1] - _arcsFirst[index];

    /// <summary>One of them.</summary>
    public (int Place, int Slot, long Units) Arc(int index, in LineChoice choice, int arc)
    {
        var (place, slot, _, _, _, _) = _arcs[_arcsFirst[index] + arc];
        return (place, slot, _units[choice.At + arc]);
    }

    /// <summary>From the most at the cheapest on: less of it never makes the whole cheaper.</summary>
    bool Give(int i, long left, long overflow, long rate, long labour)
    {
        Steps++;
        var (begin, end) = (_arcsFirst[_line], _arcsFirst[_line + 1]);
        var rest = Rest(i, end, left);
        if (!_canWin(
            _others.Short + rest.Short, _others.Overflow + overflow + rest.Overflow, _others.Rate + rate + rest.Rate))
            return false;
        if (_all.Count >= most)
        {
            IsFull = true;
            return false;
        }

        if (i == end)
        {
            _all.Add(new(left, overflow, rate, labour, _units.Count));
            for (var a = begin; a < end; a++) _units.Add(_given[a - begin]);
            return true;
        }

        var arc = _arcs[i];
        for (var units = Math.Min(left, arc.Free); units >= 0; units--)
        {
            _given[i - begin] = units;
            if (!Give(
                i + 1, left - units, overflow + (arc.Overflow ? units : 0), rate + units * arc.Rate,
                labour + units * arc.Minor)) break;
        }

        return true;
    }

    (long Short, long Overflow, long Rate, long Labour) Rest(int begin, int end, long left)
    {
        var (overflow, rate, labour) = (0L, 0L, 0L);
        for (var i = begin; i < end && left > 0; i++)
        {
            var arc = _arcs[i];
            var units = Math.Min(left, arc.Free);
            left -= units;
            rate += units * arc.Rate;
            labour += units * arc.Minor;
            if (arc.Overflow) overflow += units;
        }

        return (left, overflow, rate, labour);
    }
}
