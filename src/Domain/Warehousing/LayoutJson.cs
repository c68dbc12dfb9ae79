using System.Text.Json.Serialization;

namespace Fulfillment.Warehousing;

/// <summary>How a layout's messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(LayoutCommand))]
[JsonSerializable(typeof(LayoutEvent))]
[JsonSerializable(typeof(Layout))]
public sealed partial class LayoutJson : JsonSerializerContext;
