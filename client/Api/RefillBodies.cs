namespace Fulfillment.Client.Api;

/// <summary>
/// Units taken <c>From</c> a bin and put into the face, <c>To</c>. <c>Quantity</c>: of eaches; with <c>Barcode</c> of
/// what was scanned, one when not told. <c>OverCapacity</c>: into the face, although it takes no more; <c>Mixed</c>:
/// although it is not to be mixed with them. Both are kept.
/// </summary>
public sealed record RefillMoveRequest(
    string? Id, string? By, string? From, string? To, string? Sku, string? Barcode, long? Quantity, string? Lot,
    IReadOnlyList<string?>? Serials, bool? OverCapacity = null, bool? Mixed = null);

public sealed record RefillFinishRequest(string? Id, string? By) : IChangeRequest;

/// <summary>
/// A pick face to be filled. <c>Wanted</c>: units; null: nobody told how many it holds, so it is finished by whoever
/// fills it. <c>Left</c>: units there when it was opened. <c>Waiting</c>: units that pick lists still take from it.
/// <c>Sources</c>: from where, the lot that is over first first; empty of one that is done.
/// </summary>
public sealed record RefillTaskBody(
    string Id, string Node, string Bin, string Sku, string Status, int? Wanted, int Moved, long Left, long Waiting,
    string? By, DateTimeOffset OpenedAt, IReadOnlyList<FaceSourceBody> Sources);

public sealed record RefillTasksBody(IReadOnlyList<RefillTaskBody> Items);

/// <summary><c>Status</c>: <c>moved</c>, or <c>pending</c> while the SKU has not answered.</summary>
public sealed record RefillMoveBody(string Id, string Status, RefillTaskBody Task);
