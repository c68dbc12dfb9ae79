using System.Text.Json.Serialization;

namespace Fulfillment.Routing;

/// <summary>How routing rules' messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RuleBookCommand))]
[JsonSerializable(typeof(RuleBookEvent))]
[JsonSerializable(typeof(RuleBook))]
[JsonSerializable(typeof(RoutingRules))]
public sealed partial class RuleBookJson : JsonSerializerContext;
