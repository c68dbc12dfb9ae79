using System.Text.Json.Serialization;
using Fulfillment.Client.Api;
using Fulfillment.Client.Pages;
using Fulfillment.Client.Papers;
using Fulfillment.Composition;
using Fulfillment.Connectors;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Fulfillment.Client;

/// <summary>The web server in front of the entities.</summary>
public static class Server
{
    const int MaxConnections = 20_000;

    /// <summary>Builds the server in front of entities in this process; it does not listen yet.</summary>
    public static WebApplication Build(
        EmbeddedServer embedded, string urls, bool quiet = false, long bodyMemory = BodyMemory.Usual,
        PaymentWebhooks? webhooks = null, Carriers? carriers = null)
    {
        var app = Build(BackendOf(embedded), urls, quiet, bodyMemory, webhooks, carriers: carriers);
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Fulfillment.Engine");
        embedded.Cluster.Failed = (entity, command, e) => Log.Failed(log, entity, command.GetType().Name, e);
        return app;
    }

    /// <summary>
    /// Builds the server in front of entities wherever they are; it does not listen yet. <paramref name="more"/> adds
    /// the routes that only this kind of backend has.
    /// </summary>
    public static WebApplication Build(
        Backend backend, string urls, bool quiet = false, long bodyMemory = BodyMemory.Usual,
        PaymentWebhooks? webhooks = null, Action<IEndpointRouteBuilder>? more = null, Carriers? carriers = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            EnvironmentName = "Production",
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        // Everything comes from the command line; a settings file in the current folder would be obeyed.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls(urls.Split(';', StringSplitOptions.RemoveEmptyEntries));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Handlers know their limits. Were it Kestrel's, he would cut the connection while a large body is still
            // being sent, and the caller would not see why.
            kestrel.Limits.MaxRequestBodySize = null;
            // An id of 10 kB in the path is told that it is one.
            kestrel.Limits.MaxRequestLineSize = 32 << 10;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 << 10;
        });
        builder.Logging.SetMinimumLevel(quiet ? LogLevel.Error : LogLevel.Warning);
        // The hosting layer would make an activity and a log scope for every request.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting", LogLevel.None);
        // The host would print the stack of a failure to listen, of which whoever started us tells in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.AddOpenApi(OpenApi.Configure);
        builder.Services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Wire);
            // The OpenAPI document goes by these: a number in quotes is refused.
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        builder.Services.AddSingleton(backend);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new BodyMemory(bodyMemory));
        builder.Services.AddSingleton<Thumbnails>();
        builder.Services.AddSingleton(webhooks ?? PaymentWebhooks.None);
        builder.Services.AddSingleton(carriers ?? Carriers.None);
        builder.Services.AddSingleton<RateShop>();
        builder.Services.AddSingleton((carriers ?? Carriers.None).Duties);
        // Made by the container, so that it ends with it, before the entities do.
        builder.Services.AddSingleton(_ => new Live(backend));
        var app = builder.Build();
        app.Services.GetRequiredService<Live>();
        ShareServices(app);
        Map(app);
        more?.Invoke(app);
        return app;
    }

    /// <summary>Nothing of ours belongs to one request, so no request needs a container of its own.</summary>
    static void ShareServices(WebApplication app)
    {
        ServiceProvidersFeature services = new() { RequestServices = app.Services };
        app.Use((http, next) =>
        {
            http.Features.Set<IServiceProvidersFeature>(services);
            return next(http);
        });
    }

    /// <summary>What is behind the server: entities in this process.</summary>
    internal static Backend BackendOf(EmbeddedServer embedded) => new(
        embedded.Cluster, embedded.Views, embedded.Cluster.Keyring, embedded.Cluster.Feed,
        embedded.Journal, embedded.Kinds)
    {
        Trouble = () => embedded.Cluster.Journal.Stats.Trouble ?? embedded.ViewFailure,
        Gauges = () =>
        {
            var stats = embedded.Cluster.Journal.Stats;
            var (active, bytes) = embedded.Cluster.Active;
            return new(
                stats.Latency(50), stats.Latency(99), embedded.Cluster.Outbox.Depth, embedded.ViewLag, active, bytes);
        },
        Files = embedded.Files,
        Ledger = new(embedded.Journal, embedded.Cluster.Feed, () => LedgerKey.At(embedded.Place)),
    };

    static void Map(WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Fulfillment.Api");
        app.Use((http, next) => Guard(http, next, log));
        app.MapOpenApi("/openapi/v1.json");
        app.MapNodes();
        app.MapSkus();
        app.MapProducts();
        app.MapAttributeSets();
        app.MapSkuGaps();
        app.MapSkuAliases();
        app.MapFiles();
        app.MapCompliance();
        app.MapCardHistory();
        app.MapCatalogue();
        app.MapWarmUp();
        app.MapStockRules();
        app.MapStock();
        app.MapSlots();
        app.MapLots();
        app.MapHistory();
        app.MapSupplies();
        app.MapPurchaseOrders();
        app.MapReceiving();
        app.MapLandedCost();
        app.MapTransfers();
        app.MapCounts();
        app.MapPickLists();
        app.MapCountProposals();
        app.MapSensors();
        app.MapOrders();
        app.MapBulk();
        app.MapFulfilments();
        app.MapWork();
        app.MapNodeState();
        app.MapLayout();
        app.MapBins();
        app.MapPlates();
        app.MapPapers();
        app.MapLabels();
        app.MapPrefix();
        app.MapPutAway();
        app.MapBoxes();
        app.MapPickPaths();
        app.MapSnapshots();
        app.MapOrderRouting();
        app.MapEdits();
        app.MapHolds();
        app.MapPayments();
        app.MapAccounts();
        app.MapEvents();
        app.MapQuarantine();
        app.MapFraud();
        app.MapBarcodes();
        app.MapRules();
        app.MapLedger();
        app.MapWhatIf();
        app.MapPromises();
        app.MapRulesEffects();
        app.MapPaymentWebhooks();
        app.MapHealth();
        app.MapPages();
    }

    /// <summary>Names every request, and answers every failure with problem details.</summary>
    static async Task Guard(HttpContext http, RequestDelegate next, ILogger log)
    {
        http.Response.Headers["X-Request-Id"] = http.RequestId();
        try
        {
            CardMask.Check(http);
            await next(http);
            var response = http.Response;
            if (response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
                await Explain(http).ExecuteAsync(http);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            var problem = Explain(e);
            if (problem.Body.Status == 500)
                Log.Crashed(log, http.Request.Method, http.Request.Path, http.RequestId(), e);
            await problem.ExecuteAsync(http);
        }
    }

    /// <summary>What routing alone has refused.</summary>
    static Problem Explain(HttpContext http) => http.Response.StatusCode switch
    {
        404 => new(
            404, "no-such-route", "There is no such route.",
            $"{http.Request.Path} does not exist; see /openapi/v1.json."),
        405 => new(
            405, "method-not-allowed", "The route has no such method.",
            $"{http.Request.Path} has no {http.Request.Method}; it has {http.Response.Headers.Allow}."),
        415 => Problem.OtherType(http.Request.Path == BulkApi.Path ? BulkApi.ContentType : "application/json"),
        var status => new(
            status, "bad-request", "The request cannot be read.",
            "It does not fit the route; see /openapi/v1.json."),
    };

    static Problem Explain(Exception failure) => failure switch
    {
        ProblemException e => e.Problem,
        ClusterException e => Problem.Of(e),
        BadHttpRequestException { StatusCode: 413 } => new(
            413, "too-large", "The body is too large.", $"A body may have at most {Requests.MaxBody} bytes."),
        BadHttpRequestException e => new(e.StatusCode, "bad-request", "The request cannot be read.", e.Message),
        System.Data.Common.DbException e => new(
            503, "database-unavailable", "The database does not answer.",
            $"A write may have been made: repeat it with the same id. {e.Message}", retryAfter: 1),
        OperationCanceledException or ConnectionResetException =>
            new(499, "client-closed-request", "The caller went away.", "Nobody reads this."),
        _ => Problem.Internal(),
    };
}

/// <summary>What is logged.</summary>
static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Entity} failed at {Command}")]
    public static partial void Failed(ILogger log, EntityId entity, string command, Exception e);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} ({Request}) failed")]
    public static partial void Crashed(ILogger log, string method, string path, string request, Exception e);
}
