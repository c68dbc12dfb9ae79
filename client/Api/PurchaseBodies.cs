namespace Fulfillment.Client.Api;

// What requests and answers about purchase orders look like. Everything that a request may leave out is nullable here.

public sealed record PurchaseOrderRequest(
    string? Supplier, string? Node, string? Currency, IReadOnlyList<PurchaseLineRequest?>? Lines,
    long? OverReceiptPercent, string? Note);

public sealed record PurchaseLineRequest(
    string? Id, string? Sku, long? Quantity, MoneyBody? UnitCost, string? ExpectedAt);

public sealed record PurchaseSendRequest(string? Id) : IChangeRequest;

public sealed record PurchaseAcknowledgeRequest(string? Id, IReadOnlyList<LineAnswerRequest?>? Lines)
    : IChangeRequest;

public sealed record LineAnswerRequest(string? Line, long? Quantity, string? ExpectedAt);

public sealed record PurchaseChangeRequest(
    string? Id, string? ExpectedAt, IReadOnlyList<LineDateRequest?>? Lines) : IChangeRequest;

public sealed record LineDateRequest(string? Line, string? ExpectedAt);

public sealed record PurchaseCancelRequest(string? Id, IReadOnlyList<LineCancelRequest?>? Lines, string? Reason)
    : IChangeRequest;

public sealed record LineCancelRequest(string? Line, long? Quantity);

public sealed record PurchaseCloseRequest(string? Id, string? Reason) : IChangeRequest;

public sealed record PurchaseSupplyBody(string Id, long Quantity, DateTimeOffset ExpectedAt, string? Shipment);

/// <summary>
/// <c>Ordered</c>: as sent; <c>Quantity</c>: expected in all now. <c>Refused</c>: why the SKU expects nothing of it.
/// </summary>
public sealed record PurchaseLineBody(
    string Id, string Sku, int Ordered, long Quantity, long Open, long Received, long Damaged, long Over, long Short,
    long Cancelled, bool Acknowledged, DateTimeOffset ExpectedAt, MoneyBody UnitCost,
    IReadOnlyList<PurchaseSupplyBody> Supplies, string? Refused);

/// <summary><c>Settled</c>: every SKU has answered. <c>Moved</c>: the orders that the change moved.</summary>
public sealed record PurchaseOrderBody(
    string Id, string Status, string Supplier, string Node, string Currency, int? OverReceiptPercent, string? Note,
    string? Reason, MoneyBody Total, IReadOnlyList<PurchaseLineBody> Lines, bool Settled, long Version,
    IReadOnlyList<ImpactBody>? Moved = null);

public sealed record PurchaseListBody(
    string Id, string Status, string Supplier, string Node, MoneyBody Total, int Lines, long Ordered, long Received,
    long Open, DateTimeOffset? NextExpectedAt, long Version);

/// <summary><c>Orders</c>: how many customers' orders move, each counted once per line.</summary>
public sealed record PurchaseImpactBody(string Id, int Orders, IReadOnlyList<ImpactBody> Lines);
