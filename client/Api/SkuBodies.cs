using System.Collections.Immutable;

namespace Fulfillment.Client.Api;

// What requests and answers about SKUs look like. Everything that a request may leave out is nullable here.

public sealed record SkuRequest(
    string? Title, string? Description, bool? Backorder, MoneyBody? Price, Dictionary<string, string?>? Attributes,
    IReadOnlyList<string?>? Images, ProductRequest? Product, IReadOnlyList<KitPartRequest?>? Kit,
    IReadOnlyList<string?>? Substitutes, long? BackorderCap, string? Fill, bool? SupplyOnly,
    IReadOnlyList<PackRequest?>? Packs, string? Lifecycle, TrackingRequest? Tracking = null,
    SetOfRequest? AttributeSet = null);

public sealed record TrackingRequest(bool? Lots, bool? Serials, bool? Expiry, long? DaysLeft, long? AlertDays);

public sealed record TrackingBody(bool? Lots, bool? Serials, bool? Expiry, int? DaysLeft, int? AlertDays);

public sealed record ProductRequest(
    long? Grams, long? LengthMm, long? WidthMm, long? HeightMm, IReadOnlyList<string?>? Handling, string? AvailableFrom,
    MoneyBody? Value, string? HsCode = null, string? Origin = null, long? NetGrams = null,
    string? CustomsDescription = null);

public sealed record KitPartRequest(string? Sku, long? Units);

public sealed record ProductBody(
    int? Grams, int? LengthMm, int? WidthMm, int? HeightMm, ImmutableArray<string>? Handling,
    DateTimeOffset? AvailableFrom, MoneyBody? Value, string? HsCode = null, string? Origin = null, int? NetGrams = null,
    string? CustomsDescription = null);

public sealed record KitPartBody(string Sku, int Units, long? Available = null);

public sealed record NodeStockBody(string Node, long OnHand, long Sellable, long Committed);

public sealed record SkuBody(
    string Sku, string Title, string? Description, bool Backorder, MoneyBody? Price,
    IReadOnlyDictionary<string, string>? Attributes, ImmutableArray<string> Images, long OnHand, long Reserved,
    long Committed, long Available, long? Backordered, IReadOnlyDictionary<string, long>? Unavailable,
    IReadOnlyList<NodeStockBody>? Nodes, long? Revision, ProductBody? Product, IReadOnlyList<KitPartBody>? Kit,
    ImmutableArray<string>? Substitutes, long? BackorderCap, string? Fill, bool? SupplyOnly,
    IReadOnlyList<PackBody>? Packs, string? Lifecycle, TrackingBody? Tracking = null, VariantOfBody? Variant = null,
    SetOfBody? AttributeSet = null, IReadOnlyList<string>? Gaps = null);

/// <summary>Of which product it is a variant, and which.</summary>
public sealed record VariantOfBody(string Product, IReadOnlyDictionary<string, string> Values);

public sealed record ExpectedBody(DateTimeOffset Date, long Units, long Pegged, long Free);

public sealed record AvailabilityBody(
    string Sku, long OnHand, long Reserved, long Committed, long Available, IReadOnlyList<NodeStockBody> Nodes,
    long Backordered, IReadOnlyList<ExpectedBody>? Expected, IReadOnlyList<KitPartBody>? Kit = null,
    string? Lifecycle = null);

public sealed record AvailabilitiesBody(IReadOnlyList<AvailabilityBody> Items);

public sealed record SubstituteBody(int Rank, string Sku, string Title, long Available, bool Backorder);

public sealed record SubstitutesBody(string Sku, IReadOnlyList<SubstituteBody> Items);

public sealed record SupplyRequest(string? Id, string? Node, long? Quantity, string? ExpectedAt, string? Source);

public sealed record SupplyChangeRequest(long? Quantity, string? ExpectedAt);

/// <summary><c>Moved</c>: the orders that the change moved; null for none.</summary>
public sealed record SupplyBody(
    string Sku, string Id, string Node, long Quantity, long? Received, DateTimeOffset ExpectedAt, string Source,
    long? Pegged = null, int? Orders = null, IReadOnlyList<PegBody>? Pegs = null, ImpactBody? Moved = null);

public sealed record PegBody(string Order, long Quantity);

public sealed record SuppliesBody(string Sku, IReadOnlyList<SupplyBody> Items);

public sealed record MovedOrderBody(string Order, long Quantity, DateTimeOffset? From, DateTimeOffset? To);

public sealed record ImpactBody(string Sku, string Id, int Orders, IReadOnlyList<MovedOrderBody> Moves);
