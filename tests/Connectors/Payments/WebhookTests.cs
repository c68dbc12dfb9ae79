using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fulfillment.Connectors;
using Fulfillment.Payments;

namespace Fulfillment.Tests.Connectors;

/// <summary>Webhooks that are signed by HMAC: Stripe's, and those of the test gateway.</summary>
public sealed class WebhookTests
{
    const string Secret = "whsec_test_secret", Succeeded =
        """
        {"id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1","object":"payment_intent",
         "status":"succeeded","capture_method":"manual","amount_received":1500,"currency":"eur","latest_charge":"ch_1",
         "metadata":{"payment":"default/o-1"}}}}
        """;

    readonly FakeTime _time = new();

    [Fact]
    public async Task What_is_signed_rightly_is_told()
    {
        var reading = await Read(Succeeded, Signed(Succeeded));
        Assert.Equal(WebhookStatus.Accepted, reading.Status);
        Assert.Equal(
            new ProviderNotice("evt_1", "default/o-1", ProviderStep.Capture, "ch_1@1500",
                new(ProviderStatus.Done, "ch_1@1500"), new Money(1500, "EUR")),
            reading.Notice);
    }

    /// <summary>
    /// Computed with OpenSSL: <c>printf '%s' '1700000000.{"id":1}' | openssl dgst -sha256 -hmac secret</c>. The body is
    /// no event, which is seen only after the signature was found right.
    /// </summary>
    [Fact]
    public async Task A_signature_that_somebody_else_computed_is_right()
    {
        _time.Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        const string Header = "t=1700000000,v1=3dd1b9aef568d75f6790a84bd2e5dfa1f44409eef3cbdbd3f10b837376100c11";
        WebhookMessage message = new(_ => Header, Encoding.UTF8.GetBytes("""{"id":1}"""));
        Assert.Equal(
            WebhookStatus.Malformed, (await new StripeWebhook("secret", _time).Read(message, default)).Status);
        Assert.Equal(
            WebhookStatus.WrongSignature, (await new StripeWebhook("Secret", _time).Read(message, default)).Status);
    }

    [Theory]
    [InlineData(null, WebhookStatus.Unsigned)]
    [InlineData("", WebhookStatus.Unsigned)]
    [InlineData("hello", WebhookStatus.Malformed)]
    [InlineData("t=1", WebhookStatus.Malformed)]
    [InlineData("t=x,v1=00", WebhookStatus.Malformed)]
    [InlineData("v1=0000000000000000000000000000000000000000000000000000000000000000", WebhookStatus.Malformed)]
    [InlineData("t=99999999999999999999,v1=00", WebhookStatus.Malformed)]
    public async Task A_signature_that_is_none_is_told_apart(string? header, WebhookStatus status) =>
        Assert.Equal(status, (await Read(Succeeded, header)).Status);

    [Theory]
    [InlineData(-301, WebhookStatus.TooOld)]
    [InlineData(-300, WebhookStatus.Accepted)]
    [InlineData(300, WebhookStatus.Accepted)]
    [InlineData(301, WebhookStatus.TooOld)]
    public async Task A_replay_is_refused(int seconds, WebhookStatus status) =>
        Assert.Equal(status, (await Read(Succeeded, Signed(Succeeded, seconds))).Status);

    [Fact]
    public async Task An_altered_body_time_or_secret_is_refused()
    {
        var signature = Signed(Succeeded);
        var richer = Succeeded.Replace("1500", "9500", StringComparison.Ordinal);
        Assert.Equal(WebhookStatus.WrongSignature, (await Read(richer, signature)).Status);
        Assert.Equal(WebhookStatus.WrongSignature, (await Read(Succeeded + " ", signature)).Status);
        var later = signature.Replace(
            $"t={Now}", $"t={Now + 1}", StringComparison.Ordinal);
        Assert.Equal(WebhookStatus.WrongSignature, (await Read(Succeeded, later)).Status);
        Assert.Equal(WebhookStatus.WrongSignature, (await Read(Succeeded, Signed(Succeeded, 0, "other"))).Status);
    }

    [Fact]
    public async Task While_a_secret_is_replaced_one_of_several_signatures_is_enough()
    {
        var wrong = new string('0', 64);
        var right = Signed(Succeeded).Split("v1=")[1];
        Assert.Equal(
            WebhookStatus.Accepted, (await Read(Succeeded, $"t={Now},v1={wrong},v0=x,v1={right}")).Status);
        Assert.Equal(WebhookStatus.WrongSignature, (await Read(Succeeded, $"t={Now},v1={wrong},v1={wrong}")).Status);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"id":"e","type":"payment_intent.succeeded"}""")]
    [InlineData("""{"id":"e","type":"payment_intent.canceled","data":{"object":7}}""")]
    [InlineData("""{"id":"e","type":"payment_intent.succeeded","data":{"object":{"metadata":{"payment":"p"}}}}""")]
    public async Task What_is_signed_and_makes_no_sense_is_malformed(string body) =>
        Assert.Equal(WebhookStatus.Malformed, (await Read(body, Signed(body))).Status);

    [Theory]
    [InlineData("customer.created", """{"id":"cus_1"}""")]
    [InlineData("payment_intent.succeeded",
        """{"id":"pi_1","status":"succeeded","latest_charge":"ch_1","amount_received":1,"metadata":{}}""")]
    [InlineData("charge.refunded", """{"id":"ch_1","metadata":{"payment":"p"},"amount_refunded":5}""")]
    [InlineData("payment_intent.amount_capturable_updated",
        """{"id":"pi_1","status":"requires_capture","amount_received":5,"metadata":{"payment":"p"}}""")]
    public async Task What_we_did_not_make_or_do_not_handle_is_ignored(string type, string thing)
    {
        var reading = await Event(type, thing);
        Assert.Equal(WebhookStatus.Ignored, reading.Status);
        Assert.Null(reading.Notice);
    }

    [Theory]
    [InlineData("payment_intent.succeeded",
        """{"id":"pi_1","status":"succeeded","latest_charge":"ch_1","amount_received":7}""",
        ProviderStep.Authorise, ProviderStatus.Done, "pi_1", null)]
    [InlineData("payment_intent.amount_capturable_updated",
        """{"id":"pi_1","status":"requires_capture","amount_capturable":7,"amount_received":0}""",
        ProviderStep.Authorise, ProviderStatus.Done, "pi_1", null)]
    [InlineData("payment_intent.payment_failed",
        """{"id":"pi_1","status":"requires_payment_method","last_payment_error":{"code":"card_declined"},"amount":7}""",
        ProviderStep.Authorise, ProviderStatus.Declined, "pi_1", "card_declined")]
    [InlineData("payment_intent.canceled",
        """{"id":"pi_1","status":"canceled","cancellation_reason":"automatic","amount":7}""",
        ProviderStep.Authorise, ProviderStatus.Expired, "pi_1", "automatic")]
    [InlineData("payment_intent.canceled",
        """{"id":"pi_1","status":"canceled","cancellation_reason":"requested_by_customer","amount":7}""",
        ProviderStep.Void, ProviderStatus.Done, "pi_1", null)]
    [InlineData("charge.refund.updated",
        """{"id":"re_1","status":"failed","failure_reason":"lost_or_stolen_card","amount":7}""",
        ProviderStep.Refund, ProviderStatus.Declined, "re_1", "lost_or_stolen_card")]
    [InlineData("charge.refunded",
        """{"id":"ch_1","refunds":{"data":[{"id":"re_1","status":"succeeded","amount":7}]}}""",
        ProviderStep.Refund, ProviderStatus.Done, "re_1", null)]
    public async Task An_event_has_its_meaning(
        string type, string thing, ProviderStep about, ProviderStatus status, string reference, string? code)
    {
        var notice = (await Event(type, thing.Replace(
            "\"id\":", "\"currency\":\"jpy\",\"metadata\":{\"payment\":\"default/o-1\"},\"id\":",
            StringComparison.Ordinal))).Notice!;
        Assert.Equal((about, reference), (notice.About, notice.Reference));
        Assert.Equal((status, code), (notice.Answer.Status, notice.Answer.Code));
        Assert.Equal(("evt_2", "default/o-1"), (notice.EventId, notice.Payment));
        Assert.Equal(new Money(7, "JPY"), notice.Amount);
    }

    [Fact]
    public async Task The_test_gateway_signs_alike()
    {
        const string Body =
            """
            {"id":"e1","payment":"default/o-1","about":"refund","reference":"r.1","status":"done",
             "amount":{"amount":5,"currency":"EUR"}}
            """;
        TestWebhook webhook = new(Secret, _time);
        var reading = await webhook.Read(Message("Test-Signature", Body, Signed(Body)), default);
        Assert.Equal(
            new ProviderNotice("e1", "default/o-1", ProviderStep.Refund, "r.1", new(ProviderStatus.Done, "r.1"),
                new Money(5, "EUR")),
            reading.Notice);
        var other = Body.Replace("refund", "chargeback", StringComparison.Ordinal);
        Assert.Equal(WebhookStatus.Ignored,
            (await webhook.Read(Message("Test-Signature", other, Signed(other)), default)).Status);
        Assert.Equal(WebhookStatus.WrongSignature,
            (await webhook.Read(Message("Test-Signature", Body, Signed(other)), default)).Status);
    }

    long Now => _time.Now.ToUnixTimeSeconds();

    ValueTask<WebhookReading> Event(string type, string thing)
    {
        var body = $$$"""{"id":"evt_2","type":"{{{type}}}","data":{"object":{{{thing}}}}}""";
        return Read(body, Signed(body));
    }

    ValueTask<WebhookReading> Read(string body, string? signature) =>
        new StripeWebhook(Secret, _time).Read(Message("Stripe-Signature", body, signature), default);

    static WebhookMessage Message(string header, string body, string? signature) =>
        new(name => name == header ? signature : null, Encoding.UTF8.GetBytes(body));

    string Signed(string body, int seconds = 0, string secret = Secret)
    {
        var at = (Now + seconds).ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{at}.{body}"));
        return $"t={at},v1={Convert.ToHexStringLower(hash)}";
    }
}
