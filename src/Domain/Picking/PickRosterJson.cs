using System.Text.Json.Serialization;

namespace Fulfillment.Picking;

/// <summary>How rosters' messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RosterCommand))]
[JsonSerializable(typeof(RosterEvent))]
[JsonSerializable(typeof(PickRoster))]
public sealed partial class PickRosterJson : JsonSerializerContext;
