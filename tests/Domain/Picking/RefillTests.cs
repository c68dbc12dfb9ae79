using Fulfillment.Inventory;
using Fulfillment.Picking;
using static Fulfillment.Picking.RefillCommand;
using static Fulfillment.Tests.Domain.Product;

namespace Fulfillment.Tests.Domain.Picking;

/// <summary>Emptied pick faces are filled once, by scans that move units once.</summary>
public sealed class RefillTests
{
    static readonly EntityId Self = EntityId.Of("replenishments", "default", "N1");

    static readonly Open Emptied = new("scan:P:1", "F1", "A", 1, 10);

    static readonly Carry Six = new("m-1", 1, "anna", "R1", "F1", "A", 6, "L1");

    static Given<Refills, RefillCommand, RefillEvent> Opened() => new Given<Refills, RefillCommand, RefillEvent>(
        Self, Start).When(Emptied);

    static Given<Refills, RefillCommand, RefillEvent> Begun() => Opened().When(new TakeOn("c-1", 1, "anna"));

    static RefillReply Reply(Given<Refills, RefillCommand, RefillEvent> refills) =>
        Assert.IsType<RefillReply>(refills.Reply);

    static RefillTask Now(Given<Refills, RefillCommand, RefillEvent> refills, int task = 1) =>
        Assert.Single(Assert.IsType<RefillReply>(refills.Ask(new Get(task))).Tasks);

    static void Refused(Given<Refills, RefillCommand, RefillEvent> refills, RefillReplyStatus status)
    {
        Assert.Equal(status, Reply(refills).Status);
        refills.ThenNothing();
    }

    static Given<Refills, RefillCommand, RefillEvent> Answered(
        Given<Refills, RefillCommand, RefillEvent> refills, MoveStatus status) =>
        refills.When(Refills.OnReply(Assert.Single(refills.Sends), new MoveReply(status, 0, 0))!);

    [Fact]
    public void A_face_is_to_be_filled_once_however_often_it_is_emptied()
    {
        var refills = Opened().ThenHappens(new RefillEvent.FaceEmptied(
            new("scan:P:1", refillsContent()), 1, "F1", "A", 1, 9, Start));
        refills.When(Emptied).ThenNothing();
        refills.When(Emptied with { Cause = "scan:P:2", Left = 0 }).ThenNothing();
        refills.When(new Open("scan:P:3", "F2", "A", 0, 0));
        Assert.Equal([9, 0], Assert.IsType<RefillReply>(refills.Ask(new Get())).Tasks.Select(t => t.Wanted));

        static long refillsContent() => Fingerprint.Of("open", "F1", "A");
    }

    [Fact]
    public void Who_has_claimed_it_carries_units_into_the_face_and_it_is_done_when_it_is_full()
    {
        var refills = Begun().When(Six with { Until = Start }).ThenSends(new Send(
            EntityId.Of("sku", "default", "A"), new SkuCommand.Move(
                "refill/N1/2", "N1", 6, StockState.Available, StockState.Available, "replenishment",
                new("R1", "L1"), "F1", Carried: true, Until: Start)));
        Assert.Equal((RefillReplyStatus.Done, 6), (Reply(refills).Status, Now(refills).Asked));
        Assert.Null(refills.Ask(new GetSettled(1)));
        Answered(refills, MoveStatus.Done);
        Assert.Equal((6, false), (Now(refills).Moved, Now(refills).IsDone));
        Refused(refills.When(Six with { Until = Start }), RefillReplyStatus.AlreadyDone);
        Assert.Equal(MoveStatus.Done, Reply(refills).Move!.Status);
        Refused(refills.When(Six with { Units = 1 }), RefillReplyStatus.DifferentContent);

        Answered(refills.When(Six with { Id = "m-2", Units = 3 }), MoveStatus.Done);
        Assert.True(Now(refills).IsDone);
        Assert.Empty(Assert.IsType<RefillReply>(refills.Ask(new Get())).Tasks);
        Refused(refills.When(Six with { Id = "m-3", Units = 1 }), RefillReplyStatus.Closed);
        Refused(refills.When(new TakeOn("c-9", 1, "bert")), RefillReplyStatus.Closed);
        // It is emptied again, and that is another task.
        refills.When(Emptied with { Cause = "scan:P:9" });
        Assert.Equal("F1", Assert.Single(Assert.IsType<RefillReply>(refills.Ask(new Get())).Tasks).Bin);
        refills.When(Emptied).ThenNothing();
    }

    [Fact]
    public void A_scan_is_repeatable_as_long_as_its_task_is_known_however_many_changes_came_after_it()
    {
        var refills = new Given<Refills, RefillCommand, RefillEvent>(Self, Start).When(Emptied with { Max = 0 })
            .When(new TakeOn("c-1", 1, "anna"));
        Answered(refills.When(Six), MoveStatus.Done);
        for (var i = 0; i < Refills.MaxOperations; i++)
            refills.When(new TakeOn($"t-{i}", 1, i % 2 == 0 ? "bert" : "anna", TakeOver: true));
        Refused(refills.When(Six), RefillReplyStatus.AlreadyDone);
        Assert.Equal(MoveStatus.Done, Reply(refills).Move!.Status);
        Refused(refills.When(Six with { Units = 1 }), RefillReplyStatus.DifferentContent);
        Refused(refills.When(new TakeOn("m-1", 1, "bert", TakeOver: true)), RefillReplyStatus.DifferentContent);
    }

    [Fact]
    public void What_the_SKU_did_not_move_is_still_to_be_carried()
    {
        var refills = Answered(Begun().When(Six), MoveStatus.NotThere);
        Assert.Equal((0, 0, false), (Now(refills).Moved, Now(refills).Asked, Now(refills).IsDone));
        refills.When(new NoteMoved(2, MoveStatus.Reserved)).ThenNothing();
        // A message that was sent twice was refused, and then not: the units lie there.
        refills.When(new NoteMoved(2, MoveStatus.Done));
        Assert.Equal((6, 0), (Now(refills).Moved, Now(refills).Asked));
        refills.When(new NoteMoved(2, MoveStatus.AlreadyDone)).ThenNothing();
    }

    [Fact]
    public void A_wrong_scan_moves_nothing()
    {
        var refills = Begun();
        PickFault? Wrong(Carry scan)
        {
            Refused(refills.When(scan), RefillReplyStatus.Wrong);
            return Reply(refills).Fault;
        }

        Assert.Equal(PickFault.WrongBin, Wrong(Six with { To = "F2" }));
        Assert.Equal(PickFault.WrongBin, Wrong(Six with { From = "F1" }));
        Assert.Equal(PickFault.WrongSku, Wrong(Six with { Sku = "B" }));
        Assert.Equal(PickFault.WrongQuantity, Wrong(Six with { Units = 10 }));
        Assert.Equal(PickFault.WrongQuantity, Wrong(Six with { Units = 0 }));
        Refused(refills.When(Six with { Until = Start.AddSeconds(-1) }), RefillReplyStatus.TooLate);
    }

    [Fact]
    public void It_is_one_persons_until_another_takes_it_over_and_ends_when_no_more_comes()
    {
        Refused(Opened().When(Six), RefillReplyStatus.NotClaimed);
        var refills = Begun();
        Refused(refills.When(new TakeOn("c-2", 1, "bert")), RefillReplyStatus.ClaimedByAnother);
        Refused(refills.When(Six with { By = "bert" }), RefillReplyStatus.ClaimedByAnother);
        Refused(refills.When(new TakeOn("c-3", 7, "bert")), RefillReplyStatus.UnknownTask);
        refills.When(new TakeOn("c-4", 1, "bert", TakeOver: true)).When(Six with { By = "bert" });
        Refused(refills.When(new Finish("f-1", 1, "bert")), RefillReplyStatus.Busy);
        refills.When(new NoteMoved(2, MoveStatus.Done)).When(new Finish("f-1", 1, "bert"));
        Assert.Equal((RefillReplyStatus.Done, true), (Reply(refills).Status, Now(refills).IsDone));
        Refused(refills.When(new Finish("f-2", 1, "bert")), RefillReplyStatus.Closed);
    }

    [Fact]
    public void A_task_has_not_more_moves_than_it_may_and_the_oldest_that_are_done_are_forgotten()
    {
        var refills = new Given<Refills, RefillCommand, RefillEvent>(Self, Start).When(Emptied with { Max = 0 })
            .When(new TakeOn("c-1", 1, "anna"));
        for (var i = 0; i < Refills.MaxMoves; i++)
            refills.When(Six with { Id = $"m-{i}" }).When(new NoteMoved(i + 2, MoveStatus.NotThere));
        Refused(refills.When(Six with { Id = "one more" }), RefillReplyStatus.TooMany);

        refills.When(new Finish("f", 1, "anna"));
        for (var i = 0; i < Refills.MaxDone; i++)
        {
            refills.When(new Open($"scan:P:{i + 2}", "F2", "A", 0, 1));
            var task = refills.State.Last;
            refills.When(new TakeOn($"t-{i}", task, "anna")).When(new Finish($"g-{i}", task, "anna"));
        }

        Refused(refills.When(new TakeOn("late", 1, "bert")), RefillReplyStatus.UnknownTask);
        Assert.Empty(refills.State.Moves);
    }
}
