using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fulfillment.Inventory;

/// <summary>How a SKU's messages and state are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(SkuCommand))]
[JsonSerializable(typeof(SkuEvent))]
[JsonSerializable(typeof(Sku))]
[JsonSerializable(typeof(ImmutableArray<Remembered<long>>))]
public sealed partial class InventoryJson : JsonSerializerContext;

/// <summary>
/// Writes a claim book, tersely, for a SKU of a flash sale has a hundred thousand claims. Open claims in ordinal order
/// of the order, closed ones oldest first, each as an array; times in ticks.
/// </summary>
public sealed class ClaimBookConverter : JsonConverter<ClaimBook>
{
    /// <inheritdoc/>
    public override ClaimBook Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return ClaimBook.Of(
            root.GetProperty("open").EnumerateArray().Select(ClaimOf),
            root.GetProperty("closed").EnumerateArray().Select(c =>
                new Remembered<Closed>(c[0].GetString()!, new(c[1].GetInt32(), c[2].GetInt64(), Time(c[3])))),
            Time(root.GetProperty("forgottenUntil")));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ClaimBook value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("forgottenUntil", value.ForgottenUntil.Ticks);
        writer.WriteStartArray("open");
        foreach (var claim in value.Open.OrderBy(c => c.Order, StringComparer.Ordinal)) Write(writer, claim);
        writer.WriteEndArray();
        writer.WriteStartArray("closed");
        foreach (var (order, closed) in value.Remembered)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(order);
            writer.WriteNumberValue(closed.Step);
            writer.WriteNumberValue(closed.Version);
            writer.WriteNumberValue(closed.Asked.Ticks);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, Claim c)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(c.Order);
        ReadOnlySpan<long> numbers = [c.Step, c.Wanted, c.Version, c.Held, c.Backordered, c.Queue, c.Asked.Ticks];
        foreach (var number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteNumberValue(c.Until?.Ticks ?? 0);
        writer.WriteNumberValue(c.Tentative?.Ticks ?? 0);
        foreach (var (node, units) in c.Allocated)
        {
            writer.WriteStringValue(node);
            writer.WriteNumberValue(units);
        }

        if (c.Priority != 0 || c.Expected is not null || !c.Picked.IsDefault)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(c.Priority);
            writer.WriteNumberValue(c.Expected?.Ticks ?? 0);
            foreach (var (node, units) in c.Picked.IsDefault ? [] : c.Picked)
            {
                writer.WriteStringValue(node);
                writer.WriteNumberValue(units);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    static Claim ClaimOf(JsonElement e)
    {
        var allocated = ImmutableArray.CreateBuilder<NodeUnits>();
        // Few have a priority, are dated or picked: then these are an array at the end.
        var more = e[e.GetArrayLength() - 1] is { ValueKind: JsonValueKind.Array } last ? last : default;
        var end = e.GetArrayLength() - (more.ValueKind == JsonValueKind.Array ? 1 : 0);
        for (var i = 10; i < end; i += 2) allocated.Add(new(e[i].GetString()!, e[i + 1].GetInt64()));
        DateTimeOffset? until = e[8].GetInt64() == 0 ? null : Time(e[8]);
        DateTimeOffset? tentative = e[9].GetInt64() == 0 ? null : Time(e[9]);
        return new(
            e[0].GetString()!, e[1].GetInt32(), e[2].GetInt64(), e[3].GetInt64(), e[4].GetInt64(), e[5].GetInt64(),
            allocated.ToImmutable(), Time(e[7]), until, tentative, e[6].GetInt64(),
            end < e.GetArrayLength() ? more[0].GetInt32() : 0,
            end < e.GetArrayLength() && more[1].GetInt64() != 0 ? Time(more[1]) : null,
            end < e.GetArrayLength() && more.GetArrayLength() > 2 ? Picked(more) : default);
    }

    static ImmutableArray<NodeUnits> Picked(JsonElement more) =>
        [.. from i in Enumerable.Range(1, (more.GetArrayLength() - 2) / 2)
            select new NodeUnits(more[2 * i].GetString()!, more[(2 * i) + 1].GetInt64())];

    static DateTimeOffset Time(JsonElement ticks) => new(ticks.GetInt64(), TimeSpan.Zero);
}

/// <summary>Writes and reads the remembered movements, oldest first.</summary>
public sealed class MovementsConverter : JsonConverter<BoundedMap<long>>
{
    /// <inheritdoc/>
    public override BoundedMap<long> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        BoundedMap<long> map = new(Sku.MaxMovements);
        var remembered = JsonSerializer.Deserialize(ref reader, InventoryJson.Default.ImmutableArrayRememberedInt64);
        foreach (var (id, value) in remembered)
            map.Add(id, value);
        return map;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, BoundedMap<long> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, [.. value.Oldest], InventoryJson.Default.ImmutableArrayRememberedInt64);
}
