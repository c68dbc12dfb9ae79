using System.Collections.Immutable;
using Fulfillment.Inventory;
using Fulfillment.Ordering;
using Fulfillment.Packing;
using Fulfillment.Warehousing;
using static Fulfillment.Packing.PackCommand;
using static Fulfillment.Tests.Domain.PackJobs;

namespace Fulfillment.Tests.Domain;

/// <summary>What is scanned at a bench is in its box once, and what is wrong changes nothing and says why.</summary>
public sealed class PackJobTests
{
    [Fact]
    public void A_bench_begins_once_its_order_says_so()
    {
        var job = Fresh().When(Anna)
            .ThenSends(new Send(OrderOfIt, new OrderCommand.StartPacking("pack/o-1-F1/begin/1", 1, 1)));
        Assert.Equal(PackJobStatus.Starting, Now(job).Status);
        Refused(job.When(Open), PackReplyStatus.Starting);
        Assert.Null(job.Ask(new GetSettled()));
        job.When(new NoteBegin(1, FulfilStatus.Done, Seen(2))).When(new NoteBegin(1, FulfilStatus.Done, Seen(2)));
        job.ThenNothing();
        Assert.Equal(PackJobStatus.Packing, Now(job).Status);
        Refused(job.When(Anna), PackReplyStatus.AlreadyDone);
        Refused(job.When(Anna with { By = "bert" }), PackReplyStatus.DifferentContent);
        Refused(Fresh().When(Open), PackReplyStatus.UnknownJob);
        Refused(Fresh().When(new Get()), PackReplyStatus.UnknownJob);
    }

    [Fact]
    public void An_order_that_would_not_be_begun_is_asked_again_by_who_begins_again()
    {
        var job = Fresh().When(Anna).When(new NoteBegin(1, FulfilStatus.OnHold, null));
        Assert.Equal(PackJobStatus.Dropped, Now(job).Status);
        Refused(job.When(Open), PackReplyStatus.Dropped);
        job.When(Anna with { Id = "b-2" })
            .ThenSends(new Send(OrderOfIt, new OrderCommand.StartPacking("pack/o-1-F1/begin/2", 1, 3)));
        job.When(new NoteBegin(1, FulfilStatus.OnHold, null)).ThenNothing();
    }

    [Fact]
    public void What_the_order_refused_and_began_when_it_was_asked_once_more_is_begun()
    {
        var job = Fresh().When(Anna).When(new NoteBegin(1, FulfilStatus.OnHold, null));
        job.When(new NoteBegin(1, FulfilStatus.NothingOpen, null)).ThenNothing();

        job.When(new NoteBegin(1, FulfilStatus.Done, Seen(2)));
        Assert.Equal(PackJobStatus.Packing, Now(job).Status);
        job.When(new NoteBegin(1, FulfilStatus.OnHold, null)).ThenNothing();
    }

    [Fact]
    public void What_the_order_told_before_and_what_comes_after_it_changes_nothing()
    {
        var job = Begun();
        var now = Now(job).Sight;
        job.When(new NoteOrder(now with { Version = now.Version + 2 }));
        job.When(new NoteOrder(now with { Version = now.Version + 1, IsHeld = true })).ThenNothing();
        Assert.False(Now(job).Sight.IsHeld);
    }

    [Fact]
    public void Who_lost_the_scanner_or_the_bench_is_taken_over_from()
    {
        var job = Begun();
        Refused(job.When(Open with { By = "bert" }), PackReplyStatus.PackedByAnother);
        Refused(job.When(Open with { Station = "B2" }), PackReplyStatus.OtherStation);
        Refused(job.When(Anna with { Id = "b-2", By = "bert" }), PackReplyStatus.PackedByAnother);
        Refused(job.When(Anna with { Id = "b-2", Station = "B2" }), PackReplyStatus.OtherStation);
        Refused(job.When(Anna with { Id = "b-2" }), PackReplyStatus.AlreadyDone);
        job.When(Anna with { Id = "b-3", By = "bert", Station = "B2", TakeOver = true });
        Assert.Equal(("bert", "B2"), (Now(job).Packer, Now(job).Station));
        Refused(job.When(Open), PackReplyStatus.PackedByAnother);
        Assert.Equal(PackReplyStatus.Done, Reply(job.When(Open with { By = "bert", Station = null })).Status);
    }

    [Fact]
    public void A_box_has_a_number_of_its_own_or_none_is_packed_into_it()
    {
        var job = Begun().When(Open);
        var sent = Assert.IsType<LicensePlateCommand.Register>(Assert.Single(job.Sends).Command);
        Assert.Equal(("L1", "pack/o-1-F1/box/1"), (job.Sends[0].To.Name, sent.Card.Issue));
        Assert.Equal(BoxState.Opening, Now(job).Boxes[0].State);
        Refused(job.When(In("s-1", "A")), PackReplyStatus.Opening);
        Refused(job.When(Close), PackReplyStatus.Opening);
        job.When(new NoteBox(1, PlateReplyStatus.DifferentContent));
        Assert.Equal(BoxState.Refused, Now(job).Boxes[0].State);
        Assert.Equal(BenchFault.BoxNotOpen, Wrong(job, In("s-2", "A")));
        job.When(Open with { Id = "o-2", Lpn = null }).When(new NoteBox(2, PlateReplyStatus.Done));
        Assert.Equal(("o-1-F1-B2", BoxState.Open), (Now(job).Boxes[1].Lpn, Now(job).Boxes[1].State));
        Refused(job.When(Open), PackReplyStatus.AlreadyDone);
        Refused(job.When(Open with { Lpn = "L9" }), PackReplyStatus.DifferentContent);
        job.When(new DiscardBox("d-1", "anna", "B1", 2, Seen(3)));
        Assert.Equal(BoxState.Discarded, Now(job).Boxes[1].State);
        Refused(job.When(new DiscardBox("d-2", "anna", "B1", 2, Seen(3))), PackReplyStatus.WrongState);
        Refused(job.When(new DiscardBox("d-2", "anna", "B1", 9, Seen(3))), PackReplyStatus.UnknownBox);
    }

    [Fact]
    public void Units_are_in_the_box_once_their_SKU_has_said_so_and_only_once()
    {
        var scan = In("s-1", "A") with { Units = 2, Lot = "L" };
        var job = Opened().When(scan with { Until = Product.Start, LpnStep = 3, BoxBin = "X" })
            .ThenSends(new Send(Sku("A"), new SkuCommand.PackUnits(
                "pack/o-1-F1/scan/1", "o-1", "N1", 2, "L1", new(Lot: "L"), 3, Product.Start, "X")));
        Assert.Equal((0, 2), (Now(job).PackedOf("1"), Now(job).AskedOf("1")));
        Answered(job, PickStatus.Done, new Slot("N1", StockState.Available, null, "L", "T", 2, "o-1"));
        Assert.Equal((2, 0), (Now(job).PackedOf("1"), Now(job).AskedOf("1")));
        Assert.Equal(new PackContent("A", 2, "L"), Assert.Single(Now(job).Boxes[0].Contents));
        job.When(new NoteScan(1, PickStatus.Done, default)).ThenNothing();
        job.When(scan).ThenNothing();
        Assert.Equal((PackReplyStatus.AlreadyDone, 1), (Reply(job).Status, Reply(job).Scan));
        Refused(job.When(In("s-1", "B")), PackReplyStatus.DifferentContent);
        Refused(Opened().When(scan).When(Close), PackReplyStatus.Busy);
    }

    [Fact]
    public void What_the_SKU_refuses_is_in_no_box()
    {
        var job = Opened().When(In("s-1", "A"));
        Answered(job, PickStatus.OtherPicked);
        Assert.Equal((0, PickStatus.OtherPicked), (Now(job).PackedOf("1"), Now(job).Scans[0].Status));
        Assert.Equal(3, Now(job).LeftOf(Now(job).Sight.Lines[0]));
        Answered(job, PickStatus.NotThere, 1).ThenNothing();
        // A message that was sent twice was refused, and then not: the unit is in the box.
        Answered(job, PickStatus.Done, 1);
        Assert.Equal((1, PickStatus.Done), (Now(job).PackedOf("1"), Now(job).Scans[0].Status));
        Answered(job, PickStatus.AlreadyDone, 1).ThenNothing();
    }

    [Fact]
    public void A_wrong_scan_moves_nothing_says_what_is_wrong_and_says_it_again()
    {
        var job = Opened();
        foreach (var told in (BenchFault[])
            [BenchFault.UnreadableBarcode, BenchFault.WrongCheckDigit, BenchFault.UnknownBarcode])
            Assert.Equal(told, Wrong(job, In($"w-{told}", "?!") with { Fault = told }));
        Assert.Equal(BenchFault.UnknownBox, Wrong(job, In("w-4", "A") with { Box = 2 }));
        Assert.Equal(BenchFault.WrongSku, Wrong(job, In("w-5", "C")));
        Assert.Equal(BenchFault.MoreThanLeft, Wrong(job, In("w-6", "A") with { Units = 4 }));
        Assert.Equal(BenchFault.MoreThanLeft, Wrong(job, In("w-7", "A") with { Units = 0 }));
        Assert.Equal(BenchFault.NotInBox, Wrong(job, In("w-8", "A") with { Out = true }));
        Assert.Equal(8, Now(job).Scans.Length);
        Assert.All(Now(job).Boxes, b => Assert.Empty(b.Contents));
        job.When(In("w-5", "C")).ThenNothing();
        Assert.Equal((PackReplyStatus.Wrong, 5), (Reply(job).Status, Reply(job).Scan));
    }

    [Fact]
    public void A_box_takes_only_what_fits_into_it()
    {
        Assert.Equal(BenchFault.TooLargeForBox, Wrong(Opened(Small(100, 100, 60, 9_000)), In("s-1", "A")));
        Assert.Equal(BenchFault.BoxFull, Wrong(Opened(Small(110, 100, 50, 9_000)), In("s-1", "A") with { Units = 2 }));
        Assert.Equal(BenchFault.TooHeavyForBox, Wrong(Opened(Small(300, 300, 300, 399)), In("s-1", "A")));
        Assert.Equal(BenchFault.BoxNotInsulated, Wrong(Opened(Small(300, 300, 300, 9_000)), In("s-1", "B")));
        var job = Opened(Small(110, 100, 50, 9_000)).When(In("s-1", "A"));
        Assert.Equal(BenchFault.BoxFull, Wrong(job, In("s-2", "A")));
    }

    [Fact]
    public void Units_come_out_again_and_are_left_to_be_packed()
    {
        var job = Packed("A", 2);
        job.When(In("s-9", "A") with { Out = true }).ThenSends(new Send(
            Sku("A"), new SkuCommand.UnpackUnits(
                "pack/o-1-F1/scan/2", "o-1", "N1", 1, "L1", Boxes: [])));
        Assert.Equal(BenchFault.NotInBox, Wrong(job, In("s-10", "A") with { Units = 2, Out = true }));
        Answered(job, PickStatus.Done, 2);
        Assert.Equal((1, 1), (Now(job).PackedOf("1"), Assert.Single(Now(job).Boxes[0].Contents).Units));
        // What the order has no more is not in the box any more, either.
        Answered(job.When(In("s-11", "A") with { Out = true }), PickStatus.NothingPicked);
        Assert.Empty(Now(job).Boxes[0].Contents);
    }

    [Fact]
    public void Serials_are_told_apart_in_the_box()
    {
        var job = Opened().When(In("s-1", "A") with { Units = 2, Serials = ["S1", "S2"] });
        Answered(job, PickStatus.AlreadyDone);
        Assert.Equal<IEnumerable<string>>(["S1", "S2"], Assert.Single(Now(job).Boxes[0].Contents).Serials);
        Assert.Equal(BenchFault.NotInBox, Wrong(job, In("s-2", "A") with { Serials = ["S3"], Out = true }));
        Answered(job.When(In("s-3", "A") with { Serials = ["S1"], Out = true }), PickStatus.Done,
            new Slot("N1", StockState.Available, null, "L7", null, 1, "o-1", ["S1"]));
        Assert.Equal<IEnumerable<string>>(["S2"], Assert.Single(Now(job).Boxes[0].Contents).Serials);
    }

    [Fact]
    public void A_box_is_closed_when_its_weight_is_that_of_the_goods_or_somebody_says_so()
    {
        var job = Packed("A", 2);
        Refused(job.When(Close with { Box = 2 }), PackReplyStatus.UnknownBox);
        Refused(job.When(Close with { WeightGrams = 1_200 }), PackReplyStatus.WeightImplausible);
        job.When(Close with { WeightGrams = 1_200, Confirmed = true });
        Assert.Equal((BoxState.Closed, true, 1_200), (
            Now(job).Boxes[0].State, Now(job).Boxes[0].Odd, Now(job).Boxes[0].WeighedGrams));
        Assert.Equal(BenchFault.BoxNotOpen, Wrong(job, In("s-9", "A")));
        Refused(job.When(Close with { Id = "c-9" }), PackReplyStatus.WrongState);
        job.When(new ReopenBox("r-1", "anna", null, 1, Seen(3)));
        Refused(job.When(new ReopenBox("r-2", "anna", null, 1, Seen(3))), PackReplyStatus.WrongState);
        Refused(job.When(new ReopenBox("r-2", "anna", null, 5, Seen(3))), PackReplyStatus.UnknownBox);
        job.When(Close with { Id = "c-2", WeightGrams = 940 });
        Assert.Equal((BoxState.Closed, false), (Now(job).Boxes[0].State, Now(job).Boxes[0].Odd));
        Refused(Opened().When(Close), PackReplyStatus.EmptyBox);
    }

    [Fact]
    public void An_order_is_told_when_all_of_it_is_packed_and_when_it_is_no_more()
    {
        var job = Packed("A", 3);
        Answered(job.When(In("s-2", "B") with { Box = 1 }), PickStatus.Done);
        job.When(Close);
        Assert.True(Assert.IsType<OrderCommand.NotePacked>(Assert.Single(job.Sends).Command).IsPacked);
        Assert.Equal(PackJobStatus.Packed, Now(job).Status);
        job.When(new ReopenBox("r-1", "anna", null, 1, Seen(3)));
        Assert.False(Assert.IsType<OrderCommand.NotePacked>(Assert.Single(job.Sends).Command).IsPacked);
        Assert.Equal(PackJobStatus.Packing, Now(job).Status);
    }

    [Fact]
    public void Closed_boxes_leave_whole_and_nothing_else_does()
    {
        var job = Packed("A", 3);
        Refused(job.When(Ship), PackReplyStatus.NothingPacked);
        Refused(job.When(Ship with { Lines = [new("1", 1)] }), PackReplyStatus.MoreThanPacked);
        job.When(Close);
        Refused(job.When(Ship with { Lines = [new("1", 4)] }), PackReplyStatus.MoreThanPacked);
        Refused(job.When(Ship with { Lines = [new("1", 2)] }), PackReplyStatus.NotWholeBoxes);
        Refused(job.When(Ship with { Boxes = ["L7"] }), PackReplyStatus.UnknownBox);
        job.When(Ship with { Boxes = ["L1"], Lines = [new("1", 3)] }).ThenSends(new Send(
            OrderOfIt, new OrderCommand.Ship("ship", 1, [new("1", 3)], "DHL", null, default, ["L1"])));
        Assert.Equal(BoxState.Leaving, Now(job).Boxes[0].State);
        Refused(job.When(Ship with { Id = "again" }), PackReplyStatus.NothingPacked);
        Assert.Null(job.Ask(new GetSettled()));
        job.When(new NoteShip("ship", FulfilStatus.Done, Seen(9)));
        Assert.Equal(BoxState.Shipped, Now(job).Boxes[0].State);
        Refused(job.When(new ReopenBox("r-1", "anna", null, 1, Seen(9))), PackReplyStatus.WrongState);
        Refused(job.When(Ship with { Boxes = ["L1"], Id = "more" }), PackReplyStatus.WrongState);
        Assert.Equal(PackReplyStatus.AlreadyDone, Reply(
            job.When(Ship with { Boxes = ["L1"], Lines = [new("1", 3)] })).Status);
    }

    [Fact]
    public void Boxes_that_the_order_would_not_let_go_stay_closed_and_what_it_did_not_hear_of_is_told_again()
    {
        var job = Packed("A", 3).When(Close).When(Ship);
        job.When(new NoteShip("ship", FulfilStatus.NotPicked, null));
        Assert.Equal(Product.After(1), Assert.Single(job.Sends).Due);
        job.When(new NoteShip("ship", FulfilStatus.OnHold, null));
        Assert.Equal((BoxState.Closed, FulfilStatus.OnHold), (Now(job).Boxes[0].State, Now(job).Ships[0].Status));
        job.When(Ship).When(new NoteShip("ship", FulfilStatus.OnHold, null));
        Assert.Equal(2, Now(job).Ships.Length);
        // Asked once more, for its answer was lost, the order let them go.
        Assert.Equal(BoxState.Shipped, Now(Packed("A", 3).When(Close).When(Ship)
            .When(new NoteShip("ship", FulfilStatus.OnHold, null)).When(new NoteShip("ship", FulfilStatus.Done, null)))
            .Boxes[0].State);
        job.When(Ship with { Id = "later" }).When(new NoteShip("later", FulfilStatus.Done, null));
        Assert.Equal(BoxState.Shipped, Now(job).Boxes[0].State);
    }

    [Fact]
    public void All_has_left_or_nothing_is_to_leave()
    {
        var job = Packed("A", 3);
        Answered(job.When(In("s-2", "B")), PickStatus.Done);
        job.When(Close).When(Ship).When(new NoteShip("ship", FulfilStatus.Done, null));
        Assert.Equal(PackJobStatus.Shipped, Now(job).Status);
        Assert.Equal(PackJobStatus.Cancelled, Now(Begun().When(new See(Seen(5, a: 0, b: 0)))).Status);
    }

    [Fact]
    public void Not_more_changes_and_boxes_are_made_than_may_be()
    {
        var job = Begun();
        for (var i = 0; i < PackJob.MaxBoxes; i++) job.When(Open with { Id = $"o-{i}", Lpn = $"L{i}" });
        Refused(job.When(Open with { Id = "o-x" }), PackReplyStatus.TooManyBoxes);
        var full = Opened();
        PackJob state = full.State with
        {
            Operations = [.. Enumerable.Range(0, PackJob.MaxOperations).Select(i => new Intake.Operation($"x{i}", 1))],
        };
        var reply = Assert.IsType<PackReply>(PackJob.Decide(state, In("s-1", "A"), new(Self, Product.Start, 1)).Reply);
        Assert.Equal(PackReplyStatus.TooManyChanges, reply.Status);
    }

    [Fact]
    public void What_may_not_be_put_on_the_carrier_any_more_may_be_scanned_again() =>
        Refused(Opened().When(In("s-1", "A") with { Until = Product.Start.AddSeconds(-1) }), PackReplyStatus.TooLate);

    [Fact]
    public void What_left_before_the_bench_began_is_not_packed_again()
    {
        var order = Orders.Given([
            .. Orders.Started(),
            new OrderEvent.GoodsShipped("s-1", 1, Product.Start, [], [new("1", 1)], null, null),
        ]).See();
        Assert.Equal(new("1", "A", 1), Assert.Single(PackSight.Of(order, 1)!.Lines));
        var boxed = Orders.Given([
            .. Orders.Started(),
            new OrderEvent.GoodsShipped("s-1", 1, Product.Start, [], [new("1", 1)], null, null, ["L1"]),
        ]).See();
        Assert.Equal(new("1", "A", 2), Assert.Single(PackSight.Of(boxed, 1)!.Lines));
    }
}
