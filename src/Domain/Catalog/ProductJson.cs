using System.Text.Json.Serialization;

namespace Fulfillment.Catalog;

/// <summary>How the messages and states of products are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ProductCommand))]
[JsonSerializable(typeof(ProductEvent))]
[JsonSerializable(typeof(Product))]
public sealed partial class ProductJson : JsonSerializerContext;
