using Fulfillment.Engine;

namespace Fulfillment.Simulation;

/// <summary>The hash chain of every entity is whole, positions follow each other, and a second replay gives the same states.</summary>
public sealed class Chain : IChecker
{
    /// <inheritdoc/>
    public void Check(World world, History history)
    {
        using Encoder encoder = new();
        Dictionary<EntityId, (long Version, byte[] Hash)> heads = [];
        long position = 0;
        foreach (var fact in history.Facts)
        {
            if (fact.Position != ++position) throw world.Broken($"position {fact.Position} follows {position - 1}");
            var (version, previous) = heads.GetValueOrDefault(fact.Entity, (0, []));
            if (fact.Version != version + 1) throw world.Broken($"{fact.Entity}: version {fact.Version} follows {version}");
            var hash = encoder.Hash(previous, fact.Entity, fact.Version, fact.Type, fact.At, fact.Origin, fact.Payload.Span);
            if (!fact.Hash.Span.SequenceEqual(hash)) throw world.Broken($"{fact.Entity}@{fact.Version}: the hash is wrong");
            heads[fact.Entity] = (fact.Version, hash);
        }

        if (new History(world).Hash() != history.Hash()) throw world.Broken("two replays give two states");
        foreach (var (id, replayed) in history.Entities)
        {
            var restored = world.Kinds.Of(id).Open(id, world.Kinds);
            restored.Restore(World.Now(world.Store.Load(id)).Recovered);
            if (!restored.WriteState().AsSpan().SequenceEqual(replayed.WriteState()))
                throw world.Broken($"{id}: the snapshot is not what the events say");
        }
    }
}
