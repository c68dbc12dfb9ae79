using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Inventory;
using Fulfillment.Views;

namespace Fulfillment.Simulation;

/// <summary>
/// What is told of the past is what was so: after any of its events a SKU's levels, which answers about the past are
/// made of, are its state's; and an entity as of a moment is the one after its last event by then.
/// </summary>
public sealed class AsOf : IChecker
{
    const int Apart = 7;

    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        foreach (var (id, _) in history.Skus)
        {
            var entity = world.Kinds.Of(id).Open(id, world.Kinds);
            StockLevels levels = new();
            StoredEvent? before = null;
            foreach (var stored in world.Store.ReadEntity(id, 0, int.MaxValue))
            {
                if (before is not null && before.Version % Apart == id.Name[0] % Apart)
                    Compare(world, entity, levels, stored.At == before.At ? null : before.At);
                entity.Apply(stored);
                levels.After((SkuEvent)world.Kinds.Read(stored).Event);
                before = stored;
            }

            if (before is not null) Compare(world, entity, levels, before.At);
        }
    }

    /// <summary>The levels and the state at an event; and, at the last of a moment, the entity as of then.</summary>
    static void Compare(World world, Activation entity, StockLevels levels, DateTimeOffset? at)
    {
        // One with a planted bug has a state of another type; it is found elsewhere.
        if (entity.CurrentState is not Sku sku) return;
        var wrong = sku.Nodes.FirstOrDefault(n => !Same(n, levels.Nodes.GetValueOrDefault(n.Node) ?? new()));
        if (wrong is not null || sku.Claims.Held != levels.Held || sku.Claims.Backordered != levels.Backordered
            || sku.Available != levels.Available() || sku.Version != levels.Version)
            throw world.Broken($"{entity.Id} at version {sku.Version} has other levels ({levels.Write()}): {wrong}");
        if (at is null) return;
        var past = new PastCluster(world.Store, world.Kinds, at.Value)
            .Ask(entity.Id, new SkuCommand.GetStock(), new("checker", "check")).AsTask().GetAwaiter().GetResult();
        if (past.Version != sku.Version || past.Available != sku.Available)
            throw world.Broken($"{entity.Id} as of {at:O} is at version {past.Version}, it was at {sku.Version}");
    }

    static bool Same(NodeStock node, NodeLevels levels) =>
        (node.Sellable, node.Committed, node.OnHand) == (levels.Sellable, levels.Committed, levels.OnHand())
        && node.Unavailable.All(u => levels.In(Words.Kebab($"{u.Key}")) == u.Value);
}
