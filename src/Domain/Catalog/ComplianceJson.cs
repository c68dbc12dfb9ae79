using System.Text.Json.Serialization;

namespace Fulfillment.Catalog;

/// <summary>How the messages and states of compliance rules are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ComplianceCommand))]
[JsonSerializable(typeof(ComplianceEvent))]
[JsonSerializable(typeof(ComplianceBook))]
public sealed partial class ComplianceJson : JsonSerializerContext;
