using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Fulfillment.Access;
using Fulfillment.Bench.Http;
using Fulfillment.Bench.InProcess;
using Fulfillment.Inventory;
using Fulfillment.Silo;
using Fulfillment.Tests.Support;
using Fulfillment.Warehousing;
using Microsoft.AspNetCore.Builder;

namespace Fulfillment.Bench.Cluster;

/// <summary>
/// Calls of grains a second with 512 callers, in the silo's own process and from another one: questions, and durable
/// reservations of one hot SKU and over 1,000 of them.
/// </summary>
public static class SiloCallsBench
{
    const int Many = 1_000, Units = 1_000_000_000;

    // From a hand-written reentrant grain with a group commit of its own on such a machine: 88,000 on a hot one in the
    // same process, 73,000 from another; 4,000 over a thousand. Of the first 0.7, of the last ten times as many.
    static readonly Dictionary<string, int> Wanted = new()
    {
        ["reserves/s, one SKU, in process"] = 61_600,
        ["reserves/s, 1,000 SKUs, in process"] = 40_000,
        ["reserves/s, one SKU, other process"] = 51_100,
    };

    /// <summary>In process, then from another one.</summary>
    public static async IAsyncEnumerable<Figure> Measure(
        Settings settings, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (PostgresServer.Instance.Missing is { } missing)
        {
            yield return new("silo-calls", "PostgreSQL", "not measured", 0) { Note = missing };
            yield break;
        }

        ClusterPlace place = new(PostgresServer.Instance.NewDatabase());
        await Schema.Apply(place);
        SiloOptions options = new(
            place, IPAddress.Loopback, Child.FreePort(), Child.FreePort(), "http://127.0.0.1:0", Dashboard: false);
        await using (var silo = SiloServer.Build(options))
        {
            await silo.StartAsync(cancel);
            await foreach (var figure in On(SiloServer.CallerIn(silo), "in process", settings, cancel))
                yield return figure;
            await silo.StopAsync(cancel);
        }

        place = new(PostgresServer.Instance.NewDatabase());
        await Schema.Apply(place);
        using var child = await SiloProcess.Start(place, cancel);
        await using var connection = await ClusterConnection.Connect(place);
        await foreach (var figure in On(connection.Cluster, "other process", settings, cancel)) yield return figure;
    }

    static async IAsyncEnumerable<Figure> On(
        ICluster cluster, string where, Settings settings, [EnumeratorCancellation] CancellationToken cancel)
    {
        Seat seat = new(cluster, "default", new("bench", "bench"));
        await seat.Node("N1").Define(
            new("Warehouse", NodeType.Warehouse, 1, "AT", null, null, null, null), cancel: cancel);
        await Stock(seat, "ASK", cancel);
        yield return await Median(
            $"questions/s, one SKU, {where}", settings,
            _ => (_, _) => seat.Sku("ASK").Stock(CancellationToken.None).AsTask(), _ => Task.FromResult(true), cancel);

        for (var run = 0; run <= settings.Runs; run++) await Stock(seat, $"HOT-{run}", cancel);
        yield return await Median(
            $"reserves/s, one SKU, {where}", settings, run => Reserves((_, _) => seat.Sku($"HOT-{run}")),
            async count => (await seat.Sku($"HOT-{settings.Runs}").Stock(cancel)).Held == count, cancel);

        await Parallel.ForAsync(0, Many, cancel, async (i, stop) => await Stock(seat, $"S-{i}", stop));
        yield return await Median(
            $"reserves/s, 1,000 SKUs, {where}", settings,
            run => Reserves((caller, turn) => seat.Sku($"S-{((caller * 31) + turn) % Many}"), $"{run}-"),
            _ => Task.FromResult(true), cancel);
    }

    static Func<int, int, Task> Reserves(Func<int, int, ISku> sku, string prefix = "") => async (caller, turn) =>
    {
        var reply = await sku(caller, turn).Reserve($"{prefix}{caller}-{turn}", 1, cancel: CancellationToken.None);
        Ensure.That(reply.Status == ClaimStatus.Done);
    };

    static async Task<Figure> Median(
        string what, Settings settings, Func<int, Func<int, int, Task>> ask, Func<long, Task<bool>> check,
        CancellationToken cancel)
    {
        List<(double PerSecond, double[] Milliseconds)> runs = [];
        long last = 0;
        for (var run = 0; run <= settings.Runs; run++)
        {
            var (count, seconds, milliseconds) = await ReserveBench.Run(ask(run), settings.Seconds, cancel);
            if (run > 0) runs.Add((count / seconds, milliseconds));
            last = count;
        }

        var good = await check(last);
        return new("silo-calls", "PostgreSQL", what, runs.Select(r => r.PerSecond).Median())
        {
            P50 = runs.Select(r => r.Milliseconds.Percentile(0.5)).Median(),
            P99 = runs.Select(r => r.Milliseconds.Percentile(0.99)).Median(),
            Wanted = Wanted.TryGetValue(what, out var least)
                ? string.Create(CultureInfo.InvariantCulture, $">= {least:N0}") : null,
            Note = good ? "512 callers" : "held units are not those acknowledged",
            Good = good,
        };
    }

    static async Task Stock(Seat seat, string sku, CancellationToken cancel)
    {
        await seat.Sku(sku).Define(new(sku, null, false, null, [], []), cancel: cancel);
        await seat.Sku(sku).Receive("r1", "N1", Units, "opening", cancel: cancel);
    }
}
