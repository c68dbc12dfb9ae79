using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Routing;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

public sealed class PaymentTests
{
    static readonly OrderPlaced Prepaid = PlacedPrepaid(1_250, Line("1", "A", 2, 500), Line("2", "A", 1, 250));
    static readonly StockAnswer Held = Granted("A", 1, 3);
    static readonly OrderEvent[] Awaited = [Prepaid, new PaymentAwaited(Held, [], Start + Order.PayWithin)];
    static readonly OrderEvent[] Ended =
        [.. Awaited, new OrderCancelled("c-1", "no", [], [Of("1", 2), Of("2", 1)], [])];

    static ConfirmPayment Pay(long cents, string id = "p-1") => new(id, Eur(cents));

    [Fact]
    public void An_order_that_is_paid_in_advance_waits_for_its_money_while_its_stock_is_held()
    {
        var scene = Given(Prepaid)
            .When(Take(Held))
            .Then(Done.It, new PaymentAwaited(Held, [], Start + Order.PayWithin))
            .ThenSends(Timer(new EndPaymentWait(), Start + Order.PayWithin));

        var order = scene.See();
        Assert.Equal((OrderStatus.Held, 0L, Eur(1_250)), (order.Status, order.PaidMinor, order.Due!.Value));
        Assert.Equal(Start + Order.PayWithin, order.PayBy);
    }

    [Fact]
    public void The_whole_sum_accepts_it()
    {
        var scene = Given(Awaited)
            .When(Pay(1_250)).ThenTold(PaymentStatus.Paid)
            .ThenHappens(new PaymentConfirmed("p-1", Eur(1_250), 1_250), new OrderAccepted(null, []))
            .ThenSends(ToRouter(1, new RouteLine("A", 3, [N1(3)])));

        Assert.Null(scene.See().PayBy);
    }

    [Fact]
    public void Parts_add_up() => Given(Awaited)
        .When(Pay(1_000)).ThenTold(PaymentStatus.PartlyPaid)
        .ThenHappens(new PaymentConfirmed("p-1", Eur(1_000), 1_000)).ThenSends()
        .When(Pay(250, "p-2")).ThenTold(PaymentStatus.Paid)
        .ThenHappens(new PaymentConfirmed("p-2", Eur(250), 1_250), new OrderAccepted(null, []));

    [Fact]
    public void More_than_is_due_is_booked_as_it_came() => Given(Awaited)
        .When(Pay(2_000)).ThenTold(PaymentStatus.Paid)
        .ThenHappens(new PaymentConfirmed("p-1", Eur(2_000), 2_000), new OrderAccepted(null, []))
        .When(Pay(1, "p-2")).ThenTold(PaymentStatus.Paid)
        .ThenHappens(new PaymentConfirmed("p-2", Eur(1), 2_001));

    [Fact]
    public void Money_that_comes_before_stock_has_decided_is_not_waited_for() => Given(Prepaid)
        .When(Pay(1_250)).ThenTold(PaymentStatus.Paid).ThenHappens(new PaymentConfirmed("p-1", Eur(1_250), 1_250))
        .When(Take(Held)).ThenHappens(new OrderAccepted(Held, []));

    [Fact]
    public void The_same_payment_again_is_not_booked_again() => Given(Awaited)
        .When(Pay(1_000)).When(Pay(1_000)).ThenRefused(PaymentStatus.AlreadyConfirmed)
        .When(Pay(250, "p-2")).When(Pay(250, "p-2")).ThenRefused(PaymentStatus.AlreadyConfirmed);

    [Fact]
    public void Another_payment_under_the_same_id_is_refused() => Given(Awaited)
        .When(Pay(1_000))
        .When(Pay(1_001)).ThenRefused(PaymentStatus.DifferentContent)
        .When(new ConfirmPayment("p-1", new(1_000, "USD"))).ThenRefused(PaymentStatus.DifferentContent);

    [Fact]
    public void A_payment_for_another_version_of_the_order_is_stale() => Given(Awaited)
        .When(Pay(1_000) with { IfVersion = 1 }).ThenRefused(PaymentStatus.Stale)
        .When(Pay(1_000) with { IfVersion = 2 }).ThenTold(PaymentStatus.PartlyPaid)
        .When(Pay(250, "p-2") with { IfVersion = 2 }).ThenRefused(PaymentStatus.Stale);

    [Fact]
    public void A_repeat_is_no_staler_than_it_was() => Given(Awaited)
        .When(Pay(1_000) with { IfVersion = 2 }).ThenTold(PaymentStatus.PartlyPaid)
        .When(Pay(1_000) with { IfVersion = 2 }).ThenRefused(PaymentStatus.AlreadyConfirmed);

    [Fact]
    public void Stale_is_told_before_anything_that_the_caller_could_not_know() => Given(Ended)
        .When(Pay(0) with { IfVersion = 2 }).ThenRefused(PaymentStatus.Stale);

    [Fact]
    public void A_payment_is_no_other_kind_of_operation() => Given([.. Awaited, new PaymentConfirmed("x", Eur(1), 1)])
        .When(new Cancel("x", [], "")).ThenRefused(CancelStatus.DifferentContent);

    [Fact]
    public void There_is_no_order_to_pay() => Given()
        .When(Pay(0)).Then(new PaymentReply(PaymentStatus.UnknownOrder, null));

    [Fact]
    public void What_is_not_paid_in_advance_expects_no_payment() => Given(AtNode())
        .When(Pay(0)).ThenRefused(PaymentStatus.NotExpected);

    [Fact]
    public void An_order_that_has_ended_takes_no_money() => Given(Ended)
        .When(Pay(0)).ThenRefused(PaymentStatus.OrderEnded);

    [Fact]
    public void A_rejected_order_takes_no_money() =>
        Given(Prepaid, new OrderRejected(Answer("A", 1, ClaimStatus.Insufficient), RejectReason.SoldOut, []))
            .When(Pay(1_250)).ThenRefused(PaymentStatus.OrderEnded);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void An_amount_that_is_not_positive_is_refused(long cents) => Given(Awaited)
        .When(Pay(cents)).ThenRefused(PaymentStatus.AmountNotPositive);

    [Fact]
    public void An_amount_in_another_currency_is_refused() => Given(Awaited)
        .When(new ConfirmPayment("p-1", new(1_250, "USD"))).ThenRefused(PaymentStatus.OtherCurrency);

    [Fact]
    public void More_money_than_fits_is_refused() => Given(Awaited)
        .When(Pay(1)).ThenTold(PaymentStatus.PartlyPaid)
        .When(Pay(long.MaxValue, "p-2")).ThenRefused(PaymentStatus.TooManyOperations)
        .When(Pay(long.MaxValue - 1, "p-2")).ThenTold(PaymentStatus.Paid);

    [Fact]
    public void A_thousand_operations_are_enough()
    {
        var paid = Enumerable.Range(1, Order.MaxOperations).Select(i => new PaymentConfirmed($"p-{i}", Eur(1), i));

        Given([.. Awaited, .. paid])
            .When(Pay(1, "one more")).ThenRefused(PaymentStatus.TooManyOperations)
            .When(Pay(1, "p-1")).ThenRefused(PaymentStatus.AlreadyConfirmed)
            .When(Pay(1, "p-1000")).ThenRefused(PaymentStatus.AlreadyConfirmed);
    }

    [Fact]
    public void Who_does_not_pay_in_time_loses_the_order() => Given(Awaited)
        .At(Start + Order.PayWithin).When(new EndPaymentWait())
        .Then(Done.It, new OrderCancelled(Order.PaymentOverdue, "payment overdue", [], [Of("1", 2), Of("2", 1)], []))
        .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 2, 3, [])));

    [Fact]
    public void An_order_that_was_cancelled_need_not_be_paid_by_any_time()
    {
        Assert.Null(Given(Ended).See().PayBy);
        Assert.Null(Given(Awaited).When(new EndPaymentWait()).See().PayBy);
        Assert.NotNull(Given(Awaited).When(new Cancel("c-1", [Of("1", 1)], "one less")).See().PayBy);
    }

    [Fact]
    public void A_timer_that_finds_the_order_paid_does_nothing() => Given(Awaited)
        .When(Pay(1_250))
        .At(Start + Order.PayWithin).When(new EndPaymentWait()).Then(Done.It);

    /// <summary>The timer found enough paid and does not come again: only the hold tells of it.</summary>
    [Fact]
    public void An_order_that_became_dearer_as_its_time_to_pay_ended_is_held_for_the_rest()
    {
        var end = Start + Order.PayWithin;
        Edit more = new("e-1", [], [Line("3", "B", 1, 100)], null, null, "one more");

        var scene = Given(Awaited)
            .When(more).ThenTold(EditStatus.Begun)
            .When(Pay(1_250)).ThenTold(PaymentStatus.Paid)
            .At(end).When(new EndPaymentWait()).Then(Done.It)
            .When(Take(Granted("B", 1, 1)));

        var hold = Assert.Single(scene.See().Clearance.Holds);
        Assert.Equal((HoldType.Payment, "more is due than is paid"), (hold.Type, hold.Reason));
    }

    [Fact]
    public void A_timer_that_comes_twice_counts_once() => Given(Awaited)
        .When(new EndPaymentWait()).When(new EndPaymentWait()).Then(Done.It);

    [Fact]
    public void A_timer_that_finds_the_order_cancelled_does_nothing() => Given(Ended)
        .When(new EndPaymentWait()).Then(Done.It);

    [Fact]
    public void What_is_cancelled_need_not_be_paid()
    {
        var scene = Given(Awaited).When(new Cancel("c-1", [Of("1", 1)], "one less")).ThenSends(
            ToSku("A", new SkuCommand.Release("o-1", 2, 1, [])));

        Assert.Equal(Eur(750), scene.See().Due);
        scene.When(Pay(750)).ThenTold(PaymentStatus.Paid);
    }

    [Fact]
    public void A_cancellation_that_makes_what_was_paid_enough_accepts_the_order() => Given(Awaited)
        .When(Pay(750))
        .When(new Cancel("c-1", [Of("1", 1)], "one less")).ThenTold(CancelStatus.Cancelled)
        .ThenHappens(
            new OrderCancelled("c-1", "one less", [Of("1", 1)], [Of("1", 1)], []), new OrderAccepted(null, []));

    [Fact]
    public void The_largest_sum_can_be_paid() =>
        Given(
            PlacedPrepaid(long.MaxValue, Line("1", "A", 1, long.MaxValue)),
            new PaymentAwaited(Granted("A", 1, 1), [], Start))
            .When(Pay(long.MaxValue - 1)).ThenTold(PaymentStatus.PartlyPaid)
            .When(Pay(1, "p-2")).ThenTold(PaymentStatus.Paid);
}
