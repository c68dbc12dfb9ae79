using System.Diagnostics.CodeAnalysis;

namespace Fulfillment.Engine;

/// <summary>
/// One entity, alive: its state, and the turn. Knows no thread, no clock and no disk; the host gives it turns one at a
/// time and hands its batches to the journal. After a batch that was not committed it is obsolete for ever.
/// </summary>
public abstract class Activation(EntityId id, EntityKind kind)
{
    volatile bool _obsolete, _snapshotting, _lostSnapshot;
    volatile int _snapshotBytes;

    /// <summary>Which entity.</summary>
    public EntityId Id { get; } = id;

    /// <summary>Which kind of entity.</summary>
    public EntityKind Kind { get; } = kind;

    /// <summary>Events so far, undurable ones too.</summary>
    public long Version { get; private protected set; }

    /// <summary>Hash of the last event; empty for none.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "A hash is not changed.")]
    public byte[] Head { get; private protected set; } = [];

    /// <summary>A batch was not committed: the state is not what the journal says.</summary>
    public bool IsObsolete => _obsolete;

    /// <summary>A turn threw half-way: the state is neither what it was nor what it should be.</summary>
    public bool IsBroken { get; private protected set; }

    /// <summary>The batch that turns add to, until it is submitted; null when there is none.</summary>
    public Batch? Open { get; private protected set; }

    /// <summary>The last submitted batch; null when none was.</summary>
    public Batch? Last { get; private set; }

    /// <summary>The store's own number for the entity; 0 until it has one.</summary>
    public long Row { get; set; }

    /// <summary>What stands for the store's connection that last wrote it; null for none.</summary>
    internal object? WrittenOver { get; set; }

    /// <summary>Time of the last event: time never goes back within an entity.</summary>
    public DateTimeOffset LastAt { get; private protected set; } = DateTimeOffset.UnixEpoch;

    /// <summary>Bytes of events since the last snapshot was taken.</summary>
    public long SinceSnapshot { get; private protected set; }

    /// <summary>Applies its history.</summary>
    public abstract void Restore(Recovered recovered);

    /// <summary>
    /// One turn: decides, and adds the events and their sends to the open batch. Returns the reply; null for a question
    /// that cannot be answered yet. Throws what a rule throws; the activation is broken then, and
    /// what earlier turns wrote stands. With a reason in <paramref name="readOnly"/> a turn that decides on an event
    /// does not happen: it throws <see cref="Fault.ReadOnly"/>; a question or a repeat is answered as ever.
    /// </summary>
    public abstract object? Run(
        object command, in Origin origin, DateTimeOffset now, Encoder encoder, string? readOnly = null);

    /// <summary>The state after the last turn.</summary>
    public abstract object CurrentState { get; }

    /// <summary>The state as bytes; equal states give equal bytes.</summary>
    public abstract byte[] WriteState();

    /// <summary>Applies one more event of its history.</summary>
    public abstract void Apply(StoredEvent stored);

    /// <summary>What today's rules send because of the last event; they may have been others then.</summary>
    public abstract Send[] SendsOfLast();

    /// <summary>
    /// The first invariant that does not hold, in words; null when all hold. <paramref name="thoroughly"/>: also those
    /// that take a look at everything the entity has.
    /// </summary>
    public abstract string? Check(bool thoroughly = true);

    /// <summary>Marks the state as not what the journal says.</summary>
    public void MarkObsolete() => _obsolete = true;

    /// <summary>
    /// The batch that a reply has to wait for: the open one, or the last one. Where other processes write the same
    /// journal (<paramref name="shared"/>), a reply that rests on no new event waits for a batch all the same: the
    /// journal confirms then that no other activation has moved the entity on. Null when there is nothing to wait for.
    /// </summary>
    public Batch? ToFollow(bool shared)
    {
        if (Open is null && shared) Open = new(this, Version + 1, Head);
        return Open ?? Last;
    }

    /// <summary>Takes the open batch, to be submitted; null when there is none.</summary>
    public Batch? Close()
    {
        var batch = Open is { IsIdle: true } ? null : Open;
        Open = null;
        if (batch is not null) Last = batch;
        return batch;
    }

    /// <summary>
    /// Whether a snapshot saves enough work: events worth four times the last one, at least 256 KiB; or it would have,
    /// and was lost.
    /// </summary>
    public bool WantsSnapshot => !_snapshotting
        && (_lostSnapshot || SinceSnapshot > Math.Max(256 * 1024, 4L * _snapshotBytes));

    /// <summary>
    /// The state as of now, to be written down on another thread and then committed, after the events that made it.
    /// </summary>
    public Func<StoredSnapshot> TakeSnapshot()
    {
        _snapshotting = true;
        SinceSnapshot = 0;
        var (version, at, head, write) = (Version, LastAt, Head, FreezeState());
        return () =>
        {
            var state = write();
            _snapshotBytes = state.Length;
            return new(Id, version, Kind.Format, at, head, state);
        };
    }

    /// <summary>The snapshot that was taken is on its way into the journal; or it is <paramref name="lost"/>.</summary>
    internal void EndSnapshot(bool lost) => (_lostSnapshot, _snapshotting) = (lost, false);

    /// <summary>
    /// About how many bytes it takes in memory: a state takes about twice its snapshot, and its later events; a
    /// snapshot that waits to be written takes its own.
    /// </summary>
    public long Weight => (_snapshotting ? 3L : 2L) * _snapshotBytes + SinceSnapshot;

    private protected void Restored(StoredSnapshot snapshot)
    {
        Version = snapshot.Version;
        LastAt = snapshot.At;
        Head = snapshot.Hash;
        _snapshotBytes = snapshot.State.Length;
    }

    private protected abstract Func<byte[]> FreezeState();
}

/// <inheritdoc/>
public sealed class Activation<T, TCommand, TEvent>(EntityId id, EntityKind<T, TCommand, TEvent> kind, Kinds kinds)
    : Activation(id, kind)
    where T : class, IEntity<T, TCommand, TEvent>
    where TCommand : class
    where TEvent : class
{
    TEvent? _last;

    /// <summary>The state after the last turn.</summary>
    public T State { get; private set; } = T.Initial;

    /// <inheritdoc/>
    public override object CurrentState => State;

    /// <inheritdoc/>
    public override void Restore(Recovered recovered)
    {
        if (recovered.Snapshot is { } snapshot)
        {
            Ensure.That(snapshot.Format == kind.Format);
            State = kind.Read(snapshot.State);
            Restored(snapshot);
        }

        foreach (var stored in recovered.Events) Apply(stored);
    }

    /// <inheritdoc/>
    public override void Apply(StoredEvent stored)
    {
        Ensure.That(stored.Version == Version + 1);
        _last = (TEvent)kind.Events.Read(stored.Type, stored.Payload);
        State = T.Evolve(State, _last);
        Moved(stored.Version, stored.At, stored.Hash, stored.Payload.Length);
    }

    /// <inheritdoc/>
    public override object? Run(
        object command, in Origin origin, DateTimeOffset now, Encoder encoder, string? readOnly)
    {
        if (now < LastAt) now = LastAt;
        var turn = new Turn(Id, now, Version);
        var written = Open?.Entries.Count ?? 0;
        try
        {
            var decision = T.Decide(State, (TCommand)command, turn);
            Ensure.That(decision.Reply is not null || decision.Events.Length == 0);
            if (decision.Events.Length > 0 && readOnly is not null)
                throw new ClusterException(Fault.ReadOnly, readOnly);
            foreach (var happened in decision.Events) Happen(happened, turn, origin, encoder);
            return decision.Reply;
        }
        catch (Exception e) when (e is not ClusterException)
        {
            Open?.RemoveAfter(written);
            IsBroken = true;
            throw;
        }
    }

    void Happen(TEvent happened, Turn turn, in Origin origin, Encoder encoder)
    {
        State = T.Evolve(State, happened);
        var sends = T.React(State, happened, turn);
        var (type, payload) = encoder.Event(kind.Events, happened);
        var hash = encoder.Hash(Head, Id, Version + 1, type, turn.Now, origin, payload);
        Open ??= new(this, Version + 1, Head);
        Open.Add(new(Version + 1, type, turn.Now, origin, hash, payload, happened, sends,
            sends.Length == 0 ? null : encoder.Sends(kinds, sends)));
        _last = happened;
        Moved(Version + 1, turn.Now, hash, payload.Length);
    }

    void Moved(long version, DateTimeOffset at, byte[] hash, int bytes)
    {
        Version = version;
        LastAt = at;
        Head = hash;
        SinceSnapshot += bytes;
    }

    /// <inheritdoc/>
    public override Send[] SendsOfLast() =>
        _last is null ? [] : T.React(State, _last, new Turn(Id, LastAt, Version - 1));

    private protected override Func<byte[]> FreezeState()
    {
        var frozen = T.Freeze(State);
        return () => kind.Write(frozen);
    }

    /// <inheritdoc/>
    public override byte[] WriteState() => kind.Write(State);

    /// <inheritdoc/>
    public override string? Check(bool thoroughly) =>
        T.Check(State, _last) ?? (thoroughly ? T.Check(State, null) : null);
}
