using System.Collections.Immutable;

namespace Fulfillment.Picking;

/// <summary>
/// A round through places, from the first one on. <c>IsShortest</c>: proven; else there may be a shorter one.
/// </summary>
public sealed record FoundTour(ImmutableArray<int> Order, long Length, bool IsShortest);

/// <summary>By which ways a picker's walk was measured.</summary>
public enum PickWays
{
    /// <summary>Along the aisles of the layout.</summary>
    Aisles,

    /// <summary>Over the floor, as the sum of both directions: no aisles are told that join all the bins.</summary>
    Floor,

    /// <summary>Not at all: it is not told where some of the bins are. They are in the order of their ids.</summary>
    NotTold,
}

/// <summary>A bin to go to. <c>WalkMm</c>: from the one before, or from the start; null: not known.</summary>
public sealed record PickLeg(string Bin, long? WalkMm);

/// <summary>
/// A picker's walk from the start to bins, each once, and back.
/// </summary>
/// <param name="Ways">By which ways it was measured.</param>
/// <param name="IsShortest">Proven to be the shortest by these ways; else there may be a shorter one.</param>
/// <param name="Legs">In the order of the walk.</param>
/// <param name="BackMm">From the last bin to the start.</param>
/// <param name="LengthMm">All of it; like all lengths null where <paramref name="Ways"/> are not told.</param>
/// <param name="SShapeMm">
/// Of the walk through each aisle that has a stop, all along it, one after the other; null too where that is no way: to
/// the end of an aisle that is walked in one direction, and from which nobody comes back.
/// </param>
/// <param name="NaiveMm">Of the walk to the bins in the order in which they were told.</param>
public sealed record PickTour(
    PickWays Ways, bool IsShortest, ImmutableArray<PickLeg> Legs, long? BackMm, long? LengthMm, long? SShapeMm,
    long? NaiveMm);

/// <summary>
/// An aisle between the front and the back cross aisle. <c>Length</c>: from front to back. <c>FrontOn</c>,
/// <c>BackOn</c>: along the cross aisles to the next one. Without <c>HasFront</c> or <c>HasBack</c> it ends before that
/// cross aisle, or is a place on the other one.
/// </summary>
public readonly record struct Rung(
    long Length, long FrontOn, long BackOn, bool HasFront = true, bool HasBack = true);

/// <summary>A place in an aisle; <c>At</c>: from its front.</summary>
public readonly record struct RungStop(int Rung, long At);
