using Fulfillment.Catalog;
using Fulfillment.Engine;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Composition;

/// <summary>
/// Notes the last commit that changed what plans are made from: nodes, whether they take work, and rules, those of
/// compliance too. Rooms do not count: nodes are asked for them, whatever the plan believes.
/// </summary>
sealed class PlanFacts : ICommitSide
{
    long _position;

    /// <summary>The position of the last such event since the start.</summary>
    public long Position => Interlocked.Read(ref _position);

    /// <inheritdoc/>
    public void Join(CommitGroup group)
    {
    }

    /// <inheritdoc/>
    public void Committed(CommitGroup group)
    {
        foreach (var batch in group.Batches)
        {
            if (!IsFact(batch.Owner.Id)) continue;
            foreach (var entry in batch.Entries)
                if (entry.Event is not NodeEvent.RoomClaimed) Interlocked.Exchange(ref _position, entry.Position);
        }
    }

    /// <inheritdoc/>
    public void Failed(CommitGroup group)
    {
    }

    /// <inheritdoc/>
    public void Found(IReadOnlyList<StoredEvent> events)
    {
        foreach (var e in events)
            if (IsFact(e.Entity)) Interlocked.Exchange(ref _position, e.Position);
    }

    static bool IsFact(EntityId entity) =>
        entity.Kind is WarehousingCalls.Kind or RuleBookCalls.Kind or ComplianceCalls.Kind;
}
