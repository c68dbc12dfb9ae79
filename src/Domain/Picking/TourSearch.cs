namespace Fulfillment.Picking;

/// <summary>
/// Short rounds over any places: proven for a few (<see cref="HeldKarp"/>), else found by local search. It turns parts
/// of the round around (2-opt: Croes 1958, Operations Research 6(6)) and moves short parts elsewhere (Or-opt: Or 1976),
/// looking only at near places and only where something changed (Bentley 1992, ORSA Journal on Computing 4(4)). From
/// where nothing helps any more it goes on by swapping two neighbouring parts, a local double bridge (Martin, Otto
/// &amp; Felten 1991, Complex Systems 5(3)), and keeps what is not longer. Chance begins with a constant: the same
/// question has the same answer everywhere.
/// </summary>
public sealed partial class TourSearch
{
    /// <summary>Up to so many places the round is the shortest.</summary>
    public const int MaxProven = HeldKarp.MaxPlaces;

    /// <summary>The most places.</summary>
    public const int MaxPlaces = 2_000;

    const int MostNear = 10, MostShifted = 3, MostSwapped = 50, MostKicks = 20_000, KicksOfPlace = 150;

    readonly Distances _far;
    readonly int _count, _nearCount;
    readonly int[] _near, _order, _place;
    readonly Queue<int> _open = [];
    readonly bool[] _isOpen;
    readonly Chance _chance = new();
    long _length;

    TourSearch(Distances distances, ReadOnlySpan<int> order)
    {
        (_far, _count) = (distances, distances.Count);
        _nearCount = Math.Min(MostNear, _count - 1);
        _near = new int[_count * _nearCount];
        (_order, _place, _isOpen) = (order.ToArray(), new int[_count], new bool[_count]);
        var others = new int[_count];
        var lengths = new long[_count];
        for (var place = 0; place < _count; place++)
        {
            for (var other = 0; other < _count; other++)
                (others[other], lengths[other]) = (other, other == place ? -1 : distances[place, other]);
            Array.Sort(lengths, others);
            others.AsSpan(1, _nearCount).CopyTo(_near.AsSpan(place * _nearCount));
        }
    }

    /// <summary>
    /// A short round from the first place. Never longer than the <paramref name="known"/> ones.
    /// <paramref name="kicks"/>: how often to go on from where nothing helps; null: as the number of places asks.
    /// </summary>
    public static FoundTour Shortest(Distances distances, IEnumerable<int[]>? known = null, int? kicks = null)
    {
        Ensure.That(distances.Count is > 0 and <= MaxPlaces);
        if (distances.Count <= MaxProven)
        {
            var proven = HeldKarp.Shortest(distances);
            return new([.. proven], distances.Round(proven), true);
        }

        var start = (known ?? []).Append(Nearest(distances)).MinBy(o => distances.Round(o))!;
        TourSearch search = new(distances, start);
        search.Run(kicks ?? Math.Min(MostKicks, KicksOfPlace * distances.Count));
        return new([.. search.FromFirst()], search._length, false);
    }

    /// <summary>From each place to the nearest that is left.</summary>
    static int[] Nearest(Distances distances)
    {
        int[] order = [.. Enumerable.Range(0, distances.Count)];
        for (var at = 1; at < order.Length; at++)
        {
            var best = at;
            for (var i = at + 1; i < order.Length; i++)
                if (distances[order[at - 1], order[i]] < distances[order[at - 1], order[best]]) best = i;
            (order[at], order[best]) = (order[best], order[at]);
        }

        return order;
    }

    void Run(int kicks)
    {
        for (var i = 0; i < _count; i++) _place[_order[i]] = i;
        _length = _far.Round(_order);
        foreach (var place in _order) Open(place);
        Settle();
        var (best, bestLength) = (_order.ToArray(), _length);
        for (; kicks > 0; kicks--)
        {
            Kick();
            Settle();
            if (_length <= bestLength)
            {
                _order.CopyTo(best, 0);
                bestLength = _length;
                continue;
            }

            best.CopyTo(_order, 0);
            for (var i = 0; i < _count; i++) _place[best[i]] = i;
            _length = bestLength;
        }
    }

    /// <summary>Until no move of a place that is open makes the round shorter.</summary>
    void Settle()
    {
        while (_open.TryDequeue(out var place))
        {
            _isOpen[place] = false;
            while (TryTurn(place) || TryShift(place))
            {
            }
        }
    }

    void Open(int place)
    {
        if (_isOpen[place]) return;
        _isOpen[place] = true;
        _open.Enqueue(place);
    }

    /// <summary>Swaps two neighbouring parts of the round, wherever chance finds them.</summary>
    void Kick()
    {
        var most = Math.Min(MostSwapped, (_count - 2) / 2);
        var (at, first, second) = (_chance.Below(_count), 1 + _chance.Below(most), 1 + _chance.Below(most));
        var (a, b, c, d) = (At(at), At(at + 1), At(at + first + 1), At(at + first + second + 1));
        var (endOfFirst, endOfSecond) = (At(at + first), At(at + first + second));
        _length += _far[a, c] + _far[endOfSecond, b] + _far[endOfFirst, d]
            - _far[a, b] - _far[endOfFirst, c] - _far[endOfSecond, d];
        Span<int> moved = stackalloc int[MostSwapped];
        for (var i = 0; i < first; i++) moved[i] = At(at + 1 + i);
        for (var i = 0; i < second; i++) Put(at + 1 + i, At(at + 1 + first + i));
        for (var i = 0; i < first; i++) Put(at + 1 + second + i, moved[i]);
        foreach (var place in (ReadOnlySpan<int>)[a, b, c, d, endOfFirst, endOfSecond]) Open(place);
    }

    int[] FromFirst() => [.. Enumerable.Range(_place[0], _count).Select(At)];
}
