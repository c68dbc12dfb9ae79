using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

public sealed class MoveTests
{
    static Move Aside(int quantity, string id = "m-1") =>
        new(id, "N1", quantity, StockState.Available, StockState.Quarantine, "look");

    [Fact]
    public void Units_set_aside_stay_on_hand_and_cannot_be_promised() => Given(OnHand(10))
        .When(Aside(4))
        .Then(
            new MoveReply(MoveStatus.Done, OnHand: 10, Available: 6),
            new StockMoved("m-1", "N1", StockState.Available, StockState.Quarantine, 4, "look", 6));

    [Fact]
    public void Units_that_come_back_can_be_promised_again() => Given(OnHand(10))
        .When(Aside(4))
        .When(new Move("m-2", "N1", 3, StockState.Quarantine, StockState.Available, "fine"))
        .Then(
            new MoveReply(MoveStatus.Done, 10, 9),
            new StockMoved("m-2", "N1", StockState.Quarantine, StockState.Available, 3, "fine", 9));

    [Fact]
    public void Between_two_other_states_nothing_changes_for_who_buys()
    {
        var scene = Given(OnHand(10))
            .When(Aside(4))
            .When(new Move("m-2", "N1", 4, StockState.Quarantine, StockState.Damaged, "broken"))
            .Then(
                new MoveReply(MoveStatus.Done, 10, 6),
                new StockMoved("m-2", "N1", StockState.Quarantine, StockState.Damaged, 4, "broken", 6));

        Assert.Equal([new(StockState.Damaged, 4)], scene.Count().Unavailable);
    }

    [Fact]
    public void The_same_move_again_is_not_made_again() => Given(OnHand(10))
        .When(Aside(4)).When(Aside(4)).Then(new MoveReply(MoveStatus.AlreadyDone, 10, 6));

    [Fact]
    public void A_move_that_comes_later_than_it_may_is_not_made_but_known_if_it_was() => Given(OnHand(10))
        .At(Product.Start.AddSeconds(31))
        .When(Aside(4) with { Until = Product.Start.AddSeconds(30) }).ThenRefused(MoveStatus.TooLate)
        .When(Aside(4) with { Until = Product.Start.AddSeconds(31) }).ThenDone()
        .When(Aside(4) with { Until = Product.Start.AddSeconds(30) })
        .Then(new MoveReply(MoveStatus.AlreadyDone, 10, 6));

    [Fact]
    public void Another_move_under_the_same_id_is_refused() => Given(OnHand(10))
        .When(Aside(4)).ThenDone()
        .When(Aside(3)).ThenRefused(MoveStatus.DifferentContent)
        .When(Aside(4) with { To = StockState.Qc }).ThenRefused(MoveStatus.DifferentContent)
        .When(Aside(4) with { From = StockState.Safety }).ThenRefused(MoveStatus.DifferentContent);

    [Fact]
    public void Nothing_is_moved_for_a_sku_that_nobody_defined() => Given()
        .When(Aside(0)).ThenRefused(MoveStatus.UnknownSku);

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    [InlineData(int.MinValue)]
    public void A_quantity_that_is_not_positive_is_refused(int quantity) => Given(OnHand(10))
        .When(Aside(quantity)).ThenRefused(MoveStatus.QuantityNotPositive);

    [Fact]
    public void Units_cannot_move_to_the_state_they_are_in() => Given(OnHand(10))
        .When(Aside(4) with { To = StockState.Available }).ThenRefused(MoveStatus.SameState);

    [Fact]
    public void More_than_there_is_in_the_state_cannot_move() => Given(OnHand(10))
        .When(Aside(11)).ThenRefused(MoveStatus.BelowZero)
        .When(Aside(1) with { From = StockState.Qc }).ThenRefused(MoveStatus.BelowZero)
        .When(Aside(1) with { Node = "N2" }).ThenRefused(MoveStatus.BelowZero);

    [Fact]
    public void Units_committed_at_the_node_cannot_be_set_aside() =>
        Given([.. OnHand(10), Received(N2(5), 15), Reserved("o-1", 1, 8, 7), Allocated("o-1", 2, 7, N1(8))])
            .When(Aside(3)).ThenRefused(MoveStatus.Committed)
            .When(Aside(2)).ThenDone();

    [Fact]
    public void Units_held_anywhere_cannot_be_set_aside() =>
        Given([.. OnHand(10), Received(N2(5), 15), Reserved("o-1", 1, 8, 7)])
            .When(Aside(8)).ThenRefused(MoveStatus.Reserved)
            .When(Aside(7)).ThenDone();
}
