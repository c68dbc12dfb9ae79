using System.Text.Json.Serialization;

namespace Fulfillment.Counting;

/// <summary>How counts' messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(CountCommand))]
[JsonSerializable(typeof(CountEvent))]
[JsonSerializable(typeof(CycleCount))]
public sealed partial class CountingJson : JsonSerializerContext;
