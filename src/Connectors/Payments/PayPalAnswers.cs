using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Fulfillment.Payments;

namespace Fulfillment.Connectors;

/// <summary>
/// What PayPal's objects and errors mean to us (Orders v2 and Payments v2, the issues of their 4xx answers).
/// </summary>
static class PayPalAnswers
{
    static readonly FrozenSet<string> Declines = FrozenSet.Create(
        "INSTRUMENT_DECLINED", "TRANSACTION_REFUSED", "TRANSACTION_BLOCKED_BY_PAYEE", "TRANSACTION_LIMIT_EXCEEDED",
        "DECLINED_DUE_TO_RELATED_TXN", "PAYER_CANNOT_PAY", "PAYER_ACCOUNT_LOCKED_OR_CLOSED",
        "PAYER_ACCOUNT_RESTRICTED", "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING", "ALIAS_DECLINED_BY_PROCESSOR",
        "PAYMENT_SOURCE_DECLINED_BY_PROCESSOR", "PAYMENT_SOURCE_INFO_CANNOT_BE_VERIFIED",
        "PAYMENT_SOURCE_CANNOT_BE_USED", "CARD_EXPIRED", "REFERENCED_CARD_EXPIRED", "CARD_BRAND_NOT_SUPPORTED",
        "CARD_TYPE_NOT_SUPPORTED", "AUTHORIZATION_DENIED", "COMPLIANCE_VIOLATION", "TOKEN_EXPIRED",
        "AGREEMENT_ALREADY_CANCELLED", "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED", "REFUND_FAILED_INSUFFICIENT_FUNDS");

    static readonly FrozenSet<string> Expiries = FrozenSet.Create("AUTHORIZATION_EXPIRED", "ORDER_EXPIRED");

    static readonly FrozenSet<string> Busy = FrozenSet.Create(
        "PREVIOUS_REQUEST_IN_PROGRESS", "ORDER_COMPLETION_IN_PROGRESS", "PENDING_CAPTURE", "RATE_LIMIT_REACHED");

    /// <summary>An authorisation.</summary>
    public static ProviderAnswer Authorised(JsonElement authorisation)
    {
        var reference = Id(authorisation);
        return authorisation.Text("status") switch
        {
            "CREATED" or "CAPTURED" or "PARTIALLY_CAPTURED" =>
                new(ProviderStatus.Done, reference, ExpiresAt: Time(authorisation.Text("expiration_time"))),
            "PENDING" => new(ProviderStatus.Pending, reference),
            "DENIED" => new(ProviderStatus.Declined, reference,
                Code: authorisation.Text("processor_response", "response_code") ?? "DENIED"),
            "EXPIRED" => new(ProviderStatus.Expired, reference, Code: "EXPIRED"),
            "VOIDED" => new(ProviderStatus.Declined, reference, Code: "VOIDED"),
            _ => throw Senseless("an authorisation of unknown status"),
        };
    }

    /// <summary>A capture.</summary>
    public static ProviderAnswer Captured(JsonElement capture)
    {
        var reference = Id(capture);
        return capture.Text("status") switch
        {
            "COMPLETED" or "PARTIALLY_REFUNDED" or "REFUNDED" => new(ProviderStatus.Done, reference),
            "PENDING" => new(ProviderStatus.Pending, reference),
            "DECLINED" or "DENIED" or "FAILED" => new(ProviderStatus.Declined, reference,
                Code: capture.Text("processor_response", "response_code") ?? capture.Text("status_details", "reason")
                    ?? capture.Text("status")),
            _ => throw Senseless("a capture of unknown status"),
        };
    }

    /// <summary>A refund.</summary>
    public static ProviderAnswer Refunded(JsonElement refund)
    {
        var reference = Id(refund);
        return refund.Text("status") switch
        {
            "COMPLETED" => new(ProviderStatus.Done, reference),
            "PENDING" => new(ProviderStatus.Pending, reference),
            "CANCELLED" or "FAILED" => new(ProviderStatus.Declined, reference,
                Code: refund.Text("status_details", "reason") ?? refund.Text("status")),
            _ => throw Senseless("a refund of unknown status"),
        };
    }

    /// <summary>The finest word for what is wrong.</summary>
    public static string Issue(ProviderReply reply) =>
        reply.Body.Text("details", "0", "issue") ?? reply.Body.Text("name") ?? $"http-{reply.Status}";

    /// <summary>An error; throws where it says that the same request is still under way.</summary>
    public static ProviderAnswer Refusal(ProviderReply reply)
    {
        if (reply.Body.Text("name") is null) throw Senseless($"HTTP status {reply.Status} without an error");
        var issue = Issue(reply);
        if (Busy.Contains(issue)) throw Senseless($"{issue}: still busy with it");
        return new(
            Expiries.Contains(issue) ? ProviderStatus.Expired
                : Declines.Contains(issue) ? ProviderStatus.Declined : ProviderStatus.Refused,
            Code: issue);
    }

    /// <summary>The address of a link; null where there is none.</summary>
    public static string? Link(JsonElement body, string relation) =>
        body.Items("links").FirstOrDefault(l => l.Text("rel") == relation).Text("href");

    /// <summary>An instant as RFC 3339 writes it; null for none.</summary>
    public static DateTimeOffset? Time(string? text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out var time) ? time : null;

    static string Id(JsonElement thing) => thing.Text("id") ?? throw Senseless("something without an id");

    static ProviderUnclearException Senseless(string what) => new(PayPalGateway.Name, $"answered {what}");
}
