using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

public sealed class AllOrNothingTests
{
    static readonly OrderPlaced One = Placed(Line("1", "A", 2)), Two = Placed(Line("1", "A", 2), Line("2", "B", 1));
    static readonly StockAnswer ShortB = Answer("B", 1, ClaimStatus.Insufficient), TwoOfA = Granted("A", 1, 2);

    [Fact]
    public void An_order_is_accepted_when_its_sku_holds_all() => Given(One)
        .When(Take(TwoOfA))
        .Then(Done.It, new OrderAccepted(TwoOfA, []))
        .ThenSends(ToRouter(1, new RouteLine("A", 2, [N1(2)])));

    [Fact]
    public void An_order_is_accepted_when_the_last_of_its_skus_holds_all() => Given(Two)
        .When(Take(Granted("B", 1, 1))).ThenHappens(new StockAnswered(Granted("B", 1, 1))).ThenSends()
        .When(Take(TwoOfA)).ThenHappens(new OrderAccepted(TwoOfA, []))
        .ThenSends(ToRouter(1, new RouteLine("A", 2, [N1(2)]), new RouteLine("B", 1, [N1(1)])));

    [Fact]
    public void An_answer_that_the_units_were_held_before_is_as_good() => Given(One)
        .When(Take(TwoOfA with { Status = ClaimStatus.AlreadyDone }))
        .ThenHappens(new OrderAccepted(TwoOfA with { Status = ClaimStatus.AlreadyDone }, []));

    [Fact]
    public void Backordered_units_are_held_as_far_as_the_order_is_concerned() => Given(One)
        .When(Take(Granted("A", 1, 0, backordered: 2)))
        .ThenHappens(new OrderAccepted(Granted("A", 1, 0, backordered: 2), []))
        .ThenSends();

    [Fact]
    public void An_order_is_rejected_when_one_sku_is_short_and_gives_the_others_back() =>
        Given(Two, new StockAnswered(TwoOfA))
            .When(Take(ShortB))
            .Then(Done.It, new OrderRejected(ShortB, RejectReason.SoldOut, [new("2", "B", 1, 1, 0)]))
            .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 2, 2, [])));

    [Fact]
    public void An_order_is_not_rejected_before_every_sku_has_answered() => Given(Two)
        .When(Take(ShortB)).ThenHappens(new StockAnswered(ShortB)).ThenSends()
        .When(Take(TwoOfA))
        .ThenHappens(new OrderRejected(TwoOfA, RejectReason.SoldOut, [new("2", "B", 1, 1, 0)]))
        .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 2, 2, [])));

    [Fact]
    public void The_lines_that_are_short_are_named_the_first_ones_served_first() =>
        Given(Placed(Line("1", "A", 2), Line("2", "A", 3), Line("3", "A", 1)))
            .When(Take(Answer("A", 1, ClaimStatus.Insufficient, available: 4)))
            .ThenHappens(new OrderRejected(
                Answer("A", 1, ClaimStatus.Insufficient, available: 4), RejectReason.SoldOut,
                [new("2", "A", 3, 1, 4), new("3", "A", 1, 1, 4)]));

    [Fact]
    public void An_unknown_sku_rejects_the_order_whatever_else_is_short()
    {
        var unknown = Answer("A", 1, ClaimStatus.UnknownSku);

        Given(Two, new StockAnswered(ShortB))
            .When(Take(unknown))
            .ThenHappens(new OrderRejected(unknown, RejectReason.UnknownSku, [new("1", "A", 2, 2, 0)]))
            .ThenSends();
    }

    [Fact]
    public void A_rejected_order_tells_why()
    {
        var order = Given(Two, new StockAnswered(TwoOfA)).When(Take(ShortB)).See();

        Assert.Equal((OrderStatus.Rejected, RejectReason.SoldOut), (order.Status, order.Rejected));
        Assert.Equal<IEnumerable<ShortLine>>([new("2", "B", 1, 1, 0)], order.Short);
    }

    [Fact]
    public void An_answer_that_comes_twice_counts_once() => Given(Two)
        .When(Take(TwoOfA)).ThenHappens(new StockAnswered(TwoOfA))
        .When(Take(TwoOfA)).Then(Done.It)
        .When(Take(Granted("B", 1, 1))).ThenHappens(new OrderAccepted(Granted("B", 1, 1), []))
        .When(Take(Granted("B", 1, 1))).Then(Done.It);

    [Fact]
    public void An_answer_of_a_sku_that_was_not_asked_says_nothing() => Given(Two)
        .When(Take(Granted("C", 1, 1))).Then(Done.It)
        .When(new OrderCommand.NoteClaim("C", Holds(9, 1, 1), [])).Then(Done.It);

    [Fact]
    public void Nothing_is_asked_and_nothing_is_told_before_there_is_an_order() => Given()
        .When(Take(TwoOfA)).Then(Done.It)
        .When(new OrderCommand.NoteClaim("A", Holds(9, 1, 1), [])).Then(Done.It)
        .When(new OrderCommand.Retry("A", 1)).Then(Done.It)
        .When(new OrderCommand.FollowPlan(Plan(0))).Then(Done.It)
        .When(new OrderCommand.EndPaymentWait()).Then(Done.It)
        .When(new OrderCommand.Close()).Then(Done.It);

    [Theory]
    [InlineData(ClaimStatus.TooOld)]
    [InlineData(ClaimStatus.OrderClosed)]
    [InlineData(ClaimStatus.DifferentContent)]
    public void A_question_that_was_not_taken_as_new_is_asked_again_as_the_next_step(ClaimStatus status) => Given(One)
        .At(After(40)).When(Take(Answer("A", 1, status)))
        .Then(Done.It, new StockAnswered(Answer("A", 1, status)))
        .ThenSends(ToSku("A", new SkuCommand.Reserve("o-1", 2, 2, After(40))));

    [Theory]
    [InlineData(ClaimStatus.QuantityNotPositive)]
    [InlineData(ClaimStatus.NothingHeld)]
    [InlineData(ClaimStatus.MoreThanHeld)]
    [InlineData(ClaimStatus.NodeShort)]
    public void An_answer_that_no_reservation_can_get_is_a_bug_and_not_a_decision(ClaimStatus status)
    {
        var order = Order.Evolve(Order.Initial, One);

        Assert.Throws<InvalidOperationException>(() =>
            Order.Decide(order, Take(Answer("A", 1, status)), new(Self, Start, 1)));
    }

    [Fact]
    public void What_a_sku_or_the_router_replies_comes_back_as_a_command()
    {
        ClaimReply reply = new(ClaimStatus.Done, 1, Holds(3, 1, 2), [N1(2)], 5);

        Assert.Equal(
            Text.Of(new OrderCommand.TakeAnswer(new("A", 1, ClaimStatus.Done, Holds(3, 1, 2), [N1(2)], 5))),
            Text.Of(Order.OnReply(ToSku("A", new SkuCommand.Reserve("o-1", 1, 2)), reply)));
        Assert.Equal(
            Text.Of(new OrderCommand.FollowPlan(Plan(1, Pick("A", N1(2))))),
            Text.Of(Order.OnReply(ToRouter(1), Plan(1, Pick("A", N1(2))))));
        Assert.Null(Order.OnReply(Timer(new OrderCommand.Close(), Start), Done.It));
    }

    [Fact]
    public void Five_thousand_skus_are_decided_by_the_last_answer()
    {
        var lines = Enumerable.Range(1, Order.MaxLines).Select(i => Line($"{i}", $"sku-{i:0000}", 1)).ToArray();
        var answers = lines.Select(l => Granted(l.Sku, 1, 1)).ToArray();

        var scene = Given([Placed([.. lines]), .. answers[..^1].Select(a => new StockAnswered(a))])
            .When(Take(answers[^1]))
            .ThenHappens(new OrderAccepted(answers[^1], []));

        var route = Assert.IsType<RoutingMessage.PlanRoute>(Assert.Single(scene.Sends).Command);
        Assert.Equal(Order.MaxLines, route.Lines.Length);
    }
}
