using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Fulfillment.Bench.Http;

/// <summary>
/// Orders a second over HTTP, each answered <c>201</c> once its unit is reserved and durable, by a server in a process
/// of its own; and what the same web server reaches when it only parses and answers.
/// </summary>
public sealed class FlashSaleBench(Settings settings)
{
    static readonly TimeSpan MostToSettle = TimeSpan.FromSeconds(120);

    readonly ILoad _load = Load.Choose(settings);

    /// <summary>On each store.</summary>
    public async IAsyncEnumerable<Figure> Measure(
        Articles articles, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var bench = articles.Count == 1 ? "http-hot" : "http-spread";
        var ceiling = await AtCeiling(cancel);
        foreach (var store in Place.Stores)
        {
            using var place = Place.On(store, bench, out var missing);
            if (place is null) yield return missing!;
            else yield return await On(place, bench, articles, ceiling, cancel);
        }
    }

    async Task<Figure> On(Place place, string bench, Articles articles, double ceiling, CancellationToken cancel)
    {
        using var server = await Child.Product(place, settings, cancel);
        var wanted = articles.Count > 1 ? null : place.Data.Postgres is null ? 0.15 : (double?)0.12;
        return await At(server.Address, bench, "orders/s durable over HTTP", articles, cancel) with
        {
            Store = place.Store,
            Ceiling = ceiling,
            Wanted = wanted is { } least
                ? string.Create(CultureInfo.InvariantCulture, $"ratio >= {least}, p99 < 60 ms")
                : null,
        };
    }

    /// <summary>At a server that is there, on PostgreSQL unless the caller knows better.</summary>
    public async Task<Figure> At(
        Uri server, string bench, string what, Articles articles, CancellationToken cancel)
    {
        using HttpClient http = new() { BaseAddress = server, Timeout = TimeSpan.FromMinutes(2) };
        await articles.Receive(http, cancel);
        var results = await Runs(server, articles.Count, cancel);
        var (good, note) = await Account(http, articles, results, cancel);
        var counted = results.Skip(1).ToArray();
        return new(bench, "PostgreSQL", what, counted.Select(r => r.PerSecond).Median())
        {
            P50 = counted.Select(r => r.P50).Median(),
            P99 = counted.Select(r => r.P99).Median(),
            Note = $"{_load.Name}; {note}",
            Good = good,
        };
    }

    async Task<double> AtCeiling(CancellationToken cancel)
    {
        using var server = await Child.AtCeiling(cancel);
        var results = await Runs(server.Address, 1, cancel);
        if (results.FirstOrDefault(r => r.Trouble is not null) is { } bad)
            throw new InvalidOperationException(bad.Trouble);
        return results.Skip(1).Select(r => r.PerSecond).Median();
    }

    /// <summary>The warm-up and the runs that count.</summary>
    async Task<List<LoadResult>> Runs(Uri server, int articles, CancellationToken cancel)
    {
        List<LoadResult> results = [];
        for (var run = 0; run <= settings.Runs; run++)
        {
            results.Add(await _load.Run(server, articles, (char)('a' + run), settings.Seconds, cancel));
        }

        return results;
    }

    /// <summary>
    /// Every 201 is an order in the list that holds its unit, and no unit went without an order. What was under way
    /// when a run ended may have become an order too, and nobody heard of it.
    /// </summary>
    static async Task<(bool Good, string Note)> Account(
        HttpClient http, Articles articles, List<LoadResult> results, CancellationToken cancel)
    {
        if (results.Select(r => r.Trouble).FirstOrDefault(t => t is not null) is { } trouble) return (false, trouble);
        var created = results.Sum(r => r.Created);
        var most = created + results.Sum(r => r.Unheard);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var gone = await articles.Gone(http, cancel);
            var listed = await Listed(http, cancel);
            var good = created <= gone && gone <= most && listed == gone;
            if (good || Stopwatch.GetElapsedTime(started) > MostToSettle)
            {
                var unheard = most > created ? $", at most {most - created:N0} unheard" : "";
                return (good, $"{created:N0} times 201{unheard}; {listed:N0} orders listed, {gone:N0} units gone");
            }

            await Task.Delay(500, cancel);
        }
    }

    /// <summary>Orders that hold a unit or did; undecided and rejected ones do not count.</summary>
    static async Task<long> Listed(HttpClient http, CancellationToken cancel)
    {
        long count = 0;
        for (string? cursor = ""; cursor is not null;)
        {
            var after = cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = await http.GetFromJsonAsync<JsonNode>($"/v1/orders?limit=500{after}", cancel);
            count += page!["items"]!.AsArray()
                .LongCount(o => (string?)o!["status"] is not ("received" or "rejected" or "cancelled"));
            cursor = (string?)page["next"];
        }

        return count;
    }
}
