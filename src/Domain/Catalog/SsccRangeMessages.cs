using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Catalog;

/// <summary>
/// The numbers that begin with an extension digit and a company's prefix; <c>Next</c>: the first one that was not
/// issued.
/// </summary>
public sealed record SsccPrefix(string Extension, string Prefix, long Next = 0)
{
    /// <summary>How many numbers there are.</summary>
    [JsonIgnore]
    public long Count
    {
        get
        {
            var count = 1L;
            for (var digits = Prefix.Length; digits < SsccRange.SerialAndPrefix; digits++) count *= 10;
            return count;
        }
    }
}

/// <summary>A number that was issued, and under which operation.</summary>
public readonly record struct IssuedSscc(string Id, string Sscc);

/// <summary>Outcome of a command about numbers, in the order tested.</summary>
public enum SsccStatus
{
    /// <summary>The prefix is not 7 to 10 digits, or the extension not one.</summary>
    NotValid,

    /// <summary>
    /// Another prefix was used that begins like it, or that it begins like: their numbers could be the same.
    /// </summary>
    Overlaps,

    /// <summary>As many prefixes were used as may be.</summary>
    TooMany,

    /// <summary>No prefix was set.</summary>
    NoPrefix,

    /// <summary>All numbers of the prefix were issued.</summary>
    Exhausted,

    /// <summary>It is so already, or the number was issued before.</summary>
    AlreadyDone,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>
/// <c>Now</c>: the prefix that is used; null for none. <c>Sscc</c>: the number that was issued.
/// </summary>
public sealed record SsccReply(SsccStatus Status, SsccPrefix? Now, string? Sscc = null);

/// <summary>What the numbers of a seller can be asked.</summary>
[JsonDerivedType(typeof(UsePrefix), "use-prefix")]
[JsonDerivedType(typeof(Issue), "issue")]
[JsonDerivedType(typeof(Get), "get")]
public abstract record SsccRangeCommand
{
    /// <summary>
    /// Numbers begin with this from now on. Repeatable; one that was used before goes on where it was.
    /// </summary>
    public sealed record UsePrefix(string Extension, string Prefix) : SsccRangeCommand, ICommand<SsccReply>;

    /// <summary>Issues a number. Repeatable: the same for the same id.</summary>
    public sealed record Issue(string Id) : SsccRangeCommand, ICommand<SsccReply>;

    /// <summary>Asks which prefix is used.</summary>
    public sealed record Get : SsccRangeCommand, ICommand<SsccReply>;
}

/// <summary>What happened to the numbers of a seller.</summary>
[JsonDerivedType(typeof(PrefixUsed), "prefix-used")]
[JsonDerivedType(typeof(SsccIssued), "sscc-issued")]
public abstract record SsccRangeEvent
{
    /// <summary>Numbers begin with this from now on.</summary>
    public sealed record PrefixUsed(string Extension, string Prefix) : SsccRangeEvent;

    /// <summary>A number was issued, and never will be again.</summary>
    public sealed record SsccIssued(string Id, string Sscc) : SsccRangeEvent;
}
