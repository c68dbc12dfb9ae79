using System.Text;
using System.Text.Json.Nodes;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>
/// Calls to one carrier with his credentials: an access token, or user and password. What he says is cleaned of them
/// before anybody sees it.
/// </summary>
sealed class CarrierHttp : IDisposable
{
    // Labels of many parcels, in base 64.
    const int MaxAnswer = 32 << 20;
    const int MostSaid = 300;

    readonly ProviderHttp _http;
    readonly AccessToken? _token;
    readonly string? _basic;
    readonly string[] _secrets;
    readonly TimeProvider _time;
    readonly string _carrier;
    readonly string _account;
    readonly string _masked;
    string? _lastToken;
    long _answered;

    /// <summary>With an access token; <paramref name="ask"/>: the request for one.</summary>
    public CarrierHttp(
        string carrier, CarrierAccess access, Func<HttpRequestMessage> ask, TimeProvider time)
        : this(carrier, access, time) => _token = new(carrier, ask, time);

    /// <summary>With user and password (RFC 7617).</summary>
    public CarrierHttp(string carrier, CarrierAccess access, TimeProvider time)
    {
        _time = time;
        (_carrier, _secrets, _account, _masked) = (carrier, [access.Secret], access.Account, access.Masked);
        _http = new(carrier, access.Api, access.Deadline, MaxAnswer, lists: true);
        _basic = Basic(access);
    }

    /// <summary>When the carrier last answered; null for never.</summary>
    public DateTimeOffset? Answered => Interlocked.Read(ref _answered) is > 0 and var ticks
        ? new(ticks, TimeSpan.Zero) : null;

    /// <summary>User and password in base 64.</summary>
    public static string Basic(CarrierAccess access) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{access.Client}:{access.Secret}"));

    /// <summary>What is hidden too, such as a consent to pay.</summary>
    public string? Hidden { get; set; }

    /// <summary>
    /// Sends, with a body where there is one. A call whose access token is no good any more has done nothing: it is
    /// repeated once, with a new one.
    /// </summary>
    public async ValueTask<ProviderReply> Send(
        HttpMethod method, string path, JsonObject? body, CancellationToken cancel,
        params (string Name, string Value)[] headers)
    {
        if (_token is null) return await Send(method, path, body, null, headers, cancel);
        var token = await _token.Get(_http, cancel);
        try
        {
            return await Send(method, path, body, token, headers, cancel);
        }
        catch (ProviderUnclearException e) when (e.Trouble == ProviderTrouble.Unauthorised)
        {
            _token.Forget(token);
        }

        token = await _token.Get(_http, cancel);
        try
        {
            return await Send(method, path, body, token, headers, cancel);
        }
        catch (ProviderUnclearException e) when (e.Trouble == ProviderTrouble.Unauthorised)
        {
            _token.Forget(token);
            throw;
        }
    }

    /// <summary>Has an access token that is good, where one is needed.</summary>
    public async ValueTask Ready(CancellationToken cancel)
    {
        if (_token is not null) await _token.Get(_http, cancel);
    }

    /// <summary>What is no answer to the question.</summary>
    public ProviderUnclearException Unclear(string why) => new(_carrier, why);

    /// <summary>A question what was bought that is refused: nothing is known by that.</summary>
    public ProviderUnclearException Untold(CarrierRefusal refusal) => new(
        _carrier, $"refuses to tell what was bought ({refusal.Code})", null, ProviderTrouble.Unavailable);

    /// <summary>The carrier's words for why he does not, without control characters and our secrets.</summary>
    public CarrierRefusal Refusal(string? code, string? says) =>
        new(
            Clean(code) is { Length: > 0 } told ? told : "refused",
            Clean(says) is { Length: > 0 } words ? words : null);

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _token?.Dispose();
    }

    async ValueTask<ProviderReply> Send(
        HttpMethod method, string path, JsonObject? body, string? token, (string Name, string Value)[] headers,
        CancellationToken cancel)
    {
        _lastToken = token;
        using HttpRequestMessage request = new(method, path);
        request.Headers.Authorization = token is null ? new("Basic", _basic) : new("Bearer", token);
        request.Headers.Accept.ParseAdd("application/json");
        foreach (var (name, value) in headers)
        {
            if (name == "Accept") request.Headers.Accept.Clear();
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null) request.Content = new WatchedBody(body.ToJsonString());
        var reply = await _http.Send(request, cancel);
        Interlocked.Exchange(ref _answered, _time.GetUtcNow().UtcTicks);
        return reply;
    }

    string? Clean(string? text)
    {
        if (text is null) return null;
        foreach (var secret in _secrets.Append(_lastToken).Append(_basic).Append(Hidden))
            if (secret is { Length: > 0 }) text = text.Replace(secret, "***", StringComparison.Ordinal);
        if (_account.Length > 3) text = text.Replace(_account, _masked, StringComparison.OrdinalIgnoreCase);
        text = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return text.Length <= MostSaid ? text : text[..MostSaid];
    }
}
