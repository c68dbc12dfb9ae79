namespace Fulfillment.Inventory;

/// <summary>Outcome of <see cref="SkuCommand.Define"/>, in the order tested.</summary>
public enum DefineStatus
{
    /// <summary>The caller expected another revision. Nothing changed.</summary>
    Stale,

    /// <summary>The SKU is a variant of another product.</summary>
    OtherProduct,

    /// <summary>It came too late: what it was asked on the strength of is not known to hold any more.</summary>
    TooLate,

    /// <summary>The kit, the substitutes or the cap say what cannot be.</summary>
    NotValid,

    /// <summary>What was sold, or is sold no more, is no draft.</summary>
    PastDraft,

    /// <summary>There is stock of it, or orders hold units: a kit has none of its own.</summary>
    HasStock,

    /// <summary>There are units of which the lot or the serial that the card asks for is not known.</summary>
    HasUnnamedStock,

    /// <summary>The card says that already.</summary>
    Unchanged,

    /// <summary>The SKU is new.</summary>
    Created,

    /// <summary>The card was replaced.</summary>
    Changed,
}

/// <summary>
/// Outcome of a physical stock movement, in the order tested. Only <see cref="Done"/> changed anything.
/// </summary>
public enum MoveStatus
{
    /// <summary>It is said to have happened later than now.</summary>
    NotYet,

    /// <summary>It is said to have happened longer ago than <see cref="Sku.BackdatedAtMost"/>.</summary>
    TooLongAgo,

    /// <summary>Nobody defined the SKU.</summary>
    UnknownSku,

    /// <summary>The SKU is a kit: only its components have stock.</summary>
    IsKit,

    /// <summary>The same movement was made before.</summary>
    AlreadyDone,

    /// <summary>Another movement was made under this id.</summary>
    DifferentContent,

    /// <summary>Somebody else has corrected the place since it was counted: count it again.</summary>
    CorrectedSince,

    /// <summary>It was to be done earlier or not at all; ask again.</summary>
    TooLate,

    /// <summary>The quantity must be positive, an adjustment not zero.</summary>
    QuantityNotPositive,

    /// <summary>There never was such a supply, or it is long forgotten.</summary>
    UnknownSupply,

    /// <summary>The units are told apart by lot, or a day on which they expire is told, and no lot is named.</summary>
    LotMissing,

    /// <summary>The units are told apart by serial: one is to be named for each, each once.</summary>
    SerialsMissing,

    /// <summary>The day on which the lot expires is not known, and the card asks for it.</summary>
    ExpiryMissing,

    /// <summary>The lot is known, and expires on another day.</summary>
    LotDiffers,

    /// <summary>A unit with that serial is here already.</summary>
    SerialTwice,

    /// <summary>As many slots or serials are in use as may be.</summary>
    TooMany,

    /// <summary>The lot has expired or was called back: its units cannot become available.</summary>
    LotBlocked,

    /// <summary>Units cannot move to the state and place they are in.</summary>
    SameState,

    /// <summary>There are not so many units in that state at the node.</summary>
    BelowZero,

    /// <summary>Orders have units committed at the node that would be missing.</summary>
    Committed,

    /// <summary>Orders hold units, wherever they are, that would be missing.</summary>
    Reserved,

    /// <summary>
    /// There are not so many such units there; or they lie in slots, and none is named. Of units that are set aside
    /// where they lie, whichever they are, this is tested before <see cref="BelowZero"/>.
    /// </summary>
    NotThere,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>Outcome of a claim command, in the order tested. Only <see cref="Done"/> changed anything.</summary>
public enum ClaimStatus
{
    /// <summary>Nobody defined the SKU.</summary>
    UnknownSku,

    /// <summary>The SKU is a kit: its components, which the reply lists, are to be claimed instead.</summary>
    IsKit,

    /// <summary>The quantities must be positive.</summary>
    QuantityNotPositive,

    /// <summary>The step was applied before, or the order holds the units already.</summary>
    AlreadyDone,

    /// <summary>The step was applied before with another quantity.</summary>
    DifferentContent,

    /// <summary>The order gave its units back at a later step.</summary>
    OrderClosed,

    /// <summary>
    /// So old a question may be a late repeat of one that was given up; ask with a new step and time.
    /// </summary>
    TooOld,

    /// <summary>The SKU is not sold yet, or not any more.</summary>
    NotOrderable,

    /// <summary>The units are held by undecided orders and may come back: ask again soon.</summary>
    Contended,

    /// <summary>There are not so many units.</summary>
    Insufficient,

    /// <summary>The order holds nothing.</summary>
    NothingHeld,

    /// <summary>The order does not hold so many.</summary>
    MoreThanHeld,

    /// <summary>A node has not so many free units.</summary>
    NodeShort,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>
/// Outcome of a command or question about supply, in the order tested. Only <see cref="Done"/> changed anything.
/// </summary>
public enum SupplyStatus
{
    /// <summary>Nobody defined the SKU.</summary>
    UnknownSku,

    /// <summary>The SKU is a kit: only its components are supplied.</summary>
    IsKit,

    /// <summary>There never was such a supply, or it is long forgotten.</summary>
    UnknownSupply,

    /// <summary>All its units came, or it was dropped.</summary>
    Closed,

    /// <summary>The same supply was told before, or it is like that already.</summary>
    AlreadyDone,

    /// <summary>Another supply was told under this id.</summary>
    DifferentContent,

    /// <summary>The units must be positive.</summary>
    QuantityNotPositive,

    /// <summary>It was to be heard earlier or not at all; tell it again.</summary>
    TooLate,

    /// <summary>As many supplies are open as may be.</summary>
    TooMany,

    /// <summary>Not so many units are in transit from that node.</summary>
    NotInTransit,

    /// <summary>Done.</summary>
    Done,
}
