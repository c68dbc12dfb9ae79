namespace Fulfillment.Routing;

/// <summary>Good plans to begin with, so that sets that are no better are soon told.</summary>
sealed partial class RouteSearch
{
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
        for (var i = 0; i < _added.Length; i++)
        {
            _added[i] = _table.Rates.AtLeast(_free[i])
                + (_table.HasWork[_free[i]] ? 0 : _table.Rules.SplitMinor);
        }
    }

    /// <summary>A first good plan: nodes are added and taken away as long as that is better.</summary>
    void Improve()
    {
        RouteDraft good = new(_table);
        List<int> added = [];
        for (var round = 0; round < 2 * _free.Count && _steps < MaxSteps / 2; round++)
        {
            var (best, node) = (round == 0 && _count == 0 ? null : good, -1);
            if (round == 0 && _count > 0)
            {
                Evaluate();
                good.CopyFrom(_now);
            }


            foreach (var n in _free)
            {
                if (!_set[n] && !MayAdd(n)) continue;
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

    void PolishBest()
    {
        if (Best.Nodes == 0) return;
        _now.CopyFrom(Best);
        for (var n = 0; n < _may.Length; n++) _may[n] = Best.Loads[n].Units > 0;
        if ((_polish ??= new(_table)).Run(_now, _may, ref _unitSteps, _mostUnitSteps)) Consider();
    }

    /// <summary>
    /// What simpler rules would do: nodes by their priorities, their distances or their ids, a line from one that has
    /// all of it or from all in turn. Where the best is not proven, it is at least as good as these.
    /// </summary>
    void TryRanks()
    {
        var nodes = _table.Nodes;
        var all = new bool[nodes.Length];
        Array.Fill(all, true);
        foreach (var rank in (ReadOnlySpan<Func<int, long>>)[
            n => nodes[n].Now.Card.Priority, n => nodes[n].Km ?? long.MaxValue, n => n])
        {
            foreach (var whole in (ReadOnlySpan<bool>)[true, false])
            {
                _now.Fill(all, rank, whole);
                _now.Price();
                if ((_table.IsWhole ? _now.Nodes : _now.Fresh) > _table.MostNodes) continue;
                Consider();
                for (var n = 0; n < _may.Length; n++) _may[n] = _now.Loads[n].Units > 0;
                if ((_polish ??= new(_table)).Run(_now, _may, ref _unitSteps, _mostUnitSteps)) Consider();
            }
        }
    }
}
