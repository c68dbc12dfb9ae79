namespace Fulfillment.Shipping;

/// <summary>A parcel as callers see it: <c>seat.Parcel("340123450000000012").Get()</c>.</summary>
public interface IParcel
{
    /// <summary>Any change. Statuses: <see cref="ParcelReplyStatus"/>. Repeatable, as all.</summary>
    ValueTask<ParcelReply> Change(ICommand<ParcelReply> change, CancellationToken cancel = default);

    /// <summary>The parcel as it stands.</summary>
    ValueTask<ParcelReply> Get(CancellationToken cancel = default);

    /// <summary>The parcel, once its carrier has answered, or takes long.</summary>
    ValueTask<ParcelReply> Settled(CancellationToken cancel = default);
}

/// <summary>How callers reach a parcel.</summary>
public static class ParcelCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "parcel";

    /// <summary>
    /// Who answers for a carrier: each has his own, so that one who does not answer keeps no other waiting.
    /// </summary>
    public static string LabelsOf(string carrier) => $"labels-{carrier}";

    /// <summary>Who writes to buyers.</summary>
    public const string Notices = "notices";

    extension(Seat seat)
    {
        /// <summary>A parcel of the seat's seller.</summary>
        public IParcel Parcel(string parcel) => new Caller(seat, EntityId.Of(Kind, seat.Seller, parcel));
    }

    sealed class Caller(Seat seat, EntityId at) : IParcel
    {
        public ValueTask<ParcelReply> Change(ICommand<ParcelReply> change, CancellationToken cancel) =>
            seat.Cluster.Ask(at, change, seat.Origin, cancel);

        public ValueTask<ParcelReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new ParcelCommand.Get(), seat.Origin, cancel);

        public ValueTask<ParcelReply> Settled(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new ParcelCommand.GetSettled(), seat.Origin, cancel);
    }
}
