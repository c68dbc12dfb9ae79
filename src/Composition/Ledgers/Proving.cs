using System.Security.Cryptography;
using Fulfillment.Engine;
using Fulfillment.Inventory;

namespace Fulfillment.Composition;

/// <summary>Makes proofs of single events, which say nothing of any other.</summary>
public static class Proving
{
    const int PageSize = 2_000;

    /// <summary>
    /// The proof that an event stands in the journal as the ledger has it now; null when the ledger has not taken the
    /// event in.
    /// </summary>
    public static LedgerProof? Prove(
        IJournalStore store, Ledger ledger, LedgerKey key, StoredEvent stored, DateTimeOffset now)
    {
        if (ledger.IndexOf(stored.Position) is not { } index) return null;
        var state = ledger.Now;
        var before = stored.Version == 1 ? []
            : store.ReadEntity(stored.Entity, stored.Version - 2, 1).Single().Hash;
        ProvenEvent proven = new(
            stored.Position, stored.Entity.Kind, stored.Entity.Key, stored.Version, stored.Type,
            stored.At.ToUnixTimeMilliseconds(), stored.Origin.Actor, stored.Origin.Cause,
            Convert.ToBase64String(stored.Payload), Convert.ToHexStringLower(before),
            Convert.ToHexStringLower(SHA256.HashData(stored.Sends ?? [])));
        return new(
            LedgerProof.Format1, proven, index,
            [.. ledger.Inclusion(index, state.Size).Select(Convert.ToHexStringLower)], key.Sign(state, now));
    }

    /// <summary>
    /// The event that a movement of a SKU is: a receipt, correction or change of state by its id, a shipment by
    /// <c>order/step/node</c> or <c>order/step</c>. Null when there is none. Reads the SKU's events in pages.
    /// </summary>
    public static StoredEvent? Movement(IJournalStore store, Kinds kinds, EntityId sku, string id)
    {
        for (long version = 0; store.ReadEntity(sku, version, PageSize) is { Count: > 0 } page;)
        {
            foreach (var stored in page)
                if (stored.Type.StartsWith("stock-", StringComparison.Ordinal) && IsOf(kinds.Read(stored).Event, id))
                    return stored;
            version = page[^1].Version;
        }

        return null;
    }

    static bool IsOf(object happened, string id) => happened switch
    {
        SkuEvent.StockReceived e => e.Id == id,
        SkuEvent.StockAdjusted e => e.Id == id,
        SkuEvent.StockMoved e => e.Id == id,
        SkuEvent.StockShipped e => id.StartsWith($"{e.Order}/{e.Step}", StringComparison.Ordinal)
            && (id == $"{e.Order}/{e.Step}" || e.Picks.Any(p => id == $"{e.Order}/{e.Step}/{p.Node}")),
        _ => false,
    };
}
