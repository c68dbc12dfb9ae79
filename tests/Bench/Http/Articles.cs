using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Fulfillment.Bench.Http;

/// <summary>How many SKUs the buyers want, and how many units there are of each.</summary>
public sealed record Articles(int Count, int Units)
{
    /// <summary>Everybody wants the same.</summary>
    public static Articles One { get; } = new(1, 1_000_000_000);

    /// <summary>Ten thousand SKUs.</summary>
    public static Articles Many { get; } = new(10_000, 1_000_000);

    /// <summary>The SKU of that number, from 0; all are equally long.</summary>
    public static string Sku(int number) => string.Create(CultureInfo.InvariantCulture, $"SKU-{number:00000}");

    /// <summary>Creates the node and the SKUs, and receives the stock.</summary>
    public async Task Receive(HttpClient http, CancellationToken cancel)
    {
        await Send(
            http, HttpMethod.Put, "/v1/nodes/N1", """{"name":"Warehouse","type":"warehouse","country":"AT"}""", cancel);
        ParallelOptions options = new() { MaxDegreeOfParallelism = 64, CancellationToken = cancel };
        await Parallel.ForAsync(0, Count, options, async (i, stop) =>
        {
            await Send(http, HttpMethod.Put, $"/v1/skus/{Sku(i)}", $$"""{"title":"Article {{i}}"}""", stop);
            var receipt = string.Create(
                CultureInfo.InvariantCulture, $$"""{"id":"r1","node":"N1","quantity":{{Units}},"reason":"opening"}""");
            await Send(http, HttpMethod.Post, $"/v1/skus/{Sku(i)}/receipts", receipt, stop);
        });
    }

    /// <summary>Units that are not available any more, over all SKUs.</summary>
    public async Task<long> Gone(HttpClient http, CancellationToken cancel)
    {
        long gone = 0;
        await Parallel.ForAsync(0, Count, cancel, async (i, stop) =>
        {
            var stock = await http.GetFromJsonAsync<JsonNode>($"/v1/skus/{Sku(i)}/availability", stop);
            var available = (long)stock!["available"]!;
            if (available < 0) throw new InvalidOperationException($"{Sku(i)} has {available} available.");
            Interlocked.Add(ref gone, Units - available);
        });
        return gone;
    }

    static async Task Send(HttpClient http, HttpMethod method, string path, string body, CancellationToken cancel)
    {
        using HttpRequestMessage request = new(method, path);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request, cancel);
        answer.EnsureSuccessStatusCode();
    }
}
