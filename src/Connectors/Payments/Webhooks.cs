using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fulfillment.Payments;

namespace Fulfillment.Connectors;

/// <summary>What a webhook turned out to be, in the order tested.</summary>
public enum WebhookStatus
{
    /// <summary>It has no signature.</summary>
    Unsigned,

    /// <summary>The signature cannot be read, or the signed body is not what the provider sends.</summary>
    Malformed,

    /// <summary>It was signed too long ago, or in the future: somebody may be sending it again.</summary>
    TooOld,

    /// <summary>Somebody else signed it, or it was changed on the way.</summary>
    WrongSignature,

    /// <summary>It is the provider's, and about nothing that we handle or have made.</summary>
    Ignored,

    /// <summary>It tells something about a payment.</summary>
    Accepted,
}

/// <summary>A webhook as it came in. <c>Header</c>: the value of a header, null when it has none.</summary>
public sealed record WebhookMessage(Func<string, string?> Header, ReadOnlyMemory<byte> Body);

/// <summary>What it turned out to be; <c>Notice</c> when it was accepted.</summary>
public sealed record WebhookReading(WebhookStatus Status, ProviderNotice? Notice = null)
{
    internal static WebhookReading Of(ProviderNotice? notice) =>
        new(notice is null ? WebhookStatus.Ignored : WebhookStatus.Accepted, notice);
}

/// <summary>
/// Verifies and reads a provider's webhook. Throws <see cref="ProviderUnclearException"/> when it cannot be verified
/// now.
/// </summary>
public delegate ValueTask<WebhookReading> WebhookReader(WebhookMessage message, CancellationToken cancel);

/// <summary>
/// The scheme that Stripe signs with (docs.stripe.com/webhooks#verify-manually), and the test gateway too:
/// <c>t=1492774577,v1=5257a8...</c>, HMAC-SHA256 over the time, a full stop and the body; several <c>v1</c> while a
/// secret is being replaced.
/// </summary>
static class SignedWebhook
{
    /// <summary>How far the time of the signature may be from now.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    const int MostSignatures = 10;

    /// <summary>What is wrong with the signature; null when nothing is.</summary>
    public static WebhookStatus? Fault(string? header, ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(header)) return WebhookStatus.Unsigned;
        string? time = null;
        List<byte[]> given = [];
        foreach (var part in header.Split(','))
        {
            if (part.Split('=', 2) is not [var name, var value]) return WebhookStatus.Malformed;
            if (name.Trim() == "t") time = value;
            else if (name.Trim() == "v1" && given.Count < MostSignatures && Hex(value) is { } bytes) given.Add(bytes);
        }

        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > int.MaxValue * 100L || given.Count == 0)
            return WebhookStatus.Malformed;
        if ((now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance) return WebhookStatus.TooOld;
        var wanted = Sign(seconds, body, secret);
        // All are compared, so that the time tells nothing.
        var right = false;
        foreach (var signature in given) right |= CryptographicOperations.FixedTimeEquals(signature, wanted);
        return right ? null : WebhookStatus.WrongSignature;
    }

    /// <summary>The body's JSON object; null when it is none.</summary>
    public static JsonElement? Json(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new() { MaxDepth = 32 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static byte[] Sign(long seconds, ReadOnlySpan<byte> body, string secret)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(seconds.ToString(CultureInfo.InvariantCulture)));
        hmac.AppendData("."u8);
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    static byte[]? Hex(string text)
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        return text.Length == 2 * bytes.Length
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }
}
