namespace Fulfillment.Engine;

/// <summary>
/// One entity in memory, whoever hosts it: takes turns, keeps who has to wait, hands batches to the journal, and lets
/// go of a state that is not the journal's. One thread at a time may be inside; no turn waits for the disk, only its
/// caller does.
/// </summary>
public sealed class Resident(EntityId id, IEntityHost host)
{
    readonly List<Message> _parked = [];
    Activation? _activation;
    Batch? _barrier;

    /// <summary>Which entity.</summary>
    public EntityId Id { get; } = id;

    /// <summary>Its state is the journal's, as far as is known: it can take a turn.</summary>
    public bool IsReady => _activation is { IsObsolete: false };

    /// <summary>Nobody waits for it, and nothing of it is on its way to the disk.</summary>
    public bool IsIdle => _parked.Count == 0 && _activation?.Last is not { Outcome: AppendOutcome.Pending };

    /// <summary>Estimated bytes of the entity.</summary>
    public long Weight => Volatile.Read(ref _activation)?.Weight ?? 0;

    /// <summary>
    /// Makes it ready. A state that is not the journal's is let go of first: whoever asks next must get neither an
    /// answer from it nor the fault of those before; it is loaded anew when all of it is settled.
    /// </summary>
    public ValueTask Load()
    {
        if (IsReady) return default;
        Drop();
        if (_barrier is { Outcome: AppendOutcome.Pending }) return new(LoadAfterBarrier());
        _barrier = null;
        var loading = host.Load(Id);
        if (!loading.IsCompletedSuccessfully) return new(Take(loading));
        _activation = loading.Result;
        return default;
    }

    /// <summary>One turn. The message is answered when its reply, and all that it rests on, is durable.</summary>
    public void Turn(Message message, Encoder encoder)
    {
        var activation = _activation!;
        var before = activation.Version;
        if (!TryAnswer(message, encoder)) Park(message);
        if (!activation.IsBroken && activation.Version != before && _parked.Count > 0) AskParked(encoder);
        if (!activation.IsBroken) return;
        Submit();
        Drop();
    }

    /// <summary>Hands what the turns since the last time have made to the journal.</summary>
    public void Submit()
    {
        if (_activation?.Close() is not { } batch) return;
        host.Journal.Submit(batch);
        if (_activation is not { WantsSnapshot: true, IsBroken: false } activation) return;
        var snapshot = activation.TakeSnapshot();
        // On a thread of its own: a large state takes a second to write down, and the pool has few threads for turns.
        Thread writes = new(() => host.Journal.Submit(activation, snapshot())) { IsBackground = true };
        writes.Start();
    }

    /// <summary>Lets go of a state that turned out not to be the journal's.</summary>
    public void DropObsolete()
    {
        if (_activation is { IsObsolete: true }) Drop();
    }

    /// <summary>Nobody takes turns any more: whoever is parked is told.</summary>
    public void End(ClusterException why)
    {
        foreach (var parked in _parked) parked.Fail(why);
        _parked.Clear();
    }

    /// <summary>Completes when everything that was submitted is settled.</summary>
    public Task Settled() => _activation?.Last is { } last ? Settled(last) : Task.CompletedTask;

    void Drop()
    {
        if (_activation is null) return;
        _barrier = _activation.Last;
        _activation = null;
        End(new(Fault.NotWritten, "The entity was reloaded. Ask again."));
    }

    async Task LoadAfterBarrier()
    {
        await Settled(_barrier!);
        await Load();
    }

    async Task Take(ValueTask<Activation> loading) => _activation = await loading;

    static Task Settled(Batch batch)
    {
        Waiter waiter = new();
        return batch.TryFollow(waiter, waiter) ? waiter.Task : Task.CompletedTask;
    }

    /// <summary>Takes the turn; false when it is a question that cannot be answered yet.</summary>
    bool TryAnswer(Message message, Encoder encoder)
    {
        try
        {
            if (_activation!.Run(message.Command, message.Origin, host.Now, encoder, host.ReadOnly) is not { } reply)
                return false;
            Follow(message, reply);
        }
        catch (ClusterException e) when (e.Fault == Fault.ReadOnly)
        {
            message.Fail(e);
        }
        catch (Exception e)
        {
            // A rule failed: that is a bug, and this caller learns of it. The others get the state before that turn.
            host.Report(Id, message.Command, e);
            message.Fail(new(Fault.NotWritten, $"The command failed: {e.Message}", e));
        }

        return true;
    }

    /// <summary>The reply waits for the last batch that may have to do with it.</summary>
    void Follow(Message message, object reply)
    {
        var batch = _activation!.ToFollow(host.Options.SharedJournal);
        if (batch is null || !batch.TryFollow(message, reply))
            message.Settled(batch?.Outcome ?? AppendOutcome.Committed, reply);
    }

    void Park(Message message)
    {
        _parked.RemoveAll(p => p.IsAbandoned && Fail(p));
        if (_parked.Count >= host.Options.MaxMailbox)
        {
            message.Fail(new(Fault.Overloaded, "Too many callers wait for this entity."));
            return;
        }

        message.Parked();
        _parked.Add(message);

        static bool Fail(Message abandoned)
        {
            abandoned.Fail(new(Fault.NotWritten, "The caller went away."));
            return true;
        }
    }

    void AskParked(Encoder encoder)
    {
        var parked = _parked.ToArray();
        _parked.Clear();
        foreach (var message in parked)
        {
            if (_activation is not { IsBroken: false }) message.Fail(new(Fault.NotWritten, "Ask again."));
            else if (!TryAnswer(message, encoder)) _parked.Add(message);
        }
    }

    sealed class Waiter() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), IFollower
    {
        public void Settled(AppendOutcome outcome, object reply) => TrySetResult();
    }
}
