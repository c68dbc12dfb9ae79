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

/// <summary>An order that goes to another place has its nodes chosen anew: promise, cost and holds follow.</summary>
public sealed class RedirectTests
{
    static readonly Destination Vienna = new("AT", "1010"), Leipzig = new("DE", "04109");
    static readonly OrderEvent.OrderPlaced ToVienna = Placed(Place(Line("1", "A", 2)) with { ShipTo = Vienna });
    static readonly Edit Elsewhere = new("e-1", [], [], Leipzig, new("s-1", "moved"), "he moved", Content: 7);
    static readonly Send ReturnA = ToSku("A", new SkuCommand.Return("o-1", 3, [N1(2)]));
    static readonly RouteLeg Leg1 = Leg("N1") with { Claims = false };

    static readonly OrderEvent[] Accepted = [ToVienna, new OrderAccepted(Granted("A", 1, 2), [])];

    static readonly OrderEvent[] AtN1 =
    [
        .. Accepted, new OrderRouted(Decided(1, [Leg1], Pick("A", N1(2)))),
        new FulfilmentOpened(Committed("A", 2, N1(2)), [Plans.Opened(1, Leg1, Units("1", "A", 2))]),
    ];

    static OrderEdited Edited(Edit c, bool elsewhere) =>
        new(null, c.Id, 7, new(c.Fewer, c.Added, c.ShipTo, c.Buyer, c.Reason), [], [], elsewhere);

    static FulfilmentMoved Back(int number, params LineUnits[] units) =>
        new(null, number, [], [.. units], null, null, "another address", Order.RoutingRule);

    static StockAnswer Held(int step) => Answer("A", step, ClaimStatus.Done, Holds(step, step, 2), 0, [N1(2), N2(2)]);

    static Send Asks(int round, params NodeUnits[] free) => new(new("router", ""), new RoutingMessage.PlanRoute(
        round, [new("A", 2, [.. free])], new("default", "DE", "04109", Start, Channel: "web")));

    [Fact]
    public void What_nobody_has_begun_is_planned_anew_for_the_new_address_and_so_is_its_date()
    {
        var later = Leg("N2", 3) with { Claims = false };
        var scene = Given(AtN1);
        Assert.Equal(Promised().LatestDelivery, scene.See().Sourcing!.Promised);

        scene.When(Elsewhere).ThenTold(EditStatus.Edited)
            .ThenHappens(Edited(Elsewhere, elsewhere: true), Back(1, Of("1", 2))).ThenSends(ReturnA)
            .When(Take(Held(3))).ThenSends(Asks(2, N1(2), N2(2)))
            .When(Follow(Decided(2, [later], Pick("A", N2(2)))));

        Assert.Equal(Promised(3).LatestDelivery, scene.See().Sourcing!.Promised);
        Assert.Equal(FulfilmentStatus.Cancelled, scene.See().Fulfilments[0].Status);
    }

    [Fact]
    public void Another_name_or_street_moves_nothing()
    {
        var named = Elsewhere with { ShipTo = Vienna };

        Given(AtN1).When(named).ThenTold(EditStatus.Edited).ThenHappens(Edited(named, elsewhere: false)).ThenSends();
    }

    [Fact]
    public void What_somebody_gave_to_a_node_by_hand_stays_there()
    {
        MoveWork byHand = new("m-1", 1, "N2", [], "N2 packs better", "ann");

        Given([
            .. AtN1, new FulfilmentMoved("m-1", 1, [], [Of("1", 2)], "N2", null, byHand.Reason, "ann"),
            new StockAnswered(Held(3)),
            new OrderRouted(Decided(2, [Leg("N2") with { Claims = false }], Pick("A", N2(2)))),
            new FulfilmentOpened(Committed("A", 4, N2(2)), [Orders.Opened(2, "N2", Units("1", "A", 2))]),
        ]).When(Elsewhere).ThenHappens(Edited(Elsewhere, elsewhere: true)).ThenSends();
    }

    [Fact]
    public void A_plan_for_the_address_before_is_not_followed() => Given(Accepted)
        .When(Elsewhere).ThenHappens(Edited(Elsewhere, elsewhere: true)).ThenSends(Asks(2, N1(2)))
        .When(Follow(Decided(1, [Leg1], Pick("A", N1(2))))).Then(Done.It)
        .When(Follow(Decided(2, [Leg1], Pick("A", N1(2)))))
        .ThenSends(ToSku("A", new SkuCommand.Allocate("o-1", 2, [N1(2)])));

    [Fact]
    public void A_plan_that_waits_for_room_is_given_up() => Given([
        .. Accepted, new OrderRouted(Decided(1, [Leg("N1")], Pick("A", N1(2)))),
    ])
        .When(Elsewhere).ThenSends(Asks(2, N1(2)))
        .When(Says("N1", RoomStatus.Granted)).ThenHappens(Said("N1", RoomStatus.Granted)).ThenSends()
        .When(Follow(Decided(2, [Leg("N2")], Pick("A", N2(2)))))
        .ThenSends(ToNode("N1", 2), ToNode("N2", 1, On(0)));

    [Fact]
    public void What_is_being_committed_comes_back_before_any_node_is_to_ship_it() => Given([
        .. Accepted, new OrderRouted(Decided(1, [Leg1], Pick("A", N1(2)))),
    ])
        .When(Elsewhere).ThenHappens(Edited(Elsewhere, elsewhere: true)).ThenSends()
        .When(Take(Committed("A", 2, N1(2)))).ThenHappens(new StockAnswered(Committed("A", 2, N1(2))))
        .ThenSends(ReturnA)
        .When(Take(Held(3))).ThenSends(Asks(2, N1(2), N2(2)));

    [Fact]
    public void An_order_that_no_node_could_serve_there_is_asked_for_again()
    {
        var none = Decided(1, []).Leaving(new Unserved("A", 2));
        var stuck = Given(Accepted).When(Follow(none));
        Assert.Equal(OrderStatus.Held, stuck.See().Status);

        stuck.When(Elsewhere).ThenSends(Asks(2, N1(2)))
            .When(Follow(Decided(2, [Leg1], Pick("A", N1(2)))));

        Assert.Equal(OrderStatus.Accepted, stuck.See().Status);
    }

    [Fact]
    public void What_no_node_may_send_there_is_held() => Assert.Equal(OrderStatus.Held, Given(AtN1)
        .When(Elsewhere).When(Take(Held(3))).When(Follow(Decided(2, []).Leaving(new Unserved("A", 2))))
        .See().Status);

    [Fact]
    public void Units_that_come_with_the_edit_are_planned_together_with_the_rest()
    {
        var more = Elsewhere with { Added = [Line("2", "B", 1)] };

        Given(AtN1).When(more).ThenTold(EditStatus.Begun)
            .When(Take(Granted("B", 1, 1))).ThenSends(ReturnA)
            .When(Take(Held(3))).ThenSends(new Send(new("router", ""), new RoutingMessage.PlanRoute(
                2, [new("A", 2, [N1(2), N2(2)]), new("B", 1, [N1(1)])],
                new("default", "DE", "04109", Start, Channel: "web"))));
    }

    [Fact]
    public void A_preview_has_no_node_yet_and_takes_nothing_back()
    {
        var scene = Given(AtN1).When(Elsewhere with { Preview = true }).ThenNothing();

        Assert.Equal(0, Assert.IsType<EditReply>(scene.Reply).Order!.Lines[0].Allocated);
        Assert.Equal(2, scene.See().Lines[0].Allocated);
    }

    [Fact]
    public void More_fulfilment_orders_than_most_have_are_taken_back_at_once()
    {
        const int Count = 200;
        OrderEvent[] split =
        [
            Placed(Place(Line("1", "A", Count)) with { ShipTo = Vienna }),
            new OrderAccepted(Granted("A", 1, Count), []), new OrderRouted(Plan(1, Pick("A", N1(Count)))),
            new FulfilmentOpened(
                Committed("A", 2, N1(Count)), [Orders.Opened(1, "N1", Units("1", "A", Count))]),
            .. Enumerable.Range(2, Count - 1).Select(
                n => new FulfilmentSplit($"s-{n}", 1, [Of("1", 1)], [Of("1", 1)], n)),
        ];

        Assert.Equal(Count + 1, Given(split).When(Elsewhere).Events.Count);
    }
}
