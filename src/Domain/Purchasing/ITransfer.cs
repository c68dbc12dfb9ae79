namespace Fulfillment.Purchasing;

/// <summary>A transfer as callers see it: <c>seat.Transfer("T-1").Get()</c>.</summary>
public interface ITransfer
{
    /// <summary>Any change. Statuses: <see cref="TransferStatus"/>. Repeatable, as all.</summary>
    ValueTask<TransferReply> Change(ICommand<TransferReply> change, CancellationToken cancel = default);

    /// <summary>The transfer as it stands.</summary>
    ValueTask<TransferReply> Get(CancellationToken cancel = default);

    /// <summary>The transfer, once every SKU has answered.</summary>
    ValueTask<TransferReply> Settled(CancellationToken cancel = default);
}

/// <summary>How callers reach a transfer.</summary>
public static class TransferCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "transfer";

    extension(Seat seat)
    {
        /// <summary>A transfer of the seat's seller.</summary>
        public ITransfer Transfer(string id) => new Caller(seat, EntityId.Of(Kind, seat.Seller, id));
    }

    sealed class Caller(Seat seat, EntityId at) : ITransfer
    {
        public ValueTask<TransferReply> Change(ICommand<TransferReply> change, CancellationToken cancel) =>
            seat.Cluster.Ask(at, change, seat.Origin, cancel);

        public ValueTask<TransferReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new TransferCommand.Get(), seat.Origin, cancel);

        public ValueTask<TransferReply> Settled(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new TransferCommand.GetSettled(), seat.Origin, cancel);
    }
}
