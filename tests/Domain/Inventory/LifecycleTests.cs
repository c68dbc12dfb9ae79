using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Inventory.SkuEvent;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

public sealed class LifecycleTests
{
    static SkuCard In(SkuLifecycle stage, bool backorder = false) => Card(backorder) with { Lifecycle = stage };

    [Theory]
    [InlineData(SkuLifecycle.Draft)]
    [InlineData(SkuLifecycle.Discontinued)]
    public void What_is_not_sold_is_received_and_counted_and_nobody_gets_a_unit(SkuLifecycle stage) =>
        Given(new SkuDefined(In(stage), 1))
            .When(new Receive("r-1", "N1", 5, "delivery", StockState.Available)).ThenDone()
            .When(new Adjust("a-1", "N1", -1, "count", StockState.Available)).ThenDone()
            .When(new Reserve("o-1", 1, 1)).ThenRefused(ClaimStatus.NotOrderable);

    [Fact]
    public void Who_had_units_before_keeps_them_and_gets_no_more()
    {
        var scene = Given([.. OnHand(5), Reserved("o-1", 1, 2, 3), new SkuDefined(In(SkuLifecycle.Discontinued), 2)])
            .When(new Reserve("o-1", 1, 2)).ThenRefused(ClaimStatus.AlreadyDone)
            .When(new Reserve("o-1", 2, 3)).ThenRefused(ClaimStatus.NotOrderable)
            .When(new Allocate("o-1", 3, [N1(2)])).ThenDone()
            .When(new Ship("o-1", 4, [N1(2)])).ThenDone();

        Assert.Equal((3L, 0L), (scene.Count().OnHand, scene.Of("o-1").Held));
    }

    [Fact]
    public void What_is_phased_out_sells_what_there_is_and_nothing_beyond() =>
        Given([.. OnHand(2, backorder: true), new SkuDefined(In(SkuLifecycle.PhaseOut, backorder: true), 2)])
            .When(new Reserve("o-1", 1, 3)).ThenRefused(ClaimStatus.Insufficient)
            .When(new Reserve("o-1", 2, 3, Partial: true)).ThenHappens(Reserved("o-1", 2, 2, 0, quantity: 3));

    [Fact]
    public void A_kit_that_is_not_sold_is_not_opened() =>
        Given(new SkuDefined(In(SkuLifecycle.Draft) with { Kit = [new("P", 1)] }, 1))
            .When(new Reserve("o-1", 1, 1)).ThenRefused(ClaimStatus.NotOrderable);

    [Theory]
    [InlineData(SkuLifecycle.Active)]
    [InlineData(SkuLifecycle.PhaseOut)]
    [InlineData(SkuLifecycle.Discontinued)]
    public void A_draft_becomes_anything_and_nothing_becomes_a_draft(SkuLifecycle stage) =>
        Given(new SkuDefined(In(SkuLifecycle.Draft), 1))
            .When(new Define(In(stage))).ThenHappens(new SkuDefined(In(stage), 2))
            .When(new Define(In(SkuLifecycle.Draft))).Then(new DefineReply(DefineStatus.PastDraft, 2));
}
