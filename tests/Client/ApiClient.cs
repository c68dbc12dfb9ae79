using System.Net.Http.Headers;
using System.Text;

namespace Fulfillment.Tests.Client;

/// <summary>A caller of the API, who sends JSON as plain text.</summary>
public abstract class ApiClient : IDisposable
{
    HttpClient? _http;

    public HttpClient Http => _http!;

    public Uri Address => Http.BaseAddress!;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
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

    /// <summary>An order of one unit at that price in EUR minor units, paid through the test gateway.</summary>
    public Task<Answer> Pay(string id, string sku, long price, string payment, string token, string more = "") =>
        Post("/v1/orders",
            $$"""
            {"id":"{{id}}","payment":"{{payment}}","paymentMethod":{"provider":"test-gateway","token":"{{token}}"},
             "lines":[{"sku":"{{sku}}","quantity":1,"unitPrice":{"amount":{{price}},"currency":"EUR"} }]{{more}}}
            """);

    /// <summary>Calls this address from now on.</summary>
    protected void Connect(Uri address)
    {
        _http?.Dispose();
        _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    }

    protected virtual void Dispose(bool disposing) => _http?.Dispose();
}
