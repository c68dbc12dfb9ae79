using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Tests.Domain.Product;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

public sealed class AllocateTests
{
    /// <summary>4 at N1, 6 at N2, 2 at N3; o-1 holds 5.</summary>
    static Given<Sku, SkuCommand, SkuEvent> Held() => Given(
        Defined(), Received(N1(4), 4), Received(N2(6), 10), Received(N3(2), 12), Reserved("o-1", 1, 5, 7));

    [Fact]
    public void Held_units_are_committed_at_named_nodes() => Held()
        .When(new Allocate("o-1", 2, [N1(2), N2(3)]))
        .Then(
            Told(ClaimStatus.Done, 2, Holds(6, 2, 0, 0, N1(2), N2(3)), 7, free: [N1(2), N2(3), N3(2)]),
            Allocated("o-1", 2, 7, N1(2), N2(3)));

    [Fact]
    public void Part_of_a_hold_can_be_committed() => Held()
        .When(new Allocate("o-1", 2, [N1(2)]))
        .Then(
            Told(ClaimStatus.Done, 2, Holds(6, 2, 3, 0, N1(2)), 7, free: [N1(2), N2(6), N3(2)]),
            Allocated("o-1", 2, 7, N1(2)));

    [Fact]
    public void Committed_units_add_up_at_a_node() => Held()
        .When(new Allocate("o-1", 2, [N2(2)])).ThenDone()
        .When(new Allocate("o-1", 3, [N2(3)]))
        .Then(
            Told(ClaimStatus.Done, 3, Holds(7, 3, 0, 0, N2(5)), 7, free: [N1(4), N2(1), N3(2)]),
            Allocated("o-1", 3, 7, N2(3)));

    [Fact]
    public void A_node_named_twice_is_named_once_and_in_order() => Held()
        .When(new Allocate("o-1", 2, [N2(1), N1(1), N2(2)]))
        .ThenHappens(Allocated("o-1", 2, 7, N1(1), N2(3)));

    [Fact]
    public void Anywhere_means_the_node_with_most_free_units_and_then_the_next() => Held()
        .When(new Allocate("o-1", 2, [], Anywhere: 5)).ThenHappens(Allocated("o-1", 2, 7, N2(5)))
        .When(new Reserve("o-2", 1, 6)).ThenDone()
        .When(new Allocate("o-2", 2, [], Anywhere: 6)).ThenHappens(Allocated("o-2", 2, 1, N1(4), N3(2)));

    [Fact]
    public void Anywhere_comes_on_top_of_what_is_named() => Held()
        .When(new Allocate("o-1", 2, [N3(2)], Anywhere: 3)).ThenHappens(Allocated("o-1", 2, 7, N2(3), N3(2)));

    [Fact]
    public void Anywhere_among_named_nodes_means_only_those() => Held()
        .When(new Allocate("o-1", 2, [], Anywhere: 5, Among: ["N3", "N1", "N9"]))
        .ThenHappens(Allocated("o-1", 2, 7, N1(4), N3(1)));

    [Fact]
    public void What_is_picked_by_name_need_not_be_among_the_nodes_for_the_rest() => Held()
        .When(new Allocate("o-1", 2, [N2(3)], Anywhere: 2, Among: ["N3"]))
        .ThenHappens(Allocated("o-1", 2, 7, N2(3), N3(2)));

    [Fact]
    public void Named_nodes_that_have_not_enough_together_are_short() => Held()
        .When(new Allocate("o-1", 2, [], Anywhere: 5, Among: ["N3"])).ThenRefused(ClaimStatus.NodeShort)
        .When(new Allocate("o-1", 2, [], Anywhere: 1, Among: [])).ThenRefused(ClaimStatus.NodeShort)
        .When(new Allocate("o-1", 2, [], Anywhere: 5)).ThenDone();

    [Fact]
    public void Among_nodes_with_equally_many_the_first_by_its_id_is_taken() =>
        Given(Defined(), Received(N2(3), 3), Received(N1(3), 6), Reserved("o-1", 1, 2, 4))
            .When(new Allocate("o-1", 2, [], Anywhere: 2)).ThenHappens(Allocated("o-1", 2, 4, N1(2)));

    [Fact]
    public void Whatever_is_held_can_be_committed_somewhere() => Held()
        .When(new Reserve("o-2", 1, 7)).ThenDone()
        .When(new Allocate("o-2", 2, [N2(6), N3(1)])).ThenDone()
        .When(new Allocate("o-1", 2, [], Anywhere: 5)).ThenHappens(Allocated("o-1", 2, 0, N1(4), N3(1)));

    [Fact]
    public void Nothing_is_committed_of_a_sku_that_nobody_defined() => Given()
        .When(new Allocate("o-1", 2, [])).ThenRefused(ClaimStatus.UnknownSku);

    [Fact]
    public void Who_holds_nothing_commits_nothing() => Given(OnHand(10))
        .When(new Allocate("o-1", 2, [])).ThenRefused(ClaimStatus.NothingHeld);

    [Fact]
    public void A_step_that_was_applied_is_not_applied_again() => Held()
        .When(new Allocate("o-1", 2, [N1(2)])).ThenDone()
        .When(new Allocate("o-1", 2, [N1(2)])).ThenRefused(ClaimStatus.AlreadyDone)
        .When(new Allocate("o-1", 1, [N1(2)])).ThenRefused(ClaimStatus.AlreadyDone)
        .When(new Allocate("o-1", 2, [N1(99)])).ThenRefused(ClaimStatus.AlreadyDone);

    [Fact]
    public void A_step_of_a_claim_that_has_ended_since_is_not_applied_again() => Held()
        .When(new Allocate("o-1", 2, [N2(5)])).ThenDone()
        .When(new Ship("o-1", 3, [N2(5)])).ThenDone()
        .When(new Allocate("o-1", 2, [N2(5)]))
        .Then(Told(ClaimStatus.AlreadyDone, 2, Holds(7, 3, 0), 7, free: [N1(4), N2(1), N3(2)]))
        .When(new Allocate("o-1", 4, [N2(1)])).ThenRefused(ClaimStatus.NothingHeld);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(3, -1)]
    [InlineData(long.MinValue, 1)]
    public void Quantities_that_are_not_positive_are_refused(long picked, long anywhere) => Held()
        .When(new Allocate("o-1", 2, [N2(1), N1(picked)], anywhere)).ThenRefused(ClaimStatus.QuantityNotPositive);

    [Fact]
    public void No_units_at_all_are_refused() => Held()
        .When(new Allocate("o-1", 2, [])).ThenRefused(ClaimStatus.QuantityNotPositive);

    [Fact]
    public void More_than_is_held_is_refused() => Held()
        .When(new Allocate("o-1", 2, [N2(6)])).ThenRefused(ClaimStatus.MoreThanHeld)
        .When(new Allocate("o-1", 2, [N2(5)], Anywhere: 1)).ThenRefused(ClaimStatus.MoreThanHeld)
        .When(new Allocate("o-1", 2, [], Anywhere: long.MaxValue)).ThenRefused(ClaimStatus.MoreThanHeld);

    [Fact]
    public void Backordered_units_cannot_be_committed() => Given([.. OnHand(1, true), Reserved("o-1", 1, 1, 0, 4)])
        .When(new Allocate("o-1", 2, [N1(2)])).ThenRefused(ClaimStatus.MoreThanHeld);

    [Fact]
    public void A_node_that_has_not_so_many_free_units_is_short() => Held()
        .When(new Reserve("o-2", 1, 3)).ThenDone()
        .When(new Allocate("o-2", 2, [N1(3)])).ThenDone()
        .When(new Allocate("o-1", 2, [N1(2)]))
        .Then(Told(ClaimStatus.NodeShort, 2, Holds(5, 1, 5), 4, free: [N1(1), N2(6), N3(2)]));

    [Fact]
    public void A_node_that_nobody_knows_is_short() => Held()
        .When(new Allocate("o-1", 2, [new("N9", 1)])).ThenRefused(ClaimStatus.NodeShort)
        .When(new Allocate("o-1", 2, [new("N9", 1)], Anywhere: 2)).ThenRefused(ClaimStatus.NodeShort);

    [Fact]
    public void A_step_that_was_refused_can_be_tried_again_with_the_same_number() => Held()
        .When(new Allocate("o-1", 2, [N3(5)])).ThenRefused(ClaimStatus.NodeShort)
        .When(new Allocate("o-1", 2, [N2(5)])).ThenDone();

    [Fact]
    public void Committed_units_never_expire() =>
        Given([.. OnHand(9), Reserved("o-1", 1, 5, 4, until: After(60), sweep: After(60))])
            .When(new Allocate("o-1", 2, [N1(5)]))
            .Then(Told(ClaimStatus.Done, 2, Holds(4, 2, 0, 0, N1(5)), 4, free: [N1(4)]), Allocated("o-1", 2, 4, N1(5)))
            .At(After(60)).When(new SweepHolds(After(60)))
            .Then(Done.It, new SkuEvent.HoldsSwept(null, 4));

    [Fact]
    public void What_is_not_committed_of_a_hold_still_expires() =>
        Given([.. OnHand(9), Reserved("o-1", 1, 5, 4, until: After(60), sweep: After(60))])
            .When(new Allocate("o-1", 2, [N1(2)]))
            .Then(
                Told(ClaimStatus.Done, 2, Holds(4, 2, 3, 0, N1(2)), 4, After(60), N1(7)),
                Allocated("o-1", 2, 4, N1(2)))
            .At(After(60)).When(new SweepHolds(After(60)))
            .ThenHappens(new SkuEvent.HoldExpired("o-1", 3, 0, 7), new SkuEvent.HoldsSwept(null, 7));
}
