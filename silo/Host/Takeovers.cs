using Fulfillment.Engine;

namespace Fulfillment.Silo;

/// <summary>Looks, once a second, whether a silo was lost whose sends and timers this one can take over.</summary>
sealed class Takeovers(SiloCluster silo, ISiloStatusOracle silos, ILogger<Takeovers> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1), Unheard = TimeSpan.FromSeconds(30);

    readonly Dictionary<int, DateTimeOffset> _unheardSince = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) Look();
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    void Look()
    {
        try
        {
            var known = silos.GetApproximateSiloStatuses()
                .ToDictionary(s => s.Key.ToParsableString(), s => s.Value);
            silo.TakeOverFrom(writer => IsLost(writer, known));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Log.WillRetry(log, "Taking over", e);
        }
    }

    /// <summary>
    /// A writer signs with its silo's address, which names the incarnation, and no more when it has left. One that this
    /// silo does not know may be about to join: it gets some time.
    /// </summary>
    bool IsLost(JournalWriter writer, Dictionary<string, SiloStatus> known)
    {
        if (writer.Owner == "") return true;
        if (known.TryGetValue(writer.Owner, out var status))
        {
            _unheardSince.Remove(writer.Id);
            return status == SiloStatus.Dead;
        }

        var since = _unheardSince.GetValueOrDefault(writer.Id, silo.Now);
        _unheardSince[writer.Id] = since;
        return silo.Now - since > Unheard;
    }
}
