using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Fulfillment.Payments;

namespace Fulfillment.Connectors;

/// <summary>What Stripe's objects and errors mean to us (docs.stripe.com/error-codes, /declines/codes).</summary>
static class StripeAnswers
{
    /// <summary>Codes that are a decline though Stripe sends them as invalid requests.</summary>
    static readonly FrozenSet<string> Declines = FrozenSet.Create(
        "payment_intent_authentication_failure", "payment_intent_payment_attempt_failed",
        "payment_method_customer_decline", "payment_method_provider_decline", "payment_method_provider_timeout",
        "payment_method_unactivated", "payment_method_not_available", "payment_method_unexpected_state",
        "payment_method_bank_account_blocked", "authentication_required", "card_declined", "expired_card",
        "incorrect_cvc", "incorrect_number", "incorrect_zip", "insufficient_funds", "processing_error");

    /// <summary>An authorisation, or with automatic capture the whole payment.</summary>
    public static ProviderAnswer Authorised(JsonElement intent)
    {
        var reference = intent.Text("id");
        return intent.Text("status") switch
        {
            _ when reference is null => throw Senseless("a PaymentIntent without an id"),
            "succeeded" => new(ProviderStatus.Done, reference, CaptureOf(intent)),
            "requires_capture" => new(ProviderStatus.Done, reference, ExpiresAt: Expiry(intent)),
            "processing" or "requires_confirmation" => new(ProviderStatus.Pending, reference),
            "requires_action" => new(ProviderStatus.Pending, reference,
                ActionUrl: intent.Text("next_action", "redirect_to_url", "url")),
            "requires_payment_method" => new(ProviderStatus.Declined, reference,
                Code: intent.Text("last_payment_error", "decline_code") ?? intent.Text("last_payment_error", "code")
                    ?? "requires_payment_method"),
            "canceled" when intent.Text("cancellation_reason") == "automatic" =>
                new(ProviderStatus.Expired, reference, Code: "automatic"),
            "canceled" => new(ProviderStatus.Declined, reference, Code: "canceled"),
            _ => throw Senseless("a PaymentIntent of unknown status"),
        };
    }

    /// <summary>A capture: the charge, and what was received with it.</summary>
    public static ProviderAnswer Captured(JsonElement intent) => intent.Text("status") switch
    {
        "succeeded" => new(ProviderStatus.Done, CaptureOf(intent)),
        "requires_capture" when intent.Whole("amount_received") > 0 => new(ProviderStatus.Done, CaptureOf(intent)),
        "requires_capture" or "processing" => new(ProviderStatus.Pending, intent.Text("id")),
        "canceled" => new(ProviderStatus.Expired, intent.Text("id"), Code: "canceled"),
        "requires_payment_method" => new(ProviderStatus.Declined, intent.Text("id"),
            Code: intent.Text("last_payment_error", "code") ?? "requires_payment_method"),
        _ => throw Senseless("a captured PaymentIntent of unknown status"),
    };

    /// <summary>Whether a charge has received what the reference of a capture of it says.</summary>
    public static ProviderAnswer Charged(JsonElement charge, string reference)
    {
        var wanted = reference.Split('@') is [_, var text]
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) ? amount : 1;
        return charge.Text("status") switch
        {
            "succeeded" when charge.Whole("amount_captured") >= wanted => new(ProviderStatus.Done, reference),
            "succeeded" or "pending" => new(ProviderStatus.Pending, reference),
            "failed" => new(ProviderStatus.Declined, reference, Code: charge.Text("failure_code") ?? "failed"),
            _ => throw Senseless("a charge of unknown status"),
        };
    }

    /// <summary>Nothing is left of it: given up, or all taken. Null while something is.</summary>
    public static ProviderAnswer? Voided(JsonElement intent) => intent.Text("status") is "canceled" or "succeeded"
        ? new(ProviderStatus.Done, intent.Text("id")) : null;

    /// <summary>A refund.</summary>
    public static ProviderAnswer Refunded(JsonElement refund)
    {
        var reference = refund.Text("id");
        return refund.Text("status") switch
        {
            _ when reference is null => throw Senseless("a refund without an id"),
            "succeeded" => new(ProviderStatus.Done, reference),
            "pending" or "requires_action" => new(ProviderStatus.Pending, reference),
            "failed" or "canceled" =>
                new(ProviderStatus.Declined, reference, Code: refund.Text("failure_reason") ?? refund.Text("status")),
            _ => throw Senseless("a refund of unknown status"),
        };
    }

    /// <summary>An error. <c>402</c> is always a decline; a PaymentIntent in it tells whether it ran out.</summary>
    public static ProviderAnswer Refusal(ProviderReply reply)
    {
        var error = reply.Body.At("error");
        if (error.ValueKind != JsonValueKind.Object) throw Senseless($"HTTP status {reply.Status} without an error");
        var code = error.Text("decline_code") ?? error.Text("code") ?? error.Text("type") ?? $"http-{reply.Status}";
        var reference = error.Text("payment_intent", "id");
        var ranOut = code == "charge_expired_for_capture"
            || error.Text("payment_intent", "cancellation_reason") == "automatic";
        var declined = reply.Status == 402 || error.Text("type") == "card_error" || Declines.Contains(code);
        var status = ranOut ? ProviderStatus.Expired : declined ? ProviderStatus.Declined : ProviderStatus.Refused;
        return new(status, reference, Code: code);
    }

    /// <summary>The charge with all that it has received so far.</summary>
    static string? CaptureOf(JsonElement intent)
    {
        var charge = intent.Text("latest_charge") ?? intent.Text("latest_charge", "id")
            ?? throw Senseless("a captured PaymentIntent without a charge");
        return string.Create(CultureInfo.InvariantCulture, $"{charge}@{intent.Whole("amount_received") ?? 0}");
    }

    static DateTimeOffset? Expiry(JsonElement intent) =>
        intent.Whole("latest_charge", "payment_method_details", "card", "capture_before") is { } seconds
            && seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    static ProviderUnclearException Senseless(string what) => new(StripeGateway.Name, $"answered {what}");
}
