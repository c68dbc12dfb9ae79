namespace Fulfillment.Catalog;

/// <summary>A GTIN of a seller as callers see it: <c>seat.TradeItem("04012345123456").Claim("ABC-1")</c>.</summary>
public interface ITradeItem
{
    /// <summary>
    /// The SKU is to have the GTIN: for <see cref="TradeItem.ClaimValidFor"/>, and then for as long as its card names
    /// it. Repeatable. Statuses: <see cref="ClaimGtinStatus"/>.
    /// </summary>
    ValueTask<ClaimGtinReply> Claim(string sku, CancellationToken cancel = default);

    /// <summary>Which SKU has it.</summary>
    ValueTask<TradeItemReply> Get(CancellationToken cancel = default);
}

/// <summary>How callers reach a GTIN.</summary>
public static class CatalogCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "gtin";

    extension(Seat seat)
    {
        /// <summary>The GTIN of the seat's seller, of 14 digits.</summary>
        public ITradeItem TradeItem(string gtin) => new Caller(seat, EntityId.Of(Kind, seat.Seller, gtin));
    }

    sealed class Caller(Seat seat, EntityId at) : ITradeItem
    {
        public ValueTask<ClaimGtinReply> Claim(string sku, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new TradeItemCommand.Claim(sku), seat.Origin, cancel);

        public ValueTask<TradeItemReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new TradeItemCommand.Get(), seat.Origin, cancel);
    }
}
