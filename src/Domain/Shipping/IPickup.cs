namespace Fulfillment.Shipping;

/// <summary>A pickup as callers see it: <c>seat.Pickup("LEJ1-ups-1201").Get()</c>.</summary>
public interface IPickup
{
    /// <summary>Any change. Statuses: <see cref="PickupReplyStatus"/>. Repeatable, as all.</summary>
    ValueTask<PickupTold> Change(ICommand<PickupTold> change, CancellationToken cancel = default);

    /// <summary>The pickup as it stands.</summary>
    ValueTask<PickupTold> Get(CancellationToken cancel = default);

    /// <summary>The pickup, once its carrier has answered.</summary>
    ValueTask<PickupTold> Settled(CancellationToken cancel = default);
}

/// <summary>How callers reach a pickup.</summary>
public static class PickupCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "pickup";

    extension(Seat seat)
    {
        /// <summary>A pickup of the seat's seller.</summary>
        public IPickup Pickup(string pickup) => new Caller(seat, EntityId.Of(Kind, seat.Seller, pickup));
    }

    sealed class Caller(Seat seat, EntityId at) : IPickup
    {
        public ValueTask<PickupTold> Change(ICommand<PickupTold> change, CancellationToken cancel) =>
            seat.Cluster.Ask(at, change, seat.Origin, cancel);

        public ValueTask<PickupTold> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new PickupCommand.Get(), seat.Origin, cancel);

        public ValueTask<PickupTold> Settled(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new PickupCommand.GetSettled(), seat.Origin, cancel);
    }
}
