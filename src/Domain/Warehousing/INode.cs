namespace Fulfillment.Warehousing;

/// <summary>A node as callers see it: <c>cluster.Node("LEJ1").Define(card)</c>.</summary>
public interface INode
{
    /// <summary>Sets the card. Statuses in the order tested: <see cref="NodeStatus"/>. Repeatable.</summary>
    ValueTask<DefineNodeReply> Define(NodeCard card, long? ifRevision = null, CancellationToken cancel = default);

    /// <summary>
    /// It takes no work any more, and what nobody works on goes elsewhere. Statuses: <see cref="OfflineStatus"/>.
    /// Repeatable.
    /// </summary>
    ValueTask<OfflineReply> TakeOffline(string reason, string by, CancellationToken cancel = default);

    /// <summary>It takes work again. Statuses: <see cref="OfflineStatus"/>. Repeatable.</summary>
    ValueTask<OfflineReply> BringOnline(string reason, string by, CancellationToken cancel = default);

    /// <summary>The card now.</summary>
    ValueTask<NodeReply> Get(CancellationToken cancel = default);
}

/// <summary>How callers reach a node.</summary>
public static class WarehousingCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "node";

    extension(Seat seat)
    {
        /// <summary>A node of the operator; it has no seller.</summary>
        public INode Node(string id) => new Caller(seat, new(Kind, id));
    }

    sealed class Caller(Seat seat, EntityId at) : INode
    {
        public ValueTask<DefineNodeReply> Define(NodeCard card, long? ifRevision, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new NodeCommand.Define(card, ifRevision), seat.Origin, cancel);

        public ValueTask<OfflineReply> TakeOffline(string reason, string by, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new NodeCommand.TakeOffline(reason, by), seat.Origin, cancel);

        public ValueTask<OfflineReply> BringOnline(string reason, string by, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new NodeCommand.BringOnline(reason, by), seat.Origin, cancel);

        public ValueTask<NodeReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new NodeCommand.Get(), seat.Origin, cancel);
    }
}
