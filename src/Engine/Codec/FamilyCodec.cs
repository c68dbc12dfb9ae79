using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Fulfillment.Engine;

/// <summary>
/// Reads an old shape: from a type name that is no longer written (or whose shape changed under a new name) and its
/// payload, the type name and payload of today.
/// </summary>
public delegate (string Type, JsonObject Payload) Upgrade(JsonObject payload);

/// <summary>
/// Writes and reads one family of messages by their permanent names: the type discriminators that the family's base
/// record declares. No reflection: everything comes from the source-generated contract.
/// </summary>
public sealed class FamilyCodec
{
    readonly Dictionary<Type, (string Name, JsonTypeInfo Info)> _byType = [];
    readonly Dictionary<string, JsonTypeInfo> _byName = [];
    readonly IReadOnlyDictionary<string, Upgrade> _upgrades;

    /// <summary>The family whose base record is described by <paramref name="family"/>.</summary>
    public FamilyCodec(JsonTypeInfo family, IReadOnlyDictionary<string, Upgrade>? upgrades = null)
    {
        _upgrades = upgrades ?? new Dictionary<string, Upgrade>();
        foreach (var derived in family.PolymorphismOptions?.DerivedTypes ?? [])
        {
            var name = (string)derived.TypeDiscriminator!;
            var info = family.Options.GetTypeInfo(derived.DerivedType);
            _byType.Add(derived.DerivedType, (name, info));
            _byName.Add(name, info);
        }
    }

    /// <summary>The permanent names, in no order.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>The type that a permanent name stands for.</summary>
    public Type TypeOf(string name) => _byName[name].Type;

    /// <summary>The permanent name of a message.</summary>
    public string NameOf(object message) => Known(message).Name;

    /// <summary>Writes a message and returns its permanent name.</summary>
    public string Write(Utf8JsonWriter writer, object message)
    {
        var (name, info) = Known(message);
        JsonSerializer.Serialize(writer, message, info);
        return name;
    }

    /// <summary>The message of a permanent name and its payload; old shapes are upgraded first.</summary>
    public object Read(string name, ReadOnlySpan<byte> payload)
    {
        if (_upgrades.TryGetValue(name, out var upgrade))
        {
            var (today, shape) = upgrade(JsonNode.Parse(payload)!.AsObject());
            return Read(today, JsonSerializer.SerializeToUtf8Bytes(shape, JsonNodes.Default.JsonObject));
        }

        if (!_byName.TryGetValue(name, out var info))
            throw new JournalException($"The journal has a '{name}', which this version does not know.");
        return JsonSerializer.Deserialize(payload, info) ?? throw new JournalException($"A '{name}' is null.");
    }

    (string Name, JsonTypeInfo Info) Known(object message) => _byType.TryGetValue(message.GetType(), out var known)
        ? known : throw new JournalException($"{message.GetType().Name} has no permanent name.");
}

/// <summary>Contracts for untyped JSON.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(JsonObject))]
sealed partial class JsonNodes : System.Text.Json.Serialization.JsonSerializerContext;
