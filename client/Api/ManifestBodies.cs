namespace Fulfillment.Client.Api;

// What requests and answers about manifests look like. Grams.

/// <summary>What a carrier takes from a node. <c>Day</c>: today where the node is when missing.</summary>
public sealed record ManifestRequest(string? Id, string? Node, string? Carrier, string? Day, string? By)
    : IChangeRequest;

/// <summary>
/// A scan at the dock. <c>Code</c>: a tracking number, an LPN, or what a scanner reads from a label. <c>Out</c>: the
/// parcel is taken off.
/// </summary>
public sealed record DockScanRequest(string? Id, string? Code, bool? Out, string? By) : IChangeRequest;

/// <summary><c>Override</c>: why it is closed although something is missing or is not due.</summary>
public sealed record ManifestCloseRequest(string? Id, string? Override, string? By) : IChangeRequest;

public sealed record HandOverRequest(string? Id, string? By) : IChangeRequest;

/// <summary>
/// A scan. <c>Signal</c>: null while its parcel or order is asked. <c>Order</c>: why that does not let it go.
/// <c>Scanned</c>: parcels that are on the manifest now.
/// </summary>
public sealed record DockScanBody(
    int Scan, string Id, string Code, string? Parcel, bool Out, string? Signal, string? Order, string By,
    DateTimeOffset At, int? Scanned);

public sealed record DockParcelBody(
    string Parcel, string Order, string TrackingNumber, string Service, long Grams, bool HandedOver);

/// <summary>A parcel that did not leave. <c>Reason</c>: what its order, its bench or itself said.</summary>
public sealed record DockStopBody(string Parcel, string TrackingNumber, string Reason, DateTimeOffset At);

/// <summary>
/// What the carrier was told. <c>Status</c>: null while he has not said. <c>Manifest</c>: his number.
/// <c>FormBytes</c>: of his form, null for none. <c>Trouble</c>: why he has not said anything yet.
/// </summary>
public sealed record CarrierManifestBody(
    string? Status, string? Manifest, int? FormBytes, string? Code, string? Detail, string? Trouble);

/// <summary>
/// <c>Scanned</c>: on it, or handed over with it. <c>Missing</c>: due and not on it; <c>Extra</c>: on it and not due:
/// of a closed one as they were then. <c>Wrong</c>: the last scans that changed nothing, at most 100.
/// <c>Override</c>: why it was closed with a mismatch.
/// </summary>
public sealed record ManifestBody(
    string Manifest, string Node, string Carrier, string? Account, DateOnly Day, string Status, long Grams,
    IReadOnlyList<DockParcelBody> Scanned, IReadOnlyList<string> Missing, IReadOnlyList<string> Extra,
    IReadOnlyList<DockStopBody> Stopped, IReadOnlyList<DockScanBody> Wrong, string? Override,
    CarrierManifestBody? Told, DateTimeOffset OpenedAt, string By, string? ClosedBy, DateTimeOffset? ClosedAt,
    long Revision);

public sealed record ManifestListBody(
    string Manifest, string Node, string Carrier, DateOnly Day, string Status, long Parcels, DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt);
