using System.Globalization;
using System.Runtime.CompilerServices;

namespace Fulfillment.Bench.InProcess;

/// <summary>How many entities fit into a gigabyte: what the managed heap grows by when they are in memory.</summary>
public static class EntitiesBench
{
    const int Count = 50_000, WarmUp = 2_000, MostCollections = 20;

    /// <summary>SKUs with one node, then orders of one line over them, each with its claim at the SKU.</summary>
    public static async IAsyncEnumerable<Figure> Measure(
        Settings settings, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var place = Place.On("SQLite", "entities", out _)!;
        await using var host = Host.At(place, new() { ActivationBytes = 64L << 30 });
        // Not counted: code is compiled, buffers grow, and what benches before this one held is let go of.
        await Host.Each(WarmUp, i => new(host.Stock($"WARM-{i}", 1_000)), cancel);
        await Host.Each(WarmUp, i => host.Place($"W-{i}", $"WARM-{i}"), cancel);
        await host.Settle(cancel);
        var before = Live();
        await Host.Each(Count, i => new(host.Stock($"SKU-{i}", 1_000)), cancel);
        await host.Settle(cancel);
        var withSkus = Live();
        yield return Grown("SKUs in memory per GB", host, withSkus - before, Count);
        await Host.Each(Count, i => host.Place($"O-{i}", $"SKU-{i}"), cancel);
        await host.Settle(cancel);
        yield return Grown("orders in memory per GB", host, Live() - withSkus, 2 * Count);
    }

    static Figure Grown(string what, Host host, long bytes, int alive)
    {
        var each = bytes / (double)Count;
        var (count, estimate) = host.Cluster.Active;
        return new("entities", "SQLite", what, (1L << 30) / each)
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"{each:N0} bytes each; {count:N0} alive, which the engine thinks take {estimate / (double)count:N0}"),
            Good = count >= alive,
        };
    }

    /// <summary>Bytes of objects that full collections leave, once another one finds hardly less.</summary>
    static long Live()
    {
        var live = long.MaxValue;
        for (var i = 0; i < MostCollections; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            var info = GC.GetGCMemoryInfo(GCKind.FullBlocking);
            var now = info.HeapSizeBytes - info.FragmentedBytes;
            if (now > live - (live / 1_000)) return now;
            live = now;
        }

        return live;
    }
}
