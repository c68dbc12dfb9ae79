using System.Text.Json.Serialization;

namespace Fulfillment.Sensing;

/// <summary>How sensors' messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(SensorCommand))]
[JsonSerializable(typeof(SensorEvent))]
[JsonSerializable(typeof(Sensor))]
public sealed partial class SensingJson : JsonSerializerContext;
