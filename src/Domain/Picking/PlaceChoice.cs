using System.Collections.Immutable;

namespace Fulfillment.Picking;

/// <summary>
/// Which of the places that have something to go to for all that is wanted, and in which order, so that little is
/// walked: where a SKU lies in several bins, not each of them must be gone to. A travelling purchaser's problem of one
/// price (Ramesh 1981; Boctor, Laporte &amp; Renaud 2003, Computers &amp; Operations Research 30(4)). It drops what is
/// not needed, as long as that shortens the round; then it takes some places out, makes good what is short with those
/// that cost least for what they bring, and keeps what is not longer. Not proven.
/// </summary>
public sealed class PlaceChoice
{
    const int MostRounds = 20_000, RoundWork = 8_000_000, MostOut = 6, Polished = 200;

    readonly Distances _far;
    readonly ImmutableArray<ImmutableArray<int>> _units;
    readonly Chance _chance = new();
    readonly long[] _left;
    List<int> _round;

    PlaceChoice(Distances distances, ImmutableArray<ImmutableArray<int>> units, IEnumerable<int> wanted)
    {
        (_far, _units) = (distances, units);
        _round = [.. TourSearch.Shortest(distances, kicks: 0).Order];
        _left = [.. wanted.Select((w, item) => units[item].Sum(u => (long)u) - w)];
    }

    /// <summary>
    /// A short round from the first place through enough others; null when all of them together have too little.
    /// <paramref name="units"/>: of each item, how much is at each place. <paramref name="wanted"/>: of each item.
    /// </summary>
    public static FoundTour? Shortest(
        Distances distances, ImmutableArray<ImmutableArray<int>> units, IEnumerable<int> wanted)
    {
        PlaceChoice choice = new(distances, units, wanted);
        if (choice._left.Any(l => l < 0)) return null;
        choice.Drop();
        choice.Polish(0);
        choice.Drop();
        var work = Math.Max(1, distances.Count * units.Length);
        for (var i = Math.Min(MostRounds, RoundWork / work); i > 0; i--) choice.Vary(i);
        choice.Polish(null);
        return new([.. choice._round], choice.Length(), false);
    }

    long Length() => _far.Round([.. _round]);

    /// <summary>The same places in a better order.</summary>
    void Polish(int? kicks)
    {
        int[] places = [.. _round];
        Distances far = new(places.Length, (a, b) => _far[places[a], places[b]]);
        _round = [.. TourSearch.Shortest(far, [[.. Enumerable.Range(0, places.Length)]], kicks).Order
            .Select(i => places[i])];
    }

    void Vary(int number)
    {
        var (before, length) = (_round.ToList(), Length());
        for (var times = 1 + _chance.Below(MostOut); times > 0 && _round.Count > 1; times--)
            Take(1 + _chance.Below(_round.Count - 1));
        while (_left.Any(l => l < 0)) AddBest();
        Drop();
        if (number % Polished == 0) Polish(0);
        if (Length() <= length) return;
        foreach (var place in before.Except(_round)) Change(place, 1);
        foreach (var place in _round.Except(before)) Change(place, -1);
        _round = before;
    }

    void Take(int at)
    {
        Change(_round[at], -1);
        _round.RemoveAt(at);
    }

    void Change(int place, int sign)
    {
        for (var item = 0; item < _left.Length; item++) _left[item] += sign * _units[item][place];
    }

    /// <summary>Takes out what is not needed, each time the place that saves most.</summary>
    void Drop()
    {
        while (true)
        {
            var (best, most) = (0, -1L);
            for (var at = 1; at < _round.Count; at++)
            {
                var (before, next) = (_round[at - 1], _round[at + 1 < _round.Count ? at + 1 : 0]);
                var saved = _far[before, _round[at]] + _far[_round[at], next] - _far[before, next];
                if (saved > most && IsSpare(_round[at])) (best, most) = (at, saved);
            }

            if (best == 0) return;
            Take(best);
        }
    }

    bool IsSpare(int place)
    {
        for (var item = 0; item < _left.Length; item++)
            if (_left[item] < _units[item][place]) return false;
        return true;
    }

    /// <summary>Adds the place that costs least for what is short and it has; chance passes some over.</summary>
    void AddBest()
    {
        var (best, bestAt, bestCost, bestGain) = (-1, 0, 0L, 0L);
        HashSet<int> there = [.. _round];
        for (var place = 1; place < _far.Count; place++)
        {
            if (there.Contains(place) || Gain(place) is not (> 0 and var gain)) continue;
            if (best >= 0 && _chance.Below(4) == 0) continue;
            var (cost, at) = Cheapest(place);
            if (best >= 0 && (Int128)cost * bestGain >= (Int128)bestCost * gain) continue;
            (best, bestAt, bestCost, bestGain) = (place, at, cost, gain);
        }

        _round.Insert(bestAt, best);
        Change(best, 1);
    }

    long Gain(int place)
    {
        var gain = 0L;
        for (var item = 0; item < _left.Length; item++)
            if (_left[item] < 0) gain += Math.Min(-_left[item], _units[item][place]);
        return gain;
    }

    (long Cost, int At) Cheapest(int place)
    {
        var (cost, best) = (long.MaxValue, 1);
        for (var at = 1; at <= _round.Count; at++)
        {
            var (before, next) = (_round[at - 1], _round[at < _round.Count ? at : 0]);
            var added = _far[before, place] + _far[place, next] - _far[before, next];
            if (added < cost) (cost, best) = (added, at);
        }

        return (cost, best);
    }
}
