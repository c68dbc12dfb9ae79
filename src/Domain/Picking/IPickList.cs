namespace Fulfillment.Picking;

/// <summary>A pick list as callers see it: <c>seat.PickList("P-1").Get()</c>.</summary>
public interface IPickList
{
    /// <summary>Any change. Statuses: <see cref="PickListReplyStatus"/>. Repeatable, as all.</summary>
    ValueTask<PickListReply> Change(ICommand<PickListReply> change, CancellationToken cancel = default);

    /// <summary>The list as it stands.</summary>
    ValueTask<PickListReply> Get(CancellationToken cancel = default);

    /// <summary>The list, once everybody who was asked has answered.</summary>
    ValueTask<PickListReply> Settled(CancellationToken cancel = default);
}

/// <summary>How callers reach a pick list.</summary>
public static class PickingCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "pick-list";

    extension(Seat seat)
    {
        /// <summary>A pick list of the seat's seller.</summary>
        public IPickList PickList(string id) => new Caller(seat, EntityId.Of(Kind, seat.Seller, id));
    }

    sealed class Caller(Seat seat, EntityId at) : IPickList
    {
        public ValueTask<PickListReply> Change(ICommand<PickListReply> change, CancellationToken cancel) =>
            seat.Cluster.Ask(at, change, seat.Origin, cancel);

        public ValueTask<PickListReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new PickListCommand.Get(), seat.Origin, cancel);

        public ValueTask<PickListReply> Settled(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new PickListCommand.GetSettled(), seat.Origin, cancel);
    }
}
