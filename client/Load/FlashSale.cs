using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Fulfillment.Client.Load;

/// <summary>What buyers were told.</summary>
sealed class Told
{
    /// <summary>Orders acknowledged as accepted.</summary>
    public ConcurrentBag<string> Accepted { get; } = [];

    /// <summary>Milliseconds from asking to the answer, of every answer.</summary>
    public ConcurrentBag<double> Milliseconds { get; } = [];

    /// <summary>Orders answered as sold out.</summary>
    public int SoldOut;

    /// <summary>Questions whose outcome nobody told: the server was gone.</summary>
    public int Unanswered;

    /// <summary>The first answer that is neither; null for none.</summary>
    public string? Odd { get; set; }
}

/// <summary>Buyers who all want the same few SKUs at once, over HTTP.</summary>
sealed class FlashSale(int buyers, int skus, int unitsPerSku)
{
    static readonly TimeSpan MostToSettle = TimeSpan.FromSeconds(60);

    int _orders;

    /// <summary>What buyers were told so far.</summary>
    public Told Told { get; } = new();

    /// <summary>Creates the node and the SKUs, and receives the stock.</summary>
    public async Task Prepare(Uri server, CancellationToken cancel)
    {
        using var http = Connect(server);
        const string Node =
            """{"name":"Warehouse","type":"warehouse","priority":1,"country":"AT","postcode":"1010"}""";
        await Put(http, "/v1/nodes/N1", Node, cancel);
        ParallelOptions options = new() { MaxDegreeOfParallelism = 32, CancellationToken = cancel };
        await Parallel.ForAsync(1, skus + 1, options, async (i, stop) =>
        {
            await Put(http, $"/v1/skus/{Sku(i)}", $$"""{"title":"Article {{i}}"}""", stop);
            var receipt = string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"id":"r1","node":"N1","quantity":{{unitsPerSku}},"reason":"opening"}""");
            using var answer = await http.PostAsync(Path($"/v1/skus/{Sku(i)}/receipts"), Json(receipt), stop);
            answer.EnsureSuccessStatusCode();
        });
    }

    /// <summary>Buys until told to stop, or until the server is gone.</summary>
    public async Task Run(Uri server, CancellationToken stop)
    {
        using var http = Connect(server);
        await Task.WhenAll(Enumerable.Range(0, buyers).Select(
            b => Task.Run(() => Buy(http, b, stop), CancellationToken.None)));
    }

    /// <summary>
    /// The orders that the server lists, by id, with their status, once its lists have taken in what happened: all
    /// orders decided, all acknowledged ones there. After <see cref="MostToSettle"/> as they are then.
    /// </summary>
    public async Task<Dictionary<string, string>> Orders(Uri server, CancellationToken cancel)
    {
        using var http = Connect(server);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var orders = await List(http, cancel);
            var settled = Told.Accepted.All(orders.ContainsKey) && !orders.ContainsValue("received");
            if (settled || Stopwatch.GetElapsedTime(started) > MostToSettle) return orders;
            await Task.Delay(200, cancel);
        }
    }

    static async Task<Dictionary<string, string>> List(HttpClient http, CancellationToken cancel)
    {
        Dictionary<string, string> orders = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var after = cursor.Length > 0 ? "&cursor=" + Uri.EscapeDataString(cursor) : "";
            var page = await http.GetFromJsonAsync($"/v1/orders?limit=500{after}", LoadJson.Default.JsonNode, cancel);
            foreach (var order in page!["items"]!.AsArray())
            {
                if (!orders.TryAdd((string)order!["id"]!, (string)order["status"]!))
                    throw new InvalidOperationException($"Order {order["id"]} is in the list twice.");
            }

            cursor = (string?)page["next"];
        }

        return orders;
    }

    /// <summary>Units promised of each SKU: what was received and is not available.</summary>
    public async Task<long[]> Promised(Uri server, CancellationToken cancel)
    {
        using var http = Connect(server);
        var promised = new long[skus];
        ParallelOptions options = new() { MaxDegreeOfParallelism = 16, CancellationToken = cancel };
        await Parallel.ForAsync(1, skus + 1, options, async (i, stop) =>
        {
            var stock = await http.GetFromJsonAsync($"/v1/skus/{Sku(i)}", LoadJson.Default.JsonNode, stop);
            var available = (long)stock!["available"]!;
            if (available < 0) throw new InvalidOperationException($"{Sku(i)} has {available} available.");
            promised[i - 1] = unitsPerSku - available;
        });
        return promised;
    }

    async Task Buy(HttpClient http, int buyer, CancellationToken stop)
    {
        Random random = new(buyer);
        while (!stop.IsCancellationRequested)
        {
            var order = string.Create(CultureInfo.InvariantCulture, $"B{Interlocked.Increment(ref _orders)}");
            var started = Stopwatch.GetTimestamp();
            try
            {
                var body = Body(order, Sku(random.Next(skus) + 1), buyer);
                using var answer = await http.PostAsync(Path("/v1/orders"), Json(body), CancellationToken.None);
                Told.Milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                if (!await Note(order, answer)) await Task.Delay(50, CancellationToken.None);
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref Told.Unanswered);
                return;
            }
        }
    }

    /// <summary>False when the server asks for patience.</summary>
    async Task<bool> Note(string order, HttpResponseMessage answer)
    {
        switch (answer.StatusCode)
        {
            case HttpStatusCode.Created:
                Told.Accepted.Add(order);
                return true;
            case HttpStatusCode.Conflict:
                Interlocked.Increment(ref Told.SoldOut);
                return true;
            case HttpStatusCode.Accepted or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable:
                return false;
            default:
                Told.Odd ??= $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
                return false;
        }
    }

    static string Body(string order, string sku, int buyer) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {
          "id": "{{{order}}}", "channel": "shop",
          "customer": {
            "id": "c{{{buyer}}}", "name": "Maria Muster",
            "email": "buyer{{{buyer}}}@example.com", "phone": "+43 1 2345678"
          },
          "shipTo": {
            "name": "Maria Muster", "line1": "Hauptstrasse 12", "city": "Wien", "postcode": "1010", "country": "AT"
          },
          "lines": [ { "sku": "{{{sku}}}", "quantity": 1, "unitPrice": { "amount": 1999, "currency": "EUR" } } ]
        }
        """);

    static string Sku(int number) => string.Create(CultureInfo.InvariantCulture, $"A{number}");

    static Uri Path(string path) => new(path, UriKind.Relative);

    static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    static HttpClient Connect(Uri server) => new(
        new SocketsHttpHandler { MaxConnectionsPerServer = 4_096, UseCookies = false })
    {
        BaseAddress = server,
        Timeout = TimeSpan.FromSeconds(60),
    };

    static async Task Put(HttpClient http, string path, string body, CancellationToken cancel)
    {
        using var answer = await http.PutAsync(Path(path), Json(body), cancel);
        answer.EnsureSuccessStatusCode();
    }
}

/// <summary>
/// What a flash sale came to. <c>OrdersKept</c>: orders that live, acknowledged or not. <c>Good</c>: nothing is wrong.
/// </summary>
sealed record FlashSaleFigures(
    int Buyers, int Skus, int Units, int Seconds, bool Killed, int Acknowledged, int SoldOut, int Unanswered,
    double OrdersPerSecond, double P50Milliseconds, double P99Milliseconds, double ReadyAfterMilliseconds,
    int OrdersKept, int AcknowledgedAndLost,
    long UnitsPromised, int SkusOversold, long Events, int Flaws, string? OddAnswer, bool Good);

/// <summary>Contracts for answers that are read as they are.</summary>
[System.Text.Json.Serialization.JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[System.Text.Json.Serialization.JsonSerializable(typeof(JsonNode))]
[System.Text.Json.Serialization.JsonSerializable(typeof(FlashSaleFigures))]
sealed partial class LoadJson : System.Text.Json.Serialization.JsonSerializerContext;
