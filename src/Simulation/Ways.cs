using Fulfillment.Shipping;

namespace Fulfillment.Simulation;

/// <summary>
/// Where carriers have really seen parcels, by the key of the label: the truth that is told late, twice, out of order
/// or never, and that who asks is told in whole.
/// </summary>
public sealed class Ways(World world)
{
    readonly Dictionary<(string Carrier, string Key), List<TrackEvent>> _ways = [];

    /// <summary>What has happened under a label, oldest first.</summary>
    public IReadOnlyList<TrackEvent> Of(string carrier, string key) =>
        _ways.TryGetValue((carrier, key), out var way) ? way : [];

    /// <summary>Something more happens to a parcel, unless it has arrived.</summary>
    public void Move(string carrier, string key)
    {
        if (!_ways.TryGetValue((carrier, key), out var way)) _ways[(carrier, key)] = way = [];
        Milestone? last = way.Count == 0 ? null : way[^1].Milestone;
        if (last is { } end && ParcelProgress.IsFinal(end)) return;
        var next = Next(last);
        var at = world.Time.Now;
        if (way.Count > 0 && at <= way[^1].At) at = way[^1].At + TimeSpan.FromSeconds(world.Random.Next(2));
        way.Add(new(
            at, next, $"{next}{way.Count}", "told", null,
            next == Milestone.Exception && world.Random.Next(2) == 0 ? CaseReason.Weather : null));
    }

    Milestone Next(Milestone? last) => (last, world.Random.Next(6)) switch
    {
        (null, _) => Milestone.HandedOver,
        (_, 0) => Milestone.Exception,
        (Milestone.HandedOver, 1) => Milestone.Other,
        (Milestone.HandedOver, _) => Milestone.InTransit,
        (Milestone.InTransit, 1) => Milestone.Lost,
        (Milestone.InTransit or Milestone.OutForDelivery, 2) => Milestone.Returning,
        (Milestone.Returning, 3) => Milestone.Returned,
        (Milestone.InTransit or Milestone.Exception or Milestone.Other, _) => Milestone.OutForDelivery,
        _ => Milestone.Delivered,
    };
}
