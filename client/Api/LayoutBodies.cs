namespace Fulfillment.Client.Api;

// What requests and answers about zones, aisles and bins look like. Lengths in millimetres from the node's origin.

public sealed record SpotRequest(long? X, long? Y, long? Z);

public sealed record SpotBody(int X, int Y, int? Z);

public sealed record ZoneRequest(string? Kind, IReadOnlyList<string?>? Handles, SpotRequest? Entry);

/// <summary><c>Handles</c>: with any, nothing but goods of these handling classes is stored there.</summary>
public sealed record ZoneBody(string Zone, string Kind, IReadOnlyList<string> Handles, SpotBody? Entry);

public sealed record AisleRequest(SpotRequest? Start, SpotRequest? End, bool? Cross, bool? OneWay);

/// <summary>A way on the floor. <c>Cross</c>: it joins others, no bins are along it.</summary>
public sealed record AisleBody(string Aisle, SpotBody Start, SpotBody End, bool Cross, bool OneWay);

/// <summary>Zones and aisles; <c>Bins</c>: how many there are.</summary>
public sealed record LayoutBody(
    string Node, IReadOnlyList<ZoneBody> Zones, IReadOnlyList<AisleBody> Aisles, int Bins, long Revision);

public sealed record RoomRequest(
    long? VolumeMm3, long? MaxGrams, long? MaxSkus, bool? OneLot, long? MaxUnits = null);

/// <summary>How much fits in; what is not told has no limit that is known.</summary>
public sealed record RoomBody(
    long? VolumeMm3, long? MaxGrams, int? MaxSkus, bool? OneLot, int? MaxUnits = null);

public sealed record FaceRequest(string? Sku, long? Min, long? Max, string? Seller);

/// <summary>The SKU that a pick face is kept for.</summary>
public sealed record FaceBody(string Sku, int Min, int Max, string Seller);

public sealed record BinRequest(
    string? Id, string? Zone, string? Role, string? Aisle, long? Bay, long? Level, long? Position, SpotRequest? Corner,
    SpotRequest? Stand, RoomRequest? Room, FaceRequest? Face);

public sealed record GridRequest(
    string? Zone, string? Prefix, long? Aisles, long? Bays, long? Levels, SpotRequest? Origin, long? AisleEveryMm,
    long? BayMm, long? LevelMm, long? FaceLevels, RoomRequest? Room);

public sealed record BinsRequest(IReadOnlyList<BinRequest?>? Bins, GridRequest? Grid);

public sealed record BinReasonRequest(string? Reason);

/// <summary>
/// A bin. <c>Corner</c>: the one nearest to the origin. <c>Stand</c>: where the picker stands. <c>Lying</c>: the
/// caller's units that lie there; null where it is not told.
/// </summary>
public sealed record BinBody(
    string Bin, string Node, string Zone, string Role, string? Aisle, int Bay, int Level, int Position, SpotBody Corner,
    SpotBody Stand, RoomBody? Room, FaceBody? Face, string Status, string? Reason, DateTimeOffset? Since,
    IReadOnlyList<SlotBody>? Lying);

public sealed record BinsPutBody(string Node, int Created, int Changed, int Unchanged, int Aisles);
