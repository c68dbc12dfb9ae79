using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Catalog;

/// <summary>What the value of an attribute is.</summary>
public enum AttributeType
{
    /// <summary>Any text.</summary>
    [JsonStringEnumMemberName("text")] Text,

    /// <summary>A number with so many decimals at most.</summary>
    [JsonStringEnumMemberName("number")] Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    [JsonStringEnumMemberName("boolean")] Boolean,

    /// <summary>A day: YYYY-MM-DD.</summary>
    [JsonStringEnumMemberName("date")] Date,

    /// <summary>One of the values.</summary>
    [JsonStringEnumMemberName("enum")] Enum,

    /// <summary>A number, a space, and one of the units: <c>12.5 cm</c>.</summary>
    [JsonStringEnumMemberName("measure")] Measure,
}

/// <summary>
/// An attribute that cards of a set have. <c>Scale</c>: decimals of a number or measure at most; <c>Min</c> and
/// <c>Max</c>, both included, count in its last decimal: with scale 2, 150 is 1.50. <c>Unit</c>: of a number, for who
/// reads it. <c>Units</c>: of a measure; bounds hold for the number, whatever its unit. <c>Pattern</c>: a regular
/// expression that a text matches as a whole; without lookarounds and backreferences, so that no text can make it slow.
/// </summary>
public sealed record AttributeRule(
    string Name, AttributeType Type, bool Required = false, string? Title = null, int? MaxLength = null,
    long? Min = null, long? Max = null, int Scale = 0, string? Unit = null, ImmutableArray<string> Units = default,
    ImmutableArray<string> Values = default, string? Pattern = null);

/// <summary>What cards of a set say. <c>Closed</c>: they have no attribute beside these.</summary>
public sealed record AttributeSetTerms(string Title, ImmutableArray<AttributeRule> Attributes, bool Closed = false);

/// <summary>What is wrong with the value of an attribute, in the order tested.</summary>
public enum AttributeFault
{
    /// <summary>The set asks for it, and it is not there.</summary>
    Required,

    /// <summary>The set is closed, and does not have it.</summary>
    NotInSet,

    /// <summary>It is no number, day, measure or truth value.</summary>
    WrongType,

    /// <summary>It has more decimals than it may.</summary>
    TooPrecise,

    /// <summary>It is less or more than it may be.</summary>
    OutOfRange,

    /// <summary>It has more characters than it may.</summary>
    TooLong,

    /// <summary>It does not match the pattern.</summary>
    NoMatch,

    /// <summary>It is none of the values.</summary>
    UnknownValue,

    /// <summary>It is in none of the units.</summary>
    UnknownUnit,
}

/// <summary>An attribute that does not meet its rule; <c>Rule</c>: in words.</summary>
public sealed record AttributeFlaw(string Attribute, AttributeFault Fault, string Rule);

/// <summary>What is wrong with a rule itself, in the order tested.</summary>
public enum AttributeRuleFault
{
    /// <summary>Another attribute has the name.</summary>
    DuplicateName,

    /// <summary>A field says something that is not for this type.</summary>
    NotForType,

    /// <summary>An enum has no values, or a measure no units.</summary>
    NothingToChoose,

    /// <summary>A value or unit is empty or there twice.</summary>
    BadChoice,

    /// <summary>The least is more than the most, or there are more decimals than a number has.</summary>
    BadBounds,

    /// <summary>It is no regular expression, or one that could be slow.</summary>
    BadPattern,
}

/// <summary>Outcome of what a set was asked, in the order tested.</summary>
public enum AttributeSetStatus
{
    /// <summary>Nobody wrote the set, or not this version of it.</summary>
    UnknownSet,

    /// <summary>The caller expected another version. Nothing changed.</summary>
    Stale,

    /// <summary>Its rules cannot be. Nothing changed.</summary>
    NotValid,

    /// <summary>The latest version says the same. Nothing changed.</summary>
    AlreadyDone,

    /// <summary>There are as many versions as can be. Nothing changed.</summary>
    TooManyVersions,

    /// <summary>It is so; a change is a new version.</summary>
    Done,
}

/// <summary><c>Version</c>: of the terms, from 1. <c>Latest</c>: of the set.</summary>
public sealed record AttributeSetReply(AttributeSetStatus Status, int Version, AttributeSetTerms? Terms, int Latest);

/// <summary>What an attribute set can be asked.</summary>
[JsonDerivedType(typeof(Write), "write")]
[JsonDerivedType(typeof(Get), "get")]
public abstract record AttributeSetCommand
{
    /// <summary>The set is so from now on; what names an earlier version is judged by that. Repeatable.</summary>
    public sealed record Write(AttributeSetTerms Terms, int? IfVersion = null)
        : AttributeSetCommand, ICommand<AttributeSetReply>;

    /// <summary>A version of the set; null: the latest.</summary>
    public sealed record Get(int? Version = null) : AttributeSetCommand, ICommand<AttributeSetReply>;
}

/// <summary>What happened to an attribute set.</summary>
[JsonDerivedType(typeof(AttributeSetWritten), "attribute-set-written")]
public abstract record AttributeSetEvent
{
    /// <summary>It has a new version.</summary>
    public sealed record AttributeSetWritten(int Version, AttributeSetTerms Terms) : AttributeSetEvent;
}
