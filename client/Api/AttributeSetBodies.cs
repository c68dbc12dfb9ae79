namespace Fulfillment.Client.Api;

// What requests and answers about attribute sets look like.

public sealed record AttributeSetRequest(string? Title, IReadOnlyList<AttributeRuleRequest?>? Attributes, bool? Closed);

/// <summary>
/// <c>Min</c> and <c>Max</c> count in the last decimal of <c>Scale</c>: with scale 2, 150 is 1.50.
/// </summary>
public sealed record AttributeRuleRequest(
    string? Name, string? Type, bool? Required, string? Title, long? MaxLength, long? Min, long? Max, long? Scale,
    string? Unit, IReadOnlyList<string?>? Units, IReadOnlyList<string?>? Values, string? Pattern);

public sealed record AttributeRuleBody(
    string Name, string Type, bool Required, string? Title, int? MaxLength, long? Min, long? Max, int? Scale,
    string? Unit, IReadOnlyList<string>? Units, IReadOnlyList<string>? Values, string? Pattern);

public sealed record AttributeSetBody(
    string Set, int Version, int Latest, string Title, bool Closed, IReadOnlyList<AttributeRuleBody> Attributes);

public sealed record AttributeSetListBody(string Set, int Version, string Title, int Attributes);

/// <summary>A set as a card names it; without a version: the latest.</summary>
public sealed record SetOfRequest(string? Set, long? Version);

public sealed record SetOfBody(string Set, int Version);

/// <summary>A SKU that does not meet the latest version; <c>Version</c>: which its card met when it was set.</summary>
public sealed record AttributeGapBody(string Sku, string Title, int Version, IReadOnlyList<FieldError> Errors);
