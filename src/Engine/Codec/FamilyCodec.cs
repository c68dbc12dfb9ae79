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
    readonly Dictionary<Type, Member> _byType = [];
    readonly Dictionary<string, Member> _byName = [];
    readonly IReadOnlyDictionary<string, Upgrade> _upgrades;

    /// <summary>The family whose base record is described by <paramref name="family"/>.</summary>
    public FamilyCodec(JsonTypeInfo family, IReadOnlyDictionary<string, Upgrade>? upgrades = null)
    {
        _upgrades = upgrades ?? new Dictionary<string, Upgrade>();
        foreach (var derived in family.PolymorphismOptions?.DerivedTypes ?? [])
        {
            Member member = new((string)derived.TypeDiscriminator!, derived.DerivedType, family.Options);
            _byType.Add(member.Type, member);
            _byName.Add(member.Name, member);
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
        var member = Known(message);
        JsonSerializer.Serialize(writer, message, member.Info);
        return member.Name;
    }

    /// <summary>The message of a permanent name and its payload; old shapes are upgraded first.</summary>
    public object Read(string name, ReadOnlySpan<byte> payload)
    {
        if (_upgrades.TryGetValue(name, out var upgrade))
        {
            var (today, shape) = upgrade(JsonNode.Parse(payload)!.AsObject());
            return Read(today, JsonSerializer.SerializeToUtf8Bytes(shape, JsonNodes.Default.JsonObject));
        }

        if (!_byName.TryGetValue(name, out var member))
            throw new JournalException($"The journal has a '{name}', which this version does not know.");
        return JsonSerializer.Deserialize(payload, member.Info) ?? throw new JournalException($"A '{name}' is null.");
    }

    Member Known(object message) => _byType.TryGetValue(message.GetType(), out var known)
        ? known : throw new JournalException($"{message.GetType().Name} has no permanent name.");

    /// <summary>A message of the family. Its contract is made when it is needed: there are hundreds.</summary>
    sealed record Member(string Name, Type Type, JsonSerializerOptions Options)
    {
        public JsonTypeInfo Info => field ??= Options.GetTypeInfo(Type);
    }
}

/// <summary>Contracts for untyped JSON.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(JsonObject))]
sealed partial class JsonNodes : System.Text.Json.Serialization.JsonSerializerContext;
