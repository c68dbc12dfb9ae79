using System.Text.Json.Serialization;

namespace Fulfillment.Purchasing;

/// <summary>How transfers' messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(TransferCommand))]
[JsonSerializable(typeof(TransferEvent))]
[JsonSerializable(typeof(Transfer))]
public sealed partial class TransferJson : JsonSerializerContext;
