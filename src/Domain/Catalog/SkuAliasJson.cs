using System.Text.Json.Serialization;

namespace Fulfillment.Catalog;

/// <summary>How the messages and states of aliases are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(SkuAliasCommand))]
[JsonSerializable(typeof(SkuAliasEvent))]
[JsonSerializable(typeof(SkuAlias))]
public sealed partial class SkuAliasJson : JsonSerializerContext;
