using System.Text.Json.Serialization;
using Fulfillment.Intake;
using Fulfillment.Ordering;
using Fulfillment.Packing;

namespace Fulfillment.Shipping;

/// <summary>On which manifest a parcel is, and by which of its scans.</summary>
public readonly record struct ParcelPlace(string Manifest, int Scan);

/// <summary>
/// How a parcel leaves. <c>Attempt</c>: counts from 1. <c>Label</c>: the number of its label. <c>Manifest</c>: null
/// where it leaves alone. <c>Stopped</c>, <c>Bench</c>: what stopped it. <c>Asked</c>: how often its bench was asked
/// again.
/// </summary>
public sealed record ParcelLeave(
    string Id, int Attempt, int Label, string? Manifest, string By, DateTimeOffset At, int Asked = 0,
    DateTimeOffset? LeftAt = null, FulfilStatus? Stopped = null, PackReplyStatus? Bench = null)
{
    /// <summary>Nobody knows yet whether it may leave.</summary>
    [JsonIgnore]
    public bool IsPending => LeftAt is null && Stopped is null && Bench is null;
}

public abstract partial record ParcelCommand
{
    /// <summary>
    /// It is put on a manifest of a node and a carrier. <c>Scan</c>: counts the manifest's scans, so that what comes
    /// late is told from what is new. <c>TrackingNumber</c>: the one that was scanned; null where it was not a number
    /// of a carrier.
    /// </summary>
    public sealed record Board(string Manifest, int Scan, string Node, string Carrier, string? TrackingNumber)
        : ParcelCommand, ICommand<ParcelReply>;

    /// <summary>
    /// It is taken off a manifest. <c>Stopped</c>: why its order does not let it go; a parcel whose units are not to be
    /// sent any more loses its label.
    /// </summary>
    public sealed record Unboard(string Manifest, int Scan, FulfilStatus? Stopped = null)
        : ParcelCommand, ICommand<ParcelReply>;

    /// <summary>
    /// The carrier takes it: its units are shipped at its order. <c>Manifest</c>: the one that it leaves with; null
    /// where its carrier is given parcels one by one. Repeatable by id.
    /// </summary>
    public sealed record Leave(string Id, string? Manifest, string By) : ParcelCommand, ICommand<ParcelReply>;

    /// <summary>
    /// What the order, or the bench, said to the shipment of that id; neither: the bench has not heard from the order.
    /// </summary>
    public sealed record NoteLeave(string Shipment, FulfilStatus? Order, PackReplyStatus? Bench)
        : ParcelCommand, ICommand<Done>;
}

public abstract partial record ParcelEvent
{
    /// <summary>It is on a manifest.</summary>
    public sealed record ParcelBoarded(Operation Operation, string Manifest, int Scan) : ParcelEvent;

    /// <summary>
    /// It is on no manifest any more. <c>Operation</c> null: it has lost its label, and the manifest is told.
    /// <c>Order</c>: what its order says, where that is why.
    /// </summary>
    public sealed record ParcelUnboarded(
        Operation? Operation, string Manifest, int Scan, FulfilStatus? Order = null) : ParcelEvent;

    /// <summary>Its order, or its bench, is asked to ship its units.</summary>
    public sealed record ParcelLeaving(
        Operation Operation, int Attempt, int Label, string? Manifest, string By, DateTimeOffset At) : ParcelEvent;

    /// <summary>The bench has not heard from the order; it is asked again then.</summary>
    public sealed record LeaveWaits(int Asked, DateTimeOffset AskAt) : ParcelEvent;

    /// <summary>It has left: its units are shipped.</summary>
    public sealed record ParcelLeft(DateTimeOffset At) : ParcelEvent;

    /// <summary>It must not leave. Exactly one of them says why.</summary>
    public sealed record ParcelStopped(FulfilStatus? Order, PackReplyStatus? Bench, DateTimeOffset At) : ParcelEvent;
}
