using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Shipping;

/// <summary>
/// A parcel as carriers measure it: outside edges in millimetres, gross weight in grams. Zero: not known.
/// </summary>
public readonly record struct ParcelSpec(int LengthMm, int WidthMm, int HeightMm, long Grams)
{
    /// <summary>Whether all edges and the weight are known: without them nobody tells a price.</summary>
    [JsonIgnore]
    public bool IsTold => LengthMm > 0 && WidthMm > 0 && HeightMm > 0 && Grams > 0;

    /// <summary>Its longest edge, millimetres.</summary>
    [JsonIgnore]
    public int LongestMm => Math.Max(LengthMm, Math.Max(WidthMm, HeightMm));

    /// <summary>Its shortest edge, millimetres.</summary>
    [JsonIgnore]
    public int ShortestMm => Math.Min(LengthMm, Math.Min(WidthMm, HeightMm));

    /// <summary>The edge between the longest and the shortest, millimetres.</summary>
    [JsonIgnore]
    public int MiddleMm => (int)((long)LengthMm + WidthMm + HeightMm - LongestMm - ShortestMm);

    /// <summary>Length and girth as carriers add them up: the longest edge and twice the others, millimetres.</summary>
    [JsonIgnore]
    public long LengthAndGirthMm => LongestMm + (2L * MiddleMm) + (2L * ShortestMm);

    /// <summary>
    /// Dimensional weight in grams, rounded up. <paramref name="divisor"/>: cubic centimetres that count as a kilogram.
    /// </summary>
    public long DimGrams(int divisor) =>
        (long)(((Int128)LengthMm * WidthMm * HeightMm + divisor - 1) / divisor);
}

/// <summary>
/// An address as a carrier is told it. It names a person: it is read at the edge for one call, and stands in no event.
/// <c>Country</c>: ISO 3166-1 alpha-2. <c>State</c>: the country's own code of it. <c>Lines</c>: street and number
/// first; none when default. <c>NoticesTo</c>: where the buyer is written to, no carrier is told it; <c>Email</c> when
/// null. Everything else is null when not told.
/// </summary>
public sealed record ShipAddress(
    string Country, string? Postcode = null, string? City = null, string? State = null,
    ImmutableArray<string> Lines = default, string? Name = null, string? Company = null, string? Phone = null,
    string? Email = null, bool Residential = false, string? NoticesTo = null)
{
    /// <summary>Tells where it is, and not who lives there.</summary>
    public override string ToString() => $"{Country} {Postcode}";
}

/// <summary>Where a rate comes from.</summary>
public enum RateSource
{
    /// <summary>The carrier has told it now.</summary>
    [JsonStringEnumMemberName("carrier")] Carrier,

    /// <summary>The carrier does not answer; it is what he told last for the same.</summary>
    [JsonStringEnumMemberName("last-known")] LastKnown,

    /// <summary>The carrier does not answer; it is from the table that stands in for him.</summary>
    [JsonStringEnumMemberName("fallback-table")] FallbackTable,
}

/// <summary>A part of a price. <c>Code</c>: the carrier's own.</summary>
public sealed record Surcharge(string Code, string Name, Money Price);

/// <summary>
/// What a service costs for all parcels together, surcharges in it. <c>Delivers</c>: the latest day of delivery, null
/// where the carrier tells none. <c>TransitDays</c>: as the carrier counts them. <c>KnownAt</c>: when it was told, null
/// for now. <c>BillableGrams</c>: what is charged for, 0 where not told.
/// </summary>
public sealed record Rate(
    string Carrier, string Service, string Name, Money Price, DateOnly? Delivers, int? TransitDays = null,
    bool Guaranteed = false, ImmutableArray<Surcharge> Surcharges = default, RateSource Source = RateSource.Carrier,
    DateTimeOffset? KnownAt = null, long BillableGrams = 0)
{
    /// <summary>Whether the carrier has not told it now.</summary>
    [JsonIgnore]
    public bool IsFallback => Source != RateSource.Carrier;
}

/// <summary>Why a service, or a carrier, was not taken.</summary>
public enum RateRejection
{
    /// <summary>It arrives after the day that was promised.</summary>
    [JsonStringEnumMemberName("too-late")] TooLate,

    /// <summary>A day was promised, and the carrier tells none.</summary>
    [JsonStringEnumMemberName("no-date")] NoDate,

    /// <summary>Its price is in another currency, and so cannot be compared.</summary>
    [JsonStringEnumMemberName("other-currency")] OtherCurrency,

    /// <summary>Another one that is in time costs less, or as much and is better.</summary>
    [JsonStringEnumMemberName("dearer")] Dearer,

    /// <summary>Its carrier does not answer, and one who does is in time.</summary>
    [JsonStringEnumMemberName("not-told-now")] NotToldNow,

    /// <summary>A parcel is too large for it.</summary>
    [JsonStringEnumMemberName("oversize")] Oversize,

    /// <summary>A parcel is too heavy for it.</summary>
    [JsonStringEnumMemberName("overweight")] Overweight,

    /// <summary>It does not go from there to there.</summary>
    [JsonStringEnumMemberName("not-served")] NotServed,

    /// <summary>The carrier refuses, with a code of his own.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>The carrier is not asked: something is not told that he tells no price without.</summary>
    [JsonStringEnumMemberName("incomplete")] Incomplete,

    /// <summary>The carrier is not set up here.</summary>
    [JsonStringEnumMemberName("not-configured")] NotConfigured,

    /// <summary>The carrier did not answer in time.</summary>
    [JsonStringEnumMemberName("timeout")] Timeout,

    /// <summary>The carrier could not be reached, or said that he cannot answer now.</summary>
    [JsonStringEnumMemberName("unavailable")] Unavailable,

    /// <summary>What the carrier answered makes no sense.</summary>
    [JsonStringEnumMemberName("garbled")] Garbled,

    /// <summary>The carrier has failed again and again, and is not asked for a while.</summary>
    [JsonStringEnumMemberName("not-asked")] NotAsked,
}

/// <summary>What of a parcel is limited.</summary>
public enum ParcelLimit
{
    /// <summary>Gross weight, grams.</summary>
    [JsonStringEnumMemberName("weight")] Weight,

    /// <summary>Its longest edge, millimetres.</summary>
    [JsonStringEnumMemberName("longest-edge")] LongestEdge,

    /// <summary>The edge between, millimetres.</summary>
    [JsonStringEnumMemberName("middle-edge")] MiddleEdge,

    /// <summary>Its shortest edge, millimetres.</summary>
    [JsonStringEnumMemberName("shortest-edge")] ShortestEdge,

    /// <summary>Length and girth, millimetres.</summary>
    [JsonStringEnumMemberName("length-and-girth")] LengthAndGirth,
}

/// <summary>A parcel, by its index, is over a limit: the most that is taken, and what it has.</summary>
public readonly record struct LimitBreach(int Parcel, ParcelLimit Limit, long Most, long Actual);

/// <summary>
/// What was not taken, and why. <c>Service</c>: null for the whole carrier. <c>Rate</c>: where there was one.
/// <c>Code</c> and <c>Says</c>: what the carrier told, null where he told nothing.
/// </summary>
public sealed record RejectedRate(
    string Carrier, string? Service, RateRejection Reason, Rate? Rate = null, LimitBreach? Breach = null,
    string? Code = null, string? Says = null);

/// <summary>Where a parcel is on its way, as its carrier tells.</summary>
public enum Milestone
{
    /// <summary>There is a label; the carrier has not seen the parcel.</summary>
    [JsonStringEnumMemberName("labelled")] Labelled,

    /// <summary>The carrier has it.</summary>
    [JsonStringEnumMemberName("handed-over")] HandedOver,

    /// <summary>On its way.</summary>
    [JsonStringEnumMemberName("in-transit")] InTransit,

    /// <summary>On the vehicle that delivers it, or ready to be fetched.</summary>
    [JsonStringEnumMemberName("out-for-delivery")] OutForDelivery,

    /// <summary>Something is in its way.</summary>
    [JsonStringEnumMemberName("exception")] Exception,

    /// <summary>On its way back to the sender.</summary>
    [JsonStringEnumMemberName("returning")] Returning,

    /// <summary>The carrier cannot find it, or has destroyed it.</summary>
    [JsonStringEnumMemberName("lost")] Lost,

    /// <summary>The sender has it again.</summary>
    [JsonStringEnumMemberName("returned")] Returned,

    /// <summary>The receiver has it.</summary>
    [JsonStringEnumMemberName("delivered")] Delivered,

    /// <summary>The label was given back and is no good.</summary>
    [JsonStringEnumMemberName("void")] Void,

    /// <summary>The carrier tells what we have no word for; his own code and words are kept.</summary>
    [JsonStringEnumMemberName("other")] Other,
}

/// <summary>
/// What a carrier tells of a parcel. <c>Code</c>: his own, as he wrote it. <c>Says</c>: his words; they name nobody.
/// <c>Place</c>: city and country, null where he tells none. <c>Why</c>: what is wrong, as far as his code tells; null
/// where nothing is, or he does not tell. <c>Label</c>: which of the parcel's labels it is told of; 0 at the carrier.
/// </summary>
public sealed record TrackEvent(
    DateTimeOffset At, Milestone Milestone, string Code, string Says, string? Place = null, CaseReason? Why = null,
    int Label = 0)
{
    /// <summary>Whether the other is the same, told again: moment, code, words, place and label are equal.</summary>
    public bool IsSame(TrackEvent other) => At == other.At && Label == other.Label && Code == other.Code
        && Says == other.Says && Place == other.Place;
}
