using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fulfillment.Engine;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Simulation;

/// <summary>Everything the journal says at the end: the facts, and every entity replayed from them.</summary>
public sealed class History
{
    readonly Dictionary<EntityId, Activation> _entities = [];
    readonly Lazy<IReadOnlyList<Fact>> _facts;

    /// <summary>
    /// Reads the world's journal; <paramref name="anew"/>: every entity from its first event, whatever is known of it.
    /// </summary>
    public History(World world, bool anew = false)
    {
        var stored = world.Store.Read(0, int.MaxValue);
        _facts = new(() => [.. stored.Select(world.Kinds.Read)]);
        foreach (var id in stored.Select(s => s.Entity).Distinct())
            _entities[id] = anew ? world.Replay(id) : world.Known(id);
        Skus = [.. States(InventoryCalls.Kind, InventoryJson.Default.Sku)];
        Orders = [.. States(OrderingCalls.Kind, OrderingJson.Default.Order)];
    }

    /// <summary>All events in order.</summary>
    public IReadOnlyList<Fact> Facts => _facts.Value;

    /// <summary>All entities.</summary>
    public IReadOnlyDictionary<EntityId, Activation> Entities => _entities;

    /// <summary>All SKUs.</summary>
    public IReadOnlyList<(EntityId Id, Sku State)> Skus { get; }

    /// <summary>All orders.</summary>
    public IReadOnlyList<(EntityId Id, Order State)> Orders { get; }

    /// <summary>A hash of all states, in the order of the entities' ids.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, entity) in _entities.OrderBy(e => e.Key.ToString(), StringComparer.Ordinal))
        {
            hash.AppendData(entity.Head);
            hash.AppendData(entity.WriteState());
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// The states of a kind. One that was replaced to plant a bug has a state of another type, which is
    /// written in the same way.
    /// </summary>
    public IEnumerable<(EntityId Id, T State)> States<T>(string kind, JsonTypeInfo<T> contract) where T : class =>
        from entity in _entities.Values
        where entity.Id.Kind == kind
        select (entity.Id, entity.CurrentState as T ?? JsonSerializer.Deserialize(entity.WriteState(), contract)!);
}
