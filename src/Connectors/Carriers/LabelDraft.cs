using System.Text.Json;
using System.Text.Json.Serialization;
using Fulfillment.Shipping;

namespace Fulfillment.Connectors;

/// <summary>
/// Where nothing is drawn, a courier's label is kept as what it says, and drawn by whoever prints it: silos draw
/// nothing, the API does.
/// </summary>
public sealed partial class LabelDraft : ILabelPrinter
{
    /// <inheritdoc/>
    public byte[] Draw(CourierLabel label, LabelFormat format) =>
        JsonSerializer.SerializeToUtf8Bytes(label, DraftJson.Default.CourierLabel);

    /// <summary>The label of a draft; null for bytes that are none: neither PDF nor ZPL begins like one.</summary>
    public static CourierLabel? Read(ReadOnlySpan<byte> bytes) =>
        bytes is [(byte)'{', ..] ? JsonSerializer.Deserialize(bytes, DraftJson.Default.CourierLabel) : null;

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(CourierLabel))]
    sealed partial class DraftJson : JsonSerializerContext;
}
