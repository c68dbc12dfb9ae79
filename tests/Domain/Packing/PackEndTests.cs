using System.Collections.Immutable;
using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Warehousing;
using static Fulfillment.Packing.PackCommand;
using static Fulfillment.Tests.Domain.PackJobs;

namespace Fulfillment.Tests.Domain;

/// <summary>However many changes were made, a job comes to its end: packed and shipped, or given up.</summary>
public sealed class PackEndTests
{
    static readonly GiveUp Enough = new("g-1", "anna", "B1", Seen(4));

    static readonly DiscardBox Discard = new("x-1", "anna", "B1", 1, Seen(3));

    /// <summary>With so many changes behind it.</summary>
    static PackReply Late(PackJob job, int changes, PackCommand command) => Assert.IsType<PackReply>(PackJob.Decide(
        job with { Operations = [.. Enumerable.Range(0, changes).Select(i => new Operation($"x{i}", 1))] },
        command, new(Self, Product.Start, 1)).Reply);

    [Fact]
    public void Wrong_scans_are_remembered_up_to_a_limit_of_their_own_and_stay_wrong()
    {
        var job = Opened();
        for (var i = 0; i < PackJob.MaxFaults; i++) job.When(In($"w-{i}", "C"));
        job.When(In("w-x", "C")).ThenNothing();
        Assert.Equal((PackReplyStatus.Wrong, null), (Reply(job).Status, Reply(job).Scan));
        Assert.Equal((0, BenchFault.WrongSku, "C"), (
            Reply(job).Said!.Number, Reply(job).Said!.Fault, Reply(job).Said!.Sku));
        // They take no room of those that are right.
        var full = job.State with
        {
            Operations = job.State.Operations.AddRange(
                Enumerable.Range(0, PackJob.MaxOperations - 10).Select(i => new Operation($"x{i}", 1))),
        };
        Assert.Equal(PackReplyStatus.Done, Assert.IsType<PackReply>(
            PackJob.Decide(full, In("s-1", "A"), new(Self, Product.Start, 1)).Reply).Status);
    }

    [Fact]
    public void What_brings_a_job_to_its_end_has_room_of_its_own()
    {
        const int full = PackJob.MaxOperations;
        var packed = Packed("A", 2).State;
        Assert.Equal(PackReplyStatus.TooManyChanges, Late(packed, full, In("s-9", "A")).Status);
        Assert.Equal(PackReplyStatus.TooManyChanges, Late(packed, full, Open with { Id = "o-9" }).Status);
        Assert.Equal(PackReplyStatus.Wrong, Late(packed, full, In("s-9", "C")).Status);
        var last = full + PackJob.MaxEnding - 1;
        Assert.Equal(PackReplyStatus.Done, Late(packed, last, In("s-9", "A") with { Out = true }).Status);
        Assert.Equal(PackReplyStatus.Done, Late(packed, last, Close).Status);
        Assert.Equal(PackReplyStatus.TooManyChanges, Late(packed, last + 1, Close).Status);
        Assert.Equal(PackReplyStatus.Done, Late(Opened().State, last, Discard).Status);
        Assert.Equal(PackReplyStatus.Done, Late(Opened().State, last, Enough).Status);
        var closed = Packed("A", 2).When(Close).State;
        Assert.Equal(PackReplyStatus.Done, Late(closed, last + 1, Ship).Status);
        // To go back and forth is no way to the end.
        ReopenBox reopen = new("r-1", "anna", "B1", 1, Seen(3));
        var over = Anna with { Id = "b-9", By = "bert", TakeOver = true };
        const int most = full + (PackJob.MaxEnding / 4);
        Assert.Equal(PackReplyStatus.Done, Late(closed, most - 1, reopen).Status);
        Assert.Equal(PackReplyStatus.TooManyChanges, Late(closed, most, reopen).Status);
        Assert.Equal(PackReplyStatus.Done, Late(closed, most - 1, over).Status);
        Assert.Equal(PackReplyStatus.TooManyChanges, Late(closed, most, over).Status);
    }

    [Fact]
    public void Boxes_that_were_refused_or_thrown_away_do_not_count()
    {
        var job = Begun();
        for (var i = 1; i <= PackJob.MaxBoxes; i++)
        {
            job.When(Open with { Id = $"o-{i}", Lpn = $"L{i}" }).When(
                new NoteBox(i, i % 2 == 0 ? PlateReplyStatus.DifferentContent : PlateReplyStatus.Done));
            if (i % 2 == 1) job.When(Discard with { Id = $"x-{i}", Box = i });
        }

        Assert.Equal(PackReplyStatus.Done, Reply(job.When(Open with { Id = "o-x", Lpn = "LX" })).Status);
    }

    [Fact]
    public void A_job_is_given_up_when_nothing_is_in_a_box_and_its_order_ships_as_without_a_bench()
    {
        var job = Packed("A", 2);
        Refused(job.When(Enough with { By = "bert" }), PackReplyStatus.PackedByAnother);
        Refused(job.When(Enough), PackReplyStatus.NotEmpty);
        job.When(In("s-9", "A") with { Units = 2, Out = true });
        Refused(job.When(Enough), PackReplyStatus.Busy);
        Answered(job, PickStatus.Done, 2);
        job.When(Enough);
        Assert.Equal((PackReplyStatus.Done, PackJobStatus.GivenUp), (Reply(job).Status, Now(job).Status));
        Assert.Equal(BoxState.Discarded, Now(job).Boxes[0].State);
        Assert.Equal(
            new OrderCommand.EndPacking("pack/o-1-F1/end/1", 1, job.State.Version), job.Sends[0].Command);
        Assert.Equal("L1", job.Sends[1].To.Name);
        Assert.IsType<LicensePlateCommand.Turn>(job.Sends[1].Command);
        Refused(job.When(Enough), PackReplyStatus.AlreadyDone);
        Refused(job.When(Open with { Id = "o-9" }), PackReplyStatus.GivenUp);
        Assert.Null(job.Ask(new GetSettled()));
        Refused(job.When(Anna with { Id = "b-9" }), PackReplyStatus.Busy);

        job.When(new NoteEnd(1, FulfilStatus.Done, Seen(9))).When(new NoteEnd(1, FulfilStatus.Done, Seen(9)));
        job.ThenNothing();
        var begun = job.When(Anna with { Id = "b-9", Sight = Seen(10) });
        Assert.Equal(
            new OrderCommand.StartPacking("pack/o-1-F1/begin/2", 1, job.State.Version),
            Assert.Single(begun.Sends).Command);
        job.When(new NoteBegin(2, FulfilStatus.Done, null));
        Assert.Equal(PackReplyStatus.Done, Reply(job.When(Open with { Id = "o-9", Lpn = "L9" })).Status);
        Assert.Equal(2, Now(job).Boxes[1].Number);
    }

    /// <summary>Its SKU refused the scan, and made it when the message came a second time.</summary>
    [Fact]
    public void Units_that_went_late_into_a_box_that_was_thrown_away_come_out_of_it_again()
    {
        foreach (var end in new PackCommand[] { Discard, Enough })
        {
            var job = Answered(Opened().When(In("s-1", "A") with { Units = 2, Lot = "L" }), PickStatus.OtherPicked);
            job.When(end);
            Assert.Equal(BoxState.Discarded, Now(job).Boxes[0].State);

            job.When(new NoteScan(1, PickStatus.Done, default));
            job.ThenSends(new Send(Sku("A"), new SkuCommand.UnpackUnits(
                "pack/o-1-F1/scan/2", "o-1", "N1", 2, "L1", new(Lot: "L"), [])));
            Assert.Null(job.Ask(new GetSettled()));

            Answered(job, PickStatus.Done, 2).ThenSends();
            Assert.Empty(Now(job).Boxes[0].Contents);
            Assert.Equal((0, 3), (Now(job).PackedOf("1"), Now(job).LeftOf(Now(job).Sight.Lines[0])));
            job.When(new NoteScan(1, PickStatus.Done, default)).ThenNothing();
        }
    }

    [Fact]
    public void A_shipment_that_is_refused_for_days_under_one_id_uses_up_no_changes()
    {
        var job = Packed("A", 3).When(Close).When(Ship).When(new NoteShip("ship", FulfilStatus.OnHold, null));
        var changes = job.State.Operations.Length;

        for (var i = 0; i < 20; i++)
        {
            job.When(Ship);
            Assert.Equal(BoxState.Leaving, Now(job).Boxes[0].State);
            Assert.Equal("ship", Assert.IsType<OrderCommand.Ship>(job.Sends[0].Command).Id);
            job.When(new NoteShip("ship", FulfilStatus.OnHold, null));
        }

        Assert.Equal((changes, 2), (job.State.Operations.Length, Now(job).Ships.Length));
        job.When(Ship).When(new NoteShip("ship", FulfilStatus.Done, null));
        Assert.Equal((BoxState.Shipped, 2), (Now(job).Boxes[0].State, Now(job).Boxes[0].Ship));
    }

    [Fact]
    public void A_doubt_is_decided_before_its_job_is_given_up()
    {
        var job = Opened().When(new ReportDoubt("q-1", "anna", "B1", "A", 1, "a crack", Seen(2)))
            .When(new NoteHold(1, HoldStatus.Done, 4, 10));
        Refused(job.When(Enough), PackReplyStatus.OnHold);
    }

    [Fact]
    public void Who_scans_is_told_what_it_changed_and_not_all_of_the_job()
    {
        var job = Opened();
        job.When(In("s-1", "A") with { Units = 2, Sight = null });
        Assert.Null(Reply(job).Sheet);
        var news = Reply(job).News!;
        Assert.Equal((2L, false), (news.Left, news.Settled));
        Assert.Equal(new PackLineNow(new("1", "A", 3), 0, 2, 0, 1), Assert.Single(news.Lines));
        Assert.Null(job.Ask(new GetScan(1)));
        Answered(job, PickStatus.Done);
        var answered = Assert.IsType<PackReply>(job.Ask(new GetScan(1)));
        Assert.Equal(PickStatus.Done, answered.Said!.Status);
        Assert.Equal((800L, 2), (answered.News!.Grams, Assert.Single(answered.News.Box!.Contents).Units));
        Assert.Equal(2 * 110L * 90 * 50, answered.News.Mm3);
        var other = Assert.IsType<PackReply>(job.Ask(new GetBox(1, "B"))).News!;
        Assert.Empty(other.Box!.Contents);
        Assert.Equal((800L, 2L), (other.Grams, other.Left));
        Assert.Null(Assert.IsType<PackReply>(job.Ask(new GetBox(9, "B"))).News!.Box);
        Assert.Equal(PackReplyStatus.UnknownJob, Assert.IsType<PackReply>(job.Ask(new GetScan(9))).Status);
    }

    [Fact]
    public void An_answer_to_what_an_older_state_does_not_have_changes_nothing()
    {
        var job = Packed("A", 1);
        var (scan, doubt) = (Now(job).Scans.Length + 1, Now(job).Doubts.Length + 1);
        job.When(new NoteScan(scan, PickStatus.Done, default)).ThenNothing();
        job.When(new NoteHold(doubt, HoldStatus.Done, 4, 10)).ThenNothing();
        job.When(new NoteDrop(doubt, CancelStatus.Cancelled)).ThenNothing();
        job.When(new NoteAside(doubt, MoveStatus.Done)).ThenNothing();
    }

    [Fact]
    public void Units_are_counted_by_line_in_one_walk()
    {
        var job = Packed("A", 1).When(In("s-2", "A"));
        job.When(new ReportDoubt("q-1", "anna", "B1", "A", 1, "a crack", Seen(2)));
        var (tally, need) = (Now(job).Tally(), Now(job).Sight.Lines[0]);
        Assert.Equal((1, 1, 1, 0), (
            tally.PackedOf("1"), tally.AskedOf("1"), tally.DoubtedOf("1"), tally.LeftOf(need)));
        Assert.True(tally.IsWithin(Now(job).Sight));
        Assert.False(tally.IsWithin(Seen(9, a: 1)));
    }
}
