using System.Collections.Immutable;
using System.Diagnostics;

namespace Fulfillment.Inventory;

/// <summary>
/// What one order holds of a SKU. <c>Step</c>: the last step applied. <c>Wanted</c>: the quantity last asked for.
/// <c>Version</c>: the SKU's version that last changed it. <c>Queue</c>: its place among the backorders, 0 when in
/// none. <c>Priority</c>: lower is filled first, when the card says so. <c>Expected</c>: when the last backordered unit
/// is, as the order was told. <c>Picked</c>: units that were picked for it by name; default for none. Times are kept
/// as ticks, in UTC: a flash sale makes a million claims, and each has four of them.
/// </summary>
public sealed record Claim(
    string Order, int Step, long Wanted, long Version, long Held, long Backordered, ImmutableArray<NodeUnits> Allocated,
    DateTimeOffset Asked, DateTimeOffset? Until, DateTimeOffset? Tentative, long Queue,
    int Priority = 0, DateTimeOffset? Expected = null, ImmutableArray<NodeUnits> Picked = default)
{
    const long Never = long.MinValue;

    readonly long _asked = Asked.UtcTicks, _until = Ticks(Until), _tentative = Ticks(Tentative);
    readonly long _expected = Ticks(Expected);

    /// <summary>When the order asked for the units.</summary>
    public DateTimeOffset Asked
    {
        get => new(_asked, TimeSpan.Zero);
        init => _asked = value.UtcTicks;
    }

    /// <summary>When the hold ends by itself; null when it does not.</summary>
    public DateTimeOffset? Until
    {
        get => Time(_until);
        init => _until = Ticks(value);
    }

    /// <summary>Until when the order may yet give the units back; null when it may not.</summary>
    public DateTimeOffset? Tentative
    {
        get => Time(_tentative);
        init => _tentative = Ticks(value);
    }

    /// <summary>When the last backordered unit is, as the order was told; null when nobody knows, or none is.</summary>
    public DateTimeOffset? Expected
    {
        get => Time(_expected);
        init => _expected = Ticks(value);
    }

    /// <summary>Of an order that holds nothing yet.</summary>
    public static Claim None(string order) => new(order, 0, 0, 0, 0, 0, [], default, null, null, 0);

    /// <summary>Nothing is held any more.</summary>
    public bool IsEmpty => Held == 0 && Backordered == 0 && Allocated.IsEmpty;

    /// <summary>What the order is told of it.</summary>
    public Standing Standing => new(Version, Step, Held, Backordered, Allocated, Expected, Picked);

    /// <summary>The claim after a reservation; null before the first one.</summary>
    public static Claim Reserved(Claim? before, SkuEvent.StockReserved e, long version) => new(
        e.Order, e.Step, e.Quantity, version, (before?.Held ?? 0) + e.Held,
        (before?.Backordered ?? 0) + e.Backordered, before?.Allocated ?? [], e.Asked, e.Until, e.Tentative,
        before is { Queue: not 0 } ? before.Queue : e.Backordered > 0 ? version : 0, e.Priority,
        e.Backordered > 0 ? e.Expected : before?.Expected, before?.Picked ?? default);

    /// <summary>The claim after an event about it that made the SKU's version <paramref name="version"/>.</summary>
    public Claim After(SkuEvent happened, long version) => happened switch
    {
        SkuEvent.StockReserved e => Reserved(this, e, version),
        SkuEvent.StockAllocated e => this with
        {
            Step = e.Step,
            Version = version,
            Held = Held - Units.Sum(e.Picks),
            Allocated = Units.Plus(Allocated, e.Picks),
            Tentative = null,
            Until = Held + Backordered == Units.Sum(e.Picks) ? null : Until,
        },
        SkuEvent.StockReturned e => this with
        {
            Step = e.Step,
            Version = version,
            Held = Held + Units.Sum(e.Picks),
            Allocated = Units.Minus(Allocated, e.Picks),
            Picked = Without(e.Unpicked),
        },
        SkuEvent.StockReleased e => this with
        {
            Step = e.Step,
            Version = version,
            Held = Held - e.Held,
            Backordered = Backordered - e.Backordered,
            Allocated = Units.Minus(Allocated, e.Picks),
            Picked = Without(e.Unpicked),
            Queue = Backordered == e.Backordered ? 0 : Queue,
            Expected = Backordered == e.Backordered ? null : Expected,
            Until = Held + Backordered == e.Held + e.Backordered ? null : Until,
        },
        SkuEvent.StockShipped e => this with
        {
            Step = e.Step,
            Version = version,
            Allocated = Units.Minus(Allocated, e.Picks),
            Picked = Without(e.Freed.IsDefault ? e.Slots : [.. e.Slots, .. e.Freed]),
        },
        SkuEvent.StockPicked e => With(e, version),
        SkuEvent.StockUnpicked e => this with { Version = version, Picked = Without(e.Slots) },
        SkuEvent.StockPacked e => With(e, version),
        SkuEvent.BackorderFilled e => this with
        {
            Version = version,
            Held = Held + e.Units,
            Backordered = Backordered - e.Units,
            Queue = Backordered == e.Units ? 0 : Queue,
            Expected = Backordered == e.Units ? null : Expected,
        },
        SkuEvent.BackorderRepegged e => this with { Version = version, Expected = e.Expected },
        SkuEvent.HoldExpired => this with
        {
            Version = version,
            Held = 0,
            Backordered = 0,
            Until = null,
            Queue = 0,
            Expected = null,
        },
        _ => throw new UnreachableException(),
    };

    Claim With(SkuEvent.StockPicked e, long version) => this with
    {
        Version = version,
        Picked = Units.Plus(Picked.IsDefault ? [] : Picked, [new(e.Node, e.Quantity)]),
    };

    /// <summary>Units that nobody had picked are picked with their packing.</summary>
    Claim With(SkuEvent.StockPacked e, long version)
    {
        var more = e.Slots.Sum(s => s.Order is null ? s.Units : 0);
        return this with
        {
            Version = version,
            Picked = more == 0 ? Picked : Units.Plus(Picked.IsDefault ? [] : Picked, [new(e.Node, more)]),
        };
    }

    /// <summary>What is picked without those units of the slots that were picked for this order.</summary>
    ImmutableArray<NodeUnits> Without(ImmutableArray<Slot> slots)
    {
        if (Picked.IsDefault || slots.IsDefault) return Picked;
        var gone = from s in slots where s.Order == Order select new NodeUnits(s.Node, s.Units);
        var left = Units.Minus(Picked, [.. gone]);
        return left.IsEmpty ? default : left;
    }

    static long Ticks(DateTimeOffset? time) => time?.UtcTicks ?? Never;

    static DateTimeOffset? Time(long ticks) => ticks == Never ? null : new(ticks, TimeSpan.Zero);
}
