using System.Text.Json.Serialization;

namespace Fulfillment.Intake;

/// <summary>How the messages and states of the intake are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(RequestCommand))]
[JsonSerializable(typeof(RequestEvent))]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(QuarantineCommand))]
[JsonSerializable(typeof(QuarantineEvent))]
[JsonSerializable(typeof(Quarantined))]
public sealed partial class IntakeJson : JsonSerializerContext;
