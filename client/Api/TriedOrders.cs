using System.Collections.Immutable;
using Fulfillment.Composition;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;

namespace Fulfillment.Client.Api;

/// <summary>
/// An order whose routing is tried again. <c>Had</c>: its units at nodes, which it gives back first, with those that
/// have left: as if they were still there. <c>Rooms</c>: what it has claimed at nodes.
/// </summary>
sealed record TriedOrder(
    string Id, DateTimeOffset PlacedAt, RoutingMessage.PlanRoute Ask, DateOnly? Wanted, OutcomeBody Actual,
    ImmutableArray<(string Sku, string Node, long Units)> Had, ImmutableArray<(string Node, DateOnly Day)> Rooms);

/// <summary>Reads orders as they stand and as they were routed, to be tried again on a fork of the state.</summary>
sealed class TriedOrders(Backend backend, Seat seat, DateTimeOffset now)
{
    const int AtOnce = 50;

    readonly List<TriedOrder> _orders = [];

    /// <summary>The most orders of one question.</summary>
    public const int MaxOrders = 1_000;

    /// <summary>Those that have units to plan, in the order in which they were placed.</summary>
    public IReadOnlyList<TriedOrder> Orders => _orders;

    /// <summary>Those that have none, and why.</summary>
    public List<SkippedOrderBody> Skipped { get; } = [];

    /// <summary>Reads the orders; those that are not there are told by their place.</summary>
    public async Task Read(IReadOnlyList<string> ids, Action<int> unknown, CancellationToken cancel)
    {
        for (var first = 0; first < ids.Count; first += AtOnce)
        {
            var some = ids.Skip(first).Take(AtOnce).Select(id => seat.Order(id).Get(cancel).AsTask()).ToList();
            var replies = await Task.WhenAll(some);
            for (var i = 0; i < replies.Length; i++)
            {
                if (replies[i] is not { } order) unknown(first + i);
                else if (Tried(ids[first + i], order) is { } tried) _orders.Add(tried);
                else Skipped.Add(new(ids[first + i], $"no node is to have any of it: {Views.Words.Of(order.Status)}"));
            }
        }

        _orders.Sort((a, b) => (a.PlacedAt, a.Id).CompareTo((b.PlacedAt, b.Id)));
    }

    /// <summary>Live stock of all that the orders need, and what they give back.</summary>
    public async Task<RoutingFork> Fork(Func<string, Warehousing.NodeNow?> node, CancellationToken cancel)
    {
        RoutingFork fork = new(node);
        var skus = _orders.SelectMany(o => o.Ask.Lines).Select(l => l.Sku).Distinct().ToList();
        for (var first = 0; first < skus.Count; first += AtOnce)
        {
            foreach (var (sku, stock) in await LiveStock.Of(seat, skus.Skip(first).Take(AtOnce), cancel))
            {
                fork.Know(sku, stock.Card?.Product);
                foreach (var level in stock.Nodes) fork.Stock(sku, level.Node, level.Sellable - level.Committed);
            }
        }

        foreach (var order in _orders)
        {
            foreach (var (sku, at, units) in order.Had) fork.Stock(sku, at, units);
            foreach (var (at, day) in order.Rooms) fork.Room(at, day, -1);
        }

        return fork;
    }

    TriedOrder? Tried(string id, OrderReply order)
    {
        var live = order.Fulfilments.Where(f => f.Lines.Any(l => l.Withdrawn < l.Quantity)).ToList();
        var had = live.SelectMany(f => f.Lines.Where(l => l.Withdrawn < l.Quantity).Select(
            l => (l.Sku, f.Node, Units: (long)(l.Quantity - l.Withdrawn)))).ToImmutableArray();
        var waiting = order.Lines.Where(l => l.Reserved > 0).Select(l => (l.Line.Sku, Units: l.Reserved));
        var needs = had.Select(h => (h.Sku, h.Units)).Concat(waiting).GroupBy(n => n.Sku)
            .Select(n => (Sku: n.Key, Units: n.Sum(u => u.Units))).OrderBy(n => n.Sku, StringComparer.Ordinal).ToList();
        if (needs.Count == 0) return null;

        List<(DateTimeOffset At, RouteDecision Decision)> decisions = [];
        HashSet<string> pinned = [];
        foreach (var fact in backend.FactsOf(EntityId.Of(OrderingCalls.Kind, seat.Seller, id)))
        {
            if (fact.Event is OrderEvent.OrderRouted { Plan.Decision: { } made }) decisions.Add((fact.At, made));
            if (fact.Event is OrderEvent.FulfilmentMoved { To: { } to }) pinned.Add(to);
        }

        // What somebody has given to a node by hand stays there, here too.
        var lines = needs.Select(n => new RouteLine(n.Sku, n.Units, [], null, Pins(had, n.Sku, pinned)));
        var (placed, wishes) = (order.Placed, order.Placed.Wishes);
        var wanted = wishes?.DeliverBy ?? order.Sourcing?.Promised;
        var refused = order.Sourcing?.Refused.Where(r => r.Day is null).ToImmutableArray() ?? [];
        RouteFacts facts = new(
            seat.Seller, placed.ShipTo?.Country, placed.ShipTo?.Postcode, decisions.Count > 0 ? decisions[0].At : now,
            wanted, wishes?.ShipComplete == true, refused.IsEmpty ? default : refused, wishes?.NotBefore,
            placed.ShipTo?.Latitude, placed.ShipTo?.Longitude, Channel: placed.Channel);
        return new(
            id, placed.PlacedAt, LaneRules.Of(() => backend.Views)(new(1, [.. lines], facts)), wanted,
            Actual(order, live, [.. decisions.Select(d => d.Decision)], wanted), had,
            [.. live.Where(f => f is { HasRoom: true, Day: not null }).Select(f => (f.Node, f.Day!.Value))]);
    }

    static ImmutableArray<NodeUnits> Pins(
        ImmutableArray<(string Sku, string Node, long Units)> had, string sku, HashSet<string> pinned)
    {
        var pins = had.Where(h => h.Sku == sku && pinned.Contains(h.Node)).GroupBy(h => h.Node)
            .OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => new NodeUnits(h.Key, h.Sum(u => u.Units)));
        return pins.ToImmutableArray() is { IsEmpty: false } some ? some : default;
    }

    /// <summary>
    /// What became of the order: the nodes that have it, what the latest plan for each of them said that it costs, and
    /// when the goods arrive, or did.
    /// </summary>
    static OutcomeBody Actual(
        OrderReply order, List<Fulfilment> live, List<RouteDecision> decisions, DateOnly? wanted)
    {
        var nodes = live.Select(f => f.Node).Distinct().Order(StringComparer.Ordinal).ToList();
        var (cost, currency, rules) = (0L, (string?)null, (int?)null);
        DateOnly? delivers = null;
        foreach (var node in nodes)
        {
            var made = decisions.LastOrDefault(d => d.Legs.Any(l => l.Node == node));
            var leg = made?.Legs.First(l => l.Node == node);
            (cost, currency, rules) = (cost + (leg?.Cost.Total ?? 0), made?.Currency ?? currency, made?.Rules ?? rules);
            var came = live.Where(f => f.Node == node).Max(f => f.DeliveredAt);
            var day = came is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : leg?.Promise.LatestDelivery;
            if (day > (delivers ?? DateOnly.MinValue)) delivers = day;
        }

        return new(
            nodes, currency is null ? null : new(cost, currency), Math.Max(0, live.Count - 1), delivers,
            Outcomes.Late(delivers, wanted), order.Lines.Sum(l => l.Reserved), rules);
    }
}
