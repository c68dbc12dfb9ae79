using System.Net;
using Fulfillment.Access;
using Fulfillment.Composition;
using Fulfillment.Connectors;
using Fulfillment.Engine;
using Fulfillment.Silo.Operating;
using Fulfillment.Silo.Streams;
using Fulfillment.Views;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace Fulfillment.Silo;

/// <summary>One silo: the entities that live here, what they share, and what is shown of it.</summary>
public static class SiloServer
{
    /// <summary>Builds a silo with its web server; it does not run yet.</summary>
    public static WebApplication Build(SiloOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls(options.DashboardUrl is { } own ? [options.Url, own] : [options.Url]);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // It counts from the start of the machine, and warns at every start.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        builder.Host.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(o =>
                (o.ClusterId, o.ServiceId) = (options.Place.Cluster, options.Place.Service));
            // In a cluster of containers the machine's name tells which one it is, on one machine the port does.
            silo.Configure<Orleans.Configuration.SiloOptions>(o =>
                o.SiloName = $"{Environment.MachineName}:{options.SiloPort}");
            silo.ConfigureEndpoints(options.Address, options.SiloPort, options.GatewayPort, options.ListenAny);
            Configure(silo, options.Place);
            if (options.Dashboard) silo.AddDashboard();
        });
        var app = builder.Build();
        app.MapGet("/healthz", () => Results.Ok());
        app.MapGet("/readyz", (SiloCluster silo, ISiloStatusOracle silos) =>
            silos.CurrentStatus != SiloStatus.Active
                ? Results.Text($"The silo is {silos.CurrentStatus}.", null, null, 503)
            : silo.Settings is null ? Results.Text(SiloCluster.NotKnown, null, null, 503)
            : silo.Journal.Stats.Trouble is { } trouble ? Results.Text(trouble, null, null, 503)
            : Results.Ok());
        app.MapGet("/metrics", (SiloCluster silo, ViewKeeper views, RoundsMeter rounds, CommandMeter meter) =>
            Results.Text(meter.Text(silo, views, rounds)));
        if (options.Dashboard) MapDashboard(app, options.DashboardUrl);
        return app;
    }

    /// <summary>
    /// The dashboard has no login. At an address of its own it is not to be had at the one of health and metrics, which
    /// others than the operator must reach.
    /// </summary>
    static void MapDashboard(WebApplication app, string? url)
    {
        const string path = "/dashboard";
        if (url is not null)
        {
            var port = BindingAddress.Parse(url).Port;
            app.Use((http, next) =>
            {
                var asks = http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);
                if (!asks || http.Connection.LocalPort == port) return next(http);
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        }

        app.MapOrleansDashboard(path);
    }

    /// <summary>The entities, for a caller in the silo's own process.</summary>
    public static ICluster CallerIn(WebApplication silo) =>
        new GrainCluster(silo.Services.GetRequiredService<IGrainFactory>(), TimeSpan.FromSeconds(20));

    /// <summary>What every silo is made of, the test host's too.</summary>
    public static void Configure(ISiloBuilder silo, ClusterPlace place)
    {
        silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (ClusterPlace.Invariant, place.Orleans));
        silo.AddAdoNetGrainStorageAsDefault(o =>
            (o.Invariant, o.ConnectionString) = (ClusterPlace.Invariant, place.Orleans));
        silo.UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (ClusterPlace.Invariant, place.Orleans));
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = TimeSpan.FromSeconds(1);
            o.NumMissedProbesLimit = 3;
            o.NumVotesForDeathDeclaration = 2;
            o.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        });
        silo.Configure<GrainCollectionOptions>(o =>
        {
            o.CollectionQuantum = TimeSpan.FromSeconds(20);
            o.CollectionAge = TimeSpan.FromMinutes(2);
            o.EnableActivationSheddingOnMemoryPressure = true;
        });
        silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(15));
        silo.Configure<LoadSheddingOptions>(o => (o.LoadSheddingEnabled, o.CpuThreshold) = (true, 99));
        JournalQueues.AddTo(silo, place);
        silo.Services.AddSingleton(place);
        silo.Services.AddSingleton<CommandMeter>();
        // The one that /metrics reads; registered by its type, the filter would be another.
        silo.Services.AddSingleton<IIncomingGrainCallFilter>(s => s.GetRequiredService<CommandMeter>());
        silo.Services.AddSingleton(_ => ViewDatabase.Postgres(place.Postgres));
        silo.Services.AddSingleton(s => AllViews.Read(s.GetRequiredService<ViewDatabase>()));
        silo.Services.AddSingleton(_ =>
            new PaymentProviders(PaymentSettings.Read(Environment.GetEnvironmentVariable), TimeProvider.System));
        silo.Services.AddSingleton(s => Everything.Kinds(
            RoutingConnector.Of(
                node => s.GetRequiredService<AllViews>().Nodes.Now(node),
                (seller, at) => s.GetRequiredService<AllViews>().Rules.At(seller, at),
                LaneRules.Of(s.GetRequiredService<AllViews>, mustKnow: true)),
            WorkBoard.Of(s.GetRequiredService<AllViews>),
            NoticeDesk.With(
                LabelDesk.With(
                    s.GetRequiredService<PaymentProviders>().Connectors, s.GetRequiredService<LabelDesk>().Answer),
                s.GetRequiredService<NoticeDesk>().Answer)));
        silo.Services.AddSingleton(_ =>
            new Mail(MailSettings.Read(Environment.GetEnvironmentVariable, File.ReadAllBytes), TimeProvider.System));
        silo.Services.AddSingleton(_ => SafeOf(place));
        silo.Services.AddSingleton(s => new NoticeDesk(
            s.GetRequiredService<Mail>(), s.GetRequiredService<LabelSafe>()));
        silo.Services.AddSingleton(_ => new Carriers(
            CarrierSettings.Read(Environment.GetEnvironmentVariable, File.ReadAllBytes), new LabelDraft(),
            TimeProvider.System));
        silo.Services.AddSingleton(s => new LabelDesk(
            s.GetRequiredService<Carriers>(), s.GetRequiredService<LabelSafe>()));
        silo.Services.AddSingleton(MakeCluster);
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, Lifecycle>();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.AddGrainService<SiloDesk>();
        silo.Services.AddSingleton<SiloDesks>();
        silo.Services.AddHostedService<SettingsKeeper>();
        silo.Services.TryAddSingleton(RoundsPace.Usual);
        silo.Services.AddSingleton<RoundsMeter>();
        silo.Services.AddHostedService<RoundsStarter>();
        silo.Services.AddHostedService<Takeovers>();
        silo.Services.AddSingleton<ViewKeeper>();
        silo.Services.AddHostedService(s => s.GetRequiredService<ViewKeeper>());
    }

    static LabelSafe SafeOf(ClusterPlace place) =>
        new(KeyringOf(new(place.Postgres)), new PostgresFiles(place.Postgres));

    /// <summary>Keys are written as they are made: what they seal is no event.</summary>
    static Keyring KeyringOf(PostgresStore store) => new(store, (subject, key) => store.KeepKey(subject, key));

    static SiloCluster MakeCluster(IServiceProvider services)
    {
        var place = services.GetRequiredService<ClusterPlace>();
        var log = services.GetRequiredService<ILogger<SiloCluster>>();
        PostgresStore store = new(
            place.Postgres, services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString())
        {
            Deposed = () =>
            {
                Log.Ends(log, "Another silo has taken over: this one was held for dead, and ends.");
                Environment.Exit(4);
            },
        };
        return new(
            store, services.GetRequiredService<Kinds>(), new EngineOptions(),
            services.GetRequiredService<IGrainFactory>(), TimeProvider.System, log);
    }

    /// <summary>The journal is there before the first grain, and until the last has gone.</summary>
    sealed class Lifecycle(SiloCluster cluster) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle observer) => observer.Subscribe(
            nameof(SiloCluster), ServiceLifecycleStage.RuntimeGrainServices + 1,
            _ =>
            {
                cluster.Start();
                return Task.CompletedTask;
            },
            async _ => await cluster.DisposeAsync());
    }
}
