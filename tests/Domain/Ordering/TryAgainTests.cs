using Fulfillment.Ordering;
using Fulfillment.Payments;
using static Fulfillment.Ordering.OrderCommand;
using static Fulfillment.Ordering.OrderEvent;
using static Fulfillment.Tests.Domain.Orders;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>An order whose payment was refused is tried by another means: what is said of it meanwhile.</summary>
public sealed class TryAgainTests
{
    static readonly PaymentMethod Other = new("test-gateway", "tok-2");

    static readonly OrderEvent[] Refused =
    [
        Placed(Place(Line("1", "A", 2, 500)) with
        {
            Payment = PaymentPolicy.Authorise,
            Method = new("test-gateway", "tok-1"),
        }, Eur(1_000)),
        new PaymentAwaited(Granted("A", 1, 2), [], Start + Order.PayWithin),
        new PaymentChanged(new(3, 1, PaymentState.Declined, 0, 0, 0, 0, "do_not_honor")),
        new OrderHeld(null, new(1, HoldType.Payment, "refused", Order.PaymentRule, Start, null), []),
    ];

    [Fact]
    public void Nobody_is_told_that_the_money_is_there_while_it_is_only_tried() => Given(Refused)
        .When(new PayWith("m-1", Other))
        .ThenHappens(
            new MethodGiven("m-1", Other, 2),
            new HoldReleased(null, 1, Start, Order.PaymentRule, "another means is tried", []));

    [Fact]
    public void The_outcome_of_the_second_try_comes_before_the_third() => Given(Refused)
        .When(new PayWith("m-1", Other))
        .When(new PayWith("m-2", Other)).ThenRefused(MethodStatus.StillTrying)
        .When(new NotePayment(new(5, 2, PaymentState.Declined, 0, 0, 0, 0, "expired_card")))
        .When(new PayWith("m-2", Other)).ThenTold(MethodStatus.Given);
}
