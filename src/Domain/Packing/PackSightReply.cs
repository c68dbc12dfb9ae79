using System.Collections.Immutable;
using Fulfillment.Ordering;

namespace Fulfillment.Packing;

/// <summary>
/// Units of a line of the order at the bench: those that have left in boxes or may leave, and those that must not
/// leave. What left before the bench began is not among them.
/// </summary>
public sealed record PackNeed(string Line, string Sku, int Units, int Stopping = 0);

/// <summary>
/// What a bench has to know of an order, as of its version. <c>IsHeld</c>: nothing may be packed. <c>Holds</c>: those
/// that stop it, by number. <c>Intercepts</c>: open ones that are about nothing but what is at this bench.
/// </summary>
public sealed record PackSight(
    long Version, bool IsHeld, ImmutableArray<PackNeed> Lines, ImmutableArray<int> Holds,
    ImmutableArray<int> Intercepts)
{
    /// <summary>One of the order's fulfilment orders as the bench sees it; null when there is no such one.</summary>
    public static PackSight? Of(OrderReply? order, int fulfilment)
    {
        if (order is null || fulfilment < 1 || fulfilment > order.Fulfilments.Length) return null;
        var f = order.Fulfilments[fulfilment - 1];
        // From its beginning a bench lets nothing go that is in no box.
        var before = f.Shipments.Where(s => s.Boxes.IsDefaultOrEmpty).SelectMany(s => s.Lines).ToLookup(l => l.Line);
        return new(
            order.Version, f.OnHold || f.Paused is not null,
            [
                .. f.Lines.Select(
                    l => new PackNeed(
                        l.Line, l.Sku, l.Shipped - before[l.Line].Sum(b => b.Units) + l.MayLeave, l.Stopping)),
            ],
            [.. order.Clearance.Holds.Where(h => h.IsOpen).Select(h => h.Number)],
            [
                .. order.Intercepts.Where(
                    i => i.Status == InterceptStatus.Open && i.Units.All(u => u.Fulfilment == fulfilment))
                    .Select(i => i.Number),
            ]);
    }

    /// <summary>Whether the other says the same, whatever the order's version.</summary>
    public bool Says(PackSight other) => IsHeld == other.IsHeld && Lines.SequenceEqual(other.Lines)
        && Holds.SequenceEqual(other.Holds) && Intercepts.SequenceEqual(other.Intercepts);
}
