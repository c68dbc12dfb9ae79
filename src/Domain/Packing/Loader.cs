using System.Collections.Immutable;

namespace Fulfillment.Packing;

/// <summary>
/// How hard a loading is tried: a fixed amount of work, so that the same goods are always loaded the same way.
/// <c>Beam</c>: loadings that are followed side by side. <c>Options</c>: blocks that are tried for each next space.
/// <c>MostTries</c>: loadings that are carried through to the end, at most. <c>MostSteps</c>: places that are tried to
/// find a way for a handful of units that did not all go in.
/// </summary>
public readonly record struct LoadEffort(int Beam, int Options, int MostTries, int MostSteps = 0)
{
    /// <summary>For a lorry or a container.</summary>
    public static LoadEffort Container { get; } = new(8, 8, 20_000);
}

/// <summary>What was loaded, in this order, and how many units of each line were not.</summary>
public sealed record Load(ImmutableArray<PackedItem> Items, ImmutableArray<int> Left, long Mm3)
{
    /// <summary>Whether all units are in.</summary>
    public bool IsAll => Left.All(l => l == 0);
}

/// <summary>
/// Loads as much of the goods into one room as it can. Each unit lies on the floor, or with at least
/// <see cref="SupportPercent"/> % of its base on units that were loaded before; its centre is then over what carries
/// it. Nothing is on or over fragile units. The heuristic is a beam search over blocks of equal units, each judged by
/// what comes out when it is carried through greedily (as Araya and Riff, A beam search approach to the container
/// loading problem, Computers and Operations Research 43, 2014); a handful of units is searched through entirely.
/// </summary>
public static class Loader
{
    /// <summary>The part of its base with which a unit must lie on others, in percent.</summary>
    public const int SupportPercent = 70;

    /// <summary>
    /// Loads goods into a room that carries so many grams. <paramref name="worth"/>: how good it is to have a unit of
    /// each line in; null: as good as its volume.
    /// </summary>
    public static Load Fill(
        Extent room, long maxGrams, IReadOnlyList<PackLine> goods, LoadEffort effort,
        IReadOnlyList<long>? worth = null)
    {
        LoadTable table = new(room, maxGrams, goods, worth);
        var best = Search(table, effort);
        if (best.Units == 0 || FewUnits.Fit(table, effort.MostSteps) is not { } items)
            return new([.. best.Blocks.SelectMany(b => ItemsOf(b, goods))], [.. best.Left], best.Mm3);
        return new([.. items], [.. goods.Select(_ => 0)], goods.Sum(g => g.Units * g.Size.Mm3));
    }

    static Loading Search(LoadTable table, LoadEffort effort)
    {
        List<Block> options = [], scratch = [];
        Loading best = new(table);
        List<Loading> beam = [best.Copy()];
        var tries = 0;
        while (beam.Count > 0 && tries < effort.MostTries)
        {
            List<(Loading Loading, long Worth)> next = [];
            foreach (var loading in beam)
            {
                if (!loading.Next(options, effort.Options)) continue;
                foreach (var option in options.Take(Math.Max(0, effort.MostTries - tries)))
                {
                    var child = loading.Copy();
                    child.Place(option);
                    var end = child.Copy();
                    end.Finish(scratch);
                    tries++;
                    if (end.Worth > best.Worth || (best.Units > 0 && end.Units == 0)) best = end;
                    if (best.Units == 0) return best;
                    next.Add((child, end.Worth));
                }
            }

            // What is done or as good as another may well be the same in another order.
            beam = [.. next.OrderByDescending(n => n.Worth).DistinctBy(n => n.Worth).Take(effort.Beam)
                .Select(n => n.Loading)];
        }

        return best;
    }

    static IEnumerable<PackedItem> ItemsOf(Block block, IReadOnlyList<PackLine> goods)
    {
        var (pose, at) = (block.Pose, block.At);
        for (var z = at.Z1; z < at.Z2; z += pose.Size.HeightMm)
            for (var y = at.Y1; y < at.Y2; y += pose.Size.WidthMm)
                for (var x = at.X1; x < at.X2; x += pose.Size.LengthMm)
                    yield return new(goods[pose.Line].Id, x, y, z, pose.Size, pose.Orientation);
    }
}
