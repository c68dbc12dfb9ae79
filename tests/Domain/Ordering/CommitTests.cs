using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// From the promise to the nodes: a plan, units committed at nodes, and one fulfilment order for each.
/// </summary>
public sealed class CommitTests
{
    static readonly OrderEvent[] One = [Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 2), [])];

    static readonly OrderEvent[] Routed = [.. One, new OrderRouted(Plan(1, Pick("A", N1(2))))];

    static readonly OrderEvent[] Two =
    [
        Placed(Line("1", "A", 2), Line("2", "B", 1)), new StockAnswered(Granted("A", 1, 2)),
        new OrderAccepted(Granted("B", 1, 1), []),
    ];

    static OrderCommand.FollowPlan Follow(RoutePlan plan) => new(plan);

    static StockAnswer NodeShort(string sku, int step, long held, params NodeUnits[] free) =>
        Answer(sku, step, ClaimStatus.NodeShort, Holds(1, 1, held), 0, [.. free]);

    [Fact]
    public void Units_are_committed_where_the_plan_says() => Given(Two)
        .When(Follow(Plan(1, Pick("A", N1(1), N2(1)), Pick("B", N2(1)))))
        .Then(Done.It, new OrderRouted(Plan(1, Pick("A", N1(1), N2(1)), Pick("B", N2(1)))))
        .ThenSends(
            ToSku("A", new SkuCommand.Allocate("o-1", 2, [N1(1), N2(1)])),
            ToSku("B", new SkuCommand.Allocate("o-1", 2, [N2(1)])));

    [Fact]
    public void Only_the_plan_that_was_asked_for_last_counts_and_it_counts_once() => Given(One)
        .When(Follow(Plan(0, Pick("A", N1(2))))).Then(Done.It)
        .When(Follow(Plan(2, Pick("A", N1(2))))).Then(Done.It)
        .When(Follow(Plan(1, Pick("A", N1(2))))).ThenHappens(new OrderRouted(Plan(1, Pick("A", N1(2)))))
        .When(Follow(Plan(1, Pick("A", N1(2))))).Then(Done.It);

    [Fact]
    public void What_the_plan_leaves_out_is_committed_wherever_the_sku_has_it() => Given(Two)
        .When(Follow(Plan(1, Pick("A", N1(1)))))
        .ThenSends(
            ToSku("A", new SkuCommand.Allocate("o-1", 2, [N1(1)], Anywhere: 1)),
            ToSku("B", new SkuCommand.Allocate("o-1", 2, [], Anywhere: 1)));

    [Fact]
    public void What_the_plan_has_too_much_of_is_not_committed() => Given(One)
        .When(Follow(Plan(1, Pick("A", N1(1), N2(9)))))
        .ThenSends(ToSku("A", new SkuCommand.Allocate("o-1", 2, [N1(1), N2(1)])));

    [Fact]
    public void Each_node_gets_its_fulfilment_order_lines_in_the_buyers_order()
    {
        OrderEvent[] events =
        [
            Placed(Line("z", "A", 2), Line("y", "B", 1), Line("x", "A", 2)), new StockAnswered(Granted("A", 1, 4)),
            new OrderAccepted(Granted("B", 1, 1), []),
            new OrderRouted(Plan(1, Pick("A", N1(3), N2(1)), Pick("B", N1(1)))),
            new StockAnswered(Committed("A", 2, N1(3), N2(1))),
        ];

        Given(events)
            .When(Take(Committed("B", 2, N1(1))))
            .Then(Done.It, new FulfilmentOpened(Committed("B", 2, N1(1)), [
                Opened(1, "N1", Units("z", "A", 2), Units("y", "B", 1), Units("x", "A", 1)),
                Opened(2, "N2", Units("x", "A", 1)),
            ]))
            .ThenSends();
    }

    [Fact]
    public void No_node_works_before_all_units_are_committed() =>
        Given([.. Two, new OrderRouted(Plan(1, Pick("A", N1(2)), Pick("B", N2(1))))])
            .When(Take(Committed("A", 2, N1(2)))).ThenHappens(new StockAnswered(Committed("A", 2, N1(2)))).ThenSends()
            .When(Take(Committed("B", 2, N2(1))))
            .ThenHappens(new FulfilmentOpened(Committed("B", 2, N2(1)), [
                Opened(1, "N1", Units("1", "A", 2)), Opened(2, "N2", Units("2", "B", 1)),
            ]));

    [Fact]
    public void A_node_where_others_were_faster_is_planned_around() =>
        Given([.. Two, new OrderRouted(Plan(1, Pick("A", N1(2)), Pick("B", N1(1))))])
            .When(Take(Committed("B", 2, N1(1)))).ThenHappens(new StockAnswered(Committed("B", 2, N1(1)))).ThenSends()
            .When(Take(NodeShort("A", 2, 2, N2(5))))
            .ThenHappens(new FulfilmentOpened(NodeShort("A", 2, 2, N2(5)), [Opened(1, "N1", Units("2", "B", 1))]))
            .ThenSends(ToRouter(2, new RouteLine("A", 2, [N2(5)])).Beside("N1"))
            .When(Follow(Plan(2, Pick("A", N2(2)))))
            .ThenSends(ToSku("A", new SkuCommand.Allocate("o-1", 3, [N2(2)])))
            .When(Take(Committed("A", 3, N2(2))))
            .ThenHappens(new FulfilmentOpened(Committed("A", 3, N2(2)), [Opened(2, "N2", Units("1", "A", 2))]));

    [Fact]
    public void After_two_refusals_the_sku_itself_chooses() => Given(Routed)
        .When(Take(NodeShort("A", 2, 2))).ThenSends(ToRouter(2, new RouteLine("A", 2, [])))
        .When(Follow(Plan(2, Pick("A", N2(2)))))
        .When(Take(NodeShort("A", 3, 2))).ThenSends(ToRouter(3, new RouteLine("A", 2, [])))
        .When(Follow(Plan(3, Pick("A", N1(2)))))
        .ThenSends(ToSku("A", new SkuCommand.Allocate("o-1", 4, [], Anywhere: 2)));

    [Fact]
    public void Backordered_units_get_a_fulfilment_order_of_their_own_when_they_come()
    {
        OrderEvent[] events =
        [
            Placed(Line("1", "A", 3)), new OrderAccepted(Granted("A", 1, 1, backordered: 2), []),
            new OrderRouted(Plan(1, Pick("A", N1(1)))),
            new FulfilmentOpened(
                Answer("A", 2, ClaimStatus.Done, Holds(2, 2, 0, 2, N1(1))), [Opened(1, "N1", Units("1", "A", 1))]),
        ];

        Given(events)
            .When(new OrderCommand.NoteClaim("A", Holds(7, 2, 2, 0, N1(1)), [N2(2)]))
            .Then(Done.It, new ClaimChanged("A", Holds(7, 2, 2, 0, N1(1)), [N2(2)]))
            .ThenSends(ToRouter(2, new RouteLine("A", 2, [N2(2)])).Beside("N1"))
            .When(Follow(Plan(2, Pick("A", N2(2)))))
            .ThenSends(ToSku("A", new SkuCommand.Allocate("o-1", 3, [N2(2)])))
            .When(Take(Answer("A", 3, ClaimStatus.Done, Holds(8, 3, 0, 0, N1(1), N2(2)))))
            .ThenHappens(new FulfilmentOpened(
                Answer("A", 3, ClaimStatus.Done, Holds(8, 3, 0, 0, N1(1), N2(2))),
                [Opened(2, "N2", Units("1", "A", 2))]));
    }

    [Fact]
    public void News_of_a_claim_that_are_older_than_what_is_known_say_nothing() =>
        Given(Placed(Line("1", "A", 3)), new OrderAccepted(Granted("A", 1, 1, backordered: 2), []))
            .When(new OrderCommand.NoteClaim("A", Holds(1, 1, 3), [N2(2)])).Then(Done.It)
            .When(new OrderCommand.NoteClaim("A", Holds(0, 1, 3), [N2(2)])).Then(Done.It);

    [Fact]
    public void An_answer_that_comes_twice_tells_where_the_units_are_that_came_meanwhile() =>
        Given(Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 0, backordered: 2), []))
            .When(Take(Answer("A", 1, ClaimStatus.AlreadyDone, Holds(7, 1, 2), 0, N2(5))))
            .ThenSends(ToRouter(1, new RouteLine("A", 2, [N2(5)])))
            .When(new OrderCommand.NoteClaim("A", Holds(7, 1, 2), [N2(5)])).Then(Done.It);

    [Fact]
    public void News_that_overtake_an_answer_are_not_undone_by_it() => Given(Placed(Line("1", "A", 3)))
        .When(new OrderCommand.NoteClaim("A", Holds(7, 1, 3), [N2(3)]))
        .ThenHappens(new ClaimChanged("A", Holds(7, 1, 3), [N2(3)])).ThenSends()
        .When(Take(Granted("A", 1, 1, backordered: 2)))
        .ThenHappens(new OrderAccepted(Granted("A", 1, 1, backordered: 2), []))
        .ThenSends(ToRouter(1, new RouteLine("A", 3, [N2(3)])));

    [Fact]
    public void A_repeat_of_an_old_answer_may_bring_news() => Given(Routed)
        .When(Take(Granted("A", 1, 2))).Then(Done.It)
        .When(Take(Answer("A", 1, ClaimStatus.AlreadyDone, Holds(5, 2, 0, 0, N1(2)))))
        .ThenHappens(new StockAnswered(Answer("A", 1, ClaimStatus.AlreadyDone, Holds(5, 2, 0, 0, N1(2)))))
        .When(Take(Answer("A", 2, ClaimStatus.AlreadyDone, Holds(5, 2, 0, 0, N1(2)))))
        .ThenHappens(new FulfilmentOpened(
            Answer("A", 2, ClaimStatus.AlreadyDone, Holds(5, 2, 0, 0, N1(2))), [Opened(1, "N1", Units("1", "A", 2))]));

    [Fact]
    public void Units_granted_beyond_what_is_still_wanted_go_back() => Given(Placed(Line("1", "A", 3)))
        .When(new OrderCommand.Cancel("c-1", [Of("1", 1)], "one less")).ThenSends()
        .When(Take(Granted("A", 1, 3)))
        .ThenHappens(new OrderAccepted(Granted("A", 1, 3), []))
        .ThenSends(
            ToSku("A", new SkuCommand.Release("o-1", 2, 1, [])), ToRouter(1, new RouteLine("A", 2, [N1(3)])));

    [Fact]
    public void A_plan_that_comes_while_units_go_back_is_carried_out_after() => Given(Placed(Line("1", "A", 3)))
        .When(new OrderCommand.Cancel("c-1", [Of("1", 1)], "one less"))
        .When(Take(Granted("A", 1, 3)))
        .When(Follow(Plan(1, Pick("A", N1(2))))).ThenSends()
        .When(Take(Answer("A", 2, ClaimStatus.Done, Holds(2, 2, 2))))
        .ThenSends(ToSku("A", new SkuCommand.Allocate("o-1", 3, [N1(2)])));

    [Fact]
    public void Units_at_a_node_count_for_what_is_wanted_before_their_work_is_given_out()
    {
        OrderEvent[] waitingForB =
        [
            Placed(Line("1", "A", 3), Line("2", "B", 1)), new StockAnswered(Granted("A", 1, 2, backordered: 1)),
            new OrderAccepted(Granted("B", 1, 1), []), new OrderRouted(Plan(1, Pick("A", N1(2)), Pick("B", N1(1)))),
            new StockAnswered(Answer("A", 2, ClaimStatus.Done, Holds(2, 2, 0, 1, N1(2)))),
        ];

        Given(waitingForB)
            .When(new OrderCommand.Cancel("c-1", [Of("1", 1)], "one less"))
            .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 3, 1, [])));
    }
}
