using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>
/// A carrier, or who speaks for one. Every call throws <see cref="ProviderUnclearException"/> where it is not known
/// what came of it, or known that nothing did; what is refused is in the reply. A purchase whose outcome is unknown is
/// asked for with <see cref="Find"/>, and never simply bought again: what each carrier can say to that is told at his
/// connector.
/// </summary>
public interface ICarrier
{
    /// <summary>Its name as a connector and in paths.</summary>
    string Name { get; }

    /// <summary>What it can do; everything else is answered with <c>Unsupported</c>.</summary>
    CarrierAbility Can { get; }

    /// <summary>
    /// When the carrier last answered a call, whatever he said; null for never, or where it is not known.
    /// </summary>
    DateTimeOffset? Answered => null;

    /// <summary>The services that go from there to there, and what they cost. May be repeated.</summary>
    ValueTask<RateReply> Rates(RateAsk ask, CancellationToken cancel);

    /// <summary>
    /// Has ready what a purchase needs, such as an access token. Buys nothing: who fails at it has sold nothing.
    /// </summary>
    ValueTask Ready(CancellationToken cancel) => default;

    /// <summary>
    /// What the addresses lack without which he sells no label, as fields of <see cref="LabelAsk"/> such as
    /// <c>/to/phone</c>; told before anybody is asked. Missing, or not as he takes it.
    /// </summary>
    IReadOnlyList<string> Lacks(ShipAddress from, ShipAddress to) => [];

    /// <summary>
    /// Buys a label under a key: 1 to 128 characters. The carrier is told the key, or what is made from it, so that the
    /// label is found by it. A key whose label was voided is used up: carriers who know repeats would give it again.
    /// </summary>
    ValueTask<LabelReply> Buy(string key, LabelAsk ask, CancellationToken cancel);

    /// <summary>
    /// What was bought under the key; the ask is the one that was used. Buys nothing. A carrier who refuses to tell is
    /// unclear, and thrown: that is never <see cref="LabelStatus.Refused"/>.
    /// </summary>
    ValueTask<LabelReply> Find(string key, LabelAsk ask, CancellationToken cancel);

    /// <summary>Voids a shipment; may be repeated.</summary>
    ValueTask<VoidReply> Void(VoidAsk ask, CancellationToken cancel);

    /// <summary>He tracks by the number of the shipment, and not by that of a parcel of it.</summary>
    bool TracksShipments => false;

    /// <summary>What has happened to a parcel.</summary>
    ValueTask<TrackReply> Track(string trackingNumber, CancellationToken cancel) => new(new TrackReply(false, []));

    /// <summary>Books a pickup. Not every carrier knows a repeat: the caller keeps the confirmation.</summary>
    ValueTask<PickupReply> Book(PickupAsk ask, CancellationToken cancel) =>
        new(new PickupReply(CarrierStatus.Unsupported));

    /// <summary>Cancels a pickup.</summary>
    ValueTask<PickupReply> Cancel(PickupCancel ask, CancellationToken cancel) =>
        new(new PickupReply(CarrierStatus.Unsupported));

    /// <summary>
    /// Told once more under the same key, he makes no second manifest. Who does not know repeats, and cannot be asked,
    /// is told once.
    /// </summary>
    bool RepeatsClose => true;

    /// <summary>Tells what is handed over together, under a key; a carrier who needs no such thing says so.</summary>
    ValueTask<ManifestReply> Close(string key, ManifestAsk ask, CancellationToken cancel) =>
        new(new ManifestReply(CarrierStatus.NotNeeded, Form: []));

    /// <summary>Service points near an address.</summary>
    ValueTask<PointsReply> Points(ShipAddress near, CancellationToken cancel) =>
        new(new PointsReply(CarrierStatus.Unsupported, []));

    /// <summary>Whether the carrier delivers to an address as it is written.</summary>
    ValueTask<AddressReply> Check(ShipAddress address, CancellationToken cancel) =>
        new(new AddressReply(AddressVerdict.Unchecked, []));
}

/// <summary>Draws the labels of carriers who draw none themselves: the same label makes the same bytes.</summary>
public interface ILabelPrinter
{
    /// <summary>The label in its format.</summary>
    byte[] Draw(CourierLabel label, LabelFormat format);
}

/// <summary>
/// What a label of a courier says. <c>Number</c>: of <c>Count</c> parcels, from 1. <c>Zone</c>: where it is sorted to.
/// <c>Facts</c>: references, at most four.
/// </summary>
public sealed record CourierLabel(
    string Courier, string Service, string TrackingNumber, int Number, int Count, ParcelSpec Parcel, string Zone,
    DateOnly ShipOn, ShipAddress From, ShipAddress To, IReadOnlyList<string> References);
