namespace Fulfillment.Client.Api;

// What requests and answers about shipments, receipts and what they cost look like.

public sealed record ShipmentNoticeRequest(
    string? Id, string? ExpectedAt, string? Carrier, string? TrackingNumber, IReadOnlyList<PackageRequest?>? Packages)
    : IChangeRequest;

public sealed record PackageRequest(string? Id, string? Sscc, IReadOnlyList<PackedLineRequest?>? Lines);

public sealed record PackedLineRequest(string? Line, long? Quantity);

/// <summary><c>OverCapacity</c>: into the bins, although they take no more; that is kept.</summary>
public sealed record PurchaseReceiptRequest(
    string? Id, IReadOnlyList<CountedLineRequest?>? Lines, bool? OverCapacity = null) : IChangeRequest;

public sealed record CountedLineRequest(
    string? Line, long? Quantity, long? Damaged, string? State, string? Shipment, string? Package, string? Bin = null,
    string? Lot = null, string? Lpn = null, IReadOnlyList<string?>? Serials = null, string? ExpiresOn = null);

public sealed record FinishRequest(string? Id) : IChangeRequest;

public sealed record ChargeRequest(string? Id, string? Type, MoneyBody? Amount, string? SplitBy, string? Note)
    : IChangeRequest;

public sealed record PackageBody(string Id, string? Sscc, IReadOnlyList<PackedLineBody> Lines);

public sealed record PackedLineBody(string Line, int Quantity);

public sealed record ShipmentNoticeBody(
    string Id, string PurchaseOrder, DateTimeOffset ExpectedAt, string? Carrier, string? TrackingNumber, bool Finished,
    IReadOnlyList<PackageBody> Packages);

/// <summary>Units that need not be put away: an order waits for them.</summary>
public sealed record CrossDockBody(string Order, long Quantity);

/// <summary><c>Status</c>: pending until the SKU has answered, then booked or refused.</summary>
public sealed record ReceiptLineBody(
    string Line, string Sku, int Quantity, int Good, int Damaged, string? State, string? Shipment, string? Package,
    string Status, IReadOnlyList<CrossDockBody> CrossDock);

/// <summary><c>PurchaseOrder</c> or <c>Transfer</c>: what it is a receipt of.</summary>
public sealed record GoodsReceiptBody(
    string Id, string? PurchaseOrder, string? Transfer, DateTimeOffset At, IReadOnlyList<ReceiptLineBody> Lines);

/// <summary><c>Open</c>: announced and not there yet; once the shipment is finished it is <c>Short</c>.</summary>
public sealed record DiscrepancyBody(
    string Line, string Sku, long Expected, long Received, long Damaged, long Over, long Short, long Open);

public sealed record ShipmentDiscrepanciesBody(
    string Shipment, bool Finished, IReadOnlyList<DiscrepancyBody> Lines);

/// <summary><c>Lines</c>: against the order as it is now; <c>Shipments</c>: against what was announced.</summary>
public sealed record DiscrepanciesBody(
    string PurchaseOrder, string Status, IReadOnlyList<DiscrepancyBody> Lines,
    IReadOnlyList<ShipmentDiscrepanciesBody> Shipments);

public sealed record ChargeShareBody(string Charge, MoneyBody Amount);

/// <summary><c>UnitCost</c>: of most units; <c>DearerUnits</c> of them cost one minor unit more.</summary>
public sealed record LandedLineBody(
    string Line, string Sku, long Units, MoneyBody Goods, IReadOnlyList<ChargeShareBody> Charges, MoneyBody Landed,
    MoneyBody UnitCost, long DearerUnits);

public sealed record ChargeBody(string Id, string Type, MoneyBody Amount, string SplitBy, string? Note);

/// <summary><c>Unallocated</c>: of charges that no unit received can bear.</summary>
public sealed record LandedCostBody(
    string PurchaseOrder, IReadOnlyList<ChargeBody> Charges, IReadOnlyList<LandedLineBody> Lines, MoneyBody Goods,
    MoneyBody Landed, MoneyBody Unallocated);
