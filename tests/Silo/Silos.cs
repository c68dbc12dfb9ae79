using Fulfillment.Access;
using Fulfillment.Engine;
using Fulfillment.Silo;
using Fulfillment.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Fulfillment.Tests.Silo;

/// <summary>Two silos in this process, on a database of their own.</summary>
public class Silos : IAsyncLifetime
{
    readonly InProcessTestCluster? _cluster;

    /// <summary>Two silos; they run after <see cref="InitializeAsync"/>.</summary>
    public Silos()
    {
        if (PostgresServer.Instance.Missing is { } missing)
        {
            Missing = missing;
            return;
        }

        Place = new(PostgresServer.Instance.NewDatabase());
        InProcessTestClusterBuilder builder = new(2);
        builder.ConfigureSilo((_, silo) =>
        {
            Prepare(silo);
            SiloServer.Configure(silo, Place);
            // Orleans gives up an event that a subscriber fails at, and our queue brings it again: sooner here.
            silo.Services.Configure<StreamPullingAgentOptions>(
                JournalStreams.Provider, o => o.MaxEventDeliveryTime = TimeSpan.FromSeconds(2));
        });
        builder.ConfigureClient(client =>
        {
            client.UseAdoNetClustering(o =>
                (o.Invariant, o.ConnectionString) = (ClusterPlace.Invariant, Place.Orleans));
            JournalStreams.AddTo(client);
            client.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(10));
        });
        _cluster = builder.Build();
    }

    /// <summary>What is to be otherwise than usual.</summary>
    protected virtual void Prepare(ISiloBuilder silo)
    {
    }

    /// <summary>Why there are none; null when they run.</summary>
    public string? Missing { get; }

    /// <summary>Their database.</summary>
    public ClusterPlace Place { get; } = new("");

    /// <summary>The test host.</summary>
    public InProcessTestCluster Host => _cluster!;

    /// <summary>The entities.</summary>
    public ICluster Cluster => new GrainCluster(Host.Client, TimeSpan.FromSeconds(30));

    /// <summary>The part of a silo that its entities share.</summary>
    public SiloCluster Inside(int silo) => Inside(Host.Silos[silo]);

    /// <inheritdoc cref="Inside(int)"/>
    public SiloCluster Inside(InProcessSiloHandle silo) => silo.ServiceProvider.GetRequiredService<SiloCluster>();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (_cluster is null) return;
        await Schema.Apply(Place);
        await _cluster.DeployAsync();
        while (Host.Silos.Any(s => Inside(s).Settings is null)) await Task.Delay(10);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_cluster is null) return;
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }
}
