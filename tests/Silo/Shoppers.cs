using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Fulfillment.Tests.Silo;

/// <summary>
/// Many buyers at the API, who repeat what was not answered, and a ledger of what they were told.
/// </summary>
sealed class Shoppers(HttpClient http, int skus, int units)
{
    readonly ConcurrentDictionary<string, HttpStatusCode> _told = new();
    readonly ConcurrentQueue<long> _successes = new();
    readonly ConcurrentDictionary<int, int> _statuses = new();
    int _orders;

    /// <summary>Orders that were acknowledged: taken in, or refused for want of stock.</summary>
    public IReadOnlyDictionary<string, HttpStatusCode> Told => _told;

    /// <summary>How often each status was answered; 0 stands for no answer.</summary>
    public IReadOnlyDictionary<int, int> Statuses => _statuses;

    /// <summary>Defines the node and the SKUs, and puts units on stock.</summary>
    public async Task Stock()
    {
        await Insist(() => Put("/v1/nodes/N", new { name = "North", priority = 1, country = "DE" }));
        for (var i = 0; i < skus; i++)
        {
            var sku = $"S{i}";
            await Insist(() => Put($"/v1/skus/{sku}", new { title = sku }));
            await Insist(() => Post(
                $"/v1/skus/{sku}/receipts", new { id = "r", node = "N", quantity = units }));
        }
    }

    /// <summary>Buys until told to stop.</summary>
    public Task Buy(int buyers, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, buyers).Select(async b =>
    {
        Random random = new(b);
        while (!stop.IsCancellationRequested)
        {
            var id = $"o-{Interlocked.Increment(ref _orders)}";
            var wanted = Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"S{random.Next(skus)}").Distinct();
            var lines = wanted.Select(sku => new { sku, quantity = random.Next(1, 3) }).ToArray();
            while (!stop.IsCancellationRequested && !await TryPlace(id, lines)) await Task.Delay(random.Next(20, 200));
        }
    }));

    /// <summary>The longest time without an answered order from a moment to another.</summary>
    public TimeSpan LongestPause(long from, long to)
    {
        var last = from;
        var longest = TimeSpan.Zero;
        foreach (var at in _successes.Where(s => s > from && s < to).Order().Append(to))
        {
            if (Stopwatch.GetElapsedTime(last, at) is var pause && pause > longest) longest = pause;
            last = at;
        }

        return longest;
    }

    /// <summary>Every acknowledged order is there and decided, and no unit was promised twice.</summary>
    public async Task Converges(TimeSpan patience)
    {
        var promised = new long[skus];
        var until = DateTime.UtcNow + patience;
        foreach (var (id, told) in _told)
        {
            JsonElement order;
            while (true)
            {
                order = await Get($"/v1/orders/{id}");
                if (order.GetProperty("status").GetString() is "allocated" or "rejected") break;
                Assert.True(DateTime.UtcNow < until, $"{id}, told {told}, does not converge: {order}");
                await Task.Delay(100);
            }

            var rejected = order.GetProperty("status").GetString() == "rejected";
            if (told == HttpStatusCode.Conflict) Assert.True(rejected, $"{id} was told it is rejected: {order}");
            if (told == HttpStatusCode.Created) Assert.False(rejected, $"{id} was told it is accepted: {order}");
            foreach (var line in order.GetProperty("lines").EnumerateArray())
            {
                var sku = int.Parse(
                    line.GetProperty("sku").GetString()![1..], System.Globalization.CultureInfo.InvariantCulture);
                promised[sku] += line.GetProperty("allocated").GetInt64();
            }
        }

        for (var i = 0; i < skus; i++)
        {
            var stock = await Get($"/v1/skus/S{i}");
            // Orders whose answer nobody heard may hold more; none may hold what is not there.
            Assert.InRange(promised[i], 0, units);
            Assert.InRange(stock.GetProperty("committed").GetInt64(), promised[i], units);
            Assert.Equal(units, stock.GetProperty("onHand").GetInt64());
        }
    }

    async Task<bool> TryPlace(string id, object lines)
    {
        try
        {
            using var answer = await Post("/v1/orders", new { id, lines });
            _statuses.AddOrUpdate((int)answer.StatusCode, 1, (_, n) => n + 1);
            if ((int)answer.StatusCode is >= 500 or 429) return false;
            _told[id] = answer.StatusCode;
            _successes.Enqueue(Stopwatch.GetTimestamp());
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            _statuses.AddOrUpdate(0, 1, (_, n) => n + 1);
            return false;
        }
    }

    Task<HttpResponseMessage> Post(string path, object body) =>
        http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);

    Task<HttpResponseMessage> Put(string path, object body) =>
        http.PutAsJsonAsync(new Uri(path, UriKind.Relative), body);

    async Task<JsonElement> Get(string path)
    {
        for (var i = 0; ; i++)
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            if (answer.IsSuccessStatusCode) return body;
            Assert.True(i < 50 && (int)answer.StatusCode >= 500, $"{path}: {answer.StatusCode} {body}");
            await Task.Delay(200);
        }
    }

    static async Task Insist(Func<Task<HttpResponseMessage>> send)
    {
        for (var i = 0; ; i++)
        {
            using var answer = await send();
            if (answer.IsSuccessStatusCode) return;
            Assert.True(i < 50, await answer.Content.ReadAsStringAsync());
            await Task.Delay(200);
        }
    }
}
