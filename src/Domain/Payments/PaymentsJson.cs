using System.Text.Json.Serialization;

namespace Fulfillment.Payments;

/// <summary>How messages about payments are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ProviderCall))]
[JsonSerializable(typeof(ProviderAnswer))]
public sealed partial class PaymentsJson : JsonSerializerContext;
