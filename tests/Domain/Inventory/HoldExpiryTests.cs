using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Product;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

public sealed class HoldExpiryTests
{
    static readonly SkuEvent Minute = Reserved("o-1", 1, 3, 7, until: After(60), sweep: After(60));

    static Send Timer(double seconds) => new(Self, new SweepHolds(After(seconds)), After(seconds));

    [Fact]
    public void A_hold_ends_when_its_time_is_over() => Given([.. OnHand(10), Minute])
        .At(After(60)).When(new SweepHolds(After(60)))
        .Then(Done.It, new HoldExpired("o-1", 3, 0, 10), new HoldsSwept(null, 10))
        .ThenSends();

    [Fact]
    public void A_timer_that_is_late_ends_whatever_has_ended_by_then() =>
        Given([
            .. OnHand(10), Minute, Reserved("o-2", 1, 1, 6, until: After(90)),
            Reserved("o-3", 1, 1, 5, until: After(200)),
        ])
            .At(After(100)).When(new SweepHolds(After(60)))
            .ThenHappens(
                new HoldExpired("o-1", 3, 0, 8), new HoldExpired("o-2", 1, 0, 9), new HoldsSwept(After(200), 9))
            .ThenSends(Timer(200));

    [Fact]
    public void A_timer_counts_even_if_the_clock_has_gone_back_since() => Given([.. OnHand(10), Minute])
        .At(After(-5)).When(new SweepHolds(After(60)))
        .ThenHappens(new HoldExpired("o-1", 3, 0, 10), new HoldsSwept(null, 10));

    [Fact]
    public void Only_the_timer_that_was_set_last_counts() =>
        Given([.. OnHand(10), Minute, Reserved("o-2", 1, 1, 6, until: After(30), sweep: After(30))])
            .At(After(60)).When(new SweepHolds(After(60))).Then(Done.It)
            .When(new SweepHolds(After(30)))
            .ThenHappens(new HoldExpired("o-2", 1, 0, 7), new HoldExpired("o-1", 3, 0, 10), new HoldsSwept(null, 10));

    [Fact]
    public void A_timer_that_comes_twice_counts_once() => Given([.. OnHand(10), Minute])
        .At(After(60)).When(new SweepHolds(After(60)))
        .When(new SweepHolds(After(60))).Then(Done.It);

    [Fact]
    public void A_timer_where_none_is_set_does_nothing() => Given(OnHand(10))
        .When(new SweepHolds(Start)).Then(Done.It);

    [Fact]
    public void A_timer_for_a_hold_that_was_given_back_finds_nothing() =>
        Given([.. OnHand(10), Minute, Released("o-1", 2, 3, 10)])
            .At(After(60)).When(new SweepHolds(After(60)))
            .ThenHappens(new HoldsSwept(null, 10));

    [Fact]
    public void A_hold_that_was_prolonged_lasts() => Given([.. OnHand(10), Minute])
        .At(After(50)).When(new Reserve("o-1", 2, 4, HoldFor: TimeSpan.FromSeconds(60)))
        .ThenHappens(Reserved("o-1", 2, 1, 6, quantity: 4, asked: After(50), until: After(110)))
        .At(After(60)).When(new SweepHolds(After(60)))
        .ThenHappens(new HoldsSwept(After(110), 6))
        .ThenSends(Timer(110));

    [Fact]
    public void A_hold_that_became_an_orders_own_lasts_for_ever() => Given([.. OnHand(10), Minute])
        .When(new Reserve("o-1", 2, 4)).ThenDone()
        .At(After(60)).When(new SweepHolds(After(60)))
        .ThenHappens(new HoldsSwept(null, 6));

    [Fact]
    public void Holds_are_looked_through_at_most_once_a_second() =>
        Given([.. OnHand(10), Minute, Reserved("o-2", 1, 1, 6, until: After(60.2))])
            .At(After(60.1)).When(new SweepHolds(After(60)))
            .ThenHappens(new HoldExpired("o-1", 3, 0, 9), new HoldsSwept(After(61.1), 9))
            .ThenSends(Timer(61.1));

    [Fact]
    public void A_hold_that_has_ended_is_closed_for_its_step() => Given([.. OnHand(10), Minute])
        .At(After(60)).When(new SweepHolds(After(60)))
        .When(new Reserve("o-1", 1, 3)).ThenRefused(ClaimStatus.OrderClosed)
        .When(new Release("o-1", 1, 3, [])).ThenRefused(ClaimStatus.AlreadyDone)
        .When(new Release("o-1", 2, 3, [])).ThenRefused(ClaimStatus.NothingHeld)
        .When(new Reserve("o-1", 2, 3)).ThenDone();

    [Fact]
    public void Units_committed_at_a_node_stay_when_the_rest_of_the_hold_ends()
    {
        var scene = Given([.. OnHand(10), Minute, Allocated("o-1", 2, 7, N1(2))])
            .At(After(60)).When(new SweepHolds(After(60)))
            .ThenHappens(new HoldExpired("o-1", 1, 0, 8), new HoldsSwept(null, 8));

        Assert.Equal(Text.Of(Holds(5, 2, 0, 0, N1(2))), Text.Of(scene.Of("o-1")));
    }

    [Fact]
    public void A_hold_of_which_nothing_is_left_has_no_end() =>
        Given([.. OnHand(10), Minute, Allocated("o-1", 2, 7, N1(2))])
            .When(new Release("o-1", 3, 1, []))
            .Then(Told(ClaimStatus.Done, 3, Holds(5, 3, 0, 0, N1(2)), 8, free: [N1(8)]), Released("o-1", 3, 1, 8))
            .At(After(60)).When(new SweepHolds(After(60)))
            .ThenHappens(new HoldsSwept(null, 8));

    [Fact]
    public void Units_that_a_hold_waits_for_end_with_it() =>
        Given([.. OnHand(3, backorder: true), Reserved("o-1", 1, 3, 0, 2, until: After(60), sweep: After(60))])
            .When(new Allocate("o-1", 2, [N1(3)])).ThenDone()
            .At(After(60)).When(new SweepHolds(After(60)))
            .ThenHappens(new HoldExpired("o-1", 0, 2, 0), new HoldsSwept(null, 0));

    [Fact]
    public void What_a_hold_sets_free_goes_to_who_waits_and_not_to_who_has_ended_too() => Given([
        .. OnHand(3, backorder: true), Reserved("o-1", 1, 3, 0, until: After(60), sweep: After(60)),
        Reserved("o-2", 1, 0, 0, backordered: 1, until: After(60)), Reserved("o-3", 1, 0, 0, backordered: 2),
    ])
        .At(After(60)).When(new SweepHolds(After(60)))
        .ThenHappens(
            new HoldExpired("o-1", 3, 0, 3), new HoldExpired("o-2", 0, 1, 3),
            new BackorderFilled("o-3", 2, false, 1), new HoldsSwept(null, 1));

    [Fact]
    public void Two_hundred_holds_end_in_one_turn_and_the_next_turn_goes_on()
    {
        var holds = Enumerable.Range(1, Sku.MaxPerTurn + 3).Select(i =>
            Reserved($"o-{i:000}", 1, 1, 1_000 - i, until: After(60), sweep: i == 1 ? After(60) : null));

        var scene = Given([.. OnHand(1_000), .. holds]).At(After(60)).When(new SweepHolds(After(60)));

        Assert.Equal(Sku.MaxPerTurn + 1, scene.Events.Count);
        Assert.Equal(new HoldExpired("o-001", 1, 0, 798), scene.Events[0]);
        Assert.Equal(new HoldsSwept(After(60.001), 997), scene.Events[^1]);
        scene.ThenSends(Timer(60.001))
            .At(After(60.001)).When(new SweepHolds(After(60.001)))
            .ThenHappens(
                new HoldExpired("o-201", 1, 0, 998), new HoldExpired("o-202", 1, 0, 999),
                new HoldExpired("o-203", 1, 0, 1_000), new HoldsSwept(null, 1_000));
    }
}
