using System.Text.Json.Serialization;

namespace Fulfillment.Warehousing;

/// <summary>How a carrier's messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(LicensePlateCommand))]
[JsonSerializable(typeof(LicensePlateEvent))]
[JsonSerializable(typeof(LicensePlate))]
public sealed partial class LicensePlateJson : JsonSerializerContext;
