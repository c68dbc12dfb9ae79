namespace Fulfillment.Picking;

/// <summary>Pick faces of a node that are to be filled: <c>seat.Refills("LEJ1").Get()</c>.</summary>
public interface IRefills
{
    /// <summary>Any change. Statuses in the order tested: <see cref="RefillReplyStatus"/>. Repeatable.</summary>
    ValueTask<RefillReply> Change(ICommand<RefillReply> change, CancellationToken cancel = default);

    /// <summary>The task of this number; null: all that are open, oldest first.</summary>
    ValueTask<RefillReply> Get(int? number = null, CancellationToken cancel = default);

    /// <summary>The task, once the SKU has answered to all that was scanned.</summary>
    ValueTask<RefillReply> Settled(int number, CancellationToken cancel = default);
}

/// <summary>How callers reach what is to be filled at a node.</summary>
public static class RefillCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "replenishments";

    extension(Seat seat)
    {
        /// <summary>What is to be filled at a node, of the seat's seller.</summary>
        public IRefills Refills(string node) => new Caller(seat, EntityId.Of(Kind, seat.Seller, node));
    }

    sealed class Caller(Seat seat, EntityId at) : IRefills
    {
        public ValueTask<RefillReply> Change(ICommand<RefillReply> change, CancellationToken cancel) =>
            seat.Cluster.Ask(at, change, seat.Origin, cancel);

        public ValueTask<RefillReply> Get(int? number, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new RefillCommand.Get(number), seat.Origin, cancel);

        public ValueTask<RefillReply> Settled(int number, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new RefillCommand.GetSettled(number), seat.Origin, cancel);
    }
}
