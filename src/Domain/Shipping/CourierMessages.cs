using System.Collections.Immutable;
using Fulfillment.Routing;

namespace Fulfillment.Shipping;

/// <summary>
/// Where a lane of a courier leads. It covers a way when all that it says fits. <c>Domestic</c>: from and to the same
/// country. <c>SharedPostcode</c>: so many first characters of both postcodes are the same; 0 for any. <c>To</c>: one
/// of these regions; everywhere when empty or default.
/// </summary>
public sealed record CourierZone(
    string Id, ImmutableArray<Region> To = default, bool Domestic = false, int SharedPostcode = 0);

/// <summary>What a parcel of at most so many billable grams costs, minor units.</summary>
public readonly record struct CourierBand(long UpToGrams, long Minor);

/// <summary>
/// A way of a service into a zone. <c>Days</c>: working days from the day it is collected. <c>Bands</c>: by weight, in
/// rising order.
/// </summary>
public sealed record CourierLane(string Zone, int Days, ImmutableArray<CourierBand> Bands);

/// <summary>
/// A service of a courier. <c>Bulky</c>: from this length and girth on a parcel costs <c>BulkyMinor</c> more; null:
/// never.
/// </summary>
public sealed record CourierProduct(
    string Code, string Name, PackageLimits Limits, ImmutableArray<CourierLane> Lanes, int? BulkyFromMm = null,
    long BulkyMinor = 0);

/// <summary>
/// What a courier charges, by zone and weight. All amounts are minor units of <c>Currency</c>. <c>From</c>: where he
/// collects, everywhere when empty or default. <c>Zones</c>: the first that covers a way is its zone.
/// <c>DimDivisor</c>: cubic centimetres that count as a kilogram. <c>FuelPermille</c>: of everything else, rounded to
/// the minor unit, half up. <c>Calendar</c>: the days on which he works.
/// </summary>
public sealed record CourierTable(
    string Currency, ImmutableArray<CourierZone> Zones, ImmutableArray<CourierProduct> Products, int DimDivisor,
    int FuelPermille, CarrierCalendar Calendar, ImmutableArray<Region> From = default);

/// <summary>What a courier's table has for a shipment; rates and rejections in the table's order.</summary>
public sealed record CourierReply(ImmutableArray<Rate> Rates, ImmutableArray<RejectedRate> Rejected);
