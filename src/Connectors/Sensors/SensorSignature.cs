namespace Fulfillment.Connectors;

/// <summary>
/// How sensors sign what they send: the header <c>Sensor-Signature: t=1492774577,v1=5257a8...</c>, HMAC-SHA256 over the
/// time, a full stop and the body, as webhooks of payment providers are signed.
/// </summary>
public static class SensorSignature
{
    /// <summary>The header.</summary>
    public const string Header = "Sensor-Signature";

    /// <summary>What is wrong with the signature; null when nothing is.</summary>
    public static WebhookStatus? Fault(string? header, ReadOnlySpan<byte> body, string secret, DateTimeOffset now) =>
        SignedWebhook.Fault(header, body, secret, now);
}
