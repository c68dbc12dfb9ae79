using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Fulfillment.Routing;

/// <summary>Where a version of the rules stands.</summary>
public enum VersionStatus
{
    /// <summary>Somebody wants it.</summary>
    [JsonStringEnumMemberName("proposed")] Proposed,

    /// <summary>It may be activated.</summary>
    [JsonStringEnumMemberName("approved")] Approved,

    /// <summary>It becomes active at a known time.</summary>
    [JsonStringEnumMemberName("scheduled")] Scheduled,

    /// <summary>Orders go by it.</summary>
    [JsonStringEnumMemberName("active")] Active,

    /// <summary>Orders went by it, and may again.</summary>
    [JsonStringEnumMemberName("retired")] Retired,

    /// <summary>Nobody wants it.</summary>
    [JsonStringEnumMemberName("rejected")] Rejected,
}

/// <summary>Outcome of a change of the routing rules, in the order tested.</summary>
public enum RulesStatus
{
    /// <summary>The same was done under this id before. Nothing changed.</summary>
    AlreadyDone,

    /// <summary>Something else was done under this id before. Nothing changed.</summary>
    DifferentContent,

    /// <summary>The rules cannot be: the rule check has faults to tell.</summary>
    Invalid,

    /// <summary>As many versions are kept as can be, and none of them may be forgotten.</summary>
    TooManyVersions,

    /// <summary>There is no such version, or it is so old that it was forgotten.</summary>
    UnknownVersion,

    /// <summary>It is approved or rejected already.</summary>
    NotProposed,

    /// <summary>Only what was approved can be activated.</summary>
    NotApproved,

    /// <summary>Orders go by that version already.</summary>
    AlreadyActive,

    /// <summary>A version that is active or rejected is no shadow.</summary>
    NoShadow,

    /// <summary>No version was active before.</summary>
    NothingBefore,

    /// <summary>The time is over.</summary>
    TooLate,

    /// <summary>The time is farther away than anybody plans.</summary>
    TooFarAhead,

    /// <summary>Done.</summary>
    Done,
}

/// <summary>
/// What is wrong with rules. <c>Field</c>: JSON pointer into the rules, in camel case; empty for all of them.
/// <c>Rule</c>: stable, kebab-case. <c>Detail</c>: in words that follow the field's name.
/// </summary>
public sealed record RulesFault(string Field, string Rule, string Detail);

/// <summary>Who did something with a version, when and why.</summary>
public sealed record RulesStep(string By, DateTimeOffset At, string Reason);

/// <summary>A version of the rules without its content. <c>Decided</c>: approved or rejected; null before.</summary>
public sealed record VersionReply(int Version, VersionStatus Status, RulesStep Proposed, RulesStep? Decided);

/// <summary>A version is or was active from then on. Version 0: the rules that are built in.</summary>
public sealed record RulesPeriod(int Version, DateTimeOffset From, RulesStep Step);

/// <summary>
/// A seller's routing rules now. <c>Active</c>: 0 for the built-in ones. <c>Before</c>: what a roll back goes to, null
/// when nothing was active before. <c>Next</c>: what becomes active later. <c>Shadow</c>: the version that is tried
/// beside the active one. <c>Periods</c>: the latest, in order of time. <c>Versions</c>: newest first.
/// </summary>
public sealed record RuleBookReply(
    int Active, int? Before, RulesPeriod? Next, int? Shadow, ImmutableArray<RulesPeriod> Periods,
    ImmutableArray<VersionReply> Versions);

/// <summary>A version with its content; null for one that there is not.</summary>
public sealed record RulesReply(VersionReply? Version, RoutingRules? Rules);

/// <summary>
/// What became of a change. <c>Version</c>: the one changed; 0 when none was. <c>Book</c>: after the change.
/// </summary>
public sealed record ChangeRulesReply(RulesStatus Status, int Version, RuleBookReply Book);

/// <summary>A version of the rules with its content.</summary>
public sealed record RulesInForce(int Version, RoutingRules Rules);

/// <summary>What orders go by at an instant. <c>Shadow</c>: what is tried beside it; null for nothing.</summary>
public sealed record RulesNow(int Version, RoutingRules Rules, RulesInForce? Shadow = null)
{
    /// <summary>Where a seller has activated nothing.</summary>
    public static RulesNow BuiltIn { get; } = new(0, RoutingRules.Unstated);
}

/// <summary>What a seller's routing rules can be asked. All changes are repeatable by id.</summary>
[JsonDerivedType(typeof(Propose), "propose")]
[JsonDerivedType(typeof(Approve), "approve")]
[JsonDerivedType(typeof(Reject), "reject")]
[JsonDerivedType(typeof(Activate), "activate")]
[JsonDerivedType(typeof(Begin), "begin")]
[JsonDerivedType(typeof(RollBack), "roll-back")]
[JsonDerivedType(typeof(TryBeside), "try-beside")]
[JsonDerivedType(typeof(Get), "get")]
[JsonDerivedType(typeof(GetVersion), "get-version")]
public abstract record RuleBookCommand
{
    /// <summary>Proposes rules as a new version.</summary>
    public sealed record Propose(string Id, RoutingRules Rules, string Reason, string By)
        : RuleBookCommand, ICommand<ChangeRulesReply>;

    /// <summary>Allows a version to be activated. The proposer may do so too; both are on record.</summary>
    public sealed record Approve(string Id, int Version, string Reason, string By)
        : RuleBookCommand, ICommand<ChangeRulesReply>;

    /// <summary>Decides against a version.</summary>
    public sealed record Reject(string Id, int Version, string Reason, string By)
        : RuleBookCommand, ICommand<ChangeRulesReply>;

    /// <summary>
    /// Orders go by the version from then on: at once when <c>From</c> is null or now. Replaces whatever was to become
    /// active later.
    /// </summary>
    public sealed record Activate(string Id, int Version, DateTimeOffset? From, string Reason, string By)
        : RuleBookCommand, ICommand<ChangeRulesReply>;

    /// <summary>Timer: a version becomes active.</summary>
    public sealed record Begin(int Version, DateTimeOffset From) : RuleBookCommand, ICommand<Done>;

    /// <summary>
    /// Orders go by the version that was active before, at once; nothing becomes active later. Repeated under another
    /// id it goes one further back.
    /// </summary>
    public sealed record RollBack(string Id, string Reason, string By) : RuleBookCommand, ICommand<ChangeRulesReply>;

    /// <summary>Tries a version beside the active one; null: none.</summary>
    public sealed record TryBeside(string Id, int? Version, string Reason, string By)
        : RuleBookCommand, ICommand<ChangeRulesReply>;

    /// <summary>Asks what holds.</summary>
    public sealed record Get : RuleBookCommand, ICommand<RuleBookReply>;

    /// <summary>Asks for a version.</summary>
    public sealed record GetVersion(int Version) : RuleBookCommand, ICommand<RulesReply>;
}

/// <summary>What happened to a seller's routing rules.</summary>
[JsonDerivedType(typeof(RulesProposed), "rules-proposed")]
[JsonDerivedType(typeof(RulesApproved), "rules-approved")]
[JsonDerivedType(typeof(RulesRejected), "rules-rejected")]
[JsonDerivedType(typeof(RulesScheduled), "rules-scheduled")]
[JsonDerivedType(typeof(RulesActivated), "rules-activated")]
[JsonDerivedType(typeof(RulesRolledBack), "rules-rolled-back")]
[JsonDerivedType(typeof(ShadowChosen), "shadow-chosen")]
public abstract record RuleBookEvent
{
    /// <summary>A new version. <c>Forgets</c>: an old one that makes room for it, null when there is room.</summary>
    public sealed record RulesProposed(string Id, int Version, RoutingRules Rules, RulesStep Step, int? Forgets)
        : RuleBookEvent;

    /// <summary>It may be activated.</summary>
    public sealed record RulesApproved(string Id, int Version, RulesStep Step) : RuleBookEvent;

    /// <summary>It will not be activated.</summary>
    public sealed record RulesRejected(string Id, int Version, RulesStep Step) : RuleBookEvent;

    /// <summary>It becomes active later.</summary>
    public sealed record RulesScheduled(string Id, int Version, DateTimeOffset From, RulesStep Step) : RuleBookEvent;

    /// <summary>
    /// Orders go by it. <c>Id</c>: null when its time had come. <c>Asked</c>: for when, null for at once.
    /// </summary>
    public sealed record RulesActivated(
        string? Id, int Version, DateTimeOffset From, RulesStep Step, DateTimeOffset? Asked = null) : RuleBookEvent;

    /// <summary>Orders go by an earlier version again.</summary>
    public sealed record RulesRolledBack(string Id, int Version, DateTimeOffset From, RulesStep Step) : RuleBookEvent;

    /// <summary>A version is tried beside the active one; null: none.</summary>
    public sealed record ShadowChosen(string Id, int? Version, RulesStep Step) : RuleBookEvent;
}
