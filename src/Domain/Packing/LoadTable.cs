namespace Fulfillment.Packing;

/// <summary>A way in which units of a line may stand in the room, by its edges along the room's.</summary>
sealed record Pose(int Line, Orientation Orientation, Extent Size, int Grams, bool Fragile);

/// <summary>
/// Units of one line in one pose, side by side and on each other, as one part of the room. <c>Value</c>: how good it is
/// there, beside others in the same space.
/// </summary>
sealed record Block(Pose Pose, int Along, int Across, int Up, Cuboid At, long Value)
{
    public int Units => Along * Across * Up;
}

/// <summary>A room and goods, and what is known of them before anything is loaded.</summary>
sealed class LoadTable
{
    readonly int[] _flat, _tall;

    public LoadTable(Extent room, long maxGrams, IReadOnlyList<PackLine> goods, IReadOnlyList<long>? worth)
    {
        (Room, MaxGrams, Goods) = (room, maxGrams, goods);
        Worth = worth ?? [.. goods.Select(g => g.Size.Mm3)];
        Poses = [.. goods.SelectMany(PosesOf).Where(p => room.Holds(p.Size))];
        _flat = Reaches(Math.Max(room.LengthMm, room.WidthMm), p => [p.Size.LengthMm, p.Size.WidthMm]);
        _tall = Reaches(room.HeightMm, p => [p.Size.HeightMm]);
    }

    public Extent Room { get; }

    public long MaxGrams { get; }

    public IReadOnlyList<PackLine> Goods { get; }

    /// <summary>How good it is to have a unit in, by line: as many cubic millimetres.</summary>
    public IReadOnlyList<long> Worth { get; }

    /// <summary>By line.</summary>
    public Pose[] Poses { get; }

    /// <summary>The most of a gap on the floor that edges of goods, laid end to end, may fill.</summary>
    public int Flat(int gap) => _flat[gap];

    /// <summary>The most of a gap upwards that goods on each other may fill.</summary>
    public int Tall(int gap) => _tall[gap];

    /// <summary>How units of the line may stand; those that look the same once.</summary>
    public static IEnumerable<Pose> PosesOf(PackLine goods, int line) => Enum.GetValues<Orientation>()
        .Where(goods.Upright.Allows)
        .Select(o => new Pose(line, o, goods.Size.Turned(o), goods.Grams, goods.Fragile))
        .DistinctBy(p => p.Size);

    /// <summary>
    /// For each gap the greatest sum of edges in it; no edge more often than there are units with it.
    /// </summary>
    int[] Reaches(int most, Func<Pose, int[]> edgesOf)
    {
        var reached = new bool[most + 1];
        reached[0] = true;
        var used = new int[most + 1];
        foreach (var edge in Poses.SelectMany(p => edgesOf(p).Select(e => (Edge: e, p.Line))).Distinct()
            .GroupBy(e => e.Edge, e => Goods[e.Line].Units))
        {
            var units = Math.Min(most, edge.Sum(u => (long)u));
            Array.Clear(used);
            for (var sum = edge.Key; sum <= most; sum++)
            {
                if (reached[sum] || !reached[sum - edge.Key] || used[sum - edge.Key] >= units) continue;
                reached[sum] = true;
                used[sum] = used[sum - edge.Key] + 1;
            }
        }

        var reaches = new int[most + 1];
        for (var gap = 1; gap <= most; gap++) reaches[gap] = reached[gap] ? gap : reaches[gap - 1];
        return reaches;
    }
}
