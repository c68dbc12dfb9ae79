using System.Text.Json.Serialization;

namespace Fulfillment.Packing;

/// <summary>How far the packing of a fulfilment order is. Derived.</summary>
public enum PackJobStatus
{
    /// <summary>Its order is being told that a bench begins.</summary>
    [JsonStringEnumMemberName("starting")] Starting,

    /// <summary>Its order would not have it begun: it is held, cancelled or not due.</summary>
    [JsonStringEnumMemberName("dropped")] Dropped,

    /// <summary>It is at the bench no more, with nothing in a box that has not left: it ships as without one.</summary>
    [JsonStringEnumMemberName("given-up")] GivenUp,

    /// <summary>Somebody packs it.</summary>
    [JsonStringEnumMemberName("packing")] Packing,

    /// <summary>All that may leave is in closed boxes.</summary>
    [JsonStringEnumMemberName("packed")] Packed,

    /// <summary>All of it has left.</summary>
    [JsonStringEnumMemberName("shipped")] Shipped,

    /// <summary>Nothing of it is to leave any more, and nothing is in a box.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,
}

/// <summary>What may be done with a box.</summary>
public enum BoxState
{
    /// <summary>Its number is being registered.</summary>
    [JsonStringEnumMemberName("opening")] Opening,

    /// <summary>Its number is that of another carrier: nothing goes in.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>Units go in and out.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>It is ready to leave.</summary>
    [JsonStringEnumMemberName("closed")] Closed,

    /// <summary>The order is being told that it leaves.</summary>
    [JsonStringEnumMemberName("leaving")] Leaving,

    /// <summary>It has left.</summary>
    [JsonStringEnumMemberName("shipped")] Shipped,

    /// <summary>It is not used: nothing was in it.</summary>
    [JsonStringEnumMemberName("discarded")] Discarded,
}

/// <summary>What is wrong with a scan, in the order tested. It changed nothing.</summary>
public enum BenchFault
{
    /// <summary>It is no barcode that anybody could read.</summary>
    [JsonStringEnumMemberName("unreadable-barcode")] UnreadableBarcode,

    /// <summary>Its last digit is not the one that the others ask for.</summary>
    [JsonStringEnumMemberName("wrong-check-digit")] WrongCheckDigit,

    /// <summary>It is on no SKU.</summary>
    [JsonStringEnumMemberName("unknown-barcode")] UnknownBarcode,

    /// <summary>The job has no such box.</summary>
    [JsonStringEnumMemberName("unknown-box")] UnknownBox,

    /// <summary>The box is closed, or gone.</summary>
    [JsonStringEnumMemberName("box-not-open")] BoxNotOpen,

    /// <summary>The fulfilment order has no such goods.</summary>
    [JsonStringEnumMemberName("wrong-sku")] WrongSku,

    /// <summary>Not so many units like these are in the box.</summary>
    [JsonStringEnumMemberName("not-in-box")] NotInBox,

    /// <summary>The units are being stopped, or were cancelled.</summary>
    [JsonStringEnumMemberName("units-cancelled")] UnitsCancelled,

    /// <summary>Somebody doubts the units, and nobody has decided.</summary>
    [JsonStringEnumMemberName("units-in-doubt")] UnitsInDoubt,

    /// <summary>More units than are left to be packed.</summary>
    [JsonStringEnumMemberName("more-than-left")] MoreThanLeft,

    /// <summary>A unit is longer, wider or higher than the box, however it may be turned.</summary>
    [JsonStringEnumMemberName("too-large-for-box")] TooLargeForBox,

    /// <summary>The goods would be more than the room in the box.</summary>
    [JsonStringEnumMemberName("box-full")] BoxFull,

    /// <summary>The goods would be heavier than what the box carries.</summary>
    [JsonStringEnumMemberName("too-heavy-for-box")] TooHeavyForBox,

    /// <summary>The goods must stay cold, and the box does not keep them so.</summary>
    [JsonStringEnumMemberName("box-not-insulated")] BoxNotInsulated,
}

/// <summary>What becomes of units that somebody doubted.</summary>
public enum DoubtOutcome
{
    /// <summary>They are good, and are packed.</summary>
    [JsonStringEnumMemberName("good")] Good,

    /// <summary>Others are sent from elsewhere in their place.</summary>
    [JsonStringEnumMemberName("replace")] Replace,

    /// <summary>They are cancelled, and the rest is sent.</summary>
    [JsonStringEnumMemberName("drop")] Drop,
}

/// <summary>Why somebody has to see to doubted units.</summary>
public enum DoubtAttention
{
    /// <summary>Nobody has decided what becomes of them.</summary>
    [JsonStringEnumMemberName("undecided")] Undecided,

    /// <summary>Their SKU is being asked to set them aside.</summary>
    [JsonStringEnumMemberName("being-set-aside")] BeingSetAside,

    /// <summary>Their SKU has promised them to others, and is asked again: until then they are on sale.</summary>
    [JsonStringEnumMemberName("promised-to-others")] PromisedToOthers,

    /// <summary>They were not found, or were promised to others for a month: set them aside by hand.</summary>
    [JsonStringEnumMemberName("not-set-aside")] NotSetAside,
}

/// <summary>Outcome of a command to a packing job, in the order tested.</summary>
public enum PackReplyStatus
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>Nobody has begun to pack it.</summary>
    UnknownJob,

    /// <summary>It was done before, by the same id.</summary>
    AlreadyDone,

    /// <summary>The id was used for something else.</summary>
    DifferentContent,

    /// <summary>Its order has not answered yet that packing begins.</summary>
    Starting,

    /// <summary>It was given up: who begins again packs it.</summary>
    GivenUp,

    /// <summary>Its order would not have it begun.</summary>
    Dropped,

    /// <summary>Somebody else packs it.</summary>
    PackedByAnother,

    /// <summary>It is packed at another bench.</summary>
    OtherStation,

    /// <summary>It has as many scans or changes as it may.</summary>
    TooManyChanges,

    /// <summary>The order is held, or is about to be: packing waits until it is released.</summary>
    OnHold,

    /// <summary>Nothing of it is to leave any more.</summary>
    Cancelled,

    /// <summary>It has as many boxes as it may.</summary>
    TooManyBoxes,

    /// <summary>It has no such box.</summary>
    UnknownBox,

    /// <summary>The number of the box is being registered.</summary>
    Opening,

    /// <summary>The box is not open, or (to be opened again) not closed, or (to be discarded) not empty.</summary>
    WrongState,

    /// <summary>Scans are under way.</summary>
    Busy,

    /// <summary>Units are in boxes that have not left.</summary>
    NotEmpty,

    /// <summary>Nothing is in the box.</summary>
    EmptyBox,

    /// <summary>Units in the box were cancelled: they are to be taken out.</summary>
    UnitsCancelled,

    /// <summary>The scales do not say what the goods in the box weigh.</summary>
    WeightImplausible,

    /// <summary>The scan is wrong: see <see cref="BenchFault"/>.</summary>
    Wrong,

    /// <summary>Nobody doubted such units.</summary>
    UnknownDoubt,

    /// <summary>It was decided before.</summary>
    AlreadyDecided,

    /// <summary>No closed box is there to leave.</summary>
    NothingPacked,

    /// <summary>More units than are in closed boxes.</summary>
    MoreThanPacked,

    /// <summary>The units are not what whole boxes have in them.</summary>
    NotWholeBoxes,

    /// <summary>The permission to use the box was over: nothing was done, and the id is free.</summary>
    TooLate,
}
