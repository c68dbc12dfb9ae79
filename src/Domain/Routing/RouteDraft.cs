namespace Fulfillment.Routing;

/// <summary>
/// A plan in the making: the units of each arc. Plans are compared by units unserved, then by units from nodes that are
/// for overflow, then by cost; among equals by nodes, their priorities, the last delivery, and the nodes' ids.
/// </summary>
sealed class RouteDraft(RouteTable table)
{
    public long[] Units { get; } = new long[table.Arcs.Length];

    /// <summary>Of each node; nothing where it has no units.</summary>
    public Load[] Loads { get; } = new Load[table.Nodes.Length];

    public long Unserved { get; private set; }

    public long Overflow { get; private set; }

    /// <summary>Minor units; more than anything while some node cannot do what it is given.</summary>
    public long CostMinor { get; private set; }

    /// <summary>What the rates of its units sum up to.</summary>
    public long Rates { get; private set; }

    public int Nodes { get; private set; }

    /// <summary>Those of the nodes that had no work of the order before.</summary>
    public int Fresh { get; private set; }

    long Priorities { get; set; }

    DateOnly Delivers { get; set; }

    /// <summary>
    /// Every line from its cheapest arcs within the set: the best there is when what a node costs does not depend on
    /// what else it gets.
    /// </summary>
    public void Fill(bool[] set)
    {
        table.Base.CopyTo(Loads, 0);
        (Unserved, Overflow, Rates) = (0, 0, 0);
        for (var l = 0; l < table.Needed.Length; l++)
        {
            var left = table.Needed[l];
            for (var a = table.First[l]; a < table.First[l + 1]; a++)
            {
                ref readonly var arc = ref table.Arcs[a];
                var units = left > 0 && set[arc.Node] ? Math.Min(left, arc.Free) : 0;
                Units[a] = units;
                if (units == 0) continue;
                left -= units;
                Rates += units * arc.Rate;
                if (table.Nodes[arc.Node].IsOverflow) Overflow += units;
                Loads[arc.Node].Add(units, table.GramsOf(l), table.Times[l], arc.UnitMinor, true);
            }

            Unserved += left;
        }
    }

    /// <summary>
    /// Every line from the nodes of the lowest rank: from the first that has <paramref name="whole"/> of it, where
    /// there is one, else from all in turn.
    /// </summary>
    public void Fill(bool[] set, Func<int, long> rank, bool whole)
    {
        Fill(set);
        for (var l = 0; l < table.Needed.Length; l++)
        {
            var arcs = Enumerable.Range(table.First[l], table.First[l + 1] - table.First[l])
                .OrderBy(a => table.Nodes[table.Arcs[a].Node].IsOverflow).ThenBy(a => rank(table.Arcs[a].Node))
                .ThenBy(a => table.Arcs[a].Node).ToList();
            var needed = table.Needed[l];
            var one = arcs.FindIndex(a => table.Arcs[a].Free >= needed && !IsOverflow(a));
            if (whole && one > 0) arcs.Insert(0, arcs[one]);

            var left = table.Needed[l];
            foreach (var a in arcs.Distinct()) left -= Units[a] = Math.Min(left, table.Arcs[a].Free);
        }

        Load();
    }

    bool IsOverflow(int arc) => table.Nodes[table.Arcs[arc].Node].IsOverflow;

    /// <summary>Nothing but what is pinned.</summary>
    public void FillPinned()
    {
        Fill(new bool[Loads.Length]);
        Price();
    }

    /// <summary>The units as they are now.</summary>
    public void Fill(long[] units, Load[] loads, long unserved, long overflow)
    {
        units.CopyTo(Units, 0);
        loads.CopyTo(Loads, 0);
        (Unserved, Overflow) = (unserved, overflow);
        Price();
    }

    /// <summary>
    /// What it costs. What a node cannot send together is taken from it, the latest and heaviest goods first, and stays
    /// unserved.
    /// </summary>
    public void Price()
    {
        (CostMinor, Nodes, Fresh, Priorities, Delivers) = (0, 0, 0, 0, DateOnly.MinValue);
        for (var n = 0; n < Loads.Length; n++)
        {
            if (Loads[n].Units == 0) continue;
            var option = table.Choose(n, Loads[n], out var minor);
            while (option is null && TakeFrom(n)) option = table.Choose(n, Loads[n], out minor);
            if (Loads[n].Units == 0) continue;
            CostMinor += minor;
            Nodes++;
            if (!table.HasWork[n]) Fresh++;
            Priorities += table.Nodes[n].Now.Card.Priority;
            if (option!.Delivers > Delivers) Delivers = option.Delivers;
        }

        CostMinor += table.SplitMinor(Fresh);
    }

    /// <summary>
    /// Takes from a node the line that is ready last, and of those the heaviest; false when none is left.
    /// </summary>
    bool TakeFrom(int node)
    {
        var (line, arc) = (-1, -1);
        for (var l = 0; l < table.Needed.Length; l++)
        {
            for (var a = table.First[l]; a < table.First[l + 1]; a++)
            {
                if (table.Arcs[a].Node != node || Units[a] == 0) continue;
                if (line >= 0 && (table.Times[l], table.GramsOf(l)).CompareTo(
                    (table.Times[line], table.GramsOf(line))) <= 0) continue;
                (line, arc) = (l, a);
            }
        }

        if (line < 0) return false;
        Unserved += Units[arc];
        if (table.Nodes[node].IsOverflow) Overflow -= Units[arc];
        Units[arc] = 0;
        Load();
        return Loads[node].Units > 0;
    }

    /// <summary>What the units weigh, anew.</summary>
    public void Load()
    {
        table.Base.CopyTo(Loads, 0);
        for (var l = 0; l < table.Needed.Length; l++)
        {
            for (var a = table.First[l]; a < table.First[l + 1]; a++)
            {
                if (Units[a] == 0) continue;
                Loads[table.Arcs[a].Node].Add(
                    Units[a], table.GramsOf(l), table.Times[l], table.Arcs[a].UnitMinor, true);
            }
        }
    }

    public void CopyFrom(RouteDraft other)
    {
        other.Units.CopyTo(Units, 0);
        other.Loads.CopyTo(Loads, 0);
        (Unserved, Overflow, CostMinor, Rates) = (other.Unserved, other.Overflow, other.CostMinor, other.Rates);
        (Nodes, Fresh, Priorities, Delivers) = (other.Nodes, other.Fresh, other.Priorities, other.Delivers);
    }

    public bool UsesSameNodesAs(RouteDraft other)
    {
        for (var n = 0; n < Loads.Length; n++)
            if (Loads[n].Units > 0 != other.Loads[n].Units > 0) return false;
        return true;
    }

    /// <summary>Whether it serves as many units, as few of them from overflow.</summary>
    public bool ServesAsMuchAs(RouteDraft other) => (Unserved, Overflow) == (other.Unserved, other.Overflow);

    /// <summary>
    /// Below zero when it is the better plan; <paramref name="by"/>: what decided among plans of equal cost.
    /// </summary>
    public int CompareTo(RouteDraft other, out string? by)
    {
        by = null;
        var order = (Unserved, Overflow, CostMinor).CompareTo((other.Unserved, other.Overflow, other.CostMinor));
        if (order != 0) return order;
        by = "fewer-nodes";
        if (Nodes != other.Nodes) return Nodes.CompareTo(other.Nodes);
        by = "priority";
        if (Priorities != other.Priorities) return Priorities.CompareTo(other.Priorities);
        by = "delivery";
        if (Delivers != other.Delivers) return Delivers.CompareTo(other.Delivers);
        by = "node-ids";
        for (var n = 0; n < Loads.Length; n++)
            if (Loads[n].Units > 0 != other.Loads[n].Units > 0) return Loads[n].Units > 0 ? -1 : 1;
        by = null;
        return 0;
    }
}
