using Fulfillment.Composition;
using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

/// <summary>The tree over a journal is the same wherever the journal is kept.</summary>
public sealed class LedgerTests
{
    [Fact]
    public void A_leaf_is_the_documented_one()
    {
        StoredEvent stored = new(
            7, new("kind", "key"), 2, "type", DateTimeOffset.UnixEpoch, new("a", "c"),
            [.. Enumerable.Repeat((byte)9, 32)], [1, 2, 3], null);
        // Frozen: heads were signed over it. The parts are those that Ledger.LeafOf documents.
        Assert.Equal(
            "cd289e5fb82181261fcf524ce1b33234ee0445eda46ce49d7abaaf02f84f667a",
            Convert.ToHexStringLower(Ledger.LeafOf(stored)));
        HashSet<string> hashes =
        [
            .. new[]
            {
                stored, stored with { Position = 8 }, stored with { Entity = new("kindk", "ey") },
                stored with { Version = 3 }, stored with { Hash = new byte[32] }, stored with { Sends = [1] },
            }.Select(s => Convert.ToHexStringLower(Ledger.LeafOf(s))),
        ];
        Assert.Equal(6, hashes.Count);
    }

    [SkippableFact]
    public void Every_store_gives_the_same_root_and_index()
    {
        List<string> roots = [];
        foreach (var place in (Place[])[new MemoryPlace(), new SqlitePlace(), new PostgresPlace()])
        {
            using var _ = place;
            if (place.Missing is not null) continue;
            using var store = place.Connect();
            store.Open();
            using Pen pen = new();
            for (var i = 0; i < 30; i++)
            {
                pen.Begin(
                    store, $"c{i}", [.. Enumerable.Range(0, 100).Select(n => new CounterCommand.Add($"{n}", 1))]);
            }

            Ledger ledger = new(store);
            Assert.False(ledger.Advance(3_000, most: 1_500));
            Assert.Equal((1_500, 1_500), (ledger.Now.Size, ledger.Now.Position));
            Assert.True(ledger.Advance(2_999));
            Assert.Equal(2_999, ledger.Now.Position);
            Assert.Null(ledger.IndexOf(3_000));
            Assert.True(ledger.Advance(long.MaxValue));
            foreach (var position in (long[])[1, 1_023, 1_024, 1_025, 2_048, 2_049, 3_000])
                Assert.Equal(position - 1, ledger.IndexOf(position));
            Assert.Null(ledger.IndexOf(0));
            roots.Add(Convert.ToHexStringLower(ledger.Now.Root));
        }

        Assert.Single(roots.Distinct());
    }

    [Fact]
    public void A_gap_between_positions_moves_no_leaf()
    {
        using SqliteJournal journal = new();
        using Pen pen = new();
        journal.Write(store =>
        {
            for (var i = 0; i < 5; i++) pen.Begin(store, $"c{i}");
        });
        journal.Execute("update events set position = position + 2000 where position > 2");
        journal.Read(store =>
        {
            Ledger ledger = new(store);
            ledger.Advance(long.MaxValue);
            Assert.Equal((5, 2005), (ledger.Now.Size, ledger.Now.Position));
            Assert.Equal([0, 1, null, 2, 4], new long[] { 1, 2, 3, 2003, 2005 }.Select(ledger.IndexOf));
            return true;
        });
    }
}
