namespace Fulfillment.Routing;

/// <summary>Makes a draft cheaper by moving units between the nodes of a set; not always as cheap as can be.</summary>
sealed class RoutePolish(RouteTable table)
{
    const int MaxPasses = 4, MoveSteps = 4;

    readonly long[] _before = new long[table.Arcs.Length];
    readonly List<(long Ratio, int Line, int From, int To)> _moves = [];
    RouteDraft _draft = new(table);

    /// <summary>As long as that makes it cheaper, and steps are left; true when it did.</summary>
    public bool Run(RouteDraft draft, bool[] set, ref long steps, long mostSteps)
    {
        _draft = draft;
        var before = draft.CostMinor;
        for (var pass = 0; pass < MaxPasses && steps < mostSteps; pass++)
        {
            var minor = draft.CostMinor;
            MoveAll(set, ref steps, mostSteps);
            Reprice();
            for (var n = 0; n < set.Length && steps < mostSteps; n++)
                if (set[n] && draft.Loads[n].Units > 0) Lighten(n, set, ref steps);
            if (draft.CostMinor >= minor) break;
        }

        return draft.CostMinor < before;
    }

    void Reprice()
    {
        _draft.Load();
        _draft.Price();
    }

    /// <summary>
    /// Line by line. What a load weighs at most is not lowered by what leaves it, so that a move may be passed over.
    /// </summary>
    void MoveAll(bool[] set, ref long steps, long mostSteps)
    {
        for (var l = 0; l < table.Needed.Length && steps < mostSteps; l++)
        {
            for (var a = table.First[l]; a < table.First[l + 1]; a++)
            {
                for (var b = table.First[l]; b < table.First[l + 1] && _draft.Units[a] > 0; b++)
                {
                    if (a == b || !set[table.Arcs[b].Node]) continue;
                    steps += MoveSteps;
                    Move(l, a, b, Math.Min(_draft.Units[a], table.Arcs[b].Free - _draft.Units[b]));
                    if (_draft.Units[a] > 1) Move(l, a, b, Math.Min(1, table.Arcs[b].Free - _draft.Units[b]));
                }
            }
        }
    }

    void Move(int line, int from, int to, long units)
    {
        var (a, b) = (table.Arcs[from].Node, table.Arcs[to].Node);
        if (units <= 0 || table.Nodes[a].IsOverflow != table.Nodes[b].IsOverflow) return;
        var (less, more) = (_draft.Loads[a], _draft.Loads[b]);
        less.Add(-units, table.GramsOf(line), 0, table.Arcs[from].UnitMinor, true);
        more.Add(units, table.GramsOf(line), table.Times[line], table.Arcs[to].UnitMinor, true);
        if (table.Choose(a, _draft.Loads[a], out var beforeA) is null) return;
        var (splitA, splitB) = (SplitMinor(a), SplitMinor(b));
        var beforeB = _draft.Loads[b].Units > 0 && table.Choose(b, _draft.Loads[b], out var minor) is not null
            ? minor + splitB : 0;
        var afterA = -splitA;
        if (less.Units > 0 && table.Choose(a, less, out afterA) is null) return;
        if (table.Choose(b, more, out var afterB) is null) return;
        if (afterA + afterB + splitB >= beforeA + beforeB) return;
        _draft.Units[from] -= units;
        _draft.Units[to] += units;
        (_draft.Loads[a], _draft.Loads[b]) = (less, more);
    }

    /// <summary>What it costs that the node is one of several.</summary>
    long SplitMinor(int node) => table.HasWork[node] ? 0 : table.Rules.SplitMinor;

    /// <summary>Tries to save a parcel, and a kilogram, by giving to others what is too much for one less.</summary>
    void Lighten(int node, bool[] set, ref long steps)
    {
        foreach (var isParcel in (ReadOnlySpan<bool>)[true, false])
        {
            if (_draft.Loads[node].Units == 0) return;
            if (table.Choose(node, _draft.Loads[node], out _) is not { } option) return;
            var size = isParcel ? option.MaxGrams : 1000;
            var over = Over(_draft.Loads[node].Grams, size);
            if (over >= _draft.Loads[node].Grams) continue;
            FindMoves(node, set);
            steps += _moves.Count;
            var minor = _draft.CostMinor;
            _draft.Units.CopyTo(_before, 0);
            foreach (var (_, line, from, to) in _moves)
            {
                if (over <= 0) break;
                over -= Give(line, from, to, over, isParcel);
            }

            Reprice();
            if (_draft.CostMinor < minor) continue;
            _before.CopyTo(_draft.Units, 0);
            Reprice();
        }
    }

    /// <summary>What the last of the parcels of that size holds.</summary>
    static long Over(long grams, long size) => grams <= size ? grams : (grams - 1) % size + 1;

    /// <summary>
    /// Lines of the node that others may have instead, those first that make the least dearer by the gram.
    /// </summary>
    void FindMoves(int node, bool[] set)
    {
        _moves.Clear();
        for (var l = 0; l < table.Needed.Length; l++)
        {
            if (table.GramsOf(l) == 0) continue;
            for (var a = table.First[l]; a < table.First[l + 1]; a++)
            {
                if (table.Arcs[a].Node != node || _draft.Units[a] == 0) continue;
                for (var b = table.First[l]; b < table.First[l + 1]; b++)
                {
                    var to = table.Arcs[b];
                    if (a == b || !set[to.Node] || _draft.Units[b] >= to.Free) continue;
                    if (table.Nodes[to.Node].IsOverflow != table.Nodes[node].IsOverflow) continue;
                    _moves.Add(((to.Rate - table.Arcs[a].Rate) / table.GramsOf(l), l, a, b));
                }
            }
        }

        _moves.Sort();
    }

    /// <summary>Moves as much of it as is needed and the other's parcels hold; how much that is.</summary>
    long Give(int line, int from, int to, long over, bool isParcel)
    {
        var (node, grams) = (table.Arcs[to].Node, table.GramsOf(line));
        var units = Math.Min(_draft.Units[from], table.Arcs[to].Free - _draft.Units[to]);
        units = Math.Min(units, (over + grams - 1) / grams);
        var load = _draft.Loads[node];
        if (load.Units > 0 && table.Choose(node, load, out _) is { } option)
        {
            var size = isParcel ? option.MaxGrams : 1000;
            if (size != long.MaxValue) units = Math.Min(units, (size - Over(load.Grams, size)) / grams);
        }

        if (units <= 0) return 0;
        _draft.Units[from] -= units;
        _draft.Units[to] += units;
        _draft.Loads[node].Add(units, grams, table.Times[line], table.Arcs[to].UnitMinor, true);
        return units * grams;
    }
}
