using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Payments;
using Fulfillment.Routing;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>What an order asks of its payment or account and when, and what it makes of the answers.</summary>
public sealed class ClearingTests
{
    static readonly PaymentMethod Card = new("test-gateway", "tok-1"), Other = new("test-gateway", "tok-2"),
        Acme = new("account", "acme");

    static readonly Place Order1000 = Place(Line("1", "A", 2, 500)) with
    {
        Payment = PaymentPolicy.Authorise,
        Method = Card,
    };

    static readonly Place Prepaid = Order1000 with { Payment = PaymentPolicy.Prepaid };
    static readonly Place OnAccount = Order1000 with { Payment = PaymentPolicy.OnAccount, Method = Acme };
    static readonly StockAnswer Held = Granted("A", 1, 2);
    static readonly Send TooLate = Timer(new EndPaymentWait(), Start + Order.PayWithin);
    static readonly PaymentStanding Promised = Stands(3, promised: 1_000);
    static readonly PaymentStanding Declined = Stands(3, PaymentState.Declined) with { Code = "do_not_honor" };

    static PaymentStanding Stands(
        long version, PaymentState state = PaymentState.Settled, long promised = 0, long taken = 0, int attempt = 1) =>
        new(version, attempt, state, promised, taken, 0, 0);

    static OrderEvent[] Awaited(Place p) =>
        [Placed(p, Eur(1_000)), new PaymentAwaited(Held, [], Start + Order.PayWithin)];

    /// <summary>All of it is promised, and N1 is to ship it.</summary>
    static OrderEvent[] Cleared(Place p) =>
    [
        .. Awaited(p), new PaymentChanged(Promised), new OrderAccepted(null, []),
        new OrderRouted(Plan(1, Pick("A", N1(2)))),
        new FulfilmentOpened(Committed("A", 2, N1(2)), [Opened(1, "N1", Units("1", "A", 2))]),
    ];

    static OrderHeld Refused(string code = "do_not_honor") => new(
        null, new(1, HoldType.Payment, $"the payment was refused: {code}", Order.PaymentRule, Start, null), []);

    static OrderEvent[] Stopped(Place p) => [.. Awaited(p), new PaymentChanged(Declined), Refused()];

    static PaymentGoal Goal(
        long revision, long due, long take = 0, bool prepaid = false, PaymentMethod? method = null, int attempt = 1) =>
        new(revision, attempt, (method ?? Card).Provider, (method ?? Card).Token, "EUR", due, take, prepaid);

    static Send ToPayment(PaymentGoal goal) =>
        new(EntityId.Of("payment", "default", "o-1"), new PaymentCommand.Pursue(goal));

    static Send ToAccount(PaymentGoal goal) =>
        new(EntityId.Of("account", "default", "acme"), new AccountCommand.Bear("o-1", goal));

    [Fact]
    public void Money_is_promised_once_stock_is_held_and_then_nodes_are_chosen()
    {
        var scene = Given().When(Order1000).ThenSends(ToSku("A", new SkuCommand.Reserve("o-1", 1, 2, Start)))
            .When(Take(Held)).ThenHappens(new PaymentAwaited(Held, [], Start + Order.PayWithin))
            .ThenSends(ToPayment(Goal(2, 1_000)), TooLate);

        Assert.Equal(OrderStatus.Received, scene.See().Status);
        scene.When(new NotePayment(Promised)).Then(Done.It, new PaymentChanged(Promised), new OrderAccepted(null, []))
            .ThenSends(ToRouter(1, new RouteLine("A", 2, [N1(2)])));
    }

    [Fact]
    public void What_is_paid_in_advance_is_taken_at_once() => Given(Placed(Prepaid, Eur(1_000)))
        .When(Take(Held)).ThenSends(ToPayment(Goal(2, 1_000, 1_000, prepaid: true)), TooLate)
        .When(new NotePayment(Stands(3, taken: 1_000)))
        .ThenHappens(new PaymentChanged(Stands(3, taken: 1_000)), new OrderAccepted(null, []));

    [Fact]
    public void Who_pays_on_account_asks_the_account() => Given(Placed(OnAccount, Eur(1_000)))
        .When(Take(Held)).ThenSends(ToAccount(Goal(2, 1_000, method: Acme)), TooLate)
        .When(new NotePayment(Promised)).ThenHappens(new PaymentChanged(Promised), new OrderAccepted(null, []));

    [Fact]
    public void What_is_paid_at_the_door_asks_nobody() =>
        Given(Placed(Order1000 with { Payment = PaymentPolicy.CashOnDelivery, Method = null }, Eur(1_000)))
            .When(Take(Held)).ThenHappens(new OrderAccepted(Held, []))
            .ThenSends(ToRouter(1, new RouteLine("A", 2, [N1(2)])));

    [Fact]
    public void A_promise_of_less_than_is_due_is_not_enough() => Given(Awaited(Order1000))
        .When(new NotePayment(Stands(3, promised: 999))).ThenHappens(new PaymentChanged(Stands(3, promised: 999)))
        .When(new ConfirmPayment("p-1", Eur(1))).ThenHappens(
            new PaymentConfirmed("p-1", Eur(1), 1), new OrderAccepted(null, []));

    [Fact]
    public void What_is_paid_elsewhere_need_not_be_promised() => Given(Awaited(Order1000))
        .When(new ConfirmPayment("p-1", Eur(400))).ThenSends(ToPayment(Goal(3, 600)));

    [Fact]
    public void A_standing_that_comes_late_changes_nothing() =>
        Given([.. Awaited(Order1000), new PaymentChanged(Promised)])
            .When(new NotePayment(Declined)).Then(Done.It)
            .When(new NotePayment(Promised)).Then(Done.It);

    [Fact]
    public void There_is_no_order_whose_payment_stands() => Given().When(new NotePayment(Promised)).Then(Done.It);

    [Fact]
    public void While_the_provider_is_asked_nothing_is_decided()
    {
        var working = Stands(3, PaymentState.Working);

        var scene = Given(Awaited(Order1000)).When(new NotePayment(working)).ThenHappens(new PaymentChanged(working));

        Assert.Equal(OrderStatus.Received, scene.See().Status);
        scene.When(new Outcome()).Then(null)
            .When(new NotePayment(Stands(4, PaymentState.Pending)));
        Assert.Equal(OrderStatus.Held, scene.See().Status);
    }

    [Fact]
    public void A_refused_payment_holds_the_order_until_another_means_is_tried()
    {
        var scene = Given(Awaited(Order1000))
            .When(new NotePayment(Declined)).ThenHappens(new PaymentChanged(Declined), Refused()).ThenSends();

        Assert.Equal(OrderStatus.Held, scene.See().Status);
        scene.When(new PayWith("m-1", Other)).ThenTold(MethodStatus.Given)
            .ThenSends(ToPayment(Goal(5, 1_000, method: Other, attempt: 2)));
        Assert.Equal(new MethodGiven("m-1", Other, 2), scene.Events[0]);
        Assert.IsType<HoldReleased>(scene.Events[1]);
        Assert.Equal(OrderStatus.Received, scene.See().Status);
        var promised = Stands(5, promised: 1_000, attempt: 2);
        scene.When(new NotePayment(promised)).ThenHappens(new PaymentChanged(promised), new OrderAccepted(null, []));
    }

    [Fact]
    public void A_refusal_of_the_means_before_holds_nothing() => Given([
        .. Stopped(Order1000), new MethodGiven("m-1", Other, 2),
        new HoldReleased(null, 1, Start, Order.PaymentRule, "", []),
    ])
        .When(new NotePayment(Declined with { Version = 4 }))
        .ThenHappens(new PaymentChanged(Declined with { Version = 4 }));

    [Fact]
    public void A_payment_that_failed_holds_an_order_too_and_money_ends_the_hold()
    {
        var failed = Stands(3, PaymentState.Failed) with { Code = "no" };

        Given(Awaited(Order1000))
            .When(new NotePayment(failed)).ThenHappens(new PaymentChanged(failed), Refused("no"))
            .When(new NotePayment(Promised with { Version = 4 })).ThenHappens(
                new PaymentChanged(Promised with { Version = 4 }),
                new HoldReleased(null, 1, Start, Order.PaymentRule, "the money is there", []),
                new OrderAccepted(null, []));
    }

    [Fact]
    public void An_order_that_may_be_fraud_has_its_money_promised_and_not_taken()
    {
        PlaceHold fraud = new("h-1", HoldType.Fraud, "look", "ann", null);

        Given(Placed(Prepaid, Eur(1_000))).When(fraud)
            .When(Take(Held)).ThenSends(ToPayment(Goal(3, 1_000)), TooLate)
            .When(new NotePayment(Promised)).ThenHappens(new PaymentChanged(Promised)).ThenSends()
            .When(new ReleaseHold("r-1", 1, "fine", "ann"))
            .ThenHappens(new HoldReleased("r-1", 1, Start, "ann", "fine", []), new OrderAccepted(null, []))
            .ThenSends(
                ToPayment(Goal(5, 1_000, 1_000, prepaid: true)), ToRouter(1, new RouteLine("A", 2, [N1(2)])));
    }

    [Fact]
    public void Another_hold_keeps_nobody_from_taking_what_is_paid_in_advance() => Given(Placed(Prepaid, Eur(1_000)))
        .When(new PlaceHold("h-1", HoldType.Address, "look", "ann", null))
        .When(Take(Held)).ThenSends(ToPayment(Goal(3, 1_000, 1_000, prepaid: true)), TooLate);

    [Fact]
    public void What_leaves_is_taken() => Given(Cleared(Order1000))
        .When(new Ship("s-1", 1, [Of("1", 1)], null, null))
        .ThenSends(ToSku("A", new SkuCommand.Ship("o-1", 3, [N1(1)])), ToPayment(Goal(7, 1_000, 500)))
        .When(new Ship("s-2", 1, [Of("1", 1)], null, null)).ThenSends(ToPayment(Goal(8, 1_000, 1_000)));

    [Fact]
    public void What_leaves_was_paid_elsewhere_first() => Given([
        .. Awaited(Order1000), new PaymentConfirmed("p-1", Eur(400), 400),
        new PaymentChanged(Promised with { PromisedMinor = 600 }), new OrderAccepted(null, []),
        new OrderRouted(Plan(1, Pick("A", N1(2)))),
        new FulfilmentOpened(Committed("A", 2, N1(2)), [Opened(1, "N1", Units("1", "A", 2))]),
    ])
        .When(new Ship("s-1", 1, [Of("1", 1)], null, null))
        .ThenSends(ToSku("A", new SkuCommand.Ship("o-1", 3, [N1(1)])), ToPayment(Goal(8, 600, 100)));

    [Fact]
    public void What_is_cancelled_is_not_due_any_more() => Given(Cleared(Order1000))
        .When(new Cancel("c-1", [Of("1", 1)], "one less"))
        .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 3, 0, [N1(1)])), ToPayment(Goal(7, 500)))
        .When(new Cancel("c-2", [], "none")).ThenSends(ToPayment(Goal(8, 0)));

    [Fact]
    public void A_rejected_order_asks_for_no_money() => Given(Placed(Order1000, Eur(1_000)))
        .When(Take(Answer("A", 1, ClaimStatus.Insufficient))).ThenSends();

    [Fact]
    public void An_order_whose_promise_is_gone_is_held_at_its_nodes()
    {
        var gone = Stands(4);
        OrderHeld missing = new(
            null, new(1, HoldType.Payment, "more is due than is paid", Order.PaymentRule, Start, null), [1]);

        Given(Cleared(Order1000))
            .When(new NotePayment(gone)).ThenHappens(new PaymentChanged(gone), missing)
            .When(new NotePayment(Promised with { Version = 5 })).ThenHappens(
                new PaymentChanged(Promised with { Version = 5 }),
                new HoldReleased(null, 1, Start, Order.PaymentRule, "the money is there", [1]));
    }

    [Fact]
    public void The_time_to_pay_ends_while_the_provider_is_still_asked_and_what_was_wanted_is_wanted_no_more() =>
        Given(Awaited(Order1000))
            .At(Start + Order.PayWithin).When(new EndPaymentWait())
            .ThenHappens(new OrderCancelled(Order.PaymentOverdue, "payment overdue", [], [Of("1", 2)], []))
            .ThenSends(ToSku("A", new SkuCommand.Release("o-1", 2, 2, [])), ToPayment(Goal(3, 0)));

    [Fact]
    public void The_time_to_pay_ends_for_a_refused_order_too() => Given(Stopped(Order1000))
        .At(Start + Order.PayWithin).When(new EndPaymentWait())
        .ThenHappens(
            new OrderCancelled(Order.PaymentOverdue, "payment overdue", [], [Of("1", 2)], []),
            new HoldReleased(null, 1, Start + Order.PayWithin, "order", "the order has ended", []));

    [Fact]
    public void The_time_to_pay_ends_nothing_where_the_money_is_promised() => Given(Cleared(Order1000))
        .At(Start + Order.PayWithin).When(new EndPaymentWait()).Then(Done.It);

    [Fact]
    public void A_means_is_known_by_its_id() => Given(Stopped(Order1000))
        .When(new PayWith("m-1", Other))
        .When(new PayWith("m-1", Other)).ThenRefused(MethodStatus.AlreadyGiven)
        .When(new PayWith("m-1", Card)).ThenRefused(MethodStatus.DifferentContent);

    [Fact]
    public void There_is_no_order_to_pay() =>
        Given().When(new PayWith("m-1", Card)).Then(new MethodReply(MethodStatus.UnknownOrder, null));

    [Fact]
    public void A_means_that_does_not_fit_the_order_is_not_expected()
    {
        Given(AtNode()).When(new PayWith("m-1", Card)).ThenRefused(MethodStatus.NotExpected);
        Given(Stopped(Order1000)).When(new PayWith("m-1", Acme)).ThenRefused(MethodStatus.NotExpected);
        Given(Stopped(OnAccount)).When(new PayWith("m-1", Card)).ThenRefused(MethodStatus.NotExpected)
            .When(new PayWith("m-1", Acme with { Token = "other" })).ThenRefused(MethodStatus.NotExpected)
            .When(new PayWith("m-1", Acme)).ThenTold(MethodStatus.Given);
    }

    [Fact]
    public void An_order_that_has_ended_needs_no_means() =>
        Given([.. Awaited(Order1000), new OrderCancelled("c-1", "", [], [Of("1", 2)], [])])
            .When(new PayWith("m-1", Other)).ThenRefused(MethodStatus.OrderEnded);

    [Fact]
    public void The_outcome_of_a_try_comes_before_the_next() => Given(Awaited(Order1000))
        .When(new PayWith("m-1", Other)).ThenRefused(MethodStatus.StillTrying)
        .When(new NotePayment(Stands(3, PaymentState.Working)))
        .When(new PayWith("m-1", Other)).ThenRefused(MethodStatus.StillTrying);

    [Fact]
    public void Who_pays_in_advance_by_himself_may_have_a_provider_do_it() =>
        Given(Awaited(Prepaid with { Method = null }))
            .When(new PayWith("m-1", Card)).ThenTold(MethodStatus.Given).ThenHappens(new MethodGiven("m-1", Card, 1))
            .ThenSends(ToPayment(Goal(3, 1_000, 1_000, prepaid: true)));

    [Fact]
    public void A_thousand_operations_are_enough() => Given([
        .. Stopped(Order1000),
        .. Enumerable.Range(1, Order.MaxOperations).Select(i => new OrderCancelled($"c-{i}", "", [], [], [])),
    ]).When(new PayWith("m-1", Other)).ThenRefused(MethodStatus.TooManyOperations);
}
