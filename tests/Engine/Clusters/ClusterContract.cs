using Fulfillment.Engine;

namespace Fulfillment.Tests.Engine;

/// <summary>
/// What the embedded cluster promises, over every journal. Its commits can be held up and made to fail, its process can
/// be killed at any point, and only the test moves its clock.
/// </summary>
public abstract partial class ClusterContract : IAsyncLifetime
{
    readonly Place _place;
    readonly List<Host> _hosts = [];

    protected ClusterContract(Place place)
    {
        Skip.If(place.Missing is not null, place.Missing);
        _place = place;
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        foreach (var host in _hosts) await host.DisposeAsync();
        _place.Dispose();
    }

    /// <summary>A process on the journal; the one before must be gone.</summary>
    Host Open(FakeTime? time = null, EngineOptions? options = null, Connector? oracle = null, Kinds? kinds = null)
    {
        Host host = new(_place.Connect(), time, options, oracle, kinds);
        _hosts.Add(host);
        return host;
    }

    /// <summary>Asks until it is answered, as a caller does who repeats with the same id.</summary>
    static async Task<TReply> Insist<TReply>(Host host, string counter, ICommand<TReply> command)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return await host.Ask(counter, command);
            }
            catch (ClusterException) when (i < 20)
            {
                // Told to repeat.
            }
        }
    }

    /// <summary>Waits until all that was asked of the counter before has had its turn.</summary>
    static async Task TurnsTaken(Host host, params string[] counters)
    {
        foreach (var counter in counters)
        {
            TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = host.Ask(counter, new CounterCommand.Probe(seen.SetResult));
            await seen.Task;
        }
    }

    static int Count<T>(IEnumerable<Fact> facts, string counter) =>
        facts.Count(f => f.Event is T && f.Entity.Name == counter);
}

public sealed class MemoryClusterTests() : ClusterContract(new MemoryPlace());

public sealed class SqliteClusterTests() : ClusterContract(new SqlitePlace());

public sealed class PostgresClusterTests() : ClusterContract(new PostgresPlace());
