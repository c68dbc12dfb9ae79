using System.Diagnostics;
using System.Runtime.CompilerServices;
using Fulfillment.Composition;
using Fulfillment.Engine;

namespace Fulfillment.Bench.History;

/// <summary>
/// How many events a second <c>verify</c> replays, and how many the Merkle tree takes in; the ceiling is reading them
/// from the journal and doing nothing.
/// </summary>
public static class VerifyBench
{
    const int Skus = 20, Movements = 10_000, Page = 2_000;

    /// <summary>On each store.</summary>
    public static async IAsyncEnumerable<Figure> Measure(
        Settings settings, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await Task.Yield();
        foreach (var name in Place.Stores)
        {
            using var place = Place.On(name, "verify", out var missing);
            if (place is null)
            {
                yield return missing!;
                continue;
            }

            Directory.CreateDirectory(place.Data.Folder);
            using var store = EmbeddedServer.Store(place.Data);
            store.Open();
            FastJournal.Write(store, Skus, Movements, cancel);
            var upTo = store.SettledHead();
            List<double> read = [], verified = [], ledger = [];
            for (var run = 0; run <= settings.Runs; run++)
            {
                var times = (Read(store), Rate(upTo, () => Ensure.That(
                    new Verifier(store, FastJournal.Kinds).Run(upTo, cancel).Flaws.Count == 0)),
                    Rate(upTo, () => Ensure.That(new Ledger(store).Advance(upTo, cancel: cancel))));
                if (run == 0) continue;
                read.Add(times.Item1);
                verified.Add(times.Item2);
                ledger.Add(times.Item3);
            }

            yield return new("verify", name, "events/s replayed", verified.Median()) { Ceiling = read.Median() };
            yield return new("verify", name, "events/s into the tree", ledger.Median()) { Ceiling = read.Median() };
        }
    }

    static double Read(IJournalStore store)
    {
        long count = 0;
        var started = Stopwatch.GetTimestamp();
        for (var (row, version) = (0L, 0L); store.ReadByEntity(row, version, Page) is { Count: > 0 } page;)
        {
            count += page.Count;
            (row, version) = (page[^1].Row, page[^1].Event.Version);
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    static double Rate(long events, Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return events / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
