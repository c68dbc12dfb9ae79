using System.Text.Json.Serialization;

namespace Fulfillment.Catalog;

/// <summary>Whose word an alias is.</summary>
public enum AliasSource
{
    /// <summary>A channel's: the id of a listing.</summary>
    [JsonStringEnumMemberName("channel")] Channel,

    /// <summary>A supplier's: his own code of the article.</summary>
    [JsonStringEnumMemberName("supplier")] Supplier,
}

/// <summary>
/// What a channel or supplier calls a SKU; <c>Owner</c>: which channel or supplier, without slashes. <c>Id</c>: his
/// word, as he writes it.
/// </summary>
public readonly record struct AliasName(AliasSource Source, string Owner, string Id)
{
    /// <summary>The name of the entity.</summary>
    public string Key => $"{(Source == AliasSource.Channel ? "channel" : "supplier")}/{Owner}/{Id}";

    /// <summary>What an entity of this name is called.</summary>
    public static AliasName Of(string key)
    {
        var first = key.IndexOf('/', StringComparison.Ordinal);
        var second = key.IndexOf('/', first + 1);
        return new(
            key[..first] == "channel" ? AliasSource.Channel : AliasSource.Supplier, key[(first + 1)..second],
            key[(second + 1)..]);
    }
}

/// <summary>An alias as callers see it: <c>seat.SkuAlias(name).Get()</c>.</summary>
public interface ISkuAlias
{
    /// <summary>It is this SKU's. Repeatable. Statuses: <see cref="AliasStatus"/>.</summary>
    ValueTask<SkuAliasReply> Assign(string sku, CancellationToken cancel = default);

    /// <summary>It is this SKU's no more. Repeatable. Statuses: <see cref="AliasStatus"/>.</summary>
    ValueTask<SkuAliasReply> Free(string sku, CancellationToken cancel = default);

    /// <summary>Whose it is.</summary>
    ValueTask<SkuAliasReply> Get(CancellationToken cancel = default);
}

/// <summary>How callers reach an alias.</summary>
public static class SkuAliasCalls
{
    /// <summary>The kind of the entity.</summary>
    public const string Kind = "sku-alias";

    extension(Seat seat)
    {
        /// <summary>An alias among those of the seat's seller.</summary>
        public ISkuAlias SkuAlias(AliasName name) => new Caller(seat, EntityId.Of(Kind, seat.Seller, name.Key));
    }

    sealed class Caller(Seat seat, EntityId at) : ISkuAlias
    {
        public ValueTask<SkuAliasReply> Assign(string sku, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new SkuAliasCommand.Assign(sku), seat.Origin, cancel);

        public ValueTask<SkuAliasReply> Free(string sku, CancellationToken cancel) =>
            seat.Cluster.Ask(at, new SkuAliasCommand.Free(sku), seat.Origin, cancel);

        public ValueTask<SkuAliasReply> Get(CancellationToken cancel) =>
            seat.Cluster.Ask(at, new SkuAliasCommand.Get(), seat.Origin, cancel);
    }
}
