using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

public sealed class AdjustTests
{
    static Adjust By(int delta, StockState state = StockState.Available, string id = "a-1") =>
        new(id, "N1", delta, "count", state);

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    [InlineData(-10)]
    public void A_count_is_corrected_up_and_down_to_zero(int delta) => Given(OnHand(10))
        .When(By(delta))
        .Then(
            new MoveReply(MoveStatus.Done, 10 + delta, 10 + delta),
            new StockAdjusted("a-1", "N1", StockState.Available, delta, "count", 10 + delta));

    [Fact]
    public void Units_that_cannot_be_promised_are_corrected_without_touching_what_can() =>
        Given([.. OnHand(10), new StockReceived("r-2", "N1", StockState.Damaged, 4, "return", 10)])
            .When(By(-4, StockState.Damaged))
            .Then(
                new MoveReply(MoveStatus.Done, 10, 10),
                new StockAdjusted("a-1", "N1", StockState.Damaged, -4, "count", 10));

    [Fact]
    public void Units_found_at_a_node_that_had_none_are_booked_there() => Given(Defined())
        .When(By(2))
        .Then(
            new MoveReply(MoveStatus.Done, 2, 2), new StockAdjusted("a-1", "N1", StockState.Available, 2, "count", 2));

    [Fact]
    public void The_same_correction_again_is_not_made_again() => Given(OnHand(10))
        .When(By(-3)).ThenDone()
        .When(By(-3)).Then(new MoveReply(MoveStatus.AlreadyDone, 7, 7));

    [Fact]
    public void Another_correction_under_the_same_id_is_refused() => Given(OnHand(10))
        .When(By(-3)).ThenDone()
        .When(By(-2)).ThenRefused(MoveStatus.DifferentContent)
        .When(By(-3, StockState.Qc)).ThenRefused(MoveStatus.DifferentContent);

    [Fact]
    public void Nothing_is_corrected_for_a_sku_that_nobody_defined() => Given()
        .When(By(0)).ThenRefused(MoveStatus.UnknownSku);

    [Fact]
    public void A_correction_by_nothing_is_refused() => Given(OnHand(10))
        .When(By(0)).ThenRefused(MoveStatus.QuantityNotPositive);

    [Theory]
    [InlineData(-11)]
    [InlineData(int.MinValue)]
    public void A_count_never_falls_below_zero(int delta) => Given(OnHand(10))
        .When(By(delta)).ThenRefused(MoveStatus.BelowZero);

    [Fact]
    public void Units_in_one_state_do_not_stand_in_for_another() => Given(OnHand(10))
        .When(By(-1, StockState.Quarantine)).ThenRefused(MoveStatus.BelowZero)
        .When(new Adjust("a-2", "N2", -1, "count", StockState.Available)).ThenRefused(MoveStatus.BelowZero);

    [Fact]
    public void Units_committed_at_the_node_cannot_be_corrected_away() =>
        Given([.. OnHand(10), Received(N2(5), 15), Reserved("o-1", 1, 8, 7), Allocated("o-1", 2, 7, N1(8))])
            .When(By(-3)).ThenRefused(MoveStatus.Committed)
            .When(By(-2)).ThenDone();

    [Fact]
    public void Units_held_anywhere_cannot_be_corrected_away() =>
        Given([.. OnHand(10), Received(N2(5), 15), Reserved("o-1", 1, 8, 7)])
            .When(By(-8)).ThenRefused(MoveStatus.Reserved)
            .When(By(-7)).ThenDone();

    [Fact]
    public void Units_found_can_be_added_however_many_are_held() => Given([.. OnHand(10), Reserved("o-1", 1, 10, 0)])
        .When(By(int.MaxValue))
        .Then(
            new MoveReply(MoveStatus.Done, 10L + int.MaxValue, int.MaxValue),
            new StockAdjusted("a-1", "N1", StockState.Available, int.MaxValue, "count", int.MaxValue));

    [Fact]
    public void Held_units_do_not_protect_units_in_other_states() =>
        Given([
            .. OnHand(2), new StockReceived("r-2", "N1", StockState.Safety, 3, "delivery", 2), Reserved("o-1", 1, 2, 0),
        ])
            .When(By(-3, StockState.Safety)).ThenDone();
}
