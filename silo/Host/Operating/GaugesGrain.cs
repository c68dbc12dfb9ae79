using Fulfillment.Access;

namespace Fulfillment.Silo.Operating;

/// <summary>Asks all silos how they are doing, at most once a second, however many want to know.</summary>
public sealed class GaugesGrain(SiloDesks desks, TimeProvider time) : Grain, IGaugesGrain
{
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(2);

    SiloGauges[] _last = [];
    long? _readAt;

    /// <inheritdoc/>
    public async Task<SiloGauges[]> Read()
    {
        if (_readAt is { } at && time.GetElapsedTime(at) < Fresh) return _last;
        var (answers, _) = await desks.AskAll(desk => desk.Gauges(), Patience);
        (_last, _readAt) = ([.. answers], time.GetTimestamp());
        return _last;
    }
}
