using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Inventory;

/// <summary>
/// What somebody counted of a SKU at a node: in the bin (null: wherever it lies there), of the lot, in the state (null:
/// all that are there). <c>Serials</c>: those that he read, one for each unit; default for none.
/// </summary>
public sealed record Tally(
    string Node, string? Bin, string? Lot, StockState? State, long Units, ImmutableArray<string> Serials = default)
{
    /// <summary>Everything that is told, to be compared.</summary>
    internal string Text =>
        string.Join('\n', [Node, Bin ?? "", Lot ?? "", $"{State}", $"{Units}", .. Serials.IsDefault ? [] : Serials]);
}

/// <summary>
/// A part of what makes the books say what was counted: so many units more, or fewer, in the state. <c>Serials</c>: of
/// these units; default where they have none.
/// </summary>
public sealed record CountPart(StockState State, int Delta, ImmutableArray<string> Serials = default);

/// <summary>
/// A serial that was read where the books do not have it. Where they have it: null for nowhere. <c>Order</c>: picked
/// for it.
/// </summary>
public sealed record StraySerial(
    string Serial, string? Node = null, string? Bin = null, StockState? State = null, string? Order = null);

/// <summary>Whether a tally could be judged, in the order tested.</summary>
public enum JudgeStatus
{
    /// <summary>Nobody defined the SKU.</summary>
    [JsonStringEnumMemberName("unknown-sku")] UnknownSku,

    /// <summary>The SKU is a kit: only its components have stock.</summary>
    [JsonStringEnumMemberName("is-kit")] IsKit,

    /// <summary>The SKU's units are told apart by lot: each lot is counted for itself.</summary>
    [JsonStringEnumMemberName("lot-missing")] LotMissing,

    /// <summary>The SKU's units are told apart by serial: one is to be read for each, each once.</summary>
    [JsonStringEnumMemberName("serials-missing")] SerialsMissing,

    /// <summary>The SKU's units are not told apart by serial.</summary>
    [JsonStringEnumMemberName("no-serials")] NoSerials,

    /// <summary>So many units cannot be corrected at once.</summary>
    [JsonStringEnumMemberName("too-many")] TooMany,

    /// <summary>It was.</summary>
    [JsonStringEnumMemberName("done")] Done,
}

/// <summary>
/// What the books say of a tally at the SKU's version <c>Version</c>, units picked for orders apart: they lie in totes.
/// <c>Lot</c>: the one that was counted; null where the units are not told apart by lot. <c>Parts</c>: what makes the
/// books say the same as the tally; empty when they do. <c>Missing</c>: serials that should be there. <c>UnitValue</c>:
/// of one unit; null when nobody told it.
/// </summary>
public sealed record JudgeReply(
    JudgeStatus Status, long Version, long Expected = 0, string? Lot = null, ImmutableArray<CountPart> Parts = default,
    ImmutableArray<string> Missing = default, ImmutableArray<StraySerial> Stray = default, Money? UnitValue = null);

/// <summary>
/// Where the books were corrected last, and by which count; null: by hand. <c>Bin</c> null: units that lie in none.
/// </summary>
public sealed record Correction(string Node, string? Bin, string? Count, long Version);
