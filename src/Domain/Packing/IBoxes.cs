namespace Fulfillment.Packing;

/// <summary>The boxes of a node as callers see them: <c>seat.Boxes("LEJ1").Get()</c>.</summary>
public interface IBoxes
{
    /// <summary>Makes a change. Statuses in the order tested: <see cref="BoxStatus"/>. Repeatable.</summary>
    ValueTask<BoxReply> Change(ICommand<BoxReply> change, CancellationToken cancel = default);

    /// <summary>All of them, in ordinal order of their ids.</summary>
    ValueTask<BoxList> Get(CancellationToken cancel = default);
}

/// <summary>How callers reach the boxes of a node.</summary>
public static class BoxCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "boxes";

    extension(Seat seat)
    {
        /// <summary>The boxes of a node; like the node they are the operator's.</summary>
        public IBoxes Boxes(string node) => new Caller(seat, new(Kind, node));
    }

    sealed class Caller(Seat seat, EntityId at) : IBoxes
    {
        public ValueTask<BoxReply> Change(ICommand<BoxReply> change, CancellationToken cancel) =>
            seat.Cluster.Ask(at, change, seat.Origin, cancel);

        public ValueTask<BoxList> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new BoxCommand.Get(), seat.Origin, cancel);
    }
}
