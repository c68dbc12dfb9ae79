using System.Diagnostics;

namespace Fulfillment.Picking;

/// <summary>
/// The ways of a tour through a ladder, drawn one after the other, and then walked in one go: where each is met an even
/// number of times that is always possible (Hierholzer 1873, Mathematische Annalen 6).
/// </summary>
sealed class LadderTour(int stops, int rungs)
{
    readonly List<(int A, int B)> _ways = [];
    readonly List<int>[] _at = [.. Enumerable.Range(0, stops + 2 * rungs).Select(_ => new List<int>())];

    /// <summary>From an aisle to the next one.</summary>
    public void Cross(int rung, int front, int back)
    {
        Add(FrontOf(rung), FrontOf(rung + 1), front);
        Add(BackOf(rung), BackOf(rung + 1), back);
    }

    /// <summary>In an aisle, from the point before a stop to it; from the last stop, to the back.</summary>
    public void Climb(int rung, int stop, bool isFromFront, bool isToBack, int times) =>
        Add(isFromFront ? FrontOf(rung) : stop - 1, isToBack ? BackOf(rung) : stop, times);

    /// <summary>The stops in the order in which they are first come to.</summary>
    public int[] From(int first)
    {
        List<int> order = [];
        HashSet<int> seen = [];
        var walked = new bool[_ways.Count];
        Stack<int> path = new([first]);
        while (path.TryPeek(out var place))
        {
            if (_at[place].Count == 0)
            {
                path.Pop();
                if (place < stops && seen.Add(place)) order.Add(place);
                continue;
            }

            var way = _at[place][^1];
            _at[place].RemoveAt(_at[place].Count - 1);
            if (walked[way]) continue;
            walked[way] = true;
            path.Push(_ways[way].A == place ? _ways[way].B : _ways[way].A);
        }

        return order.Count == stops && order[0] == first ? [.. order] : throw new UnreachableException();
    }

    int FrontOf(int rung) => stops + 2 * rung;

    int BackOf(int rung) => stops + 2 * rung + 1;

    void Add(int a, int b, int times)
    {
        for (; times > 0; times--)
        {
            _at[a].Add(_ways.Count);
            _at[b].Add(_ways.Count);
            _ways.Add((a, b));
        }
    }
}
