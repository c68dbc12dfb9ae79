using System.Globalization;

namespace Fulfillment.Connectors;

/// <summary>Settings of payment providers that make no sense; the message names the variable and no secret.</summary>
public sealed class PaymentSettingsException(string message) : Exception(message);

/// <summary>
/// Stripe. <c>Key</c>: the secret key, of test mode (<c>sk_test_</c>) or live. <c>ReturnUrl</c>: where buyers come back
/// to from 3-D Secure; without one, methods that would send them away are not used.
/// </summary>
public sealed class StripeSettings(string key, string? webhookSecret, Uri api, Uri? returnUrl, TimeSpan deadline)
{
    internal string Key { get; } = key;

    internal string? WebhookSecret { get; } = webhookSecret;

    internal Uri Api { get; } = api;

    internal Uri? ReturnUrl { get; } = returnUrl;

    internal TimeSpan Deadline { get; } = deadline;
}

/// <summary>
/// PayPal. <c>Client</c> and <c>Secret</c>: of the REST app. <c>WebhookId</c>: PayPal's id of our webhook, part of what
/// it signs. <c>ReturnUrl</c>: where buyers come back to from the approval.
/// </summary>
public sealed class PayPalSettings(
    string client, string secret, string? webhookId, Uri api, Uri? returnUrl, TimeSpan deadline)
{
    internal string Client { get; } = client;

    internal string Secret { get; } = secret;

    internal string? WebhookId { get; } = webhookId;

    internal Uri Api { get; } = api;

    internal Uri? ReturnUrl { get; } = returnUrl;

    internal TimeSpan Deadline { get; } = deadline;
}

/// <summary>
/// The test gateway. <c>Secret</c>: signs its references and webhooks; without one references are signed with a word
/// that everybody knows, and webhooks are not taken.
/// </summary>
public sealed class TestGatewaySettings(string? secret)
{
    internal string? Secret { get; } = secret;
}

/// <summary>Which payment providers are set up; null for one that is not.</summary>
public sealed record PaymentSettings(StripeSettings? Stripe, PayPalSettings? PayPal, TestGatewaySettings? Test)
{
    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>No provider at all.</summary>
    public static PaymentSettings None { get; } = new(null, null, null);

    /// <summary>
    /// Reads the variables of the environment: <c>FULFILLMENT_STRIPE_KEY</c>, <c>_STRIPE_WEBHOOK_SECRET</c>,
    /// <c>_STRIPE_API</c>; <c>FULFILLMENT_PAYPAL_CLIENT</c>, <c>_PAYPAL_SECRET</c>, <c>_PAYPAL_WEBHOOK_ID</c>,
    /// <c>_PAYPAL_API</c> (PayPal's live API unless it says otherwise); <c>FULFILLMENT_PAYMENT_RETURN_URL</c>;
    /// <c>FULFILLMENT_PAYMENT_DEADLINE_SECONDS</c> of one call; <c>FULFILLMENT_TEST_GATEWAY=1</c> and
    /// <c>FULFILLMENT_TEST_GATEWAY_SECRET</c>. Throws <see cref="PaymentSettingsException"/>.
    /// </summary>
    /// <param name="variable">The value of a variable; null or empty for one that is not set.</param>
    /// <param name="demo">The test gateway is on whatever its variable says.</param>
    public static PaymentSettings Read(Func<string, string?> variable, bool demo = false)
    {
        string? Value(string name) => variable($"FULFILLMENT_{name}") is { Length: > 0 } text ? text : null;
        var deadline = Value("PAYMENT_DEADLINE_SECONDS") is not { } text ? Deadline
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var s) && s is >= 1 and <= 300
                ? TimeSpan.FromSeconds(s)
            : throw new PaymentSettingsException("FULFILLMENT_PAYMENT_DEADLINE_SECONDS must be 1 to 300.");
        var back = Value("PAYMENT_RETURN_URL") is { } url ? Address("PAYMENT_RETURN_URL", url) : null;
        var stripe = Value("STRIPE_KEY") is not { } key ? null
            : new StripeSettings(key, Value("STRIPE_WEBHOOK_SECRET"),
                Address("STRIPE_API", Value("STRIPE_API") ?? "https://api.stripe.com/"), back, deadline);
        var (client, secret) = (Value("PAYPAL_CLIENT"), Value("PAYPAL_SECRET"));
        if (client is null != secret is null)
            throw new PaymentSettingsException("FULFILLMENT_PAYPAL_CLIENT and FULFILLMENT_PAYPAL_SECRET go together.");
        var paypal = client is null ? null
            : new PayPalSettings(client, secret!, Value("PAYPAL_WEBHOOK_ID"),
                Address("PAYPAL_API", Value("PAYPAL_API") ?? "https://api-m.paypal.com/"), back, deadline);
        var test = demo || Value("TEST_GATEWAY") is "1" or "true"
            ? new TestGatewaySettings(Value("TEST_GATEWAY_SECRET")) : null;
        return new(stripe, paypal, test);
    }

    /// <summary>Secrets travel by TLS; without it only to this machine.</summary>
    static Uri Address(string name, string text) =>
        Uri.TryCreate(text.EndsWith('/') ? text : $"{text}/", UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            ? url : throw new PaymentSettingsException(
                $"FULFILLMENT_{name} must be an https address, or an http one of this machine.");
}
