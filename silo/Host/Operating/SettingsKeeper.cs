using Fulfillment.Access;

namespace Fulfillment.Silo.Operating;

/// <summary>
/// Learns the cluster's settings when the silo starts, before which its entities answer nobody, and every half second
/// from then on: a silo that missed a change goes by it then.
/// </summary>
sealed class SettingsKeeper(SiloCluster silo, IGrainFactory grains, ILogger<SettingsKeeper> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500), EveryAtFirst = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var told = true; // While the silo is about to join it fails, and that is nothing to tell of.
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                silo.Learn(await grains.GetGrain<ISettingsGrain>(0).Get().WaitAsync(stoppingToken));
                told = false;
            }
            catch (Exception e) when (e is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                // It goes by what it knows: while the database is away, nothing is written anyway.
                if (!told) Log.WillRetry(log, "Reading the cluster's settings", e);
                told = true;
            }

            await Task.Delay(silo.Settings is null ? EveryAtFirst : Every, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
