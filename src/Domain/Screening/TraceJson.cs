using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fulfillment.Screening;

/// <summary>How a trace's messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(TraceCommand))]
[JsonSerializable(typeof(TraceEvent))]
[JsonSerializable(typeof(Trace))]
public sealed partial class TraceJson : JsonSerializerContext;

/// <summary>
/// Writes what a trace remembers, tersely, for there are many traces: the capacity, how many there ever were, then the
/// sightings oldest first, each as an array of id, ticks and, where there are any, country, minor units and currency.
/// </summary>
public sealed class RecentConverter : JsonConverter<Recent>
{
    /// <inheritdoc/>
    public override Recent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return Recent.Of(
            root[0].GetInt32(), root[1].GetInt64(),
            root.EnumerateArray().Skip(2).Select(s => new Sighting(
                s[0].GetString()!, new(s[1].GetInt64(), TimeSpan.Zero),
                s.GetArrayLength() > 3 ? new Money(s[3].GetInt64(), s[4].GetString()!) : null,
                s.GetArrayLength() > 2 ? s[2].GetString() : null)));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Recent value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Capacity);
        writer.WriteNumberValue(value.Total);
        for (var age = value.Count - 1; age >= 0; age--)
        {
            var (id, at, amount, country) = value[age];
            writer.WriteStartArray();
            writer.WriteStringValue(id);
            writer.WriteNumberValue(at.UtcTicks);
            if (country is not null || amount is not null) writer.WriteStringValue(country);
            if (amount is { } money)
            {
                writer.WriteNumberValue(money.AmountMinor);
                writer.WriteStringValue(money.Currency);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }
}
