namespace Fulfillment.Client.Api;

// What requests and answers about transfers look like. Everything that a request may leave out is nullable here.

public sealed record TransferRequest(
    string? From, string? To, IReadOnlyList<TransferLineRequest?>? Lines, string? Note);

public sealed record TransferLineRequest(string? Id, string? Sku, long? Quantity);

/// <summary><c>Serials</c>: of each unit, where the SKU asks for them.</summary>
public sealed record TransferUnitsRequest(string? Line, long? Quantity, IReadOnlyList<string?>? Serials = null);

public sealed record TransferShipRequest(
    string? Id, string? ExpectedAt, IReadOnlyList<TransferUnitsRequest?>? Lines);

public sealed record WriteOffRequest(string? Id, IReadOnlyList<TransferUnitsRequest?>? Lines, string? Reason);

public sealed record TransferCancelRequest(string? Id, string? Reason);

/// <summary>Units that were to leave and did not: the SKU said why.</summary>
public sealed record RefusedMoveBody(long Quantity, string Code);

/// <summary>
/// <c>Leaving</c>: asked of the SKU, which has not answered yet. <c>Serials</c>: of the units in transit that have one.
/// </summary>
public sealed record TransferLineBody(
    string Id, string Sku, int Quantity, long Leaving, long Shipped, long InTransit, long Received, long Damaged,
    long Over, long Lost, DateTimeOffset? ExpectedAt, IReadOnlyList<RefusedMoveBody> Refused,
    IReadOnlyList<string>? Serials = null);

/// <summary><c>Settled</c>: every SKU has answered.</summary>
public sealed record TransferBody(
    string Id, string Status, string From, string To, string? Note, string? Reason,
    IReadOnlyList<TransferLineBody> Lines, bool Settled, long Version);
