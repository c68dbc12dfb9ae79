using System.Diagnostics;
using Fulfillment.Connectors;
using Fulfillment.Payments;

namespace Fulfillment.Client.Api;

/// <summary>
/// Who reads the webhooks of payment providers, by the provider's name, and where what they tell goes. <c>Take</c> may
/// be told the same twice, and throws <see cref="ClusterException"/> when it could not take it: the provider sends it
/// again.
/// </summary>
public sealed record PaymentWebhooks(
    IReadOnlyDictionary<string, WebhookReader> Readers, Func<ProviderNotice, CancellationToken, Task> Take)
{
    /// <summary>No provider has webhooks.</summary>
    public static PaymentWebhooks None { get; } =
        new(new Dictionary<string, WebhookReader>(), (_, _) => Task.CompletedTask);

    /// <summary>
    /// Those of the providers, handed to the payments of the cluster. What names no payment of ours is left alone: a
    /// provider's account may serve others too.
    /// </summary>
    public static PaymentWebhooks Of(ICluster cluster, PaymentProviders providers) =>
        new(providers.Webhooks, async (notice, cancel) =>
        {
            EntityId payment = new(PaymentsCalls.Kind, notice.Payment);
            if (!Fields.IsId(payment.Seller) || !Fields.IsId(payment.Name)) return;
            Seat seat = new(cluster, payment.Seller, new("webhook", $"event {notice.EventId}"));
            if (await seat.Payment(payment.Name).Note(notice, cancel) == NoticeStatus.NotYet)
                throw new ClusterException(Fault.Overloaded, "A refund of this payment is under way. Send it again.");
        });
}

/// <summary>What a provider gets for a webhook that was taken in.</summary>
public sealed record WebhookBody(string Status);

/// <summary>Webhooks of payment providers: verified, read, handed on.</summary>
public static class PaymentWebhooksApi
{
    /// <summary>The largest webhook.</summary>
    public const int MaxBody = 256 << 10;

    /// <summary>Adds the route.</summary>
    public static void MapPaymentWebhooks(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/webhooks/{provider}", Receive)
            .Describe("receiveWebhook", "A message of a payment provider, signed by him", "payments")
            .Accepts<object>("application/json").Answers<WebhookBody>(200).Refuses(400, 401, 404);

    static async Task<IResult> Receive(HttpContext http, PaymentWebhooks webhooks, string provider)
    {
        Requests.PathId("provider", provider);
        if (!webhooks.Readers.TryGetValue(provider, out var read))
            return Problem.NotFound("unknown-provider", $"No provider {provider} is set up to send webhooks.");
        // The signature is over every byte, so nothing is masked; nothing of it is kept either, beyond the notice.
        var body = await http.BodyAsSent(MaxBody);
        WebhookReading reading;
        try
        {
            reading = await read(new(name => http.Request.Headers[name], body), http.RequestAborted);
        }
        catch (ProviderUnclearException)
        {
            return new Problem(503, "not-verified", "It could not be verified.",
                "What verifies the signature is not at hand. Send it again.", retryAfter: 60);
        }

        switch (reading.Status)
        {
            case WebhookStatus.Ignored:
                return Answer.Ok(new("ignored"), ApiJson.Wire.WebhookBody);
            case WebhookStatus.Accepted:
                await webhooks.Take(reading.Notice!, http.RequestAborted);
                return Answer.Ok(new("accepted"), ApiJson.Wire.WebhookBody);
            default:
                return Refused(reading.Status, "provider");
        }
    }

    /// <summary>Why a webhook of anybody, a provider or a carrier, is not taken.</summary>
    internal static Problem Refused(WebhookStatus status, string who)
    {
        var (code, number, detail) = status switch
        {
            WebhookStatus.Unsigned => ("unsigned", 401, "It has no signature."),
            WebhookStatus.WrongSignature => ("wrong-signature", 401, $"The signature is not the {who}'s."),
            WebhookStatus.Malformed =>
                ("malformed-webhook", 400, $"The signature or the body is not as the {who} writes it."),
            WebhookStatus.TooOld => ("too-old", 400, "It was signed too long ago, or in the future."),
            WebhookStatus.Ignored or WebhookStatus.Accepted => throw new UnreachableException(),
        };
        return new(number, code, "The webhook was refused.", detail);
    }
}
