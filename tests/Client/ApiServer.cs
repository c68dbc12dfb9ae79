using Fulfillment.Client;
using Fulfillment.Client.Api;
using Fulfillment.Client.Papers;
using Fulfillment.Composition;
using Fulfillment.Connectors;
using Fulfillment.Engine;
using Fulfillment.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace Fulfillment.Tests.Client;

/// <summary>The product in a folder of its own, on a real port; and a client of it.</summary>
public sealed class ApiServer : ApiClient, IAsyncLifetime, IAsyncDisposable
{
    /// <summary>What the test gateway signs its webhooks with.</summary>
    public const string WebhookSecret = "whsec-test";

    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    readonly TempFolder _folder = new();
    readonly EngineOptions _options;
    readonly string? _postgres;
    readonly long _bodyMemory;
    readonly TimeProvider _time;
    readonly Carriers _carriers;
    readonly Mail _mail;
    readonly PaymentProviders _payments = new(
        new(null, null, new TestGatewaySettings(WebhookSecret)), TimeProvider.System);

    EmbeddedServer? _embedded;
    WebApplication? _app;

    /// <summary>With the limits of the product, on SQLite.</summary>
    public ApiServer()
        : this(new(), null, BodyMemory.Usual, TimeProvider.System)
    {
    }

    ApiServer(
        EngineOptions options, string? postgres, long bodyMemory, TimeProvider time,
        CarrierSettings? carriers = null, MailSettings? mail = null) =>
        (_options, _postgres, _bodyMemory, _time, _carriers, _mail) = (options, postgres, bodyMemory, time,
            new(carriers ?? CarrierSettings.Default, new CourierLabelPrinter(), TimeProvider.System),
            new(mail ?? MailSettings.None, TimeProvider.System));

    public EmbeddedServer Embedded => _embedded!;

    public WebApplication App => _app!;

    /// <summary>Where its data is.</summary>
    public string Folder => _folder.Path;

    /// <summary>The last position of the journal.</summary>
    public long Head => Embedded.Cluster.Feed.Head;

    public static async Task<ApiServer> Start(
        EngineOptions? options = null, string? postgres = null, long bodyMemory = BodyMemory.Usual,
        TimeProvider? time = null, CarrierSettings? carriers = null, MailSettings? mail = null)
    {
        ApiServer server = new(options ?? new(), postgres, bodyMemory, time ?? TimeProvider.System, carriers, mail);
        await server.InitializeAsync();
        return server;
    }

    public async Task InitializeAsync()
    {
        _embedded = EmbeddedServer.Open(new(_folder.Path, _postgres), _options, _time, _payments, _carriers, _mail);
        _app = Server.Build(
            _embedded, "http://127.0.0.1:0", quiet: true, _bodyMemory,
            PaymentWebhooks.Of(_embedded.Cluster, _payments), _carriers);
        await _app.StartAsync();
        Connect(new(_app.Urls.Single()));
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_app is not null) await _app.DisposeAsync();
        if (_embedded is not null) await _embedded.DisposeAsync();
        _payments.Dispose();
        _carriers.Dispose();
        _mail.Dispose();
        _folder.Dispose();
    }

    /// <summary>The order, once its status is one of these: nodes are chosen after it was accepted.</summary>
    public Task<Answer> Until(string order, params string[] statuses) => Until(order, statuses, []);

    /// <inheritdoc cref="Until(string, string[])"/>
    public Task<Answer> Until(string order, string[] statuses, params (string Name, string Value)[] headers) =>
        Until($"/v1/orders/{order}", o => statuses.Contains(o.Text("status")), headers);

    /// <summary>The order's payment, once it is so: providers answer after the order did.</summary>
    public Task<Answer> Payment(string order, Func<Answer, bool> so) => Until($"/v1/orders/{order}/payment", so);

    /// <summary>The answer at the path, once it is so; asked again and again: lists are behind the events.</summary>
    public async Task<Answer> Until(
        string path, Func<Answer, bool> so, params (string Name, string Value)[] headers)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(20));
        while (true)
        {
            var now = await Get(path, headers);
            // Too much is under way: it is asked again.
            if (now.Status == 503) continue;
            if (now.Status == 200 && so(now)) return now;
            Assert.False(late.IsCancellationRequested, $"{path} stays as it is: {now.Body}");
            await Task.Delay(Glance);
        }
    }

    /// <summary>
    /// What the order's timeline tells, in words; fails where an entry does not say what happened, when and why, or
    /// leaves the reader to count the digits of an amount.
    /// </summary>
    public async Task<IReadOnlyList<string>> Story(string order)
    {
        var timeline = (await Get($"/v1/orders/{order}/timeline")).Is(200);
        foreach (var moment in timeline.Items())
        {
            foreach (var field in (string[])["at", "type", "text", "actor", "cause", "source"])
                Assert.False(string.IsNullOrWhiteSpace(moment.GetProperty(field).GetString()), $"{field}: {moment}");
            Assert.DoesNotContain("minor", moment.GetProperty("text").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(
            timeline.Each("position").Select(long.Parse!).Order(), timeline.Each("position").Select(long.Parse!));
        return [.. timeline.Each("text").Select(t => t!)];
    }

    /// <summary>The answer to a list, once the lists have taken in all that is durable.</summary>
    public async Task<Answer> List(string path, params (string Name, string Value)[] headers)
    {
        await Embedded.ViewsReached();
        return (await Get(path, headers)).Is(200);
    }
}
