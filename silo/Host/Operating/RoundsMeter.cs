using Fulfillment.Engine;

namespace Fulfillment.Silo.Operating;

/// <summary>What this process has seen on its rounds.</summary>
public sealed class RoundsMeter
{
    long _events, _flaws;

    /// <summary>Events replayed.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Flaws found; one that stays is found in each round.</summary>
    public long Flaws => Interlocked.Read(ref _flaws);

    internal void Saw(Verified seen)
    {
        Interlocked.Add(ref _events, seen.Events);
        Interlocked.Add(ref _flaws, seen.Flaws.Count);
    }
}
