using System.Collections.Immutable;
using Fulfillment.Routing;

namespace Fulfillment.Shipping;

/// <summary>On which ways goods may come to a customs border.</summary>
public static class CustomsLanes
{
    /// <summary>The most ways that are told.</summary>
    public const int Most = 1_000;

    /// <summary>
    /// The ways over a customs border that the rules' tariffs cover, by name; where no tariff is told goods may go from
    /// anywhere to anywhere. <paramref name="nodeCountries"/>: asked for only where a tariff does not say where it
    /// begins; when there are none, it may be anywhere.
    /// </summary>
    public static ImmutableArray<CustomsLane> Of(RoutingRules rules, Func<IReadOnlySet<string>> nodeCountries)
    {
        if (rules.Tariffs.IsEmpty) return [new(null, null)];
        IReadOnlySet<string>? nodes = null;
        HashSet<CustomsLane> lanes = [];
        foreach (var tariff in rules.Tariffs)
        {
            if (tariff.To?.Country is not { } to)
            {
                lanes.Add(new(tariff.FromCountry, null));
                continue;
            }

            nodes ??= tariff.FromCountry is null ? nodeCountries() : null;
            IEnumerable<string?> starts = tariff.FromCountry is { } told ? [told]
                : nodes!.Count > 0 ? nodes : [null];
            foreach (var from in starts)
                if (from is null || Crosses(from, to, tariff.To)) lanes.Add(new(from, to));
        }

        return
        [
            .. lanes.OrderBy(l => l.From, StringComparer.Ordinal).ThenBy(l => l.To, StringComparer.Ordinal).Take(Most),
        ];
    }

    static bool Crosses(string from, string to, Region region)
    {
        var begins = CustomsArea.Of(from);
        if (region.Postcodes.IsDefaultOrEmpty) return CustomsArea.IsLeft(begins, CustomsArea.Of(to));
        return region.Postcodes.Any(p => CustomsArea.IsLeft(begins, CustomsArea.Of(to, p)));
    }
}
