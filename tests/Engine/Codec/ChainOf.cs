using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

/// <summary>Follows the hash chains of a journal from the beginning.</summary>
static class ChainOf
{
    /// <summary>
    /// The position of the first event that is not what was written, or does not follow the one before; null when all
    /// are.
    /// </summary>
    public static long? FirstBroken(IJournalStore store)
    {
        using Encoder encoder = new();
        Dictionary<EntityId, (long Version, byte[] Hash)> heads = [];
        long position = 0;
        foreach (var e in store.Read(0, int.MaxValue))
        {
            if (e.Position != ++position) return position;
            var (version, previous) = heads.GetValueOrDefault(e.Entity, (0, []));
            if (e.Version != version + 1) return position;
            var hash = encoder.Hash(previous, e.Entity, e.Version, e.Type, e.At, e.Origin, e.Payload);
            if (!hash.AsSpan().SequenceEqual(e.Hash)) return position;
            heads[e.Entity] = (e.Version, hash);
        }

        return null;
    }
}
