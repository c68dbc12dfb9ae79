using System.Text.Json.Serialization;

namespace Fulfillment.Packing;

/// <summary>How the messages and state of a packing job are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(PackCommand))]
[JsonSerializable(typeof(PackEvent))]
[JsonSerializable(typeof(PackJob))]
public sealed partial class PackJobJson : JsonSerializerContext;
