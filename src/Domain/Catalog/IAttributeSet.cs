namespace Fulfillment.Catalog;

/// <summary>An attribute set as callers see it: <c>seat.AttributeSet("apparel").Get()</c>.</summary>
public interface IAttributeSet
{
    /// <summary>A new version, unless the latest says the same. Statuses: <see cref="AttributeSetStatus"/>.</summary>
    ValueTask<AttributeSetReply> Write(
        AttributeSetTerms terms, int? ifVersion = null, CancellationToken cancel = default);

    /// <summary>A version; null: the latest.</summary>
    ValueTask<AttributeSetReply> Get(int? version = null, CancellationToken cancel = default);
}

/// <summary>How callers reach an attribute set.</summary>
public static class AttributeSetCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "attribute-set";

    extension(Seat seat)
    {
        /// <summary>An attribute set of the seat's seller.</summary>
        public IAttributeSet AttributeSet(string id) => new Caller(seat, EntityId.Of(Kind, seat.Seller, id));
    }

    sealed class Caller(Seat seat, EntityId at) : IAttributeSet
    {
        public ValueTask<AttributeSetReply> Write(AttributeSetTerms terms, int? ifVersion, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new AttributeSetCommand.Write(terms, ifVersion), seat.Origin, cancel);

        public ValueTask<AttributeSetReply> Get(int? version, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new AttributeSetCommand.Get(version), seat.Origin, cancel);
    }
}
