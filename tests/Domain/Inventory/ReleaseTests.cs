using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

public sealed class ReleaseTests
{
    /// <summary>10 at N1; o-1 holds 2, and 3 committed.</summary>
    static Given<Sku, SkuCommand, SkuEvent> Held() =>
        Given([.. OnHand(10), Reserved("o-1", 1, 5, 5), Allocated("o-1", 2, 5, N1(3))]);

    [Fact]
    public void Units_that_are_given_back_can_be_promised_again() => Given([.. OnHand(10), Reserved("o-1", 1, 3, 7)])
        .When(new Release("o-1", 2, 2, []))
        .Then(Told(ClaimStatus.Done, 2, Holds(4, 2, 1), 9, free: [N1(10)]), Released("o-1", 2, 2, 9));

    [Fact]
    public void Committed_units_are_given_back_at_their_node() => Held()
        .When(new Release("o-1", 3, 0, [N1(2)]))
        .Then(
            Told(ClaimStatus.Done, 3, Holds(5, 3, 2, 0, N1(1)), 7, free: [N1(9)]),
            Released("o-1", 3, 0, 7, 0, N1(2)));

    [Fact]
    public void Held_and_committed_units_can_be_given_back_at_once() => Held()
        .When(new Release("o-1", 3, 2, [N1(3)]))
        .Then(Told(ClaimStatus.Done, 3, Holds(5, 3, 0), 10, free: [N1(10)]), Released("o-1", 3, 2, 10, 0, N1(3)));

    [Fact]
    public void Backordered_units_are_given_back_first() =>
        Given([.. OnHand(2, backorder: true), Reserved("o-1", 1, 2, 0, backordered: 3)])
            .When(new Release("o-1", 2, 4, []))
            .Then(
                Told(ClaimStatus.Done, 2, Holds(4, 2, 1), 1, free: [N1(2)]),
                Released("o-1", 2, 1, 1, backordered: 3));

    [Fact]
    public void Nothing_is_given_back_to_a_sku_that_nobody_defined() => Given()
        .When(new Release("o-1", 2, 0, [])).ThenRefused(ClaimStatus.UnknownSku);

    [Fact]
    public void Who_holds_nothing_gives_nothing_back() => Given(OnHand(10))
        .When(new Release("o-1", 2, 0, [])).ThenRefused(ClaimStatus.NothingHeld);

    [Fact]
    public void A_step_that_was_applied_is_not_applied_again() => Held()
        .When(new Release("o-1", 3, 1, [])).ThenDone()
        .When(new Release("o-1", 3, 1, [])).ThenRefused(ClaimStatus.AlreadyDone)
        .When(new Release("o-1", 2, 1, [])).ThenRefused(ClaimStatus.AlreadyDone);

    [Fact]
    public void A_step_that_closed_the_claim_is_known_too() => Held()
        .When(new Release("o-1", 3, 2, [N1(3)])).ThenDone()
        .When(new Release("o-1", 3, 2, [N1(3)])).ThenRefused(ClaimStatus.AlreadyDone)
        .When(new Release("o-1", 4, 1, [])).ThenRefused(ClaimStatus.NothingHeld);

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(long.MinValue, 1)]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    public void Quantities_that_are_not_positive_are_refused(long unallocated, long picked) => Held()
        .When(new Release("o-1", 3, unallocated, [N1(picked)])).ThenRefused(ClaimStatus.QuantityNotPositive);

    [Fact]
    public void No_units_at_all_are_refused() => Held()
        .When(new Release("o-1", 3, 0, [])).ThenRefused(ClaimStatus.QuantityNotPositive);

    [Fact]
    public void More_than_is_held_is_refused() => Held()
        .When(new Release("o-1", 3, 3, [])).ThenRefused(ClaimStatus.MoreThanHeld)
        .When(new Release("o-1", 3, long.MaxValue, [])).ThenRefused(ClaimStatus.MoreThanHeld)
        .When(new Release("o-1", 3, 0, [N1(4)])).ThenRefused(ClaimStatus.MoreThanHeld)
        .When(new Release("o-1", 3, 0, [N1(2), N1(2)])).ThenRefused(ClaimStatus.MoreThanHeld)
        .When(new Release("o-1", 3, 0, [N2(1)])).ThenRefused(ClaimStatus.MoreThanHeld);

    [Fact]
    public void What_is_given_back_goes_to_who_waits() =>
        Given([.. OnHand(3, backorder: true), Reserved("o-1", 1, 3, 0), Reserved("o-2", 1, 0, 0, backordered: 2)])
            .When(new Release("o-1", 2, 3, []))
            .Then(
                Told(ClaimStatus.Done, 2, Holds(5, 2, 0), 1, free: [N1(3)]),
                Released("o-1", 2, 3, 3), new BackorderFilled("o-2", 2, false, 1));

    [Fact]
    public void Who_gives_committed_units_back_and_waits_itself_gets_them_in_turn() =>
        Given([
            .. OnHand(3, backorder: true), Reserved("o-1", 1, 3, 0, backordered: 2), Allocated("o-1", 2, 0, N1(3)),
        ])
            .When(new Release("o-1", 3, 1, [N1(3)]))
            .ThenHappens(
                Released("o-1", 3, 0, 3, backordered: 1, N1(3)), new BackorderFilled("o-1", 1, false, 2));

    [Fact]
    public void Who_gives_up_waiting_gets_nothing() =>
        Given([
            .. OnHand(3, backorder: true), Reserved("o-1", 1, 3, 0, backordered: 2), Allocated("o-1", 2, 0, N1(3)),
        ])
            .When(new Release("o-1", 3, 2, [N1(3)]))
            .ThenHappens(Released("o-1", 3, 0, 3, backordered: 2, N1(3)));
}
