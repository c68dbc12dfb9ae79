using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Inventory;

namespace Fulfillment.Bench.History;

/// <summary>
/// Writes movements into a journal as fast as it takes them: by turns, but without callers and mailboxes.
/// </summary>
static class FastJournal
{
    const int PerCommit = 5_000, LateEvery = 100;

    /// <summary>When the first movement is made; the others follow a second apart.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The kinds of entities.</summary>
    public static Kinds Kinds { get; } = Everything.Kinds((_, _, _) => throw new NotSupportedException());

    /// <summary>The SKU of that number.</summary>
    public static EntityId Sku(int number) => EntityId.Of(InventoryCalls.Kind, "default", $"S-{number}");

    /// <summary>
    /// So many receipts of each SKU, one in a hundred told up to a month late.
    /// </summary>
    public static void Write(IJournalStore store, int skus, int movements, CancellationToken cancel)
    {
        using Encoder encoder = new();
        Random random = new(1);
        Origin origin = new("bench", "bench");
        for (var s = 0; s < skus; s++)
        {
            var sku = Kinds.Of(Sku(s)).Open(Sku(s), Kinds);
            sku.Run(new SkuCommand.Define(new("Article", null, false, null, [], [])), origin, Start, encoder);
            for (var i = 0; i < movements; i++)
            {
                var now = Start.AddSeconds(i);
                DateTimeOffset? late = i % LateEvery == 0 ? now.AddSeconds(-random.Next(30 * 86_400)) : null;
                sku.Run(
                    new SkuCommand.Receive($"m-{i}", $"N{i % 5}", 1, "bench", StockState.Available, OccurredAt: late),
                    origin, now, encoder);
                if (i % PerCommit == PerCommit - 1 || i == movements - 1) Commit(store, sku);
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    static void Commit(IJournalStore store, Activation sku)
    {
        CommitGroup group = new();
        var batch = sku.Close()!;
        group.Batches.Add(batch);
        HashSet<int> refused = [];
        store.Commit(group, refused);
        Ensure.That(refused.Count == 0);
        batch.Settle(AppendOutcome.Committed);
    }
}
