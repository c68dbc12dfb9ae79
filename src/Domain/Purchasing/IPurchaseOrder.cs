namespace Fulfillment.Purchasing;

/// <summary>A purchase order as callers see it: <c>seat.PurchaseOrder("PO-1").Get()</c>.</summary>
public interface IPurchaseOrder
{
    /// <summary>Any change. Statuses: <see cref="PurchaseStatus"/>. Repeatable, as all.</summary>
    ValueTask<PurchaseReply> Change(ICommand<PurchaseReply> change, CancellationToken cancel = default);

    /// <summary>The order as it stands.</summary>
    ValueTask<PurchaseReply> Get(CancellationToken cancel = default);

    /// <summary>The order, once every SKU has answered.</summary>
    ValueTask<PurchaseReply> Settled(CancellationToken cancel = default);
}

/// <summary>How callers reach a purchase order.</summary>
public static class PurchasingCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "purchase-order";

    extension(Seat seat)
    {
        /// <summary>A purchase order of the seat's seller.</summary>
        public IPurchaseOrder PurchaseOrder(string id) => new Caller(seat, EntityId.Of(Kind, seat.Seller, id));
    }

    sealed class Caller(Seat seat, EntityId at) : IPurchaseOrder
    {
        public ValueTask<PurchaseReply> Change(ICommand<PurchaseReply> change, CancellationToken cancel) =>
            seat.Cluster.Ask(at, change, seat.Origin, cancel);

        public ValueTask<PurchaseReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new PurchaseCommand.Get(), seat.Origin, cancel);

        public ValueTask<PurchaseReply> Settled(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new PurchaseCommand.GetSettled(), seat.Origin, cancel);
    }
}
