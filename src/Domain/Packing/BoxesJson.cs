using System.Text.Json.Serialization;

namespace Fulfillment.Packing;

/// <summary>How the messages and state of a node's boxes are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(BoxCommand))]
[JsonSerializable(typeof(BoxEvent))]
[JsonSerializable(typeof(Boxes))]
public sealed partial class BoxesJson : JsonSerializerContext;
