using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// A random order, its nodes and rules: small amounts, so that ties and narrow constraints are common.
/// </summary>
sealed class RouteCase
{
    readonly Random _chance, _closed;
    readonly string[] _nodes;

    public RouteCase(int seed, int mostLines, int mostNodes, int mostUnits)
    {
        (_chance, _closed) = (new(seed), new(seed));
        Seed = seed;
        _nodes = [.. Enumerable.Range(0, 1 + Below(mostNodes)).Select(i => $"N{i}")];
        foreach (var node in _nodes)
            if (!One(20)) Atlas[node] = Node();
        Rules = NewRules();
        Lines = [.. Enumerable.Range(0, 1 + Below(mostLines)).Select(i => Line($"S{i}", mostUnits))];
        Facts = Routes.Facts with
        {
            DeliverBy = One(2) ? Routes.Day(27 + Below(8)) : null,
            At = Product.Start.AddHours(Below(8)).AddDays(One(4) ? 1 : 0),
            ShipComplete = One(16),
            Refused = One(10) ? [new(Name(), One(2) ? null : Routes.Day(27 + Below(4)), "")] : default,
            NotBefore = One(8) ? Product.Start.AddDays(Below(4)) : null,
            Working = One(3) ? [.. _nodes.Append("N9").Where(_ => One(2))] : default,
        };
    }

    public int Seed { get; }

    public Atlas Atlas { get; } = [];

    public RoutingRules Rules { get; }

    public RouteFacts Facts { get; }

    public ImmutableArray<RouteLine> Lines { get; }

    public RoutingMessage.PlanRoute Ask => new(1, Lines, Facts);

    /// <summary>The same question with lines and nodes told in another order.</summary>
    public RoutingMessage.PlanRoute Shuffled => new(
        1, [.. Lines.Reverse().Select(l => l with { Free = [.. l.Free.Reverse()] })], Facts);

    int Below(int count) => _chance.Next(count);

    bool One(int of) => _chance.Next(of) == 0;

    string Name() => _nodes[Below(_nodes.Length)];

    T Of<T>(params T[] values) => values[Below(values.Length)];

    NodeNow Node() => Routes.Node(
        Below(3),
        One(3) ? null : NodeFacts.Ordinary with
        {
            Cutoff = new(Of(8, 9, 14), 0),
            ProcessingDays = Below(3),
            LeadDays = One(6) ? 1 : 0,
            Handles = One(4) ? [] : ["cold-chain"],
            Days = One(4) ? (Weekdays)127 : Weekdays.WorkingDays,
            Boxes = One(6) ? [new("box", 300, 200, 100, 900)] : [],
            PerOrder = One(2) ? new Money(Below(4) * 10, One(20) ? "USD" : "EUR") : null,
            PerUnit = One(2) ? new Money(Below(30), "EUR") : null,
        },
        One(3) ? 2 : null, Of(NodeType.Warehouse, NodeType.Store, NodeType.ThirdParty), One(25), Of("AT", "DE"),
        null, (27, Below(4)), (30, Below(3)));

    RouteLine Line(string sku, int mostUnits)
    {
        var units = 1 + Below(mostUnits);
        NodeUnits[] free = [.. _nodes.Where(_ => !One(4)).Select(n => new NodeUnits(n, Below(2 * mostUnits)))];
        return new(
            sku, units, [.. free],
            One(4) ? null : new(
                Of(0, 150, 400, 600, 950, 1200), Of(0, 250, 90, 310), 90, 190, One(10) ? ["cold-chain"] : default,
                One(6) ? Product.Start.AddDays(1 + Below(2) * 3) : null, Below(3) * 333),
            One(12) ? [new(Name(), 1 + Below(units))] : default, Closed());
    }

    ImmutableArray<Lane> Closed() => _closed.Next(12) > 0 ? default
        : [new("law", "closed", _closed.Next(4) == 0 ? default : [_closed.Next(2) == 0 ? "AT" : "DE"])];

    RoutingRules NewRules() => Routes.Rules with
    {
        SplitMinor = Of(0, 10, 50, 300),
        LateMinor = Of(0, 0, 15, 200),
        BalanceMinor = Of(0, 0, 40),
        PriorityMinor = Of(0, 5),
        MaxNodes = One(4) ? 1 + Below(2) : null,
        MaxLateDays = One(6) ? Below(4) : null,
        ShipComplete = One(16),
        Overflow = One(4) ? [NodeType.Store] : [],
        Preferred = One(4) ? [new(Name(), Of(-60, 30))] : [],
        Tariffs = One(8) ? [] : [.. Enumerable.Range(0, 1 + Below(4)).Select(NewTariff)],
        Borders = One(2) ? [new("DE", "AT", Below(2), Of(0, 100, 35), One(2))] : [],
        Embargoes = One(8) ? [new("e", new("AT"), [Name()], Routes.Day(27), Routes.Day(27 + Below(6)), "")] : [],
        Blackouts = One(8) ? [new("b", Name(), Routes.Day(27), Routes.Day(27 + Of(1, 5, 90)), "")] : [],
        Calendars = [new("daily", (Weekdays)127, [Routes.Day(29)])],
    };

    Tariff NewTariff(int i) => new(
        $"T{i}", One(6) ? Name() : null, One(8) ? "AT" : null, One(6) ? new("AT", [Of("10", "20")]) : null, null,
        Of<int?>(null, null, 1000, 500, 2000), Below(8) * 20, Of(0, 0, 30, 70), 1, 1 + Below(3),
        One(3) ? new(10, 0) : null, One(2) ? "daily" : null);
}
