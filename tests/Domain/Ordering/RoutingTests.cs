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

/// <summary>
/// A plan is carried out once there is room for it at all of its nodes; one that a node refuses is made anew.
/// </summary>
public sealed class RoutingTests
{
    static readonly OrderEvent[] Two =
    [
        Placed(Line("1", "A", 2), Line("2", "B", 1)), new StockAnswered(Granted("A", 1, 2)),
        new OrderAccepted(Granted("B", 1, 1), []),
    ];

    static readonly RoutePlan Both = Decided(1, [Leg("N1"), Leg("N2", 1)], Pick("A", N1(2)), Pick("B", N2(1)));
    static readonly OrderEvent[] Booked = [.. Two, new OrderRouted(Both)];
    static readonly RouteLine[] All = [new("A", 2, [N1(2)]), new("B", 1, [N1(1)])];
    static readonly Send AllocateA = ToSku("A", new SkuCommand.Allocate("o-1", 2, [N1(2)]));
    static readonly Send AllocateB = ToSku("B", new SkuCommand.Allocate("o-1", 2, [N2(1)]));

    /// <summary>All is committed, and both nodes have their fulfilment order.</summary>
    static readonly OrderEvent[] AtBoth =
    [
        .. Booked, Said("N1", RoomStatus.Granted), Said("N2", RoomStatus.Granted),
        new StockAnswered(Committed("A", 2, N1(2))),
        new FulfilmentOpened(Committed("B", 2, N2(1)), [
            Plans.Opened(1, Leg("N1"), Units("1", "A", 2)), Plans.Opened(2, Leg("N2", 1), Units("2", "B", 1)),
        ]),
    ];

    static Cancel CancelLine(string line, int units) => new($"c-{line}", [Of(line, units)], "less");

    [Fact]
    public void A_plan_asks_its_nodes_for_room_and_no_sku_for_units() => Given(Two)
        .When(Follow(Both)).Then(Done.It, new OrderRouted(Both))
        .ThenSends(ToNode("N1", 1, On(0)), ToNode("N2", 1, On(1)));

    [Fact]
    public void Nothing_is_committed_before_all_nodes_have_room() => Given(Booked)
        .When(Says("N2", RoomStatus.Granted)).Then(Done.It, Said("N2", RoomStatus.Granted)).ThenSends()
        .When(Says("N2", RoomStatus.Granted)).Then(Done.It)
        .When(Says("N1", RoomStatus.Granted)).Then(Done.It, Said("N1", RoomStatus.Granted))
        .ThenSends(AllocateA, AllocateB);

    [Fact]
    public void A_leg_that_claims_no_room_waits_for_the_others_only()
    {
        var supplier = Leg("N2", 1) with { Claims = false };
        var plan = Decided(1, [Leg("N1"), supplier], Pick("A", N1(2)), Pick("B", N2(1)));
        var none = Decided(1, [Leg("N1") with { Claims = false }, supplier], Pick("A", N1(2)), Pick("B", N2(1)));

        Given(Two).When(Follow(plan)).ThenSends(ToNode("N1", 1, On(0)))
            .When(Says("N1", RoomStatus.Granted)).ThenSends(AllocateA, AllocateB);
        Given(Two).When(Follow(none)).ThenSends(AllocateA, AllocateB);
    }

    [Theory]
    [InlineData(RoomStatus.Full, "full")]
    [InlineData(RoomStatus.Offline, "offline")]
    public void A_refusal_is_planned_around_with_the_node_and_its_day(RoomStatus status, string reason) =>
        Given(Booked)
            .When(Says("N2", status)).Then(Done.It, Said("N2", status))
            .ThenSends(ToRouterAgain(2, Promised(1), [Refused("N2", 1, reason)], [.. All]))
            .When(Follow(Both)).Then(Done.It);

    [Fact]
    public void Room_that_another_plan_does_not_want_goes_back_and_room_that_it_wants_is_kept()
    {
        OrderEvent[] refused = [.. Booked, Said("N1", RoomStatus.Granted), Said("N2", RoomStatus.Full)];
        var kept = Decided(2, [Leg("N1"), Leg("N3")], Pick("A", N1(2)), Pick("B", new NodeUnits("N3", 1)));
        var elsewhere = Decided(2, [Leg("N3")], Pick("A", new NodeUnits("N3", 2)), Pick("B", new NodeUnits("N3", 1)));
        var later = Decided(2, [Leg("N1", 2)], Pick("A", N1(2)), Pick("B", N1(1)));

        Given(refused).When(Follow(kept)).ThenSends(ToNode("N2", 2), ToNode("N3", 1, On(0)));
        Given(refused).When(Follow(elsewhere)).ThenSends(ToNode("N1", 2), ToNode("N2", 2), ToNode("N3", 1, On(0)));
        Given(refused).When(Follow(later)).ThenSends(ToNode("N1", 2, On(2)), ToNode("N2", 2));
    }

    [Fact]
    public void Room_kept_from_the_plan_before_need_not_be_asked_again()
    {
        OrderEvent[] refused = [.. Booked, Said("N1", RoomStatus.Granted), Said("N2", RoomStatus.Full)];

        Given(refused)
            .When(Follow(Decided(2, [Leg("N1"), Leg("N2", 2)], Pick("A", N1(2)), Pick("B", N2(1)))))
            .ThenSends(ToNode("N2", 2, On(2)))
            .When(Says("N2", RoomStatus.Granted, 1)).Then(Done.It)
            .When(Says("N2", RoomStatus.Granted, 2)).ThenSends(AllocateA, AllocateB);
    }

    [Fact]
    public void An_answer_that_comes_while_another_plan_is_made_is_kept_for_it() =>
        Given([.. Booked, Said("N2", RoomStatus.Full)])
            .When(Says("N1", RoomStatus.Granted)).Then(Done.It, Said("N1", RoomStatus.Granted)).ThenSends()
            .When(Follow(Decided(2, [Leg("N1"), Leg("N2", 2)], Pick("A", N1(2)), Pick("B", N2(1)))))
            .ThenSends(ToNode("N2", 2, On(2)));

    [Fact]
    public void An_answer_that_nobody_waits_for_says_nothing() => Given(Booked)
        .When(Says("N1", RoomStatus.Granted, 2)).Then(Done.It)
        .When(Says("N3", RoomStatus.Full)).Then(Done.It)
        .When(new TakeRoom("N1", 0, RoomStatus.Superseded)).Then(Done.It);

    [Fact]
    public void Cancelled_while_room_is_asked_it_gives_it_back_once_answered()
    {
        Cancel all = new("c-1", [], "changed my mind");

        Given(Booked).When(all).ThenSends(
            ToSku("A", new SkuCommand.Release("o-1", 2, 2, [])), ToSku("B", new SkuCommand.Release("o-1", 2, 1, [])))
            .When(Says("N1", RoomStatus.Granted)).When(Says("N2", RoomStatus.Granted))
            .ThenSends(ToNode("N1", 2), ToNode("N2", 2));
        Given(Booked).When(all).When(Says("N1", RoomStatus.Granted)).When(Says("N2", RoomStatus.Full))
            .ThenSends(ToNode("N1", 2), ToNode("N2", 2));
    }

    [Fact]
    public void Room_for_units_that_were_cancelled_meanwhile_goes_back_with_the_work() => Given(Booked)
        .When(CancelLine("2", 1)).ThenSends(ToSku("B", new SkuCommand.Release("o-1", 2, 1, [])))
        .When(Says("N1", RoomStatus.Granted)).When(Says("N2", RoomStatus.Granted)).ThenSends(AllocateA)
        .When(Take(Committed("A", 2, N1(2))))
        .ThenHappens(new FulfilmentOpened(
            Committed("A", 2, N1(2)), [Plans.Opened(1, Leg("N1"), Units("1", "A", 2))]))
        .ThenSends(ToNode("N2", 2));

    [Fact]
    public void A_fulfilment_order_is_as_the_plan_has_it()
    {
        var leg = Leg("N1", 3) with { Asks = true, NotBefore = Start.AddDays(2) };
        OrderEvent[] booked =
        [
            Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 2), []),
            new OrderRouted(Decided(1, [leg], Pick("A", N1(2)))), Said("N1", RoomStatus.Granted),
        ];

        var scene = Given(booked).When(Take(Committed("A", 2, N1(2))))
            .ThenHappens(new FulfilmentOpened(
                Committed("A", 2, N1(2)), [Plans.Opened(1, leg, Units("1", "A", 2))]))
            .ThenSends(Timer(new NoteDue(1), Start.AddDays(2)));

        var work = Assert.Single(scene.See().Fulfilments);
        Assert.Equal(
            (Monday.AddDays(3), true, Start.AddDays(2), WorkRequest.Submitted, FulfilmentStatus.Scheduled),
            (work.Day!.Value, work.HasRoom, work.NotBefore!.Value, work.Request, work.Status));
        Assert.Equal(Text.Of(leg.Promise), Text.Of(work.Promise));
    }

    [Fact]
    public void A_node_that_the_plan_does_not_name_gets_work_without_a_day() => Given(
        Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 2), []),
        new OrderRouted(Decided(1, [Leg("N1")], new RoutePick("A", [N1(1)], ["N2"]))), Said("N1", RoomStatus.Granted))
        .When(Take(Committed("A", 2, N1(1), N2(1))))
        .ThenHappens(new FulfilmentOpened(Committed("A", 2, N1(1), N2(1)), [
            Plans.Opened(1, Leg("N1"), Units("1", "A", 1)), Orders.Opened(2, "N2", Units("1", "A", 1)),
        ]));

    [Fact]
    public void What_has_left_keeps_its_room_and_what_is_cancelled_gives_it_back() => Given(AtBoth)
        .When(new Ship("s-1", 1, [], null, null))
        .ThenSends(ToSku("A", new SkuCommand.Ship("o-1", 3, [N1(2)])))
        .When(CancelLine("2", 1))
        .ThenSends(ToSku("B", new SkuCommand.Release("o-1", 3, 0, [N2(1)])), ToNode("N2", 2));

    [Fact]
    public void Of_a_fulfilment_order_that_loses_some_units_the_room_stays() => Given(AtBoth)
        .When(CancelLine("1", 1)).ThenSends(ToSku("A", new SkuCommand.Release("o-1", 3, 0, [N1(1)])));

    [Fact]
    public void Work_at_a_node_where_the_order_has_some_already_needs_room_of_its_own()
    {
        OrderEvent[] events =
        [
            Placed(Line("1", "A", 3)), new OrderAccepted(Granted("A", 1, 1, backordered: 2), []),
            new OrderRouted(Decided(1, [Leg("N1")], Pick("A", N1(1)))), Said("N1", RoomStatus.Granted),
            new FulfilmentOpened(
                Answer("A", 2, ClaimStatus.Done, Holds(2, 2, 0, 2, N1(1))),
                [Plans.Opened(1, Leg("N1"), Units("1", "A", 1))]),
        ];

        Given(events)
            .When(new NoteClaim("A", Holds(7, 2, 2, 0, N1(1)), [N1(2)]))
            .ThenSends(ToRouterAgain(2, Promised(), [], new RouteLine("A", 2, [N1(2)])).Beside("N1"))
            .When(Follow(Decided(2, [Leg("N1")], Pick("A", N1(2))))).ThenSends(ToNode("N1", 2, On(0, 2)))
            .When(Says("N1", RoomStatus.Full, 2))
            .ThenSends(ToRouterAgain(
                3, Promised(), [Refused("N1", 0, "full")], new RouteLine("A", 2, [N1(2)])).Beside("N1"))
            .When(Follow(Decided(3, [Leg("N1", 1)], Pick("A", N1(2))))).ThenSends(ToNode("N1", 3, On(0), On(1)));
    }

    [Fact]
    public void What_the_buyer_wishes_is_told_to_the_router()
    {
        var wishes = new Wishes(Monday.AddDays(7), true, Start.AddDays(1), 3);
        var placed = Place(Line("1", "A", 2)) with { Wishes = wishes, ShipTo = new("DE", "04109") };

        Given(Placed(placed)).When(Take(Granted("A", 1, 2))).ThenSends(new Send(
            new("router", ""), new RoutingMessage.PlanRoute(1, [new("A", 2, [N1(2)])], new(
                "default", "DE", "04109", Start, Monday.AddDays(7), true, default, Start.AddDays(1),
                Channel: "web"))));
    }

    [Fact]
    public void What_carrying_the_goods_asks_for_is_told_to_the_router()
    {
        ProductFacts fragile = new(350, Handling: ["fragile"]);

        Given(Placed(Line("1", "A", 2)))
            .When(Take(Granted("A", 1, 2) with { Product = fragile }))
            .ThenSends(ToRouter(1, new RouteLine("A", 2, [N1(2)], fragile)));
    }

    [Fact]
    public void Others_are_where_units_go_that_were_refused_twice()
    {
        OrderEvent[] events =
        [
            Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 2), []),
            new OrderRouted(Decided(1, [Leg("N1")], new RoutePick("A", [N1(2)], ["N2", "N3"]))),
            Said("N1", RoomStatus.Granted),
        ];
        static RoutePlan Again(int round) => Decided(
            round, [Leg("N2") with { Claims = false }], new RoutePick("A", [N2(2)], ["N1", "N3"]));

        Given(events)
            .When(Take(NodeShort("A", 2, 2))).When(Follow(Again(2)))
            .ThenSends(ToSku("A", new SkuCommand.Allocate("o-1", 3, [N2(2)])), ToNode("N1", 2))
            .When(Take(NodeShort("A", 3, 2))).When(Follow(Again(3)))
            .ThenSends(ToSku("A", new SkuCommand.Allocate("o-1", 4, [], 2, ["N1", "N3", "N2"])));
    }
}
