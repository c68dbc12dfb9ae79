using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

/// <summary>Movements that are told later than they happened.</summary>
public sealed class BackdatedTests
{
    static readonly DateTimeOffset Yesterday = Product.Start.AddDays(-1);

    static Receive Told(DateTimeOffset? at, string id = "r-9") =>
        new(id, "N1", 4, "found the slip", StockState.Available, OccurredAt: at);

    [Fact]
    public void A_late_receipt_counts_now_and_keeps_when_it_happened() => Given(OnHand(10))
        .When(Told(Yesterday))
        .Then(
            new MoveReply(MoveStatus.Done, 14, 14),
            new StockReceived("r-9", "N1", StockState.Available, 4, "found the slip", 14, null, null, Yesterday));

    [Fact]
    public void A_late_correction_and_a_late_change_of_state_keep_when_they_happened() => Given(OnHand(10))
        .When(new Adjust("a-1", "N1", -3, "count", StockState.Available, OccurredAt: Yesterday))
        .Then(
            new MoveReply(MoveStatus.Done, 7, 7),
            new StockAdjusted("a-1", "N1", StockState.Available, -3, "count", 7, OccurredAt: Yesterday))
        .When(new Move("m-1", "N1", 2, StockState.Available, StockState.Damaged, "fell", OccurredAt: Yesterday))
        .Then(
            new MoveReply(MoveStatus.Done, 7, 5),
            new StockMoved("m-1", "N1", StockState.Available, StockState.Damaged, 2, "fell", 5, OccurredAt: Yesterday));

    [Fact]
    public void What_has_not_happened_yet_is_refused() => Given(OnHand(10))
        .When(Told(Product.Start)).ThenDone()
        .When(Told(Product.Start.AddMinutes(1), "r-8")).ThenRefused(MoveStatus.NotYet);

    [Fact]
    public void What_happened_longer_ago_than_anybody_should_remember_is_refused() => Given(OnHand(10))
        .When(Told(Product.Start - Sku.BackdatedAtMost)).ThenDone()
        .When(Told(Product.Start - Sku.BackdatedAtMost - TimeSpan.FromMilliseconds(1), "r-8"))
        .ThenRefused(MoveStatus.TooLongAgo);

    [Fact]
    public void The_same_again_is_a_repeat_and_at_another_time_it_is_another_movement() => Given(OnHand(10))
        .When(Told(Yesterday)).ThenDone()
        .When(Told(Yesterday)).Then(new MoveReply(MoveStatus.AlreadyDone, 14, 14))
        .When(Told(null)).ThenRefused(MoveStatus.DifferentContent)
        .When(Told(Yesterday.AddHours(1))).ThenRefused(MoveStatus.DifferentContent)
        .When(Told(Product.Start.AddYears(9))).ThenRefused(MoveStatus.DifferentContent);
}
