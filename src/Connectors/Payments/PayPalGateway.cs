using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Fulfillment.Payments;

namespace Fulfillment.Connectors;

/// <summary>
/// PayPal's Orders v2 and Payments v2. The buyer's means of payment: <c>paypal</c> (he approves in the browser),
/// <c>paypal:VAULT</c> and <c>card:VAULT</c> (saved with PayPal), <c>agreement:ID</c> (a billing agreement), and
/// <c>order:ID</c> (an order that he has approved already). An authorisation that waits for the buyer has the reference
/// <c>order:ID</c>, one that takes money at once and waits for it <c>capture:ID</c>; asking for it once the buyer has
/// approved carries it out, and the answer has the final reference.
/// </summary>
public sealed class PayPalGateway(PayPalSettings settings, TimeProvider time) : IDisposable
{
    /// <summary>Its name as a connector and in paths.</summary>
    public const string Name = "paypal";

    const int LongestKey = 100;
    const string OrderPrefix = "order:", CapturePrefix = "capture:";

    readonly ProviderHttp _http = new(Name, settings.Api, settings.Deadline);
    readonly AccessToken _token = PayPalToken.Of(settings, time);

    /// <summary>
    /// Answers a <see cref="ProviderCall"/> with a <see cref="ProviderAnswer"/>; throws
    /// <see cref="ProviderUnclearException"/> where its outcome is unknown. To be used as a <see cref="Connector"/>.
    /// </summary>
    public async ValueTask<object> Answer(string id, object command, CancellationToken cancel)
    {
        var key = Gateways.Key(id, LongestKey);
        return command switch
        {
            ProviderCall c when PayPalPayments.Write(c.Payment).Length > PayPalPayments.Longest =>
                Gateways.Refused("payment-id-too-long"),
            ProviderCall.Authorise c => await Authorise(key, c, cancel),
            ProviderCall.Capture c => await Capture(key, c, cancel),
            ProviderCall.Void c => await Void(c, cancel),
            ProviderCall.Refund c => await Refund(key, c, cancel),
            ProviderCall.Inquire c => await Inquire(c, cancel),
            _ => throw new UnreachableException(),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _token.Dispose();
    }

    async ValueTask<ProviderAnswer> Authorise(string key, ProviderCall.Authorise call, CancellationToken cancel)
    {
        var (value, refusal) = PayPalAmounts.Of(call.Amount);
        if (refusal is not null) return Gateways.Refused(refusal);
        if (call.Method.StartsWith(OrderPrefix, StringComparison.Ordinal))
        {
            var order = call.Method[OrderPrefix.Length..];
            return Gateways.IsPlain(order) ? await Look(order, call.Take, cancel) : Gateways.Refused("bad-method");
        }

        if (Source(call.Method) is not { } source) return Gateways.Refused("bad-method");
        JsonObject amount = new() { ["currency_code"] = call.Amount.Currency, ["value"] = value };
        if (call is { Renews: { } old, Take: false } && Gateways.IsPlain(old)
            && await Renew(key, old, amount, cancel) is { } renewed) return renewed;
        JsonObject body = new()
        {
            ["intent"] = call.Take ? "CAPTURE" : "AUTHORIZE",
            ["purchase_units"] = new JsonArray(new JsonObject
            {
                ["custom_id"] = PayPalPayments.Write(call.Payment),
                ["amount"] = amount.DeepClone(),
            }),
            ["payment_source"] = source,
        };
        var reply = await Post("v2/checkout/orders", key, body, cancel);
        return reply.IsSuccess ? await Ordered(reply, call.Take, cancel) : PayPalAnswers.Refusal(reply);
    }

    /// <summary>The authorisation, once more for as long; null where PayPal wants a new one instead.</summary>
    async ValueTask<ProviderAnswer?> Renew(string key, string old, JsonObject amount, CancellationToken cancel)
    {
        var reply = await Post($"v2/payments/authorizations/{old}/reauthorize", key,
            new() { ["amount"] = amount.DeepClone() }, cancel);
        if (reply.IsSuccess) return PayPalAnswers.Authorised(reply.Body);
        return PayPalAnswers.Issue(reply) is "REAUTHORIZATION_NOT_SUPPORTED" or "AUTHORIZATION_EXPIRED"
            or "AUTHORIZATION_VOIDED" or "AUTHORIZATION_ALREADY_CAPTURED" or "INVALID_RESOURCE_ID"
            ? null : PayPalAnswers.Refusal(reply);
    }

    /// <summary>Looks first: what PayPal refuses before the buyer has approved, it might refuse again.</summary>
    async ValueTask<ProviderAnswer> Look(string order, bool take, CancellationToken cancel)
    {
        var reply = await Get($"v2/checkout/orders/{order}", cancel);
        return reply.IsSuccess ? await Ordered(reply, take, cancel) : PayPalAnswers.Refusal(reply);
    }

    /// <summary>What an order means; one that the buyer has approved is carried out.</summary>
    async ValueTask<ProviderAnswer> Ordered(ProviderReply reply, bool take, CancellationToken cancel)
    {
        var order = reply.Body.Text("id");
        if (!Gateways.IsPlain(order)) throw new ProviderUnclearException(Name, "answered an order without an id");
        return reply.Body.Text("status") switch
        {
            "COMPLETED" => take
                ? Taken(PayPalAnswers.Captured(reply.Body.At("purchase_units", "0", "payments", "captures", "0")))
                : PayPalAnswers.Authorised(reply.Body.At("purchase_units", "0", "payments", "authorizations", "0")),
            "APPROVED" => await Finish(order!, take, cancel),
            "CREATED" or "SAVED" or "PAYER_ACTION_REQUIRED" => new(ProviderStatus.Pending, OrderPrefix + order,
                ActionUrl: PayPalAnswers.Link(reply.Body, "payer-action") ?? PayPalAnswers.Link(reply.Body, "approve")),
            "VOIDED" => new(ProviderStatus.Declined, OrderPrefix + order, Code: "VOIDED"),
            _ => throw new ProviderUnclearException(Name, "answered an order of unknown status"),
        };
    }

    /// <summary>
    /// Carries out what the buyer has approved. Whoever asks, and however often, does it under the key of the order.
    /// </summary>
    async ValueTask<ProviderAnswer> Finish(string order, bool take, CancellationToken cancel)
    {
        var step = take ? "capture" : "authorize";
        var reply = await Post($"v2/checkout/orders/{order}/{step}", $"{order}-{step}", [], cancel);
        if (reply.IsSuccess && reply.Body.Text("status") != "APPROVED") return await Ordered(reply, take, cancel);
        if (reply.IsSuccess) throw new ProviderUnclearException(Name, "left an approved order as it was");
        switch (PayPalAnswers.Issue(reply))
        {
            case "ORDER_NOT_APPROVED" or "ORDER_IS_PENDING_APPROVAL" or "PAYER_ACTION_REQUIRED":
                return new(ProviderStatus.Pending, OrderPrefix + order,
                    ActionUrl: PayPalAnswers.Link(reply.Body, "payer-action"));
            case "ORDER_ALREADY_AUTHORIZED" or "ORDER_ALREADY_CAPTURED" or "ORDER_ALREADY_COMPLETED":
                var now = await Get($"v2/checkout/orders/{order}", cancel);
                // An approved order would be finished again, and again.
                return now.IsSuccess && now.Body.Text("status") == "COMPLETED"
                    ? await Ordered(now, take, cancel) : PayPalAnswers.Refusal(reply);
            default:
                return PayPalAnswers.Refusal(reply);
        }
    }

    async ValueTask<ProviderAnswer> Capture(string key, ProviderCall.Capture call, CancellationToken cancel)
    {
        var (value, refusal) = PayPalAmounts.Of(call.Amount);
        if (refusal is not null) return Gateways.Refused(refusal);
        if (!Gateways.IsPlain(call.Authorisation)) return Gateways.Refused("bad-reference");
        var reply = await Post($"v2/payments/authorizations/{call.Authorisation}/capture", key, new()
        {
            ["amount"] = new JsonObject { ["currency_code"] = call.Amount.Currency, ["value"] = value },
            ["final_capture"] = call.Last,
        }, cancel);
        return reply.IsSuccess ? PayPalAnswers.Captured(reply.Body) : PayPalAnswers.Refusal(reply);
    }

    /// <summary>Voiding takes no key: what was voided before, or has nothing left, is done.</summary>
    async ValueTask<ProviderAnswer> Void(ProviderCall.Void call, CancellationToken cancel)
    {
        if (!Gateways.IsPlain(call.Authorisation)) return Gateways.Refused("bad-reference");
        var reply = await Post($"v2/payments/authorizations/{call.Authorisation}/void", null, null, cancel);
        var nothingLeft = reply.IsSuccess || PayPalAnswers.Issue(reply) is "PREVIOUSLY_VOIDED" or "AUTHORIZATION_VOIDED"
            or "PREVIOUSLY_CAPTURED" or "AUTHORIZATION_ALREADY_CAPTURED" or "AUTHORIZATION_EXPIRED";
        return nothingLeft ? new(ProviderStatus.Done, call.Authorisation) : PayPalAnswers.Refusal(reply);
    }

    async ValueTask<ProviderAnswer> Refund(string key, ProviderCall.Refund call, CancellationToken cancel)
    {
        var (value, refusal) = PayPalAmounts.Of(call.Amount);
        if (refusal is not null) return Gateways.Refused(refusal);
        if (!Gateways.IsPlain(call.Taken)) return Gateways.Refused("bad-reference");
        var reply = await Post($"v2/payments/captures/{call.Taken}/refund", key, new()
        {
            ["amount"] = new JsonObject { ["currency_code"] = call.Amount.Currency, ["value"] = value },
            ["custom_id"] = PayPalPayments.Write(call.Payment),
        }, cancel);
        return reply.IsSuccess ? PayPalAnswers.Refunded(reply.Body) : PayPalAnswers.Refusal(reply);
    }

    async ValueTask<ProviderAnswer> Inquire(ProviderCall.Inquire call, CancellationToken cancel)
    {
        var colon = call.Reference.IndexOf(':', StringComparison.Ordinal) + 1;
        var (prefix, reference) = (call.Reference[..colon], call.Reference[colon..]);
        if (!Gateways.IsPlain(reference)) return Gateways.Refused("bad-reference");
        var path = (prefix, call.About) switch
        {
            (OrderPrefix, _) => $"v2/checkout/orders/{reference}",
            (CapturePrefix, _) or (_, ProviderStep.Capture) => $"v2/payments/captures/{reference}",
            (_, ProviderStep.Refund) => $"v2/payments/refunds/{reference}",
            _ => $"v2/payments/authorizations/{reference}",
        };
        var reply = await Get(path, cancel);
        if (!reply.IsSuccess) return PayPalAnswers.Refusal(reply);
        if (prefix == OrderPrefix) return await Ordered(reply, reply.Body.Text("intent") == "CAPTURE", cancel);
        return call.About switch
        {
            ProviderStep.Authorise when prefix == CapturePrefix => Taken(PayPalAnswers.Captured(reply.Body)),
            ProviderStep.Authorise => PayPalAnswers.Authorised(reply.Body),
            ProviderStep.Capture => PayPalAnswers.Captured(reply.Body),
            ProviderStep.Void => reply.Body.Text("status") is "VOIDED" or "CAPTURED"
                ? new(ProviderStatus.Done, reference) : new(ProviderStatus.Pending, reference),
            ProviderStep.Refund => PayPalAnswers.Refunded(reply.Body),
        };
    }

    /// <summary>A capture without an authorisation: its reference is the capture's.</summary>
    internal static ProviderAnswer Taken(ProviderAnswer captured) => captured.Status == ProviderStatus.Done
        ? captured with { Capture = captured.Reference }
        : captured with { Reference = CapturePrefix + captured.Reference };

    JsonObject? Source(string method)
    {
        var (kind, id) = method.Split(':', 2) is [var k, var rest] ? (k, rest) : (method, null);
        if (id is not null && !Gateways.IsPlain(id)) return null;
        return (kind, id) switch
        {
            ("paypal", null) when settings.ReturnUrl is { } url => new()
            {
                ["paypal"] = new JsonObject
                {
                    ["experience_context"] = new JsonObject
                    {
                        ["shipping_preference"] = "NO_SHIPPING",
                        ["user_action"] = "PAY_NOW",
                        ["return_url"] = url.ToString(),
                        ["cancel_url"] = url.ToString(),
                    },
                },
            },
            ("paypal", null) => new() { ["paypal"] = new JsonObject() },
            ("paypal" or "card", { } vault) => new() { [kind] = new JsonObject { ["vault_id"] = vault } },
            ("agreement", { } token) =>
                new() { ["token"] = new JsonObject { ["id"] = token, ["type"] = "BILLING_AGREEMENT" } },
            _ => null,
        };
    }

    async ValueTask<ProviderReply> Post(string path, string? key, JsonObject? body, CancellationToken cancel)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path);
        if (key is not null) request.Headers.Add("PayPal-Request-Id", key);
        request.Headers.Add("Prefer", "return=representation");
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await Send(request, cancel);
    }

    async ValueTask<ProviderReply> Get(string path, CancellationToken cancel)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        return await Send(request, cancel);
    }

    async ValueTask<ProviderReply> Send(HttpRequestMessage request, CancellationToken cancel)
    {
        var token = await _token.Get(_http, cancel);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            return await _http.Send(request, cancel);
        }
        catch (ProviderUnclearException)
        {
            // It may be the token; whoever repeats this takes a new one.
            _token.Forget(token);
            throw;
        }
    }
}
