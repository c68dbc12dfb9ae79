using System.Collections.Immutable;

namespace Fulfillment.Inventory;

/// <summary>
/// Units of a SKU at one node: sellable, those of them committed to orders, and those in each other state.
/// </summary>
public sealed record NodeStock(
    string Node, long Sellable, long Committed, ImmutableSortedDictionary<StockState, long> Unavailable)
{
    /// <summary>A node without a unit.</summary>
    public static NodeStock Empty(string node) => new(node, 0, 0, ImmutableSortedDictionary<StockState, long>.Empty);

    /// <summary>Units in all states that are here.</summary>
    public long OnHand => Sellable + Unavailable.Values.Sum() - InTransit;

    /// <summary>Units that left for another node and have not arrived there.</summary>
    public long InTransit => Unavailable.GetValueOrDefault(StockState.InTransit);

    /// <summary>Units that can still be committed.</summary>
    public long Free => Sellable - Committed;

    /// <summary>Units in the state.</summary>
    public long In(StockState state) => state == StockState.Available ? Sellable : Unavailable.GetValueOrDefault(state);

    /// <summary>With so many more (or fewer) in the state.</summary>
    public NodeStock Count(StockState state, long delta) => state == StockState.Available
        ? this with { Sellable = Sellable + delta }
        : this with { Unavailable = Unavailable.SetItem(state, In(state) + delta) };
}

/// <summary>Units moved since the beginning, over all nodes and states.</summary>
public readonly record struct MovedUnits(long Received, long Adjusted, long Shipped);
