namespace Fulfillment;

/// <summary>A request to an entity; its caller gets the <typeparamref name="TReply"/> once all is durable.</summary>
public interface ICommand<TReply>;

/// <summary>The reply of a command that has nothing to report.</summary>
public sealed record Done
{
    /// <summary>The only one.</summary>
    public static Done It { get; } = new();
}

/// <summary>A decision's only clock and self. Now: UTC, never back per entity; Version: events before it.</summary>
public readonly record struct Turn(EntityId Self, DateTimeOffset Now, long Version);

/// <summary>A durable message: at least once, not before <c>Due</c>. A timer is one to self with a due time.</summary>
public readonly record struct Send(EntityId To, object Command, DateTimeOffset? Due = null);

/// <summary>The reply, and the facts that make it true. A null reply to a question: ask again after a change.</summary>
public readonly record struct Decision<TEvent>(object? Reply, params TEvent[] Events);

/// <summary>A pure state machine with an identity: everything that an engine needs to host it.</summary>
public interface IEntity<TSelf, TCommand, TEvent>
    where TSelf : class, IEntity<TSelf, TCommand, TEvent> where TCommand : class where TEvent : class
{
    /// <summary>A fresh empty state; states may share nothing mutable.</summary>
    static abstract TSelf Initial { get; }

    /// <summary>The rules. Reads, never writes.</summary>
    static abstract Decision<TEvent> Decide(TSelf state, TCommand command, Turn turn);

    /// <summary>The state after a fact. Never refuses.</summary>
    static abstract TSelf Evolve(TSelf state, TEvent happened);

    /// <summary>What others must be told because of this fact; <paramref name="state"/> is the one after it.</summary>
    static virtual Send[] React(TSelf state, TEvent happened, Turn turn) => [];

    /// <summary>The answer to a send, as a command to this entity; null when it wants none.</summary>
    static virtual TCommand? OnReply(Send asked, object reply) => default;

    /// <summary>A copy that later events leave alone; only a state that Evolve edits in place needs its own.</summary>
    static virtual TSelf Freeze(TSelf state) => state;

    /// <summary>The first invariant broken after <paramref name="last"/>, in words; null when all hold.</summary>
    static virtual string? Check(TSelf state, TEvent? last) => null;
}

/// <summary>Who asked and why: the actor's id, and the request, send or timer behind it. Names no person.</summary>
public readonly record struct Origin(string Actor, string Cause);

/// <summary>How anything outside an entity reaches one. Throws <see cref="ClusterException"/>.</summary>
public interface ICluster
{
    /// <summary>The entity's reply, once its events and all that they build on are durable.</summary>
    ValueTask<TReply> Ask<TReply>(
        EntityId to, ICommand<TReply> command, Origin origin, CancellationToken cancel = default);
}

/// <summary>A seat at the cluster: for which seller, and on whose behalf, the typed calls are made.</summary>
public readonly record struct Seat(ICluster Cluster, string Seller, Origin Origin);

/// <summary>A provider outside: answers sends, calls no entity; <paramref name="id"/> is its idempotency key.</summary>
public delegate ValueTask<object> Connector(string id, object command, CancellationToken cancel);

/// <summary>An event as the journal holds it: its place in the journal and in its entity, and what led to it.</summary>
public sealed record Fact(long Position, EntityId Entity, long Version, string Type, DateTimeOffset At, Origin Origin,
    object Event, ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Hash);
