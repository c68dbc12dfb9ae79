namespace Fulfillment.Client.Api;

// What requests and answers about counts look like. Everything that a request may leave out is nullable here.

public sealed record ToleranceBody(long? Units, MoneyBody? Value, long? Percent);

public sealed record CountRequest(
    string? Id, string? Node, IReadOnlyList<string?>? Bins, IReadOnlyList<string?>? Skus, string? Reason,
    ToleranceBody? Tolerance, IReadOnlyList<string?>? Counters, string? Note);

/// <summary><c>Quantity</c>: of eaches; with <c>Barcode</c> of what was scanned, one when not told.</summary>
public sealed record CountScanRequest(
    string? Id, string? By, string? Bin, string? Sku, string? Barcode, long? Quantity, string? Lot, string? State,
    IReadOnlyList<string?>? Serials);

public sealed record CountFinishRequest(string? Id, string? By, string? Bin) : IChangeRequest;

public sealed record CountDecisionRequest(string? Id, string? By, IReadOnlyList<long?>? Lines, string? Reason)
    : IChangeRequest;

public sealed record CountRejectRequest(string? Id, string? By, IReadOnlyList<long?>? Lines, string? Reason)
    : IChangeRequest;

public sealed record RecountRequest(string? Id, string? By, IReadOnlyList<long?>? Lines) : IChangeRequest;

public sealed record CountCancelRequest(string? Id, string? By, string? Reason) : IChangeRequest;

/// <summary>What was taken in of a scan: never what the books say.</summary>
public sealed record CountScanBody(
    string Count, string Id, int Line, string Sku, string? Bin, string? Lot, string? State, long Counted);

public sealed record CountPlaceBody(string? Bin, bool Finished);

/// <summary>A serial that was read where the books do not have it; where they have it, null for nowhere.</summary>
public sealed record StraySerialBody(string Serial, string? Node, string? Bin, string? State, string? Order);

/// <summary>A part of a correction; <c>Code</c>: why the SKU refused it.</summary>
public sealed record CountPartBody(string State, int Delta, bool Posted, string? Code);

/// <summary>
/// A line. What begins with <c>Expected</c> is for supervisors only. <c>AtVersion</c>: of the SKU, when it was counted.
/// </summary>
public sealed record CountLineBody(
    int Line, string Sku, string? Bin, string? Lot, string? State, long Counted, string Status, string By,
    DateTimeOffset At, long? Expected = null, long? AtVersion = null, long? Variance = null,
    MoneyBody? VarianceValue = null, long? Posted = null, IReadOnlyList<CountPartBody>? Corrections = null,
    IReadOnlyList<string>? MissingSerials = null, IReadOnlyList<StraySerialBody>? StraySerials = null,
    string? DecidedBy = null, string? Reason = null);

public sealed record CountBody(
    string Id, string Status, string Node, string Reason, IReadOnlyList<CountPlaceBody> Places,
    IReadOnlyList<string>? Skus, IReadOnlyList<string>? Counters, string? Note, string? Cancelled,
    DateTimeOffset OpenedAt, IReadOnlyList<CountLineBody> Lines, long Version, ToleranceBody? Tolerance = null);

public sealed record CountListBody(
    string Id, string Status, string Node, string Reason, long Places, long Lines, DateTimeOffset OpenedAt);

public sealed record ShrinkageValueBody(string Currency, long Lost, long Found, long Net);

/// <summary>
/// Of lines counted in the period whose place is finished. <c>AccuracyPermille</c>: without variance, of all; null when
/// there is none. Units and values of what was posted.
/// </summary>
public sealed record CountAccuracyBody(
    string Node, DateTimeOffset From, DateTimeOffset Until, long Counts, long Lines, long WithoutVariance,
    long? AccuracyPermille, long UnitsLost, long UnitsFound, long UnitsNet, IReadOnlyList<ShrinkageValueBody> Value);

/// <summary>
/// A SKU to be counted, and where. <c>Why</c>: <c>due</c>, <c>never-counted</c>, <c>corrected</c> by hand since it was
/// counted, <c>refused</c>: a correction could not be made. <c>Units</c> and <c>Value</c>: of what left in the period.
/// </summary>
public sealed record CountProposalBody(
    string Sku, string? Bin, string Class, string Reason, string Why, DateTimeOffset? LastCountedAt, long Units,
    MoneyBody? Value);

public sealed record CountProposalsBody(string Node, IReadOnlyList<CountProposalBody> Items);

public sealed record CountProposalRequest(
    string? Id, string? Node, long? Most, long? AShare, long? BShare, long? ADays, long? BDays, long? CDays,
    string? Reason, ToleranceBody? Tolerance, IReadOnlyList<string?>? Counters);
