using System.Text.Json.Serialization;

namespace Fulfillment.Warehousing;

/// <summary>How a node's messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(NodeCommand))]
[JsonSerializable(typeof(NodeEvent))]
[JsonSerializable(typeof(Node))]
[JsonSerializable(typeof(BoardMessage))]
[JsonSerializable(typeof(WorkPage))]
public sealed partial class WarehousingJson : JsonSerializerContext;
