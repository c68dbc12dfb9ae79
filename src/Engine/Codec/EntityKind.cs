using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fulfillment.Engine;

/// <summary>One kind of entity: its name, how its messages and state are written, and how one comes to life.</summary>
public abstract class EntityKind(string name, FamilyCodec commands, FamilyCodec events)
{
    /// <summary>The kind's name in every <see cref="EntityId"/>.</summary>
    public string Name { get; } = name;

    /// <summary>How commands are written into the outbox.</summary>
    public FamilyCodec Commands { get; } = commands;

    /// <summary>How events are written into the journal.</summary>
    public FamilyCodec Events { get; } = events;

    /// <summary>The state's format; snapshots of another one are not used.</summary>
    public abstract int Format { get; }

    /// <summary>A fresh activation, before its history is applied.</summary>
    public abstract Activation Open(EntityId id, Kinds kinds);

    /// <summary>What the answer to a send means to the sender; null when it wants none.</summary>
    public abstract object? OnReply(Send asked, object reply);
}

/// <inheritdoc/>
/// <param name="name">The kind's name.</param>
/// <param name="commands">Contract of the command family.</param>
/// <param name="events">Contract of the event family.</param>
/// <param name="state">Contract of the state, for snapshots and hashes.</param>
/// <param name="format">The state's format; snapshots of another format are not used, the events are.</param>
/// <param name="upgrades">Readers of old event shapes, by their old names.</param>
public sealed class EntityKind<T, TCommand, TEvent>(
    string name, JsonTypeInfo<TCommand> commands, JsonTypeInfo<TEvent> events, JsonTypeInfo<T> state, int format = 1,
    IReadOnlyDictionary<string, Upgrade>? upgrades = null)
    : EntityKind(name, new FamilyCodec(commands), new FamilyCodec(events, upgrades))
    where T : class, IEntity<T, TCommand, TEvent>
    where TCommand : class
    where TEvent : class
{
    /// <inheritdoc/>
    public override int Format { get; } = format;

    /// <summary>Writes the state; equal states give equal bytes.</summary>
    public byte[] Write(T value) => JsonSerializer.SerializeToUtf8Bytes(value, state);

    /// <summary>Reads a state.</summary>
    public T Read(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, state) ?? throw new JournalException("A snapshot is null.");

    /// <inheritdoc/>
    public override Activation Open(EntityId id, Kinds kinds) => new Activation<T, TCommand, TEvent>(id, this, kinds);

    /// <inheritdoc/>
    public override object? OnReply(Send asked, object reply) => T.OnReply(asked, reply);
}
