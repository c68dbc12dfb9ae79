using System.Text.Json.Serialization;

namespace Fulfillment.Counting;

/// <summary>Why somebody counts.</summary>
public enum CountReason
{
    /// <summary>Somebody asked.</summary>
    [JsonStringEnumMemberName("request")] Request,

    /// <summary>It was time, by what the SKU sells.</summary>
    [JsonStringEnumMemberName("abc")] Abc,

    /// <summary>Something was odd there: a correction, a shortage, or nobody ever counted.</summary>
    [JsonStringEnumMemberName("exception")] Exception,

    /// <summary>A sensor said something else than the books.</summary>
    [JsonStringEnumMemberName("sensor")] Sensor,
}

/// <summary>How far a count is.</summary>
public enum CountState
{
    /// <summary>Places are to be counted.</summary>
    Open,

    /// <summary>All is counted, and variances wait for approval or could not be posted.</summary>
    Waiting,

    /// <summary>The books say what was counted, or somebody rejected that.</summary>
    Closed,

    /// <summary>It was given up.</summary>
    Cancelled,
}

/// <summary>How far a line is.</summary>
public enum LineState
{
    /// <summary>Counted; its place is not finished.</summary>
    [JsonStringEnumMemberName("counted")] Counted,

    /// <summary>The books say the same.</summary>
    [JsonStringEnumMemberName("matched")] Matched,

    /// <summary>Somebody else than the counter must approve.</summary>
    [JsonStringEnumMemberName("waiting")] Waiting,

    /// <summary>The SKU was asked to correct the books, and has not answered.</summary>
    [JsonStringEnumMemberName("posting")] Posting,

    /// <summary>The books are corrected.</summary>
    [JsonStringEnumMemberName("posted")] Posted,

    /// <summary>The SKU refused: the answer to each part says why. It can be tried again, or counted again.</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>Somebody decided that the books are right.</summary>
    [JsonStringEnumMemberName("rejected")] Rejected,

    /// <summary>To be counted again.</summary>
    [JsonStringEnumMemberName("recount")] Recount,
}

/// <summary>
/// Outcome of a command to a count, in the order tested. Only <see cref="Done"/> changed anything.
/// </summary>
public enum CountStatus
{
    /// <summary>Nobody has ordered it.</summary>
    UnknownCount,

    /// <summary>The same was done before.</summary>
    AlreadyDone,

    /// <summary>Something else was done under this id.</summary>
    DifferentContent,

    /// <summary>As many changes were made as are remembered.</summary>
    TooManyChanges,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>He is not among those who may count.</summary>
    NotACounter,

    /// <summary>The place is not among those to be counted.</summary>
    NotThePlace,

    /// <summary>The SKU is not among those to be counted.</summary>
    NotTheSku,

    /// <summary>The place was finished; ask for a recount.</summary>
    PlaceFinished,

    /// <summary>A correction of these units is under way: ask the SKU again when it is over.</summary>
    Posting,

    /// <summary>What the SKU said may not hold any more: ask it again.</summary>
    Stale,

    /// <summary>The units of the SKU there were counted by state, or all together; the same holds for these.</summary>
    ToldOtherwise,

    /// <summary>A line that is to be counted again was neither scanned nor judged as none.</summary>
    NotCounted,

    /// <summary>As many lines are counted as there may be.</summary>
    TooManyLines,

    /// <summary>There is no such line.</summary>
    UnknownLine,

    /// <summary>The line does not wait, or no line does.</summary>
    NotWaiting,

    /// <summary>Who counted may not approve.</summary>
    SamePerson,

    /// <summary>Done.</summary>
    Done,
}
