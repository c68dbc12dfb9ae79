using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Tests.Domain.Product;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

public sealed class ReturnTests
{
    /// <summary>4 at N1, 6 at N2; o-1 holds 2, and has 2 committed at N1 and 3 at N2.</summary>
    static Given<Sku, SkuCommand, SkuEvent> Committed() => Given(
        Defined(), Received(N1(4), 4), Received(N2(6), 10), Reserved("o-1", 1, 7, 3),
        Allocated("o-1", 2, 3, N1(2), N2(3)));

    [Fact]
    public void Committed_units_are_held_again_and_others_may_be_committed_at_the_node() => Committed()
        .When(new Return("o-1", 3, [N2(3)]))
        .Then(
            Told(ClaimStatus.Done, 3, Holds(6, 3, 5, 0, N1(2)), 3, free: [N1(2), N2(6)]),
            Returned("o-1", 3, 3, N2(3)))
        .When(new Allocate("o-1", 4, [N2(5)])).ThenDone();

    [Fact]
    public void Part_of_what_is_committed_can_be_held_again() => Committed()
        .When(new Return("o-1", 3, [N1(1), N2(1)]))
        .Then(
            Told(ClaimStatus.Done, 3, Holds(6, 3, 4, 0, N1(1), N2(2)), 3, free: [N1(3), N2(4)]),
            Returned("o-1", 3, 3, N1(1), N2(1)));

    [Fact]
    public void The_units_stay_the_orders_and_nobody_else_is_promised_them() => Committed()
        .When(new Return("o-1", 3, [N1(2), N2(3)])).ThenDone()
        .When(new Reserve("o-2", 1, 4)).ThenRefused(ClaimStatus.Insufficient)
        .When(new Reserve("o-2", 1, 3)).ThenDone();

    [Fact]
    public void Units_that_were_committed_do_not_expire_when_held_again() =>
        Given([.. OnHand(9), Reserved("o-1", 1, 5, 4, until: After(60), sweep: After(60))])
            .When(new Allocate("o-1", 2, [N1(5)])).ThenDone()
            .When(new Return("o-1", 3, [N1(5)])).ThenDone()
            .At(After(60)).When(new SweepHolds(After(60))).ThenHappens(new SkuEvent.HoldsSwept(null, 4));

    [Fact]
    public void A_step_that_was_applied_is_not_applied_again() => Committed()
        .When(new Return("o-1", 3, [N2(3)])).ThenDone()
        .When(new Return("o-1", 3, [N2(3)])).ThenRefused(ClaimStatus.AlreadyDone)
        .When(new Return("o-1", 2, [N1(1)])).ThenRefused(ClaimStatus.AlreadyDone);

    [Fact]
    public void Nothing_is_held_again_of_a_sku_that_nobody_defined() => Given()
        .When(new Return("o-1", 2, [N1(1)])).ThenRefused(ClaimStatus.UnknownSku);

    [Fact]
    public void Who_has_nothing_gets_nothing_back() => Given(OnHand(10))
        .When(new Return("o-1", 2, [N1(1)])).ThenRefused(ClaimStatus.NothingHeld);

    [Fact]
    public void No_units_and_units_that_are_not_positive_are_refused() => Committed()
        .When(new Return("o-1", 3, [])).ThenRefused(ClaimStatus.QuantityNotPositive)
        .When(new Return("o-1", 3, [N1(2), N2(0)])).ThenRefused(ClaimStatus.QuantityNotPositive)
        .When(new Return("o-1", 3, [N1(-1)])).ThenRefused(ClaimStatus.QuantityNotPositive);

    [Fact]
    public void More_than_is_committed_at_a_node_is_refused() => Committed()
        .When(new Return("o-1", 3, [N1(3)])).ThenRefused(ClaimStatus.MoreThanHeld)
        .When(new Return("o-1", 3, [N1(1), N1(2)])).ThenRefused(ClaimStatus.MoreThanHeld)
        .When(new Return("o-1", 3, [N3(1)])).ThenRefused(ClaimStatus.MoreThanHeld)
        .When(new Return("o-1", 3, [N1(2)])).ThenDone();
}
