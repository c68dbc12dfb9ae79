using System.Text.Json.Serialization;

namespace Fulfillment.Payments;

/// <summary>What a provider can be asked to do with money.</summary>
public enum ProviderStep
{
    /// <summary>Promise money of the buyer.</summary>
    [JsonStringEnumMemberName("authorise")] Authorise,

    /// <summary>Take promised money, or part of it.</summary>
    [JsonStringEnumMemberName("capture")] Capture,

    /// <summary>Give up what is promised and not taken.</summary>
    [JsonStringEnumMemberName("void")] Void,

    /// <summary>Give taken money back, or part of it.</summary>
    [JsonStringEnumMemberName("refund")] Refund,
}

/// <summary>How a step at a provider went.</summary>
public enum ProviderStatus
{
    /// <summary>Not known yet: ask later, or wait for the provider's webhook.</summary>
    [JsonStringEnumMemberName("pending")] Pending,

    /// <summary>Done.</summary>
    [JsonStringEnumMemberName("done")] Done,

    /// <summary>The buyer's bank or the provider said no; another method may do.</summary>
    [JsonStringEnumMemberName("declined")] Declined,

    /// <summary>The authorisation is too old; a new one is needed.</summary>
    [JsonStringEnumMemberName("expired")] Expired,

    /// <summary>The provider takes the request for wrong; repeating it would not help.</summary>
    [JsonStringEnumMemberName("refused")] Refused,
}

/// <summary>
/// What a provider is sent. The id of the send is the provider's idempotency key: asked again under it, the provider
/// does nothing twice and tells what came of it. <c>Payment</c>: our id of the payment, <c>{seller}/{order}</c>, to be
/// kept by the provider beside the money so that it can be found again.
/// </summary>
[JsonDerivedType(typeof(Authorise), "authorise")]
[JsonDerivedType(typeof(Capture), "capture")]
[JsonDerivedType(typeof(Void), "void")]
[JsonDerivedType(typeof(Refund), "refund")]
[JsonDerivedType(typeof(Inquire), "inquire")]
public abstract record ProviderCall(string Payment)
{
    /// <summary>Numbers the calls of one payment, so that its answer finds back to it.</summary>
    public int Step { get; init; }

    /// <summary>
    /// Promises an amount. <c>Method</c>: the provider's token of the buyer's means of payment, never a card number.
    /// <c>Take</c>: captured at once. <c>Renews</c>: the reference of the authorisation that ran out, when there was
    /// one.
    /// </summary>
    public sealed record Authorise(string Payment, string Method, Money Amount, bool Take, string? Renews = null)
        : ProviderCall(Payment), ICommand<ProviderAnswer>;

    /// <summary>
    /// Takes part of an authorisation. <c>Last</c>: nothing more will be taken, and the provider may give the rest up.
    /// </summary>
    public sealed record Capture(string Payment, string Authorisation, Money Amount, bool Last)
        : ProviderCall(Payment), ICommand<ProviderAnswer>;

    /// <summary>Gives up what is left of an authorisation.</summary>
    public sealed record Void(string Payment, string Authorisation) : ProviderCall(Payment), ICommand<ProviderAnswer>;

    /// <summary>Gives back part of a capture; <c>Taken</c>: its reference.</summary>
    public sealed record Refund(string Payment, string Taken, Money Amount)
        : ProviderCall(Payment), ICommand<ProviderAnswer>;

    /// <summary>What came of a step that was pending, by the reference that its answer gave.</summary>
    public sealed record Inquire(string Payment, ProviderStep About, string Reference)
        : ProviderCall(Payment), ICommand<ProviderAnswer>;
}

/// <summary>What a provider answered.</summary>
/// <param name="Status">How it went.</param>
/// <param name="Reference">The provider's id of the authorisation, capture or refund; null when it gave none.</param>
/// <param name="Capture">The provider's id of the capture that an authorisation with <c>Take</c> made.</param>
/// <param name="ExpiresAt">When the authorisation runs out, as far as the provider tells.</param>
/// <param name="Code">The provider's own word for the refusal, such as <c>insufficient_funds</c>.</param>
/// <param name="ActionUrl">Where the buyer must go first (3-D Secure, approval); null when he need not.</param>
public sealed record ProviderAnswer(
    ProviderStatus Status, string? Reference = null, string? Capture = null, DateTimeOffset? ExpiresAt = null,
    string? Code = null, string? ActionUrl = null);

/// <summary>
/// What a provider tells by itself, from a webhook whose signature was right. <c>EventId</c>: the provider's id of the
/// message. <c>Payment</c>: our id, as the provider kept it. <c>Reference</c>: of the authorisation, capture or refund
/// that it is about. <c>Amount</c>: when the message names one.
/// </summary>
public sealed record ProviderNotice(
    string EventId, string Payment, ProviderStep About, string Reference, ProviderAnswer Answer, Money? Amount);
