using System.Text.Json.Serialization;

namespace Fulfillment.Catalog;

/// <summary>Outcome of <see cref="TradeItemCommand.Claim"/>, in the order tested.</summary>
public enum ClaimGtinStatus
{
    /// <summary>Another SKU of the seller has the GTIN, or has claimed it just now. Nothing changed.</summary>
    Taken,

    /// <summary>The SKU may name it on its card.</summary>
    Claimed,
}

/// <summary><c>Sku</c>: who has the GTIN now. <c>Until</c>: by when its card must name it.</summary>
public sealed record ClaimGtinReply(ClaimGtinStatus Status, string Sku, DateTimeOffset? Until);

/// <summary><c>Sku</c>: who has the GTIN, or has claimed it just now; null when nobody has.</summary>
public sealed record TradeItemReply(string? Sku);

/// <summary>What a GTIN can be asked.</summary>
[JsonDerivedType(typeof(Claim), "claim")]
[JsonDerivedType(typeof(Doubt), "doubt")]
[JsonDerivedType(typeof(NoteNaming), "note-naming")]
[JsonDerivedType(typeof(Get), "get")]
public abstract record TradeItemCommand
{
    /// <summary>The SKU is about to name the GTIN on its card. Repeatable.</summary>
    public sealed record Claim(string Sku) : TradeItemCommand, ICommand<ClaimGtinReply>;

    /// <summary>The SKU's card does not name it any more, since this revision.</summary>
    public sealed record Doubt(string Sku, long Revision) : TradeItemCommand, ICommand<Done>;

    /// <summary>
    /// Whether the SKU's card of this revision names it: what it said when it was asked about the claim of this
    /// number.
    /// </summary>
    public sealed record NoteNaming(string Sku, int Number, long Revision, bool Named)
        : TradeItemCommand, ICommand<Done>;

    /// <summary>Asks who has it.</summary>
    public sealed record Get : TradeItemCommand, ICommand<TradeItemReply>;
}

/// <summary>What happened to a GTIN.</summary>
[JsonDerivedType(typeof(GtinClaimed), "gtin-claimed")]
[JsonDerivedType(typeof(GtinDoubted), "gtin-doubted")]
[JsonDerivedType(typeof(GtinConfirmed), "gtin-confirmed")]
[JsonDerivedType(typeof(GtinFreed), "gtin-freed")]
public abstract record TradeItemEvent
{
    /// <summary>The SKU has claimed it, and names it on its card until then, or not at all.</summary>
    public sealed record GtinClaimed(string Sku, int Number, DateTimeOffset Until) : TradeItemEvent;

    /// <summary>The SKU has said that its card of this revision does not name it; it is asked again.</summary>
    public sealed record GtinDoubted(long Revision) : TradeItemEvent;

    /// <summary>The SKU's card of this revision names it.</summary>
    public sealed record GtinConfirmed(long Revision) : TradeItemEvent;

    /// <summary>The SKU's card of this revision does not name it: others may have it.</summary>
    public sealed record GtinFreed(string Sku, long Revision) : TradeItemEvent;
}
