using Fulfillment.Composition;
using Fulfillment.Engine;
using Fulfillment.Simulation;
using Fulfillment.Tests.Support;

namespace Fulfillment.Tests.Engine;

/// <summary>Everything in this process.</summary>
public abstract class EmbeddedCallers : CallerContract, IAsyncDisposable
{
    readonly TempFolder _folder = new();
    readonly EmbeddedServer _server;

    protected EmbeddedCallers(string? postgres) =>
        _server = EmbeddedServer.Open(new(_folder.Path, postgres), new EngineOptions(), TimeProvider.System);

    protected override ICluster Cluster => _server.Cluster;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>On a file.</summary>
public sealed class SqliteCallerTests() : EmbeddedCallers(null);

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresCallerTests() : EmbeddedCallers(Database())
{
    static string Database()
    {
        Skip.If(PostgresServer.Instance.Missing is not null, PostgresServer.Instance.Missing);
        return PostgresServer.Instance.NewDatabase();
    }
}

/// <summary>The simulator's process, whose messages arrive in an order that a seed decides.</summary>
public abstract class SimulatedCallers(int seed) : CallerContract, IDisposable
{
    readonly SimulatedCluster _cluster = new(seed);

    protected override ICluster Cluster => _cluster;

    public void Dispose()
    {
        _cluster.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>It is the only writer of its journal.</summary>
public sealed class SimulatedCallerTests() : SimulatedCallers(seed: 1);

/// <summary>Others may write the same journal, as in a cluster.</summary>
public sealed class SimulatedSharedCallerTests() : SimulatedCallers(seed: 2);
