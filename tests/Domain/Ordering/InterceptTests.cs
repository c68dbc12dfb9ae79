using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>A cancellation after a node has begun: it stops the goods, or cannot, and its word is the truth.</summary>
public sealed class InterceptTests
{
    static readonly Cancel All = new("c-1", [], "changed my mind");
    static readonly StartWork Work = new("w-1", 1);

    /// <summary>Line 1: 3 of A, two at N1 where work has begun, and one at N2.</summary>
    static readonly OrderEvent[] OneNodeWorks =
    [
        Placed(Line("1", "A", 3)), new OrderAccepted(Granted("A", 1, 3), []),
        new OrderRouted(Plan(1, Pick("A", N1(2), N2(1)))),
        new FulfilmentOpened(Committed("A", 2, N1(2), N2(1)), [
            Opened(1, "N1", Units("1", "A", 2)), Opened(2, "N2", Units("1", "A", 1)),
        ]),
        new FulfilmentStarted("w-1", 1, Start, 2),
    ];

    static readonly OrderEvent[] Stopping =
        [.. Started(), new InterceptOpened("c-1", 1, "changed my mind", [], [new(1, "1", 2)])];

    static InterceptOpened Opening(Cancel c, params ImmutableArray<WithdrawnUnits> units) =>
        new(c.Id, 1, c.Reason, c.Lines, units);

    [Fact]
    public void A_node_that_begins_to_work_is_the_point_of_no_return()
    {
        var scene = Given(AtNode())
            .At(After(60)).When(Work).ThenTold(FulfilStatus.Done)
            .ThenHappens(new FulfilmentStarted("w-1", 1, After(60), 2)).ThenSends();

        var order = scene.See();
        Assert.Equal(
            (OrderStatus.InFulfilment, FulfilmentStatus.InProgress), (order.Status, order.Fulfilments[0].Status));
        Assert.Equal(After(60), order.Fulfilments[0].StartedAt);
    }

    [Fact]
    public void A_node_begins_once() => Given(AtNode())
        .When(Work).When(Work).ThenRefused(FulfilStatus.AlreadyDone)
        .When(Work with { Id = "w-2" }).ThenRefused(FulfilStatus.AlreadyDone);

    [Fact]
    public void A_beginning_is_no_other_kind_of_operation() => Given(OneNodeWorks)
        .When(new StartWork("w-1", 2)).ThenRefused(FulfilStatus.DifferentContent);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Work_that_there_is_not_is_not_begun(int number) => Given(AtNode())
        .When(new StartWork("w-1", number)).ThenRefused(FulfilStatus.UnknownFulfilment);

    [Fact]
    public void Nothing_is_begun_where_nothing_is_open() => Given(AtNode())
        .When(new Ship("s-1", 1, [], null, null)).When(Work).ThenRefused(FulfilStatus.NothingOpen);

    [Fact]
    public void A_thousand_operations_are_enough_to_begin_too() => Given([
        .. AtNode(),
        .. Enumerable.Range(1, Order.MaxOperations).Select(i => new OrderCancelled($"c-{i}", "", [], [], [])),
    ]).When(Work).ThenRefused(FulfilStatus.TooManyOperations);

    [Fact]
    public void A_cancellation_after_that_asks_the_node_to_stop_the_goods_and_they_cannot_leave()
    {
        var scene = Given(Started())
            .When(All).ThenTold(CancelStatus.InterceptOpened).ThenHappens(Opening(All, new WithdrawnUnits(1, "1", 2)))
            .ThenSends()
            .When(new Ship("s-1", 1, [], null, null)).ThenRefused(FulfilStatus.Intercepted)
            .When(new Ship("s-1", 1, [Of("1", 1)], null, null)).ThenRefused(FulfilStatus.Intercepted);

        var order = scene.See();
        Assert.Equal(
            (OrderStatus.InFulfilment, 0, 2), (order.Status, order.Lines[0].Cancelled, order.Lines[0].Allocated));
        Assert.Equal(InterceptStatus.Open, Assert.Single(order.Intercepts).Status);
    }

    [Fact]
    public void What_is_not_to_be_stopped_leaves()
    {
        Cancel one = new("c-1", [Of("1", 1)], "one less");
        Ship rest = new("s-1", 1, [], null, null);

        Given(Started())
            .When(one).ThenHappens(Opening(one, new WithdrawnUnits(1, "1", 1)))
            .When(new Ship("s-2", 1, [Of("1", 2)], null, null)).ThenRefused(FulfilStatus.Intercepted)
            .When(rest).ThenTold(FulfilStatus.Done)
            .ThenHappens(new GoodsShipped("s-1", 1, Start, [], [Of("1", 1)], null, null));
    }

    [Fact]
    public void What_was_stopped_is_cancelled_and_goes_back_to_stock()
    {
        var scene = Given(Stopping)
            .When(new AnswerIntercept(1, Stopped: true)).ThenTold(InterceptAnswerStatus.Answered)
            .ThenHappens(new InterceptAnswered(1, true, [new(1, "1", 2)]))
            .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 3, 0, [N1(2)])));

        var order = scene.See();
        Assert.Equal(
            (OrderStatus.Cancelled, "changed my mind", InterceptStatus.Stopped, FulfilmentStatus.Cancelled),
            (order.Status, order.CancelReason, order.Intercepts[0].Status, order.Fulfilments[0].Status));
    }

    [Fact]
    public void What_could_not_be_stopped_may_leave()
    {
        var scene = Given(Stopping)
            .When(new AnswerIntercept(1, Stopped: false)).ThenTold(InterceptAnswerStatus.Answered)
            .ThenHappens(new InterceptAnswered(1, false, [new(1, "1", 2)])).ThenSends()
            .When(new Ship("s-1", 1, [], null, null)).ThenTold(FulfilStatus.Done);

        var order = scene.See();
        Assert.Equal(
            (OrderStatus.Shipped, InterceptStatus.Failed, 0),
            (order.Status, order.Intercepts[0].Status, order.Lines[0].Cancelled));
    }

    [Fact]
    public void An_answer_is_given_once() => Given(Stopping)
        .When(new AnswerIntercept(1, true))
        .When(new AnswerIntercept(1, true)).ThenRefused(InterceptAnswerStatus.AlreadyAnswered)
        .When(new AnswerIntercept(1, false)).ThenRefused(InterceptAnswerStatus.AnsweredOtherwise);

    [Fact]
    public void That_they_could_not_be_stopped_is_said_once() => Given(Stopping)
        .When(new AnswerIntercept(1, false))
        .When(new AnswerIntercept(1, false)).ThenRefused(InterceptAnswerStatus.AlreadyAnswered)
        .When(new AnswerIntercept(1, true)).ThenRefused(InterceptAnswerStatus.AnsweredOtherwise);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_intercept_that_there_is_not_has_no_answer(int number) => Given(Stopping)
        .When(new AnswerIntercept(number, true)).ThenRefused(InterceptAnswerStatus.UnknownIntercept);

    [Fact]
    public void An_order_that_there_is_not_has_no_intercept() => Given()
        .When(new AnswerIntercept(1, true)).Then(new InterceptReply(InterceptAnswerStatus.UnknownIntercept, null));

    [Fact]
    public void Units_that_no_node_works_on_are_cancelled_at_once_and_the_others_stopped()
    {
        var scene = Given(OneNodeWorks)
            .When(All).ThenTold(CancelStatus.InterceptOpened)
            .ThenHappens(
                Opening(All, new WithdrawnUnits(1, "1", 2)),
                new OrderCancelled("c-1", All.Reason, [], [], [new(2, "1", 1)]))
            .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 3, 0, [N2(1)])));

        Assert.Equal((1, 2), (scene.See().Lines[0].Cancelled, scene.See().Lines[0].Allocated));
    }

    [Fact]
    public void Each_node_is_asked_to_stop_what_is_with_it()
    {
        var scene = Given([.. OneNodeWorks, new FulfilmentStarted("w-2", 2, Start, 1)])
            .When(All).ThenTold(CancelStatus.InterceptOpened)
            .ThenHappens(
                new InterceptOpened("c-1", 1, All.Reason, [], [new(2, "1", 1)]),
                new InterceptOpened("c-1", 2, All.Reason, [], [new(1, "1", 2)]))
            .When(All).ThenRefused(CancelStatus.InterceptOpened);
        scene.When(new AnswerIntercept(1, false)).ThenTold(InterceptAnswerStatus.Answered)
            .When(new AnswerIntercept(2, true)).ThenTold(InterceptAnswerStatus.Answered);
        Assert.Equal((2, 1), (scene.See().Lines[0].Cancelled, scene.See().Lines[0].Allocated));
    }

    [Fact]
    public void Free_units_are_cancelled_before_any_is_stopped()
    {
        Cancel one = new("c-1", [Of("1", 1)], "one less"), two = new("c-2", [Of("1", 1)], "another one less");

        Given(OneNodeWorks)
            .When(one).ThenTold(CancelStatus.Cancelled)
            .ThenHappens(new OrderCancelled("c-1", one.Reason, one.Lines, [], [new(2, "1", 1)]))
            .When(two).ThenTold(CancelStatus.InterceptOpened).ThenHappens(Opening(two, new WithdrawnUnits(1, "1", 1)));
    }

    [Fact]
    public void What_is_being_stopped_is_not_cancelled_again() => Given(Stopping)
        .When(All with { Id = "c-2" }).ThenRefused(CancelStatus.TooLate)
        .When(new Cancel("c-2", [Of("1", 1)], "one less")).ThenRefused(CancelStatus.TooLate)
        .When(new AnswerIntercept(1, false))
        .When(All with { Id = "c-2" }).ThenTold(CancelStatus.InterceptOpened)
        .ThenHappens(new InterceptOpened("c-2", 2, All.Reason, [], [new(1, "1", 2)]));

    [Fact]
    public void The_same_cancellation_again_is_told_the_same() => Given(Stopping)
        .When(All).ThenRefused(CancelStatus.InterceptOpened)
        .When(All with { Reason = "other" }).ThenRefused(CancelStatus.DifferentContent)
        .When(new AnswerIntercept(1, true))
        .When(All).ThenRefused(CancelStatus.InterceptOpened);

    [Fact]
    public void An_order_closes_when_all_that_was_not_stopped_has_arrived() =>
        Given([
            .. Started(), new InterceptOpened("c-1", 1, "one less", [Of("1", 1)], [new(1, "1", 1)]),
            new GoodsShipped("s-1", 1, Start, [], [Of("1", 1)], null, null),
            new GoodsDelivered("d-1", 1, Start, [Of("1", 1)], null),
        ])
            .When(new AnswerIntercept(1, true))
            .ThenHappens(new InterceptAnswered(1, true, [new(1, "1", 1)], Start + Order.CloseAfter))
            .ThenSends(Timer(new Close(), Start + Order.CloseAfter));

    [Fact]
    public void An_order_that_is_held_is_stopped_at_the_node_all_the_same() => Given(Started())
        .When(new PlaceHold("h-1", HoldType.Manual, "wait", "ann", null))
        .When(new RejectHold("x-1", 1, "no", "ann")).ThenTold(HoldStatus.Done)
        .ThenHappens(
            new InterceptOpened("x-1", 1, "no", [], [new(1, "1", 2)]),
            new HoldReleased(null, 1, Start, "ann", "rejected: no", [1]));

    [Fact]
    public void Who_takes_for_fraud_what_a_node_works_on_says_so_with_the_intercept() => Given(Started())
        .When(new PlaceHold("h-1", HoldType.Fraud, "a stolen card", "ann", null))
        .When(new RejectHold("x-1", 1, "no", "ann")).ThenTold(HoldStatus.Done)
        .ThenHappens(
            new InterceptOpened("x-1", 1, "no", [], [new(1, "1", 2)], Fraud: true),
            new HoldReleased(null, 1, Start, "ann", "rejected: no", [1]));
}
