namespace Fulfillment.Engine.Embedded;

/// <summary>
/// One entity's queue, and the entity when it is in memory. Turns run one at a time on whatever thread is free; they
/// never wait for the disk, only their callers do.
/// </summary>
sealed class Mailbox(EntityId id, EmbeddedCluster cluster) : IThreadPoolWorkItem, IFollower
{
    readonly Lock _lock = new();
    readonly List<Message> _parked = [];
    Message? _head, _tail;
    int _waiting;
    bool _scheduled, _closed;
    Activation? _activation;
    Batch? _barrier;

    /// <summary>Which entity.</summary>
    public EntityId Id { get; } = id;

    /// <summary>It came in lately, and has not been used again since.</summary>
    public bool IsNew { get; set; } = true;

    /// <summary>When it came in, in ticks of the stopwatch.</summary>
    public long Since { get; set; }

    /// <summary>Its place among the least recently used.</summary>
    public LinkedListNode<Mailbox>? Place { get; set; }

    /// <summary>Estimated bytes in memory, as last counted by the registry. Changed in turns only.</summary>
    public long Counted { get; set; }

    /// <summary>Estimated bytes in memory now.</summary>
    public long Weight => 1_000 + (Volatile.Read(ref _activation)?.Weight ?? 0);

    /// <summary>What became of posting a message.</summary>
    public enum Posted
    {
        /// <summary>It is in the queue.</summary>
        Queued,

        /// <summary>The queue is full.</summary>
        Full,

        /// <summary>The mailbox is no longer in use; ask the registry for the one that is.</summary>
        Closed,
    }

    public Posted Post(Message message)
    {
        lock (_lock)
        {
            if (_closed) return Posted.Closed;
            if (message.IsExternal && _waiting >= cluster.Options.MaxMailbox) return Posted.Full;
            if (_tail is null) _head = message;
            else _tail.Next = message;
            _tail = message;
            _waiting++;
            if (_scheduled) return Posted.Queued;
            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return Posted.Queued;
    }

    /// <summary>Lets go of the entity if nothing needs it in memory.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            if (_scheduled || _waiting > 0 || _parked.Count > 0) return false;
            if (_activation?.Last is { Outcome: AppendOutcome.Pending }) return false;
            return _closed = true;
        }
    }

    /// <summary>Nobody takes turns any more: whoever waits is told.</summary>
    public void End()
    {
        List<Message> waiting;
        lock (_lock)
        {
            waiting = [.. _parked];
            for (; _head is not null; _head = _head.Next) waiting.Add(_head);
            _parked.Clear();
            (_tail, _waiting, _scheduled) = (null, 0, false);
        }

        ClusterException why = new(Fault.Stopping, "The server is shutting down.");
        foreach (var message in waiting) message.Fail(why);
    }

    public void Execute()
    {
        if (cluster.Enter()) Work();
        else End();
        cluster.Leave();
    }

    void Work()
    {
        // Its state is not the journal's: whoever asks now must not get an answer from it, nor the fault of those
        // before.
        if (_activation is { IsObsolete: true }) Drop();
        if (_activation is null && !TryLoad()) return;
        var encoder = cluster.Encoder;
        var turns = 0;
        while (turns++ < cluster.Options.MaxTurns && _activation is { IsObsolete: false } && Take() is { } message)
        {
            if (message.IsAbandoned) message.Fail(new(Fault.NotWritten, "The caller went away before its turn."));
            else Turn(message, encoder);
        }

        Submit();
        cluster.Weigh(this);
        lock (_lock)
        {
            if (_activation is { IsObsolete: true }) Drop();
            if (_head is null)
            {
                _scheduled = false;
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>The barrier fell: the entity can be loaded.</summary>
    public void Settled(AppendOutcome outcome, object reply) =>
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void Turn(Message message, Encoder encoder)
    {
        var activation = _activation!;
        var before = activation.Version;
        if (!TryAnswer(message, encoder)) Park(message);
        if (!activation.IsBroken && activation.Version != before && _parked.Count > 0) AskParked(encoder);
        if (!activation.IsBroken) return;
        Submit();
        Drop();
    }

    /// <summary>Takes the turn; false when it is a question that cannot be answered yet.</summary>
    bool TryAnswer(Message message, Encoder encoder)
    {
        try
        {
            if (_activation!.Run(message.Command, message.Origin, cluster.Now, encoder) is not { } reply) return false;
            Follow(message, reply);
        }
        catch (Exception e)
        {
            // A rule failed: that is a bug, and this caller learns of it. The others get the state before that turn.
            cluster.Report(Id, message.Command, e);
            message.Fail(new(Fault.NotWritten, $"The command failed: {e.Message}", e));
        }

        return true;
    }

    /// <summary>The reply waits for the last batch that may have to do with it.</summary>
    void Follow(Message message, object reply)
    {
        var batch = _activation!.ToFollow(cluster.Options.SharedJournal);
        if (batch is null || !batch.TryFollow(message, reply))
            message.Settled(batch?.Outcome ?? AppendOutcome.Committed, reply);
    }

    void Park(Message message)
    {
        _parked.RemoveAll(p => p.IsAbandoned && Fail(p));
        if (_parked.Count >= cluster.Options.MaxMailbox)
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

    Message? Take()
    {
        lock (_lock)
        {
            if (_head is not { } message) return null;
            _head = message.Next;
            if (_head is null) _tail = null;
            message.Next = null;
            _waiting--;
            return message;
        }
    }

    void Submit()
    {
        if (_activation?.Close() is not { } batch) return;
        cluster.Journal.Submit(batch);
        if (_activation is not { WantsSnapshot: true, IsBroken: false } activation) return;
        var snapshot = activation.TakeSnapshot();
        ThreadPool.UnsafeQueueUserWorkItem(
            s => s.cluster.Journal.Submit(s.activation, s.snapshot()),
            (cluster, activation, snapshot), preferLocal: false);
    }

    /// <summary>
    /// Lets go of a state that is not the journal's; the next turn loads it anew, once all is settled.
    /// </summary>
    void Drop()
    {
        _barrier = _activation?.Last;
        _activation = null;
        foreach (var parked in _parked) parked.Fail(new(Fault.NotWritten, "The entity was reloaded. Ask again."));
        _parked.Clear();
    }

    /// <summary>Brings the entity to life; false when that goes on elsewhere and this is called again.</summary>
    bool TryLoad()
    {
        if (_barrier is { } barrier && barrier.TryFollow(this, this)) return false;
        _barrier = null;
        var loading = cluster.Load(Id);
        if (loading.IsCompletedSuccessfully)
        {
            _activation = loading.Result;
            return true;
        }

        _ = Await(loading.AsTask());
        return false;
    }

    async Task Await(Task<Activation> loading)
    {
        try
        {
            _activation = await loading;
        }
        catch (Exception e)
        {
            // Whoever waits now is told; who comes later causes another attempt.
            cluster.Report(Id, "load", e);
            while (Take() is { } message)
                message.Fail(new(Fault.NotWritten, $"The entity could not be loaded: {e.Message}", e));
            lock (_lock)
            {
                if (_head is null)
                {
                    _scheduled = false;
                    return;
                }
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
