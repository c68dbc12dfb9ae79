using System.Text.Json.Serialization;

namespace Fulfillment.Screening;

/// <summary>How a fraud policy's messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(FraudPolicyCommand))]
[JsonSerializable(typeof(FraudPolicyEvent))]
[JsonSerializable(typeof(FraudPolicy))]
public sealed partial class FraudPolicyJson : JsonSerializerContext;
