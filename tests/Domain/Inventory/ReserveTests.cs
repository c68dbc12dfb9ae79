using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Tests.Domain.Product;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

public sealed class ReserveTests
{
    static readonly Reserve Three = new("o-1", 1, 3);

    [Fact]
    public void Units_that_are_there_are_held() => Given(OnHand(10))
        .When(Three)
        .Then(Told(ClaimStatus.Done, 1, Holds(3, 1, 3), 7, free: [N1(10)]), Reserved("o-1", 1, 3, 7));

    [Fact]
    public void Units_are_held_wherever_they_are() => Given([.. OnHand(2), Received(N2(2), 4)])
        .When(Three)
        .Then(Told(ClaimStatus.Done, 1, Holds(4, 1, 3), 1, free: [N1(2), N2(2)]), Reserved("o-1", 1, 3, 1));

    [Fact]
    public void The_last_unit_can_be_held_and_then_there_is_none() => Given(OnHand(3))
        .When(Three).ThenDone()
        .When(new Reserve("o-2", 1, 1)).ThenRefused(ClaimStatus.Insufficient);

    [Fact]
    public void A_repeat_is_told_what_it_holds_and_holds_no_more() => Given([.. OnHand(10), Reserved("o-1", 1, 3, 7)])
        .When(Three)
        .Then(Told(ClaimStatus.AlreadyDone, 1, Holds(3, 1, 3), 7, free: [N1(10)]));

    [Fact]
    public void A_repeat_with_other_units_is_refused_and_writes_nothing() =>
        Given([.. OnHand(10), Reserved("o-1", 1, 3, 7)])
            .When(Three with { Quantity = 4 }).ThenRefused(ClaimStatus.DifferentContent);

    [Fact]
    public void A_repeat_of_a_partial_hold_is_known_by_what_was_asked() =>
        Given([.. OnHand(2), Reserved("o-1", 1, 2, 0, quantity: 3)])
            .When(Three with { Partial = true }).ThenRefused(ClaimStatus.AlreadyDone)
            .When(Three with { Quantity = 2 }).ThenRefused(ClaimStatus.DifferentContent);

    [Fact]
    public void A_step_that_others_have_followed_is_never_applied_again() =>
        Given([.. OnHand(10), Reserved("o-1", 1, 3, 7), Reserved("o-1", 2, 2, 5, quantity: 5)])
            .When(Three with { Quantity = 9 }).ThenRefused(ClaimStatus.AlreadyDone);

    [Fact]
    public void A_later_step_holds_what_is_missing_to_the_new_quantity() =>
        Given([.. OnHand(10), Reserved("o-1", 1, 3, 7)])
            .When(new Reserve("o-1", 2, 5))
            .Then(
                Told(ClaimStatus.Done, 2, Holds(4, 2, 5), 5, free: [N1(10)]),
                Reserved("o-1", 2, 2, 5, quantity: 5));

    [Fact]
    public void A_later_step_for_units_that_are_held_already_changes_nothing() =>
        Given([.. OnHand(10), Reserved("o-1", 1, 3, 7)])
            .When(new Reserve("o-1", 2, 3)).ThenRefused(ClaimStatus.AlreadyDone)
            .When(new Reserve("o-1", 2, 2)).ThenRefused(ClaimStatus.AlreadyDone);

    [Fact]
    public void Units_committed_at_nodes_do_not_count_as_held() =>
        Given([.. OnHand(10), Reserved("o-1", 1, 3, 7), Allocated("o-1", 2, 7, N1(3))])
            .When(new Reserve("o-1", 3, 2))
            .Then(
                Told(ClaimStatus.Done, 3, Holds(5, 3, 2, 0, N1(3)), 5, free: [N1(7)]),
                Reserved("o-1", 3, 2, 5));

    [Fact]
    public void Nothing_is_held_of_a_sku_that_nobody_defined() => Given()
        .When(Three with { Quantity = 0 })
        .Then(Told(ClaimStatus.UnknownSku, 1, Standing.None, 0));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void A_quantity_that_is_not_positive_is_refused(long quantity) => Given(OnHand(10))
        .When(Three with { Quantity = quantity }).ThenRefused(ClaimStatus.QuantityNotPositive);

    [Theory]
    [InlineData(11)]
    [InlineData(long.MaxValue)]
    public void More_than_there_is_is_refused(long quantity) => Given(OnHand(10))
        .When(Three with { Quantity = quantity })
        .Then(Told(ClaimStatus.Insufficient, 1, Standing.None, 10, free: [N1(10)]));

    [Fact]
    public void Units_that_are_set_aside_are_not_there() =>
        Given(Defined(), Received(N1(10), 0, StockState.Safety))
            .When(Three).ThenRefused(ClaimStatus.Insufficient);

    [Fact]
    public void Who_takes_part_gets_what_there_is() => Given([.. OnHand(2)])
        .When(Three with { Partial = true })
        .Then(Told(ClaimStatus.Done, 1, Holds(3, 1, 2), 0, free: [N1(2)]), Reserved("o-1", 1, 2, 0, quantity: 3));

    [Fact]
    public void Who_takes_part_gets_nothing_of_nothing() => Given(Defined())
        .When(Three with { Partial = true }).ThenRefused(ClaimStatus.Insufficient);

    [Fact]
    public void An_order_that_gave_its_units_back_is_closed_for_that_step() =>
        Given([.. OnHand(10), Reserved("o-1", 1, 3, 7), Released("o-1", 2, 3, 10)])
            .When(Three)
            .Then(Told(ClaimStatus.OrderClosed, 1, Holds(4, 2, 0), 10, free: [N1(10)]))
            .When(Three with { Step = 2, Quantity = 1 }).ThenRefused(ClaimStatus.OrderClosed);

    [Fact]
    public void An_order_that_gave_its_units_back_may_ask_again_with_a_later_step() =>
        Given([.. OnHand(10), Reserved("o-1", 1, 3, 7), Released("o-1", 2, 3, 10)])
            .When(Three with { Step = 3 })
            .Then(Told(ClaimStatus.Done, 3, Holds(5, 3, 3), 7, free: [N1(10)]), Reserved("o-1", 3, 3, 7));

    [Fact]
    public void An_order_whose_units_have_left_is_closed_too() =>
        Given([.. OnHand(3), Reserved("o-1", 1, 3, 0), Allocated("o-1", 2, 0, N1(3)), Shipped("o-1", 3, 0, N1(3))])
            .When(Three).ThenRefused(ClaimStatus.OrderClosed);

    [Fact]
    public void A_question_is_valid_for_half_a_minute() => Given(OnHand(10)).At(After(30))
        .When(Three with { Asked = Start })
        .Then(Told(ClaimStatus.Done, 1, Holds(3, 1, 3), 7, free: [N1(10)]), Reserved("o-1", 1, 3, 7));

    [Fact]
    public void An_older_question_may_be_a_late_repeat_and_is_refused() => Given(OnHand(10)).At(After(30).AddTicks(1))
        .When(Three with { Asked = Start }).ThenRefused(ClaimStatus.TooOld)
        .When(Three).ThenDone();

    [Fact]
    public void An_old_question_of_an_order_that_holds_units_is_known_to_be_none() =>
        Given([.. OnHand(10), Reserved("o-1", 1, 3, 7)]).At(After(100))
            .When(new Reserve("o-1", 2, 4, Asked: Start)).ThenDone();

    [Fact]
    public void Undecided_orders_may_give_units_back_so_who_misses_them_is_told_to_ask_again() =>
        Given([.. OnHand(4), Reserved("o-1", 1, 3, 1, tentative: After(10))])
            .When(new Reserve("o-2", 1, 4))
            .Then(Told(ClaimStatus.Contended, 1, Standing.None, 1, free: [N1(4)]))
            .When(new Reserve("o-2", 1, 4, Partial: true)).ThenRefused(ClaimStatus.Contended)
            .When(new Reserve("o-2", 1, 5)).ThenRefused(ClaimStatus.Insufficient);

    [Fact]
    public void An_order_is_undecided_no_longer_than_it_said() =>
        Given([.. OnHand(3), Reserved("o-1", 1, 3, 0, tentative: After(10))])
            .At(After(10)).When(new Reserve("o-2", 1, 1)).ThenRefused(ClaimStatus.Insufficient);

    [Fact]
    public void An_order_with_units_at_a_node_is_decided() =>
        Given([.. OnHand(3), Reserved("o-1", 1, 3, 0, tentative: After(10)), Allocated("o-1", 2, 0, N1(2))])
            .When(new Reserve("o-2", 1, 1)).ThenRefused(ClaimStatus.Insufficient);

    [Fact]
    public void An_order_does_not_wait_for_itself() =>
        Given([.. OnHand(3), Reserved("o-1", 1, 3, 0, tentative: After(10))])
            .When(new Reserve("o-1", 2, 4)).ThenRefused(ClaimStatus.Insufficient);

    [Fact]
    public void An_undecided_order_says_until_when() => Given(OnHand(3))
        .When(Three with { Tentative = TimeSpan.FromSeconds(10) })
        .ThenHappens(Reserved("o-1", 1, 3, 0, tentative: After(10)));

    [Fact]
    public void A_hold_for_a_while_ends_by_itself_so_a_timer_is_set() => Given(OnHand(3)).At(After(5))
        .When(Three with { HoldFor = TimeSpan.FromSeconds(60) })
        .Then(
            Told(ClaimStatus.Done, 1, Holds(3, 1, 3), 0, After(65), N1(3)),
            Reserved("o-1", 1, 3, 0, asked: After(5), until: After(65), sweep: After(65)))
        .ThenSends(new Send(Self, new SweepHolds(After(65)), After(65)));

    [Fact]
    public void One_timer_serves_all_holds_that_end_later() =>
        Given([.. OnHand(3), Reserved("o-1", 1, 1, 2, until: After(60), sweep: After(60))])
            .When(new Reserve("o-2", 1, 1, HoldFor: TimeSpan.FromSeconds(60)))
            .ThenHappens(Reserved("o-2", 1, 1, 1, until: After(60)))
            .ThenSends();

    [Fact]
    public void A_hold_that_ends_sooner_sets_its_own_timer() =>
        Given([.. OnHand(3), Reserved("o-1", 1, 1, 2, until: After(60), sweep: After(60))])
            .When(new Reserve("o-2", 1, 1, HoldFor: TimeSpan.FromSeconds(59)))
            .ThenHappens(Reserved("o-2", 1, 1, 1, until: After(59), sweep: After(59)))
            .ThenSends(new Send(Self, new SweepHolds(After(59)), After(59)));

    [Fact]
    public void Who_asks_what_an_order_holds_is_told_the_last_step() =>
        Given([.. OnHand(10), Reserved("o-1", 4, 3, 7)])
            .When(new GetClaim("o-1"))
            .Then(Told(ClaimStatus.Done, 4, Holds(3, 4, 3), 7, free: [N1(10)]))
            .When(new GetClaim("o-1", Step: 9))
            .Then(Told(ClaimStatus.Done, 9, Holds(3, 4, 3), 7, free: [N1(10)]))
            .When(new GetClaim("o-2"))
            .Then(Told(ClaimStatus.Done, 0, Standing.None, 7, free: [N1(10)]));
}
