using System.Diagnostics;

namespace Fulfillment.Engine.Embedded;

/// <summary>Something for an entity to do, and who is to be told.</summary>
abstract class Message(object command, Origin origin) : IFollower
{
    public object Command { get; } = command;

    public Origin Origin { get; } = origin;

    /// <summary>The next in the mailbox.</summary>
    public Message? Next { get; set; }

    /// <summary>Nobody waits any more; the turn need not be taken.</summary>
    public virtual bool IsAbandoned => false;

    /// <summary>From outside: refused when the mailbox is full. The engine's own messages never are.</summary>
    public virtual bool IsExternal => false;

    /// <summary>It waits until the entity changes.</summary>
    public virtual void Parked()
    {
    }

    /// <summary>The reply, and all it builds on, is durable.</summary>
    public abstract void Answer(object reply);

    /// <summary>There is no reply.</summary>
    public abstract void Fail(ClusterException why);

    public void Settled(AppendOutcome outcome, object reply)
    {
        switch (outcome)
        {
            case AppendOutcome.Committed:
                Answer(reply);
                break;
            case AppendOutcome.Refused:
                Fail(new(Fault.NotWritten, "The entity was changed elsewhere at the same time. Try again."));
                break;
            case AppendOutcome.Failed:
                Fail(new(Fault.NotWritten, "The journal could not be written. Nothing was done."));
                break;
            case AppendOutcome.Unknown:
                Fail(new(
                    Fault.OutcomeUnknown, "It is not known whether the journal was written. Repeat with the same id."));
                break;
            case AppendOutcome.Pending:
            default:
                throw new UnreachableException();
        }
    }
}

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
