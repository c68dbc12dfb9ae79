using System.Security.Cryptography;

namespace Fulfillment.Client.Api;

/// <summary>A PDF as an answer: of one seller, named by its content, shown and not saved.</summary>
static class PaperAnswer
{
    /// <summary>The media type.</summary>
    public const string Type = "application/pdf";

    /// <summary>How a route that answers with one is described.</summary>
    public static RouteHandlerBuilder AnswersPaper(this RouteHandlerBuilder route) =>
        route.Produces<byte[]>(200, Type).Produces(304);

    /// <summary>The answer; that nothing has changed where the caller has the same already.</summary>
    public static IResult Of(HttpContext http, string name, byte[] paper, string type = Type)
    {
        var headers = http.Response.Headers;
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(paper).AsSpan(0, 16))}\"";
        headers.ETag = tag;
        headers.CacheControl = "private, no-cache";
        headers.XContentTypeOptions = "nosniff";
        if (http.Request.Headers.IfNoneMatch.Contains(tag)) return Results.StatusCode(304);
        headers.ContentDisposition = $"inline; filename=\"{name.Replace(':', '-')}.{Ending(type)}\"";
        return Results.Bytes(paper, type);
    }

    static string Ending(string type) => type[(type.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
