using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Fulfillment.Shipping;

namespace Fulfillment.Catalog;

/// <summary>What a compliance rule asks for.</summary>
public enum ComplianceKind
{
    /// <summary>The goods are not sold there: an order for them is refused.</summary>
    [JsonStringEnumMemberName("prohibited")] Prohibited,

    /// <summary>The card must say something before the goods are offered there.</summary>
    [JsonStringEnumMemberName("labelling")] Labelling,

    /// <summary>The goods do not go from these countries to those.</summary>
    [JsonStringEnumMemberName("restricted-lane")] RestrictedLane,
}

/// <summary>An attribute that goods have; <c>Value</c>: null for any.</summary>
public sealed record AttributeIs(string Name, string? Value = null);

/// <summary>
/// Which goods a rule is about: those that fit everything that is told, and of each list one. Nothing told: all goods.
/// <c>HsCodes</c>: beginnings of HS codes.
/// </summary>
public sealed record GoodsOf(
    ImmutableArray<string> Skus = default, ImmutableArray<AttributeIs> Attributes = default,
    ImmutableArray<string> Handling = default, ImmutableArray<string> HsCodes = default);

/// <summary>
/// A rule about goods, where they are offered (<c>Channels</c>), where they go (<c>Countries</c>) and where they come
/// from (<c>FromCountries</c>); an empty list: anywhere. <c>Requires</c>: fields of the card, as JSON pointers, of a
/// labelling rule.
/// </summary>
public sealed record ComplianceRule(
    string Id, ComplianceKind Kind, string Text, GoodsOf Goods, ImmutableArray<string> Channels = default,
    ImmutableArray<string> Countries = default, ImmutableArray<string> FromCountries = default,
    ImmutableArray<string> Requires = default);

/// <summary>A field of a card that breaks a rule; <c>Field</c>: empty where the card as a whole does.</summary>
public sealed record ComplianceViolation(string Rule, ComplianceKind Kind, string Field, string Text);

/// <summary>Who did something, when, and why.</summary>
public sealed record ComplianceStep(string By, DateTimeOffset At, string Reason);

/// <summary>A version of the rules; it never changes. <c>Customs</c>: null where it says nothing of them.</summary>
public sealed record ComplianceVersion(
    int Number, ImmutableArray<ComplianceRule> Rules, ComplianceStep Proposed, CustomsPolicy? Customs = null);

/// <summary>A version holds from then on; 0: no rules at all.</summary>
public sealed record ComplianceTurn(int Version, DateTimeOffset From, ComplianceStep Step);

/// <summary>Outcome of a change of compliance rules, in the order tested.</summary>
public enum ComplianceStatus
{
    /// <summary>The id was used for another change. Nothing changed.</summary>
    DifferentContent,

    /// <summary>It was done before. Nothing changed.</summary>
    AlreadyDone,

    /// <summary>An id is there twice, or there are too many rules or ways. Nothing changed.</summary>
    NotValid,

    /// <summary>There are as many versions as can be. Nothing changed.</summary>
    TooManyVersions,

    /// <summary>There is no such version. Nothing changed.</summary>
    UnknownVersion,

    /// <summary>The time is over. Nothing changed.</summary>
    TooLate,

    /// <summary>No other version held before. Nothing changed.</summary>
    NothingBefore,

    /// <summary>It is so.</summary>
    Done,
}

/// <summary>
/// <c>Version</c>: the one changed, or asked for. <c>Active</c>: which holds now; <c>Next</c>: which follows, null for
/// none. <c>Rules</c> and <c>Customs</c>: of the version asked for, else of the one that holds.
/// </summary>
public sealed record ComplianceReply(
    ComplianceStatus Status, int Version, int Latest, ComplianceTurn? Active, ComplianceTurn? Next,
    ImmutableArray<ComplianceRule> Rules, ComplianceStep? Proposed = null, CustomsPolicy? Customs = null);

/// <summary>What a seller's compliance rules can be asked. All changes are repeatable by id.</summary>
[JsonDerivedType(typeof(Propose), "propose")]
[JsonDerivedType(typeof(Activate), "activate")]
[JsonDerivedType(typeof(RollBack), "roll-back")]
[JsonDerivedType(typeof(Get), "get")]
public abstract record ComplianceCommand
{
    /// <summary>Rules as a new version, which holds once it is activated.</summary>
    public sealed record Propose(
        string Id, ImmutableArray<ComplianceRule> Rules, string Reason, string By, CustomsPolicy? Customs = null)
        : ComplianceCommand, ICommand<ComplianceReply>;

    /// <summary>The version holds from then on, null: from now; 0: no rules hold.</summary>
    public sealed record Activate(string Id, int Version, DateTimeOffset? From, string Reason, string By)
        : ComplianceCommand, ICommand<ComplianceReply>;

    /// <summary>What held before holds again, from now on.</summary>
    public sealed record RollBack(string Id, string Reason, string By) : ComplianceCommand, ICommand<ComplianceReply>;

    /// <summary>What holds; or a version.</summary>
    public sealed record Get(int? Version = null) : ComplianceCommand, ICommand<ComplianceReply>;
}

/// <summary>What happened to compliance rules.</summary>
[JsonDerivedType(typeof(ComplianceProposed), "compliance-proposed")]
[JsonDerivedType(typeof(ComplianceActivated), "compliance-activated")]
public abstract record ComplianceEvent
{
    /// <summary>There is a new version.</summary>
    public sealed record ComplianceProposed(
        string Id, long Content, int Version, ImmutableArray<ComplianceRule> Rules, ComplianceStep Step,
        CustomsPolicy? Customs = null)
        : ComplianceEvent;

    /// <summary>A version holds from then on; <c>TakesBack</c>: the turn before is over for good.</summary>
    public sealed record ComplianceActivated(
        string Id, long Content, int Version, DateTimeOffset From, ComplianceStep Step, bool TakesBack = false)
        : ComplianceEvent;
}
