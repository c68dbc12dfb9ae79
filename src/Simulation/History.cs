using System.Security.Cryptography;
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
    }

    /// <summary>All events in order.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>All entities.</summary>
    public IReadOnlyDictionary<EntityId, Activation> Entities => _entities;

    /// <summary>All SKUs.</summary>
    public IEnumerable<(EntityId Id, Sku State)> Skus =>
        _entities.Values.OfType<Activation<Sku, SkuCommand, SkuEvent>>().Select(a => (a.Id, a.State));

    /// <summary>All orders.</summary>
    public IEnumerable<(EntityId Id, Order State)> Orders =>
        _entities.Values.OfType<Activation<Order, OrderCommand, OrderEvent>>().Select(a => (a.Id, a.State));

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
}
