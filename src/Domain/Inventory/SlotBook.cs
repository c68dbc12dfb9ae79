using System.Collections.Immutable;

namespace Fulfillment.Inventory;

/// <summary>
/// Slots in their order, each once, none empty: by node, state, order, lot, bin and carrier, packed ones and those with
/// serials apart. Units of which nothing is known are in no slot.
/// </summary>
static class SlotBook
{
    public static ImmutableArray<Slot> Told(this ImmutableArray<Slot> slots) => slots.IsDefault ? [] : slots;

    /// <summary>Whether units like these have a slot.</summary>
    public static bool IsNamed(Slot s) =>
        s.Bin is not null || s.Lot is not null || s.Lpn is not null || s.Order is not null || !s.Serials.IsDefault;

    /// <summary>The slots after units came (or, below zero, left); default when there is none.</summary>
    public static ImmutableArray<Slot> With(this ImmutableArray<Slot> slots, IEnumerable<Slot> changes)
    {
        foreach (var change in changes)
            if (IsNamed(change)) slots = slots.Told().With(change);
        return slots.IsDefaultOrEmpty ? default : slots;
    }

    static ImmutableArray<Slot> With(this ImmutableArray<Slot> slots, Slot change)
    {
        var index = slots.BinarySearch(change, ByPlace);
        if (index < 0)
        {
            Ensure.That(change.Units > 0);
            return slots.Insert(~index, change);
        }

        var was = slots[index];
        var units = was.Units + change.Units;
        Ensure.That(units >= 0);
        return units == 0 ? slots.RemoveAt(index) : slots.SetItem(index, was with
        {
            Units = units,
            Serials = change.Serials.IsDefault ? default
                : change.Units > 0 ? [.. was.Serials.Told().Union(change.Serials).Order(StringComparer.Ordinal)]
                : [.. was.Serials.Told().Except(change.Serials)],
        });
    }

    /// <summary>Units in slots at the node in the state.</summary>
    public static long In(this ImmutableArray<Slot> slots, string node, StockState state) =>
        slots.Told().Sum(s => s.Node == node && s.State == state ? s.Units : 0);

    /// <summary>What an event brings to slots and takes from them.</summary>
    public static IEnumerable<Slot> Changes(SkuEvent happened) =>
        happened is SkuEvent.StockReserved or SkuEvent.StockAllocated ? [] : ChangesOf(happened);

    static IEnumerable<Slot> ChangesOf(SkuEvent happened) => happened switch
    {
        SkuEvent.StockReceived { What: { } w } e => [Of(e.Node, e.State, w, e.Quantity)],
        SkuEvent.StockAdjusted { Slots.IsDefault: false } e => e.Slots.Select(Gone),
        SkuEvent.StockAdjusted { What: { } w, Delta: > 0 } e => [Of(e.Node, e.State, w, e.Delta)],
        SkuEvent.StockMoved { Slots.IsDefault: false } e => e.Slots.SelectMany(s => (Slot[])
        [
            Gone(s), s with
            {
                State = e.To,
                Bin = e.Carried ? e.ToBin : s.Bin,
                Lpn = e.Carried ? e.ToLpn : s.Lpn,
            },
        ]),
        SkuEvent.StockArrived { Slots.IsDefault: false } e => e.Slots.SelectMany(s => (Slot[])
            [Gone(s), s with { Node = e.Node, State = e.State, Bin = null }]),
        SkuEvent.StockPicked e => e.Slots.SelectMany(s => (Slot[])
            [Gone(s), s with { Bin = e.ToteBin, Lpn = e.Tote, Order = e.Order }]),
        SkuEvent.StockUnpicked e => e.Slots.SelectMany(s => (Slot[])
            [Gone(s), s with { Bin = e.Bin, Lpn = null, Order = null }]),
        SkuEvent.StockPacked e => e.Slots.SelectMany(s => (Slot[])
            [Gone(s), s with { Bin = e.BoxBin, Lpn = e.Box, Order = e.Order, Packed = true }]),
        SkuEvent.StockUnpacked e => e.Slots.SelectMany(s => (Slot[])
            [Gone(s), s with { Lpn = null, Packed = false }]).Concat(Traded(e)),
        SkuEvent.StockCarried e => e.Slots.SelectMany(s => (Slot[])[Gone(s), s with { Bin = e.ToBin }]),
        SkuEvent.StockReturned { Unpicked.IsDefault: false } e => Back(e.Unpicked),
        SkuEvent.StockReleased { Unpicked.IsDefault: false } e => Back(e.Unpicked),
        SkuEvent.StockShipped { Slots.IsDefault: false } e => e.Slots.Select(Gone).Concat(Back(e.Freed.Told())),
        _ => [],
    };

    /// <summary>The slot of units that arrive.</summary>
    public static Slot Of(string node, StockState state, Particulars what, long units) => new(
        node, state, what.Bin, what.Lot, what.Lpn, units,
        Serials: what.Serials.IsDefaultOrEmpty ? default : [.. what.Serials.Order(StringComparer.Ordinal)]);

    static IEnumerable<Slot> Traded(SkuEvent.StockUnpacked e) =>
    [
        .. e.Freed.Told().SelectMany(s => (Slot[])[Gone(s), s with { Lpn = null, Order = null, Packed = false }]),
        .. e.Kept.Told().SelectMany(s => (Slot[])[Gone(s), s with { Order = e.Order, Packed = true }]),
    ];

    static Slot Gone(Slot slot) => slot with { Units = -slot.Units };

    /// <summary>Units go back on the shelf: they stay in their tote until somebody puts them away.</summary>
    static IEnumerable<Slot> Back(ImmutableArray<Slot> slots) =>
        slots.SelectMany(s => (Slot[])[Gone(s), s with { Order = null, Packed = false }]);

    static ImmutableArray<string> Told(this ImmutableArray<string> serials) => serials.IsDefault ? [] : serials;

    static readonly Comparer<Slot> ByPlace = Comparer<Slot>.Create((a, b) =>
        string.CompareOrdinal(a.Node, b.Node) is not 0 and var node ? node
        : a.State != b.State ? a.State.CompareTo(b.State)
        : string.CompareOrdinal(a.Order, b.Order) is not 0 and var order ? order
        : string.CompareOrdinal(a.Lot, b.Lot) is not 0 and var lot ? lot
        : string.CompareOrdinal(a.Bin, b.Bin) is not 0 and var bin ? bin
        : string.CompareOrdinal(a.Lpn, b.Lpn) is not 0 and var lpn ? lpn
        : a.Packed != b.Packed ? a.Packed.CompareTo(b.Packed)
        : a.Serials.IsDefault.CompareTo(b.Serials.IsDefault));
}
