using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Fulfillment.Payments;

namespace Fulfillment.Connectors;

/// <summary>
/// Stripe's PaymentIntents (docs.stripe.com/api/payment_intents). An authorisation is a PaymentIntent that is captured
/// by hand; a capture's reference is its charge with what had been received by then, <c>ch_1@1500</c>, because Stripe
/// gives the captures of one charge no ids of their own. The buyer's means of payment is <c>pm_1</c>, or
/// <c>cus_1:pm_1</c> where it is saved with a customer. Stripe renews nothing: a new authorisation takes the place of
/// one that ran out. Captures before the last need Stripe's multicapture, and are refused where a card lacks it.
/// </summary>
public sealed class StripeGateway(StripeSettings settings) : IDisposable
{
    /// <summary>Its name as a connector and in paths.</summary>
    public const string Name = "stripe";

    /// <summary>The version of the API that answers are read by.</summary>
    public const string ApiVersion = "2023-08-16";

    const int LongestKey = 255;

    readonly ProviderHttp _http = new(Name, settings.Api, settings.Deadline);

    /// <summary>
    /// Answers a <see cref="ProviderCall"/> with a <see cref="ProviderAnswer"/>; throws
    /// <see cref="ProviderUnclearException"/> where its outcome is unknown. To be used as a <see cref="Connector"/>.
    /// </summary>
    public async ValueTask<object> Answer(string id, object command, CancellationToken cancel) => command switch
    {
        ProviderCall.Authorise c => await Authorise(id, c, cancel),
        ProviderCall.Capture c => await Capture(id, c, cancel),
        ProviderCall.Void c => await Void(id, c, cancel),
        ProviderCall.Refund c => await Refund(id, c, cancel),
        ProviderCall.Inquire c => await Inquire(c, cancel),
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    async ValueTask<ProviderAnswer> Authorise(string id, ProviderCall.Authorise call, CancellationToken cancel)
    {
        var (amount, refusal) = StripeAmounts.Of(call.Amount);
        if (refusal is not null) return Gateways.Refused(refusal);
        var (customer, method) = call.Method.Split(':', 2) is [var first, var second] ? (first, second)
            : (null, call.Method);
        List<(string, string)> form =
        [
            ("amount", Text(amount)), ("currency", call.Amount.Currency.ToLowerInvariant()),
            ("payment_method", method), ("confirm", "true"),
            ("capture_method", call.Take ? "automatic" : "manual"), ("metadata[payment]", call.Payment),
            ("automatic_payment_methods[enabled]", "true"),
            ("automatic_payment_methods[allow_redirects]", settings.ReturnUrl is null ? "never" : "always"),
            ("expand[0]", "latest_charge"),
        ];
        if (customer is not null) form.Add(("customer", customer));
        if (settings.ReturnUrl is { } url) form.Add(("return_url", url.ToString()));
        if (!call.Take) form.Add(("payment_method_options[card][request_multicapture]", "if_available"));
        var reply = await Post("v1/payment_intents", id, form, cancel);
        return reply.IsSuccess ? StripeAnswers.Authorised(reply.Body) : StripeAnswers.Refusal(reply);
    }

    async ValueTask<ProviderAnswer> Capture(string id, ProviderCall.Capture call, CancellationToken cancel)
    {
        var (amount, refusal) = StripeAmounts.Of(call.Amount);
        if (refusal is not null) return Gateways.Refused(refusal);
        if (!Gateways.IsPlain(call.Authorisation)) return Gateways.Refused("bad-reference");
        List<(string, string)> form =
            [("amount_to_capture", Text(amount)), ("metadata[payment]", call.Payment)];
        // True is Stripe's default, and the only value where it has no multicapture.
        if (!call.Last) form.Add(("final_capture", "false"));
        var reply = await Post($"v1/payment_intents/{call.Authorisation}/capture", id, form, cancel);
        return reply.IsSuccess ? StripeAnswers.Captured(reply.Body) : StripeAnswers.Refusal(reply);
    }

    async ValueTask<ProviderAnswer> Void(string id, ProviderCall.Void call, CancellationToken cancel)
    {
        if (!Gateways.IsPlain(call.Authorisation)) return Gateways.Refused("bad-reference");
        var reply = await Post($"v1/payment_intents/{call.Authorisation}/cancel", id,
            [("cancellation_reason", "requested_by_customer")], cancel);
        var intent = reply.IsSuccess ? reply.Body : reply.Body.At("error", "payment_intent");
        return StripeAnswers.Voided(intent) ?? StripeAnswers.Refusal(reply);
    }

    async ValueTask<ProviderAnswer> Refund(string id, ProviderCall.Refund call, CancellationToken cancel)
    {
        var (amount, refusal) = StripeAmounts.Of(call.Amount);
        if (refusal is not null) return Gateways.Refused(refusal);
        var charge = call.Taken.Split('@')[0];
        if (!Gateways.IsPlain(charge)) return Gateways.Refused("bad-reference");
        var reply = await Post("v1/refunds", id,
            [("charge", charge), ("amount", Text(amount)), ("metadata[payment]", call.Payment)], cancel);
        return reply.IsSuccess ? StripeAnswers.Refunded(reply.Body) : StripeAnswers.Refusal(reply);
    }

    async ValueTask<ProviderAnswer> Inquire(ProviderCall.Inquire call, CancellationToken cancel)
    {
        var reference = call.Reference.Split('@')[0];
        if (!Gateways.IsPlain(reference)) return Gateways.Refused("bad-reference");
        var path = call.About == ProviderStep.Refund ? $"v1/refunds/{reference}"
            : reference.StartsWith("ch_", StringComparison.Ordinal) ? $"v1/charges/{reference}"
            : $"v1/payment_intents/{reference}?expand[0]=latest_charge";
        var reply = await _http.Send(Request(HttpMethod.Get, path), cancel);
        if (!reply.IsSuccess) return StripeAnswers.Refusal(reply);
        return call.About switch
        {
            ProviderStep.Authorise => StripeAnswers.Authorised(reply.Body),
            ProviderStep.Capture when reply.Body.Text("object") == "charge" =>
                StripeAnswers.Charged(reply.Body, call.Reference),
            ProviderStep.Capture => StripeAnswers.Captured(reply.Body),
            ProviderStep.Void => StripeAnswers.Voided(reply.Body) ?? new(ProviderStatus.Pending, call.Reference),
            ProviderStep.Refund => StripeAnswers.Refunded(reply.Body),
        };
    }

    async ValueTask<ProviderReply> Post(
        string path, string id, IEnumerable<(string Name, string Value)> form, CancellationToken cancel)
    {
        using var request = Request(HttpMethod.Post, path);
        request.Headers.Add("Idempotency-Key", Gateways.Key(id, LongestKey));
        request.Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await _http.Send(request, cancel);
    }

    HttpRequestMessage Request(HttpMethod method, string path)
    {
        HttpRequestMessage request = new(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.Key}:")));
        request.Headers.Add("Stripe-Version", ApiVersion);
        return request;
    }

    static string Text(long amount) => amount.ToString(CultureInfo.InvariantCulture);
}
