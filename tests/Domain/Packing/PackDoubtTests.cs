using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using static Fulfillment.Packing.PackCommand;
using static Fulfillment.Tests.Domain.PackJobs;

namespace Fulfillment.Tests.Domain;

/// <summary>
/// Units that are doubted at the bench hold the order until somebody decides; what is cancelled comes out of the box.
/// </summary>
public sealed class PackDoubtTests
{
    static readonly ReportDoubt Crack = new("q-1", "anna", "B1", "A", 1, "a crack", Seen(2), "L7", Tote: "T1");

    static Given<PackJob, PackCommand, PackEvent> Doubted() => Opened().When(Crack)
        .When(new NoteHold(1, HoldStatus.Done, 4, 10));

    static DecideDoubt Decide(DoubtOutcome outcome) => new("d-1", "bert", 1, outcome, Seen(11, held: true, holds: [4]));

    [Fact]
    public void Nothing_is_packed_while_units_are_doubted()
    {
        var job = Opened().When(Crack);
        var hold = Assert.IsType<OrderCommand.PlaceHold>(Assert.Single(job.Sends).Command);
        Assert.Equal((HoldType.Qc, "a crack (o-1-F1, 1)", "anna"), (hold.Type, hold.Reason, hold.By));
        Refused(job.When(In("s-1", "A")), PackReplyStatus.OnHold);
        Refused(job.When(Decide(DoubtOutcome.Good)), PackReplyStatus.Busy);
        job.When(new NoteHold(1, HoldStatus.Done, 4, 10)).When(new NoteHold(1, HoldStatus.AlreadyDone, 0, 11));
        job.ThenNothing();
        Refused(job.When(Open with { Id = "o-9" }), PackReplyStatus.OnHold);
        Assert.Equal((1, 2), (Now(job).DoubtedOf("1"), Now(job).LeftOf(Now(job).Sight.Lines[0])));
        Refused(job.When(Decide(DoubtOutcome.Good) with { Doubt = 2 }), PackReplyStatus.UnknownDoubt);
        Refused(job.When(Crack with { Id = "q-2", Units = 3 }), PackReplyStatus.UnknownDoubt);
        Refused(job.When(Crack with { Id = "q-2", Sku = "C" }), PackReplyStatus.UnknownDoubt);
    }

    [Fact]
    public void A_repeated_hold_is_found_by_its_reason()
    {
        var send = Assert.Single(Opened().When(Crack).Sends);
        var order = Orders.Given([
            .. Orders.AtNode(), new OrderEvent.OrderHeld(
                "h", new(1, HoldType.Qc, "a crack (o-1-F1, 1)", "anna", Product.Start, null), [1]),
        ]).See();
        Assert.Equal(
            new NoteHold(1, HoldStatus.AlreadyDone, 1, order.Version),
            PackJob.OnReply(send, new HoldReply(HoldStatus.AlreadyDone, 0, order)));
    }

    [Fact]
    public void Good_units_are_packed_and_the_hold_is_released()
    {
        var job = Doubted().When(Decide(DoubtOutcome.Good));
        Assert.Equal(
            new OrderCommand.ReleaseHold("pack/o-1-F1/free/1", 4, "good", "bert"), Assert.Single(job.Sends).Command);
        Refused(job.When(Decide(DoubtOutcome.Good) with { Id = "d-2" }), PackReplyStatus.AlreadyDecided);
        job.When(new NoteFreed(1, HoldStatus.Done));
        Assert.True(Now(job).IsSettled);
        Assert.Equal(PackReplyStatus.Done, Reply(job.When(In("s-1", "A") with { Units = 3, Sight = Seen(12) })).Status);
    }

    [Fact]
    public void Who_releases_the_hold_of_the_order_says_that_the_units_are_good()
    {
        var job = Doubted();
        job.When(new See(Seen(9)));
        Assert.Null(Now(job).Doubts[0].Outcome);
        job.When(new See(Seen(12)));
        Assert.Equal(DoubtOutcome.Good, Now(job).Doubts[0].Outcome);
    }

    [Fact]
    public void Others_come_from_elsewhere_and_the_units_go_under_quality_control()
    {
        var job = Doubted().When(Decide(DoubtOutcome.Replace));
        Assert.Equal(
            new SkuCommand.Unpick("pack/o-1-F1/unpick/1", "o-1", "N1", 1, new(Lot: "L7", Lpn: "T1")),
            Assert.Single(job.Sends).Command);
        job.When(new NoteUnpick(1, PickStatus.NothingPicked));
        Assert.Equal("pack/o-1-F1/move/1", Assert.IsType<OrderCommand.MoveWork>(Assert.Single(job.Sends).Command).Id);
        Assert.Equal(1, Now(job).DoubtedOf("1"));
        job.When(new NoteMove(1, FulfilStatus.Done, Seen(12, a: 2, held: true, holds: [4])));
        Assert.Equal((0, 2), (Now(job).DoubtedOf("1"), Now(job).LeftOf(Now(job).Sight.Lines[0])));
        Assert.Equal(
            new SkuCommand.Move(
                "pack/o-1-F1/aside/1", "N1", 1, StockState.Available, StockState.Qc, "a crack",
                new(Lot: "L7", Lpn: "T1"), Any: true),
            job.Sends[0].Command);
        Assert.IsType<OrderCommand.ReleaseHold>(job.Sends[1].Command);
        job.When(new NoteAside(1, MoveStatus.Reserved));
        Assert.Equal(Product.After(1), Assert.Single(job.Sends).Due);
        job.When(new NoteAside(1, MoveStatus.Done)).ThenSends();
        job.When(new NoteAside(1, MoveStatus.Done)).ThenNothing();
    }

    [Fact]
    public void The_rest_is_sent_when_the_units_are_dropped()
    {
        var job = Doubted().When(Decide(DoubtOutcome.Drop)).When(new NoteUnpick(1, PickStatus.Done))
            .When(new NoteMove(1, FulfilStatus.Done, Seen(12, a: 2)));
        Assert.Equal("pack/o-1-F1/drop/1", Assert.IsType<OrderCommand.Cancel>(Assert.Single(job.Sends).Command).Id);
        job.When(new NoteDrop(1, CancelStatus.Cancelled));
        Assert.Equal(2, job.Sends.Count);
        // They are in their tote no more.
        Assert.Equal(new(Lot: "L7"), Assert.IsType<SkuCommand.Move>(job.Sends[0].Command).What);
        job.When(new NoteFreed(1, HoldStatus.Done));
        Answered(job.When(In("s-1", "A") with { Units = 2, Sight = Seen(13, a: 2) }), PickStatus.Done);
        Answered(job.When(In("s-2", "B") with { Sight = Seen(13, a: 2) }), PickStatus.Done);
        job.When(Close with { Sight = Seen(13, a: 2) });
        Assert.Equal(PackJobStatus.Packed, Now(job).Status);
    }

    [Fact]
    public void Doubted_and_cancelled_units_are_not_packed()
    {
        var job = Doubted().When(Decide(DoubtOutcome.Replace));
        Assert.Equal(BenchFault.UnitsInDoubt, Wrong(job, In("s-1", "A") with { Units = 3, Sight = Seen(12) }));
        Assert.Equal(
            BenchFault.UnitsCancelled,
            Wrong(Opened(), In("s-1", "A") with { Units = 3, Sight = Seen(5, a: 1, stopping: 2) }));
        Refused(Opened().When(In("s-1", "A") with { Sight = Seen(5, held: true) }), PackReplyStatus.OnHold);
        Refused(Opened().When(In("s-1", "A") with { Sight = Seen(5, a: 0, b: 0) }), PackReplyStatus.Cancelled);
        Refused(Opened().When(Crack with { Sight = Seen(5, a: 0, b: 0) }), PackReplyStatus.Cancelled);
    }

    [Fact]
    public void What_is_stopped_comes_out_of_its_box_and_then_the_intercept_is_answered()
    {
        var stopped = Seen(5, a: 1, stopping: 2, intercepts: 7);
        var job = Packed("A", 2);
        Refused(job.When(Close with { Sight = stopped }), PackReplyStatus.UnitsCancelled);
        Assert.DoesNotContain(job.Sends, s => s.Command is OrderCommand.AnswerIntercept);
        job.When(In("s-9", "A") with { Out = true, Sight = stopped });
        Answered(job, PickStatus.Done);
        Assert.Equal(new OrderCommand.AnswerIntercept(7, true), Assert.Single(job.Sends).Command);
        Assert.Equal(1, Now(job).PackedOf("1"));
        job.When(new See(stopped with { Version = 6 })).ThenSends();
        // Nothing of it was in a box.
        var early = Opened().When(new See(Seen(5, a: 1, stopping: 2, intercepts: 8)));
        Assert.Equal(new OrderCommand.AnswerIntercept(8, true), Assert.Single(early.Sends).Command);
    }

    [Fact]
    public void A_bench_where_nobody_scans_hears_of_a_cancellation_from_its_order()
    {
        var stopped = Seen(5, a: 0, b: 0, stopping: 3, intercepts: 7);
        var idle = Opened().When(new NoteOrder(stopped));
        Assert.Equal(new OrderCommand.AnswerIntercept(7, true), Assert.Single(idle.Sends).Command);
        Assert.Equal(PackJobStatus.Cancelled, Now(idle).Status);
        idle.When(new NoteOrder(stopped)).ThenNothing();
        Fresh().When(new NoteOrder(stopped)).ThenNothing();

        var busy = Packed("A", 2).When(new NoteOrder(stopped));
        Assert.DoesNotContain(busy.Sends, s => s.Command is OrderCommand.AnswerIntercept);
        Assert.Equal(-2, Now(busy).LeftOf(Now(busy).Sight.Lines[0]));
        Answered(busy.When(In("s-9", "A") with { Units = 2, Out = true, Sight = null }), PickStatus.Done);
        Assert.Equal(new OrderCommand.AnswerIntercept(7, true), Assert.Single(busy.Sends).Command);
        // Told before its order had answered that it begins.
        var early = Fresh().When(Anna).When(new NoteOrder(stopped));
        Assert.Empty(early.Sends);
        early.When(new NoteBegin(1, FulfilStatus.Done, Seen(4)));
        Assert.Equal(new OrderCommand.AnswerIntercept(7, true), Assert.Single(early.Sends).Command);
    }

    [Fact]
    public void A_hold_that_was_released_before_the_bench_heard_that_it_was_placed_is_over()
    {
        var job = Opened().When(Crack).When(new NoteOrder(Seen(12)));
        Assert.Null(Now(job).Doubts[0].Outcome);
        job.When(new NoteOrder(Seen(13, held: true))).When(new NoteHold(1, HoldStatus.Done, 4, 10));
        Assert.Equal(DoubtOutcome.Good, Now(job).Doubts[0].Outcome);
    }

    [Fact]
    public void Units_that_others_were_promised_are_asked_for_hourly_and_who_looks_is_told()
    {
        var job = Doubted();
        Assert.Equal(DoubtAttention.Undecided, Now(job).Doubts[0].Attention);
        job.When(Decide(DoubtOutcome.Replace)).When(new NoteUnpick(1, PickStatus.Done));
        Assert.Null(Now(job).Doubts[0].Attention);
        job.When(new NoteMove(1, FulfilStatus.Done, Seen(12, a: 2)));
        Assert.Equal(DoubtAttention.BeingSetAside, Now(job).Doubts[0].Attention);
        for (var i = 0; i < 8; i++) job.When(new NoteAside(1, MoveStatus.Committed));
        Assert.Equal(Product.After(3_600), Assert.Single(job.Sends).Due);
        Assert.Equal(DoubtAttention.PromisedToOthers, Now(job).Doubts[0].Attention);
        for (var i = 8; i < PackJob.MaxTries; i++) job.When(new NoteAside(1, MoveStatus.Reserved));
        job.ThenSends();
        Assert.Equal(DoubtAttention.NotSetAside, Now(job).Doubts[0].Attention);
        var gone = Doubted().When(Decide(DoubtOutcome.Replace)).When(new NoteUnpick(1, PickStatus.Done))
            .When(new NoteMove(1, FulfilStatus.Done, null)).When(new NoteAside(1, MoveStatus.NotThere));
        Assert.Equal(DoubtAttention.NotSetAside, Now(gone).Doubts[0].Attention);
        var done = Doubted().When(Decide(DoubtOutcome.Good));
        Assert.Null(Now(done).Doubts[0].Attention);
    }
}
