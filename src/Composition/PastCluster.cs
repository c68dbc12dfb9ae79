using Fulfillment.Engine;

namespace Fulfillment.Composition;

/// <summary>
/// The entities as they were at a moment: each is replayed up to it, by today's rules, for every question. Only
/// questions are answered; a command that would change something is refused.
/// </summary>
public sealed class PastCluster(IJournalStore journal, Kinds kinds, DateTimeOffset at) : ICluster
{
    /// <summary>Events of an entity that are replayed for a question.</summary>
    public const int MostEvents = 100_000;

    const int PageSize = 1_000;

    /// <inheritdoc/>
    public ValueTask<TReply> Ask<TReply>(
        EntityId to, ICommand<TReply> command, Origin origin, CancellationToken cancel = default) =>
        new(Answer(to, command, origin, cancel));

    TReply Answer<TReply>(EntityId to, ICommand<TReply> command, Origin origin, CancellationToken cancel)
    {
        var entity = kinds.Of(to).Open(to, kinds);
        while (Follow(entity))
        {
            cancel.ThrowIfCancellationRequested();
            if (entity.Version >= MostEvents)
            {
                throw new ClusterException(
                    Fault.Overloaded, $"{to} has more than {MostEvents} events before that moment.");
            }
        }

        using Encoder encoder = new();
        var reply = entity.Run(command, origin, at, encoder, "The past does not change.");
        return reply is null ? throw new ClusterException(Fault.Overloaded, "It was undecided then.")
            : (TReply)reply;
    }

    /// <summary>Replays a page; false when there is no more up to the moment.</summary>
    bool Follow(Activation entity)
    {
        var page = journal.ReadEntity(entity.Id, entity.Version, PageSize);
        foreach (var stored in page)
        {
            if (stored.At > at) return false;
            entity.Apply(stored);
        }

        return page.Count == PageSize;
    }
}
