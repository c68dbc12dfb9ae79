using System.Text.Json.Serialization.Metadata;

namespace Fulfillment.Engine;

/// <summary>
/// Every kind of entity and every connector there is, and how what they exchange is written. Composition makes the one
/// list of the product; tests make theirs. Each is made when it is first needed: their contracts are hundreds, and to
/// make all of them would be half of a server's start.
/// </summary>
public sealed class Kinds
{
    readonly Dictionary<string, Lazy<EntityKind>> _entities = [];
    readonly Dictionary<string, (Lazy<FamilyCodec> Codec, Connector Answer)> _connectors = [];
    readonly HashSet<string> _patient = [];

    /// <summary>The entity kinds, in no order.</summary>
    public IEnumerable<EntityKind> Entities => _entities.Values.Select(e => e.Value);

    /// <summary>The names of the entity kinds, in no order.</summary>
    public IEnumerable<string> Names => _entities.Keys;

    /// <summary>The names of the connectors, in no order.</summary>
    public IEnumerable<string> Connectors => _connectors.Keys;

    /// <summary>Adds a kind of entity.</summary>
    public Kinds Add(string name, Func<string, EntityKind> kind)
    {
        _entities.Add(name, new(() => kind(name)));
        return this;
    }

    /// <summary>
    /// Adds a connector that answers messages of a family. What goes to a <paramref name="patient"/> one can wait while
    /// callers come in a rush; it stays patient for ever, because a journal may hold what goes to it.
    /// </summary>
    public Kinds Add(string name, Func<JsonTypeInfo> messages, Connector answer, bool patient = false)
    {
        _connectors.Add(name, (new(() => new FamilyCodec(messages())), answer));
        if (patient) _patient.Add(name);
        return this;
    }

    /// <summary>The kind of an entity.</summary>
    public EntityKind Of(EntityId id) => _entities.TryGetValue(id.Kind, out var kind)
        ? kind.Value : throw new JournalException($"There is no kind of entity '{id.Kind}'.");

    /// <summary>The connector of that name; null for an entity kind.</summary>
    public Connector? ConnectorOf(string name) => _connectors.TryGetValue(name, out var c) ? c.Answer : null;

    /// <summary>Whether what goes to that connector can wait.</summary>
    public bool IsPatient(string name) => _patient.Contains(name);

    /// <summary>How messages to that kind of entity or connector are written.</summary>
    public FamilyCodec MessagesTo(string kind) => _entities.TryGetValue(kind, out var entity)
        ? entity.Value.Commands
        : _connectors.TryGetValue(kind, out var connector) ? connector.Codec.Value
        : throw new JournalException($"There is neither an entity kind nor a connector '{kind}'.");

    /// <summary>
    /// The entity as the journal has it: from its snapshot and the events after it, or from all its events when the
    /// snapshot is of another format than today's. Without a store: as it is before its first event.
    /// </summary>
    public async ValueTask<Activation> Load(EntityId id, IJournalStore? store)
    {
        var activation = Of(id).Open(id, this);
        if (store is null) return activation;
        var (recovered, row) = await store.Load(id);
        if (recovered.Snapshot is { } snapshot && snapshot.Format != activation.Kind.Format)
            recovered = new(null, store.ReadEntity(id, 0, int.MaxValue));
        activation.Restore(recovered);
        activation.Row = row;
        return activation;
    }

    /// <summary>The stored event with its meaning.</summary>
    public Fact Read(StoredEvent stored) => new(
        stored.Position, stored.Entity, stored.Version, stored.Type, stored.At, stored.Origin,
        Of(stored.Entity).Events.Read(stored.Type, stored.Payload), stored.Payload, stored.Hash);
}
