using System.Collections.Immutable;
using Fulfillment.Counting;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Picking;
using static Fulfillment.Picking.PickListCommand;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain;

/// <summary>Scans are checked against the line they are for, move units once, and tell what is wrong.</summary>
public sealed class PickListTests
{
    static readonly EntityId Self = EntityId.Of("pick-list", "default", "P");

    static readonly EntityId A = EntityId.Of("sku", "default", "A"), One = EntityId.Of("order", "default", "o-1"),
        Two = EntityId.Of("order", "default", "o-2");

    /// <summary>Three of A for one order, of them two in B1, and two of B for another.</summary>
    static readonly PickTerms Terms = new(
        "N1", PickMethod.Cluster, [new("o-1", 1), new("o-2", 1)],
        [new(1, "1", "A", "B1", "L1", 2), new(1, "1", "A", "B2", null, 1), new(2, "7", "B", "B3", null, 2)]);

    static readonly TakeOn Anna = new("c-1", "anna");

    static readonly Scan First = new("s-1", "anna", null, "B1", "A", 1, "L1", "T1");

    static Given<PickList, PickListCommand, PickListEvent> Released(PickTerms? terms = null) =>
        new(Self, Start, new PickListEvent.PickListReleased(terms ?? Terms, Start));

    static Given<PickList, PickListCommand, PickListEvent> Begun(PickTerms? terms = null) => Released(terms).When(Anna)
        .When(new NoteStart("o-1", 1, FulfilStatus.Done, [new("1", 3)]))
        .When(new NoteStart("o-2", 1, FulfilStatus.Done, [new("7", 2)]));

    static PickListReply Reply(Given<PickList, PickListCommand, PickListEvent> list) =>
        Assert.IsType<PickListReply>(list.Reply);

    static PickSheet Now(Given<PickList, PickListCommand, PickListEvent> list) =>
        Assert.IsType<PickListReply>(list.Ask(new Get())).Sheet!;

    static void Refused(Given<PickList, PickListCommand, PickListEvent> list, PickListReplyStatus status)
    {
        Assert.Equal(status, Reply(list).Status);
        list.ThenNothing();
    }

    /// <summary>The SKU answers to the scan it was asked for last.</summary>
    static Given<PickList, PickListCommand, PickListEvent> Answered(
        Given<PickList, PickListCommand, PickListEvent> list, PickStatus status = PickStatus.Done) =>
        list.When(PickList.OnReply(Assert.Single(list.Sends), new PickReply(status, Standing.None))!);

    static PickFault Wrong(Given<PickList, PickListCommand, PickListEvent> list, Scan scan)
    {
        list.When(scan).ThenSends();
        Assert.Equal(PickListReplyStatus.Wrong, Reply(list).Status);
        return Reply(list).Fault!.Value;
    }

    [Fact]
    public void Who_claims_it_first_has_its_orders_begun_and_nothing_is_picked_before_they_are()
    {
        var list = Released();
        Assert.Equal((PickListStatus.Released, PickWorkState.Waiting), (Now(list).Status, Now(list).Works[0].State));
        Refused(list.When(First), PickListReplyStatus.NotClaimed);
        list.When(Anna).ThenSends(
            new Send(One, new OrderCommand.StartWork("pick/P/start/1", 1)),
            new Send(Two, new OrderCommand.StartWork("pick/P/start/2", 1)),
            new Send(EntityId.Of("pick-roster", "default", "N1"), new RosterCommand.NoteBegun("P")));
        Assert.Equal(PickWorkState.Starting, Now(list).Works[0].State);
        Refused(list.When(First), PickListReplyStatus.Starting);
        Assert.Null(list.Ask(new GetSettled()));
        list.When(new NoteStart("o-1", 1, FulfilStatus.Done, [new("1", 3)])).When(First);
        Assert.Equal(PickListReplyStatus.Done, Reply(list).Status);
        Assert.Equal(PickListStatus.Picking, Now(list).Status);
    }

    [Fact]
    public void Scanned_units_go_into_the_tote_once_their_SKU_has_said_so()
    {
        var list = Begun().When(First with { Serials = ["X"], Until = Start, LpnStep = 3, ToteBin = "CART" }).ThenSends(
            new Send(A, new SkuCommand.Pick(
                "pick/P/scan/1", "o-1", "N1", 1, new("B1", "L1", null, ["X"]), "T1", 3, Start, "CART")));
        Assert.Equal((0, 1, 1), (Now(list).Lines[0].Picked, Now(list).Lines[0].Asked, Now(list).Lines[0].Left));
        Assert.Null(list.Ask(new GetSettled()));
        Answered(list);
        Assert.Equal((1, 0, 1), (Now(list).Lines[0].Picked, Now(list).Lines[0].Asked, Now(list).Lines[0].Left));
        Assert.Equal("T1", Now(list).Works[0].Tote);
        list.When(new NotePick(1, PickStatus.NotThere)).ThenNothing();
    }

    [Fact]
    public void What_the_SKU_does_not_give_is_still_to_be_picked_and_its_tote_is_free()
    {
        var list = Answered(Begun().When(First), PickStatus.NotThere);

        Assert.Equal((0, 2), (Now(list).Lines[0].Picked, Now(list).Lines[0].Left));
        Assert.Equal((PickStatus.NotThere, null), (Now(list).Scans[0].Status, Now(list).Works[0].Tote));
    }

    [Fact]
    public void What_the_order_has_no_more_is_neither_picked_nor_missing()
    {
        var list = Begun().When(First);
        list.When(PickList.OnReply(Assert.Single(list.Sends), new PickReply(
            PickStatus.MoreThanHeld, Standing.None with { Allocated = [new("N1", 3)], Picked = [new("N1", 2)] }))!)
            .ThenHappens(new PickListEvent.PickAnswered(1, PickStatus.MoreThanHeld, 0, 1));
        Assert.Equal((1, 1), (Now(list).Lines[0].Units, Now(list).Lines[0].Left));

        list.When(First with { Id = "s-2" });
        Answered(list, PickStatus.NothingHeld);
        Assert.Equal((0, 2), (Now(list).Lines[0].Left, Now(list).Next!.Number));
        Refused(list.When(new ReportShort("x-1", "anna", 1, null)), PickListReplyStatus.NothingLeft);
    }

    [Fact]
    public void A_scan_whose_permission_is_over_does_nothing_and_may_come_again()
    {
        var list = Begun();
        Refused(list.When(First with { Until = Start.AddSeconds(-1) }), PickListReplyStatus.TooLate);
        list.When(First with { Until = Start });
        Assert.Equal(PickListReplyStatus.Done, Reply(list).Status);
    }

    [Fact]
    public void Each_mistake_has_its_own_signal_and_counts_nothing()
    {
        var list = Begun();
        Assert.Equal(PickFault.WrongBin, Wrong(list, First with { Bin = "B2", Sku = "X" }));
        Assert.Equal(PickFault.WrongSku, Wrong(list, First with { Id = "s-2", Sku = "B", Bin = null }));
        Assert.Equal(PickFault.WrongLot, Wrong(list, First with { Id = "s-3", Lot = "L2" }));
        Assert.Equal(PickFault.WrongQuantity, Wrong(list, First with { Id = "s-4", Units = 3 }));
        Assert.Equal(PickFault.WrongQuantity, Wrong(list, First with { Id = "s-5", Units = 0 }));
        Answered(list.When(First with { Id = "s-6" }));
        Assert.Equal(PickFault.WrongTote, Wrong(list, First with { Id = "s-7", Tote = "T2" }));
        Assert.Equal(
            PickFault.WrongTote, Wrong(list, new("s-8", "anna", 3, "B3", "B", 1, null, "T1")));

        Assert.Equal([1, 0, 0], Now(list).Lines.Select(l => l.Picked));
        Assert.Equal(7, Now(list).Scans.Count(s => s.Fault is not null));
    }

    [Fact]
    public void On_a_list_that_is_sorted_later_all_goes_into_one_tote()
    {
        var list = Answered(Begun(Terms with { Method = PickMethod.Batch }).When(First));

        Answered(list.When(new Scan("s-2", "anna", 3, "B3", "B", 1, null, "T1")));
        Assert.Equal(PickFault.WrongTote, Wrong(list, new("s-3", "anna", 3, "B3", "B", 1, null, "T2")));
        Assert.Equal(["T1", "T1"], Now(list).Works.Select(w => w.Tote));
    }

    [Fact]
    public void One_order_alone_may_have_its_tote_settled_when_it_is_released()
    {
        PickTerms one = new("N1", PickMethod.Single, [new("o-1", 1, "T9")], [Terms.Tasks[0]]);
        var list = Released(one).When(Anna).When(new NoteStart("o-1", 1, FulfilStatus.Done, [new("1", 2)]));

        Assert.Equal(PickFault.WrongTote, Wrong(list, First));
        Answered(list.When(First with { Id = "s-2", Tote = null }), PickStatus.NotThere);
        Assert.Equal("T9", Now(list).Works[0].Tote);
    }

    [Fact]
    public void A_wrong_SKU_in_the_right_bin_has_the_bin_counted()
    {
        var list = Begun().When(First with { Sku = "B" }).ThenSends(new Send(
            EntityId.Of("count", "default", "mis-slot:P:1"),
            new CountCommand.Open(new(
                "N1", ["B1"], [], CountReason.Exception, new(), [], "mis-slot: pick list P"))));
        Assert.Equal(PickFault.WrongSku, Reply(list).Fault);
    }

    [Fact]
    public void The_same_scan_again_has_the_same_answer_and_counts_once()
    {
        var list = Answered(Begun().When(First));
        Refused(list.When(First), PickListReplyStatus.AlreadyDone);
        Assert.Equal(1, Reply(list).Scan);
        Refused(list.When(First with { Units = 2 }), PickListReplyStatus.DifferentContent);

        var wrong = First with { Id = "s-2", Bin = "B2" };
        list.When(wrong);
        Refused(list.When(wrong), PickListReplyStatus.Wrong);
        Assert.Equal(PickFault.WrongBin, Reply(list).Fault);
    }

    [Fact]
    public void Units_that_are_not_there_are_sent_from_elsewhere_and_sold_no_more_and_the_bin_is_counted()
    {
        var list = Answered(Begun().When(First));
        list.When(new ReportShort("x-1", "anna", null, null)).ThenSends(
            new Send(One, new OrderCommand.MoveWork(
                "pick/P/short/1", 1, null, [new("1", 1)], "short pick", "anna", Short: true)),
            new Send(EntityId.Of("count", "default", "short:P:1"), new CountCommand.Open(new(
                "N1", ["B1"], ["A"], CountReason.Exception, new(), [], "short pick: pick list P",
                PickList: "P"))));
        Assert.Equal((1, 1, 0), (Now(list).Lines[0].Picked, Now(list).Lines[0].Short, Now(list).Lines[0].Left));

        SkuCommand.Move aside = new(
            "pick/P/aside/1", "N1", 1, StockState.Available, StockState.Quarantine, "short pick", new("B1", "L1"),
            Any: true);
        list.When(PickList.OnReply(list.Sends[0], new FulfilReply(FulfilStatus.Done, null))!)
            .ThenSends(new Send(A, aside));
        // Its order has not given them back yet.
        list.When(PickList.OnReply(list.Sends[0], new MoveReply(MoveStatus.Committed, 0, 0))!)
            .ThenSends(new Send(Self, new TrySetAside(1), Start.AddSeconds(1)));
        list.When(new TrySetAside(1)).ThenSends(new Send(A, aside));
        list.When(PickList.OnReply(list.Sends[0], new MoveReply(MoveStatus.Done, 0, 0))!).ThenSends();
        Assert.Equal(MoveStatus.Done, Now(list).Shorts[0].SetAside);
        list.When(new TrySetAside(1)).ThenNothing();
    }

    [Fact]
    public void What_was_counted_meanwhile_is_not_set_aside()
    {
        var list = Begun().When(new ReportShort("x-1", "anna", null, 1)).When(new NoteShort(1, FulfilStatus.Done))
            .When(new NoteSetAside(1, MoveStatus.Committed));
        list.When(new NoteCounted("short:P:1"));
        list.When(new TrySetAside(1)).ThenNothing().ThenSends();
    }

    [Fact]
    public void Units_that_a_SKU_gave_when_it_was_asked_once_more_are_picked()
    {
        var list = Begun().When(First).When(new NotePick(1, PickStatus.NotThere, 0));
        Assert.Equal((0, 0), (Now(list).Lines[0].Picked, Now(list).Lines[0].Asked));
        list.When(new NotePick(1, PickStatus.NothingHeld, 0)).ThenNothing();

        list.When(new NotePick(1, PickStatus.Done, 0));
        Assert.Equal((1, 0), (Now(list).Lines[0].Picked, Now(list).Lines[0].Asked));
        list.When(new NotePick(1, PickStatus.Done, 0)).ThenNothing();
    }

    [Fact]
    public void A_SKU_that_promised_them_to_others_is_asked_for_a_month_to_sell_them_no_more()
    {
        var list = Begun().When(new ReportShort("x-1", "anna", null, 1)).When(new NoteShort(1, FulfilStatus.Done));
        for (var i = 1; i < PickList.MaxTries; i++)
        {
            list.When(new NoteSetAside(1, MoveStatus.Reserved));
            Assert.Single(list.Sends);
        }

        list.When(new NoteSetAside(1, MoveStatus.Reserved)).ThenSends();
        Refused(list.When(new ReportShort("x-1", "anna", null, 1)), PickListReplyStatus.AlreadyDone);
    }

    [Fact]
    public void A_short_that_the_order_does_not_know_changes_no_stock() => Begun()
        .When(new ReportShort("x-1", "anna", null, 1)).When(new NoteShort(1, FulfilStatus.MoreThanOpen)).ThenSends();

    [Fact]
    public void More_than_is_left_cannot_be_missing_nor_what_a_scan_may_still_take()
    {
        var list = Begun();
        Refused(list.When(new ReportShort("x-1", "anna", 1, 3)), PickListReplyStatus.NothingLeft);
        Refused(list.When(new ReportShort("x-2", "anna", 9, 1)), PickListReplyStatus.UnknownLine);
        Refused(list.When(First).When(new ReportShort("x-3", "anna", 1, 1)), PickListReplyStatus.Busy);
        Refused(list.When(new Cancel("x-4", "anna", "no time")), PickListReplyStatus.Busy);
    }

    [Fact]
    public void An_order_that_may_not_be_begun_is_dropped_and_the_others_are_picked()
    {
        var list = Released().When(Anna)
            .When(new NoteStart("o-1", 1, FulfilStatus.OnHold, [new("1", 3)]))
            .When(new NoteStart("o-2", 1, FulfilStatus.Done, [new("7", 2)]));

        Assert.Equal(3, Now(list).Next!.Number);
        Assert.Equal([PickWorkState.Dropped, PickWorkState.Begun], Now(list).Works.Select(w => w.State));
        Refused(list.When(First with { Line = 1 }), PickListReplyStatus.NothingLeft);
        Answered(list.When(new Scan("s-2", "anna", null, "B3", "B", 2, null, "T2")));
        Assert.Equal(PickListStatus.Picked, Now(list).Status);
        Refused(list.When(new Scan("s-3", "anna", null, "B3", "B", 1)), PickListReplyStatus.NothingLeft);
    }

    [Fact]
    public void Units_that_were_cancelled_before_somebody_began_are_not_picked()
    {
        var list = Released().When(Anna).When(new NoteStart("o-1", 1, FulfilStatus.AlreadyDone, [new("1", 1)]));

        Assert.Equal([1, 0, 2], Now(list).Lines.Select(l => l.Units));
        list.When(new NoteStart("o-1", 1, FulfilStatus.Done, [])).ThenNothing();
        list.When(new NoteStart("o-9", 1, FulfilStatus.Done, [])).ThenNothing();
    }

    [Fact]
    public void Another_picks_on_only_if_he_says_that_he_takes_it_over()
    {
        var list = Begun();
        Refused(list.When(new TakeOn("c-2", "bert")), PickListReplyStatus.ClaimedByAnother);
        Refused(list.When(First with { By = "bert" }), PickListReplyStatus.ClaimedByAnother);
        Refused(list.When(new TakeOn("c-3", "anna")), PickListReplyStatus.AlreadyDone);
        list.When(new TakeOn("c-2", "bert", TakeOver: true)).ThenSends();
        Assert.Equal("bert", Now(list).Picker);
        Refused(list.When(First), PickListReplyStatus.ClaimedByAnother);
    }

    [Fact]
    public void A_list_that_was_given_up_is_picked_no_more()
    {
        var list = Begun().When(new Cancel("x-1", "bert", "wrong wave"));
        Assert.Equal((PickListReplyStatus.Done, PickListStatus.Cancelled), (Reply(list).Status, Now(list).Status));
        Refused(list.When(First), PickListReplyStatus.Cancelled);
        Refused(list.When(Anna with { Id = "c-2" }), PickListReplyStatus.Cancelled);
        Refused(list.When(new Cancel("x-2", "bert", "again")), PickListReplyStatus.Cancelled);
        Refused(list.When(new Cancel("x-1", "bert", "wrong wave")), PickListReplyStatus.AlreadyDone);
    }

    [Fact]
    public void It_is_released_once()
    {
        Given<PickList, PickListCommand, PickListEvent> list = new(Self, Start);
        Refused(list.When(Anna), PickListReplyStatus.UnknownList);
        list.When(new Release(Terms)).ThenHappens(new PickListEvent.PickListReleased(Terms, Start));
        Refused(list.When(new Release(Terms)), PickListReplyStatus.AlreadyDone);
        Refused(list.When(new Release(Terms with { Wave = "2" })), PickListReplyStatus.DifferentContent);
    }

    [Fact]
    public void Ten_thousand_changes_are_enough_but_for_its_end()
    {
        PickListEvent[] changes =
        [
            .. Enumerable.Range(1, PickList.MaxOperations).Select(i => new PickListEvent.PickListClaimed(
                new($"c-{i}", 0), "anna", Start)),
        ];
        Given<PickList, PickListCommand, PickListEvent> list = new(
            Self, Start, [new PickListEvent.PickListReleased(Terms, Start), .. changes]);

        Refused(list.When(new TakeOn("x", "bert", TakeOver: true)), PickListReplyStatus.TooManyChanges);
        list.When(new Cancel("y", "bert", "at last"));
        Assert.Equal(PickListReplyStatus.Done, Reply(list).Status);
    }
}
