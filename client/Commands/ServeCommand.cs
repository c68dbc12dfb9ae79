using System.CommandLine;
using System.Diagnostics;
using Fulfillment.Client.Api;
using Fulfillment.Client.Papers;
using Fulfillment.Composition;
using Fulfillment.Connectors;
using Fulfillment.Engine;

namespace Fulfillment.Client.Commands;

/// <summary><c>serve</c>: the server, until it is told to stop.</summary>
static class ServeCommand
{
    /// <summary>How long the routing of an order may wait while more orders come in a rush.</summary>
    static readonly TimeSpan MostHeld = TimeSpan.FromMinutes(5);

    public static Command Create()
    {
        Command command = new("serve", "Serves the API and the first page (the default command).");
        DataOptions data = new();
        data.AddTo(command);
        Option<string> urls = new("--urls")
        {
            Description = "Where to listen, several separated by semicolons (or FULFILLMENT_URLS).",
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable("FULFILLMENT_URLS") ?? "http://127.0.0.1:8080",
        };
        Option<int> memory = new("--memory")
        {
            Description = "Megabytes that entities may keep in memory, by estimate.",
            DefaultValueFactory = _ => 256,
        };
        Option<bool> demo = new("--demo") { Description = "Loads a small company and a trickle of orders." };
        Option<string?> cluster = new("--cluster")
        {
            Description =
                "The name of a cluster of silos to stand in front of (or FULFILLMENT_CLUSTER), with its --postgres.",
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable("FULFILLMENT_CLUSTER") is { Length: > 0 } text ? text : null,
        };
        Option<string?> anchorFile = new("--anchor-file")
        {
            Description = "A file to add a signed head of the journal to, now and then.",
        };
        Option<string> anchorEvery = new("--anchor-every")
        {
            Description = "How often: a number with s, m, h or d.",
            DefaultValueFactory = _ => "1h",
        };
        anchorEvery.Validators.Add(AnchorPace.Validate);
        command.Options.Add(anchorFile);
        command.Options.Add(anchorEvery);
        command.Options.Add(urls);
        command.Options.Add(cluster);
        command.Options.Add(memory);
        command.Options.Add(demo);
        command.SetAction((result, cancel) => result.GetValue(cluster) is { } name
            ? ServeCluster(
                data.Read(result), name, result.GetValue(urls)!, AnchorPace.Read(result, anchorFile, anchorEvery),
                cancel)
            : Serve(
                data.Read(result), result.GetValue(urls)!, result.GetValue(memory), result.GetValue(demo),
                AnchorPace.Read(result, anchorFile, anchorEvery), cancel));
        return command;
    }

    static async Task<int> Serve(
        DataPlace place, string urls, int memory, bool demo, AnchorPace? anchor, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        EngineOptions options = new() { ActivationBytes = (long)memory << 20, HoldFor = MostHeld };
        using var payments = Payments(demo);
        using var carriers = CarriersOfEnvironment();
        using var mail = MailOfEnvironment();
        await using var embedded = EmbeddedServer.Open(place, options, TimeProvider.System, payments, carriers, mail);
        await using var app = Server.Build(
            embedded, urls, webhooks: PaymentWebhooks.Of(embedded.Cluster, payments), carriers: carriers);
        if (!await TryStart(app, urls, cancel)) return ExitCode.Usage;
        var at = place.Postgres is null ? place.Folder : "PostgreSQL";
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await Console.Out.WriteLineAsync(
            $"Listening on {string.Join(", ", app.Urls)}, data in {at}, ready after {seconds:0.0} s.");
        if (demo) _ = Demo.Run(embedded, app.Lifetime.ApplicationStopping);
        var anchoring = Anchoring(app, anchor);
        await app.WaitForShutdownAsync(cancel);
        await anchoring;
        return ExitCode.Done;
    }

    /// <summary>Adds heads to the file until the server stops.</summary>
    static Task Anchoring(WebApplication app, AnchorPace? anchor) =>
        anchor is null || app.Services.GetRequiredService<Backend>().Ledger is not { } ledger ? Task.CompletedTask
            : ledger.Anchor(anchor.File, anchor.Every, TimeProvider.System, app.Lifetime.ApplicationStopping);

    /// <summary>The payment providers that the environment speaks of.</summary>
    static PaymentProviders Payments(bool demo)
    {
        try
        {
            return new(PaymentSettings.Read(Environment.GetEnvironmentVariable, demo), TimeProvider.System);
        }
        catch (PaymentSettingsException e)
        {
            throw new StoreUnavailableException(e.Message, e);
        }
    }

    /// <summary>The carriers that the environment speaks of.</summary>
    static Carriers CarriersOfEnvironment()
    {
        try
        {
            return new(
                CarrierSettings.Read(Environment.GetEnvironmentVariable, File.ReadAllBytes), new CourierLabelPrinter(),
                TimeProvider.System);
        }
        catch (CarrierSettingsException e)
        {
            throw new StoreUnavailableException(e.Message, e);
        }
    }

    /// <summary>The mail that the environment speaks of.</summary>
    static Mail MailOfEnvironment()
    {
        try
        {
            return new(MailSettings.Read(Environment.GetEnvironmentVariable, File.ReadAllBytes), TimeProvider.System);
        }
        catch (MailSettingsException e)
        {
            throw new StoreUnavailableException(e.Message, e);
        }
    }

    /// <summary>False when the addresses make no sense.</summary>
    static async Task<bool> TryStart(WebApplication app, string urls, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
            return true;
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException($"Cannot listen on {urls}: {e.Message}", e);
        }
        catch (Exception e) when (e is UriFormatException or FormatException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"--urls {urls}: {e.Message}");
            return false;
        }
    }

#if CLUSTER
    static async Task<int> ServeCluster(
        DataPlace place, string name, string urls, AnchorPace? anchor, CancellationToken cancel)
    {
        if (place.Postgres is not { } postgres)
            throw new StoreUnavailableException("--cluster needs the cluster's database: --postgres.");
        await using var cluster = await Cluster.ClusterBackend.Open(new(postgres, name), place);
        using var payments = Payments(demo: false);
        using var carriers = CarriersOfEnvironment();
        await using var app = Server.Build(
            cluster.Backend, urls, webhooks: PaymentWebhooks.Of(cluster.Backend.Cluster, payments), more: cluster.Map,
            carriers: carriers);
        if (!await TryStart(app, urls, cancel)) return ExitCode.Usage;
        await Console.Out.WriteLineAsync($"Listening on {string.Join(", ", app.Urls)}, in front of cluster '{name}'.");
        var anchoring = Anchoring(app, anchor);
        await app.WaitForShutdownAsync(cancel);
        await anchoring;
        return ExitCode.Done;
    }
#else
    static Task<int> ServeCluster(
        DataPlace place, string name, string urls, AnchorPace? anchor, CancellationToken cancel) =>
        throw new StoreUnavailableException(
            $"This build knows no clusters, such as '{name}': build with -c Cluster. "
            + $"({place.Folder}, {urls}, {anchor})");
#endif
}
