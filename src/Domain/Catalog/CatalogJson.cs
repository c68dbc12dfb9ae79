using System.Text.Json.Serialization;

namespace Fulfillment.Catalog;

/// <summary>How the messages and states of the catalogue are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(TradeItemCommand))]
[JsonSerializable(typeof(TradeItemEvent))]
[JsonSerializable(typeof(TradeItem))]
public sealed partial class CatalogJson : JsonSerializerContext;
