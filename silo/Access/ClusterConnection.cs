using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Fulfillment.Access;

/// <summary>Which cluster: its database, and its names there. All processes of a cluster have the same.</summary>
/// <param name="Postgres">The connection string of the database that the silos share.</param>
/// <param name="Cluster">The cluster's name: silos of one find each other.</param>
/// <param name="Service">The service's name: it outlives clusters.</param>
public sealed record ClusterPlace(string Postgres, string Cluster = "default", string Service = "fulfillment")
{
    /// <summary>Version of the wire between callers and silos.</summary>
    public const int WireVersion = Wire.Version;

    /// <summary>The name that Orleans' ADO.NET providers know PostgreSQL by.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>The schema of Orleans' tables.</summary>
    public const string Schema = "fulfillment_orleans";

    /// <summary>The name that a journal knows its cluster by.</summary>
    public string Name => $"{Service}/{Cluster}";

    /// <summary>The connection string for Orleans' own tables.</summary>
    public string Orleans => new Npgsql.NpgsqlConnectionStringBuilder(Postgres)
    {
        SearchPath = Schema,
        ApplicationName = "fulfillment orleans",
        MaxPoolSize = 10,
    }.ConnectionString;
}

/// <summary>
/// A caller's connection to a cluster, for the API and for internal services. Silos are found in the database, and
/// found again when they come and go; while none is up, calls fail with <see cref="Fault.Stopping"/>.
/// </summary>
public sealed class ClusterConnection : IAsyncDisposable, ICluster
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Pause = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(5);

    readonly IHost _host;
    readonly GrainCluster _grains;
    readonly CancellationTokenSource _stop = new();
    Task _starting = Task.CompletedTask;

    ClusterConnection(IHost host)
    {
        _host = host;
        Client = host.Services.GetRequiredService<IClusterClient>();
        _grains = new(Client, Patience);
    }

    /// <summary>The entities.</summary>
    public ICluster Cluster => this;

    /// <summary>Orleans' client, for streams.</summary>
    public IClusterClient Client { get; }

    /// <summary>A silo has been reached.</summary>
    public bool IsUp => _starting.IsCompletedSuccessfully;

    /// <summary>The cluster's settings. Throws <see cref="ClusterException"/> while no silo answers.</summary>
    public Task<ClusterSettings> Settings() => Operate(c => c.GetGrain<ISettingsGrain>(0).Get());

    /// <summary>Allows or stops writing: <see cref="ISettingsGrain.SetReadOnly"/>.</summary>
    public Task<SettingsReply> SetReadOnly(bool readOnly, string reason, string by) =>
        Operate(c => c.GetGrain<ISettingsGrain>(0).SetReadOnly(readOnly, reason, by));

    /// <summary>How each silo is doing; at most a second old.</summary>
    public Task<SiloGauges[]> Gauges() => Operate(c => c.GetGrain<IGaugesGrain>(0).Read());

    /// <summary>Connects, and returns when a silo was reached or after two seconds; goes on trying then.</summary>
    public static async Task<ClusterConnection> Connect(ClusterPlace place, Action<IClientBuilder>? more = null)
    {
        CancellationToken stop = default;
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (place.Cluster, place.Service));
            client.UseAdoNetClustering(o =>
                (o.Invariant, o.ConnectionString) = (ClusterPlace.Invariant, place.Orleans));
            client.Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
            client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(15));
            client.UseConnectionRetryFilter(async (_, cancel) =>
            {
                await Task.Delay(Pause, cancel);
                return !stop.IsCancellationRequested;
            });
            JournalStreams.AddTo(client);
            more?.Invoke(client);
        });
        ClusterConnection connection = new(builder.Build());
        stop = connection._stop.Token;
        connection._starting = connection._host.StartAsync(stop);
        await Task.WhenAny(connection._starting, Task.Delay(TimeSpan.FromSeconds(2), CancellationToken.None));
        return connection;
    }

    /// <inheritdoc/>
    public ValueTask<TReply> Ask<TReply>(
        EntityId to, ICommand<TReply> command, Origin origin, CancellationToken cancel = default) =>
        IsUp ? _grains.Ask(to, command, origin, cancel) : AskOnceUp(to, command, origin, cancel);

    async ValueTask<TReply> AskOnceUp<TReply>(
        EntityId to, ICommand<TReply> command, Origin origin, CancellationToken cancel)
    {
        await Task.WhenAny(_starting, Task.Delay(LongestStart, cancel));
        if (!IsUp) throw new ClusterException(Fault.Stopping, "No silo of the cluster is up. Try again in a moment.");
        return await _grains.Ask(to, command, origin, cancel);
    }

    async Task<T> Operate<T>(Func<IClusterClient, Task<T>> ask)
    {
        await Task.WhenAny(_starting, Task.Delay(LongestStart, _stop.Token));
        if (!IsUp) throw new ClusterException(Fault.Stopping, "No silo of the cluster is up. Try again in a moment.");
        try
        {
            return await ask(Client);
        }
        catch (Exception e) when (GrainCluster.IsPassing(e))
        {
            throw new ClusterException(Fault.OutcomeUnknown, $"No silo answered; repeat it. {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (IsUp) await _host.StopAsync();
        _host.Dispose();
        _stop.Dispose();
    }
}
