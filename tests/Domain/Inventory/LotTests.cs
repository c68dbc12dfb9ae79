using System.Collections.Immutable;
using Fulfillment.Inventory;
using static Fulfillment.Inventory.SkuCommand;
using static Fulfillment.Tests.Domain.Stock;

namespace Fulfillment.Tests.Domain;

/// <summary>Lots that may not be sold any more: recalled, or over.</summary>
public sealed class LotTests
{
    static readonly DateOnly Last = DateOnly.FromDateTime(Product.Start.AddDays(30).UtcDateTime);

    static SkuEvent.SkuDefined Defined(Tracking? tracking = null) =>
        new(Card() with { Tracking = tracking ?? new(Lots: true) }, 1);

    static SkuEvent.StockReceived Here(
        string lot, int units, long available, DateOnly? last = null, string node = "N1") =>
        new(
            $"r-{lot}-{node}", node, StockState.Available, units, "delivery", available, null,
            new("A-1", lot, Expires: last));

    static LotReply Reply(Given<Sku, SkuCommand, SkuEvent> scene) => Assert.IsType<LotReply>(scene.Reply);

    static long In(ImmutableArray<Slot> slots) => slots.Sum(s => s.Units);

    [Fact]
    public void A_recall_sets_aside_what_nobody_has_and_tells_who_has_the_rest()
    {
        var scene = Given([Defined(), Here("L-1", 10, 10), Here("L-2", 5, 15),
            Reserved("o-1", 1, 8, 7), Allocated("o-1", 2, 7, N1(8)),
            new SkuEvent.StockPicked("p-1", "o-1", "N1", 3,
                [new("N1", StockState.Available, "A-1", "L-1", null, 3)], null, 7)]);
        scene.When(new RecallLot("L-1", "glass"));

        var reply = Reply(scene);
        Assert.Equal(LotReplyStatus.Done, reply.Status);
        Assert.Equal(new("L-1", null, 2, LotStatus.Recalled, "glass"), reply.Lot);
        Assert.Equal((7, 0, 3), (In(reply.Moved), In(reply.Left), In(reply.Picked)));
        Assert.Equal(0, scene.Count().Available);
        Assert.Equal(7, scene.Count().Unavailable[StockState.Quarantine]);

        scene.When(new RecallLot("L-1", "glass"));
        Assert.Equal(LotReplyStatus.AlreadyDone, Reply(scene).Status);
        scene.ThenNothing();
    }

    [Fact]
    public void What_is_committed_follows_once_it_is_given_back_and_cannot_be_picked()
    {
        var scene = Given([Defined(), Here("L-1", 10, 10), Reserved("o-1", 1, 8, 2), Allocated("o-1", 2, 2, N1(8))])
            .When(new RecallLot("L-1", "glass"));
        Assert.Equal((2, 8), (In(Reply(scene).Moved), In(Reply(scene).Left)));
        Assert.Equal("o-1", Assert.Single(Reply(scene).Orders));

        scene.When(new Pick("p-1", "o-1", "N1", 1, new(Lot: "L-1")));
        Assert.Equal(PickStatus.LotBlocked, Assert.IsType<PickReply>(scene.Reply).Status);
        scene.When(new Release("o-1", 3, 0, [N1(8)]));
        Assert.Contains(scene.Sends, s => s.Command is DrainLots);
        scene.When(new DrainLots());
        Assert.Equal(0, scene.Count().Available);
        Assert.Equal(10, scene.Count().Unavailable[StockState.Quarantine]);
    }

    [Fact]
    public void A_lot_is_watched_once_and_its_recall_asks_for_nothing_more()
    {
        var scene = Given([Defined(new(Lots: true, AlertDays: 7)), Here("L-1", 4, 4, Last)]);
        Assert.Equal(2, scene.Sends.Count(s => s.Command is CheckLot));
        scene.When(new Receive("r-2", "N1", 4, "more", StockState.Available, null, new("A-2", "L-1", Expires: Last)));
        Assert.DoesNotContain(scene.Sends, s => s.Command is CheckLot);
        scene.When(new RecallLot("L-1", "glass"));
        Assert.Equal(3, scene.Events.Count);
        Assert.Empty(scene.Sends);
    }

    [Fact]
    public void What_could_not_be_spared_is_set_aside_once_other_units_arrive()
    {
        var scene = Given([Defined(), Here("L-1", 8, 8), Reserved("o-1", 1, 8, 0), Allocated("o-1", 2, 0, N1(8))])
            .When(new RecallLot("L-1", "glass"));
        Assert.Equal(8, In(Reply(scene).Left));
        scene.When(new Receive("r-2", "N1", 5, "other", StockState.Available, null, new(Lot: "L-2")));
        Assert.Contains(scene.Sends, s => s.Command is DrainLots);
        scene.When(new DrainLots());
        Assert.Equal(5, scene.Count().Unavailable[StockState.Quarantine]);
    }

    [Fact]
    public void A_blocked_lot_comes_back_from_the_way_and_is_not_sent_there()
    {
        Move away = new("t-1", "N1", 3, StockState.Available, StockState.InTransit, "T", Carried: true, Any: true);
        var scene = Given([Defined(), Here("L-1", 8, 8)]).When(away).ThenDone().When(new RecallLot("L-1", "glass"));
        scene.When(away with { Id = "t-2" }).ThenRefused(MoveStatus.BelowZero);
        scene.When(new Move("t-3", "N1", 3, StockState.InTransit, StockState.Available, "T", Any: true)).ThenDone();
        Assert.Contains(scene.Sends, s => s.Command is DrainLots);
    }

    [Fact]
    public void Units_of_a_blocked_lot_do_not_go_on_sale_until_it_is_cleared()
    {
        var scene = Given([Defined(), Here("L-1", 2, 2)]).When(new RecallLot("L-1", "glass"));
        scene.When(new Receive("r-9", "N1", 1, "delivery", StockState.Available, null, new(Lot: "L-1")))
            .ThenRefused(MoveStatus.LotBlocked);
        scene.When(new Receive("r-9", "N1", 1, "delivery", StockState.Quarantine, null, new(Lot: "L-1"))).ThenDone();
        Move back = new("m-1", "N1", 2, StockState.Quarantine, StockState.Available, "fine", new(Lot: "L-1"));
        scene.When(back).ThenRefused(MoveStatus.LotBlocked);

        scene.When(new ClearLot("L-1", "another lot"));
        Assert.Equal(LotStatus.Good, Reply(scene).Lot!.Status);
        scene.When(back).ThenDone();
    }

    [Fact]
    public void A_lot_is_told_before_its_last_day_and_set_aside_after_it()
    {
        var scene = Given([Defined(new(Lots: true, Expiry: true, DaysLeft: 2, AlertDays: 7)), Here("L-1", 4, 4, Last)]);
        var end = new DateTimeOffset(Last.ToDateTime(default), TimeSpan.Zero).AddDays(-1);
        Assert.Equal([end.AddDays(-7), end], scene.Sends.Where(s => s.Command is CheckLot).Select(s => s.Due!.Value));

        scene.At(end.AddDays(-8)).When(new CheckLot("L-1")).ThenNothing();
        scene.At(end.AddDays(-7)).When(new CheckLot("L-1"))
            .Then(Done.It, new SkuEvent.LotNearExpiry("L-1", Last, 4, 4));
        scene.When(new CheckLot("L-1")).ThenNothing();
        scene.At(end).When(new CheckLot("L-1"));
        Assert.Equal(LotStatus.Expired, Assert.IsType<LotReply>(scene.Ask(new GetLot("L-1"))).Lot!.Status);
        Assert.Equal(4, scene.Count().Unavailable[StockState.Quarantine]);
        scene.When(new Receive("r-9", "N1", 1, "late", StockState.Available, null, new(Lot: "L-2", Expires: Last)))
            .ThenRefused(MoveStatus.LotBlocked);
    }

    [Fact]
    public void Who_asks_for_a_lot_that_never_was_here_is_told()
    {
        Assert.Equal(LotReplyStatus.UnknownSku, Reply(Given().When(new RecallLot("L-1", "x"))).Status);
        Assert.Equal(LotReplyStatus.UnknownLot, Reply(Given(Defined()).When(new ClearLot("L-1", "x"))).Status);
        Assert.Equal(LotReplyStatus.UnknownLot, Assert.IsType<LotReply>(
            Given(Defined()).Ask(new GetLot("L-1"))).Status);
    }
}
