using Fulfillment.Inventory;
using Fulfillment.Ordering;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Product;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

public sealed class BackorderTests
{
    static readonly Receive Four = new("r-2", "N1", 4, "delivery", StockState.Available);

    /// <summary>Nothing there; o-1 waits for 3, o-2 for 2.</summary>
    static Given<Sku, SkuCommand, SkuEvent> Waiting() => Given(
        Defined(backorder: true), Reserved("o-1", 1, 0, 0, backordered: 3), Reserved("o-2", 1, 0, 0, backordered: 2));

    static StockReceived Arrived(long available) => new("r-2", "N1", StockState.Available, 4, "delivery", available);

    static Send Tell(string order, Standing standing, params NodeUnits[] free) => new(
        EntityId.Of("order", "default", order), new OrderCommand.NoteClaim("ABC-1", standing, [.. free]));

    [Fact]
    public void Units_that_are_not_there_are_promised_from_what_will_come() => Given(OnHand(2, backorder: true))
        .When(new Reserve("o-1", 1, 5))
        .Then(
            Told(ClaimStatus.Done, 1, Holds(3, 1, 2, 3), 0, free: [N1(2)]), Reserved("o-1", 1, 2, 0, backordered: 3));

    [Fact]
    public void What_will_come_has_an_end_far_away() => Given(Defined(backorder: true))
        .When(new Reserve("o-1", 1, Sku.MaxBackordered)).ThenDone()
        .When(new Reserve("o-2", 1, 1)).ThenRefused(ClaimStatus.Insufficient);

    [Fact]
    public void Units_that_arrive_go_to_who_was_promised_first() => Waiting()
        .When(Four)
        .Then(
            new MoveReply(MoveStatus.Done, 4, 0),
            Arrived(4), new BackorderFilled("o-1", 3, false, 1), new BackorderFilled("o-2", 1, false, 0))
        .ThenSends(Tell("o-1", Holds(5, 1, 3), N1(4)), Tell("o-2", Holds(6, 1, 1, 1), N1(4)));

    [Fact]
    public void Who_waits_for_the_rest_keeps_its_place() => Waiting()
        .When(Four)
        .When(new Reserve("o-3", 1, 1)).ThenHappens(Reserved("o-3", 1, 0, 0, backordered: 1))
        .When(Four with { Id = "r-3", Quantity = 1 })
        .ThenHappens(
            new StockReceived("r-3", "N1", StockState.Available, 1, "delivery", 1),
            new BackorderFilled("o-2", 1, false, 0));

    [Fact]
    public void Who_asks_for_more_keeps_its_place() => Waiting()
        .When(new Reserve("o-1", 2, 4)).ThenHappens(Reserved("o-1", 2, 0, 0, backordered: 1, quantity: 4))
        .When(Four).ThenHappens(Arrived(4), new BackorderFilled("o-1", 4, false, 0));

    [Fact]
    public void Who_had_all_and_wants_more_goes_to_the_end() =>
        Given(Defined(true), Reserved("o-1", 1, 0, 0, 1), Reserved("o-2", 1, 0, 0, 9))
            .When(Four with { Quantity = 1 })
            .When(new Reserve("o-1", 2, 3)).ThenHappens(Reserved("o-1", 2, 0, 0, backordered: 2, quantity: 3))
            .When(Four with { Id = "r-3", Quantity = 10 })
            .ThenHappens(
                new StockReceived("r-3", "N1", StockState.Available, 10, "delivery", 10),
                new BackorderFilled("o-2", 9, false, 1), new BackorderFilled("o-1", 1, false, 0));

    [Fact]
    public void Units_found_by_a_count_are_given_out_too() => Waiting()
        .When(new Adjust("a-1", "N1", 3, "count", StockState.Available))
        .Then(
            new MoveReply(MoveStatus.Done, 3, 0),
            new StockAdjusted("a-1", "N1", StockState.Available, 3, "count", 3),
            new BackorderFilled("o-1", 3, false, 0));

    [Fact]
    public void Units_that_become_sellable_are_given_out_too() =>
        Given(Defined(true), Received(N1(3), 0, StockState.Qc), Reserved("o-1", 1, 0, 0, 3))
            .When(new Move("m-1", "N1", 2, StockState.Qc, StockState.Available, "fine"))
            .Then(
                new MoveReply(MoveStatus.Done, 3, 0),
                new StockMoved("m-1", "N1", StockState.Qc, StockState.Available, 2, "fine", 2),
                new BackorderFilled("o-1", 2, false, 0));

    [Fact]
    public void Units_that_arrive_unsellable_are_not_given_out() => Waiting()
        .When(Four with { State = StockState.Damaged })
        .ThenHappens(new StockReceived("r-2", "N1", StockState.Damaged, 4, "delivery", 0));

    [Fact]
    public void Who_is_promised_later_does_not_get_what_others_wait_for() => Given(Crowd(201))
        .When(Four with { Quantity = 300 }).ThenDone()
        .When(new Reserve("late", 1, 100))
        .Then(
            Told(ClaimStatus.Done, 1, Holds(404, 1, 99, 1), 1, free: [N1(300)]),
            Reserved("late", 1, 99, 1, backordered: 1));

    [Fact]
    public void Two_hundred_are_served_in_one_turn_and_the_next_turn_goes_on()
    {
        var scene = Given(Crowd(203)).When(Four with { Quantity = 202 });

        Assert.Equal(1 + Sku.MaxPerTurn, scene.Events.Count);
        Assert.Equal(new BackorderFilled("o-001", 1, false, 201), scene.Events[1]);
        Assert.Equal(new BackorderFilled("o-200", 1, true, 2), scene.Events[^1]);
        Assert.Equal(Sku.MaxPerTurn + 1, scene.Sends.Count);
        Assert.Equal(new Send(Self, new FillBackorders()), scene.Sends[^1]);
        scene.When(new FillBackorders())
            .Then(Done.It, new BackorderFilled("o-201", 1, false, 1), new BackorderFilled("o-202", 1, false, 0))
            .When(new FillBackorders()).Then(Done.It);
    }

    [Fact]
    public void Exactly_two_hundred_need_no_other_turn()
    {
        var scene = Given(Crowd(200)).When(Four with { Quantity = 300 });

        Assert.Equal(new BackorderFilled("o-200", 1, false, 100), scene.Events[^1]);
        Assert.Equal(Sku.MaxPerTurn, scene.Sends.Count);
    }

    [Fact]
    public void A_sku_that_takes_no_more_backorders_keeps_the_ones_it_has() => Waiting()
        .When(new Define(Card(backorder: false)))
        .When(new Reserve("o-3", 1, 1)).ThenRefused(ClaimStatus.Insufficient)
        .When(Four)
        .ThenHappens(Arrived(4), new BackorderFilled("o-1", 3, false, 1), new BackorderFilled("o-2", 1, false, 0));

    [Fact]
    public void An_order_that_no_longer_waits_is_passed_over() => Waiting()
        .When(new Release("o-1", 2, 3, []))
        .Then(Told(ClaimStatus.Done, 2, Holds(4, 2, 0), 0), Released("o-1", 2, 0, 0, backordered: 3))
        .When(Four).ThenHappens(Arrived(4), new BackorderFilled("o-2", 2, false, 2));

    [Fact]
    public void Callers_see_how_many_wait() => Assert.Equal((5L, 0L, 0L), Waiting().Count() is var s
        ? (s.Backordered, s.Available, s.Held) : default);

    [Fact]
    public void A_hold_for_a_while_waits_no_longer_than_that() =>
        Given(Defined(true), Reserved("o-1", 1, 0, 0, 3, until: After(60), sweep: After(60)))
            .At(After(60)).When(new SweepHolds(After(60)))
            .ThenHappens(new HoldExpired("o-1", 0, 3, 0), new HoldsSwept(null, 0))
            .When(Four).ThenHappens(Arrived(4));

    /// <summary>So many orders that wait for one unit each.</summary>
    static SkuEvent[] Crowd(int count) =>
    [
        Defined(backorder: true),
        .. Enumerable.Range(1, count).Select(i => Reserved($"o-{i:000}", 1, 0, 0, backordered: 1)),
    ];
}
