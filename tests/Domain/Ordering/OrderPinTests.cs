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

/// <summary>What somebody gave to a node by hand: those units, no others, and for as long as he wants it so.</summary>
public sealed class OrderPinTests
{
    static readonly MoveWork ToN2 = new("m-1", 1, "N2", [], "N1 is slow", "ann");

    /// <summary>Three units of A: line 1 is given to N2 by hand, and line 2 is yet to come.</summary>
    static readonly OrderEvent[] AtN2 =
    [
        Placed(Line("1", "A", 2), Line("2", "A", 1)), new OrderAccepted(Granted("A", 1, 2, backordered: 1), []),
        new OrderRouted(Plan(1, Pick("A", N1(2)))),
        new FulfilmentOpened(
            Answer("A", 2, ClaimStatus.Done, Holds(2, 2, 0, 1, N1(2))), [Orders.Opened(1, "N1", Units("1", "A", 2))]),
        new FulfilmentMoved("m-1", 1, [], [Of("1", 2)], "N2", null, "N1 is slow", "ann"),
        new StockAnswered(Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 2, 1))),
        new OrderRouted(Plan(2, Pick("A", N2(2)))),
        new FulfilmentOpened(
            Answer("A", 4, ClaimStatus.Done, Holds(4, 4, 0, 1, N2(2))), [Orders.Opened(2, "N2", Units("1", "A", 2))]),
    ];

    static NoteClaim Comes(long version, params NodeUnits[] at) =>
        new NoteClaim("A", Holds(version, (int)version, 1, 0, [.. at]), [N1(1), N2(1)]);

    static Send Asks(int round, params NodeUnits[] pinned) => ToRouter(
        round, new RouteLine("A", 1, [N1(1), N2(1)], null, pinned.Length == 0 ? default : [.. pinned]));

    [Fact]
    public void Units_that_come_later_go_where_the_rules_say() => Given(AtN2)
        .When(Comes(7, N2(2))).ThenSends(Asks(3).Beside("N2"));

    [Fact]
    public void So_they_do_when_the_ones_before_have_left() => Given(AtN2)
        .When(new Ship("s-1", 2, [], null, null))
        .When(Take(Answer("A", 5, ClaimStatus.Done, Holds(5, 5, 0, 1))))
        .When(Comes(7)).ThenSends(Asks(3));

    [Fact]
    public void Of_what_was_cancelled_on_its_way_nothing_is_given_by_hand_any_more()
    {
        var scene = Given(AtNode()).When(ToN2).When(new Cancel("c-1", [Of("1", 1)], "one less"));

        Assert.Equal([N2(1)], scene.State.Demands[0].Pinned.AsEnumerable());
    }

    [Fact]
    public void More_units_for_a_node_that_has_some_by_the_rules_are_no_less_given_by_hand() => Given(
        Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 2), []),
        new OrderRouted(Plan(1, Pick("A", N1(1), N2(1)))),
        new FulfilmentOpened(Committed("A", 2, N1(1), N2(1)), [
            Orders.Opened(1, "N1", Units("1", "A", 1)), Orders.Opened(2, "N2", Units("1", "A", 1)),
        ]))
        .When(ToN2)
        .When(Take(Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 1, 0, N2(1)), 0, [N1(1), N2(1)])))
        .ThenSends(Asks(2, N2(1)).Beside("N2"))
        .When(Follow(Plan(2, Pick("A", N2(1)))))
        .When(Take(Committed("A", 4, N2(2))))
        .ThenHappens(new FulfilmentOpened(Committed("A", 4, N2(2)), [Orders.Opened(3, "N2", Units("1", "A", 1))]))
        .When(new LeaveNode("N2", "no power"))
        .ThenHappens(
            new FulfilmentMoved(null, 2, [], [Of("1", 1)], null, null, "no power", Order.RoutingRule),
            new NodeAwaited(3, "no power"));

    [Fact]
    public void A_node_that_was_not_to_have_it_may_be_given_it_by_hand_after_all() => Given([
        .. AtNode(),
        new FulfilmentMoved("m-0", 1, [], [Of("1", 2)], null, Refused("N1", null, "slow"), "slow", "ann"),
        new StockAnswered(Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 2))), new OrderRouted(Plan(2, Pick("A", N2(2)))),
        new FulfilmentOpened(Committed("A", 4, N2(2)), [Orders.Opened(2, "N2", Units("1", "A", 2))]),
    ])
        .When(new MoveWork("m-1", 2, "N1", [], "N2 is slower", "ann"))
        .When(Take(Answer("A", 5, ClaimStatus.Done, Holds(5, 5, 2), 0, [N1(2)])))
        .ThenSends(ToRouter(3, new RouteLine("A", 2, [N1(2)], null, [N1(2)])));

    [Fact]
    public void Days_that_were_refused_are_forgotten_before_who_does_not_want_it()
    {
        var scene = Given([
            .. AtNode(),
            new FulfilmentMoved("m-0", 1, [], [Of("1", 2)], null, Refused("N1", null, "slow"), "slow", "ann"),
            new StockAnswered(Answer("A", 3, ClaimStatus.Done, Holds(3, 3, 2))),
        ]);
        for (var i = 0; i < Sourcing.MaxRefused; i++)
        {
            scene.When(Follow(Decided(2 + i, [Leg("N2", i)], Pick("A", N2(2)))))
                .When(Says("N2", RoomStatus.Full, 1 + i));
        }

        var refused = scene.State.Sourcing!.Refused;
        Assert.Equal((Sourcing.MaxRefused, Refused("N1", null, "slow")), (refused.Length, refused[0]));
        Assert.Equal(Monday.AddDays(1), refused[1].Day);
    }
}
