using System.Collections.Immutable;

namespace Fulfillment.Warehousing;

/// <summary>How big and heavy one unit is; 0 where nobody has told.</summary>
public readonly record struct UnitSize(long VolumeMm3, long Grams);

/// <summary>
/// Units of a SKU that lie in a bin. <c>Free</c>: those that may be sold and that nobody has picked. <c>Expires</c>: of
/// the lot; null for none.
/// </summary>
public sealed record BinStock(
    string Seller, string Sku, string? Lot, long Units, long Free, UnitSize Size, DateOnly? Expires = null);

/// <summary>A bin and what lies in it.</summary>
public sealed record BinFill(BinNow Now, ImmutableArray<BinStock> Stock);

/// <summary>How often units of a SKU leave.</summary>
public enum Velocity
{
    /// <summary>Nobody has told.</summary>
    Unknown,

    /// <summary>Often: it is to lie near to where orders are packed.</summary>
    Fast,

    /// <summary>Seldom: it is to leave the near bins to others.</summary>
    Slow,
}

/// <summary>What is to be put away. <c>Handling</c>: the classes that it must be handled by.</summary>
public sealed record PutAwayGoods(
    string Seller, string Sku, long Units, string? Lot, UnitSize Size, ImmutableArray<string> Handling,
    Velocity Velocity = Velocity.Unknown);

/// <summary>Why a bin is good, the best first.</summary>
public enum PutAwayReason
{
    /// <summary>It is kept for the SKU, and there are fewer units than there should be.</summary>
    FaceBelowMin,

    /// <summary>It is kept for the SKU, and has room.</summary>
    FaceBelowMax,

    /// <summary>Units of the same lot lie there.</summary>
    SameLot,

    /// <summary>Units of the SKU lie there.</summary>
    SameSku,

    /// <summary>It is empty.</summary>
    Empty,

    /// <summary>Other SKUs lie there, and it may be mixed.</summary>
    Mixed,
}

/// <summary>Which rule forbids a bin, in the order tested.</summary>
public enum PutAwayRule
{
    /// <summary>It takes no units.</summary>
    Blocked,

    /// <summary>Nothing is stored in its zone.</summary>
    NoStorage,

    /// <summary>Its zone is not made for goods that must be handled like these.</summary>
    NotHandled,

    /// <summary>Its zone is kept for goods that must be handled in another way.</summary>
    KeptForHandling,

    /// <summary>It is kept for another SKU.</summary>
    KeptForOther,

    /// <summary>As many SKUs lie there as may.</summary>
    OtherSku,

    /// <summary>Another lot of the SKU lies there, and they are not mixed.</summary>
    OtherLot,

    /// <summary>It is a face that has all units that it is kept for.</summary>
    FaceFull,

    /// <summary>Not one more unit fits in.</summary>
    NoRoom,

    /// <summary>Not one more unit may be carried.</summary>
    TooHeavy,
}

/// <summary>What a bin takes only so much of, in the order tested.</summary>
public enum BinLimit
{
    /// <summary>Units of all SKUs together.</summary>
    Units,

    /// <summary>Cubic millimetres.</summary>
    Volume,

    /// <summary>Grams.</summary>
    Weight,
}

/// <summary>A limit that units pass: what the bin takes, what is there, and what they add.</summary>
public readonly record struct BinExcess(BinLimit Limit, long Most, long There, long Adds);

/// <summary>What nobody has told, so that it could not be looked at.</summary>
public enum PutAwayGap
{
    /// <summary>How big a unit is, of this SKU or of one that lies there.</summary>
    Dimensions,

    /// <summary>How heavy a unit is, of this SKU or of one that lies there.</summary>
    Weight,

    /// <summary>How much fits into the bin.</summary>
    Room,

    /// <summary>Where orders are packed: no packing zone has an entry.</summary>
    Packing,
}

/// <summary>
/// A bin that would do. <c>Take</c>: how many of the units it gets, if those before it are used. <c>Fits</c>: how many
/// there is room for; null: no limit is known. <c>WalkMm</c>: to the nearest packing zone; null: not known.
/// </summary>
public sealed record PutAwayBin(
    string Bin, PutAwayReason Reason, long Take, long? Fits, long? WalkMm, ImmutableArray<PutAwayGap> NotKnown);

/// <summary>A bin that is forbidden.</summary>
public sealed record PutAwayRefusal(string Bin, PutAwayRule Rule);

/// <summary>
/// Bins for the goods, best first, at most <see cref="PutAway.MaxBins"/>, and those forbidden by rules, at most
/// <see cref="PutAway.MaxRefusals"/> of each. <c>Left</c>: units for which none was found.
/// </summary>
public sealed record PutAwayPlan(
    ImmutableArray<PutAwayBin> Bins, ImmutableArray<PutAwayRefusal> Refused, long Left);

/// <summary>Units that may be taken from a bin to fill a face.</summary>
public sealed record FaceSource(string Bin, string? Lot, long Units);

/// <summary>
/// A pick face with fewer units than it should have. <c>Wanted</c>: to be full. <c>Short</c>: of those, what no bin
/// has.
/// </summary>
public sealed record FaceNeed(
    string Bin, string Sku, long Units, int Min, int Max, long Wanted, ImmutableArray<FaceSource> Sources, long Short);
