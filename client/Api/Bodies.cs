using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fulfillment.Client.Api;

// What requests and answers look like. Everything that a request may leave out is nullable here; Fields says what is
// missing.

public sealed record MoneyBody
{
    public MoneyBody()
    {
    }

    public MoneyBody(long? amount, string? currency) => (Amount, Currency) = (amount, currency);

    // Settable, as the parser then fills them in directly.
    public long? Amount { get; set; }

    public string? Currency { get; set; }
}

public sealed record NodeRequest(
    string? Name, string? Type, long? Priority, string? Country, string? Postcode, double? Latitude, double? Longitude,
    long? CapacityPerDay, string? TimeZone = null, IReadOnlyList<string?>? Days = null,
    IReadOnlyList<string?>? Holidays = null, string? Cutoff = null, long? ProcessingDays = null, long? LeadDays = null,
    IReadOnlyList<string?>? Handles = null, IReadOnlyList<NodeBoxBody?>? Boxes = null, MoneyBody? PerOrder = null,
    MoneyBody? PerUnit = null, NodeAddressBody? Address = null);

/// <summary>Of a firm, for labels and customs papers. <c>Region</c>: the country's own code.</summary>
public sealed record NodeAddressBody(
    string? Company, string? Line1, string? Line2, string? City, string? Region, string? Phone, string? Email);

public sealed record NodeBoxBody(string? Id, long? LengthMm, long? WidthMm, long? HeightMm, long? MaxGrams);

public sealed record NodeBody(
    string Node, string Name, string Type, int Priority, string? Country, string? Postcode, double? Latitude,
    double? Longitude, int? CapacityPerDay, long Revision, string? TimeZone = null,
    IReadOnlyList<string>? Days = null, IReadOnlyList<DateOnly>? Holidays = null, string? Cutoff = null,
    int? ProcessingDays = null, int? LeadDays = null, IReadOnlyList<string>? Handles = null,
    IReadOnlyList<NodeBoxBody>? Boxes = null, MoneyBody? PerOrder = null, MoneyBody? PerUnit = null,
    NodeAddressBody? Address = null);

/// <summary><c>OverCapacity</c>: into the bin, although it takes no more; that is kept with the movement.</summary>
public sealed record ReceiptRequest(
    string? Id, string? Node, long? Quantity, string? Reason, string? State, string? Supply, string? Bin = null,
    string? Lot = null, string? Lpn = null, IReadOnlyList<string?>? Serials = null, string? ExpiresOn = null,
    string? Unit = null, string? Barcode = null, string? OccurredAt = null, bool? OverCapacity = null);

public sealed record AdjustmentRequest(
    string? Id, string? Node, long? Delta, string? Reason, string? State, string? Bin = null, string? Lot = null,
    string? Lpn = null, IReadOnlyList<string?>? Serials = null, string? ExpiresOn = null,
    string? Unit = null, string? Barcode = null, string? OccurredAt = null);

public sealed record MoveRequest(
    string? Id, string? Node, long? Quantity, string? From, string? To, string? Reason, string? Bin = null,
    string? Lot = null, string? Lpn = null, IReadOnlyList<string?>? Serials = null, string? ToBin = null,
    string? ToLpn = null, string? OccurredAt = null, bool? OverCapacity = null);

/// <summary>
/// <c>Below</c>: when the movement, told late, first makes the stock of then negative; null when it does not.
/// </summary>
public sealed record MovementAnswer(
    string Sku, string Id, string Node, long OnHand, long Available, BelowBody? Below = null);

/// <summary><c>OverCapacity</c>: the limits of the bin that somebody knowingly passed.</summary>
public sealed record MovementBody(
    string Id, string Type, string Node, string? From, string? To, long Quantity, string Reason, string Actor,
    DateTimeOffset At, string? Bin = null, string? Lot = null, string? Lpn = null, string? ToBin = null,
    string? ToLpn = null, DateTimeOffset? OccurredAt = null, string? Cause = null, long? Position = null,
    string? OverCapacity = null);

public sealed record HoldRequest(string? Id, long? Quantity, string? HoldFor);

public sealed record HoldBody(
    string Sku, string Id, long Quantity, long? Backordered, DateTimeOffset? Until, long Available);

/// <summary><c>Listing</c>: what the order's channel calls the SKU, in its place or beside it.</summary>
public sealed class LineRequest
{
    public string? Id { get; set; }

    public string? Sku { get; set; }

    public long? Quantity { get; set; }

    public MoneyBody? UnitPrice { get; set; }

    public MoneyBody? Discount { get; set; }

    public MoneyBody? Tax { get; set; }

    public string? Listing { get; set; }

    public IReadOnlyList<SoldOptionBody?>? Options { get; set; }
}

/// <summary>What a buyer chose, such as a text to be engraved.</summary>
public sealed record SoldOptionBody(string? Name, string? Value);

// Settable, as the parser then fills it in directly.
public sealed class OrderRequest
{
    public string? Id { get; set; }

    public string? Channel { get; set; }

    public string? OrderedAt { get; set; }

    public JsonElement? Customer { get; set; }

    public JsonElement? ShipTo { get; set; }

    public IReadOnlyList<LineRequest?>? Lines { get; set; }

    public string? Payment { get; set; }

    public string? Allocation { get; set; }

    public MoneyBody? Shipping { get; set; }

    public MoneyBody? Discount { get; set; }

    public bool? TaxIncluded { get; set; }

    public JsonElement? PaymentMethod { get; set; }

    public JsonElement? BillTo { get; set; }

    public bool? Screening { get; set; }

    public string? DeliverBy { get; set; }

    public bool? ShipComplete { get; set; }

    public string? NotBefore { get; set; }

    public long? Priority { get; set; }

    public GiftBody? Gift { get; set; }

    /// <summary>Who pays at a customs border; as the seller's rules say when missing.</summary>
    public string? Terms { get; set; }

    /// <summary>Fields that we do not know: kept, sealed with the buyer's, and given back.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

public sealed record LineBody(
    string Id, string Sku, int Quantity, MoneyBody? UnitPrice, long Reserved, long Backordered, int Allocated,
    int Shipped,
    int Delivered, int Cancelled, MoneyBody? Discount = null, MoneyBody? Tax = null, MoneyBody? Shipping = null,
    string? Kit = null, DateTimeOffset? Expected = null, PromiseBody? Promise = null, string? Listing = null,
    IReadOnlyList<SoldOptionBody>? Options = null);

public sealed record KitLineBody(
    string Id, string Sku, int Quantity, MoneyBody? UnitPrice, IReadOnlyList<string> Lines, string? Listing = null,
    IReadOnlyList<SoldOptionBody>? Options = null);

public sealed record FulfilmentLineBody(
    string Line, string Sku, int Quantity, int Open, int Shipped, int Delivered, int Cancelled, int? Stopping = null,
    int? GivenAway = null);

public sealed record LineUnitsBody(string? Line, long? Quantity);

public sealed record ShipmentBody(
    string Id, DateTimeOffset ShippedAt, IReadOnlyList<LineUnitsBody> Lines, string? Carrier, string? TrackingNumber,
    IReadOnlyList<string>? Boxes = null);

public sealed record FulfilmentBody(
    string Id, string Order, string Node, string Status, IReadOnlyList<FulfilmentLineBody> Lines,
    IReadOnlyList<ShipmentBody> Shipments, DateTimeOffset? DeliveredAt, DateTimeOffset? OpenedAt = null,
    DateTimeOffset? StartedAt = null, DateOnly? Day = null, DateTimeOffset? NotBefore = null,
    string? HoldReason = null, string? Request = null, DateTimeOffset? ShipBy = null, PromiseBody? Promise = null,
    string? WaitingForNode = null, DateTimeOffset? PackedAt = null);

public sealed record ShortLineBody(
    string Line, string Sku, int Wanted, int Missing, long Available,
    IReadOnlyList<SubstituteBody>? Substitutes = null, string? Kit = null);

public sealed record GiftBody(string? Message);

public sealed record OrderBody(
    string Id, string Status, string Channel, DateTimeOffset PlacedAt, DateTimeOffset? OrderedAt, string Payment,
    string Allocation, MoneyBody? Total, MoneyBody? Due, MoneyBody? Paid, IReadOnlyList<OrderHoldBody>? Holds,
    JsonElement? Customer, JsonElement? ShipTo, IReadOnlyList<LineBody> Lines,
    IReadOnlyList<FulfilmentBody> Fulfilments,
    IReadOnlyList<ShortLineBody>? Short, string? RejectedBecause, string? CancelledBecause, long Version,
    OrderPaymentBody? PaymentState = null, ScreeningBody? Screening = null,
    IReadOnlyList<InterceptBody>? Intercepts = null, IReadOnlyList<RefusedEditBody>? RefusedEdits = null,
    IReadOnlyList<ClockBody>? Clocks = null, JsonElement? BillTo = null, DateOnly? DeliverBy = null,
    bool? ShipComplete = null, DateTimeOffset? NotBefore = null, int? Priority = null, DateOnly? Promised = null,
    IReadOnlyList<UnservedBody>? WaitingForNode = null, IReadOnlyList<KitLineBody>? Kits = null, GiftBody? Gift = null,
    string? Terms = null)
{
    /// <summary>Fields that the channel sent and we do not know.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

public sealed record OrderListBody(
    string Id, string Status, string Channel, DateTimeOffset PlacedAt, long Units, MoneyBody? Total, string? Country,
    long Version);

public sealed record CancelRequest(string? Id, IReadOnlyList<LineUnitsBody?>? Lines, string? Reason);

public sealed record PaymentRequest(string? Id, MoneyBody? Amount);

public sealed record ShipRequest(string? Id, IReadOnlyList<ShipLineRequest?>? Lines, string? Carrier,
    string? TrackingNumber, IReadOnlyList<string?>? Boxes = null);

public sealed record DeliverRequest(string? Id);

public sealed record TimelineEntry(
    long Position, long Version, DateTimeOffset At, string Type, string Text, string Actor, string Cause, string Source,
    JsonElement Data);

public sealed record TimelineBody(string Order, IReadOnlyList<TimelineEntry> Items);

public sealed record EventBody(
    long Position, EntityBody Entity, long Version, string Type, DateTimeOffset At, string Actor, string Cause,
    JsonElement Data);

public sealed record EntityBody(string Kind, string Id);

public sealed record BulkResult(
    int Line, string? Id, int Status, string? OrderStatus, string? Code, string? Detail,
    IReadOnlyList<FieldError>? Errors,
    string? Quarantine);

public sealed record QuarantineBody(
    string Id, string Source, string Status, IReadOnlyList<FieldError> Errors, string? Result, DateTimeOffset? At,
    string? Text);

public sealed record DiscardRequest(string? Reason);

public sealed record ReplayBody(string Quarantine, OrderBody Order);

public sealed record PageBody<T>(
    IReadOnlyList<T> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

public sealed record FraudPolicyRequest(
    long? Review, long? Reject, string? ReviewWithin, Dictionary<string, long?>? Weights);

public sealed record FraudPolicyBody(
    int Review, int Reject, string ReviewWithin, IReadOnlyDictionary<string, int> Weights, long Revision);

public sealed record AssessRequest(
    JsonElement? Customer, JsonElement? ShipTo, JsonElement? BillTo, JsonElement? PaymentMethod, MoneyBody? Amount,
    string? OrderedAt);

public sealed record ReasonBody(string Name, int Points, string Detail);

public sealed record AssessmentBody(
    int Score, string Verdict, IReadOnlyList<ReasonBody> Reasons, string Model, int ModelPermille, long PolicyVersion);

public sealed record HealthBody(string Status, string? Detail);
