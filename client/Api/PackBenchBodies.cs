namespace Fulfillment.Client.Api;

// What requests and answers about the pack bench look like. Everything that a request may leave out is nullable here.

/// <summary><c>TakeOver</c>: also what somebody else packs, or at another bench.</summary>
public sealed record PackBeginRequest(string? Id, string? By, string? Station, bool? TakeOver) : IChangeRequest;

/// <summary>A box that is no kind of the node's. <c>Outer</c>: as inside when not told.</summary>
public sealed record PackFreeBoxRequest(
    EdgesRequest? Inner, EdgesRequest? Outer, long? TareGrams, long? MaxGrams, bool? Insulated);

/// <summary>
/// <c>Kind</c>: one of the node's; else <c>Box</c> as measured. <c>Lpn</c>: the number on it; null: an SSCC is issued,
/// or it is named after the fulfilment order.
/// </summary>
public sealed record PackOpenRequest(
    string? Id, string? By, string? Station, string? Kind, PackFreeBoxRequest? Box, string? Lpn);

/// <summary>
/// <c>Quantity</c>: of eaches; with <c>Barcode</c> of what was scanned, one when not told. <c>Out</c>: they are taken
/// out of the box.
/// </summary>
public sealed record PackScanRequest(
    string? Id, string? By, string? Station, long? Box, string? Sku, string? Barcode, long? Quantity, string? Lot,
    IReadOnlyList<string?>? Serials, bool? Out);

/// <summary><c>Confirmed</c>: whatever the goods in it should weigh.</summary>
public sealed record PackCloseRequest(string? Id, string? By, string? Station, long? WeightGrams, bool? Confirmed)
    : IChangeRequest;

public sealed record PackBoxRequest(string? Id, string? By, string? Station) : IChangeRequest;

/// <summary>Units that are in no box and may be damaged. <c>Quantity</c>: one when not told.</summary>
public sealed record PackDoubtRequest(
    string? Id, string? By, string? Station, string? Sku, string? Barcode, long? Quantity, string? Lot,
    IReadOnlyList<string?>? Serials, string? Reason);

public sealed record PackDecisionRequest(string? Id, string? By, string? Outcome) : IChangeRequest;

/// <summary>Where units lie that are picked and in no box.</summary>
public sealed record PackSourceBody(
    string? Tote, string? Bin, string? Lot, IReadOnlyList<string>? Serials, long Quantity);

/// <summary>
/// <c>Left</c>: units to be scanned. <c>TakeOut</c>: units in boxes that are not to leave. <c>Doubted</c>: units that
/// wait for a decision. <c>Picked</c>: where those lie that wait to be packed.
/// </summary>
public sealed record PackLineBody(
    string Line, string Sku, int Quantity, int Packed, int Pending, int Doubted, int Left, int TakeOut, int Stopping,
    IReadOnlyList<PackSourceBody>? Picked);

public sealed record PackContentBody(string Sku, int Quantity, string? Lot, IReadOnlyList<string>? Serials);

/// <summary>
/// A box and what is in it. <c>ContentGrams</c>, <c>FillBasisPoints</c>: null where nobody measured the goods.
/// <c>GrossGrams</c>: by the scales, else what goods and box should weigh. <c>WeightOdd</c>: somebody confirmed a
/// weight that is not the goods'.
/// </summary>
public sealed record PackBoxBody(
    int Box, string Lpn, string? Kind, string Status, EdgesBody Inner, EdgesBody Outer, int TareGrams, int MaxGrams,
    bool? Insulated, IReadOnlyList<LineUnitsBody> Lines, IReadOnlyList<PackContentBody> Contents, long? ContentGrams,
    int? WeightGrams, bool? WeightOdd, long? GrossGrams, long DimGrams, long? BillableGrams, int? FillBasisPoints,
    DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, string? Shipment);

/// <summary>A box of the plan, as it was before anybody packed.</summary>
public sealed record PackPlannedBody(
    string Box, IReadOnlyList<CartonContentBody> Contents, long GrossGrams, long DimGrams, long BillableGrams,
    int FillBasisPoints);

/// <summary>
/// Units that somebody doubted. <c>Hold</c>: of the order. <c>Outcome</c>: null while nobody has decided.
/// <c>Resourced</c>: others are sent from elsewhere, or they were cancelled; <c>SetAside</c>: they are under quality
/// control; each null while that is not known. <c>Attention</c>: why somebody has to see to them; null when nobody has.
/// </summary>
public sealed record PackDoubtBody(
    int Number, string Sku, int Quantity, string? Lot, string Reason, string By, DateTimeOffset At, int? Hold,
    string? Outcome, string? DecidedBy, bool? Resourced, bool? SetAside, string? Attention);

/// <summary>A scan that changed nothing: why, and what was scanned.</summary>
public sealed record PackErrorBody(int Box, string Error, string Scanned, string By, DateTimeOffset At);

/// <summary>What was planned beside what is packed; boxes that were not used apart.</summary>
public sealed record PackComparisonBody(
    int PlannedBoxes, int Boxes, long PlannedBillableGrams, long? BillableGrams, bool AsPlanned);

/// <summary>
/// <c>NoPlan</c>: why there is no plan, where goods lack a size or fit no box. <c>OnHold</c>: nothing may be packed.
/// </summary>
public sealed record PackingBody(
    string FulfilmentOrder, string Status, string Node, string By, string Station, DateTimeOffset BegunAt, bool OnHold,
    string? Reason, IReadOnlyList<PackLineBody> Lines, IReadOnlyList<PackPlannedBody> Planned, string? NoPlan,
    string? NoPlanSku, IReadOnlyList<PackBoxBody> Boxes, PackComparisonBody? Comparison,
    IReadOnlyList<PackDoubtBody> Doubts, IReadOnlyList<PackErrorBody> Errors, bool Settled, long Version);

/// <summary>
/// A box after a scan. <c>Contents</c>: of the SKU that was scanned; the rest as <see cref="PackBoxBody"/> has it.
/// </summary>
public sealed record PackBoxNowBody(
    int Box, string Status, IReadOnlyList<PackContentBody> Contents, long? ContentGrams, long? GrossGrams,
    int? FillBasisPoints);

/// <summary>
/// What a scan changed of the job. <c>Left</c>, <c>TakeOut</c>: units of the whole job. <c>Lines</c>: those of the SKU
/// that was scanned.
/// </summary>
public sealed record PackSummaryBody(
    string FulfilmentOrder, string Status, bool OnHold, long Left, long TakeOut, IReadOnlyList<PackLineBody> Lines,
    PackBoxNowBody? Box, bool Settled, long Version);

/// <summary>A scan that counted, and what it changed; all of the job is at its own address.</summary>
public sealed record PackScanBody(
    string Id, string Status, int Box, string Sku, int Quantity, bool? Out, PackSummaryBody Packing);

/// <summary>
/// Doubted units in a list. <c>FulfilmentOrder</c>, <c>Number</c>: at which bench, and which of its doubts;
/// <c>Node</c>: null where nobody told. The rest as <see cref="PackDoubtBody"/> has it.
/// </summary>
public sealed record DoubtListBody(
    string FulfilmentOrder, int Number, string? Node, string Sku, long Quantity, string Reason, string By,
    DateTimeOffset At, string? Outcome, string? Attention);
