using System.Text.Json.Serialization;
using Fulfillment.Warehousing;

namespace Fulfillment.Connectors;

// A courier's table as its file has it; what is missing is null. CourierTables reads it.

sealed record CourierTableFile(
    string? Currency, IReadOnlyList<CourierZoneFile?>? Zones, IReadOnlyList<CourierProductFile?>? Products,
    int? DimDivisor, int? FuelPermille, IReadOnlyList<Weekdays>? Days, IReadOnlyList<DateOnly>? Holidays,
    IReadOnlyList<CourierRegionFile?>? From);

sealed record CourierZoneFile(string? Id, IReadOnlyList<CourierRegionFile?>? To, bool? Domestic, int? SharedPostcode);

sealed record CourierRegionFile(string? Country, IReadOnlyList<string?>? Postcodes);

sealed record CourierProductFile(
    string? Code, string? Name, long? MaxGrams, int? MaxLongestMm, int? MaxMiddleMm, int? MaxShortestMm,
    int? MaxLengthAndGirthMm, IReadOnlyList<CourierLaneFile?>? Lanes, int? BulkyFromMm, long? BulkyMinor);

sealed record CourierLaneFile(string? Zone, int? Days, IReadOnlyList<CourierBandFile?>? Bands);

sealed record CourierBandFile(long? UpToGrams, long? Minor);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CourierTableFile))]
sealed partial class CourierTableJson : JsonSerializerContext;
