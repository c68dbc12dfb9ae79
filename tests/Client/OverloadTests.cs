using System.Collections.Concurrent;
using Fulfillment.Client.Api;
using Fulfillment.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Fulfillment.Tests.Client;

/// <summary>Too much at once is refused early and clearly, and what was accepted stands.</summary>
public sealed class OverloadTests
{
    [Fact]
    public async Task Beyond_the_limit_of_commands_callers_are_told_to_come_back()
    {
        await using var api = await ApiServer.Start(new() { MaxAsks = 4 });
        await Stock(api);
        await Flood(api);
    }

    [Fact]
    public async Task Beyond_the_limit_of_one_entity_callers_are_told_to_come_back()
    {
        await using var api = await ApiServer.Start(new() { MaxMailbox = 1 });
        await Stock(api);
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => api.Get("/v1/skus/S")));
        AssertRefusals(answers);
        Assert.Contains(answers, a => a.Status == 200);
    }

    [Fact]
    public async Task Beyond_the_limit_of_undelivered_sends_callers_are_told_to_come_back()
    {
        await using var api = await ApiServer.Start(new() { MaxOutbox = 2 });
        await Stock(api);
        // What is undelivered grows while orders keep coming.
        ConcurrentBag<Answer> refused = [];
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async worker =>
        {
            for (var i = 0; i < 10; i++)
            {
                Answer answer;
                while ((answer = await api.Order($"w-{worker}-{i}", "S", 1, "", ("Prefer", "wait=20"))).Status == 503)
                    refused.Add(answer);
                Assert.Contains(answer.Status, (int[])[200, 201, 202]);
            }
        }));
        AssertRefusals([.. refused]);
        for (var worker = 0; worker < 40; worker++) await api.Until($"w-{worker}-9", "accepted", "allocated");
        Answer sku;
        while ((sku = await api.Get("/v1/skus/S")).Status == 503)
        {
        }

        Assert.Equal(9_600, sku.Number("available"));
    }

    [Fact]
    public async Task A_bulk_upload_is_told_line_by_line()
    {
        await using var api = await ApiServer.Start(new() { MaxAsks = 4 });
        await Stock(api);
        var lines = string.Join('\n', Enumerable.Range(1, 400)
            .Select(i => $$"""{"id":"b-{{i}}","lines":[{"sku":"S","quantity":1}]}"""));
        var answer = await api.Send("POST", "/v1/orders/bulk", System.Text.Encoding.UTF8.GetBytes(lines),
            "application/x-ndjson");
        var results = answer.Is(200).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(400, results.Length);
        Assert.Contains(results, r => r.Contains("\"status\":503,\"code\":\"overloaded\"", StringComparison.Ordinal));
        Assert.Contains(results, r => r.Contains("\"status\":201", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Beyond_the_memory_for_large_bodies_they_are_refused_and_small_ones_go_on()
    {
        await using var api = await ApiServer.Start(bodyMemory: 2 << 20);
        await Stock(api);
        var note = new string('x', 1_500_000);
        var large = $$"""{"id":"large","lines":[{"sku":"S","quantity":1}],"note":"{{note}}"}""";
        (await api.Post("/v1/orders", large)).IsProblem(400, "too-long");

        using (var upload = await RawConnection.Open(api))
        {
            await upload.Send(
                "POST /v1/orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1600000\r\n"
                + $"\r\n{large}");
            await Until(api, taken => taken >= large.Length);
            AssertRefusals([await api.Post("/v1/orders", large)]);
            (await api.Order("small", "S")).Is(201);
        }

        // The memory of an upload that broke off is free again.
        await Until(api, taken => taken == 0);
        (await api.Post("/v1/orders", large)).IsProblem(400, "too-long");
    }

    /// <summary>Asks something small until bodies take so much memory.</summary>
    static async Task Until(ApiServer api, Func<long, bool> taken)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        var memory = api.App.Services.GetRequiredService<BodyMemory>();
        while (!taken(memory.Taken))
        {
            (await api.Get("/healthz")).Is(200);
            Assert.False(late.IsCancellationRequested, $"{memory.Taken} bytes");
        }
    }

    static Task Stock(ApiServer api) => api.Stock("S", 10_000);

    static async Task Flood(ApiServer api)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 300)
            .Select(i => api.Order($"o-{i}", "S", 1, "", ("Prefer", "wait=20"))));
        AssertRefusals(answers);

        // Whoever comes back is served, and nothing was done twice or half.
        for (var i = 0; i < answers.Length; i++)
            for (var attempt = 0; answers[i].Status == 503 && attempt < 100; attempt++)
                answers[i] = await api.Order($"o-{i}", "S", 1, "", ("Prefer", "wait=20"));
        Assert.All(answers, a => Assert.Contains(a.Status, (int[])[200, 201, 202]));
        for (var i = 0; i < answers.Length; i++) await api.Until($"o-{i}", "accepted", "allocated");
        Assert.Equal(9_700, (await api.Get("/v1/skus/S")).Number("available"));
    }

    static void AssertRefusals(IReadOnlyList<Answer> answers)
    {
        var refused = answers.Where(a => a.Status is 503 or 429).ToList();
        Assert.NotEmpty(refused);
        foreach (var answer in refused)
        {
            answer.IsProblem(503, "overloaded");
            Assert.True(
                int.Parse(answer.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture) > 0);
        }
    }
}
