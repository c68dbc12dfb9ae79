using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Fulfillment.Inventory;
using Fulfillment.Ordering;

namespace Fulfillment.Bench.InProcess;

/// <summary>
/// How long the first question to an entity takes that is not in memory: it is read from the journal, which the
/// system's file cache may hold.
/// </summary>
public static class ColdBench
{
    // The first orders of a run wait for the compiler, and for connections.
    const int Orders = 2_000, FirstOrders = 500, Skus = 100, Movements = 100_000;

    /// <summary>An order, and a SKU with 100,000 movements, on each store.</summary>
    public static async IAsyncEnumerable<Figure> Measure(
        Settings settings, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var store in Place.Stores)
        {
            using var place = Place.On(store, "cold", out var missing);
            if (place is null)
            {
                yield return missing!;
                continue;
            }

            await Fill(place, cancel);
            List<double> orders = [], skus = [];
            for (var run = 0; run <= settings.Runs; run++)
            {
                var (someOrders, sku) = await Ask(place, cancel);
                if (run == 0) continue;
                orders.AddRange(someOrders.Skip(FirstOrders));
                skus.Add(sku);
            }

            yield return Figure(store, "us to a cold order", orders, "one line, accepted and allocated");
            yield return Figure(store, "us to a cold SKU", skus, $"{Movements / 1_000},000 movements");
        }
    }

    /// <summary>A host that has nothing in memory is asked for every order, and for the SKU.</summary>
    static async Task<(List<double> Orders, double Sku)> Ask(Place place, CancellationToken cancel)
    {
        await using var host = Host.At(place);
        List<double> orders = [];
        for (var i = 0; i < Orders; i++)
        {
            var order = host.Seat.Order($"O-{i}");
            orders.Add(await Time(async () => Ensure.That(await order.Get(cancel) is { Fulfilments.Length: 1 })));
        }

        var sku = host.Seat.Sku("BUSY");
        return (orders, await Time(async () => Ensure.That((await sku.Stock(cancel)).OnHand == Movements)));
    }

    static Figure Figure(string store, string what, List<double> milliseconds, string note)
    {
        double[] sorted = [.. milliseconds.Order()];
        return new("cold", store, what, sorted.Percentile(0.5) * 1_000)
        {
            P50 = sorted.Percentile(0.5),
            P99 = sorted.Percentile(0.99),
            Note = note,
        };
    }

    static async Task Fill(Place place, CancellationToken cancel)
    {
        await using var host = Host.At(place);
        await Host.Each(Skus, i => new(host.Stock($"SKU-{i}", 1_000_000)), cancel);
        await Host.Each(Orders, i => host.Place($"O-{i}", $"SKU-{i % Skus}"), cancel);
        await host.Stock("BUSY", 1);
        await Host.Each(
            Movements - 1, async i => await host.Seat.Sku("BUSY").Receive($"m-{i}", "N1", 1, "bench"), cancel);
        await host.Settle(cancel);
    }

    static async Task<double> Time(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
