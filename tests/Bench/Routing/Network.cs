using System.Collections.Immutable;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Bench.Routing;

/// <summary>Made-up nodes in real cities, carriers and rules, in pounds and pence.</summary>
static class Network
{
    static readonly Money Order = new(90, "GBP"), CheapOrder = new(60, "GBP");

    /// <summary>Three British nodes and three on the continent.</summary>
    public static IReadOnlyDictionary<string, NodeCard> Nodes { get; } = new Dictionary<string, NodeCard>
    {
        ["ams"] = Node(NodeType.ThirdParty, 4, "NL", 52.37, 4.90, CheapOrder, 35, "Europe/Amsterdam", 150),
        ["ber"] = Node(NodeType.Warehouse, 3, "DE", 52.52, 13.40, CheapOrder, 25, "Europe/Berlin", 150),
        ["gla"] = Node(NodeType.Store, 5, "GB", 55.86, -4.25, Order, 30, "Europe/London", 90),
        ["lon"] = Node(NodeType.Store, 2, "GB", 51.51, -0.13, Order, 45, "Europe/London", 100),
        ["man"] = Node(NodeType.Warehouse, 1, "GB", 53.48, -2.24, CheapOrder, 20, "Europe/London", 200),
        ["mil"] = Node(NodeType.ThirdParty, 6, "IT", 45.46, 9.19, Order, 20, "Europe/Rome", 90),
    };

    /// <summary>Least cost of money and lateness: no priorities.</summary>
    public static RoutingRules Rules { get; } = new(
        "GBP", 40, 30, 25, 0, 0, null, null, false, [], [], Tariffs(), [], Borders(), [], []);

    static NodeCard Node(
        NodeType type, int priority, string country, double latitude, double longitude, Money order, int unit,
        string zone, int capacity) =>
        new("", type, priority, country, null, latitude, longitude, capacity, NodeFacts.Ordinary with
        {
            TimeZone = zone,
            Days = type == NodeType.Store ? Weekdays.WorkingDays | Weekdays.Saturday : Weekdays.WorkingDays,
            Cutoff = new(type == NodeType.Store ? 12 : 15, 0),
            ProcessingDays = type == NodeType.ThirdParty ? 1 : 0,
            PerOrder = order,
            PerUnit = new Money(unit, "GBP"),
        });

    static ImmutableArray<Tariff> Tariffs() =>
    [
        Zone("local", 300, 290, 25, 1, 2), Zone("regional", 1_200, 520, 60, 2, 4),
        Zone("far", 4_000, 890, 110, 3, 6), Zone("world", null, 1_900, 480, 5, 12),
        Zone("local-express", 300, 550, 35, 1, 1), Zone("regional-express", 1_200, 990, 90, 1, 2),
        Zone("far-express", 4_000, 1_790, 210, 1, 3),
    ];

    static Tariff Zone(string service, int? km, long parcel, long kilogram, int least, int most) =>
        new(service, null, null, null, km, 30_000, parcel, kilogram, least, most, new(17, 0));

    /// <summary>Customs between Britain and the continent; both ways the seller pays.</summary>
    static ImmutableArray<Border> Borders() =>
    [
        .. Countries.All.Values.Select(c => c.Code).Where(c => c != "GB").Distinct()
            .Select(c => new Border("GB", c, 1, 40, true)),
        .. Nodes.Values.Select(n => n.Country!).Where(c => c != "GB").Distinct()
            .Select(c => new Border(c, "GB", 1, 40, true)),
    ];
}
