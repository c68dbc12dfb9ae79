using System.Text.Json;
using System.Text.Json.Serialization;
using Fulfillment.Client.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fulfillment.Bench.Http;

/// <summary>
/// The most that HTTP allows here: the same web server with the same settings reads the same body into the same records
/// and answers <c>201</c> at once.
/// </summary>
public static class Ceiling
{
    /// <summary>Serves until the process is killed.</summary>
    public static async Task Serve(string url)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting", LogLevel.None);
        await using var app = builder.Build();
        app.MapGet("/readyz", () => Results.Ok());
        app.MapPost("/v1/orders", (RequestDelegate)Answer);
        await app.RunAsync();
    }

    static async Task Answer(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        var body = await reader.ReadAtLeastAsync((int)http.Request.ContentLength!.Value, http.RequestAborted);
        var order = Read(body.Buffer);
        reader.AdvanceTo(body.Buffer.End);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(
            new(order.Id!, "accepted", order.Lines!.Count), CeilingJson.Default.CeilingAnswer);
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.Headers.Location = $"/v1/orders/{order.Id}";
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    static OrderRequest Read(System.Buffers.ReadOnlySequence<byte> body)
    {
        Utf8JsonReader json = new(body);
        return JsonSerializer.Deserialize(ref json, ApiJson.Wire.OrderRequest)!;
    }
}

/// <summary>What the ceiling answers.</summary>
public sealed record CeilingAnswer(string Id, string Status, int Lines);

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CeilingAnswer))]
public sealed partial class CeilingJson : JsonSerializerContext;
