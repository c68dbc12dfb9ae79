using System.Net.Http.Headers;
using System.Text;
using Fulfillment.Client;
using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Fulfillment.Tests.Client;

/// <summary>The product in a folder of its own, on a real port; and a client that sends JSON as plain text.</summary>
public sealed class ApiServer : IAsyncLifetime, IAsyncDisposable
{
    readonly TempFolder _folder = new();
    readonly EngineOptions _options;
    readonly string? _postgres;
    EmbeddedServer? _embedded;
    WebApplication? _app;
    HttpClient? _http;

    /// <summary>With the limits of the product, on SQLite.</summary>
    public ApiServer()
        : this(new(), null)
    {
    }

    ApiServer(EngineOptions options, string? postgres) => (_options, _postgres) = (options, postgres);

    public EmbeddedServer Embedded => _embedded!;

    public WebApplication App => _app!;

    public HttpClient Http => _http!;

    public Uri Address => Http.BaseAddress!;

    /// <summary>The last position of the journal.</summary>
    public long Head => Embedded.Cluster.Feed.Head;

    public static async Task<ApiServer> Start(EngineOptions? options = null, string? postgres = null)
    {
        ApiServer server = new(options ?? new(), postgres);
        await server.InitializeAsync();
        return server;
    }

    public async Task InitializeAsync()
    {
        _embedded = EmbeddedServer.Open(new(_folder.Path, _postgres), _options, TimeProvider.System);
        _app = Server.Build(_embedded, "http://127.0.0.1:0", quiet: true);
        await _app.StartAsync();
        _http = new() { BaseAddress = new(_app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        if (_embedded is not null) await _embedded.DisposeAsync();
        _folder.Dispose();
    }

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) =>
        Send("GET", path, null, headers);

    public Task<Answer> Put(string path, string json, params (string Name, string Value)[] headers) =>
        Send("PUT", path, json, headers);

    public Task<Answer> Post(string path, string json, params (string Name, string Value)[] headers) =>
        Send("POST", path, json, headers);

    public Task<Answer> Delete(string path, params (string Name, string Value)[] headers) =>
        Send("DELETE", path, null, headers);

    public Task<Answer> Send(string method, string path, string? json, params (string Name, string Value)[] headers) =>
        Send(method, path, json is null ? null : Encoding.UTF8.GetBytes(json), "application/json", headers);

    public async Task<Answer> Send(
        string method, string path, byte[]? body, string? contentType, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(new(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            if (contentType is not null) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        return await Answer.Of(response);
    }

    /// <summary>A SKU with so many units at LEJ1.</summary>
    public async Task Stock(string sku, int units, string more = "", params (string Name, string Value)[] headers)
    {
        (await Put("/v1/nodes/LEJ1", """{"name":"Leipzig","priority":1,"country":"DE"}""")).Succeeded();
        (await Put($"/v1/skus/{sku}", $$"""{"title":"{{sku}}"{{more}}}""", headers)).Succeeded();
        if (units > 0) await Receive(sku, "LEJ1", units, headers);
    }

    /// <summary>Units arrive at a node.</summary>
    public async Task Receive(string sku, string node, int units, params (string Name, string Value)[] headers) =>
        (await Post($"/v1/skus/{sku}/receipts", $$"""{"id":"r-{{node}}","node":"{{node}}","quantity":{{units}}}""",
            headers))
        .Succeeded();

    /// <summary>An order of some units of one SKU.</summary>
    public Task<Answer> Order(string id, string sku, int quantity = 1, string more = "",
        params (string Name, string Value)[] headers) =>
        Post("/v1/orders", $$"""{"id":"{{id}}","lines":[{"sku":"{{sku}}","quantity":{{quantity}}}]{{more}}}""",
            headers);

    /// <summary>The order, once its status is one of these: nodes are chosen after it was accepted.</summary>
    public Task<Answer> Until(string order, params string[] statuses) => Until(order, statuses, []);

    /// <inheritdoc cref="Until(string, string[])"/>
    public async Task<Answer> Until(string order, string[] statuses, params (string Name, string Value)[] headers)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        while (true)
        {
            var head = Head;
            var now = await Get($"/v1/orders/{order}", headers);
            if (statuses.Contains(now.Text("status"))) return now;
            using var reader = Embedded.Cluster.Feed.ReadAfter(head);
            try
            {
                await reader.Changed(late.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"{order} stays {now.Text("status")}, not {string.Join(" or ", statuses)}: {now.Body}");
            }
        }
    }

    /// <summary>The answer to a list, once the lists have taken in all that is durable.</summary>
    public async Task<Answer> List(string path, params (string Name, string Value)[] headers)
    {
        await Embedded.ViewsReached();
        return await Get(path, headers);
    }
}
