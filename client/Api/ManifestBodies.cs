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

/// <summary>
/// <c>Override</c>: why it is closed although something is missing or is not due. <c>Untold</c>: the number under which
/// nobody knows whether the carrier was told, where somebody has found out that he was not: he is told again.
/// </summary>
public sealed record ManifestCloseRequest(string? Id, string? Override, string? By, long? Untold) : IChangeRequest;

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
/// What the carrier was told, and what he said. <c>Number</c>: counts what was tried with him. <c>Status</c>: null
/// while he has not said; of a closed manifest <c>not-told</c>, or <c>unclear</c> where he may have it.
/// <c>Manifest</c>: his number. <c>FormBytes</c>: of his form, null for none. <c>Trouble</c>: why he has not said
/// anything. <c>Next</c>: what is to be done about that.
/// </summary>
public sealed record CarrierManifestBody(
    int Number, string? Status, string? Manifest, int? FormBytes, string? Code, string? Detail, string? Trouble,
    string? Next);

/// <summary>
/// <c>Scanned</c>: on it, or handed over with it. <c>Missing</c>: due and not on it; <c>Extra</c>: on it and not due:
/// of a closed one as they were then. <c>Wrong</c>: the last scans that changed nothing, at most 100. <c>Override</c>:
/// why it was closed with a mismatch.
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
