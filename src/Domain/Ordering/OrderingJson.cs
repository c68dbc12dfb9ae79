using System.Text.Json.Serialization;

namespace Fulfillment.Ordering;

/// <summary>How an order's messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(OrderCommand))]
[JsonSerializable(typeof(OrderEvent))]
[JsonSerializable(typeof(Order))]
public sealed partial class OrderingJson : JsonSerializerContext;
