namespace Fulfillment.Client.Api;

// What requests and answers about pickups look like. Grams; times of the day as the clocks of the node show them.

/// <summary>
/// A carrier is to fetch parcels. <c>Service</c>: one of those to be collected. <c>ToCountry</c>: the node's own when
/// missing.
/// </summary>
public sealed record PickupRequest(
    string? Id, string? Node, string? Carrier, string? Day, string? Ready, string? Close, long? Parcels, long? Grams,
    string? Service, string? ToCountry, string? By) : IChangeRequest;

/// <summary><c>Trouble</c>: what is unclear; nobody asks the carrier again, for he might come twice.</summary>
public sealed record PickupBody(
    string Pickup, string Node, string Carrier, DateOnly Day, string Ready, string Close, int Parcels, long Grams,
    string Service, string ToCountry, string Status, string? Confirmation, string? Code, string? Detail,
    string? Trouble, string By, DateTimeOffset BookedAt, long Revision);

public sealed record PickupListBody(
    string Pickup, string Node, string Carrier, DateOnly Day, string Status, string? Confirmation,
    DateTimeOffset BookedAt);
