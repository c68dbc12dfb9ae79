using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fulfillment.Client.Pages;

/// <summary>Pages for people.</summary>
static class PagesApi
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (Live live) => Results.Content(HomePage.Whole(live.Now), "text/html; charset=utf-8")).ExcludeFromDescription();
        routes.MapGet("/live", Stream).ExcludeFromDescription();
    }

    static async Task Stream(HttpContext http, Live live)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        try
        {
            while (!http.RequestAborted.IsCancellationRequested)
            {
                var text = JsonSerializer.Serialize(HomePage.Body(live.Now), PageJson.Default.String);
                await http.Response.WriteAsync($"data: {text}\n\n", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await live.Next.WaitAsync(http.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed.
        }
    }
}

/// <summary>Text as JSON.</summary>
[JsonSerializable(typeof(string))]
sealed partial class PageJson : JsonSerializerContext;
