using System.Text.Json.Serialization;

namespace Fulfillment.Purchasing;

/// <summary>How purchase orders' messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(PurchaseCommand))]
[JsonSerializable(typeof(PurchaseEvent))]
[JsonSerializable(typeof(PurchaseOrder))]
public sealed partial class PurchasingJson : JsonSerializerContext;
