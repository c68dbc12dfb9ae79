using System.Collections.Immutable;

namespace Fulfillment.Routing;

/// <summary>
/// A way that a compliance rule closes to goods of this channel that go to this place: from nodes in these countries,
/// from all where none is named. A node of which no country is told may be in one of them.
/// <c>Text</c>: what the rule says.
/// </summary>
public sealed record Lane(string Rule, string Text, ImmutableArray<string> FromCountries = default)
{
    /// <summary>Whether goods may not come from a node in that country.</summary>
    public bool Closes(string? country) =>
        FromCountries.IsDefaultOrEmpty || country is null || FromCountries.Contains(country);
}
