using System.Text.Json;
using Fulfillment.Access;
using Fulfillment.Engine;
using Orleans.Concurrency;

namespace Fulfillment.Silo;

/// <summary>
/// An entity as a grain: it holds its own state, and its turns run one at a time. It is reentrant, which is safe
/// because a turn has no await: while one caller waits for the disk, the next takes his turn on the new state, and one
/// commit answers them all.
/// </summary>
[Reentrant]
public abstract class EntityGrain(SiloCluster silo) : Grain, IEntityGrain
{
    Resident? _resident;
    Task? _loading;
    int _waiting;
    bool _submitting;

    SiloCluster Silo => silo;

    /// <summary>The kind of entity.</summary>
    protected abstract string Kind { get; }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _resident = new(new(Kind, this.GetPrimaryKeyString()), silo);
        silo.Came();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Answer> Ask(Letter letter)
    {
        if (Refusal(letter) is { } refusal) return Task.FromResult(refusal);
        Call call;
        try
        {
            call = new(letter.Command, letter.Origin, this);
        }
        catch (JsonException e)
        {
            return Task.FromResult(new Answer(Fault.NotWritten, $"The silo does not know this command: {e.Message}"));
        }

        // Callers leave on other threads.
        Interlocked.Increment(ref _waiting);
        if (_resident!.IsReady) Turn(call);
        else _ = TurnLater(call);
        return call.Task;
    }

    /// <summary>
    /// What it has submitted becomes durable, and its callers are answered, before another silo loads it.
    /// </summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        silo.Went();
        _resident!.Submit();
        await _resident.Settled().WaitAsync(cancellationToken);
        _resident.End(new(Fault.NotWritten, "The entity moves to another silo. Ask again."));
    }

    Answer? Refusal(Letter letter)
    {
        const int ours = ClusterPlace.WireVersion;
        if (letter.Version != ours)
            return new(Fault.NotWritten, $"The caller speaks version {letter.Version} of the wire, this silo {ours}.");

        if (silo.Settings is null) return new(Fault.NotWritten, $"{SiloCluster.NotKnown} Ask again.");
        if (letter.Inside) return null;
        return Volatile.Read(ref _waiting) >= silo.Options.MaxMailbox || silo.IsFull
            ? new(Fault.Overloaded, "Too much is under way. Try again in a moment.") : null;
    }

    async Task TurnLater(Call call)
    {
        try
        {
            while (!_resident!.IsReady) await (_loading ??= Load());
            Turn(call);
        }
        catch (Exception e)
        {
            silo.Report(_resident!.Id, "load", e);
            call.Fail(new(Fault.NotWritten, $"The entity could not be loaded: {e.Message}", e));
        }
    }

    async Task Load()
    {
        // One that fails at once, as while the database is down, must not do so before it stands in _loading: it would
        // stand there for ever.
        await Task.Yield();
        try
        {
            await _resident!.Load();
        }
        finally
        {
            _loading = null;
        }
    }

    void Turn(Call call)
    {
        var first = !_submitting;
        if (first) silo.BeginTurns();
        _submitting = true;
        _resident!.Turn(call, silo.Encoder);
        if (first) _ = SubmitSoon();
    }

    /// <summary>The turns that are queued already come first: they share a batch.</summary>
    async Task SubmitSoon()
    {
        await Task.Yield();
        _submitting = false;
        _resident!.Submit();
        silo.EndTurns();
    }

    /// <summary>A caller's command at this grain.</summary>
    sealed class Call(object command, Origin origin, EntityGrain grain) : Message(command, origin), IWaiting
    {
        readonly TaskCompletionSource<Answer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Answer> Task => _answer.Task;

        public override bool IsAbandoned => _answer.Task.IsCompleted;

        public override void Parked() => grain.Silo.Waits.Add(this);

        public void GiveUp() => End(Access.Answer.NotYet);

        public override void Answer(object reply) => End(new(reply));

        public override void Fail(ClusterException why) => End(new(why.Fault, why.Message));

        void End(Answer answer)
        {
            if (_answer.TrySetResult(answer)) Interlocked.Decrement(ref grain._waiting);
        }
    }
}
