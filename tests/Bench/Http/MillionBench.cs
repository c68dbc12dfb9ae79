using System.Globalization;
using System.Runtime.CompilerServices;

namespace Fulfillment.Bench.Http;

/// <summary>How much memory the server takes while a million orders are placed over 10,000 SKUs.</summary>
public sealed class MillionBench(Settings settings)
{
    /// <summary>
    /// What the process may take besides the entities: runtime and compiled code, web server and connections, SQLite's
    /// caches, events on their way to the lists, sends under way, and what the garbage collector has not given back
    /// yet.
    /// </summary>
    const int BaseMegabytes = 768;

    const int SliceSeconds = 10;

    readonly ILoad _load = Load.Choose(settings);

    /// <summary>On each store.</summary>
    public async IAsyncEnumerable<Figure> Measure([EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var store in Place.Stores)
        {
            using var place = Place.On(store, "million", out var missing);
            if (place is null) yield return missing!;
            else yield return await On(place, cancel);
        }
    }

    async Task<Figure> On(Place place, CancellationToken cancel)
    {
        using var server = await Child.Product(place, settings, cancel);
        using HttpClient http = new() { BaseAddress = server.Address };
        await Articles.Many.Receive(http, cancel);
        var (first, most, created) = (server.WorkingSet, 0L, 0L);
        string? trouble = null;
        for (var run = 'a'; created < settings.Orders && trouble is null; run++)
        {
            var slice = _load.Run(server.Address, Articles.Many.Count, run, SliceSeconds, cancel);
            while (!slice.IsCompleted)
            {
                most = Math.Max(most, server.WorkingSet);
                await Task.WhenAny(slice, Task.Delay(200, cancel));
            }

            var result = await slice;
            (created, trouble) = (created + result.Created, result.Trouble);
        }

        var limit = settings.MemoryMegabytes + BaseMegabytes;
        return new("million", place.Store, "MB of working set at most", most / (double)(1 << 20))
        {
            Ceiling = limit,
            Wanted = string.Create(
                CultureInfo.InvariantCulture, $"<= {settings.MemoryMegabytes} budget + {BaseMegabytes}"),
            Note = trouble ?? string.Create(
                CultureInfo.InvariantCulture,
                $"{created:N0} orders placed; {first / (double)(1 << 20):N0} MB before the first"),
            Good = trouble is null && most >> 20 <= limit,
        };
    }
}
