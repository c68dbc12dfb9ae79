namespace Fulfillment.Engine.Embedded;

/// <summary>A caller's command.</summary>
sealed class AskMessage<TReply> : Message
{
    readonly TaskCompletionSource<TReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly AskGate _gate;
    readonly CancellationToken _cancel;
    readonly CancellationTokenRegistration _cancelling;

    bool _left;

    public AskMessage(object command, Origin origin, AskGate gate, CancellationToken cancel) : base(command, origin)
    {
        (_gate, _cancel) = (gate, cancel);
        // Who goes away gets no reply; the command keeps its place until its turn.
        _cancelling = cancel.UnsafeRegister(
            (message, token) => ((AskMessage<TReply>)message!)._reply.TrySetCanceled(token), this);
    }

    public override bool IsAbandoned => _cancel.IsCancellationRequested;

    public override bool IsExternal => true;

    public Task<TReply> Reply => _reply.Task;

    /// <summary>A caller who only waits takes nobody's place.</summary>
    public override void Parked() => Leave();

    public override void Answer(object reply)
    {
        End();
        _reply.TrySetResult((TReply)reply);
    }

    public override void Fail(ClusterException why)
    {
        End();
        _reply.TrySetException(why);
    }

    void End()
    {
        Leave();
        _cancelling.Unregister();
    }

    void Leave()
    {
        if (_left) return;
        _left = true;
        _gate.Leave();
    }
}

/// <summary>Counts the callers' commands under way, and refuses beyond a limit.</summary>
sealed class AskGate(int limit)
{
    int _inside;

    public int Inside => Volatile.Read(ref _inside);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _inside) <= limit) return true;
        Interlocked.Decrement(ref _inside);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _inside);
}
