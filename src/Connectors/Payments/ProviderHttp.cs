using System.Net;
using System.Text.Json;

namespace Fulfillment.Connectors;

/// <summary>
/// What a provider answered: the HTTP status, its JSON, undefined where there was no body, and its ETag.
/// </summary>
readonly record struct ProviderReply(int Status, JsonElement Body, string? Tag = null)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>
/// Calls to one provider. What is no clear answer is thrown as <see cref="ProviderUnclearException"/>: no connection,
/// none in time, redirects, 401, 408, 409, 425, 429, 5xx, and bodies that are cut short, too large or not JSON.
/// </summary>
sealed class ProviderHttp : IDisposable
{
    const int UsualAnswer = 1 << 20;

    readonly string _provider;
    readonly TimeSpan _deadline;
    readonly bool _lists;
    readonly HttpClient _http;

    /// <summary>
    /// With the deadline of each call, the largest answer in bytes, and whether one may be a list.
    /// </summary>
    public ProviderHttp(
        string provider, Uri api, TimeSpan deadline, int maxAnswer = UsualAnswer, bool lists = false)
    {
        (_provider, _deadline, _lists) = (provider, deadline, lists);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = deadline,
        })
        {
            BaseAddress = api,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = maxAnswer,
        };
    }

    /// <summary>The answer, whether good or a refusal.</summary>
    public async ValueTask<ProviderReply> Send(HttpRequestMessage request, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_deadline);
        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            var status = (int)response.StatusCode;
            if (status is < 200 or (>= 300 and < 400) or 401 or 408 or 409 or 425 or 429 or >= 500)
            {
                throw new ProviderUnclearException(_provider, $"answered with HTTP status {status}", null, status switch
                {
                    401 => ProviderTrouble.Unauthorised,
                    < 400 => ProviderTrouble.Garbled,
                    _ => ProviderTrouble.Unavailable,
                })
                {
                    NothingDone = status is 401 or 429,
                };
            }

            var text = await response.Content.ReadAsByteArrayAsync(limit.Token);
            return new(status, text.Length == 0 ? default : Read(text), response.Headers.ETag?.ToString());
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new ProviderUnclearException(
                _provider, $"did not answer within {_deadline.TotalSeconds:0.#} s", e, ProviderTrouble.Timeout)
            {
                NothingDone = IsUnsent(request),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // What is longer than any answer may be is one, and no connection that failed.
            throw new ProviderUnclearException(
                _provider, "the connection failed", e,
                e is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
                    ? ProviderTrouble.Garbled : ProviderTrouble.Unreachable)
            {
                NothingDone = IsUnsent(request),
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Who has not been sent the body can have done nothing.</summary>
    static bool IsUnsent(HttpRequestMessage request) => request.Content is WatchedBody { IsBegun: false };

    JsonElement Read(byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object || (_lists && root.ValueKind == JsonValueKind.Array))
                return root.Clone();
        }
        catch (JsonException)
        {
            // Told below; the parser's message could quote the text.
        }

        throw new ProviderUnclearException(_provider, "answered what is not a JSON object");
    }
}

/// <summary>Reads fields that may be missing or of another type.</summary>
static class JsonFields
{
    /// <summary>The value at a path of names and indexes; undefined where there is none, or null.</summary>
    public static JsonElement At(this JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (json.ValueKind == JsonValueKind.Array && int.TryParse(name, out var index)
                && index < json.GetArrayLength())
                json = json[index];
            else if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json)) return default;
        }

        return json.ValueKind == JsonValueKind.Null ? default : json;
    }

    /// <summary>The text at a path; null where there is none.</summary>
    public static string? Text(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.At(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The whole number at a path; null where there is none.</summary>
    public static long? Whole(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.At(path) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    /// <summary>The items of an array at a path; none where there is none.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.At(path) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];
}

/// <summary>Idempotency keys and answers that every gateway makes alike.</summary>
static class Gateways
{
    /// <summary>The send's id as the provider takes it: itself, or its hash where it is too long.</summary>
    public static string Key(string id, int longest) => id.Length <= longest ? id
        : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.UTF8.GetBytes(id)));

    /// <summary>Whether a reference is of letters, digits and _ - only, and so can stand in a path.</summary>
    public static bool IsPlain(string? reference) => reference is { Length: > 0 and <= 255 }
        && reference.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    public static Fulfillment.Payments.ProviderAnswer Refused(string code) =>
        new(Fulfillment.Payments.ProviderStatus.Refused, Code: code);
}
