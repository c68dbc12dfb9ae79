using System.Collections.Immutable;
using Fulfillment.Warehousing;

namespace Fulfillment.Picking;

/// <summary>
/// Walks of pickers from a start to bins and back. Where the aisles are one block the walk is the shortest there is
/// (<see cref="Ladder"/>); elsewhere it is the shortest up to <see cref="TourSearch.MaxProven"/> places, and a good one
/// beyond. It is measured on the floor, from where the picker stands before one bin to where he stands before the next.
/// <para>
/// Beside it stands what is walked without it: the S-shape, through each aisle with a stop from one end to the other
/// (Hall 1993, IIE Transactions 25(4); de Koster, Le-Duc &amp; Roodbergen 2007, European Journal of Operational
/// Research 182(2)), in the better of both directions; and the bins as they were told. It is never longer than these.
/// </para>
/// </summary>
public sealed partial class PickPath
{
    /// <summary>The most bins of a walk.</summary>
    public const int MaxStops = 500;

    const int Start = 0;

    readonly ImmutableArray<Bin> _bins;
    readonly WayGraph? _graph;
    readonly PickBlock? _block;
    readonly Landing[] _places;
    readonly Spot[] _spots;
    readonly int[] _points;

    PickPath(ImmutableArray<Bin> bins, Spot? start, WayGraph? graph)
    {
        _bins = bins;
        (_graph, _places, _points) = (graph, [], [.. Enumerable.Range(0, bins.Length + 1)]);
        _spots = [start ?? Corner(bins.Select(b => b.Stand)), .. bins.Select(b => b.Stand)];
        Ways = bins.Any(IsNotTold) ? PickWays.NotTold : graph is null ? PickWays.Floor : PickWays.Aisles;
        if (graph is null) return;
        Landing[] landings = [.. bins.Select(b => graph.Land(b.Stand, b.Aisle) with { Off = 0 })];
        var part = graph.PartOf(landings[0].Aisle);
        _places = [Door(graph, start, part), .. landings];
        _points = [.. _places.Select(p => graph.Point(p.Aisle, p.At))];
        if (landings.All(l => graph.PartOf(l.Aisle) == part)) _block = PickBlock.Of(graph, _places);
    }

    /// <summary>
    /// Walks to any of these bins. <paramref name="start"/>: where they begin and end; null: at the corner of the
    /// aisles that is nearest to the origin.
    /// </summary>
    public static PickPath Over(ImmutableArray<Aisle> aisles, ImmutableArray<Bin> bins, Spot? start = null)
    {
        if (aisles.IsEmpty || bins.IsEmpty || bins.Any(IsNotTold)) return new(bins, start, null);
        WayGraph graph = new(aisles);
        if (graph.IsTooLarge) return new(bins, start, null);
        PickPath path = new(bins, start, graph);
        return path.IsJoined() ? path : new(bins, start, null);
    }

    /// <summary>By which ways walks are measured.</summary>
    public PickWays Ways { get; }

    /// <summary>Whether the bins are in one block, so that every walk is the shortest.</summary>
    public bool IsBlock => _block is not null;

    /// <summary>From one place to another: 0 is the start, and the bins follow.</summary>
    public long Far(int from, int to) => from == to ? 0 : Off(from) + Walk(_points[from], _points[to]) + Off(to);

    /// <summary>The walk to bins, told by their index, in any order and perhaps more than once.</summary>
    public PickTour Tour(IReadOnlyList<int> stops)
    {
        int[] told = [.. stops.Select(s => s + 1)], places = [.. told.Distinct()];
        if (Ways == PickWays.NotTold || places.Length == 0)
        {
            var byId = places.Select(p => _bins[p - 1].Id).Order(StringComparer.Ordinal);
            long? nothing = Ways == PickWays.NotTold ? null : 0;
            return new(Ways, nothing == 0, [.. byId.Select(id => new PickLeg(id, null))], nothing, nothing, nothing,
                nothing);
        }

        var naive = Round([Start, .. told]);
        var (shape, length) = SShape(places);
        var (order, isShortest) = Shortest(places, shape);
        // Both directions are as long unless some are forbidden: then the first bin is the nearer one.
        if (Far(Start, order[1]) > Far(order[^1], Start) && Round([Start, .. order.Skip(1).Reverse()]) == Round(order))
            order = [Start, .. order.Skip(1).Reverse()];
        return new(
            Ways, isShortest,
            [.. order.Skip(1).Select((p, i) => new PickLeg(_bins[p - 1].Id, Far(order[i], p)))], Far(order[^1], Start),
            Round(order), length < Distances.NoWay ? length : null, naive);
    }

    /// <summary>
    /// The length of the walk to bins, told by their index: the shortest in a block, a quick good one elsewhere.
    /// </summary>
    public long Length(IEnumerable<int> stops)
    {
        int[] places = [Start, .. stops.Select(s => s + 1).Distinct()];
        if (places.Length == 1 || Ways == PickWays.NotTold) return 0;
        return _block is null ? TourSearch.Shortest(Among(places), kicks: 0).Length
            : 2 * Off(Start) + _block.Ladder.Length(InBlock(places));
    }

    (int[] Order, bool IsShortest) Shortest(int[] stops, int[] shape)
    {
        int[] places = [Start, .. stops];
        if (_block is not null)
        {
            var sorted = InBlock(places);
            return ([.. _block.Ladder.Tour(sorted, Array.IndexOf(places, Start)).Select(i => places[i])], true);
        }

        var found = TourSearch.Shortest(
            Among(places),
            [[.. Enumerable.Range(0, places.Length)], [0, .. shape.Select(p => Array.IndexOf(stops, p) + 1)]]);
        return ([.. found.Order.Select(i => places[i])], found.IsShortest);
    }

    /// <summary>Sorts the places as the block has them, and says where they are.</summary>
    RungStop[] InBlock(int[] places)
    {
        (int, long)[] keys = [.. places.Select(p => (_block!.Stops[p].Rung, _block.Stops[p].At))];
        Array.Sort(keys, places);
        return [.. places.Select(p => _block!.Stops[p])];
    }

    Distances Among(int[] places) => new(places.Length, (a, b) => Far(places[a], places[b]));

    long Round(ReadOnlySpan<int> order)
    {
        var length = Far(order[^1], order[0]);
        for (var i = 1; i < order.Length; i++) length += Far(order[i - 1], order[i]);
        return length;
    }

    long Off(int place) => _graph is null ? 0 : _places[place].Off;

    long Walk(int from, int to) => _graph?.Far(from, to) ?? _spots[from].WalkTo(_spots[to]);

    /// <summary>Whether there is a way to every bin, and one back.</summary>
    bool IsJoined() => _block is not null
        || Enumerable.Range(1, _bins.Length).All(
            p => Far(Start, p) < Distances.NoWay && (_graph!.IsTwoWay || Far(p, Start) < Distances.NoWay));

    static Landing Door(WayGraph graph, Spot? start, int part)
    {
        if (start is { } told) return graph.Land(told, part: part);
        var ends = graph.Aisles.Where((_, a) => graph.PartOf(a) == part).SelectMany(a => (Spot[])[a.From, a.To]);
        return graph.Land(Corner(ends), part: part) with { Off = 0 };
    }

    static Spot Corner(IEnumerable<Spot> spots) => spots.Aggregate(
        new Spot(int.MaxValue, int.MaxValue, int.MaxValue),
        (c, s) => new(Math.Min(c.X, s.X), Math.Min(c.Y, s.Y), Math.Min(c.Z, s.Z)));

    /// <summary>A bin without a place of its own, as one that was only named.</summary>
    static bool IsNotTold(Bin bin) => bin.Stand == default && bin.At == default;
}
