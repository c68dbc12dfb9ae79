using System.Globalization;
using System.Text.Json;

namespace Fulfillment.Connectors;

/// <summary>
/// An access token (OAuth 2.0 client credentials, RFC 6749, section 4.4), kept until shortly before it runs out. Calls
/// that need one at once wait for the same request. <paramref name="ask"/>: the request for one.
/// </summary>
sealed class AccessToken(string provider, Func<HttpRequestMessage> ask, TimeProvider time) : IDisposable
{
    static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    readonly SemaphoreSlim _turn = new(1);
    volatile Held? _held;

    /// <summary>A token that is good for a while.</summary>
    public async ValueTask<string> Get(ProviderHttp http, CancellationToken cancel)
    {
        if (Good() is { } good) return good;
        await _turn.WaitAsync(cancel);
        try
        {
            if (Good() is { } fresh) return fresh;
            using var request = ask();
            var reply = await http.Send(request, cancel);
            if (!reply.IsSuccess || reply.Body.Text("access_token") is not { Length: > 0 } token
                || Seconds(reply.Body) is not { } seconds)
                throw new ProviderUnclearException(
                    provider, "gave no access token", null, ProviderTrouble.Unauthorised);
            _held = new(token, time.GetUtcNow() + TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 86_400)) - Margin);
            return token;
        }
        catch (ProviderUnclearException e)
        {
            throw e.BeforeAnything();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes another one next time, unless that has happened already.</summary>
    public void Forget(string token)
    {
        if (_held is { } held && held.Token == token) _held = null;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>A number by the RFC; UPS writes it as text.</summary>
    static long? Seconds(JsonElement body) => body.Whole("expires_in")
        ?? (long.TryParse(body.Text("expires_in"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds : null);

    string? Good() => _held is { } held && time.GetUtcNow() < held.Until ? held.Token : null;

    sealed class Held(string token, DateTimeOffset until)
    {
        public string Token { get; } = token;

        public DateTimeOffset Until { get; } = until;
    }
}
