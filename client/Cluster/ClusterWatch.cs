using Fulfillment.Access;
using Fulfillment.Client.Api;

namespace Fulfillment.Client.Cluster;

/// <summary>
/// What the API knows of the cluster as a whole: asked once a second, so that requests and pages need not wait for it.
/// </summary>
sealed class ClusterWatch : IAsyncDisposable
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    readonly ClusterConnection _connection;
    readonly CancellationTokenSource _stop = new();
    readonly Task _loop;
    volatile ClusterSettings _settings = ClusterSettings.Initial;
    volatile SiloGauges[] _silos = [];

    /// <summary>Begins to ask.</summary>
    public ClusterWatch(ClusterConnection connection)
    {
        _connection = connection;
        _loop = Run();
    }

    /// <summary>What an operator has set, at most a second ago.</summary>
    public ClusterSettings Settings => _settings;

    /// <summary>All silos together: of latencies the worst, of all else the sum.</summary>
    public Gauges Gauges => Together(_silos);

    /// <inheritdoc cref="Gauges"/>
    public static Gauges Together(IReadOnlyCollection<SiloGauges> silos) => silos.Count == 0 ? default : new(
        silos.Max(s => s.CommitMedian), silos.Max(s => s.CommitP99), silos.Sum(s => s.OutboxDepth),
        silos.Sum(s => s.ViewLag), silos.Sum(s => s.Entities), silos.Sum(s => s.MemoryBytes),
        silos.Count);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    async Task Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _settings = await _connection.Settings().WaitAsync(_stop.Token);
                _silos = await _connection.Gauges().WaitAsync(_stop.Token);
            }
            catch (Exception e) when (e is ClusterException or OperationCanceledException)
            {
                // No silo answers: then there are no figures; the settings stay what they were.
                _silos = [];
            }

            await Task.Delay(Every, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
