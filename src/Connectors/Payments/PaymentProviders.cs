using System.Collections.Frozen;
using Fulfillment.Payments;

namespace Fulfillment.Connectors;

/// <summary>
/// The payment providers as connectors, and the readers of their webhooks. One that is not set up is there all the
/// same, and refuses every call with the code <c>not-configured</c>: a send to it ends.
/// </summary>
public sealed class PaymentProviders : IDisposable
{
    /// <summary>What a provider that is not set up answers.</summary>
    public const string NotConfigured = "not-configured";

    readonly List<IDisposable> _open = [];

    /// <summary>Those that the settings speak of.</summary>
    public PaymentProviders(PaymentSettings settings, TimeProvider time)
    {
        Dictionary<string, Connector> connectors = new()
        {
            [StripeGateway.Name] = Refuse,
            [PayPalGateway.Name] = Refuse,
            [TestGateway.Name] = Refuse,
        };
        Dictionary<string, WebhookReader> webhooks = [];
        if (settings.Stripe is { } stripe)
        {
            connectors[StripeGateway.Name] = Keep(new StripeGateway(stripe)).Answer;
            if (stripe.WebhookSecret is { } secret)
                webhooks[StripeGateway.Name] = new StripeWebhook(secret, time).Read;
        }

        if (settings.PayPal is { } paypal)
        {
            connectors[PayPalGateway.Name] = Keep(new PayPalGateway(paypal, time)).Answer;
            if (paypal.WebhookId is { } webhook)
            {
                var certificates = Keep(new PayPalCertificates(paypal.Deadline));
                webhooks[PayPalGateway.Name] = Keep(new PayPalWebhook(webhook, certificates.Get, null, time)).Read;
            }
        }

        if (settings.Test is { } test)
        {
            connectors[TestGateway.Name] = new TestGateway(test, time).Answer;
            if (test.Secret is { } secret) webhooks[TestGateway.Name] = new TestWebhook(secret, time).Read;
        }

        (Connectors, Webhooks) = (connectors.ToFrozenDictionary(), webhooks.ToFrozenDictionary());
    }

    /// <summary>No provider is set up.</summary>
    public static PaymentProviders None { get; } = new(PaymentSettings.None, TimeProvider.System);

    /// <summary>All three connectors by name.</summary>
    public IReadOnlyDictionary<string, Connector> Connectors { get; }

    /// <summary>The readers of webhooks by the provider's name, of those that can be verified.</summary>
    public IReadOnlyDictionary<string, WebhookReader> Webhooks { get; }

    /// <inheritdoc/>
    public void Dispose() => _open.ForEach(o => o.Dispose());

    static ValueTask<object> Refuse(string id, object command, CancellationToken cancel) =>
        new(Gateways.Refused(NotConfigured));

    T Keep<T>(T opened)
        where T : IDisposable
    {
        _open.Add(opened);
        return opened;
    }
}
