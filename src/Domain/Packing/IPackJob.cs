using System.Globalization;

namespace Fulfillment.Packing;

/// <summary>The packing of a fulfilment order as callers see it: <c>seat.PackJob("O-1-F1").Get()</c>.</summary>
public interface IPackJob
{
    /// <summary>Any change. Statuses: <see cref="PackReplyStatus"/>. Repeatable, as all.</summary>
    ValueTask<PackReply> Change(ICommand<PackReply> change, CancellationToken cancel = default);

    /// <summary>The job as it stands.</summary>
    ValueTask<PackReply> Get(CancellationToken cancel = default);

    /// <summary>The job, once everybody who was asked has answered.</summary>
    ValueTask<PackReply> Settled(CancellationToken cancel = default);
}

/// <summary>How callers reach the packing of a fulfilment order.</summary>
public static class PackCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "packing";

    /// <summary>The packing of an order's fulfilment order.</summary>
    public static EntityId At(EntityId order, int fulfilment) => order.Sibling(
        Kind, string.Create(CultureInfo.InvariantCulture, $"{order.Name}-F{fulfilment}"));

    extension(Seat seat)
    {
        /// <summary>The packing of a fulfilment order of the seat's seller, by its id.</summary>
        public IPackJob PackJob(string fulfilment) => new Caller(seat, EntityId.Of(Kind, seat.Seller, fulfilment));
    }

    sealed class Caller(Seat seat, EntityId at) : IPackJob
    {
        public ValueTask<PackReply> Change(ICommand<PackReply> change, CancellationToken cancel) =>
            seat.Cluster.Ask(at, change, seat.Origin, cancel);

        public ValueTask<PackReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new PackCommand.Get(), seat.Origin, cancel);

        public ValueTask<PackReply> Settled(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new PackCommand.GetSettled(), seat.Origin, cancel);
    }
}
