using System.Text.Json;
using System.Text.Json.Serialization;
using Fulfillment.Inventory;

namespace Fulfillment.Views;

/// <summary>
/// Units of a SKU at a node: sellable, committed to orders, and those in each other state by its word.
/// </summary>
public sealed class NodeLevels
{
    /// <summary>Units that can be sold, committed ones too.</summary>
    public long Sellable { get; set; }

    /// <summary>Units of them that are committed to orders.</summary>
    public long Committed { get; set; }

    /// <summary>Units in other states, in the order of their words; null when there never were any.</summary>
    public SortedDictionary<string, long>? Unavailable { get; set; }

    /// <summary>Units in all states, those that have left for another node apart.</summary>
    public long OnHand() => Sellable + (Unavailable?.Values.Sum() ?? 0) - In(StockLevels.InTransit);

    /// <summary>Units in the state.</summary>
    public long In(string state) =>
        state == StockLevels.Sellable ? Sellable : Unavailable?.GetValueOrDefault(state) ?? 0;
}

/// <summary>
/// What a SKU's events say of its stock at a moment: a small part of the SKU's state, cheap enough to be kept for many
/// moments. Changed in place.
/// </summary>
public sealed class StockLevels
{
    /// <summary>The word of the state whose units can be sold.</summary>
    public const string Sellable = "available";

    /// <summary>The word of the state whose units have left for another node.</summary>
    public const string InTransit = "in-transit";

    /// <summary>Events so far.</summary>
    public long Version { get; set; }

    /// <summary>Units held for orders, wherever they are.</summary>
    public long Held { get; set; }

    /// <summary>Units promised from stock that will come.</summary>
    public long Backordered { get; set; }

    /// <summary>By node, in ordinal order.</summary>
    public SortedDictionary<string, NodeLevels> Nodes { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Units in all states, on all nodes.</summary>
    public long OnHand() => Nodes.Values.Sum(n => n.OnHand());

    /// <summary>Units committed to orders.</summary>
    public long Committed() => Nodes.Values.Sum(n => n.Committed);

    /// <summary>Units that could be promised.</summary>
    public long Available() => Nodes.Values.Sum(n => n.Sellable - n.Committed) - Held;

    /// <summary>As text, to be kept.</summary>
    public string Write() => JsonSerializer.Serialize(this, StockLevelsJson.Default.StockLevels);

    /// <summary>From text.</summary>
    public static StockLevels Read(string text) =>
        JsonSerializer.Deserialize(text, StockLevelsJson.Default.StockLevels)!;

    /// <summary>Takes in the SKU's next event.</summary>
    public void After(SkuEvent happened)
    {
        Version++;
        foreach (var (node, state, delta) in Changes(happened)) Count(node, state, delta);
        switch (happened)
        {
            case SkuEvent.StockReserved e:
                (Held, Backordered) = (Held + e.Held, Backordered + e.Backordered);
                return;
            case SkuEvent.StockAllocated e:
                foreach (var (node, units) in e.Picks) Commit(node, units);
                Held -= e.Picks.Sum(p => p.Units);
                return;
            case SkuEvent.StockReturned e:
                foreach (var (node, units) in e.Picks) Commit(node, -units);
                Held += e.Picks.Sum(p => p.Units);
                return;
            case SkuEvent.StockReleased e:
                foreach (var (node, units) in e.Picks) Commit(node, -units);
                (Held, Backordered) = (Held - e.Held, Backordered - e.Backordered);
                return;
            case SkuEvent.StockShipped e:
                foreach (var (node, units) in e.Picks) Commit(node, -units);
                return;
            case SkuEvent.BackorderFilled e:
                (Held, Backordered) = (Held + e.Units, Backordered - e.Units);
                return;
            case SkuEvent.HoldExpired e:
                (Held, Backordered) = (Held - e.Held, Backordered - e.Backordered);
                return;
        }
    }

    /// <summary>So many more (or fewer) units are in a state at a node.</summary>
    public void Count(string node, string state, long delta)
    {
        var at = At(node);
        if (state == Sellable) at.Sellable += delta;
        else (at.Unavailable ??= new(StringComparer.Ordinal))[state] = at.In(state) + delta;
    }

    /// <summary>What an event changes of what is physically there: node, word of the state, units.</summary>
    public static IEnumerable<(string Node, string State, long Delta)> Changes(SkuEvent happened) => happened switch
    {
        SkuEvent.StockReceived e => [(e.Node, Word(e.State), e.Quantity)],
        SkuEvent.StockAdjusted e => [(e.Node, Word(e.State), e.Delta)],
        SkuEvent.StockMoved e => [(e.Node, Word(e.From), -e.Quantity), (e.Node, Word(e.To), e.Quantity)],
        SkuEvent.StockArrived e => [(e.From, InTransit, -e.Quantity), (e.Node, Word(e.State), e.Quantity)],
        SkuEvent.StockShipped e => e.Picks.Select(p => (p.Node, Sellable, -p.Units)),
        _ => [],
    };

    static string Word(StockState state) => state == StockState.Available ? Sellable : Words.Kebab($"{state}");

    void Commit(string node, long units) => At(node).Committed += units;

    NodeLevels At(string node)
    {
        if (!Nodes.TryGetValue(node, out var at)) Nodes.Add(node, at = new());
        return at;
    }
}

/// <summary>How levels are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate)]
[JsonSerializable(typeof(StockLevels))]
sealed partial class StockLevelsJson : JsonSerializerContext;
