namespace Fulfillment.Catalog;

/// <summary>A product as callers see it: <c>seat.Product("TEE").Get()</c>.</summary>
public interface IProduct
{
    /// <summary>
    /// The product is so now. Repeatable; a repeat tries again what has failed. Statuses: <see cref="ProductStatus"/>.
    /// </summary>
    ValueTask<ProductReply> Write(ProductTerms terms, int? ifRevision = null, CancellationToken cancel = default);

    /// <summary>The product as it stands.</summary>
    ValueTask<ProductReply> Get(CancellationToken cancel = default);

    /// <summary>The product, once every variant is ready or has failed.</summary>
    ValueTask<ProductReply> Settled(CancellationToken cancel = default);
}

/// <summary>How callers reach a product.</summary>
public static class ProductCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "product";

    extension(Seat seat)
    {
        /// <summary>A product of the seat's seller.</summary>
        public IProduct Product(string id) => new Caller(seat, EntityId.Of(Kind, seat.Seller, id));
    }

    sealed class Caller(Seat seat, EntityId at) : IProduct
    {
        public ValueTask<ProductReply> Write(ProductTerms terms, int? ifRevision, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new ProductCommand.Write(terms, ifRevision), seat.Origin, cancel);

        public ValueTask<ProductReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new ProductCommand.Get(), seat.Origin, cancel);

        public ValueTask<ProductReply> Settled(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new ProductCommand.GetSettled(), seat.Origin, cancel);
    }
}
