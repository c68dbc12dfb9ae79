using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

public sealed class CancelTests
{
    static readonly Cancel All = new("c-1", [], "changed my mind");
    static readonly OrderEvent[] Accepted = [Placed(Line("1", "A", 2)), new OrderAccepted(Granted("A", 1, 2), [])];

    /// <summary>Line 1: 3 of A, two at N1 and one at N2; line 2: 1 of B at N1.</summary>
    static readonly OrderEvent[] TwoNodes =
    [
        Placed(Line("1", "A", 3), Line("2", "B", 1)), new StockAnswered(Granted("A", 1, 3)),
        new OrderAccepted(Granted("B", 1, 1), []), new OrderRouted(Plan(1, Pick("A", N1(2), N2(1)), Pick("B", N1(1)))),
        new StockAnswered(Committed("A", 2, N1(2), N2(1))),
        new FulfilmentOpened(Committed("B", 2, N1(1)), [
            Opened(1, "N1", Units("1", "A", 2), Units("2", "B", 1)), Opened(2, "N2", Units("1", "A", 1)),
        ]),
    ];

    static OrderCancelled Cancelled(
        Cancel c, ImmutableArray<LineUnits> unplaced, params ImmutableArray<WithdrawnUnits> withdrawn) =>
        new(c.Id, c.Reason, c.Lines, unplaced, withdrawn);

    [Fact]
    public void An_order_that_is_cancelled_gives_its_stock_back() => Given(Accepted)
        .When(All).ThenTold(CancelStatus.Cancelled)
        .ThenHappens(Cancelled(All, [Of("1", 2)]))
        .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 2, 2, [])));

    [Fact]
    public void An_order_can_be_cancelled_before_stock_has_answered_and_gives_back_what_comes() =>
        Given(Placed(Line("1", "A", 2)))
            .When(All).ThenTold(CancelStatus.Cancelled).ThenHappens(Cancelled(All, [Of("1", 2)])).ThenSends()
            .When(Take(Granted("A", 1, 2)))
            .ThenHappens(new StockAnswered(Granted("A", 1, 2)))
            .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 2, 2, [])));

    [Fact]
    public void A_plan_for_an_order_that_was_cancelled_commits_nothing() => Given(Accepted)
        .When(All)
        .When(new FollowPlan(Plan(1, Pick("A", N1(2)))))
        .ThenHappens(new OrderRouted(Plan(1, Pick("A", N1(2))))).ThenSends()
        .When(Take(TookBack("A", 2))).ThenSends();

    [Fact]
    public void Units_being_committed_when_the_order_is_cancelled_go_back_from_their_node() =>
        Given([.. Accepted, new OrderRouted(Plan(1, Pick("A", N1(2))))])
            .When(All).ThenSends()
            .When(Take(Committed("A", 2, N1(2))))
            .ThenHappens(new StockAnswered(Committed("A", 2, N1(2))))
            .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 3, 0, [N1(2)])));

    [Fact]
    public void Work_given_to_nodes_is_taken_back_with_its_units() => Given(TwoNodes)
        .When(All).ThenTold(CancelStatus.Cancelled)
        .ThenHappens(Cancelled(All, [], new WithdrawnUnits(2, "1", 1), new(1, "1", 2), new(1, "2", 1)))
        .ThenSends(
            ToSku("A", new SkuCommand.Release("o-1", 3, 0, [N1(2), N2(1)])),
            ToSku("B", new SkuCommand.Release("o-1", 3, 0, [N1(1)])));

    [Fact]
    public void Units_of_a_line_can_be_cancelled_and_the_node_that_got_them_last_gives_them_up_first()
    {
        Cancel two = new("c-1", [Of("1", 2)], "too many");

        Given(TwoNodes)
            .When(two).ThenTold(CancelStatus.Cancelled)
            .ThenHappens(Cancelled(two, [], new WithdrawnUnits(2, "1", 1), new(1, "1", 1)))
            .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 3, 0, [N1(1), N2(1)])));
    }

    [Fact]
    public void Units_without_a_node_are_cancelled_before_those_at_one()
    {
        Cancel two = new("c-1", [Of("1", 2)], "too many");
        OrderEvent[] waiting =
        [
            Placed(Line("1", "A", 3)), new OrderAccepted(Granted("A", 1, 2, backordered: 1), []),
            new OrderRouted(Plan(1, Pick("A", N1(2)))),
            new FulfilmentOpened(
                Answer("A", 2, ClaimStatus.Done, Holds(2, 2, 0, 1, N1(2))), [Opened(1, "N1", Units("1", "A", 2))]),
        ];

        Given(waiting)
            .When(two)
            .ThenHappens(Cancelled(two, [Of("1", 1)], new WithdrawnUnits(1, "1", 1)))
            .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 3, 1, [N1(1)])));
    }

    [Fact]
    public void A_line_named_twice_loses_the_sum()
    {
        Cancel twice = new("c-1", [Of("1", 1), Of("1", 1)], "too many");

        Given(Accepted).When(twice).ThenHappens(Cancelled(twice, [Of("1", 2)]));
    }

    [Fact]
    public void Quantities_that_add_up_beyond_all_numbers_are_too_many() => Given(Accepted)
        .When(new Cancel("c-1", [Of("1", int.MaxValue), Of("1", int.MaxValue)], "")).ThenRefused(CancelStatus.TooLate);

    [Fact]
    public void What_has_left_stays_and_the_rest_is_cancelled() =>
        Given([.. AtNode(), new GoodsShipped("s-1", 1, Start, [Of("1", 1)], [Of("1", 1)], null, null)])
            .When(All).ThenTold(CancelStatus.Cancelled)
            .ThenHappens(Cancelled(All, [], new WithdrawnUnits(1, "1", 1)));

    [Fact]
    public void Cancelling_one_line_decides_an_order_that_waited_for_it_alone()
    {
        Cancel two = new("c-1", [Of("2", 1)], "not that one");

        Given(
            Placed(Line("1", "A", 2), Line("2", "B", 1)), new StockAnswered(Granted("A", 1, 2)))
            .When(two).ThenHappens(Cancelled(two, [Of("2", 1)])).ThenSends()
            .When(Take(Answer("B", 1, ClaimStatus.Insufficient)))
            .ThenHappens(new OrderAccepted(Answer("B", 1, ClaimStatus.Insufficient), []));
    }

    [Fact]
    public void The_same_cancellation_again_changes_nothing() => Given(Accepted)
        .When(All).When(All).ThenRefused(CancelStatus.AlreadyCancelled);

    [Fact]
    public void No_lines_at_all_are_the_same_as_none_named() => Given(Accepted)
        .When(All).When(All with { Lines = default }).ThenRefused(CancelStatus.AlreadyCancelled);

    [Fact]
    public void Another_cancellation_under_the_same_id_is_refused() => Given(Accepted)
        .When(All)
        .When(All with { Reason = "other" }).ThenRefused(CancelStatus.DifferentContent)
        .When(All with { Lines = [Of("1", 2)] }).ThenRefused(CancelStatus.DifferentContent);

    [Fact]
    public void A_cancellation_of_another_version_of_the_order_is_stale() => Given(Accepted)
        .When(All with { IfVersion = 1 }).ThenRefused(CancelStatus.Stale)
        .When(All with { IfVersion = 2 }).ThenTold(CancelStatus.Cancelled)
        .When(All with { IfVersion = 2 }).ThenRefused(CancelStatus.AlreadyCancelled)
        .When(All with { Id = "c-2", IfVersion = 2 }).ThenRefused(CancelStatus.Stale);

    [Fact]
    public void There_is_no_order_to_cancel() => Given()
        .When(All).Then(new CancelReply(CancelStatus.UnknownOrder, null));

    [Fact]
    public void An_order_that_was_cancelled_whole_has_ended() => Given(Accepted)
        .When(All).When(All with { Id = "c-2" }).ThenRefused(CancelStatus.OrderEnded);

    [Fact]
    public void A_rejected_order_has_ended() => Given(
        Placed(Line("1", "A", 2)),
        new OrderRejected(Answer("A", 1, ClaimStatus.Insufficient), RejectReason.SoldOut, []))
        .When(All).ThenRefused(CancelStatus.OrderEnded);

    [Fact]
    public void A_line_that_the_order_has_not_is_refused() => Given(Accepted)
        .When(All with { Lines = [Of("1", 1), Of("2", 0)] }).ThenRefused(CancelStatus.UnknownLine);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_quantity_that_is_not_positive_is_refused(int units) => Given(Accepted)
        .When(All with { Lines = [Of("1", units)] }).ThenRefused(CancelStatus.QuantityNotPositive);

    [Fact]
    public void More_than_can_still_be_cancelled_is_too_late() =>
        Given([.. AtNode(), new GoodsShipped("s-1", 1, Start, [Of("1", 1)], [Of("1", 1)], null, null)])
            .When(All with { Lines = [Of("1", 2)] }).ThenRefused(CancelStatus.TooLate)
            .When(All with { Lines = [Of("1", 1)] }).ThenTold(CancelStatus.Cancelled);

    [Fact]
    public void An_order_that_has_left_whole_cannot_be_cancelled() =>
        Given([.. AtNode(), new GoodsShipped("s-1", 1, Start, [], [Of("1", 2)], null, null)])
            .When(All).ThenRefused(CancelStatus.TooLate);

    [Fact]
    public void A_thousand_operations_are_enough()
    {
        var placed = Placed(Line("1", "A", 2_000));
        var cancelled = Enumerable.Range(1, Order.MaxOperations)
            .Select(i => Cancelled(new($"c-{i}", [Of("1", 1)], ""), [Of("1", 1)]));

        Given([placed, .. cancelled])
            .When(new Cancel("one more", [Of("1", 1)], "")).ThenRefused(CancelStatus.TooManyOperations)
            .When(new Cancel("c-1", [Of("1", 1)], "")).ThenRefused(CancelStatus.AlreadyCancelled);
    }

    [Fact]
    public void The_last_reason_is_told()
    {
        var order = Given(Accepted)
            .When(new Cancel("c-1", [Of("1", 1)], "one less")).When(new Cancel("c-2", [], "none at all")).See();

        Assert.Equal((OrderStatus.Cancelled, "none at all"), (order.Status, order.CancelReason));
    }
}
