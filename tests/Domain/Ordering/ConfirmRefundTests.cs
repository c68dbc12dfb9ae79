using Fulfillment.Ordering;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>Somebody gave back what he had confirmed as paid.</summary>
public sealed class ConfirmRefundTests
{
    static readonly OrderEvent[] Paid =
    [
        PlacedPrepaid(1_000, Line("1", "A", 2, 500)),
        new PaymentAwaited(Granted("A", 1, 2), [], Start + Order.PayWithin), new PaymentConfirmed("p-1", Eur(600), 600),
    ];

    static ConfirmRefund Back(long cents, string id = "r-1") => new(id, Eur(cents), "by mistake");

    [Fact]
    public void What_was_given_back_is_missing_again()
    {
        var scene = Given(Paid).When(Back(200)).ThenTold(PaymentStatus.PartlyPaid)
            .ThenHappens(new RefundConfirmed("r-1", Eur(200), "by mistake", 400))
            .When(Back(200)).ThenRefused(PaymentStatus.AlreadyConfirmed)
            .When(Back(201)).ThenRefused(PaymentStatus.DifferentContent);

        Assert.Equal(400, scene.See().PaidMinor);
    }

    [Fact]
    public void What_was_paid_too_much_is_not_missing() =>
        Given([.. Paid, new PaymentConfirmed("p-2", Eur(500), 1_100)]).When(Back(100)).ThenTold(PaymentStatus.Paid);

    [Fact]
    public void An_accepted_order_whose_money_was_given_back_is_held() => Given([
        .. Paid, new PaymentConfirmed("p-2", Eur(400), 1_000), new OrderAccepted(null, []),
    ])
        .When(Back(1)).ThenHappens(
            new RefundConfirmed("r-1", Eur(1), "by mistake", 999),
            new OrderHeld(null, new(
                1, HoldType.Payment, "more is due than is paid", Order.PaymentRule, Start, null), []));

    [Fact]
    public void A_cancelled_order_gives_its_money_back() =>
        Given([.. Paid, new OrderCancelled("c-1", "", [], [Of("1", 2)], [])])
            .When(Back(600)).ThenTold(PaymentStatus.Paid);

    /// <summary>Each refusal also has every later fault, so that the order of the tests is tested.</summary>
    public static TheoryData<PaymentStatus, long, string> Refusals => new()
    {
        { PaymentStatus.AmountNotPositive, 0, "USD" },
        { PaymentStatus.AmountNotPositive, long.MinValue, "USD" },
        { PaymentStatus.OtherCurrency, 601, "USD" },
        { PaymentStatus.MoreThanPaid, 601, "EUR" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void What_is_wrong_is_refused(PaymentStatus status, long amount, string currency) => Given(Paid)
        .When(new ConfirmRefund("r-1", new(amount, currency), "")).ThenRefused(status);

    [Fact]
    public void There_is_nothing_to_give_back_where_nothing_is_paid_or_nothing_is_ordered()
    {
        Given().When(Back(1)).Then(new PaymentReply(PaymentStatus.UnknownOrder, null));
        Given(AtNode()).When(Back(1)).ThenRefused(PaymentStatus.NotExpected);
    }

    [Fact]
    public void A_thousand_operations_are_enough() => Given([
        .. Paid, .. Enumerable.Range(1, Order.MaxOperations).Select(i => new OrderCancelled($"c-{i}", "", [], [], [])),
    ]).When(Back(1)).ThenRefused(PaymentStatus.TooManyOperations);
}
