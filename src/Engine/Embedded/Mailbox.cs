namespace Fulfillment.Engine.Embedded;

/// <summary>
/// One entity's queue, and the entity when it is in memory. Turns run one at a time on whatever thread is free; they
/// never wait for the disk, only their callers do.
/// </summary>
sealed class Mailbox(EntityId id, EmbeddedCluster cluster) : IThreadPoolWorkItem
{
    readonly Lock _lock = new();
    readonly Resident _resident = new(id, cluster);
    Message? _head, _tail;
    int _waiting;
    bool _scheduled, _closed;

    /// <summary>Which entity.</summary>
    public EntityId Id => _resident.Id;

    /// <summary>It came in lately, and has not been used again since.</summary>
    public bool IsNew { get; set; } = true;

    /// <summary>When it came in, in ticks of the stopwatch.</summary>
    public long Since { get; set; }

    /// <summary>When it was last asked for while it was new.</summary>
    public long Touched { get; set; }

    /// <summary>Its place among the least recently used.</summary>
    public LinkedListNode<Mailbox>? Place { get; set; }

    /// <summary>Estimated bytes in memory, as last counted by the registry. Changed in turns only.</summary>
    public long Counted { get; set; }

    /// <summary>Estimated bytes in memory now.</summary>
    public long Weight => 1_000 + _resident.Weight;

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
            return _closed = !_scheduled && _waiting == 0 && _resident.IsIdle;
        }
    }

    /// <summary>Nobody takes turns any more: whoever waits is told.</summary>
    public void End()
    {
        ClusterException why = new(Fault.Stopping, "The server is shutting down.");
        _resident.End(why);
        while (Take() is { } message) message.Fail(why);
        lock (_lock) _scheduled = false;
    }

    public void Execute()
    {
        if (cluster.Enter()) Work();
        else End();
        cluster.Leave();
    }

    void Work()
    {
        var loading = _resident.Load();
        if (!loading.IsCompletedSuccessfully)
        {
            _ = Await(loading.AsTask());
            return;
        }

        var encoder = cluster.Encoder;
        var turns = 0;
        while (turns++ < cluster.Options.MaxTurns && _resident.IsReady && Take() is { } message)
        {
            if (message.IsAbandoned) message.Fail(new(Fault.NotWritten, "The caller went away before its turn."));
            else _resident.Turn(message, encoder);
        }

        _resident.Submit();
        cluster.Weigh(this);
        lock (_lock)
        {
            _resident.DropObsolete();
            if (_head is null)
            {
                _scheduled = false;
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    async Task Await(Task loading)
    {
        try
        {
            await loading;
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
}
