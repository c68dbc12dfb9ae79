using System.Text.Json.Serialization;

namespace Fulfillment.Picking;

/// <summary>How the messages and state of replenishment are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RefillCommand))]
[JsonSerializable(typeof(RefillEvent))]
[JsonSerializable(typeof(Refills))]
public sealed partial class RefillsJson : JsonSerializerContext;
