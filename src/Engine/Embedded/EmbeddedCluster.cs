namespace Fulfillment.Engine.Embedded;

/// <summary>All entities in one process: a mailbox each, one journal, one outbox.</summary>
public sealed class EmbeddedCluster : ICluster, IEntityHost, IAsyncDisposable
{
    readonly IJournalStore _store;
    readonly Kinds _kinds;
    readonly TimeProvider _time;
    readonly Registry _registry;
    readonly AskGate _gate;
    readonly Rush _rush;
    readonly ThreadLocal<Encoder> _encoders = new(() => new Encoder(), trackAllValues: true);
    readonly EntityFilter _filter = new();
    readonly Pump _pump;
    volatile bool _stopping, _closed;
    int _turning;

    /// <summary>
    /// Opens the store and takes up what an earlier process left undone. <paramref name="sides"/> hear of every commit.
    /// </summary>
    public EmbeddedCluster(
        IJournalStore store, Kinds kinds, EngineOptions options, TimeProvider time,
        params IReadOnlyList<ICommitSide> sides)
    {
        (_store, _kinds, _time, Options) = (store, kinds, time, options);
        var head = store.Open();
        Outbox = new(store, kinds, time, options);
        Feed = new(store, kinds, options.FeedBehind);
        Keyring = new(store);
        CommitStats stats = new();
        _registry = new(options.ActivationBytes, stats, id => new Mailbox(id, this));
        _gate = new(options.MaxAsks);
        _rush = new(_gate, options, time);
        _pump = new(this, kinds, Outbox, time);
        Feed.Start(head.Position);
        Outbox.Dispatch = _pump.Dispatch;
        var left = Outbox.Recover(head);
        Journal = new(store, head, options, stats, [Keyring, Outbox, Feed, _filter, .. sides]);
        if (!options.SharedJournal)
        {
            _filter.Start(store);
            Keyring.Start(options.KeysToFile);
        }

        Journal.Start();
        _pump.Dispatch(left);
        _pump.Start();
    }

    /// <summary>Called when a rule or a load failed: a bug or damage, to be logged.</summary>
    public Action<EntityId, object, Exception> Failed { get; set; } = (_, _, _) => { };

    /// <summary>The limits.</summary>
    public EngineOptions Options { get; }

    /// <summary>The journal's events as they are committed.</summary>
    public Feed Feed { get; }

    /// <summary>The keys of personal data.</summary>
    public Keyring Keyring { get; }

    /// <summary>Sends under way.</summary>
    public Outbox Outbox { get; }

    /// <summary>The journal.</summary>
    public GroupCommit Journal { get; }

    /// <summary>Entities in memory, and their estimated bytes.</summary>
    public (int Count, long Bytes) Active => (_registry.Count, _registry.Bytes);

    /// <summary>Callers' commands under way.</summary>
    public int Asks => _gate.Inside;

    /// <summary>The engine's clock, in whole milliseconds.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = _time.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        }
    }

    /// <inheritdoc/>
    public bool IsRushed => _rush.Goes();

    internal Encoder Encoder => _encoders.Value!;

    /// <inheritdoc/>
    public ValueTask<TReply> Ask<TReply>(
        EntityId to, ICommand<TReply> command, Origin origin, CancellationToken cancel = default)
    {
        if (_stopping) throw new ClusterException(Fault.Stopping, "The server is shutting down.");
        if (Outbox.IsFull || !_gate.TryEnter())
            throw new ClusterException(Fault.Overloaded, "Too much is under way. Try again in a moment.");
        AskMessage<TReply> message = new(command, origin, _gate, cancel);
        if (!Post(to, message)) message.Fail(new(Fault.Overloaded, $"Too many wait for {to}. Try again in a moment."));
        return new(message.Reply);
    }

    /// <summary>
    /// Ends what is under way, for at most five seconds, notes what was answered, and closes the journal. Refuses new
    /// commands at once. Who still waits then is told, and what is not delivered is left to the next process.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping) return;
        _stopping = true;
        _pump.LeaveHeld();
        for (var i = 0; i < 250 && (_gate.Inside > 0 || Outbox.UnderWay > 0); i++)
        {
            if (Outbox.HasNews) Journal.Nudge();
            await Task.Delay(20);
        }

        await _pump.DisposeAsync();
        Keyring.Close();
        Journal.Nudge();
        Journal.Dispose();
        _closed = true;
        while (Interlocked.CompareExchange(ref _turning, 0, 0) > 0) await Task.Delay(1);
        _registry.End();
        Journal.Stats.Dispose();
        _filter.Stop();
        _store.Dispose();
        foreach (var encoder in _encoders.Values) encoder.Dispose();
        _encoders.Dispose();
    }

    /// <inheritdoc/>
    public bool Post(EntityId to, Message message)
    {
        Mailbox? closed = null;
        while (true)
        {
            var mailbox = _registry.Get(to, closed);
            switch (mailbox.Post(message))
            {
                case Mailbox.Posted.Queued:
                    return true;
                case Mailbox.Posted.Full:
                    return false;
                case Mailbox.Posted.Closed:
                    closed = mailbox;
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<Activation> Load(EntityId id) => _kinds.Load(id, _filter.MayExist(id) ? _store : null);

    /// <summary>Until <see cref="Leave"/> it is not closed; false when it is, and no turn may be taken.</summary>
    internal bool Enter() => Interlocked.Increment(ref _turning) > 0 && !_closed;

    internal void Leave() => Interlocked.Decrement(ref _turning);

    internal void Weigh(Mailbox mailbox) => _registry.Weigh(mailbox);

    /// <inheritdoc/>
    public void Report(EntityId id, object command, Exception e) => Failed(id, command, e);
}
