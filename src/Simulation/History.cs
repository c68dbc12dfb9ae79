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

    /// <summary>Reads the world's journal from the beginning.</summary>
    public History(World world)
    {
        Facts = [.. world.Store.Read(0, int.MaxValue).Select(world.Kinds.Read)];
        foreach (var id in Facts.Select(f => f.Entity).Distinct()) _entities[id] = world.Replay(id);
        Skus = [.. States(InventoryCalls.Kind, InventoryJson.Default.Sku)];
        Orders = [.. States(OrderingCalls.Kind, OrderingJson.Default.Order)];
    }

    /// <summary>All events in order.</summary>
    public IReadOnlyList<Fact> Facts { get; }

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
    /// The states as they are written. A kind that was replaced to plant a bug has a state of another type, which is
    /// written in the same way.
    /// </summary>
    IEnumerable<(EntityId Id, T State)> States<T>(string kind, JsonTypeInfo<T> contract) =>
        from entity in _entities.Values
        where entity.Id.Kind == kind
        select (entity.Id, JsonSerializer.Deserialize(entity.WriteState(), contract)!);
}
