using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>Routing rules that use everything there is.</summary>
static class Rules
{
    /// <summary>The first day of the tests.</summary>
    public static DateOnly Day { get; } = DateOnly.FromDateTime(Product.Start.UtcDateTime);

    public static RoutingRules All { get; } = new(
        "EUR", 250, 100, 40, 5, 2, 3, 7, true, [NodeType.Supplier, NodeType.ThirdParty],
        [new("LEJ1", -50), new("MUC2", 75)],
        [
            new("standard", "LEJ1", "DE", new("AT", ["10", "8020"]), 1_200, 30_000, 490, 35, 2, 4, new(18, 30), "post"),
            new("express", null, null, null, null, null, 1_290, 0, 1, 1),
        ],
        [new("post", Weekdays.WorkingDays | Weekdays.Saturday, [new(2026, 12, 25), new(2026, 12, 26)])],
        [new("DE", "CH", 2, 77, true)],
        [new("snow", new("AT", ["6"]), ["LEJ1"], new(2026, 12, 1), new(2026, 12, 3), "avalanches")],
        [new("stocktaking", "MUC2", new(2026, 12, 30), new(2026, 12, 31), "stock is counted")]);
}
