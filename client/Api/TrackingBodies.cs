namespace Fulfillment.Client.Api;

// What requests and answers about the way of a parcel look like.

/// <summary>
/// What is told by hand, or by a courier or 3PL without webhooks of his own. <c>Label</c>: the parcel's label that it
/// is told of; the one that it has when missing. <c>SignedBy</c>: who has taken it; kept sealed.
/// </summary>
public sealed record ParcelEventsRequest(
    string? Id, long? Label, IReadOnlyList<ParcelEventRequest?>? Events, string? Expected, string? SignedBy, string? By)
    : IChangeRequest;

/// <summary><c>Code</c>: the milestone when missing. <c>Says</c>: names no person.</summary>
public sealed record ParcelEventRequest(
    string? At, string? Milestone, string? Code, string? Says, string? Place, string? Why);

public sealed record CloseCaseRequest(string? Id, string? Resolution, string? By) : IChangeRequest;

/// <summary><c>Why</c>: what is wrong. <c>Label</c>: of which label of the parcel it was told.</summary>
public sealed record TrackEventBody(
    DateTimeOffset At, string Milestone, string Code, string Says, string? Place, string? Why, int Label);

/// <summary>
/// <c>SignedBy</c>: told where one parcel is asked for, and null where the carrier does not tell it or the buyer was
/// erased.
/// </summary>
public sealed record ProofBody(DateTimeOffset At, string? Place, string? SignedBy);

/// <summary><c>Resolution</c>: null where the case ended by itself.</summary>
public sealed record ParcelCaseBody(
    int Number, string Status, string Reason, string Next, int Label, DateTimeOffset Since, DateTimeOffset OpenedAt,
    string? Code, string? Says, DateOnly? Promised, DateOnly? Expected, DateTimeOffset? ClosedAt, string? Resolution,
    string? ClosedBy);

/// <summary>
/// What the buyer is told of a case. <c>What</c>: the reason of the case. <c>At</c>: of the status. <c>Tries</c>: how
/// often it was tried. <c>Code</c>: the mail server's, where it refuses. <c>Detail</c>: what is in its way.
/// </summary>
public sealed record ParcelNoticeBody(
    int Case, string What, string Status, DateTimeOffset At, int Tries, string? MessageId, string? Code,
    string? Detail);

/// <summary><c>Notice</c>: how far telling the buyer is; null where he is not told of it.</summary>
public sealed record ParcelCaseListBody(
    string Parcel, long Number, string Order, string FulfilmentOrder, string Node, string Carrier,
    string? TrackingNumber, string Status, string Reason, string Next, string? Code, string? Says, DateOnly? Promised,
    DateOnly? Expected, DateTimeOffset Since, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, string? Resolution,
    string? Notice);

public sealed record UnknownCodeBody(string Carrier, string Code, string Says, long Times, DateTimeOffset LastAt);

public sealed record UnknownCodesBody(IReadOnlyList<UnknownCodeBody> Items);

/// <summary>
/// What a carrier gets for a webhook. <c>Parcels</c>: those that it told of. <c>Unmatched</c>: numbers that no parcel
/// has: the carrier is asked for them once one has.
/// </summary>
public sealed record CarrierWebhookBody(string Status, int Parcels, int Unmatched);
