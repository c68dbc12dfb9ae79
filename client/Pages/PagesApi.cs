using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fulfillment.Client.Pages;

/// <summary>Pages for people.</summary>
static class PagesApi
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (HttpContext http, Live live) => Results.Content(
            HomePage.Whole(live.Now, $"{http.Request.Scheme}://{http.Request.Host}"), "text/html; charset=utf-8"))
            .ExcludeFromDescription();
        routes.MapGet("/station", () => Results.Content(StationShell.Html, "text/html; charset=utf-8"))
            .ExcludeFromDescription();
        routes.MapGet("/station/pack", () => Results.Content(PackShell.Html, "text/html; charset=utf-8"))
            .ExcludeFromDescription();
        routes.MapGet("/live", Stream).ExcludeFromDescription();
    }

    static async Task Stream(HttpContext http, Live live, IHostApplicationLifetime life)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        var server = $"{http.Request.Scheme}://{http.Request.Host}";
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        try
        {
            while (!end.IsCancellationRequested)
            {
                var next = live.Next;
                var text = JsonSerializer.Serialize(HomePage.Body(live.Now, server), PageJson.Default.String);
                await http.Response.WriteAsync($"data: {text}\n\n", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await next.WaitAsync(end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or we stop.
        }
    }
}

/// <summary>Text as JSON.</summary>
[JsonSerializable(typeof(string))]
sealed partial class PageJson : JsonSerializerContext;
