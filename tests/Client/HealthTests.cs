using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Fulfillment.Tests.Client;

/// <summary>What operators and tools ask: health, the OpenAPI document, the request's id.</summary>
public sealed class HealthTests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task A_server_that_runs_is_alive_and_ready()
    {
        Assert.Equal("""{"status":"ok"}""", (await api.Get("/healthz")).Is(200).Body);
        Assert.Equal("""{"status":"ready"}""", (await api.Get("/readyz")).Is(200).Body);
    }

    [Fact]
    public async Task A_server_whose_lists_do_not_follow_is_alive_and_not_ready()
    {
        await using var own = await ApiServer.Start();
        using (SqliteConnection views = new($"Data Source={own.Folder}/views.db;Pooling=false"))
        {
            views.Open();
            using var drop = views.CreateCommand();
            drop.CommandText = "drop table orders";
            drop.ExecuteNonQuery();
        }

        await own.Stock("S", 1);
        (await own.Order("o", "S")).Is(201);
        Answer ready;
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        do ready = await own.Get("/readyz");
        while (ready.Status == 200 && !late.IsCancellationRequested);
        ready.IsProblem(503, "not-ready");
        Assert.NotNull(ready.Header("Retry-After"));
        Assert.Contains("orders", ready.Text("detail"), StringComparison.Ordinal);
        (await own.Get("/healthz")).Is(200);
    }

    [Fact]
    public async Task Every_answer_names_its_request()
    {
        Assert.False(string.IsNullOrEmpty((await api.Get("/healthz")).Header("X-Request-Id")));
        Assert.Equal("mine-1", (await api.Get("/healthz", ("X-Request-Id", "mine-1"))).Header("X-Request-Id"));
        Assert.Equal("mine-2", (await api.Get("/nowhere", ("X-Request-Id", "mine-2"))).Header("X-Request-Id"));
        Assert.NotEqual("not an id", (await api.Get("/healthz", ("X-Request-Id", "not an id"))).Header("X-Request-Id"));
    }

    [Fact]
    public async Task The_OpenAPI_document_is_3_1_and_lists_every_route()
    {
        var document = (await api.Get("/openapi/v1.json")).Is(200);
        Assert.StartsWith("3.1.", document.Text("openapi"), StringComparison.Ordinal);
        var documented = document.At("paths")!.Value.EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(m => $"{m.Name.ToUpperInvariant()} {p.Name}"))
            .Order(StringComparer.Ordinal);

        var mapped = api.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(m => $"{m} {e.RoutePattern.RawText!.Replace(":int}", "}", StringComparison.Ordinal)}"))
            .Where(r => r.Contains(" /v1/", StringComparison.Ordinal) || r.EndsWith('z'))
            .Order(StringComparer.Ordinal).ToList();
        Assert.True(mapped.Count > 25, string.Join('\n', mapped));
        Assert.Equal(mapped, documented);
    }

    [Fact]
    public async Task The_OpenAPI_document_says_what_goes_in_and_what_comes_out()
    {
        var paths = (await api.Get("/openapi/v1.json")).At("paths")!.Value;
        foreach (var path in paths.EnumerateObject())
        {
            foreach (var method in path.Value.EnumerateObject())
            {
                var name = $"{method.Name} {path.Name}";
                Assert.True(method.Value.TryGetProperty("operationId", out _), name);
                Assert.True(method.Value.TryGetProperty("summary", out _), name);
                var answers = method.Value.GetProperty("responses").EnumerateObject().ToList();
                Assert.True(answers.Exists(a => a.Name.StartsWith('2') && a.Value.TryGetProperty("content", out _)),
                    name);
                if (!path.Name.StartsWith("/v1/", StringComparison.Ordinal)) continue;
                Assert.True(answers.Where(a => a.Name[0] is '4' or '5')
                    .All(a => a.Value.GetProperty("content").TryGetProperty("application/problem+json", out _)), name);
                Assert.True(answers.Exists(a => a.Name == "503"), name);
                var body = method.Name is "put" or "post";
                Assert.True(!body || method.Value.TryGetProperty("requestBody", out _), name);
            }
        }

        Assert.Equal(
            """["cursor","limit","placedAfter","Seller","sku","status"]""",
            JsonSerializer.Serialize(paths.GetProperty("/v1/orders").GetProperty("get").GetProperty("parameters")
                .EnumerateArray()
                .Select(p => p.GetProperty("name").GetString()).Order(StringComparer.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Every_reference_in_the_OpenAPI_document_leads_somewhere()
    {
        var document = await api.Get("/openapi/v1.json");
        var references =
            Regex.Matches(document.Body, "\"\\$ref\":\\s*\"#/(?<at>[^\"]+)\"", RegexOptions.NonBacktracking)
            .Select(m => m.Groups["at"].Value).Distinct().ToList();
        Assert.NotEmpty(references);
        Assert.All(references, r => Assert.True(document.At(r) is not null, r));
    }
}
