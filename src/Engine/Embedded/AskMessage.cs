namespace Fulfillment.Engine.Embedded;

/// <summary>A caller's command.</summary>
sealed class AskMessage<TReply>(object command, Origin origin, AskGate gate, CancellationToken cancel)
    : Message(command, origin)
{
    readonly TaskCompletionSource<TReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    bool _left;

    public override bool IsAbandoned => cancel.IsCancellationRequested;

    public override bool IsExternal => true;

    public Task<TReply> Reply => _reply.Task;

    /// <summary>A caller who only waits takes nobody's place.</summary>
    public override void Parked() => Leave();

    public override void Answer(object reply)
    {
        Leave();
        _reply.TrySetResult((TReply)reply);
    }

    public override void Fail(ClusterException why)
    {
        Leave();
        _reply.TrySetException(why);
    }

    void Leave()
    {
        if (_left) return;
        _left = true;
        gate.Leave();
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
