using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using Fulfillment.Warehousing;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Plans;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>An order with units that no node may serve is held when nothing else goes on, and tried again.</summary>
public sealed class NoNodeTests
{
    const string Why = "no eligible node: N9: handling-class (no fragile)";

    static readonly RouteLeg Leg1 = Leg("N1") with { Claims = false };
    static readonly OrderEvent[] One = [Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 2), [])];

    static readonly OrderEvent[] Two =
    [
        Placed(Line("1", "A", 2), Line("2", "B", 1)), new StockAnswered(Granted("A", 1, 2)),
        new OrderAccepted(Granted("B", 1, 1), []),
    ];

    static readonly OrderEvent[] Stuck = [.. One, new OrderRouted(None(1)), Held(1)];

    /// <summary>A goes to N1; B goes nowhere.</summary>
    static readonly OrderEvent[] Half =
    [
        .. Two, new OrderRouted(Decided(1, [Leg1], Pick("A", N1(2))).Leaving(new Unserved("B", 1))),
        new FulfilmentOpened(Committed("A", 2, N1(2)), [Plans.Opened(1, Leg1, Units("1", "A", 2))]),
    ];

    /// <summary>A plan that serves nothing.</summary>
    static RoutePlan None(int round, long units = 2) => Decided(round, []).Leaving(new Unserved("A", units));

    static RoutePlan Serves(int round) => Decided(round, [Leg1], Pick("A", N1(2)));

    static OrderHeld Held(int number, DateTimeOffset? at = null) => new(null, new(
        number, HoldType.Stock, Why, Order.RoutingRule, at ?? Start, null), []);

    static HoldReleased Freed(int number, DateTimeOffset? at = null) => new(
        null, number, at ?? Start, Order.RoutingRule, "a node serves it, or nothing is left to serve", []);

    static Send Again(int round, double minutes) => Timer(new RouteAgain(round), Start.AddMinutes(minutes));

    static Send Asks(int round, DateTimeOffset? at = null) => new(new("router", ""), new RoutingMessage.PlanRoute(
        round, [new("A", 2, [N1(2)])], new("default", null, null, at ?? Start, Channel: "web")));

    /// <summary>The SKU is asked what nodes have free now.</summary>
    static Send Looks(int step) => ToSku("A", new SkuCommand.GetClaim("o-1", step));

    /// <summary>What it says to that: as before, and so many are free.</summary>
    static StockAnswer Seen(int step, params ImmutableArray<NodeUnits> free) =>
        Answer("A", step, ClaimStatus.Done, Holds(1, 1, 2), 0, free.IsEmpty ? [N1(2)] : free);

    [Fact]
    public void An_order_that_no_node_can_serve_is_held_with_the_constraint_that_failed_at_each_node()
    {
        var scene = Given(One).When(Follow(None(1)))
            .Then(Done.It, new OrderRouted(None(1)), Held(1)).ThenSends(Again(1, 1));

        Assert.Equal(OrderStatus.Held, scene.See().Status);
        Assert.Equal((2L, 0), (scene.See().Lines[0].Reserved, scene.See().Lines[0].Allocated));
    }

    [Fact]
    public void It_is_tried_again_and_the_hold_ends_by_itself_when_a_node_serves_it() => Given(Stuck)
        .At(Start.AddMinutes(1)).When(new RouteAgain(1)).Then(Done.It, new RoutingRetried(Looks: true))
        .ThenSends(Looks(2))
        .When(Take(Seen(2))).ThenHappens(new StockAnswered(Seen(2))).ThenSends(Asks(2, Start.AddMinutes(1)))
        .When(Follow(Serves(2)))
        .ThenHappens(new OrderRouted(Serves(2)), Freed(1, Start.AddMinutes(1)))
        .ThenSends(ToSku("A", new SkuCommand.Allocate("o-1", 3, [N1(2)])))
        .When(Take(Committed("A", 3, N1(2))))
        .ThenHappens(new FulfilmentOpened(
            Committed("A", 3, N1(2)), [Plans.Opened(1, Leg1, Units("1", "A", 2))]));

    [Fact]
    public void While_it_is_asked_again_the_hold_stays_and_no_second_one_comes() => Given(Stuck)
        .When(new RouteAgain(1)).ThenHappens(new RoutingRetried(Looks: true))
        .When(Take(Seen(2))).ThenHappens(new StockAnswered(Seen(2)))
        .When(Follow(None(2))).ThenHappens(new OrderRouted(None(2))).ThenSends(Again(2, 2));

    [Fact]
    public void The_router_is_told_of_units_that_came_to_another_node_meanwhile() => Given(Stuck)
        .When(new RouteAgain(1)).ThenSends(Looks(2))
        .When(Take(Seen(2, N2(5)))).ThenSends(ToRouter(2, new RouteLine("A", 2, [N2(5)])));

    [Fact]
    public void All_SKUs_whose_units_have_no_node_are_asked_before_the_router_is() => Given([
        .. Two, new OrderRouted(Decided(1, []).Leaving(new Unserved("A", 2), new Unserved("B", 1))), Held(1),
    ])
        .When(new RouteAgain(1)).ThenSends(Looks(2), ToSku("B", new SkuCommand.GetClaim("o-1", 2)))
        .When(Take(Seen(2))).ThenSends()
        .When(Take(Answer("B", 2, ClaimStatus.Done, Holds(1, 1, 1), 0, N2(1))))
        .ThenSends(ToRouter(2, new RouteLine("A", 2, [N1(2)]), new RouteLine("B", 1, [N2(1)])));

    [Fact]
    public void What_the_SKU_is_asked_for_besides_tells_it_as_well() => Given(Stuck)
        .When(new Cancel("c-1", [Of("1", 1)], "one less"))
        .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 2, 1, [])))
        .When(new RouteAgain(1)).ThenHappens(new RoutingRetried(Looks: true)).ThenSends()
        .When(Take(Answer("A", 2, ClaimStatus.Done, Holds(2, 2, 1), 0, N2(7))))
        .ThenSends(ToRouter(2, new RouteLine("A", 1, [N2(7)])));

    [Fact]
    public void Who_lets_the_rules_choose_freely_while_the_SKU_is_asked_is_heard() => Given([
        .. One, new OrderRouted(None(1) with { Round = 1 }), Held(1), new RoutingRetried(Looks: true),
    ])
        .When(new RouteAgain(null)).Then(Done.It)
        .When(new RouteAgain(null, Free: true, "N9 can")).ThenHappens(new RoutingRetried(true, "N9 can", true))
        .ThenSends().When(Take(Seen(2))).ThenSends(Asks(2)).When(Follow(None(2))).ThenSends(Again(2, 1));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(9, 256)]
    [InlineData(10, 360)]
    [InlineData(47, 360)]
    public void It_is_tried_after_a_minute_then_twice_as_long_and_at_most_six_hours(int plans, double minutes) =>
        After(plans - 1).When(Follow(None(plans))).ThenSends(Again(plans, minutes));

    [Fact]
    public void After_forty_eight_plans_somebody_has_to_look() => After(47)
        .When(Follow(None(48))).ThenHappens(new OrderRouted(None(48))).ThenSends()
        .When(new RouteAgain(null)).ThenHappens(new RoutingRetried(Looks: true)).ThenSends(Looks(2))
        .When(Take(Seen(2))).ThenSends(Asks(49));

    [Fact]
    public void A_plan_that_serves_it_begins_the_count_anew() => Given([
        .. Stuck, new RoutingRetried(), new OrderRouted(None(2)), new RoutingRetried(), new OrderRouted(Serves(3)),
        Freed(1), new StockAnswered(NodeShort("A", 2, 2)),
    ]).When(Follow(None(4))).ThenSends(Again(4, 1));

    [Fact]
    public void Only_the_timer_of_the_last_plan_counts_and_only_while_units_are_left() => Given(Stuck)
        .When(new RouteAgain(0)).Then(Done.It)
        .When(new RouteAgain(1)).ThenHappens(new RoutingRetried(Looks: true))
        .When(new RouteAgain(1)).Then(Done.It).When(Take(Seen(2)))
        .When(Follow(None(2))).When(new RouteAgain(1)).Then(Done.It);

    /// <summary>What the router said may be older than what has changed.</summary>
    [Fact]
    public void A_node_that_is_back_while_the_router_is_asked_has_it_asked_once_more() => Given(Stuck)
        .When(new RouteAgain(1)).When(Take(Seen(2))).ThenSends(Asks(2))
        .When(new RouteAgain(null)).Then(Done.It, new RoutingRetried(Looks: true)).ThenSends(Looks(3))
        .When(new RouteAgain(null)).Then(Done.It)
        .When(Follow(None(2))).ThenHappens(new OrderRouted(None(2))).ThenSends(Again(2, 2))
        .When(Take(Seen(3))).ThenSends(Asks(3));

    [Fact]
    public void It_is_asked_once_more_at_once_where_the_SKU_has_answered_by_then() => Given([
        .. Stuck, new RoutingRetried(Looks: true), new StockAnswered(Seen(2)), new RoutingRetried(Looks: true),
    ]).When(Take(Seen(3))).ThenSends().When(Follow(None(2))).ThenSends(Asks(3), Again(2, 2));

    /// <summary>As journals from before have it: there the router was asked with what was known.</summary>
    [Fact]
    public void Of_one_that_was_tried_again_without_asking_the_SKU_only_the_plan_is_awaited() => Given([
        .. Stuck, new RoutingRetried(),
    ]).When(Follow(None(2))).ThenHappens(new OrderRouted(None(2))).ThenSends(Again(2, 2));

    [Fact]
    public void A_node_that_is_back_has_it_tried_at_once() => Given(Stuck)
        .When(new RouteAgain(null)).Then(Done.It, new RoutingRetried(Looks: true)).ThenSends(Looks(2))
        .When(Take(Seen(2))).ThenSends(Asks(2));

    [Fact]
    public void An_order_that_waits_for_nothing_is_not_tried_again() => Given(AtNode())
        .When(new RouteAgain(null)).Then(Done.It).When(new RouteAgain(1)).Then(Done.It);

    [Fact]
    public void An_order_of_which_something_is_served_is_not_held()
    {
        var scene = Given(Two).When(Follow(Decided(1, [Leg1], Pick("A", N1(2))).Leaving(new Unserved("B", 1))))
            .ThenSends(ToSku("A", new SkuCommand.Allocate("o-1", 2, [N1(2)])), Again(1, 1))
            .When(Take(Committed("A", 2, N1(2))))
            .ThenHappens(new FulfilmentOpened(
                Committed("A", 2, N1(2)), [Plans.Opened(1, Leg1, Units("1", "A", 2))]));

        Assert.Equal(OrderStatus.PartiallyAllocated, scene.See().Status);
    }

    [Fact]
    public void Once_what_was_served_has_left_the_rest_is_held()
    {
        var scene = Given(Half).When(new Ship("s-1", 1, [], null, null)).ThenTold(FulfilStatus.Done);

        Assert.Equal([nameof(GoodsShipped), nameof(OrderHeld)], scene.Events.Select(e => e.GetType().Name));
        Assert.Equal(OrderStatus.Held, scene.See().Status);
        scene.When(new Deliver("d-1", 1)).ThenTold(FulfilStatus.Done);
    }

    [Fact]
    public void The_rest_is_tried_again_with_units_that_come_meanwhile() => Given([
        Placed(Line("1", "A", 3)), new OrderAccepted(Granted("A", 1, 2, backordered: 1), []),
        new OrderRouted(None(1)), Held(1),
    ])
        .When(new NoteClaim("A", Holds(7, 1, 3), [N2(3)])).ThenSends(ToRouter(2, new RouteLine("A", 3, [N2(3)])));

    [Fact]
    public void Units_of_which_no_more_than_the_stuck_ones_are_left_are_not_asked_for() => Given(Stuck)
        .When(new Cancel("c-1", [Of("1", 1)], "one less"))
        .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 2, 1, [])))
        .When(Take(Answer("A", 2, ClaimStatus.Done, Holds(2, 2, 1)))).ThenSends();

    [Fact]
    public void Cancelled_whole_it_is_held_no_more()
    {
        var scene = Given(Stuck).When(new Cancel("c-1", [], "changed my mind"));

        Assert.Equal([nameof(OrderCancelled), nameof(HoldReleased)], scene.Events.Select(e => e.GetType().Name));
        Assert.Equal(OrderStatus.Cancelled, scene.See().Status);
    }

    [Fact]
    public void Under_a_hold_of_somebody_elses_it_stays_held_and_is_tried_once_that_is_released()
    {
        PlaceHold stop = new("h-1", HoldType.Address, "no such street", "ann", null);

        Given(Stuck).When(stop).ThenTold(HoldStatus.Done)
            .When(new RouteAgain(1)).ThenHappens(new RoutingRetried(Looks: true)).ThenSends(Looks(2))
            .When(Take(Seen(2))).ThenSends()
            .When(new ReleaseHold("r-1", 2, "street found", "bob")).ThenTold(HoldStatus.Done).ThenSends(Asks(2))
            .When(Follow(Serves(2))).ThenHappens(new OrderRouted(Serves(2)), Freed(1));
    }

    [Fact]
    public void Released_by_somebody_it_is_tried_at_once_and_held_again_if_that_is_no_use() => Given(Stuck)
        .When(new ReleaseHold("r-1", 1, "N9 can do it now", "ann"))
        .ThenHappens(new HoldReleased("r-1", 1, Start, "ann", "N9 can do it now", [], Looks: true)).ThenSends(Looks(2))
        .When(Take(Seen(2))).ThenSends(Asks(2))
        .When(Follow(None(2))).ThenHappens(new OrderRouted(None(2)), Held(2)).ThenSends(Again(2, 1));

    [Fact]
    public void Units_on_their_way_back_from_a_node_may_yet_be_served() => Given(Half)
        .When(new LeaveNode("N1", "no power"))
        .ThenHappens(new FulfilmentMoved(
            null, 1, [], [Of("1", 2)], null, null, "no power", Order.RoutingRule))
        .ThenSends(ToSku("A", new SkuCommand.Return("o-1", 3, [N1(2)])));

    [Fact]
    public void Where_no_node_has_any_the_hold_says_so()
    {
        var none = Decided(1, []) with
        {
            Decision = new(1, "EUR", 0, 0, [], [], [new Unserved("A", 2)]),
        };

        Given(One).When(Follow(none)).ThenHappens(new OrderRouted(none), new OrderHeld(null, new(
            1, HoldType.Stock, "no eligible node", Order.RoutingRule, Start, null), []));
    }

    static Given<Order, OrderCommand, OrderEvent> After(int plans) => plans == 0 ? Given(One) : Given([
        .. One, new OrderRouted(None(1)), Held(1), new RoutingRetried(),
        .. Enumerable.Range(2, plans - 1).SelectMany(
            n => new OrderEvent[] { new OrderRouted(None(n)), new RoutingRetried() }),
    ]);
}
