using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Fulfillment.Payments;

namespace Fulfillment.Connectors;

/// <summary>The certificates (PEM, the signer's first) at an address of PayPal's.</summary>
public delegate ValueTask<string> CertificateSource(Uri address, CancellationToken cancel);

/// <summary>
/// PayPal's webhooks, verified here (developer.paypal.com/api/rest/webhooks/rest, "self verification"): SHA256withRSA
/// over <c>transmissionId|time|webhookId|crc32(body)</c>, by a certificate that comes from PayPal's API and that an
/// authority which this machine trusts has given to PayPal. A transmission is sent again for three days and keeps its
/// time, so it may be that old; a repeat is told by the event's id.
/// </summary>
/// <param name="webhookId">PayPal's id of our webhook.</param>
/// <param name="certificates">Where certificates come from.</param>
/// <param name="roots">Who is trusted; null for those that the machine trusts.</param>
/// <param name="time">The clock.</param>
public sealed class PayPalWebhook(
    string webhookId, CertificateSource certificates, X509Certificate2Collection? roots, TimeProvider time)
    : IDisposable
{
    const string Algorithm = "SHA256withRSA", Domain = ".paypal.com", CertificatePath = "/v1/notifications/certs/";
    const int MostCertificates = 16;

    static readonly TimeSpan OldestTransmission = TimeSpan.FromDays(3) + TimeSpan.FromHours(1),
        Ahead = TimeSpan.FromMinutes(5);

    readonly ConcurrentDictionary<string, X509Certificate2> _trusted = new();

    /// <summary>Verifies and reads one. To be used as a <see cref="WebhookReader"/>.</summary>
    public async ValueTask<WebhookReading> Read(WebhookMessage message, CancellationToken cancel)
    {
        if (message.Header("PAYPAL-TRANSMISSION-SIG") is not { Length: > 0 } signature)
            return new(WebhookStatus.Unsigned);
        if (message.Header("PAYPAL-TRANSMISSION-ID") is not { Length: > 0 and <= 100 } id
            || message.Header("PAYPAL-TRANSMISSION-TIME") is not { } written
            || PayPalAnswers.Time(written) is not { } sent
            || !Convert.TryFromBase64String(signature, new byte[1024], out _)
            || !Algorithm.Equals(message.Header("PAYPAL-AUTH-ALGO"), StringComparison.OrdinalIgnoreCase)
            || Address(message.Header("PAYPAL-CERT-URL")) is not { } address)
            return new(WebhookStatus.Malformed);
        var now = time.GetUtcNow();
        if (now - sent > OldestTransmission || sent - now > Ahead) return new(WebhookStatus.TooOld);
        var crc = Crc32.HashToUInt32(message.Body.Span).ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"{id}|{written}|{webhookId}|{crc}");
        if (await Certificate(address, cancel) is not { } certificate
            || !IsSigned(signed, Convert.FromBase64String(signature), certificate))
            return new(WebhookStatus.WrongSignature);
        try
        {
            return SignedWebhook.Json(message.Body) is { } json && json.Text("id") is { } eventId
                && json.Text("event_type") is { } type
                ? WebhookReading.Of(Notice(eventId, type, json.At("resource"), now)) : new(WebhookStatus.Malformed);
        }
        catch (ProviderUnclearException)
        {
            // It lacks what every such resource has.
            return new(WebhookStatus.Malformed);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var certificate in _trusted.Values) certificate.Dispose();
    }

    /// <summary>Only PayPal's own hosts, only over TLS: else anybody could sign with his own certificate.</summary>
    static Uri? Address(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort
        && url.UserInfo.Length == 0 && url.Host.EndsWith(Domain, StringComparison.OrdinalIgnoreCase)
        && url.AbsolutePath.StartsWith(CertificatePath, StringComparison.Ordinal) ? url : null;

    static bool IsSigned(byte[] text, byte[] signature, X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPublicKey();
        return key?.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) == true;
    }

    /// <summary>The certificate at the address; null when it is not PayPal's, or not now.</summary>
    async ValueTask<X509Certificate2?> Certificate(Uri address, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var isKnown = _trusted.TryGetValue(address.AbsoluteUri, out var known);
        if (isKnown && now.UtcDateTime < known!.NotAfter.ToUniversalTime()) return known;
        X509Certificate2Collection chain = [];
        try
        {
            chain.ImportFromPem(await certificates(address, cancel));
        }
        catch (CryptographicException e)
        {
            throw new ProviderUnclearException(PayPalGateway.Name, "gave what is no certificate", e);
        }

        if (chain.Count == 0 || !IsPayPals(chain, now)) return null;
        if (_trusted.Count >= MostCertificates) _trusted.Clear();
        return _trusted[address.AbsoluteUri] = chain[0];
    }

    bool IsPayPals(X509Certificate2Collection given, DateTimeOffset now)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ExtraStore.AddRange(given);
        if (roots is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        }

        var name = given[0].GetNameInfo(X509NameType.DnsName, forIssuer: false);
        return name.EndsWith(Domain, StringComparison.OrdinalIgnoreCase) && chain.Build(given[0]);
    }

    static ProviderNotice? Notice(string id, string type, JsonElement resource, DateTimeOffset now) => type switch
    {
        "PAYMENT.AUTHORIZATION.CREATED" =>
            Told(id, resource, ProviderStep.Authorise, PayPalAnswers.Authorised(resource)),
        "PAYMENT.AUTHORIZATION.VOIDED" when PayPalAnswers.Time(resource.Text("expiration_time")) <= now =>
            Told(id, resource, ProviderStep.Authorise,
                new(ProviderStatus.Expired, resource.Text("id"), Code: "VOIDED")),
        "PAYMENT.AUTHORIZATION.VOIDED" =>
            Told(id, resource, ProviderStep.Void, new(ProviderStatus.Done, resource.Text("id"))),
        "PAYMENT.CAPTURE.COMPLETED" or "PAYMENT.CAPTURE.PENDING" or "PAYMENT.CAPTURE.DENIED" => Captured(id, resource),
        "PAYMENT.CAPTURE.REFUNDED" => Told(id, resource, ProviderStep.Refund, PayPalAnswers.Refunded(resource)),
        "CHECKOUT.ORDER.APPROVED" => Approved(id, resource),
        _ => null,
    };

    /// <summary>A capture without an authorisation is a payment that took money at once.</summary>
    static ProviderNotice? Captured(string id, JsonElement capture)
    {
        var answer = PayPalAnswers.Captured(capture);
        return capture.Text("supplementary_data", "related_ids", "authorization_id") is not null
            ? Told(id, capture, ProviderStep.Capture, answer)
            : Told(id, capture, ProviderStep.Authorise, PayPalGateway.Taken(answer));
    }

    /// <summary>The buyer has approved; who asks for the reference now carries it out.</summary>
    static ProviderNotice? Approved(string id, JsonElement order)
    {
        var unit = order.At("purchase_units", "0");
        return PayPalPayments.Read(unit.Text("custom_id")) is { } payment && order.Text("id") is { } reference
            ? new(id, payment, ProviderStep.Authorise, $"order:{reference}",
                new(ProviderStatus.Pending, $"order:{reference}"),
                PayPalAmounts.Read(unit.Text("amount", "value"), unit.Text("amount", "currency_code")))
            : null;
    }

    /// <summary>Null for a payment that is not ours: it lacks our id.</summary>
    static ProviderNotice? Told(string id, JsonElement resource, ProviderStep about, ProviderAnswer answer) =>
        PayPalPayments.Read(resource.Text("custom_id")) is { } payment && answer.Reference is { } reference
            ? new(id, payment, about, reference, answer, PayPalAmounts.Read(
                resource.Text("amount", "value"), resource.Text("amount", "currency_code")))
            : null;
}

/// <summary>Gets certificates from PayPal's hosts.</summary>
sealed class PayPalCertificates(TimeSpan deadline) : IDisposable
{
    const int MostBytes = 64 << 10;

    readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = deadline,
        MaxResponseContentBufferSize = MostBytes,
    };

    public async ValueTask<string> Get(Uri address, CancellationToken cancel)
    {
        try
        {
            return await _http.GetStringAsync(address, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ProviderUnclearException(PayPalGateway.Name, "did not give the certificate of a webhook", e);
        }
    }

    public void Dispose() => _http.Dispose();
}
