using System.Net.Http.Headers;
using System.Text;

namespace Fulfillment.Connectors;

/// <summary>
/// The access token of PayPal's API (OAuth 2.0 client credentials), kept until shortly before it runs out. Calls that
/// need one at once wait for the same request.
/// </summary>
sealed class PayPalToken(PayPalSettings settings, TimeProvider time) : IDisposable
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
            using HttpRequestMessage request = new(HttpMethod.Post, "v1/oauth2/token");
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.Client}:{settings.Secret}")));
            request.Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]);
            var reply = await http.Send(request, cancel);
            if (!reply.IsSuccess || reply.Body.Text("access_token") is not { Length: > 0 } token
                || reply.Body.Whole("expires_in") is not { } seconds)
                throw new ProviderUnclearException(PayPalGateway.Name, "gave no access token");
            _held = new(token, time.GetUtcNow() + TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 86_400)) - Margin);
            return token;
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

    string? Good() => _held is { } held && time.GetUtcNow() < held.Until ? held.Token : null;

    sealed class Held(string token, DateTimeOffset until)
    {
        public string Token { get; } = token;

        public DateTimeOffset Until { get; } = until;
    }
}
