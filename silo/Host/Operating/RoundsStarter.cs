namespace Fulfillment.Silo.Operating;

/// <summary>Sees to it that the rounds have begun, once, when the silo starts.</summary>
sealed class RoundsStarter(IGrainFactory grains, ILogger<RoundsStarter> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await grains.GetGrain<IRoundsGrain>(0).Begin().WaitAsync(stoppingToken);
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                Log.WillRetry(log, "Beginning to verify the journal", e);
            }
        }
    }
}
