using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Fulfillment.Engine;

namespace Fulfillment.Client.Api;

/// <summary>The change feed: every event in commit order, as server-sent events that can be resumed.</summary>
public static class EventsApi
{
    const int PageSize = 500;
    static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Adds the route.</summary>
    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/events", Stream).Describe("streamEvents", "The change feed, as server-sent events", "events")
            .Produces<EventBody>(200, "text/event-stream").Refuses(400);

    static async Task Stream(
        HttpContext http, Backend backend, IHostApplicationLifetime life, string? after, string? entity, string? key)
    {
        var seller = http.Seller();
        var position = Position(http.Request.Headers["Last-Event-ID"].ToString(), "Last-Event-ID", backend.Feed.Head)
            ?? Position(after, "after", backend.Feed.Head) ?? backend.Feed.Head;
        var kinds = backend.Kinds.Names.ToList();
        if (entity is not null && !kinds.Contains(entity))
            throw new ProblemException(
                Problem.Invalid("entity", "unknown-value", $"must be one of {string.Join(", ", kinds)}"));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseBodyFeature>()?.DisableBuffering();
        await http.Response.StartAsync(http.RequestAborted);
        var writer = http.Response.BodyWriter;
        try
        {
            using var reader = backend.Feed.ReadAfter(position);
            while (!end.IsCancellationRequested)
            {
                var facts = reader.Read(PageSize);
                foreach (var fact in facts)
                    if (Concerns(fact, seller, entity, key)) Write(writer, fact);
                await writer.FlushAsync(http.RequestAborted);
                if (facts.Count == 0) await WaitOrPing(http, reader, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The subscriber went away, or we stop; it resumes with the last id it saw.
        }
    }

    static async Task WaitOrPing(HttpContext http, FeedReader reader, CancellationToken end)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(end);
        wait.CancelAfter(KeepAlive);
        try
        {
            await reader.Changed(wait.Token);
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            await http.Response.WriteAsync(": still here\n\n", http.RequestAborted);
        }
    }

    static bool Concerns(Fact fact, string seller, string? entity, string? key) =>
        (fact.Entity.Seller == seller || fact.Entity.Seller.Length == 0)
        && (entity is null || fact.Entity.Kind == entity) && (key is null || fact.Entity.Name == key);

    static void Write(IBufferWriter<byte> writer, Fact fact)
    {
        EventBody body = new(
            fact.Position, new(fact.Entity.Kind, fact.Entity.Name), fact.Version, fact.Type, fact.At, fact.Origin.Actor,
            fact.Origin.Cause, TimelineApi.Data(fact));
        writer.Write(Encoding.UTF8.GetBytes($"id: {fact.Position}\nevent: {fact.Type}\ndata: "));
        writer.Write(JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Wire.EventBody));
        writer.Write("\n\n"u8);
    }

    static long? Position(string? text, string field, long head)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            && position <= head
            ? position : throw new ProblemException(Problem.Invalid(
                field, "bad-position", $"must be the position of an event, a whole number up to {head}"));
    }
}
