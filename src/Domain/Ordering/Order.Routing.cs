using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Routing;
using Fulfillment.Warehousing;

namespace Fulfillment.Ordering;

// Which node ships what: the question to the router, the plan, the room it needs at the nodes, and what becomes of
// units that no node may serve.
public sealed partial record Order
{
    /// <summary>Who places and ends the hold of an order that no node can serve.</summary>
    public const string RoutingRule = "routing";

    /// <summary>How often nodes may be asked while others are faster, before any node will do.</summary>
    const int MaxRefusals = 2;

    const string NoNode = "no eligible node";

    const int MaxWhy = 1_000;

    /// <summary>Plans in a row that may leave units, about ten days: after that somebody has to look.</summary>
    const int MaxTries = 48;

    static readonly TimeSpan RouteAgainAfter = TimeSpan.FromMinutes(1), RouteAgainAtMost = TimeSpan.FromHours(6);

    /// <summary>Asks for nodes when units are held that have none, and no plan is being made or carried out.</summary>
    Order Route()
    {
        if (Progress.Phase != OrderPhase.Accepted || Routing || IsStopped || IsAllocating
            || Sourcing?.Booked is not null || Recall() is not null)
            return this;
        var asks = false;
        foreach (var demand in Demands)
        {
            if (!demand.ToReturn.IsEmpty || demand.Looks) return this;
            asks |= ToPlace(demand) > 0;
        }

        return !asks ? this : this with
        {
            Routing = true,
            Round = Round + 1,
            Begun = Begun with { Route = true },
            Sourcing = Sourcing is null ? null : Sourcing with { Stuck = [] },
        };
    }

    /// <summary>Units that are held, needed, and not known to find no node.</summary>
    long ToPlace(Demand d)
    {
        var held = Math.Clamp(d.Standing.Held, 0, Needed(d));
        if (held == 0 || Sourcing is not { Stuck.IsEmpty: false } sourcing) return held;
        foreach (var stuck in sourcing.Stuck)
            if (stuck.Sku == d.Sku) held -= stuck.Units;
        return Math.Max(0, held);
    }

    RoutingMessage.PlanRoute AskRouter(Turn turn)
    {
        var lines = ImmutableArray.CreateBuilder<RouteLine>(Demands.Length);
        foreach (var d in Demands)
        {
            if (ToPlace(d) is not (> 0 and var units)) continue;
            var pinned = Inventory.Units.Trim(d.Pinned, units);
            lines.Add(new(d.Sku, units, d.Free, d.Product, pinned.IsEmpty ? default : pinned));
        }

        var to = Placed!.ShipTo;
        var wishes = Placed.Wishes;
        return new(Round, lines.DrainToImmutable(), new(
            turn.Self.Seller, to?.Country, to?.Postcode, turn.Now, wishes?.DeliverBy ?? Kept(Sourcing),
            wishes?.ShipComplete == true, Sourcing is { Refused.IsEmpty: false } s ? s.Refused : default,
            wishes?.NotBefore, to?.Latitude, to?.Longitude, Working(), Placed.Channel));
    }

    /// <summary>The nodes that have work of the order which has not left, by id; default when none has.</summary>
    ImmutableArray<string> Working()
    {
        SortedSet<string>? nodes = null;
        foreach (var f in Fulfilments)
            if (f.Lines.Any(l => l.Open > 0)) (nodes ??= new(StringComparer.Ordinal)).Add(f.Node);
        return nodes is null ? default : [.. nodes];
    }

    static Decision<OrderEvent> FollowPlan(Order order, OrderCommand.FollowPlan c, Turn turn)
    {
        if (!order.Routing || c.Plan.Round != order.Round) return new(Done.It);
        OrderEvent.OrderRouted routed = new(c.Plan);
        return c.Plan.Decision is not { Unserved.IsEmpty: false } && order.Progress.Holds == 0
            ? new(Done.It, routed) : new(Done.It, order.Conclude(routed, turn));
    }

    /// <summary>Takes the plan over, once there is room for it at the nodes.</summary>
    Order Follow(RoutePlan plan)
    {
        if (plan.Decision is not { } decision)
        {
            var old = Sourcing is null ? null : Sourcing with { Legs = [], Elsewhere = false };
            return (this with { Routing = false, Sourcing = old }).CarryOut(plan);
        }

        var was = Sourcing ?? Sourcing.None;
        var stuck = !decision.Unserved.IsEmpty;
        var order = this with
        {
            Routing = false,
            Sourcing = was with
            {
                Legs = decision.Legs,
                Stuck = was.Again ? [] : decision.Unserved,
                Again = false,
                Elsewhere = false,
                Why = stuck ? WhyNot(decision) : null,
                Tries = stuck ? was.Tries + 1 : 0,
                Promised = Kept(was) ?? (decision.Legs.IsEmpty ? null
                    : decision.Legs.Max(l => l.Promise.LatestDelivery)),
            },
        };
        return order.HasRoom(order.Sourcing) ? order.CarryOut(plan)
            : order with { Sourcing = order.Sourcing with { Booked = plan } };
    }

    /// <summary>All the room that the plan needs is granted.</summary>
    bool HasRoom(Sourcing sourcing) => sourcing.Legs.All(l => !l.Claims || sourcing.Rooms.Any(
        r => r.Node == l.Node && r.State == RoomState.Granted && r.Days.SequenceEqual(Wanted(l.Node, sourcing))));

    static string WhyNot(RouteDecision decision)
    {
        var failed = decision.Candidates.Where(c => !c.Failed.IsEmpty).Select(
            c => $"{c.Node}: {string.Join(", ", c.Failed.Select(f => f.ToWords()))}");
        var why = string.Join("; ", failed);
        return why.Length <= MaxWhy ? why : why[..MaxWhy];
    }

    /// <summary>
    /// Units whose nodes were taken by others twice already go wherever else they may. So, of a plan without reasons,
    /// do units it leaves: the SKU holds them for us, so it has them somewhere.
    /// </summary>
    Order CarryOut(RoutePlan plan)
    {
        var picks = plan.Picks.Length > 1 ? plan.Picks.ToDictionary(p => p.Sku) : null;
        var demands = ImmutableArray.CreateBuilder<Demand>(Demands.Length);
        foreach (var d in Demands)
        {
            var most = ToPlace(d);
            if (most == 0)
            {
                demands.Add(d);
                continue;
            }

            var pick = picks is not null ? picks.GetValueOrDefault(d.Sku)
                : plan.Picks is [var only] && only.Sku == d.Sku ? only : null;
            var isFree = plan.Decision is null || (pick is { Others.IsDefaultOrEmpty: false } && d.Pinned.IsEmpty);
            var nodes = pick is not null && (d.Refused < MaxRefusals || !isFree)
                ? Inventory.Units.Trim(pick.Nodes, most) : [];
            demands.Add(d with
            {
                Plan = nodes,
                Anywhere = isFree ? most - Inventory.Units.Sum(nodes) : 0,
                Among = plan.Decision is null || !isFree ? default
                    : [.. pick!.Others, .. pick.Nodes.Select(n => n.Node)],
            });
        }

        return this with { Demands = demands.MoveToImmutable() };
    }

    /// <summary>A fulfilment order as the plan has it; one that the plan knows nothing of has no day.</summary>
    NewFulfilment Planned(int number, string node, ImmutableArray<OpenedUnits> lines)
    {
        if (Sourcing is not null)
        {
            foreach (var leg in Sourcing.Legs)
            {
                if (leg.Node == node)
                {
                    return new(
                        number, node, lines, leg.Day, leg.Claims, leg.NotBefore, leg.Asks, leg.Promise.LatestShip);
                }
            }
        }

        return new(number, node, lines);
    }

    /// <summary>Tells the nodes how much room is wanted, where that is not what they were told last.</summary>
    Order ClaimRoom()
    {
        if (Sourcing is null || (Sourcing.Rooms.IsEmpty && !Sourcing.Legs.Any(l => l.Claims))) return this;
        var sourcing = IsCarryingOut ? Sourcing : Sourcing with { Legs = [] };
        if (Routing) return this with { Sourcing = sourcing };
        var rooms = sourcing.Rooms;
        var asks = Begun.Rooms;
        var nodes = rooms.Select(r => r.Node).Concat(sourcing.Legs.Where(l => l.Claims).Select(l => l.Node)).Distinct();
        foreach (var node in nodes.ToList())
        {
            var wanted = Wanted(node, sourcing);
            var index = Sourcing.IndexOf(rooms, node);
            var last = index < 0 ? null : rooms[index];
            if (last?.State == RoomState.Asked || (last is null && wanted.IsEmpty)
                || (last?.State == RoomState.Granted && last.Days.SequenceEqual(wanted))) continue;
            RoomAsk ask = new(node, (last?.Step ?? 0) + 1, wanted, RoomState.Asked);
            rooms = last is null ? rooms.Add(ask) : rooms.SetItem(index, ask);
            asks = (asks.IsDefault ? [] : asks).Add(node);
        }

        return this with { Sourcing = sourcing with { Rooms = rooms }, Begun = Begun with { Rooms = asks } };
    }

    bool IsCarryingOut => Routing || Sourcing?.Booked is not null || IsAllocating
        || Demands.Any(d => !PositiveOf(d.Leftover).IsEmpty);

    /// <summary>
    /// Room for the fulfilment orders of the node that have it, and for the one that the plan will open.
    /// </summary>
    ImmutableArray<DayRoom> Wanted(string node, Sourcing sourcing)
    {
        SortedDictionary<DateOnly, int> days = [];
        foreach (var f in Fulfilments)
        {
            if (f.Node == node && f is { HasRoom: true, Day: { } day } && f.Lines.Any(l => l.Withdrawn < l.Quantity))
                days[day] = days.GetValueOrDefault(day) + 1;
        }

        foreach (var leg in sourcing.Legs)
            if (leg.Node == node && leg.Claims) days[leg.Day] = days.GetValueOrDefault(leg.Day) + 1;
        return [.. days.Select(d => new DayRoom(d.Key, d.Value))];
    }

    static Decision<OrderEvent> TakeRoom(Order order, OrderCommand.TakeRoom c, Turn turn) =>
        order.Sourcing?.Rooms.FirstOrDefault(
            r => r.Node == c.Node && r.Step == c.Step && r.State == RoomState.Asked) is { } asked
            ? new(Done.It, order.Conclude(new OrderEvent.RoomAnswered(
                c.Node, c.Step, c.Status, (int)asked.Days.Sum(d => (long)d.Count)), turn)) : new(Done.It);

    Order Hear(OrderEvent.RoomAnswered e)
    {
        var sourcing = Sourcing!;
        var index = Sourcing.IndexOf(sourcing.Rooms, e.Node);
        var ask = sourcing.Rooms[index];
        var isGranted = e.Status == RoomStatus.Granted;
        sourcing = sourcing with
        {
            Rooms = sourcing.Rooms.SetItem(
                index, ask with { State = isGranted ? RoomState.Granted : RoomState.Refused }),
        };
        if (sourcing.Booked is not { } plan) return this with { Sourcing = sourcing };
        // It may be a plan before this one that wanted something else.
        if (!isGranted && sourcing.Legs.FirstOrDefault(l => l.Claims && l.Node == e.Node) is { } leg
            && ask.Days.SequenceEqual(Wanted(e.Node, sourcing)))
        {
            return (this with
            {
                Sourcing = sourcing.Refuse(new(e.Node, leg.Day, Words(e.Status))) with { Booked = null, Legs = [] },
            }).SettleAll();
        }

        return HasRoom(sourcing)
            ? (this with { Sourcing = sourcing with { Booked = null } }).CarryOut(plan).SettleAll()
            : this with { Sourcing = sourcing };
    }

    static string Words(RoomStatus status) => status switch
    {
        RoomStatus.Offline => "offline",
        RoomStatus.Full => "full",
        RoomStatus.Superseded or RoomStatus.Granted => "asked again",
    };

    Send AskRoom(string node, Turn turn)
    {
        var ask = Sourcing!.Rooms.First(r => r.Node == node);
        return new(new("node", node), new NodeCommand.ClaimRoom(turn.Self.Key, ask.Step, ask.Days));
    }

    static Decision<OrderEvent> RouteAgain(Order order, OrderCommand.RouteAgain c, Turn turn) =>
        (c.Round is null && order.Routing && order.Sourcing?.Again != true)
        || (c is { Round: null, Free: true } && order.IsLooking)
        || (order.Sourcing is { Stuck.IsEmpty: false } && (c.Round is null || c.Round == order.Round))
            ? new(Done.It, order.Conclude(new OrderEvent.RoutingRetried(c.Free, c.Reason, true), turn)) : new(Done.It);

    /// <summary>A SKU is asked what nodes have free now.</summary>
    bool IsLooking => Demands.Any(d => d.Looks);

    /// <summary>
    /// Units that no node could serve may be served again. With <paramref name="looks"/> what SKUs said of the nodes
    /// counts no more: units may have come elsewhere since, and who holds enough is not told of them.
    /// </summary>
    Order Unstick(bool free, bool looks)
    {
        var was = Sourcing ?? Sourcing.None;
        var order = this with
        {
            Sourcing = was with
            {
                Stuck = [],
                Refused = free ? [] : was.Refused,
                Again = Routing,
                Tries = free ? 0 : was.Tries,
            },
            // What is at its nodes stays there.
            Demands = free ? [.. Demands.Select(d => d with { Pinned = [] })] : Demands,
        };
        return !looks ? order : order with
        {
            Demands = [.. order.Demands.Select(d => order.ToPlace(d) > 0 ? d with { Looks = true } : d)],
        };
    }

    /// <summary>Who releases the hold of an order that no node can serve lets the rules choose freely again.</summary>
    Order TryFreely(OrderEvent.HoldReleased e) =>
        LetsTryFreely(e.Number, e.By) ? Unstick(free: true, e.Looks) : this;

    bool LetsTryFreely(int hold, string by) => Clearance.Holds[hold - 1].By == RoutingRule && by != RoutingRule;

    /// <summary>Claims for room, and timers of plans and of fulfilment orders that wait for their day.</summary>
    Send[] RoutingSends(OrderEvent happened, Turn turn)
    {
        var begun = happened switch
        {
            OrderEvent.FulfilmentOpened e => e.Fulfilments.Length,
            OrderEvent.FulfilmentSplit => 1,
            _ => 0,
        };
        var waiting = begun > 0 ? Fulfilments[^begun..]
            : happened is OrderEvent.FulfilmentsMerged merged ? [Fulfilments[merged.Into - 1]] : [];
        var due = waiting.Any(f => f.NotBefore is not null);
        if (Begun.Rooms.IsDefaultOrEmpty && !due && happened is not OrderEvent.OrderRouted) return [];
        List<Send> sends = [];
        if (!Begun.Rooms.IsDefault)
            foreach (var node in Begun.Rooms) sends.Add(AskRoom(node, turn));
        if (TryLater(happened, turn) is { } later) sends.Add(later);
        foreach (var f in waiting)
            if (f.NotBefore is { } at) sends.Add(new(turn.Self, new OrderCommand.NoteDue(f.Number), at));
        return [.. sends];
    }

    /// <summary>After a plan that left units: a minute, doubling to six hours.</summary>
    Send? TryLater(OrderEvent happened, Turn turn)
    {
        if (happened is not OrderEvent.OrderRouted { Plan: { Decision.Unserved.IsEmpty: false } plan }
            || Sourcing!.Tries >= MaxTries) return null;
        var after = RouteAgainAfter * Math.Pow(2, Math.Min(Sourcing.Tries - 1, 20));
        return new(turn.Self, new OrderCommand.RouteAgain(plan.Round),
            turn.Now + (after < RouteAgainAtMost ? after : RouteAgainAtMost));
    }

    /// <summary>The hold of an order that has units no node may serve and nothing else to go on with.</summary>
    OrderEvent? RoutingHold(Turn turn)
    {
        var open = Progress.Holds == 0 ? null
            : Clearance.Holds.FirstOrDefault(h => h is { IsOpen: true, By: RoutingRule });
        if (Routing || (open is null && Sourcing is not { Stuck.IsEmpty: false }) || IsLooking) return null;
        var isStuck = Progress.Phase == OrderPhase.Accepted && Sourcing is { Stuck.IsEmpty: false }
            && Demands.Any(d => Math.Clamp(d.Standing.Held, 0, Needed(d)) > 0)
            && !IsCarryingOut && Demands.All(d => d.ToReturn.IsEmpty)
            && Fulfilments.All(f => f.Lines.All(l => l.Open == 0));
        if (isStuck && open is null && Clearance.Holds.Length < MaxHolds)
        {
            var reason = string.IsNullOrEmpty(Sourcing!.Why) ? NoNode : $"{NoNode}: {Sourcing.Why}";
            return Held(null, HoldType.Stock, reason, RoutingRule, null, turn);
        }

        // While something else stops it, nobody is asked: what was stuck may still be.
        return isStuck || open is null || IsStopped ? null
            : Released(null, open.Number, RoutingRule, "a node serves it, or nothing is left to serve", turn);
    }

    bool IsHeldForRouting => Clearance.Holds.Any(h => h is { IsOpen: true, By: RoutingRule });
}
