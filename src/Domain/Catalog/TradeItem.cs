using System.Diagnostics;
using Fulfillment.Inventory;

namespace Fulfillment.Catalog;

/// <summary>
/// A GTIN of a seller, and the one SKU that has it. Who sets a card claims its GTINs first, and then has
/// <see cref="ClaimValidFor"/> to set it; later the SKU refuses it. Some time after that the GTIN asks the SKU whether
/// its card names it: a claim that came to nothing ends by itself, whoever crashed, and so does one that the card has
/// given up since.
/// </summary>
/// <param name="Sku">Who has it, or has claimed it; null when nobody has.</param>
/// <param name="Claims">Claims so far: an answer about an earlier one says nothing of this.</param>
/// <param name="Until">By when the card must name it; null once the SKU has said that it does.</param>
/// <param name="Revision">The latest revision of the SKU's card that is known here; 0 for none.</param>
public sealed record TradeItem(string? Sku, int Claims, DateTimeOffset? Until, long Revision)
    : IEntity<TradeItem, TradeItemCommand, TradeItemEvent>
{
    /// <summary>How long after a claim the card may be set.</summary>
    public static readonly TimeSpan ClaimValidFor = TimeSpan.FromSeconds(30);

    /// <summary>How far the clocks of a SKU and a GTIN may be apart.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public static TradeItem Initial { get; } = new(null, 0, null, 0);

    /// <inheritdoc/>
    public static Decision<TradeItemEvent> Decide(TradeItem item, TradeItemCommand command, Turn turn) =>
        command switch
        {
            TradeItemCommand.Claim c => Take(item, c, turn),
            TradeItemCommand.Doubt c => item.Sku != c.Sku || c.Revision <= item.Revision
                ? new(Done.It) : new(Done.It, new TradeItemEvent.GtinDoubted(c.Revision)),
            TradeItemCommand.NoteNaming c => NoteNaming(item, c),
            TradeItemCommand.Get => new(new TradeItemReply(item.Sku)),
            _ => throw new UnreachableException(),
        };

    static Decision<TradeItemEvent> Take(TradeItem item, TradeItemCommand.Claim c, Turn turn)
    {
        if (item.Sku is { } owner && owner != c.Sku)
            return new(new ClaimGtinReply(ClaimGtinStatus.Taken, owner, null));

        // Also for the SKU that has it: its card may be about to give it up.
        var until = turn.Now + ClaimValidFor;
        return new(
            new ClaimGtinReply(ClaimGtinStatus.Claimed, c.Sku, until),
            new TradeItemEvent.GtinClaimed(c.Sku, item.Claims + 1, until));
    }

    static Decision<TradeItemEvent> NoteNaming(TradeItem item, TradeItemCommand.NoteNaming c)
    {
        if (item.Sku != c.Sku || item.Claims != c.Number || c.Revision < item.Revision) return new(Done.It);
        if (!c.Named) return new(Done.It, new TradeItemEvent.GtinFreed(c.Sku, c.Revision));

        return item.Until is null && item.Revision == c.Revision
            ? new(Done.It) : new(Done.It, new TradeItemEvent.GtinConfirmed(c.Revision));
    }

    /// <inheritdoc/>
    public static TradeItem Evolve(TradeItem item, TradeItemEvent happened) => happened switch
    {
        TradeItemEvent.GtinClaimed e => new(e.Sku, e.Number, e.Until, item.Sku == e.Sku ? item.Revision : 0),
        TradeItemEvent.GtinDoubted e => item with { Revision = e.Revision },
        TradeItemEvent.GtinConfirmed e => item with { Until = null, Revision = e.Revision },
        TradeItemEvent.GtinFreed => new(null, item.Claims, null, 0),
        _ => throw new UnreachableException(),
    };

    /// <inheritdoc/>
    public static Send[] React(TradeItem item, TradeItemEvent happened, Turn turn) => happened switch
    {
        // Once no card can be set any more on the strength of the claim.
        TradeItemEvent.GtinClaimed or TradeItemEvent.GtinDoubted =>
        [
            new(turn.Self.Sibling(InventoryCalls.Kind, item.Sku!),
                new SkuCommand.GetNaming(turn.Self.Name, item.Claims), item.Until + Apart),
        ],
        _ => [],
    };

    /// <inheritdoc/>
    public static TradeItemCommand? OnReply(Send asked, object reply) =>
        asked.Command is SkuCommand.GetNaming question && reply is NamingReply said
            ? new TradeItemCommand.NoteNaming(asked.To.Name, question.Number, said.Revision, said.Named) : null;

    /// <inheritdoc/>
    public static string? Check(TradeItem item, TradeItemEvent? last) =>
        item.Sku is null && item.Until is not null ? "nobody's, and claimed until some time" : null;
}
