namespace Fulfillment.Client.Api;

// What requests and answers about pick lists look like. Everything that a request may leave out is nullable here.

/// <summary><c>FulfilmentOrders</c>: these; null: up to <c>Most</c> open ones, those that must leave first.</summary>
public sealed record PickListRequest(
    string? Id, string? Method, IReadOnlyList<string?>? FulfilmentOrders, long? Most, string? Wave);

/// <summary>
/// <c>FulfilmentOrders</c>: these; null: up to <c>Most</c> open ones. <c>Orders</c>, <c>Lines</c>, <c>Units</c>,
/// <c>VolumeMm3</c>: what a picker takes at once, such as the totes of a cart.
/// </summary>
public sealed record PickWaveRequest(
    string? Id, string? Method, IReadOnlyList<string?>? FulfilmentOrders, long? Most, long? Orders, long? Lines,
    long? Units, long? VolumeMm3);

/// <summary><c>LengthMm</c>: of its walk; null where it is not told where some bins are.</summary>
public sealed record PickWaveListBody(
    string Id, string Status, string? Picker, DateTimeOffset? DueAt, IReadOnlyList<string> FulfilmentOrders, int Lines,
    long Quantity, long Picked, long Short, long? LengthMm);

/// <summary>
/// Lists that were released together, those to be picked first first. <c>LengthMm</c>: of all walks, beside one for
/// each order, and lists filled with orders as they came; null where it is not told where some bins are.
/// <c>Refused</c>: lists that were not made, for other lists of that name came first; null for none. Their fulfilment
/// orders are released by the next release.
/// </summary>
public sealed record PickWaveBody(
    string Id, string Node, string Method, int FulfilmentOrders, long? LengthMm, long? OrderByOrderMm,
    long? FirstComeMm, IReadOnlyList<PickWaveListBody> Lists, IReadOnlyList<string>? Refused = null);

/// <summary><c>TakeOver</c>: also what somebody else has claimed.</summary>
public sealed record PickClaimRequest(string? Id, string? By, bool? TakeOver) : IChangeRequest;

/// <summary>
/// <c>Line</c> null: the next one. <c>Quantity</c>: of eaches; with <c>Barcode</c> of what was scanned, one when not
/// told.
/// </summary>
public sealed record PickScanRequest(
    string? Id, string? By, long? Line, string? Bin, string? Sku, string? Barcode, long? Quantity, string? Lot,
    string? Tote, IReadOnlyList<string?>? Serials);

/// <summary><c>Line</c> null: the next one. <c>Quantity</c> null: all that are left of it.</summary>
public sealed record PickShortRequest(string? Id, string? By, long? Line, long? Quantity) : IChangeRequest;

public sealed record PickCancelRequest(string? Id, string? By, string? Reason) : IChangeRequest;

/// <summary><c>Reason</c>: why it is not picked, of one that was dropped.</summary>
public sealed record PickWorkBody(string FulfilmentOrder, string? Tote, string Status, string? Reason);

/// <summary>
/// <c>Left</c>: units to be scanned. <c>Velocity</c>: units of the SKU that left the node in the 30 days before it was
/// released.
/// </summary>
public sealed record PickLineBody(
    int Line, string FulfilmentOrder, string Sku, string? Zone, string? Bin, string? Lot, int Quantity, int Picked,
    int Short, int Left, string? Tote, long Velocity, string? Listing = null,
    IReadOnlyList<SoldOptionBody>? Options = null);

/// <summary>
/// <c>SetAside</c>: whether its units are sold no more until somebody finds them; null while that is not known.
/// <c>OtherBins</c>: so many are picked from other bins. <c>Resourced</c>: whether the others are sent from other
/// nodes; null while that is not known, or there are none.
/// </summary>
public sealed record PickShortBody(
    int Line, string Sku, string? Bin, int Quantity, int OtherBins, string By, DateTimeOffset At, bool? Resourced,
    bool? SetAside);

/// <summary>A scan that counted nothing: why, and what was scanned.</summary>
public sealed record PickErrorBody(
    int Line, string Error, string Sku, string? Bin, string By, DateTimeOffset At);

/// <summary>
/// How far it is to walk, beside through every aisle in turn (null where that is no way) and order by order.
/// <c>Exact</c>: proven to be the shortest.
/// </summary>
public sealed record PickWalkBody(long LengthMm, long? SShapeMm, long NaiveMm, bool Exact);

/// <summary><c>Next</c>: the line to go to; null when nothing is left.</summary>
public sealed record PickListBody(
    string Id, string Status, string Node, string Method, string? Wave, DateTimeOffset? DueAt, PickWalkBody? Walk,
    string? Picker, DateTimeOffset ReleasedAt, string? Cancelled, IReadOnlyList<PickWorkBody> FulfilmentOrders,
    IReadOnlyList<PickLineBody> Lines, PickLineBody? Next, IReadOnlyList<PickShortBody> Shorts,
    IReadOnlyList<PickErrorBody> Errors, bool Settled, long Version);

/// <summary>A scan that counted. <c>Next</c>: the line to go to.</summary>
public sealed record PickScanBody(string PickList, string Id, PickLineBody Line, PickLineBody? Next, string Status);

public sealed record PickListListBody(
    string Id, string Status, string Node, string Method, string? Wave, string? Picker, DateTimeOffset? DueAt,
    long FulfilmentOrders, long Quantity, long Picked, long Short, DateTimeOffset ReleasedAt);

/// <summary>How somebody's scans ended. <c>Errors</c>: by what was wrong.</summary>
public sealed record PickAccuracyBody(string By, long Scans, long Right, IReadOnlyDictionary<string, long> Errors);

/// <summary>How scans at a node ended in a period.</summary>
public sealed record PickAccuraciesBody(
    string Node, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<PickAccuracyBody> Pickers);
