using System.Text.Json;
using Fulfillment.Payments;

namespace Fulfillment.Connectors;

/// <summary>
/// Stripe's webhooks (header <c>Stripe-Signature</c>). Of a payment intent: succeeded, amount capturable updated,
/// failed, canceled; of refunds: <c>charge.refund.updated</c>, and <c>charge.refunded</c> where it lists the refund,
/// which it does at endpoints of API versions before 2022-11-15.
/// </summary>
public sealed class StripeWebhook(string secret, TimeProvider time)
{
    /// <summary>Verifies and reads one. To be used as a <see cref="WebhookReader"/>.</summary>
    public ValueTask<WebhookReading> Read(WebhookMessage message, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var fault = SignedWebhook.Fault(message.Header("Stripe-Signature"), message.Body.Span, secret, now);
        if (fault is { } status) return new(new WebhookReading(status));
        if (SignedWebhook.Json(message.Body) is not { } json || json.Text("id") is not { } id
            || json.Text("type") is not { } type
            || json.At("data", "object") is not { ValueKind: JsonValueKind.Object } thing)
            return new(new WebhookReading(WebhookStatus.Malformed));
        try
        {
            return new(WebhookReading.Of(Notice(id, type, thing)));
        }
        catch (ProviderUnclearException)
        {
            // It lacks what every such object has.
            return new(new WebhookReading(WebhookStatus.Malformed));
        }
    }

    static ProviderNotice? Notice(string id, string type, JsonElement thing) => type switch
    {
        "payment_intent.succeeded" when thing.Text("capture_method") == "manual" =>
            Told(id, thing, ProviderStep.Capture, StripeAnswers.Captured(thing), "amount_received"),
        "payment_intent.succeeded" =>
            Told(id, thing, ProviderStep.Authorise, StripeAnswers.Authorised(thing), "amount_received"),
        // After a partial capture it says what is left; the capture's own answer has told that.
        "payment_intent.amount_capturable_updated" when thing.Whole("amount_received") is null or 0 =>
            Told(id, thing, ProviderStep.Authorise, StripeAnswers.Authorised(thing), "amount_capturable"),
        "payment_intent.payment_failed" =>
            Told(id, thing, ProviderStep.Authorise, StripeAnswers.Authorised(thing), "amount"),
        "payment_intent.canceled" when thing.Text("cancellation_reason") == "automatic" =>
            Told(id, thing, ProviderStep.Authorise, StripeAnswers.Authorised(thing), "amount"),
        "payment_intent.canceled" => Told(id, thing, ProviderStep.Void, StripeAnswers.Voided(thing), "amount"),
        "charge.refund.updated" => Told(id, thing, ProviderStep.Refund, StripeAnswers.Refunded(thing), "amount"),
        "charge.refunded" when thing.At("refunds", "data", "0") is { ValueKind: JsonValueKind.Object } refund =>
            Told(id, refund, ProviderStep.Refund, StripeAnswers.Refunded(refund), "amount"),
        _ => null,
    };

    /// <summary>Null for a payment that is not ours: it lacks our id.</summary>
    static ProviderNotice? Told(
        string id, JsonElement thing, ProviderStep about, ProviderAnswer? answer, string amount) =>
        thing.Text("metadata", "payment") is { Length: > 0 } payment && answer is { Reference: { } reference }
            ? new(id, payment, about, reference, answer,
                StripeAmounts.Read(thing.Whole(amount), thing.Text("currency")))
            : null;
}
