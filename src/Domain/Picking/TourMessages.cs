using System.Collections.Immutable;

namespace Fulfillment.Picking;

/// <summary>
/// An order to be picked. <c>Units</c>, <c>Lines</c>, <c>VolumeMm3</c>: how much of a tour's room it takes.
/// <c>Stops</c>: the places it lies in. <c>Due</c>: when it must be picked, such as its carrier's cutoff; null: after
/// all others.
/// </summary>
public sealed record TourOrder(
    string Id, int Units, ImmutableArray<int> Stops, DateTimeOffset? Due = null, int Lines = 0, long VolumeMm3 = 0);

/// <summary>How much a picker takes at once.</summary>
public readonly record struct TourRoom(
    int Orders, int Units, int Lines = int.MaxValue, long VolumeMm3 = long.MaxValue)
{
    /// <summary>Whether that is not too much.</summary>
    public bool Has(TourLoad load) => load.Orders <= Orders && load.Units <= Units && load.Lines <= Lines
        && load.VolumeMm3 <= VolumeMm3;
}

/// <summary>How much of a tour's room orders take.</summary>
public readonly record struct TourLoad(int Orders, long Units, long Lines, long VolumeMm3)
{
    /// <summary>Of one order.</summary>
    public static TourLoad Of(TourOrder order) => new(1, order.Units, order.Lines, order.VolumeMm3);

    /// <summary>Of both.</summary>
    public static TourLoad operator +(TourLoad a, TourLoad b) =>
        new(a.Orders + b.Orders, a.Units + b.Units, a.Lines + b.Lines, a.VolumeMm3 + b.VolumeMm3);

    /// <summary>Without the other.</summary>
    public static TourLoad operator -(TourLoad a, TourLoad b) =>
        new(a.Orders - b.Orders, a.Units - b.Units, a.Lines - b.Lines, a.VolumeMm3 - b.VolumeMm3);
}

/// <summary>
/// Orders that are picked in one walk, in the order in which they were told. <c>IsOver</c>: it is one order, and larger
/// than there is room for.
/// </summary>
public sealed record OrderTour(
    ImmutableArray<string> Orders, int Units, DateTimeOffset? Due, long LengthMm, bool IsOver);
