using System.Collections.Immutable;

namespace Fulfillment.Packing;

/// <summary>
/// How an item stands in its box: which of its own edges lies along the box's length, width and height. The first two
/// leave it upright.
/// </summary>
public enum Orientation
{
    /// <summary>As it is described.</summary>
    LengthWidthHeight,

    /// <summary>Upright, a quarter turned.</summary>
    WidthLengthHeight,

    /// <summary>On its long side.</summary>
    LengthHeightWidth,

    /// <summary>On its long side, a quarter turned.</summary>
    HeightLengthWidth,

    /// <summary>On its short side.</summary>
    WidthHeightLength,

    /// <summary>On its short side, a quarter turned.</summary>
    HeightWidthLength,
}

/// <summary>Three edges, in millimetres: of an item, or along the length, width and height of a box.</summary>
public readonly record struct Extent(int LengthMm, int WidthMm, int HeightMm)
{
    /// <summary>The volume in cubic millimetres.</summary>
    public long Mm3 => (long)LengthMm * WidthMm * HeightMm;

    /// <summary>Whether every edge is told.</summary>
    public bool IsTold => LengthMm > 0 && WidthMm > 0 && HeightMm > 0;

    /// <summary>Its edges along the axes of the box when it stands like this.</summary>
    public Extent Turned(Orientation how) => how switch
    {
        Orientation.LengthWidthHeight => this,
        Orientation.WidthLengthHeight => new(WidthMm, LengthMm, HeightMm),
        Orientation.LengthHeightWidth => new(LengthMm, HeightMm, WidthMm),
        Orientation.HeightLengthWidth => new(HeightMm, LengthMm, WidthMm),
        Orientation.WidthHeightLength => new(WidthMm, HeightMm, LengthMm),
        Orientation.HeightWidthLength => new(HeightMm, WidthMm, LengthMm),
    };

    /// <summary>Whether the other is inside when both lie along the same axes.</summary>
    public bool Holds(Extent other) =>
        other.LengthMm <= LengthMm && other.WidthMm <= WidthMm && other.HeightMm <= HeightMm;
}

/// <summary>Which edges of an item may be its vertical one.</summary>
public readonly record struct Upright(bool Length, bool Width, bool Height)
{
    /// <summary>It may be turned as one likes.</summary>
    public static Upright Any { get; } = new(true, true, true);

    /// <summary>It stands as it is described.</summary>
    public static Upright ThisSideUp { get; } = new(false, false, true);

    /// <summary>Whether it may stand like this.</summary>
    public bool Allows(Orientation how) => how switch
    {
        Orientation.LengthWidthHeight or Orientation.WidthLengthHeight => Height,
        Orientation.LengthHeightWidth or Orientation.HeightLengthWidth => Width,
        Orientation.WidthHeightLength or Orientation.HeightWidthLength => Length,
    };
}

/// <summary>
/// Goods to be packed: <c>Units</c> of the same size, of <c>Grams</c> each. <c>Fragile</c>: nothing stands on them or
/// over them. <c>Cold</c>: they go into insulated boxes, without goods that are not.
/// </summary>
public sealed record PackLine(
    string Id, int Units, Extent Size, int Grams, Upright Upright, bool Fragile = false, bool Cold = false);

/// <summary>
/// A kind of box. <c>Inner</c>: the room in it; <c>Outer</c>: what a carrier measures. <c>MaxGrams</c>: the heaviest
/// content. <c>Stock</c>: how many there are; null: enough.
/// </summary>
public sealed record Box(
    string Id, Extent Inner, Extent Outer, int TareGrams, int MaxGrams, Money? Cost = null, bool Insulated = false,
    int? Stock = null);

/// <summary>
/// What is to be packed, and into what. <c>DimDivisor</c>: cubic centimetres that a carrier takes for a kilogram, 5,000
/// for most. <c>RoundToGrams</c>: he charges whole steps of so many. <c>MostBoxes</c>: refused where more are needed.
/// </summary>
public sealed record PackAsk(
    ImmutableArray<PackLine> Lines, ImmutableArray<Box> Boxes, int DimDivisor = PackAsk.UsualDivisor,
    int RoundToGrams = 1, int MostBoxes = PackAsk.MaxBoxes)
{
    /// <summary>Cubic centimetres for a kilogram, as UPS, FedEx and DHL Express take them for parcels by air.</summary>
    public const int UsualDivisor = 5_000;

    /// <summary>The most lines that are packed at once.</summary>
    public const int MaxLines = 100;

    /// <summary>The most units that are packed at once.</summary>
    public const int MaxUnits = 500;

    /// <summary>The most boxes of a plan.</summary>
    public const int MaxBoxes = 100;
}

/// <summary>
/// Where an item lies: its corner nearest to the box's inner left front bottom one, and its edges along the box's
/// length, width and height.
/// </summary>
public sealed record PackedItem(string Id, int X, int Y, int Z, Extent Size, Orientation Orientation);

/// <summary>
/// A box with its content, in the order in which it is put in. <c>FillBasisPoints</c>: the part of its room that is
/// goods. <c>DimGrams</c>: dimensional weight of its outside, rounded up. <c>BillableGrams</c>: the greater of it and
/// what the box weighs, rounded up to whole steps.
/// </summary>
public sealed record PackedBox(
    Box Box, ImmutableArray<PackedItem> Items, long ContentGrams, long GrossGrams, long DimGrams, long BillableGrams,
    int FillBasisPoints, bool Cold);

/// <summary>Outcome of a plan, in the order tested; lines in the order told.</summary>
public enum PackStatus
{
    /// <summary>There are no boxes to choose from.</summary>
    NoBoxes,

    /// <summary>Lines or units are more than are packed at once.</summary>
    TooMany,

    /// <summary>A line does not tell all three edges.</summary>
    NoDimensions,

    /// <summary>A line does not tell its weight.</summary>
    NoWeight,

    /// <summary>Cold goods, and no box is insulated.</summary>
    NoInsulatedBox,

    /// <summary>A unit is larger than every box, however it may be turned.</summary>
    NoBoxFits,

    /// <summary>A unit is too heavy for every box that it fits into.</summary>
    TooHeavy,

    /// <summary>More boxes would be needed than are there or were allowed.</summary>
    TooFewBoxes,

    /// <summary>All is packed.</summary>
    Packed,
}

/// <summary>
/// The boxes. Otherwise none, and which line is refused: null where it is not one of them; for
/// <see cref="PackStatus.TooFewBoxes"/> the first of which units are left.
/// </summary>
public sealed record PackPlan(PackStatus Status, ImmutableArray<PackedBox> Boxes, string? Line = null);
