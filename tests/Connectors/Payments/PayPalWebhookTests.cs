using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Fulfillment.Connectors;
using Fulfillment.Payments;

namespace Fulfillment.Tests.Connectors;

/// <summary>PayPal's webhooks, signed by a certificate of an authority that the test makes.</summary>
public sealed class PayPalWebhookTests : IDisposable
{
    const string WebhookId = "9XL90610J3647323C", CertUrl = "https://api.paypal.com/v1/notifications/certs/CERT-1",
        Captured =
        """
        {"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"id":"C1","status":"COMPLETED",
         "custom_id":"default,1o-1","amount":{"value":"15.00","currency_code":"EUR"},
         "supplementary_data":{"related_ids":{"authorization_id":"A1"}}}}
        """;

    readonly FakeTime _time = new();
    readonly Authority _paypals = new("Paypal's authority"), _others = new("Somebody else's authority");
    readonly Dictionary<string, string> _certificates = [];
    readonly X509Certificate2 _signer;
    readonly PayPalWebhook _webhook;
    int _fetched;

    public PayPalWebhookTests()
    {
        _signer = _paypals.Issue("messageverificationcerts.paypal.com", _time.Now);
        _certificates[CertUrl] = _signer.ExportCertificatePem();
        _webhook = Webhook();
    }

    public void Dispose()
    {
        _webhook.Dispose();
        _signer.Dispose();
        _paypals.Dispose();
        _others.Dispose();
    }

    [Fact]
    public async Task What_PayPal_signed_is_told_and_the_certificate_fetched_once()
    {
        for (var i = 0; i < 3; i++)
        {
            var reading = await _webhook.Read(Message(Captured), default);
            Assert.Equal(WebhookStatus.Accepted, reading.Status);
            Assert.Equal(
                new ProviderNotice("WH-1", "default/o-1", ProviderStep.Capture, "C1", new(ProviderStatus.Done, "C1"),
                    new Money(1500, "EUR")),
                reading.Notice);
        }

        Assert.Equal(1, _fetched);
    }

    /// <summary>The checksum as zlib's <c>crc32</c> gives it, in decimal digits without a sign.</summary>
    [Fact]
    public void The_checksum_is_the_one_that_everybody_computes() => Assert.Equal(
        3_421_780_262U, System.IO.Hashing.Crc32.HashToUInt32("123456789"u8));

    [Theory]
    [InlineData("PAYPAL-TRANSMISSION-SIG", null, WebhookStatus.Unsigned)]
    [InlineData("PAYPAL-TRANSMISSION-SIG", "***", WebhookStatus.Malformed)]
    [InlineData("PAYPAL-TRANSMISSION-SIG", "AAAA", WebhookStatus.WrongSignature)]
    [InlineData("PAYPAL-TRANSMISSION-ID", null, WebhookStatus.Malformed)]
    [InlineData("PAYPAL-TRANSMISSION-ID", "another", WebhookStatus.WrongSignature)]
    [InlineData("PAYPAL-TRANSMISSION-TIME", "yesterday", WebhookStatus.Malformed)]
    [InlineData("PAYPAL-TRANSMISSION-TIME", "2026-11-27T07:59:59Z", WebhookStatus.WrongSignature)]
    [InlineData("PAYPAL-TRANSMISSION-TIME", "2026-11-24T06:59:59Z", WebhookStatus.TooOld)]
    [InlineData("PAYPAL-TRANSMISSION-TIME", "2026-11-27T08:05:01Z", WebhookStatus.TooOld)]
    [InlineData("PAYPAL-AUTH-ALGO", "SHA1withRSA", WebhookStatus.Malformed)]
    [InlineData("PAYPAL-AUTH-ALGO", null, WebhookStatus.Malformed)]
    [InlineData("PAYPAL-CERT-URL", null, WebhookStatus.Malformed)]
    [InlineData("PAYPAL-CERT-URL", "http://api.paypal.com/v1/notifications/certs/CERT-1", WebhookStatus.Malformed)]
    [InlineData("PAYPAL-CERT-URL", "https://evil.example/v1/notifications/certs/CERT-1", WebhookStatus.Malformed)]
    [InlineData("PAYPAL-CERT-URL", "https://evilpaypal.com/v1/notifications/certs/CERT-1", WebhookStatus.Malformed)]
    [InlineData("PAYPAL-CERT-URL", "https://paypal.com.evil.example/v1/notifications/certs/C", WebhookStatus.Malformed)]
    [InlineData("PAYPAL-CERT-URL", "https://me@api.paypal.com/v1/notifications/certs/C", WebhookStatus.Malformed)]
    [InlineData("PAYPAL-CERT-URL", "https://api.paypal.com:444/v1/notifications/certs/C", WebhookStatus.Malformed)]
    [InlineData("PAYPAL-CERT-URL", "https://www.paypal.com/upload/mine.pem", WebhookStatus.Malformed)]
    public async Task A_header_that_is_not_PayPal_s_is_refused(string header, string? value, WebhookStatus status)
    {
        var right = Message(Captured);
        WebhookMessage message = right with { Header = name => name == header ? value : right.Header(name) };
        Assert.Equal(status, (await _webhook.Read(message, default)).Status);
    }

    [Fact]
    public async Task An_altered_body_and_another_webhook_are_refused()
    {
        var right = Message(Captured);
        var richer = right with
        {
            Body = Encoding.UTF8.GetBytes(Captured.Replace("15.00", "95.00", StringComparison.Ordinal)),
        };
        Assert.Equal(WebhookStatus.WrongSignature, (await _webhook.Read(richer, default)).Status);
        var other = Message(Captured, webhook: "1AB");
        Assert.Equal(WebhookStatus.WrongSignature, (await _webhook.Read(other, default)).Status);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_name_or_time_is_refused()
    {
        using var untrusted = _others.Issue("messageverificationcerts.paypal.com", _time.Now);
        using var elsewhere = _paypals.Issue("messageverificationcerts.evil.example", _time.Now);
        using var old = _paypals.Issue("messageverificationcerts.paypal.com", _time.Now.AddDays(-60));
        foreach (var (certificate, i) in new[] { untrusted, elsewhere, old }.Select((c, i) => (c, i)))
        {
            var url = $"{CertUrl}{i}";
            _certificates[url] = certificate.ExportCertificatePem();
            var status = (await _webhook.Read(Message(Captured, certificate, url), default)).Status;
            Assert.Equal(WebhookStatus.WrongSignature, status);
        }
    }

    [Fact]
    public async Task A_certificate_that_ran_out_since_is_asked_for_again()
    {
        await _webhook.Read(Message(Captured), default);
        _time.Now += TimeSpan.FromDays(31);
        Assert.Equal(WebhookStatus.WrongSignature, (await _webhook.Read(Message(Captured), default)).Status);
        Assert.Equal(2, _fetched);
    }

    [Fact]
    public async Task Without_the_certificate_nothing_is_decided()
    {
        _certificates.Clear();
        await Assert.ThrowsAsync<ProviderUnclearException>(async () => await _webhook.Read(Message(Captured), default));
        _certificates[CertUrl] = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
        await Assert.ThrowsAsync<ProviderUnclearException>(async () => await _webhook.Read(Message(Captured), default));
    }

    [Theory]
    [InlineData("PAYMENT.AUTHORIZATION.CREATED", "'status':'CREATED'", ProviderStep.Authorise, ProviderStatus.Done)]
    [InlineData("PAYMENT.AUTHORIZATION.VOIDED", "'expiration_time':'2026-12-27T00:00:00Z'", ProviderStep.Void,
        ProviderStatus.Done)]
    [InlineData("PAYMENT.AUTHORIZATION.VOIDED", "'expiration_time':'2026-11-26T00:00:00Z'", ProviderStep.Authorise,
        ProviderStatus.Expired)]
    [InlineData("PAYMENT.CAPTURE.COMPLETED", "'status':'COMPLETED'", ProviderStep.Authorise, ProviderStatus.Done)]
    [InlineData("PAYMENT.CAPTURE.DENIED", "'status':'DECLINED'", ProviderStep.Authorise, ProviderStatus.Declined)]
    [InlineData("PAYMENT.CAPTURE.REFUNDED", "'status':'COMPLETED'", ProviderStep.Refund, ProviderStatus.Done)]
    public async Task An_event_has_its_meaning(string type, string fields, ProviderStep about, ProviderStatus status)
    {
        var notice = (await Event(type, $$"""{"id":"X1","custom_id":"s,1o",{{fields.Replace('\'', '"')}}}"""))
            .Notice!;
        Assert.Equal((about, status), (notice.About, notice.Answer.Status));
        Assert.Equal("s/o", notice.Payment);
        Assert.EndsWith("X1", notice.Reference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pending_capture_without_an_authorisation_can_be_asked_for()
    {
        var notice = (await Event("PAYMENT.CAPTURE.PENDING",
            """{"id":"C1","custom_id":"s,1o","status":"PENDING"}""")).Notice!;
        Assert.Equal((ProviderStatus.Pending, "capture:C1"), (notice.Answer.Status, notice.Reference));
    }

    [Fact]
    public async Task An_approved_order_can_be_asked_for()
    {
        var notice = (await Event("CHECKOUT.ORDER.APPROVED",
            """
            {"id":"O1","purchase_units":[{"custom_id":"s,1o","amount":{"value":"5","currency_code":"JPY"}}]}
            """)).Notice!;
        Assert.Equal((ProviderStatus.Pending, "order:O1"), (notice.Answer.Status, notice.Reference));
        Assert.Equal(new Money(5, "JPY"), notice.Amount);
    }

    [Theory]
    [InlineData("BILLING.PLAN.CREATED", """{"id":"P1"}""", WebhookStatus.Ignored)]
    [InlineData("PAYMENT.CAPTURE.COMPLETED", """{"id":"C1","status":"COMPLETED"}""", WebhookStatus.Ignored)]
    [InlineData("PAYMENT.CAPTURE.COMPLETED", """{"id":"C1","status":"ODD","custom_id":"s"}""", WebhookStatus.Malformed)]
    [InlineData("PAYMENT.CAPTURE.COMPLETED", "7", WebhookStatus.Malformed)]
    public async Task What_is_not_ours_is_ignored_and_nonsense_is_malformed(
        string type, string resource, WebhookStatus status) =>
        Assert.Equal(status, (await Event(type, resource)).Status);

    ValueTask<WebhookReading> Event(string type, string resource) => _webhook.Read(
        Message($$$"""{"id":"WH-2","event_type":"{{{type}}}","resource":{{{resource}}}}"""), default);

    PayPalWebhook Webhook() => new(WebhookId, Fetch, [_paypals.Root], _time);

    ValueTask<string> Fetch(Uri address, CancellationToken cancel)
    {
        _fetched++;
        return _certificates.TryGetValue(address.AbsoluteUri, out var pem) ? new(pem)
            : throw new ProviderUnclearException("paypal", "no certificate");
    }

    WebhookMessage Message(
        string body, X509Certificate2? signer = null, string url = CertUrl, string webhook = WebhookId)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var sent = _time.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var crc = System.IO.Hashing.Crc32.HashToUInt32(bytes);
        using var key = (signer ?? _signer).GetRSAPrivateKey()!;
        var signature = key.SignData(
            Encoding.UTF8.GetBytes($"d938e770|{sent}|{webhook}|{crc}"), HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1);
        return new(name => name switch
        {
            "PAYPAL-TRANSMISSION-ID" => "d938e770",
            "PAYPAL-TRANSMISSION-TIME" => sent,
            "PAYPAL-TRANSMISSION-SIG" => Convert.ToBase64String(signature),
            "PAYPAL-AUTH-ALGO" => "SHA256withRSA",
            "PAYPAL-CERT-URL" => url,
            _ => null,
        }, bytes);
    }

    /// <summary>Somebody who gives out certificates.</summary>
    sealed class Authority : IDisposable
    {
        static readonly DateTimeOffset Since = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        readonly RSA _key = RSA.Create(2048);
        int _serial;

        public Authority(string name)
        {
            CertificateRequest request = new(
                $"CN={name}", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            Root = request.CreateSelfSigned(Since, Since.AddYears(30));
        }

        public X509Certificate2 Root { get; }

        /// <summary>Good for thirty days.</summary>
        public X509Certificate2 Issue(string host, DateTimeOffset from)
        {
            using var key = RSA.Create(2048);
            CertificateRequest request = new(
                $"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.Create(Root, from.AddDays(-1), from.AddDays(30), [(byte)++_serial]);
            return certificate.CopyWithPrivateKey(key);
        }

        public void Dispose()
        {
            Root.Dispose();
            _key.Dispose();
        }
    }
}
