namespace Fulfillment.Connectors;

/// <summary>What a carrier is asked.</summary>
public enum CarrierCall
{
    /// <summary>Prices.</summary>
    Rates,

    /// <summary>To sell a label.</summary>
    Label,

    /// <summary>What was bought under a key.</summary>
    Find,

    /// <summary>To void a label.</summary>
    Void,

    /// <summary>To take note of what is handed over.</summary>
    Manifest,

    /// <summary>To come, or not to.</summary>
    Pickup,

    /// <summary>What has happened to a parcel.</summary>
    Track,

    /// <summary>What he knows of an address, and of places near it.</summary>
    Place,
}

/// <summary>
/// How a carrier answered one kind of call since the start. <c>Calls</c>: that he was asked. <c>Failed</c>: of them, by
/// what was wrong; refusals are answers. <c>NotAsked</c>: beside them, because he was left alone. Times are of the last
/// <see cref="CarrierMeter.Kept"/> calls, failed ones too: the smallest that so many of a hundred did not exceed.
/// </summary>
public sealed record CarrierTimes(
    CarrierCall Call, long Calls, IReadOnlyDictionary<ProviderTrouble, long> Failed, long NotAsked, TimeSpan Median,
    TimeSpan P95, TimeSpan P99, TimeSpan Longest);

/// <summary>How long a carrier takes, and how often he fails, by kind of call. Kept in memory.</summary>
public sealed class CarrierMeter
{
    /// <summary>Times that are kept of each kind of call; the oldest go first.</summary>
    public const int Kept = 1_000;

    readonly Lock _lock = new();
    readonly Dictionary<CarrierCall, Counts> _calls = [];

    /// <summary>He answered, or did not.</summary>
    public void Note(CarrierCall call, TimeSpan took, ProviderTrouble? trouble)
    {
        lock (_lock)
        {
            if (!_calls.TryGetValue(call, out var counts)) _calls.Add(call, counts = new());
            if (trouble == ProviderTrouble.NotAsked)
            {
                counts.NotAsked++;
                return;
            }

            if (counts.Times.Count == Kept) counts.Times.Dequeue();
            counts.Times.Enqueue(took);
            counts.Calls++;
            if (trouble is { } t) counts.Failed[t] = counts.Failed.GetValueOrDefault(t) + 1;
        }
    }

    /// <summary>Kinds of calls that there were.</summary>
    public IReadOnlyList<CarrierTimes> Now
    {
        get
        {
            lock (_lock) return [.. _calls.OrderBy(c => c.Key).Select(c => c.Value.Told(c.Key))];
        }
    }

    sealed class Counts
    {
        public Queue<TimeSpan> Times { get; } = [];

        public Dictionary<ProviderTrouble, long> Failed { get; } = [];

        public long Calls { get; set; }

        public long NotAsked { get; set; }

        public CarrierTimes Told(CarrierCall call)
        {
            TimeSpan[] sorted = [.. Times.Order()];
            return new(
                call, Calls, new SortedDictionary<ProviderTrouble, long>(Failed), NotAsked, At(sorted, 50),
                At(sorted, 95), At(sorted, 99), At(sorted, 100));
        }

        /// <summary>The nearest rank.</summary>
        static TimeSpan At(TimeSpan[] sorted, int percent) =>
            sorted.Length == 0 ? TimeSpan.Zero : sorted[((sorted.Length * percent) + 99) / 100 - 1];
    }
}
