using System.Diagnostics;
using System.Runtime.CompilerServices;
using Fulfillment.Access;
using Fulfillment.Engine;
using Fulfillment.Inventory;
using Fulfillment.Silo;
using Fulfillment.Tests.Support;
using Fulfillment.Warehousing;

namespace Fulfillment.Bench.Cluster;

/// <summary>
/// Events that one subscriber of one SKU's stream gets, from a silo in another process: those of the past as fast as
/// they come, beside reading the same from the journal directly; and those that happen now, with how late they are.
/// </summary>
public static class SiloStreamsBench
{
    const int Past = 100_000, Page = 1_000, PerTick = 50, Callers = 512;
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    /// <summary>The past, then now.</summary>
    public static async IAsyncEnumerable<Figure> Measure(
        Settings settings, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (PostgresServer.Instance.Missing is { } missing)
        {
            yield return new("silo-streams", "PostgreSQL", "not measured", 0) { Note = missing };
            yield break;
        }

        ClusterPlace place = new(PostgresServer.Instance.NewDatabase());
        await Schema.Apply(place);
        using var child = await SiloProcess.Start(place, cancel);
        await using var connection = await ClusterConnection.Connect(place);
        Seat seat = new(connection.Cluster, "default", new("bench", "bench"));
        await seat.Node("N1").Define(
            new("Warehouse", NodeType.Warehouse, 1, "AT", null, null, null, null), cancel: cancel);
        yield return await OfThePast(connection, seat, place, settings, cancel);
        yield return await AsTheyHappen(connection, seat, settings, cancel);
    }

    static async Task<Figure> OfThePast(
        ClusterConnection connection, Seat seat, ClusterPlace place, Settings settings, CancellationToken cancel)
    {
        var sku = await Stock(seat, "PAST", cancel);
        await Parallel.ForAsync(
            0, Past - 2, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancel },
            async (i, stop) => await seat.Sku("PAST").Reserve($"r-{i}", 1, cancel: stop));
        List<double> streamed = [], read = [];
        for (var run = 0; run <= settings.Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            var version = 0L;
            await foreach (var happened in connection.Follow(sku, 0, cancel))
            {
                Ensure.That(happened.Version == ++version);
                if (version == Past) break;
            }

            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var direct = Read(place, sku);
            if (run == 0) continue;
            streamed.Add(Past / seconds);
            read.Add(direct);
        }

        return new("silo-streams", "PostgreSQL", "events/s of the past, one subscriber", streamed.Median())
        {
            Ceiling = read.Median(),
            Note = "all versions in order, none twice; ceiling: the same events read from the journal",
        };
    }

    /// <summary>Events a second of who reads the journal himself.</summary>
    static double Read(ClusterPlace place, EntityId sku)
    {
        using PostgresStore store = new(place.Postgres);
        var started = Stopwatch.GetTimestamp();
        long version = 0;
        while (store.ReadEntity(sku, version, Page) is [.., var last]) version = last.Version;
        Ensure.That(version == Past);
        return version / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    static async Task<Figure> AsTheyHappen(
        ClusterConnection connection, Seat seat, Settings settings, CancellationToken cancel)
    {
        var sku = await Stock(seat, "NOW", cancel);
        // One run more, to warm up.
        var expected = 2 + ((settings.Runs + 1) * RunLength(settings));
        var delays = new double[expected];
        var following = Task.Run(
            async () =>
            {
                await foreach (var happened in connection.Follow(sku, 0, cancel))
                {
                    delays[happened.Version - 1] = (DateTimeOffset.UtcNow - happened.At).TotalMilliseconds;
                    if (happened.Version == expected) break;
                }
            },
            cancel);
        List<double> rates = [];
        for (var run = 0; run <= settings.Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            await Write(seat, run, RunLength(settings), cancel);
            if (run > 0) rates.Add(RunLength(settings) / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        await following;
        var late = delays.Skip(2 + RunLength(settings)).Order().ToArray();
        return new("silo-streams", "PostgreSQL", "events/s as they happen, one subscriber", rates.Median())
        {
            P50 = late.Percentile(0.5),
            P99 = late.Percentile(0.99),
            Note = "offered at that rate; milliseconds from the turn that decided on the event to the subscriber",
        };
    }

    static int RunLength(Settings settings) => (int)(settings.Seconds * PerTick / Tick.TotalSeconds);

    /// <summary>So many events, some at each tick, whether or not the ones before are durable.</summary>
    static async Task Write(Seat seat, int run, int count, CancellationToken cancel)
    {
        List<Task> asked = [];
        using PeriodicTimer timer = new(Tick);
        for (var i = 0; i < count; i++)
        {
            if (i % PerTick == 0) await timer.WaitForNextTickAsync(cancel);
            asked.Add(seat.Sku("NOW").Reserve($"{run}-{i}", 1, cancel: cancel).AsTask());
        }

        await Task.WhenAll(asked);
    }

    static async Task<EntityId> Stock(Seat seat, string sku, CancellationToken cancel)
    {
        await seat.Sku(sku).Define(new(sku, null, false, null, [], []), cancel: cancel);
        await seat.Sku(sku).Receive("r1", "N1", 1_000_000_000, "opening", cancel: cancel);
        return EntityId.Of(InventoryCalls.Kind, seat.Seller, sku);
    }
}
