using System.Text.Json.Serialization;

namespace Fulfillment.Shipping;

/// <summary>How the messages and state of a pickup are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(PickupCommand))]
[JsonSerializable(typeof(PickupEvent))]
[JsonSerializable(typeof(Pickup))]
public sealed partial class PickupJson : JsonSerializerContext;
