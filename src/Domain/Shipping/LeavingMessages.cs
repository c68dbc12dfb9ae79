using System.Text.Json.Serialization;
using Fulfillment.Ordering;
using Fulfillment.Packing;

namespace Fulfillment.Shipping;

/// <summary>On which manifest a parcel is, and by which of its scans.</summary>
public readonly record struct ParcelPlace(string Manifest, int Scan);

/// <summary>
/// How a parcel leaves. <c>Attempt</c>: counts from 1. <c>Label</c>: the number of its label. <c>Manifest</c>: null
/// where it leaves alone. <c>Order</c>, <c>Bench</c>: what stopped it. <c>Asked</c>: how often its bench was asked
/// again.
/// </summary>
public sealed record ParcelLeave(
    string Id, int Attempt, int Label, string? Manifest, string By, DateTimeOffset At, int Asked = 0,
    DateTimeOffset? LeftAt = null, FulfilStatus? Order = null, PackReplyStatus? Bench = null)
{
    /// <summary>Nobody knows yet whether it may leave.</summary>
    [JsonIgnore]
    public bool IsPending => LeftAt is null && Order is null && Bench is null;
}
