using System.Text.Json.Serialization;

namespace Fulfillment.Shipping;

/// <summary>How messages about labels are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(LabelCall))]
[JsonSerializable(typeof(LabelAnswer))]
[JsonSerializable(typeof(VoidAnswer))]
[JsonSerializable(typeof(CarrierCloseAnswer))]
[JsonSerializable(typeof(PickupAnswer))]
[JsonSerializable(typeof(TrackAnswer))]
[JsonSerializable(typeof(ShipAddress))]
public sealed partial class LabelsJson : JsonSerializerContext;

/// <summary>How messages to buyers are asked for.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(NoticeCall))]
[JsonSerializable(typeof(NoticeAnswer))]
public sealed partial class NoticesJson : JsonSerializerContext;

/// <summary>How the messages and state of a parcel are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ParcelCommand))]
[JsonSerializable(typeof(ParcelEvent))]
[JsonSerializable(typeof(Parcel))]
public sealed partial class ParcelJson : JsonSerializerContext;
