namespace Fulfillment.Client.Api;

// What requests and answers about compliance rules look like.

public sealed record AttributeIsBody(string? Name, string? Value);

/// <summary>Which goods: those that fit everything that is told, and of each list one.</summary>
public sealed record GoodsBody(
    IReadOnlyList<string?>? Skus, IReadOnlyList<AttributeIsBody?>? Attributes, IReadOnlyList<string?>? Handling,
    IReadOnlyList<string?>? HsCodes);

/// <summary>A rule; an empty list or none: anywhere. <c>Requires</c>: JSON pointers into the card.</summary>
public sealed record ComplianceRuleBody(
    string? Id, string? Kind, string? Text, GoodsBody? Goods, IReadOnlyList<string?>? Channels,
    IReadOnlyList<string?>? Countries, IReadOnlyList<string?>? FromCountries, IReadOnlyList<string?>? Requires);

/// <summary><c>Customs</c>: missing where the version says nothing of customs.</summary>
public sealed record ProposeComplianceRequest(
    string? Id, IReadOnlyList<ComplianceRuleBody?>? Rules, string? Reason, CustomsPolicyBody? Customs = null)
    : IChangeRequest;

public sealed record ActivateComplianceRequest(string? Id, string? From, string? Reason) : IChangeRequest;

public sealed record ComplianceRollbackRequest(string? Id, string? Reason) : IChangeRequest;

public sealed record ComplianceStepBody(string By, DateTimeOffset At, string Reason);

public sealed record ComplianceTurnBody(int Version, DateTimeOffset From, ComplianceStepBody Step);

/// <summary>
/// <c>Rules</c>: of <c>Version</c>, 0 for none at all. <c>Active</c> and <c>Next</c>: which hold when.
/// </summary>
public sealed record ComplianceBody(
    int Version, int Latest, ComplianceTurnBody? Active, ComplianceTurnBody? Next, ComplianceStepBody? Proposed,
    IReadOnlyList<ComplianceRuleBody> Rules, CustomsPolicyBody? Customs = null);

public sealed record ViolationBody(
    string Rule, string Kind, string Field, string Text, string? Channel, string? Country, string? FromCountry);

/// <summary><c>Version</c>: of the rules that it was held against.</summary>
public sealed record ComplianceCheckBody(
    string Sku, int Version, bool Complies, IReadOnlyList<ViolationBody> Violations);
