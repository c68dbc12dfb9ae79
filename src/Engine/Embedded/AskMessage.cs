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
    long _entered;

    public int Inside => Volatile.Read(ref _inside);

    /// <summary>How many ever came in.</summary>
    public long Entered => Interlocked.Read(ref _entered);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _inside) > limit)
        {
            Interlocked.Decrement(ref _inside);
            return false;
        }

        Interlocked.Increment(ref _entered);
        return true;
    }

    public void Leave() => Interlocked.Decrement(ref _inside);
}

/// <summary>
/// Tells a rush of callers: many under way, and many who come. Many who only wait, for a slow disk, are none. It goes
/// on for a while after it was last seen.
/// </summary>
sealed class Rush(AskGate gate, EngineOptions options, TimeProvider time)
{
    static readonly TimeSpan After = TimeSpan.FromMilliseconds(500), Glance = TimeSpan.FromMilliseconds(100);

    long _looked, _entered, _seen;
    bool _goes;

    /// <summary>Whether it goes on now; to be asked by one thread, again and again.</summary>
    public bool Goes()
    {
        var since = time.GetElapsedTime(_looked);
        if (since >= Glance)
        {
            var entered = gate.Entered;
            if (gate.Inside >= options.RushAt && entered - _entered >= options.RushPace * since.TotalSeconds)
                (_goes, _seen) = (true, time.GetTimestamp());
            (_looked, _entered) = (time.GetTimestamp(), entered);
        }

        return _goes &= time.GetElapsedTime(_seen) < After;
    }
}
