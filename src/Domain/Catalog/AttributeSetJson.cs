using System.Text.Json.Serialization;

namespace Fulfillment.Catalog;

/// <summary>How the messages and states of attribute sets are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(AttributeSetCommand))]
[JsonSerializable(typeof(AttributeSetEvent))]
[JsonSerializable(typeof(AttributeSet))]
public sealed partial class AttributeSetJson : JsonSerializerContext;
