using Fulfillment.Payments;

namespace Fulfillment.Connectors;

/// <summary>
/// Webhooks of the test gateway (header <c>Test-Signature</c>, signed as Stripe does): <c>{ id, payment, about,
/// reference, status, code?, amount?: { amount, currency } }</c>, with the words of the messages.
/// </summary>
public sealed class TestWebhook(string secret, TimeProvider time)
{
    /// <summary>Verifies and reads one. To be used as a <see cref="WebhookReader"/>.</summary>
    public ValueTask<WebhookReading> Read(WebhookMessage message, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (SignedWebhook.Fault(message.Header("Test-Signature"), message.Body.Span, secret, now) is { } fault)
            return new(new WebhookReading(fault));
        if (SignedWebhook.Json(message.Body) is not { } json || json.Text("id") is not { } id
            || json.Text("payment") is not { } payment || json.Text("reference") is not { } reference)
            return new(new WebhookReading(WebhookStatus.Malformed));
        if (About(json.Text("about")) is not { } about || Status(json.Text("status")) is not { } status)
            return new(new WebhookReading(WebhookStatus.Ignored));
        Money? amount = json.Whole("amount", "amount") is { } minor && json.Text("amount", "currency") is { } currency
            ? new(minor, currency) : null;
        ProviderAnswer answer = new(status, reference, Code: json.Text("code"));
        return new(WebhookReading.Of(new(id, payment, about, reference, answer, amount)));
    }

    static ProviderStep? About(string? word) => word switch
    {
        "authorise" => ProviderStep.Authorise,
        "capture" => ProviderStep.Capture,
        "void" => ProviderStep.Void,
        "refund" => ProviderStep.Refund,
        _ => null,
    };

    static ProviderStatus? Status(string? word) => word switch
    {
        "pending" => ProviderStatus.Pending,
        "done" => ProviderStatus.Done,
        "declined" => ProviderStatus.Declined,
        "expired" => ProviderStatus.Expired,
        "refused" => ProviderStatus.Refused,
        _ => null,
    };
}
