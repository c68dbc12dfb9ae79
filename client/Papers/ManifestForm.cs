using System.Collections.Immutable;

namespace Fulfillment.Client.Papers;

/// <summary>
/// What is handed over together, to be signed. <c>Id</c> is its barcode. <c>Account</c>: masked. <c>CarrierId</c>: the
/// carrier's number of it. <c>Override</c>: why it was closed with a mismatch. <c>Note</c>: what is still to be done.
/// Null for none.
/// </summary>
public sealed record ManifestForm(
    string Id, string Node, string Carrier, string? Account, DateOnly Day, DateTimeOffset ClosedAt, string ClosedBy,
    string? CarrierId, string? Override, ImmutableArray<ManifestFormLine> Parcels, string? Note = null);

/// <summary>A parcel that was handed over.</summary>
public readonly record struct ManifestFormLine(string TrackingNumber, string Service, string Parcel, long Grams);
