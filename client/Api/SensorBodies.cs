namespace Fulfillment.Client.Api;

// What requests and answers about sensors look like. Everything that a request may leave out is nullable here.

public sealed record SensorPlaceBody(string? Bin, string? Sku, long? GramsPerUnit);

/// <summary>
/// <c>Key</c>: the number of the key that it signs with; a higher one than before makes a new secret.
/// </summary>
public sealed record SensorRequest(
    string? Node, string? Type, IReadOnlyList<SensorPlaceBody?>? Places, long? Tolerance, long? Key);

/// <summary>A count that is open because the sensor disagreed.</summary>
public sealed record SensorTaskBody(string Count, string? Bin, string? Sku);

/// <summary><c>Secret</c>: told only to who registers the sensor; it is kept nowhere.</summary>
public sealed record SensorBody(
    string Id, string Node, string Type, IReadOnlyList<SensorPlaceBody> Places, int Tolerance, int Key,
    IReadOnlyList<SensorTaskBody> Tasks, DateTimeOffset? LastAt, string? Secret = null);

/// <summary>What a weight shelf says, beside EPCIS documents.</summary>
public sealed record WeightRequest(string? Id, string? At, string? Bin, long? Grams);

/// <summary>
/// <c>Status</c>: <c>entered</c>, or <c>repeated</c>. <c>Skus</c>: that were compared with the books.
/// </summary>
public sealed record ObservationBody(string Id, string Status, IReadOnlyList<string> Skus, bool Disagrees);

/// <summary><c>Tasks</c>: counts that are open because the sensor disagreed.</summary>
public sealed record ObservationsBody(
    string Sensor, IReadOnlyList<ObservationBody> Items, IReadOnlyList<SensorTaskBody> Tasks);
