using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Inventory;

/// <summary>
/// What must be known of every unit of a SKU: its lot, its own serial, the day on which its lot expires.
/// <c>DaysLeft</c>: a lot is not sold any more when it has fewer days left; <c>AlertDays</c>: it is told so many days
/// before.
/// </summary>
public sealed record Tracking(
    bool Lots = false, bool Serials = false, bool Expiry = false, int DaysLeft = 0, int AlertDays = 0)
{
    /// <summary>Days that may be asked for.</summary>
    public const int MaxDays = 3_650;

    /// <summary>Whether units must be named before they leave.</summary>
    [JsonIgnore]
    public bool Names => Lots || Serials;

    /// <summary>Whether the rules can be: a day that expires is a lot's, and days are 0 to 3,650.</summary>
    [JsonIgnore]
    public bool IsValid => (Lots || !Expiry) && DaysLeft is >= 0 and <= MaxDays && AlertDays is >= 0 and <= MaxDays;
}

/// <summary>
/// Which units they are and where they lie at their node, as far as it is told; null: not told. <c>Lpn</c>: the tote,
/// carton or pallet. <c>Serials</c>: one for each unit, or none. <c>Expires</c>: the last day on which the lot may be
/// used.
/// </summary>
public sealed record Particulars(
    string? Bin = null, string? Lot = null, string? Lpn = null, ImmutableArray<string> Serials = default,
    DateOnly? Expires = null)
{
    /// <summary>Serials of one movement.</summary>
    public const int MaxSerials = 10_000;

    /// <summary>Whether nothing is told.</summary>
    [JsonIgnore]
    public bool IsNothing => Bin is null && Lot is null && Lpn is null && Serials.IsDefaultOrEmpty && Expires is null;

    /// <summary>Everything that is told, to be compared.</summary>
    internal string Text => string.Join('\n',
        [Bin ?? "", Lot ?? "", Lpn ?? "", $"{Expires:O}", .. Serials.IsDefault ? [] : Serials]);
}

/// <summary>
/// Units of a SKU that lie together and are alike. Null: not known. <c>Order</c>: they are picked for it;
/// <c>Packed</c>: they are in a box for it, <c>Lpn</c>. In an event <c>Units</c> are those that came to the slot or
/// left it. <c>Serials</c>: of each unit, ordinal; default for none.
/// </summary>
public sealed record Slot(
    string Node, StockState State, string? Bin, string? Lot, string? Lpn, long Units, string? Order = null,
    ImmutableArray<string> Serials = default, bool Packed = false);

/// <summary>Whether a lot may be sold.</summary>
public enum LotStatus
{
    /// <summary>It may.</summary>
    [JsonStringEnumMemberName("good")] Good,

    /// <summary>It has not enough days left.</summary>
    [JsonStringEnumMemberName("expired")] Expired,

    /// <summary>It was called back.</summary>
    [JsonStringEnumMemberName("recalled")] Recalled,
}

/// <summary>
/// A lot of a SKU. <c>Since</c>: the SKU's version when it first arrived. <c>Reason</c>: why it may not be sold.
/// <c>Alerted</c>: it was told that it comes near its end. <c>Dated</c>: the version at which its last day was told.
/// </summary>
public sealed record Lot(
    string Id, DateOnly? Expires, long Since, LotStatus Status = LotStatus.Good, string? Reason = null,
    bool Alerted = false, long Dated = 0);

/// <summary>Outcome of picking units by name, in the order tested. Only <see cref="Done"/> changed anything.</summary>
public enum PickStatus
{
    /// <summary>Nobody defined the SKU.</summary>
    UnknownSku,

    /// <summary>The SKU is a kit: its components are picked.</summary>
    IsKit,

    /// <summary>The same pick was made before.</summary>
    AlreadyDone,

    /// <summary>Another movement was made under this id.</summary>
    DifferentContent,

    /// <summary>The quantity must be positive.</summary>
    QuantityNotPositive,

    /// <summary>It was to be done earlier or not at all; ask again.</summary>
    TooLate,

    /// <summary>The order has nothing committed at the node.</summary>
    NothingHeld,

    /// <summary>The order has not so many units committed at the node that are not picked yet.</summary>
    MoreThanHeld,

    /// <summary>The SKU's units are told apart by lot, and none is named.</summary>
    LotMissing,

    /// <summary>The SKU's units are told apart by serial: one is to be named for each, each once.</summary>
    SerialsMissing,

    /// <summary>The lot never was here.</summary>
    UnknownLot,

    /// <summary>The lot has expired or was called back.</summary>
    LotBlocked,

    /// <summary>Others than those were picked for the order.</summary>
    OtherPicked,

    /// <summary>There are not so many such units there.</summary>
    NotThere,

    /// <summary>The order has nothing picked there.</summary>
    NothingPicked,

    /// <summary>As many slots are in use as may be.</summary>
    TooMany,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>
/// <c>Standing</c>: what the order holds now. <c>Taken</c>: where the units were; default when none was taken.
/// <c>Left</c>: units in the bin that was named which nobody has picked, once they are; null: none was named.
/// </summary>
public sealed record PickReply(
    PickStatus Status, Standing Standing, ImmutableArray<Slot> Taken = default, long? Left = null);

/// <summary>How many units of the SKU are on the carrier.</summary>
public sealed record CarryReply(long Units);

/// <summary>Outcome of a command about a lot, in the order tested. Only <see cref="Done"/> changed anything.</summary>
public enum LotReplyStatus
{
    /// <summary>Nobody defined the SKU.</summary>
    UnknownSku,

    /// <summary>The lot never was here.</summary>
    UnknownLot,

    /// <summary>It is like that already.</summary>
    AlreadyDone,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>
/// <c>Moved</c>: units that nobody had, and that are in quarantine now. <c>Left</c>: units that stay where they are
/// because orders have units committed there; they follow as soon as these are given back, and are not picked.
/// <c>Orders</c>: who has units committed at those nodes, ordinal, at most <see cref="Sku.MaxTold"/>. <c>Picked</c>:
/// units picked for orders and still here.
/// </summary>
public sealed record LotReply(
    LotReplyStatus Status, Lot? Lot, ImmutableArray<Slot> Moved, ImmutableArray<Slot> Left,
    ImmutableArray<string> Orders, ImmutableArray<Slot> Picked);

/// <summary>
/// Slots of a SKU, those to be picked first first: by the day their lots expire, then by arrival; units whose lot, bin
/// and carrier nobody knows are in none. <c>Lots</c>: ordinal.
/// </summary>
public sealed record SlotsReply(SkuCard? Card, ImmutableArray<Slot> Slots, ImmutableArray<Lot> Lots);
