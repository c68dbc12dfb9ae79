using System.Diagnostics;

namespace Fulfillment.Catalog;

/// <summary>
/// What somebody else calls a SKU: a channel its listing, a supplier his article. It is of one SKU at a time; a SKU may
/// have many.
/// </summary>
/// <param name="Sku">Whose it is; null when it is nobody's.</param>
public sealed record SkuAlias(string? Sku) : IEntity<SkuAlias, SkuAliasCommand, SkuAliasEvent>
{
    /// <inheritdoc/>
    public static SkuAlias Initial { get; } = new((string?)null);

    /// <inheritdoc/>
    public static Decision<SkuAliasEvent> Decide(SkuAlias alias, SkuAliasCommand command, Turn turn) => command switch
    {
        SkuAliasCommand.Assign c => Assign(alias, c),
        SkuAliasCommand.Free c => Free(alias, c),
        SkuAliasCommand.Get => new(new SkuAliasReply(AliasStatus.AlreadyDone, alias.Sku)),
        _ => throw new UnreachableException(),
    };

    static Decision<SkuAliasEvent> Assign(SkuAlias alias, SkuAliasCommand.Assign c)
    {
        if (alias.Sku == c.Sku) return new(new SkuAliasReply(AliasStatus.AlreadyDone, alias.Sku));
        if (alias.Sku is not null) return new(new SkuAliasReply(AliasStatus.Taken, alias.Sku));

        return new(new SkuAliasReply(AliasStatus.Done, c.Sku), new SkuAliasEvent.AliasAssigned(c.Sku));
    }

    static Decision<SkuAliasEvent> Free(SkuAlias alias, SkuAliasCommand.Free c)
    {
        if (alias.Sku is null) return new(new SkuAliasReply(AliasStatus.AlreadyDone, null));
        if (alias.Sku != c.Sku) return new(new SkuAliasReply(AliasStatus.Taken, alias.Sku));

        return new(new SkuAliasReply(AliasStatus.Done, null), new SkuAliasEvent.AliasFreed(c.Sku));
    }

    /// <inheritdoc/>
    public static SkuAlias Evolve(SkuAlias alias, SkuAliasEvent happened) => happened switch
    {
        SkuAliasEvent.AliasAssigned e => new(e.Sku),
        SkuAliasEvent.AliasFreed => Initial,
        _ => throw new UnreachableException(),
    };
}
