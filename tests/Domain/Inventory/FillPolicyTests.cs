using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Product;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

/// <summary>How much may be promised beyond stock, and who is filled first.</summary>
public sealed class FillPolicyTests
{
    static readonly SkuCard Plain = Card(backorder: true);

    static SkuCard By(FillPolicy fill) => Plain with { Fill = fill };

    static SkuDefined Carded(SkuCard card) => new SkuDefined(card, 1);

    static SupplyExpected Coming(int units) => new SupplyExpected("p-1", "N1", units, After(1_000), "x");

    static Receive Delivery(int units) => new($"r-{units}", "N1", units, "delivery", StockState.Available);

    static StockReceived Arrived(int units, long available) =>
        new($"r-{units}", "N1", StockState.Available, units, "delivery", available);

    [Fact]
    public void A_cap_is_what_may_be_promised_beyond_stock() =>
        Given(Carded(Plain with { BackorderCap = 5 }), Received(N1(2), 2))
            .When(new Reserve("o-1", 1, 8)).ThenRefused(ClaimStatus.Insufficient)
            .When(new Reserve("o-1", 1, 6)).ThenHappens(Reserved("o-1", 1, 2, 0, 4))
            .When(new Reserve("o-2", 1, 2)).ThenRefused(ClaimStatus.Insufficient)
            .When(new Reserve("o-2", 1, 1)).ThenDone()
            .When(new Reserve("o-3", 1, 1)).ThenRefused(ClaimStatus.Insufficient);

    [Fact]
    public void A_cap_of_nothing_promises_what_is_there() =>
        Given(Carded(Plain with { BackorderCap = 0 }), Received(N1(2), 2))
            .When(new Reserve("o-1", 1, 3)).ThenRefused(ClaimStatus.Insufficient)
            .When(new Reserve("o-1", 1, 2)).ThenDone();

    [Fact]
    public void A_cap_below_nothing_is_not_valid() => Assert.Equal(
        DefineStatus.NotValid,
        Assert.IsType<DefineReply>(Given().When(new Define(Plain with { BackorderCap = -1 })).Reply).Status);

    [Fact]
    public void Who_takes_what_there_is_takes_what_the_cap_leaves() =>
        Given(Carded(Plain with { BackorderCap = 3 }))
            .When(new Reserve("o-1", 1, 5, Partial: true)).ThenHappens(Reserved("o-1", 1, 0, 0, 3, quantity: 5))
            .When(new Reserve("o-2", 1, 5, Partial: true)).ThenRefused(ClaimStatus.Insufficient);

    [Fact]
    public void A_lower_cap_takes_nothing_back_and_a_delivery_makes_room() =>
        Given(Carded(Plain), Reserved("o-1", 1, 0, 0, 9))
            .When(new Define(Plain with { BackorderCap = 4 })).ThenHappens(
                new SkuDefined(Plain with { BackorderCap = 4 }, 2))
            .When(new Reserve("o-2", 1, 1)).ThenRefused(ClaimStatus.Insufficient)
            .When(Delivery(6)).ThenDone()
            .When(new Reserve("o-2", 1, 1)).ThenDone()
            .When(new Reserve("o-3", 1, 1)).ThenRefused(ClaimStatus.Insufficient);

    [Fact]
    public void What_is_sold_from_supply_only_is_sold_as_far_as_it_is_expected() =>
        Given(Carded(Plain with { SupplyOnly = true }))
            .When(new Reserve("o-1", 1, 1)).ThenRefused(ClaimStatus.Insufficient)
            .When(new Expect("p-1", "N1", 5, After(1_000), "x")).ThenDone()
            .When(new Reserve("o-1", 1, 6)).ThenRefused(ClaimStatus.Insufficient)
            .When(new Reserve("o-1", 1, 4)).ThenHappens(Reserved("o-1", 1, 0, 0, 4, expected: After(1_000)))
            .When(new Reserve("o-2", 1, 2)).ThenRefused(ClaimStatus.Insufficient)
            .When(new Reserve("o-2", 1, 1)).ThenDone();

    [Fact]
    public void A_cap_holds_beside_the_supply() =>
        Given(Carded(Plain with { SupplyOnly = true, BackorderCap = 2 }), Coming(5))
            .When(new Reserve("o-1", 1, 3)).ThenRefused(ClaimStatus.Insufficient)
            .When(new Reserve("o-1", 1, 2)).ThenDone();

    [Fact]
    public void Fifo_gives_to_who_was_promised_first() =>
        Given(Carded(By(FillPolicy.Fifo)), Reserved("o-1", 1, 0, 0, 3), Reserved("o-2", 1, 0, 0, 3, priority: -1))
            .When(Delivery(4)).ThenHappens(
                Arrived(4, 4), new BackorderFilled("o-1", 3, false, 1), new BackorderFilled("o-2", 1, false, 0));

    [Fact]
    public void Priority_gives_to_the_lowest_number_and_then_to_who_was_promised_first() =>
        Given(
            Carded(By(FillPolicy.Priority)), Reserved("o-1", 1, 0, 0, 3), Reserved("o-2", 1, 0, 0, 1, priority: -1),
            Reserved("o-3", 1, 0, 0, 3), Reserved("o-4", 1, 0, 0, 1, priority: -1))
            .When(Delivery(6)).ThenHappens(
                Arrived(6, 6), new BackorderFilled("o-2", 1, false, 5), new BackorderFilled("o-4", 1, false, 4),
                new BackorderFilled("o-1", 3, false, 1), new BackorderFilled("o-3", 1, false, 0));

    [Fact]
    public void Who_overtakes_is_told_its_date_at_once_and_the_others_a_second_later()
    {
        var scene = Given(
            Carded(By(FillPolicy.Priority)), Coming(4),
            new SupplyExpected("p-2", "N1", 4, After(2_000), "x"),
            Reserved("o-1", 1, 0, 0, 2, priority: 1, expected: After(1_000)),
            Reserved("o-2", 1, 0, 0, 2, priority: 2, expected: After(1_000)));

        scene.When(new Reserve("o-3", 1, 2, Priority: 1))
            .ThenHappens(Reserved("o-3", 1, 0, 0, 2, priority: 1, expected: After(1_000)))
            .ThenSends(new Send(Self, new RepegBackorders(), After(1)))
            .When(new RepegBackorders())
            .ThenHappens(new BackorderRepegged("o-2", After(2_000), 0), new PegsChecked(false, 0))
            .When(new Reserve("o-4", 1, 2, Priority: 2))
            .ThenHappens(Reserved("o-4", 1, 0, 0, 2, priority: 2, expected: After(2_000))).ThenSends();
    }

    [Fact]
    public void Who_waits_and_is_now_more_urgent_is_dated_by_its_new_place()
    {
        var scene = Given(
            Carded(By(FillPolicy.Priority)), Coming(4), new SupplyExpected("p-2", "N1", 9, After(2_000), "x"),
            Reserved("o-1", 1, 0, 0, 3, expected: After(1_000)), Reserved("o-2", 1, 0, 0, 3, expected: After(2_000)));

        scene.When(new Reserve("o-2", 2, 4, Priority: -1))
            .ThenHappens(Reserved("o-2", 2, 0, 0, 1, quantity: 4, priority: -1, expected: After(1_000)))
            .When(new RepegBackorders())
            .ThenHappens(new BackorderRepegged("o-1", After(2_000), 0), new PegsChecked(false, 0));
    }

    [Fact]
    public void Ship_complete_fills_whole_claims_and_nobody_goes_ahead() =>
        Given(Carded(By(FillPolicy.ShipComplete)), Reserved("o-1", 1, 0, 0, 3), Reserved("o-2", 1, 0, 0, 1))
            .When(Delivery(2)).ThenHappens(Arrived(2, 2))
            .When(new Reserve("o-3", 1, 1)).ThenHappens(Reserved("o-3", 1, 0, 2, 1))
            .When(Delivery(1)).ThenHappens(Arrived(1, 3), new BackorderFilled("o-1", 3, false, 0))
            .When(Delivery(9)).ThenHappens(
                Arrived(9, 9), new BackorderFilled("o-2", 1, false, 8), new BackorderFilled("o-3", 1, false, 7));

    [Fact]
    public void Ship_complete_puts_no_part_aside() => Given(Carded(By(FillPolicy.ShipComplete)), Received(N1(2), 2))
        .When(new Reserve("o-1", 1, 3)).ThenHappens(Reserved("o-1", 1, 0, 2, 3))
        .When(new Reserve("o-2", 1, 1)).ThenHappens(Reserved("o-2", 1, 0, 2, 1))
        .When(new Release("o-1", 2, 1, [])).ThenHappens(
            Released("o-1", 2, 0, 2, 1), new BackorderFilled("o-1", 2, false, 0));

    [Fact]
    public void Ship_complete_counts_what_is_on_the_shelf_before_what_is_expected() =>
        Given(Carded(By(FillPolicy.ShipComplete)), Received(N1(2), 2), Coming(3))
            .When(new Reserve("o-1", 1, 5)).ThenHappens(Reserved("o-1", 1, 0, 2, 5, expected: After(1_000)))
            .When(new Reserve("o-2", 1, 1)).ThenHappens(Reserved("o-2", 1, 0, 2, 1));

    [Fact]
    public void Ship_complete_with_a_cap_counts_what_is_beyond_stock() =>
        Given(Carded(By(FillPolicy.ShipComplete) with { BackorderCap = 2 }), Received(N1(3), 3))
            .When(new Reserve("o-1", 1, 6)).ThenRefused(ClaimStatus.Insufficient)
            .When(new Reserve("o-1", 1, 5)).ThenHappens(Reserved("o-1", 1, 0, 3, 5))
            .When(new Reserve("o-2", 1, 1)).ThenRefused(ClaimStatus.Insufficient);

    [Fact]
    public void What_was_kept_for_a_whole_claim_is_given_out_when_parts_will_do() =>
        Given(Carded(By(FillPolicy.ShipComplete)), Received(N1(2), 2), Reserved("o-1", 1, 0, 2, 3))
            .When(new Define(Plain))
            .Then(
                new DefineReply(DefineStatus.Changed, 2), new SkuDefined(Plain, 2),
                new BackorderFilled("o-1", 2, false, 0));

    [Fact]
    public void Another_order_of_filling_gives_other_dates() => Given(
        Carded(By(FillPolicy.Fifo)), Coming(4), Reserved("o-1", 1, 0, 0, 3, expected: After(1_000)),
        Reserved("o-2", 1, 0, 0, 3, priority: -1))
        .When(new Define(By(FillPolicy.Priority))).ThenSends(new Send(Self, new RepegBackorders(), After(1)))
        .When(new RepegBackorders())
        .ThenHappens(
            new BackorderRepegged("o-2", After(1_000), 0), new BackorderRepegged("o-1", null, 0),
            new PegsChecked(false, 0));
}
