using System.Security.Cryptography;
using System.Text;
using Fulfillment.Client;
using Fulfillment.Client.Api;
using Fulfillment.Composition;
using Fulfillment.Connectors;
using Fulfillment.Payments;
using Fulfillment.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Fulfillment.Tests.Client;

/// <summary>What providers send is verified before anything is made of it.</summary>
public sealed class PaymentWebhookTests : ApiClient, IAsyncLifetime
{
    const string Path = "/v1/webhooks/test-gateway", Secret = "secret",
        Body = """{"id":"e1","payment":"default/o-1","about":"capture","reference":"c.1","status":"done"}""";

    readonly TempFolder _folder = new();
    readonly List<ProviderNotice> _taken = [];
    readonly PaymentProviders _providers = new(
        new(null, null, new TestGatewaySettings(Secret)), TimeProvider.System);

    EmbeddedServer? _embedded;
    WebApplication? _app;
    ClusterException? _failure;
    bool _cannotVerify;

    public async Task InitializeAsync()
    {
        Dictionary<string, WebhookReader> readers = new(_providers.Webhooks)
        {
            ["away"] = (_, _) => _cannotVerify ? throw new ProviderUnclearException("away", "no certificate")
                : new(new WebhookReading(WebhookStatus.Ignored)),
        };
        _embedded = EmbeddedServer.Open(new(_folder.Path), new(), TimeProvider.System, _providers);
        _app = Server.Build(_embedded, "http://127.0.0.1:0", quiet: true, webhooks: new(readers, Take));
        await _app.StartAsync();
        Connect(new(_app.Urls.Single()));
    }

    public async Task DisposeAsync()
    {
        Dispose();
        await _app!.DisposeAsync();
        await _embedded!.DisposeAsync();
        _providers.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_a_provider_signed_is_handed_on_and_a_repeat_too()
    {
        for (var i = 0; i < 2; i++)
            Assert.Equal("accepted", (await Post(Path, Body, Signature(Body))).Is(200).Text("status"));
        ProviderAnswer done = new(ProviderStatus.Done, "c.1");
        ProviderNotice told = new("e1", "default/o-1", ProviderStep.Capture, "c.1", done, null);
        Assert.Equal([told, told], _taken);
    }

    [Fact]
    public async Task What_is_not_handled_is_accepted_and_goes_nowhere()
    {
        var other = Body.Replace("capture", "dispute", StringComparison.Ordinal);
        Assert.Equal("ignored", (await Post(Path, other, Signature(other))).Is(200).Text("status"));
        Assert.Empty(_taken);
    }

    [Fact]
    public async Task A_webhook_that_is_not_the_provider_s_is_refused_and_goes_nowhere()
    {
        (await Post(Path, Body)).IsProblem(401, "unsigned");
        (await Post(Path, Body, ("Test-Signature", "x"))).IsProblem(400, "malformed-webhook");
        (await Post(Path, Body, Signature(Body, -301))).IsProblem(400, "too-old");
        (await Post(Path, Body, Signature(Body, 0, "guess"))).IsProblem(401, "wrong-signature");
        (await Post(Path, Body + " ", Signature(Body))).IsProblem(401, "wrong-signature");
        (await Post(Path, "[]", Signature("[]"))).IsProblem(400, "malformed-webhook");
        Assert.Empty(_taken);
    }

    [Fact]
    public async Task A_provider_that_is_unknown_or_not_set_up_is_not_there()
    {
        (await Post("/v1/webhooks/stripe", Body)).IsProblem(404, "unknown-provider");
        (await Post("/v1/webhooks/nobody", Body)).IsProblem(404, "unknown-provider");
        (await Post("/v1/webhooks/a%20b", Body)).IsProblem(400, "bad-id", "provider");
        (await Get(Path)).IsProblem(405, "method-not-allowed");
    }

    [Fact]
    public async Task Too_large_a_body_and_another_type_are_refused()
    {
        var large = $$"""{"id":"{{new string('x', PaymentWebhooksApi.MaxBody)}}"}""";
        (await Post(Path, large, Signature(large))).IsProblem(413, "too-large");
        (await Send("POST", Path, Encoding.UTF8.GetBytes(Body), "text/plain")).IsProblem(415, "unsupported-media-type");
    }

    [Fact]
    public async Task What_could_not_be_verified_or_taken_is_to_be_sent_again()
    {
        _cannotVerify = true;
        var answer = (await Post("/v1/webhooks/away", Body)).IsProblem(503, "not-verified");
        Assert.NotNull(answer.Header("Retry-After"));
        _failure = new(Fault.Overloaded, "busy");
        (await Post(Path, Body, Signature(Body))).IsProblem(503, "overloaded");
        _failure = null;
        (await Post(Path, Body, Signature(Body))).Is(200);
        Assert.Single(_taken);
    }

    Task Take(ProviderNotice notice, CancellationToken cancel)
    {
        if (_failure is not null) throw _failure;
        _taken.Add(notice);
        return Task.CompletedTask;
    }

    static (string, string) Signature(string body, int seconds = 0, string secret = Secret)
    {
        var at = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds;
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{at}.{body}"));
        return ("Test-Signature", $"t={at},v1={Convert.ToHexStringLower(hash)}");
    }
}
