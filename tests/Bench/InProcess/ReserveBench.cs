using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Fulfillment.Engine;
using Fulfillment.Inventory;

namespace Fulfillment.Bench.InProcess;

/// <summary>
/// Reservations a second on one SKU with 512 callers, each told once its reservation is durable; and as many with a
/// journal in memory, which is what the rules and the engine allow without a disk.
/// </summary>
public static class ReserveBench
{
    const int Callers = 512;

    static readonly Dictionary<string, int> Wanted = new() { ["SQLite"] = 60_000, ["PostgreSQL"] = 40_000 };

    /// <summary>In memory, and on each store. Every run has a SKU of its own.</summary>
    public static async IAsyncEnumerable<Figure> Measure(
        Settings settings, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var ceiling = await On("memory", () => new MemoryStore(), settings, cancel);
        yield return ceiling;
        foreach (var store in Place.Stores)
        {
            using var place = Place.On(store, "reserves", out var missing);
            if (place is null)
            {
                yield return missing!;
                continue;
            }

            var figure = await On(store, () => Composition.EmbeddedServer.Store(place.Data), settings, cancel);
            yield return figure with
            {
                Ceiling = ceiling.Value,
                Wanted = string.Create(CultureInfo.InvariantCulture, $">= {Wanted[store]:N0}"),
            };
        }
    }

    static async Task<Figure> On(string store, Func<IJournalStore> open, Settings settings, CancellationToken cancel)
    {
        List<(double PerSecond, double[] Milliseconds)> runs = [];
        var good = true;
        for (var run = 0; run <= settings.Runs; run++)
        {
            var sku = $"HOT-{run}";
            await using Host host = new(open());
            await host.Stock(sku, 1_000_000_000);
            var (count, elapsed, milliseconds) = await Run((_, _) => host.Seat.Sku(sku), settings.Seconds, cancel);
            if (run > 0) runs.Add((count / elapsed, milliseconds));
            good &= (await host.Seat.Sku(sku).Stock(cancel)).Held == count;
        }

        return new("reserves", store, "durable reserves/s, one SKU", runs.Select(r => r.PerSecond).Median())
        {
            P50 = runs.Select(r => r.Milliseconds.Percentile(0.5)).Median(),
            P99 = runs.Select(r => r.Milliseconds.Percentile(0.99)).Median(),
            Note = good
                ? $"{Callers} callers; every acknowledged unit is held"
                : "held units are not those acknowledged",
            Good = good,
        };
    }

    /// <summary>
    /// Reserves with all callers for so long; <paramref name="sku"/> tells of which SKU, by caller and turn.
    /// </summary>
    public static Task<(long Count, double Seconds, double[] Milliseconds)> Run(
        Func<int, int, ISku> sku, int seconds, CancellationToken cancel) =>
        Run(async (caller, turn) =>
        {
            var reply = await sku(caller, turn).Reserve($"{caller}-{turn}", 1, cancel: CancellationToken.None);
            Ensure.That(reply.Status == ClaimStatus.Done);
        }, seconds, cancel);

    /// <summary>Asks with all callers for so long, one after the other each.</summary>
    public static async Task<(long Count, double Seconds, double[] Milliseconds)> Run(
        Func<int, int, Task> ask, int seconds, CancellationToken cancel)
    {
        ConcurrentBag<List<double>> milliseconds = [];
        var started = Stopwatch.GetTimestamp();
        var end = TimeSpan.FromSeconds(seconds);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            List<double> mine = [];
            while (Stopwatch.GetElapsedTime(started) < end)
            {
                var asked = Stopwatch.GetTimestamp();
                await ask(caller, mine.Count);
                mine.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            milliseconds.Add(mine);
        }, cancel)));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double[] sorted = [.. milliseconds.SelectMany(m => m).Order()];
        return (sorted.Length, elapsed, sorted);
    }
}
