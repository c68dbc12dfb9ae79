using System.Text.Json.Serialization;

namespace Fulfillment.Picking;

/// <summary>How pick lists' messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(PickListCommand))]
[JsonSerializable(typeof(PickListEvent))]
[JsonSerializable(typeof(PickList))]
public sealed partial class PickingJson : JsonSerializerContext;
