namespace Fulfillment.Picking;

/// <summary>The moves, each made only where it shortens the round.</summary>
public sealed partial class TourSearch
{
    int At(int index) => _order[Around(index)];

    int Next(int place) => At(_place[place] + 1);

    int Before(int place) => At(_place[place] - 1);

    int Around(int index) => index >= _count ? index - _count : index < 0 ? index + _count : index;

    void Put(int index, int place)
    {
        index = Around(index);
        _order[index] = place;
        _place[place] = index;
    }

    ReadOnlySpan<int> Near(int place) => _near.AsSpan(place * _nearCount, _nearCount);

    /// <summary>2-opt: a-c and b-d for a-b and c-d, and all between is walked the other way round.</summary>
    bool TryTurn(int a)
    {
        var (next, before) = (Next(a), Before(a));
        var (toNext, fromBefore) = (_far[a, next], _far[before, a]);
        foreach (var c in Near(a))
        {
            var way = _far[a, c];
            if (way >= toNext && way >= fromBefore) break;
            var (d, e) = (Next(c), Before(c));
            if (way < toNext && d != a
                && way + _far[next, d] - toNext - _far[c, d] + Turned(next, c) is < 0 and var after)
            {
                Turn(next, c);
                return Made(after, a, next, c, d);
            }

            if (way < fromBefore && e != a
                && way + _far[before, e] - fromBefore - _far[e, c] + Turned(a, e) is < 0 and var ahead)
            {
                Turn(a, e);
                return Made(ahead, a, before, c, e);
            }
        }

        return false;
    }

    /// <summary>Or-opt: some places in a row, <paramref name="a"/> at an end of them, go beside a near one.</summary>
    bool TryShift(int a)
    {
        for (var length = 1; length <= MostShifted; length++)
        {
            var (first, last) = (At(_place[a] - length + 1), At(_place[a] + length - 1));
            if (TryShift(a, a, last, length) || (length > 1 && TryShift(a, first, a, length))) return true;
        }

        return false;
    }

    bool TryShift(int a, int first, int last, int length)
    {
        var (before, next) = (Before(first), Next(last));
        var saved = _far[before, first] + _far[last, next] - _far[before, next];
        if (saved <= 0) return false;
        foreach (var c in Near(a))
        {
            if (_far[a, c] >= saved && _far.IsSymmetric) break;
            if (Around(_place[c] - _place[first]) < length) continue;
            // Behind c, and then in front of it; beside c is a.
            var (d, e) = (c == before ? next : Next(c), c == next ? before : Before(c));
            if (Inserted(c, d, first, last, a != first) - saved is < 0 and var behind)
            {
                Shift(first, length, c, a != first);
                return Made(behind, before, next, first, last, c, d);
            }

            if (Inserted(e, c, first, last, a != last) - saved is < 0 and var ahead)
            {
                Shift(first, length, e, a != last);
                return Made(ahead, before, next, first, last, c, e);
            }
        }

        return false;
    }

    long Inserted(int from, int to, int first, int last, bool isTurned) => isTurned
        ? _far[from, last] + _far[first, to] - _far[from, to] + Turned(first, last)
        : _far[from, first] + _far[last, to] - _far[from, to];

    bool Made(long longer, params ReadOnlySpan<int> places)
    {
        _length += longer;
        foreach (var place in places) Open(place);
        return true;
    }

    /// <summary>How much longer the part is when it is walked the other way round.</summary>
    long Turned(int first, int last)
    {
        if (_far.IsSymmetric) return 0;
        var longer = 0L;
        for (var place = first; place != last; place = Next(place))
            longer += _far[Next(place), place] - _far[place, Next(place)];
        return longer;
    }

    void Turn(int first, int last)
    {
        var (from, to) = (_place[first], _place[last]);
        var length = Around(to - from) + 1;
        // To turn the rest is the same where both directions are.
        if (_far.IsSymmetric && 2 * length > _count)
            (from, to, length) = (Around(to + 1), Around(from - 1), _count - length);
        for (; length > 1; length -= 2)
        {
            var (a, b) = (_order[from], _order[to]);
            Put(from, b);
            Put(to, a);
            (from, to) = (Around(from + 1), Around(to - 1));
        }
    }

    /// <summary>Moves so many places from the first on behind another, over whichever part is shorter.</summary>
    void Shift(int first, int length, int behind, bool isTurned)
    {
        Span<int> moved = stackalloc int[MostShifted];
        var from = _place[first];
        for (var i = 0; i < length; i++) moved[isTurned ? length - 1 - i : i] = At(from + i);
        var (ahead, back) = (Around(_place[behind] - Around(from + length) + 1), Around(from - 1 - _place[behind]));
        if (ahead < back)
        {
            for (var i = 0; i < ahead; i++) Put(from + i, At(Around(from + length) + i));
            from = Around(from + ahead);
        }
        else
        {
            for (var i = 0; i < back; i++) Put(from + length - 1 - i, At(from - 1 - i));
            from = Around(from - back);
        }

        for (var i = 0; i < length; i++) Put(from + i, moved[i]);
    }
}
