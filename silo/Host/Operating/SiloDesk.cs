using Fulfillment.Access;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace Fulfillment.Silo.Operating;

/// <summary>What one silo is told and asked by the others; there is one in every silo.</summary>
public interface ISiloDesk : IGrainService
{
    /// <summary>Answers when the silo goes by the settings, and what it wrote before is settled.</summary>
    [Alias("Learn")]
    Task Learn(ClusterSettings settings);

    /// <summary>How the silo is doing.</summary>
    [Alias("Gauges")]
    Task<SiloGauges> Gauges();
}

/// <inheritdoc cref="ISiloDesk"/>
sealed class SiloDesk(
    GrainId id, Orleans.Runtime.Silo silo, ILoggerFactory log, SiloCluster cluster, ViewKeeper views)
    : GrainService(id, silo, log), ISiloDesk
{
    static readonly TimeSpan LongestSettling = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task Learn(ClusterSettings settings)
    {
        cluster.Learn(settings);
        if (!settings.IsReadOnly) return;
        using CancellationTokenSource patience = new(LongestSettling);
        await cluster.Settled(patience.Token);
    }

    /// <inheritdoc/>
    public Task<SiloGauges> Gauges() => Task.FromResult(cluster.Gauges with { ViewLag = views.Lag });
}

/// <summary>The desks of all silos that are up.</summary>
public sealed class SiloDesks(IServiceProvider services, ISiloStatusOracle silos)
    : GrainServiceClient<ISiloDesk>(services)
{
    /// <summary>
    /// Asks every silo at once. One that gives no answer is named instead; it costs the others nothing.
    /// </summary>
    public async Task<(List<T> Answers, string[] Unheard)> AskAll<T>(Func<ISiloDesk, Task<T>> ask, TimeSpan patience)
    {
        var addresses = silos.GetApproximateSiloStatuses(onlyActive: true).Keys.ToArray();
        var asked = addresses.Select(a => ask(GetGrainService(a)).WaitAsync(patience)).ToArray();
        await ((Task)Task.WhenAll(asked)).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return (
            [.. asked.Where(a => a.IsCompletedSuccessfully).Select(a => a.Result)],
            [.. addresses.Zip(asked).Where(p => !p.Second.IsCompletedSuccessfully).Select(p => p.First.ToString())]);
    }
}
