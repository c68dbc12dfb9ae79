using System.Diagnostics;

namespace Fulfillment.Engine;

/// <summary>Something for an entity to do, and who is to be told.</summary>
public abstract class Message(object command, Origin origin) : IFollower
{
    /// <summary>What it has to do.</summary>
    public object Command { get; } = command;

    /// <summary>Who asks, and why.</summary>
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

    /// <inheritdoc/>
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
