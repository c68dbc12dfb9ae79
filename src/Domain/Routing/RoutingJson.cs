using System.Text.Json.Serialization;

namespace Fulfillment.Routing;

/// <summary>How the router's messages are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RoutingMessage))]
[JsonSerializable(typeof(RoutePlan))]
public sealed partial class RoutingJson : JsonSerializerContext;
