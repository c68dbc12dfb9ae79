using Fulfillment.Counting;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Picking;
using static Fulfillment.Picking.PickListCommand;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain.Picking;

/// <summary>What is not in its bin is first looked for in others of the node.</summary>
public sealed class PickShortTests
{
    static readonly EntityId Self = EntityId.Of("pick-list", "default", "P"),
        A = EntityId.Of("sku", "default", "A"), One = EntityId.Of("order", "default", "o-1"),
        Roster = EntityId.Of("pick-roster", "default", "N1"), Refill = EntityId.Of("replenishments", "default", "N1");

    static Given<PickList, PickListCommand, PickListEvent> Begun(PickFace? face = null, int units = 3) =>
        new Given<PickList, PickListCommand, PickListEvent>(Self, Start, new PickListEvent.PickListReleased(new(
            "N1", PickMethod.Single, [new("o-1", 1)], [new(1, "1", "A", "B1", "L1", units, "Z", 40, face)]), Start))
        .When(new TakeOn("c-1", "anna")).When(new NoteStart("o-1", 1, FulfilStatus.Done, [new("1", units)]));

    static PickSheet Now(Given<PickList, PickListCommand, PickListEvent> list) =>
        Assert.IsType<PickListReply>(list.Ask(new Get())).Sheet!;

    static Send Count(int number = 1, string bin = "B1") => new(
        EntityId.Of("count", "default", $"short:P:{number}"),
        new CountCommand.Open(new("N1", [bin], ["A"], CountReason.Exception, new(), [], "short pick: pick list P",
            PickList: "P")));

    static SkuCommand.Move Aside(int units) => new(
        "pick/P/aside/1", "N1", units, StockState.Available, StockState.Quarantine, "short pick", new("B1", "L1"),
        Any: true);

    [Fact]
    public void Units_that_lie_in_other_bins_are_picked_there_and_the_order_keeps_its_node()
    {
        var list = Begun().When(new ReportShort(
            "x-1", "anna", null, null, "A", [new("B1", "L1", 9), new("B2", "L2", 2, "Y"), new("B3", null, 5)]))
            .ThenSends(new Send(A, Aside(3)), Count());
        Assert.Equal(
            [("B1", 0), ("B2", 2), ("B3", 1)], Now(list).Lines.Select(l => (l.Bin!, l.Left)));
        Assert.Equal((2, "Y", 40L), (Now(list).Next!.Number, Now(list).Next!.Zone, Now(list).Next!.Velocity));
        Assert.True(Now(list).IsSettled);

        list.When(new Scan("s-1", "anna", null, "B2", "A", 2, "L2", "T1"));
        list.When(PickList.OnReply(Assert.Single(list.Sends), new PickReply(PickStatus.Done, Standing.None))!);
        Assert.Equal(2, Now(list).Lines[1].Picked);
        // Nobody goes again to where some were missing.
        list.When(new ReportShort("x-2", "anna", null, null, "A", [new("B1", "L1", 9)])).ThenSends(
            new Send(One, new OrderCommand.MoveWork(
                "pick/P/short/2", 1, null, [new("1", 1)], "short pick", "anna", Short: true)),
            Count(2, "B3"),
            new Send(Roster, new RosterCommand.Free("P")));
    }

    [Fact]
    public void Only_what_lies_nowhere_else_is_sent_from_other_nodes()
    {
        var list = Begun().When(new ReportShort("x-1", "anna", null, null, "A", [new("B2", null, 1)])).ThenSends(
            new Send(One, new OrderCommand.MoveWork(
                "pick/P/short/1", 1, null, [new("1", 2)], "short pick", "anna", Short: true)), Count());
        Assert.Equal((false, 1), (Now(list).IsSettled, Now(list).Shorts[0].Elsewhere));
        list.When(new NoteShort(1, FulfilStatus.Done)).ThenSends(new Send(A, Aside(3)));
        list.When(new NoteSetAside(1, MoveStatus.Done)).ThenSends();
        // Places of other goods are nobody's business.
        Begun().When(new ReportShort("x-1", "anna", null, null, "B", [new("B2", null, 9)])).ThenSends(
            new Send(One, new OrderCommand.MoveWork(
                "pick/P/short/1", 1, null, [new("1", 3)], "short pick", "anna", Short: true)), Count(),
            new Send(Roster, new RosterCommand.Free("P")));
    }

    [Fact]
    public void Missing_units_that_others_have_are_asked_for_each_hour_until_somebody_counted_the_place()
    {
        var list = Begun().When(new ReportShort("x-1", "anna", null, 3, "A", [new("B2", null, 9)]));
        TimeSpan[] waits = [.. Enumerable.Range(0, 9).Select(_ =>
        {
            list.When(new NoteSetAside(1, MoveStatus.Committed));
            return Assert.Single(list.Sends).Due!.Value - Start;
        })];
        Assert.Equal([1, 4, 16, 64, 256, 1_024, 3_600, 3_600, 3_600], waits.Select(w => (int)w.TotalSeconds));
        // It was counted meanwhile: the book has no more there.
        list.When(new NoteSetAside(1, MoveStatus.NotThere)).ThenSends();
    }

    [Fact]
    public void Once_the_place_was_counted_nobody_is_asked_to_sell_less()
    {
        var list = Begun().When(new ReportShort("x-1", "anna", null, 3, "A", [new("B2", null, 9)]))
            .When(new NoteSetAside(1, MoveStatus.Committed));
        list.When(new NoteCounted("short:P:1")).ThenHappens(new PickListEvent.ShortCounted(1)).ThenSends();
        list.When(new NoteCounted("short:P:1")).ThenNothing();
        // What was asked before still answers, and is not asked again.
        list.When(new NoteSetAside(1, MoveStatus.Committed)).ThenSends();
        list.When(new NoteSetAside(1, MoveStatus.Done)).ThenSends();
        Assert.Equal((MoveStatus.Done, true), (Now(list).Shorts[0].SetAside, Now(list).Shorts[0].IsCounted));

        // Counted before the order answered: what was missing is in the book, or was found.
        list = Begun().When(new ReportShort("x-1", "anna", null, null)).When(new NoteCounted("short:P:1"));
        list.When(new NoteShort(1, FulfilStatus.Done)).ThenSends();
        list.When(new NoteCounted("short:P:9")).ThenNothing();
        list.When(new NoteCounted("nonsense")).ThenNothing();
    }

    [Fact]
    public void Where_the_book_has_none_in_the_place_nothing_else_of_the_node_is_kept_from_sale()
    {
        var list = Begun().When(new ReportShort("x-1", "anna", null, 3, "A", [new("B2", null, 9)]));
        Assert.Contains(Aside(3), list.Sends.Select(s => s.Command));
        list.When(PickList.OnReply(list.Sends[0], new MoveReply(MoveStatus.NotThere, 0, 0))!).ThenSends();
        list.When(new NoteSetAside(1, MoveStatus.Done)).ThenNothing();
        Assert.Equal(MoveStatus.NotThere, Now(list).Shorts[0].SetAside);
    }

    [Fact]
    public void An_order_that_has_fewer_open_is_asked_for_those()
    {
        var list = Begun().When(new ReportShort("x-1", "anna", null, 2));
        // Of three one is cancelled, one is still to be picked here: one is left to be sent from elsewhere.
        list.When(new NoteShort(1, FulfilStatus.MoreThanOpen, 2)).ThenHappens(new PickListEvent.ShortReduced(1, 1))
            .ThenSends(new Send(One, new OrderCommand.MoveWork(
                "pick/P/short-again/1", 1, null, [new("1", 1)], "short pick", "anna", Short: true)));
        var again = Assert.Single(list.Sends);
        list.When(new NoteShort(1, FulfilStatus.MoreThanOpen, 2)).ThenNothing();
        list.When(PickList.OnReply(again, new FulfilReply(FulfilStatus.Done, null))!)
            .ThenHappens(new PickListEvent.ShortAnswered(1, FulfilStatus.Done)).ThenSends(new Send(A, Aside(2)));
        Assert.True(Now(list).IsSettled);

        list = Begun().When(new ReportShort("x-1", "anna", null, 2));
        list.When(new NoteShort(1, FulfilStatus.MoreThanOpen, 1))
            .ThenHappens(new PickListEvent.ShortAnswered(1, FulfilStatus.MoreThanOpen));
    }

    [Fact]
    public void A_face_that_is_emptied_or_below_its_minimum_is_to_be_filled()
    {
        Send Open(string cause, long left) => new(Refill, new RefillCommand.Open(cause, "B1", "A", left, 12));
        var list = Begun(new(4, 12)).When(new Scan("s-1", "anna", null, "B1", "A", 1, "L1"));
        list.When(new NotePick(1, PickStatus.Done, 2, 4)).ThenSends();
        list.When(new Scan("s-2", "anna", null, "B1", "A", 1, "L1")).When(new NotePick(2, PickStatus.Done, 1, 3))
            .ThenSends(Open("scan:P:2", 3));
        list.When(new Scan("s-3", "anna", null, "B1", "A", 1, "L1")).When(new NotePick(3, PickStatus.NotThere, 1, 0))
            .ThenSends();
        list.When(new ReportShort("x-1", "anna", null, null));
        Assert.Contains(Open("short:P:1", 0), list.Sends);

        var bare = Begun(new()).When(new Scan("s-1", "anna", null, "B1", "A", 1, "L1"));
        bare.When(new NotePick(1, PickStatus.Done, 2, 1)).ThenSends();
        bare.When(new Scan("s-2", "anna", null, "B1", "A", 1, "L1")).When(new NotePick(2, PickStatus.Done, 1, 0));
        Assert.Equal(0, Assert.IsType<RefillCommand.Open>(Assert.Single(bare.Sends).Command).Max);
    }

    [Fact]
    public void The_roster_learns_of_work_that_is_dropped_and_of_the_end()
    {
        var list = new Given<PickList, PickListCommand, PickListEvent>(Self, Start, new PickListEvent.PickListReleased(
            new("N1", PickMethod.Cluster, [new("o-1", 1), new("o-2", 1)],
                [new(1, "1", "A", "B1", null, 1), new(2, "1", "A", "B1", null, 1)]), Start))
            .When(new TakeOn("c-1", "anna"));
        list.When(new NoteStart("o-1", 1, FulfilStatus.OnHold, [])).ThenSends(
            new Send(Roster, new RosterCommand.Free("P", [new("o-1", 1)])));
        list.When(new NoteStart("o-2", 1, FulfilStatus.Done, [new("1", 1)])).ThenSends();
        list.When(new Cancel("x", "anna", "no time")).ThenSends(new Send(Roster, new RosterCommand.Free("P")));
    }
}
