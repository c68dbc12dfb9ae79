using System.Text.Json.Serialization;

namespace Fulfillment.Catalog;

/// <summary>How the messages and the state of a seller's numbers are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(SsccRangeCommand))]
[JsonSerializable(typeof(SsccRangeEvent))]
[JsonSerializable(typeof(SsccRange))]
public sealed partial class SsccRangeJson : JsonSerializerContext;
