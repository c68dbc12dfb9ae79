using System.Collections.Immutable;
using Fulfillment.Warehousing;

namespace Fulfillment.Routing;

/// <summary>A rule that a fulfilment order would break. <c>Id</c>: of the embargo or blackout.</summary>
public sealed record Ban(Constraint Constraint, string Id, string Reason);

/// <summary>Which embargoes and blackouts work that is given to a node already would break.</summary>
public static class Bans
{
    /// <summary>
    /// Embargoes first, each in the order of the rules. <paramref name="day"/>: on which the node works on it.
    /// <paramref name="leaves"/>: when the goods leave at the latest; that day of the node is the embargo's.
    /// </summary>
    public static ImmutableArray<Ban> Of(
        RoutingRules rules, string node, NodeCard? card, string? country, string? postcode, DateOnly day,
        DateTimeOffset leaves)
    {
        var bans = ImmutableArray.CreateBuilder<Ban>();
        // What is handed over by the end of a day ends as the next begins.
        var left = new LocalClock((card?.Facts ?? NodeFacts.Ordinary).TimeZone).Day(leaves.AddTicks(-1));
        foreach (var e in rules.Embargoes)
            if (e.From <= left && (e.Until is not { } until || left <= until)
                && (e.Nodes.IsDefaultOrEmpty || e.Nodes.Contains(node)) && IsIn(e.To, country, postcode))
                bans.Add(new(Constraint.Embargo, e.Id, e.Reason));
        foreach (var b in rules.Blackouts)
            if (b.Node == node && b.From <= day && day <= b.Until) bans.Add(new(Constraint.Blackout, b.Id, b.Reason));
        return bans.ToImmutable();
    }

    internal static bool IsIn(Region region, string? country, string? postcode)
    {
        if (region.Country is { } only && only != country) return false;
        if (region.Postcodes.IsDefaultOrEmpty) return true;
        var compact = AddressRules.Compact(postcode ?? "");
        return region.Postcodes.Any(start => compact.StartsWith(start, StringComparison.Ordinal));
    }
}
