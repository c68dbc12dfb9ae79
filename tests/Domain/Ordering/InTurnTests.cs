using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// Two orders that hold what the other misses: both give back, and ask one SKU after the other, so that one of them
/// wins.
/// </summary>
public sealed class InTurnTests
{
    static readonly OrderPlaced Two = Placed(Line("1", "A", 2), Line("2", "B", 1));
    static readonly StockAnswer TwoOfA = Granted("A", 1, 2), RivalsHoldB = Answer("B", 1, ClaimStatus.Contended);
    static readonly OrderEvent[] Yielded = [Two, new StockAnswered(TwoOfA), new ReservationsYielded(RivalsHoldB)];
    static readonly OrderEvent[] AskingA = [.. Yielded, new StockAnswered(TookBack("A", 2))];
    static readonly OrderEvent[] AskingB = [.. AskingA, new StockAnswered(Granted("A", 3, 2))];

    static SkuCommand.Reserve Asks(int step, long units) =>
        new("o-1", step, units, Start, Tentative: Order.TentativeFor);

    static StockAnswer Contended(int step) => Answer("B", step, ClaimStatus.Contended);

    [Fact]
    public void An_order_that_meets_a_rival_gives_back_what_it_holds() => Given(Two, new StockAnswered(TwoOfA))
        .When(Take(RivalsHoldB))
        .Then(Done.It, new ReservationsYielded(RivalsHoldB))
        .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 2, 2, [])));

    [Fact]
    public void It_gives_nothing_back_before_every_sku_has_answered() => Given(Two)
        .When(Take(RivalsHoldB)).ThenHappens(new StockAnswered(RivalsHoldB)).ThenSends()
        .When(Take(TwoOfA)).ThenHappens(new ReservationsYielded(TwoOfA))
        .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 2, 2, [])));

    [Fact]
    public void An_order_that_holds_nothing_asks_in_turn_at_once() => Given(Two, new StockAnswered(RivalsHoldB))
        .When(Take(Answer("A", 1, ClaimStatus.Contended)))
        .ThenHappens(new ReservationsYielded(Answer("A", 1, ClaimStatus.Contended)))
        .ThenSends(ToSku("A", Asks(2, 2)));

    [Fact]
    public void Once_all_is_given_back_the_first_sku_alone_is_asked() => Given(Yielded)
        .When(Take(TookBack("A", 2)))
        .ThenHappens(new StockAnswered(TookBack("A", 2)))
        .ThenSends(ToSku("A", Asks(3, 2)));

    [Fact]
    public void The_next_sku_is_asked_when_the_one_before_holds() => Given(AskingA)
        .When(Take(Granted("A", 3, 2)))
        .ThenHappens(new StockAnswered(Granted("A", 3, 2)))
        .ThenSends(ToSku("B", Asks(2, 1)));

    [Fact]
    public void The_order_is_accepted_when_the_last_one_holds() => Given(AskingB)
        .When(Take(Granted("B", 2, 1)))
        .ThenHappens(new OrderAccepted(Granted("B", 2, 1), []))
        .ThenSends(ToRouter(1, new RouteLine("A", 2, [N1(2)]), new RouteLine("B", 1, [N1(1)])));

    [Fact]
    public void The_order_is_rejected_when_one_in_turn_is_short() => Given(AskingA)
        .When(Take(Answer("A", 3, ClaimStatus.Insufficient, TookBack("A", 2).Standing, available: 1)))
        .ThenHappens(new OrderRejected(
            Answer("A", 3, ClaimStatus.Insufficient, TookBack("A", 2).Standing, available: 1), RejectReason.SoldOut,
            [new("1", "A", 2, 1, 1)]))
        .ThenSends();

    [Fact]
    public void Who_meets_a_rival_in_turn_keeps_what_it_has_and_asks_again_later()
    {
        var scene = Given(AskingB).When(Take(Contended(2)));

        var deferred = Assert.IsType<ReservationDeferred>(Assert.Single(scene.Events));
        scene.ThenSends(Timer(new OrderCommand.Retry("B", 2), deferred.At))
            .At(deferred.At).When(new OrderCommand.Retry("B", 2))
            .Then(Done.It, new ReservationRetried("B"))
            .ThenSends(ToSku("B", Asks(3, 1) with { Asked = deferred.At }));
    }

    [Theory]
    [InlineData(1, 50)]
    [InlineData(2, 100)]
    [InlineData(3, 200)]
    [InlineData(4, 400)]
    [InlineData(5, 800)]
    [InlineData(6, 800)]
    [InlineData(60, 800)]
    public void It_asks_again_later_and_later_up_to_eight_tenths_of_a_second(int tries, int milliseconds)
    {
        var scene = Given(Placed(Line("1", "A", 2)));
        for (var step = 1; step < tries; step++)
            scene.When(Take(Answer("A", step, ClaimStatus.Contended))).When(new OrderCommand.Retry("A", step));

        scene.When(Take(Answer("A", tries, ClaimStatus.Contended)));

        var wait = Assert.IsType<ReservationDeferred>(Assert.Single(scene.Events)).At - Start;
        Assert.InRange(wait.TotalMilliseconds, milliseconds, milliseconds + 24);
    }

    [Fact]
    public void A_timer_that_comes_late_or_twice_is_judged_by_what_it_finds() => Given(AskingB)
        .When(new OrderCommand.Retry("B", 2)).Then(Done.It)
        .When(Take(Contended(2)))
        .When(new OrderCommand.Retry("B", 1)).Then(Done.It)
        .When(new OrderCommand.Retry("A", 2)).Then(Done.It)
        .When(new OrderCommand.Retry("B", 2)).ThenHappens(new ReservationRetried("B"))
        .When(new OrderCommand.Retry("B", 2)).Then(Done.It);

    [Fact]
    public void A_single_sku_is_waited_for_without_giving_anything_back()
    {
        var scene = Given(Placed(Line("1", "A", 2))).When(Take(Answer("A", 1, ClaimStatus.Contended)));

        var deferred = Assert.IsType<ReservationDeferred>(Assert.Single(scene.Events));
        scene.ThenSends(Timer(new OrderCommand.Retry("A", 1), deferred.At));
    }

    [Fact]
    public void An_order_cancelled_while_it_waits_gives_back_what_it_has_and_asks_no_more() =>
        Given([.. AskingB, new ReservationDeferred(Contended(2), After(0.1))])
            .When(new OrderCommand.Cancel("c-1", [], "changed my mind"))
            .ThenHappens(new OrderCancelled("c-1", "changed my mind", [], [Of("1", 2), Of("2", 1)], []))
            .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 4, 2, [])))
            .When(new OrderCommand.Retry("B", 2)).ThenSends();

    [Fact]
    public void An_order_cancelled_while_it_gives_back_asks_no_more() => Given(Yielded)
        .When(new OrderCommand.Cancel("c-1", [], "changed my mind")).ThenTold(CancelStatus.Cancelled).ThenSends()
        .When(Take(TookBack("A", 2)))
        .ThenHappens(new StockAnswered(TookBack("A", 2)))
        .ThenSends();

    [Fact]
    public void A_line_cancelled_meanwhile_is_not_waited_for() =>
        Given([.. AskingB, new ReservationDeferred(Contended(2), After(0.1))])
            .When(new OrderCommand.Cancel("c-1", [Of("2", 1)], "changed my mind"))
            .ThenHappens(
                new OrderCancelled("c-1", "changed my mind", [Of("2", 1)], [Of("2", 1)], []),
                new OrderAccepted(null, []))
            .ThenSends(ToRouter(1, new RouteLine("A", 2, [N1(2)])));
}
