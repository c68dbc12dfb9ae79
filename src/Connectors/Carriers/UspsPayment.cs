using System.Text.Json.Nodes;

namespace Fulfillment.Connectors;

/// <summary>
/// The consent to pay that a label call carries: a token of the Payments API, good for eight hours. Calls that need one
/// at once wait for the same request.
/// </summary>
sealed class UspsPayment(CarrierAccess access, TimeProvider time) : IDisposable
{
    static readonly TimeSpan Good = TimeSpan.FromHours(7);

    readonly SemaphoreSlim _turn = new(1);
    volatile Held? _held;

    /// <summary>A token that is good for a while.</summary>
    public async ValueTask<string> Get(CarrierHttp http, CancellationToken cancel)
    {
        if (_held is { } held && time.GetUtcNow() < held.Until) return held.Token;
        await _turn.WaitAsync(cancel);
        try
        {
            if (_held is { } fresh && time.GetUtcNow() < fresh.Until) return fresh.Token;
            var reply = await http.Send(HttpMethod.Post, "payments/v3/payment-authorization", new()
            {
                ["roles"] = new JsonArray(Role("PAYER"), Role("LABEL_OWNER")),
            }, cancel);
            if (!reply.IsSuccess || reply.Body.Text("paymentAuthorizationToken") is not { Length: > 0 } token)
                throw new ProviderUnclearException(
                    UspsCarrier.Carrier, "gave no payment token", null, ProviderTrouble.Unauthorised);
            http.Hidden = token;
            _held = new(token, time.GetUtcNow() + Good);
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

    /// <summary>Asks for another one next time, unless that has happened already.</summary>
    public void Forget(string token)
    {
        if (_held is { } held && held.Token == token) _held = null;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    JsonObject Role(string name) => CarrierText.Given(
        ("roleName", name), ("CRID", access.Crid), ("MID", access.Mid), ("manifestMID", access.Mid),
        ("accountType", "EPS"), ("accountNumber", access.Account));

    sealed class Held(string token, DateTimeOffset until)
    {
        public string Token { get; } = token;

        public DateTimeOffset Until { get; } = until;
    }
}
