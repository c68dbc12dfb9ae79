using System.Security.Cryptography;
using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

/// <summary>Large snapshots of one counter, one after the other.</summary>
static class LargeSnapshots
{
    /// <summary>The parts of each.</summary>
    public const int Parts = 12;

    /// <summary>
    /// Writes them. With several stores, each of them writes all parts of all, in turns, as processes do that believe
    /// they have the entity. Unless they <paramref name="end"/>, the last part is left out.
    /// </summary>
    public static Activation Write(Pen pen, IReadOnlyList<IJournalStore> stores, int count, bool end = true)
    {
        var written = pen.Begin(stores[0], "a");
        for (var i = 2; i < count + 2; i++)
        {
            Assert.Empty(Pen.Commit(stores[0], pen.Write(written, new CounterCommand.Add($"{i}", 1))));
            var snapshot = written.TakeSnapshot()();
            var parts = Cut(snapshot, (snapshot.State.Length + Parts - 1) / Parts);
            foreach (var part in end ? parts : parts[..^1])
            {
                CommitGroup group = new();
                group.SnapshotParts.Add((written, part));
                foreach (var store in stores) Pen.Commit(store, group);
            }
        }

        return written;
    }

    /// <summary>Its parts of so many bytes.</summary>
    public static List<SnapshotPart> Cut(StoredSnapshot snapshot, int size)
    {
        var digest = SHA256.HashData(snapshot.State);
        var length = snapshot.State.Length;
        return
        [
            .. Enumerable.Range(0, (length + size - 1) / size)
                .Select(i => new SnapshotPart(snapshot, digest, i * size, Math.Min(size, length - (i * size)))),
        ];
    }
}
