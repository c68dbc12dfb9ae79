using Fulfillment.Engine;

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
        var waves = await Task.WhenAll(Enumerable.Range(0, 50).Select(async worker =>
        {
            List<Answer> answers = [];
            for (var i = 0; i < 20; i++)
                answers.Add(await api.Order($"w-{worker}-{i}", "S", 1, "", ("Prefer", "respond-async")));
            return answers;
        }));
        AssertRefusals([.. waves.SelectMany(w => w)]);
        Assert.Contains(waves.SelectMany(w => w), a => a.Status == 202);
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
        await using var api = await ApiServer.Start();
        await Stock(api);
        List<RawConnection> uploads = [];
        for (var i = 0; i < 70; i++)
        {
            uploads.Add(await RawConnection.Open(api));
            await uploads[i].Send(
                "POST /v1/orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 4000000\r\n\r\n{\"id\":");
        }

        // Some of them are told so at once; the others still hold their memory.
        var note = new string('x', 100_000);
        var large = $$"""{"id":"o","lines":[{"sku":"S","quantity":1}],"note":"{{note}}"}""";
        for (var attempt = 0; attempt < 100 && (await api.Post("/v1/orders", large)).Status != 503; attempt++)
        {
        }

        AssertRefusals([await api.Post("/v1/orders", large)]);
        (await api.Order("small", "S")).Is(201);
        foreach (var upload in uploads) upload.Dispose();
        for (var attempt = 0; attempt < 1_000 && (await api.Post("/v1/orders", large)).Status == 503; attempt++)
        {
        }

        Assert.Equal(400, (await api.Post("/v1/orders", large)).Status);
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
