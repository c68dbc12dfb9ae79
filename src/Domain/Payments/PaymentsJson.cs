using System.Text.Json.Serialization;

namespace Fulfillment.Payments;

/// <summary>How messages to providers are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ProviderCall))]
[JsonSerializable(typeof(ProviderAnswer))]
public sealed partial class ProvidersJson : JsonSerializerContext;

/// <summary>How a payment's messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(PaymentCommand))]
[JsonSerializable(typeof(PaymentEvent))]
[JsonSerializable(typeof(Payment))]
[JsonSerializable(typeof(Capture), TypeInfoPropertyName = "CaptureMade")]
[JsonSerializable(typeof(Refund), TypeInfoPropertyName = "RefundMade")]
public sealed partial class PaymentsJson : JsonSerializerContext;

/// <summary>How an account's messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(AccountCommand))]
[JsonSerializable(typeof(AccountEvent))]
[JsonSerializable(typeof(Account))]
public sealed partial class AccountsJson : JsonSerializerContext;
