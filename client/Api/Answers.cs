using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fulfillment.Client.Api;

/// <summary>A JSON answer.</summary>
sealed class Answer<T>(int status, T body, JsonTypeInfo<T> type, string? location = null, long? revision = null)
    : IResult
{
    public int Status { get; } = status;

    public T Body { get; } = body;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (location is not null) response.Headers.Location = location;
        if (revision is { } tag) response.Headers.ETag = $"\"{tag}\"";
        var bytes = JsonSerializer.SerializeToUtf8Bytes(Body, type);
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }
}

static class Answer
{
    public static IResult Ok<T>(T body, JsonTypeInfo<T> type, long? revision = null) =>
        new Answer<T>(200, body, type, null, revision);

    public static IResult Created<T>(T body, JsonTypeInfo<T> type, string location, long? revision = null) =>
        new Answer<T>(201, body, type, location, revision);

    public static IResult Accepted<T>(T body, JsonTypeInfo<T> type, string location) =>
        new Answer<T>(202, body, type, location);
}
