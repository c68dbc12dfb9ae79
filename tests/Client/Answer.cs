using System.Globalization;
using System.Text.Json;

namespace Fulfillment.Tests.Client;

/// <summary>An answer, read whole.</summary>
public sealed record Answer(int Status, string? ContentType, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json { get; } = Read(ContentType, Body);

    public static async Task<Answer> Of(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new(
            (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, headers,
            await response.Content.ReadAsStringAsync());
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>What is at a path such as <c>lines/0/sku</c>; null when nothing is, or null is.</summary>
    public JsonElement? At(string path)
    {
        var at = Json;
        foreach (var part in path.Split('/'))
        {
            if (at.ValueKind == JsonValueKind.Array && int.TryParse(part, CultureInfo.InvariantCulture, out var index)
                && index < at.GetArrayLength())
                at = at[index];
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(part, out at)) return null;
        }

        return at.ValueKind == JsonValueKind.Null ? null : at;
    }

    public string? Text(string path) => At(path)?.GetString();

    public long? Number(string path) => At(path)?.GetInt64();

    /// <summary>The items of a page or an array.</summary>
    public IReadOnlyList<JsonElement> Items(string path = "items") => [.. At(path)?.EnumerateArray() ?? []];

    /// <summary>One field of every item.</summary>
    public IReadOnlyList<string?> Each(string field, string path = "items") =>
        [.. Items(path).Select(i => i.GetProperty(field).ToString())];

    /// <summary>Fails unless it is a success.</summary>
    public Answer Succeeded()
    {
        Assert.True(Status is >= 200 and < 300, $"{Status}: {Body}");
        return this;
    }

    /// <summary>Fails unless it has this status.</summary>
    public Answer Is(int status)
    {
        Assert.True(Status == status, $"{Status} and not {status}: {Body}");
        return this;
    }

    /// <summary>Fails unless it is problem details with this status and code, and names this field.</summary>
    public Answer IsProblem(int status, string code, string? field = null)
    {
        Assert.True(Status == status, $"{Status} and not {status} {code}: {Body}");
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(code, Text("code"));
        Assert.Equal(status, Number("status"));
        Assert.Equal($"urn:fulfillment:problem:{code}", Text("type"));
        Assert.False(string.IsNullOrWhiteSpace(Text("title")));
        Assert.False(string.IsNullOrWhiteSpace(Text("detail")));
        Assert.NotNull(Header("X-Request-Id"));
        if (field is null) return this;
        var error = Items("errors").FirstOrDefault(e => e.GetProperty("field").GetString() == field);
        Assert.True(error.ValueKind == JsonValueKind.Object, $"{field} is not named: {Body}");
        Assert.False(string.IsNullOrWhiteSpace(error.GetProperty("code").GetString()));
        Assert.False(string.IsNullOrWhiteSpace(error.GetProperty("detail").GetString()));
        return this;
    }

    static JsonElement Read(string? contentType, string body)
    {
        if (contentType is not ("application/json" or "application/problem+json") || body.Length == 0) return default;
        // A key twice would be read differently by different callers.
        using var document = JsonDocument.Parse(body, new() { AllowDuplicateProperties = false });
        return document.RootElement.Clone();
    }
}
