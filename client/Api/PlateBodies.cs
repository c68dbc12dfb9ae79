namespace Fulfillment.Client.Api;

// What requests and answers about totes, cartons and pallets look like.

public sealed record SsccPrefixRequest(string? CompanyPrefix, string? ExtensionDigit);

/// <summary><c>Left</c>: how many numbers of the prefix were not issued.</summary>
public sealed record SsccPrefixBody(string CompanyPrefix, string ExtensionDigit, long Issued, long Left);

/// <summary><c>OverCapacity</c>: into the bin with all that lies on it, although it takes no more.</summary>
public sealed record LpnRequest(
    string? Id, string? Lpn, string? Kind, string? Bin, long? LengthMm, long? WidthMm, long? HeightMm, long? TareGrams,
    long? MaxGrams, bool? OverCapacity = null);

/// <summary><c>OverCapacity</c>: into the bin, although it takes no more; that is kept.</summary>
public sealed record LpnMoveRequest(string? Id, string? ToBin, bool? OverCapacity = null);

public sealed record LpnLoadRequest(string? Id, string? Onto);

public sealed record LpnChangeRequest(string? Id);

/// <summary>Something that happened to a carrier.</summary>
public sealed record LpnEventBody(
    DateTimeOffset At, string Type, string? Bin, string? Lpn, string? Status, string Actor, string Cause,
    string? OverCapacity = null);

/// <summary>
/// A tote, carton or pallet. <c>Settled</c>: all that is on it is where it is. <c>On</c>: what it stands on;
/// <c>Carries</c>: what stands on it. <c>Lying</c>: units that lie on it; <c>History</c>: newest first; both null in
/// lists.
/// </summary>
public sealed record LpnBody(
    string Lpn, string Kind, string Status, string Node, string? Bin, string? On, IReadOnlyList<string> Carries,
    bool Settled, int? LengthMm, int? WidthMm, int? HeightMm, int? TareGrams, long? MaxGrams, long Version,
    IReadOnlyList<SlotBody>? Lying = null, IReadOnlyList<LpnEventBody>? History = null);
