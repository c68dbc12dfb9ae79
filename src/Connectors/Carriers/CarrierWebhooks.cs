using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>What a carrier tells of one number, by himself.</summary>
public sealed record TrackNotice(string TrackingNumber, TrackReply Told);

/// <summary>What a carrier's webhook turned out to be; <c>Notices</c>: none unless it was accepted.</summary>
public sealed record CarrierWebhookReading(WebhookStatus Status, IReadOnlyList<TrackNotice> Notices);

/// <summary>
/// Webhooks of carriers, verified as each of them signs, and read as he writes what he is asked for too:
/// <list type="bullet">
/// <item>UPS Track Alert: header <c>credential</c>, the one that the webhook was registered with.</item>
/// <item>FedEx Advanced Integrated Visibility: header <c>fdx-signature</c>, Base64 of HMAC-SHA256 of the body under the
/// project's security token (business rules and best practices of its documentation).</item>
/// <item>DHL: header <c>X-Webhook-Token</c>, a header and token that are told to DHL when one subscribes
/// (<c>hook.authentication</c> of its Push API); the body as MyDHL tracking writes it.</item>
/// <item>USPS Subscriptions, Tracking: header <c>X-HMAC</c>. Its public documents do not tell how the secret signs; it
/// is taken as HMAC-SHA256 of the body, in hex or Base64.</item>
/// <item>Local courier: header <c>Courier-Signature</c>, signed as Stripe does, with its time: not older than five
/// minutes.</item>
/// </list>
/// But for the courier's they have no time of signing: one that is sent again tells what is known already, and changes
/// nothing.
/// </summary>
public sealed class CarrierWebhooks(IReadOnlyDictionary<string, string> secrets, TimeProvider time)
{
    /// <summary>The most numbers, and the most events, that one webhook tells of.</summary>
    public const int MostNumbers = 100, MostEvents = 500;

    /// <summary>Whether webhooks of a carrier are taken.</summary>
    public bool Has(string carrier) => secrets.ContainsKey(carrier);

    /// <summary>Verifies and reads one of a carrier that <see cref="Has"/> webhooks.</summary>
    public CarrierWebhookReading Read(string carrier, WebhookMessage message)
    {
        if (Fault(carrier, message, secrets[carrier]) is { } fault) return new(fault, []);
        if (SignedWebhook.Json(message.Body) is not { } json) return new(WebhookStatus.Malformed, []);
        TrackNotice[] told =
        [
            .. Notices(carrier, json).Take(MostNumbers).Where(n => n.TrackingNumber.Length is > 0 and <= 100)
                .Select(n => n with { Told = n.Told with { Events = [.. n.Told.Events.TakeLast(MostEvents)] } }),
        ];
        return told.Length > 0 ? new(WebhookStatus.Accepted, told) : new(WebhookStatus.Malformed, []);
    }

    WebhookStatus? Fault(string carrier, WebhookMessage message, string secret) => carrier switch
    {
        UpsCarrier.Carrier => OfToken(message.Header("credential"), secret),
        DhlExpressCarrier.Carrier => OfToken(message.Header("X-Webhook-Token"), secret),
        FedExCarrier.Carrier => OfHmac(message.Header("fdx-signature"), message.Body.Span, secret, hexToo: false),
        UspsCarrier.Carrier => OfHmac(message.Header("X-HMAC"), message.Body.Span, secret, hexToo: true),
        _ => SignedWebhook.Fault(
            message.Header("Courier-Signature"), message.Body.Span, secret, time.GetUtcNow()),
    };

    /// <summary>Hashes are compared, so that the time tells neither the token nor its length.</summary>
    static WebhookStatus? OfToken(string? given, string secret) =>
        string.IsNullOrEmpty(given) ? WebhookStatus.Unsigned
        : CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)))
            ? null : WebhookStatus.WrongSignature;

    static WebhookStatus? OfHmac(string? given, ReadOnlySpan<byte> body, string secret, bool hexToo)
    {
        if (string.IsNullOrEmpty(given)) return WebhookStatus.Unsigned;
        var signature = new byte[SHA256.HashSizeInBytes];
        var isRead = Convert.TryFromBase64String(given, signature, out var length) && length == signature.Length;
        if (!isRead && hexToo)
        {
            isRead = given.Length == 2 * signature.Length
                && Convert.FromHexString(given, signature, out _, out _) == System.Buffers.OperationStatus.Done;
        }

        if (!isRead) return WebhookStatus.WrongSignature;
        return CryptographicOperations.FixedTimeEquals(
            signature, HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)) ? null : WebhookStatus.WrongSignature;
    }

    static IEnumerable<TrackNotice> Notices(string carrier, JsonElement json) => carrier switch
    {
        UpsCarrier.Carrier => json.Text("trackingNumber") is { } number && UpsAnswers.Alerted(json) is { } told
            ? [new(number, told)] : [],
        FedExCarrier.Carrier =>
            from complete in json.Items("output", "completeTrackResults")
            from result in complete.Items("trackResults")
            let number = result.Text("trackingNumberInfo", "trackingNumber") ?? complete.Text("trackingNumber")
            where number is not null
            select new TrackNotice(number, FedExAnswers.Tracked(result)),
        DhlExpressCarrier.Carrier =>
            from shipment in json.Items("shipments")
            let number = shipment.Text("shipmentTrackingNumber")
            where number is not null
            select new TrackNotice(number, DhlExpressAnswers.Tracked(shipment)),
        UspsCarrier.Carrier => json.Text("trackingNumber") is { } number
            ? [new(number, UspsAnswers.Tracked(json))] : [],
        _ => json.Text("trackingNumber") is { } number && Courier(json) is { } told ? [new(number, told)] : [],
    };

    /// <summary>
    /// A courier without words of his own uses ours: <c>{ trackingNumber, expected?, signedBy?, events: [{ at,
    /// milestone, code?, says?, place?, why? }] }</c>. A milestone that we have no word for is told as another.
    /// </summary>
    static TrackReply? Courier(JsonElement json)
    {
        List<TrackEvent> events = [];
        foreach (var told in json.Items("events"))
        {
            if (CarrierText.Instant(told.Text("at")) is not { } at) return null;
            var milestone = Word<Milestone>(told.Text("milestone"));
            events.Add(new(
                at, milestone ?? Milestone.Other, CarrierText.Cut(told.Text("code") ?? told.Text("milestone"), 40),
                CarrierText.Cut(told.Text("says"), 200), CarrierText.Place(told.Text("place"), null),
                Word<CaseReason>(told.Text("why"))));
        }

        var expected = CarrierText.Day(json.Text("expected"));
        return events.Count == 0 && expected is null ? null
            : new(true, [.. events.OrderBy(e => e.At)], expected,
                SignedBy: CarrierText.Name(json.Text("signedBy")));
    }

    static T? Word<T>(string? word)
        where T : struct, Enum =>
        word is { Length: > 0 } && word.All(c => c == '-' || char.IsAsciiLetterLower(c))
        && Enum.TryParse<T>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var known)
            ? known : null;
}
