using System.Collections.Immutable;
using Fulfillment.Warehousing;

namespace Fulfillment.Picking;

/// <summary>
/// The aisles of a layout as ways that are joined where their lines meet, and how far it is along them (Dijkstra 1959,
/// Numerische Mathematik 1). Aisles at other heights do not meet.
/// </summary>
sealed class WayGraph
{
    /// <summary>The most points: with more, to ask for many distances would take minutes.</summary>
    const int MostPoints = 8_000;

    readonly ImmutableArray<Aisle> _aisles;
    readonly SortedList<long, int>[] _points;
    readonly List<Junction>[] _junctions;
    readonly int[] _part;
    readonly Dictionary<int, long[]> _far = [];
    List<(int To, long Length)>[]? _ways;
    int _count;

    public WayGraph(ImmutableArray<Aisle> aisles)
    {
        _aisles = aisles;
        _points = [.. aisles.Select(_ => new SortedList<long, int>())];
        _junctions = [.. aisles.Select(_ => new List<Junction>())];
        _part = [.. Enumerable.Range(0, aisles.Length)];
        for (var a = 0; a < aisles.Length; a++)
        {
            for (var b = 0; b < a; b++)
            {
                if (IsTooLarge) return;
                if (!WayLines.MayMeet(aisles[a], aisles[b])) continue;
                foreach (var (atA, atB) in WayLines.Meet(aisles[a], aisles[b]).Distinct())
                    Join(a, atA, b, atB);
            }
        }
    }

    /// <summary>It has so many points that it was not finished.</summary>
    public bool IsTooLarge => _count > MostPoints;

    /// <summary>From one point to another it is as far as back.</summary>
    public bool IsTwoWay => _aisles.All(a => !a.OneWay);

    /// <summary>The aisles, by index.</summary>
    public ImmutableArray<Aisle> Aisles => _aisles;

    /// <summary>Where the aisle meets others.</summary>
    public IReadOnlyList<Junction> Junctions(int aisle) => _junctions[aisle];

    /// <summary>The same number for all aisles that hang together.</summary>
    public int PartOf(int aisle)
    {
        while (_part[aisle] != aisle) aisle = _part[aisle];
        return aisle;
    }

    /// <summary>The nearest point of the aisle; where none is named, of any that is part of the same.</summary>
    public Landing Land(Spot spot, string? aisle = null, int? part = null)
    {
        Landing? best = null;
        for (var a = 0; a < _aisles.Length; a++)
        {
            if (part is not null && PartOf(a) != part) continue;
            var (at, off) = WayLines.Project(_aisles[a], spot);
            Landing landing = new(a, at, off);
            if (_aisles[a].Id == aisle) return landing;
            if (best is null || landing.Off < best.Value.Off) best = landing;
        }

        return best ?? throw new ArgumentException("There is no aisle.", nameof(part));
    }

    /// <summary>The number of a point; none may be added once a distance was asked.</summary>
    public int Point(int aisle, long at)
    {
        if (_points[aisle].TryGetValue(at, out var known)) return known;
        Ensure.That(_ways is null);
        return _points[aisle][at] = _count++;
    }

    /// <summary>From one point to another.</summary>
    public long Far(int from, int to)
    {
        if (!_far.TryGetValue(from, out var far)) _far[from] = far = FarFrom(from);
        return far[to];
    }

    void Join(int a, long atA, int b, long atB)
    {
        _junctions[a].Add(new(atA, b, atB));
        _junctions[b].Add(new(atB, a, atA));
        Point(a, atA);
        Point(b, atB);
        _part[PartOf(a)] = PartOf(b);
    }

    long[] FarFrom(int from)
    {
        _ways ??= Connect();
        var far = new long[_count];
        Array.Fill(far, Distances.NoWay);
        far[from] = 0;
        PriorityQueue<int, long> next = new([(from, 0)]);
        while (next.TryDequeue(out var point, out var walked))
        {
            if (walked > far[point]) continue;
            foreach (var (to, length) in _ways[point])
            {
                if (walked + length >= far[to]) continue;
                far[to] = walked + length;
                next.Enqueue(to, far[to]);
            }
        }

        return far;
    }

    List<(int To, long Length)>[] Connect()
    {
        List<(int To, long Length)>[] ways = [.. Enumerable.Range(0, _count).Select(_ => new List<(int, long)>(4))];
        for (var aisle = 0; aisle < _aisles.Length; aisle++)
        {
            var points = _points[aisle];
            for (var i = 1; i < points.Count; i++)
            {
                var (a, b, length) = (points.Values[i - 1], points.Values[i], points.Keys[i] - points.Keys[i - 1]);
                ways[a].Add((b, length));
                if (!_aisles[aisle].OneWay) ways[b].Add((a, length));
            }

            foreach (var junction in _junctions[aisle])
                ways[points[junction.At]].Add((_points[junction.Other][junction.OtherAt], 0));
        }

        return ways;
    }
}
