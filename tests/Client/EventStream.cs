using System.Text.Json;

namespace Fulfillment.Tests.Client;

/// <summary>One server-sent event.</summary>
public sealed record ServerEvent(string Id, string Type, string Data)
{
    public JsonElement Json { get; } = Parse(Data);

    static JsonElement Parse(string data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.Clone();
    }
}

/// <summary>Reads server-sent events (HTML standard, section 9.2.6).</summary>
public sealed class EventStream : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly HttpResponseMessage _response;
    readonly StreamReader _reader;

    EventStream(HttpResponseMessage response, Stream body) => (_response, _reader) = (response, new(body));

    public HttpResponseMessage Response => _response;

    public static async Task<EventStream> Open(ApiClient api, string path, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var response = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<ServerEvent?> Next()
    {
        using CancellationTokenSource late = new(Patience);
        var (id, type, data) = ("", "message", new List<string>());
        while (await _reader.ReadLineAsync(late.Token) is { } line)
        {
            if (line.Length == 0 && data.Count > 0) return new(id, type, string.Join('\n', data));
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data.Add(line[6..]);
            else Assert.True(line.Length == 0 || line.StartsWith(':'), line);
        }

        return null;
    }

    /// <summary>The next events.</summary>
    public async Task<IReadOnlyList<ServerEvent>> Take(int count)
    {
        List<ServerEvent> events = [];
        while (events.Count < count && await Next() is { } next) events.Add(next);
        return events;
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
