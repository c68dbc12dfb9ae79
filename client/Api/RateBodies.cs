namespace Fulfillment.Client.Api;

// What requests and answers about prices of carriers look like. Millimetres and grams.

/// <summary>
/// A node, or an address. City, state and lines may be told beside a node: carriers want them, and its card has none.
/// </summary>
public sealed record RateFromRequest(
    string? Node, string? Country, string? Postcode, string? City, string? State, IReadOnlyList<string?>? Lines);

public sealed record RateToRequest(
    string? Country, string? Postcode, string? City, string? State, IReadOnlyList<string?>? Lines, bool? Residential);

public sealed record RateParcelRequest(long? LengthMm, long? WidthMm, long? HeightMm, long? Grams);

/// <summary>
/// <c>Carriers</c>: all that are set up when missing. <c>Declared</c>: what the goods are worth, over a border.
/// </summary>
public sealed record RatesRequest(
    RateFromRequest? From, RateToRequest? To, IReadOnlyList<RateParcelRequest?>? Parcels, string? ShipOn,
    string? DeliverBy, IReadOnlyList<string?>? Carriers, string? Currency, MoneyBody? Declared);

public sealed record SurchargeBody(string Code, string Name, MoneyBody Price);

/// <summary>
/// <c>Source</c>: <c>carrier</c>, or what stands in for one who does not answer; then <c>Fallback</c> is true.
/// </summary>
public sealed record CarrierRateBody(
    string Carrier, string Service, string Name, MoneyBody Price, DateOnly? Delivers, int? TransitDays, bool Guaranteed,
    string Source, bool Fallback, DateTimeOffset? KnownAt, long? BillableGrams,
    IReadOnlyList<SurchargeBody> Surcharges);

/// <summary>A parcel, by its index, that is over a limit: millimetres or grams.</summary>
public sealed record LimitBreachBody(int Parcel, string Limit, long Most, long Actual);

public sealed record RejectedRateBody(
    string Carrier, string? Service, string Reason, string Detail, string? Code, LimitBreachBody? Breach,
    MoneyBody? Price, DateOnly? Delivers);

public sealed record AskedCarrierBody(string Carrier, bool Answered, string? Trouble, string? Fallback, long TookMs);

public sealed record RatesBody(
    DateOnly ShipOn, DateOnly? DeliverBy, string? Currency, CarrierRateBody? Choice,
    IReadOnlyList<CarrierRateBody> Rates, IReadOnlyList<RejectedRateBody> Rejected,
    IReadOnlyList<AskedCarrierBody> Carriers);

/// <summary>He was left alone from his first failure until he answered again.</summary>
public sealed record OutageBody(DateTimeOffset From, DateTimeOffset Until, long TookMs);

/// <summary>
/// <c>Trouble</c>: of the last failure; missing since the carrier answered. <c>FailingSince</c>: the first failure of
/// those in a row. <c>Recovered</c>: the last outage that is over.
/// </summary>
public sealed record BreakerBody(
    string State, int Failures, string? Trouble, DateTimeOffset? AnsweredAt, DateTimeOffset? RetryAt,
    DateTimeOffset? FailingSince, OutageBody? Recovered);

/// <summary>
/// <c>Account</c>: but for its end masked. <c>Breaker</c>: of prices; <c>ParcelBreaker</c>: of labels and all else.
/// </summary>
public sealed record CarrierBody(
    string Carrier, bool Configured, string? Account, IReadOnlyList<string> Can, bool FallbackTable,
    BreakerBody? Breaker, BreakerBody? ParcelBreaker);

public sealed record CarriersBody(IReadOnlyList<CarrierBody> Items);

/// <summary>An address as a carrier writes it.</summary>
public sealed record PlaceBody(
    string Country, string? Postcode, string? City, string? State, IReadOnlyList<string> Lines);

/// <summary>Where parcels are left and fetched. <c>Metres</c>: from the address that was asked for.</summary>
public sealed record ServicePointBody(string Id, string Name, PlaceBody Address, int? Metres);

public sealed record ServicePointsBody(IReadOnlyList<ServicePointBody> Items);

/// <summary>
/// What a carrier thinks of an address. <c>Suggestions</c>: how he writes it, at most ten. <c>Code</c>, <c>Says</c>:
/// why he knows none, where he tells.
/// </summary>
public sealed record AddressCheckBody(
    string Verdict, IReadOnlyList<PlaceBody> Suggestions, string? Code, string? Says);
