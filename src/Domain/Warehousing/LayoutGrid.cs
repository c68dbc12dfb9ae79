using System.Collections.Immutable;
using System.Globalization;

namespace Fulfillment.Warehousing;

/// <summary>
/// A block of parallel aisles with a cross aisle at each end: the ordinary picking area, as bins and ways. Along every
/// aisle there are <c>Bays</c> on each side, one above the other <c>Levels</c>. Bins are <c>{prefix}-{aisle}-{bay}-
/// {level}</c>, odd bays on the left and even ones on the right, so that a picker sees the numbers rise as he walks.
/// </summary>
/// <param name="Zone">Which zone they are in.</param>
/// <param name="Prefix">With which names begin.</param>
/// <param name="Aisles">Aisles, from left to right along x.</param>
/// <param name="Bays">Bays on each side of an aisle, along y.</param>
/// <param name="Levels">Levels of a bay.</param>
/// <param name="Origin">Where the middle of the first aisle begins.</param>
/// <param name="AisleEveryMm">From the middle of an aisle to that of the next.</param>
/// <param name="BayMm">How long a bay is along its aisle.</param>
/// <param name="LevelMm">How high a level is.</param>
/// <param name="FaceLevels">So many of the lowest levels are pick faces, those above are reserve.</param>
/// <param name="Room">How much fits into each.</param>
public sealed record LayoutGrid(
    string Zone, string Prefix, int Aisles, int Bays, int Levels, Spot Origin, int AisleEveryMm, int BayMm,
    int LevelMm, int FaceLevels, BinRoom Room)
{
    /// <summary>How many bins it has.</summary>
    public long Count => 2L * Aisles * Bays * Levels;

    /// <summary>The aisles, and the two that join them.</summary>
    public ImmutableArray<Aisle> Ways()
    {
        var (front, back) = (Origin.Y, Origin.Y + Bays * BayMm);
        var last = Origin.X + (Aisles - 1) * AisleEveryMm;
        return
        [
            .. Enumerable.Range(1, Aisles).Select(a => new Aisle(
                AisleId(a), new(MiddleOf(a), front), new(MiddleOf(a), back))),
            new($"{Prefix}-front", new(Origin.X, front), new(last, front), Cross: true),
            new($"{Prefix}-back", new(Origin.X, back), new(last, back), Cross: true),
        ];
    }

    /// <summary>The bins, in the order of their names' numbers.</summary>
    public IEnumerable<Bin> Bins() =>
        from aisle in Enumerable.Range(1, Aisles)
        from bay in Enumerable.Range(1, 2 * Bays)
        from level in Enumerable.Range(1, Levels)
        select Bin(aisle, bay, level);

    Bin Bin(int aisle, int bay, int level)
    {
        var (row, isRight) = ((bay - 1) / 2, bay % 2 == 0);
        // The racks begin a quarter of the way to the next aisle beside its middle.
        var side = AisleEveryMm / 4;
        var y = Origin.Y + row * BayMm;
        return new(
            $"{AisleId(aisle)}-{Two(bay)}-{level.ToString(CultureInfo.InvariantCulture)}", Zone,
            level <= FaceLevels ? BinRole.PickFace : BinRole.Reserve, AisleId(aisle), bay, level, 1,
            new(MiddleOf(aisle) + (isRight ? side : -2 * side), y, Origin.Z + (level - 1) * LevelMm),
            new(MiddleOf(aisle), y + BayMm / 2, Origin.Z), Room);
    }

    string AisleId(int aisle) => $"{Prefix}-{Two(aisle)}";

    int MiddleOf(int aisle) => Origin.X + (aisle - 1) * AisleEveryMm;

    static string Two(int number) => number.ToString("D2", CultureInfo.InvariantCulture);
}
