using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using Fulfillment.Warehousing;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Plans;

namespace Fulfillment.Tests.Domain;

/// <summary>An order's room at its nodes, where other orders are faster and plans follow each other.</summary>
public sealed class RoomAtNodesTests
{
    static readonly OrderEvent[] Two =
    [
        Placed(Line("1", "A", 2), Line("2", "B", 1)), new StockAnswered(Granted("A", 1, 2)),
        new OrderAccepted(Granted("B", 1, 1), []),
    ];

    static readonly OrderEvent[] BothAtN1 =
    [
        .. Two, new OrderRouted(Decided(1, [Leg("N1")], Pick("A", N1(2)), Pick("B", N1(1)))),
        Said("N1", RoomStatus.Granted),
    ];

    [Fact]
    public void A_plan_for_which_there_is_all_the_room_already_is_carried_out_at_once() => Given(BothAtN1)
        .When(Take(NodeShort("A", 2, 2, N1(1), N2(1)))).When(Take(NodeShort("B", 2, 1, N1(1))))
        .ThenSends(ToRouterAgain(2, Promised(), [], new RouteLine("A", 2, [N1(1), N2(1)]), new("B", 1, [N1(1)])))
        .When(Follow(Decided(
            2, [Leg("N1"), Leg("N2") with { Claims = false }], Pick("A", N1(1), N2(1)), Pick("B", N1(1)))))
        .ThenSends(
            ToSku("A", new SkuCommand.Allocate("o-1", 3, [N1(1), N2(1)])),
            ToSku("B", new SkuCommand.Allocate("o-1", 3, [N1(1)])));

    [Fact]
    public void What_a_node_got_of_a_plan_that_others_were_faster_in_part_of_is_as_planned() =>
        Given([.. BothAtN1, new StockAnswered(Committed("B", 2, N1(1)))])
            .When(Take(NodeShort("A", 2, 2, N2(2))))
            .ThenHappens(new FulfilmentOpened(
                NodeShort("A", 2, 2, N2(2)), [Plans.Opened(1, Leg("N1"), Units("2", "B", 1))]))
            .ThenSends(ToRouterAgain(2, Promised(), [], new RouteLine("A", 2, [N2(2)])).Beside("N1"))
            .When(Follow(Decided(2, [Leg("N2", 1)], Pick("A", N2(2))))).ThenSends(ToNode("N2", 1, On(1)))
            .When(Says("N2", RoomStatus.Granted)).ThenSends(ToSku("A", new SkuCommand.Allocate("o-1", 3, [N2(2)])));

    [Fact]
    public void Units_that_nobody_needs_any_more_want_no_room() => Given(
        Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 2), []),
        new OrderRouted(Decided(1, [Leg("N1")], Pick("A", N1(2)))), Said("N1", RoomStatus.Granted))
        .When(new Cancel("c-1", [Of("1", 1)], "one less")).ThenSends()
        .When(Take(Committed("A", 2, N1(2))))
        .ThenHappens(new FulfilmentOpened(
            Committed("A", 2, N1(2)), [Plans.Opened(1, Leg("N1"), Units("1", "A", 1))]))
        .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 3, 0, [N1(1)])))
        .When(Take(Committed("A", 3, N1(1)))).ThenSends();

    [Fact]
    public void A_refusal_of_what_the_plan_before_wanted_is_no_word_on_this_plan() => Given([
        .. Two, new OrderRouted(Decided(1, [Leg("N1"), Leg("N2", 1)], Pick("A", N1(2)), Pick("B", N2(1)))),
        Said("N2", RoomStatus.Full), new OrderRouted(Decided(2, [Leg("N1", 2)], Pick("A", N1(2)), Pick("B", N1(1)))),
    ])
        .When(Says("N1", RoomStatus.Full)).ThenHappens(Said("N1", RoomStatus.Full))
        .ThenSends(ToNode("N1", 2, On(2)))
        .When(Says("N1", RoomStatus.Full, 2))
        .ThenSends(ToRouterAgain(
            3, Promised(1), [Refused("N2", 1, "full"), Refused("N1", 2, "full")], new RouteLine("A", 2, [N1(2)]),
            new("B", 1, [N1(1)])));
}
