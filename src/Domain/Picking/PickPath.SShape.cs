namespace Fulfillment.Picking;

/// <summary>The S-shape: what a picker walks who goes through each aisle that has a stop.</summary>
public sealed partial class PickPath
{
    /// <summary>The places in an aisle from one end to the other, and the points of these ends.</summary>
    readonly record struct Lane(int[] Places, int Low, int High);

    (int[] Order, long Length) SShape(int[] places)
    {
        Lane[] lanes = [.. _graph is null ? OverFloor(places) : InAisles(places)];
        var (right, left) = (Serpentine(lanes), Serpentine([.. lanes.Reverse()]));
        return right.Length <= left.Length ? right : left;
    }

    /// <summary>Into each from its nearer end, out at the other; from the last stop straight back.</summary>
    (int[] Order, long Length) Serpentine(Lane[] lanes)
    {
        List<int> order = [];
        var (at, length) = (_points[Start], 2 * Off(Start));
        for (var i = 0; i < lanes.Length; i++)
        {
            var (places, low, high) = lanes[i];
            var isUp = Walk(at, low) <= Walk(at, high);
            Go(isUp ? low : high);
            foreach (var place in isUp ? places : places.Reverse())
            {
                order.Add(place);
                Go(_points[place]);
            }

            if (i < lanes.Length - 1) Go(isUp ? high : low);
        }

        Go(_points[Start]);
        return ([.. order], length);

        void Go(int to)
        {
            length += Walk(at, to);
            at = to;
        }
    }

    IEnumerable<Lane> InAisles(int[] places) =>
        from place in places
        group place by _places[place].Aisle into lane
        let aisle = _graph!.Aisles[lane.Key]
        orderby (long)aisle.From.X + aisle.To.X, (long)aisle.From.Y + aisle.To.Y
        let sorted = lane.OrderBy(p => _places[p].At).ToArray()
        let ends = _graph!.Junctions(lane.Key).Select(j => j.At).DefaultIfEmpty(_places[sorted[0]].At).ToArray()
        select new Lane(sorted, _graph!.Point(lane.Key, ends.Min()), _graph!.Point(lane.Key, ends.Max()));

    /// <summary>Without lines, an aisle is what bins say of it, else those in a row along y.</summary>
    IEnumerable<Lane> OverFloor(int[] places) =>
        from place in places
        group place by _bins[place - 1].Aisle ?? $"{_spots[place].X}" into lane
        let isAcross = Spread(lane.Select(p => _spots[p].X)) > Spread(lane.Select(p => _spots[p].Y))
        orderby lane.Sum(p => (long)_spots[p].X) / lane.Count(), lane.Min(p => _spots[p].Y)
        let sorted = lane.OrderBy(p => isAcross ? _spots[p].X : _spots[p].Y).ToArray()
        select new Lane(sorted, sorted[0], sorted[^1]);

    static long Spread(IEnumerable<int> values) => (long)values.Max() - values.Min();
}
