using System.Collections.Immutable;

namespace Fulfillment.Picking;

/// <summary>
/// An order to be picked. <c>Units</c>: how much of a tour's room it takes. <c>Stops</c>: the places it lies in.
/// <c>Due</c>: when it must be picked, such as its carrier's cutoff; null: after all others.
/// </summary>
public sealed record TourOrder(string Id, int Units, ImmutableArray<int> Stops, DateTimeOffset? Due = null);

/// <summary>How much a picker takes at once.</summary>
public readonly record struct TourRoom(int Orders, int Units);

/// <summary>
/// Orders that are picked in one walk, in the order in which they were told. <c>IsOver</c>: it is one order, and larger
/// than there is room for.
/// </summary>
public sealed record OrderTour(
    ImmutableArray<string> Orders, int Units, DateTimeOffset? Due, long LengthMm, bool IsOver);
