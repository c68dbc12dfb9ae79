using Fulfillment.Intake;
using Fulfillment.Inventory;
using Fulfillment.Purchasing;
using static Fulfillment.Purchasing.TransferCommand;

namespace Fulfillment.Tests.Domain;

/// <summary>Transfers: what leaves is in transit until it arrives or is written off.</summary>
public sealed class TransferTests
{
    static readonly EntityId Self = EntityId.Of("transfer", "default", "T");

    static readonly DateTimeOffset Monday = Product.After(100_000);

    static readonly TransferTerms Terms = new("N1", "N2", [new("1", "A", 10), new("2", "B", 4)]);

    static Given<Transfer, TransferCommand, TransferEvent> Planned() =>
        new(Self, Product.Start, new TransferEvent.TransferPlanned(Terms));

    static Given<Transfer, TransferCommand, TransferEvent> Shipped() =>
        Answered(Planned().When(new Ship("s", Monday, [new("1")])));

    static Given<Transfer, TransferCommand, TransferEvent> Answered(
        Given<Transfer, TransferCommand, TransferEvent> transfer, MoveStatus status = MoveStatus.Done)
    {
        List<Send> open = [.. transfer.Sends];
        while (open.Count > 0)
        {
            var send = open[0];
            open.RemoveAt(0);
            object reply = send.Command is SkuCommand.PlanSupply ? new PlanSupplyReply(SupplyStatus.Done, [])
                : new MoveReply(status, 0, 0);
            if (Transfer.OnReply(send, reply) is not { } answer) continue;
            open.AddRange(transfer.When(answer).Sends);
        }

        return transfer;
    }

    static Carriage Now(Given<Transfer, TransferCommand, TransferEvent> transfer) =>
        Assert.IsType<TransferReply>(transfer.Ask(new Get())).Carriage!;

    static void Refused(Given<Transfer, TransferCommand, TransferEvent> transfer, TransferStatus status)
    {
        Assert.Equal(status, Assert.IsType<TransferReply>(transfer.Reply).Status);
        transfer.ThenNothing();
    }

    static Receive Count(string id, int quantity, int damaged = 0, string line = "1") =>
        new(id, [new(line, quantity, damaged, StockState.Damaged)]);

    [Fact]
    public void What_leaves_is_taken_from_the_shelf_and_expected_where_it_goes()
    {
        var transfer = Planned().When(new Ship("s", Monday, [new("1", 6)]));
        transfer.ThenSends(new Send(EntityId.Of("sku", "default", "A"), new SkuCommand.Move(
            "to/T/s/1", "N1", 6, StockState.Available, StockState.InTransit, "transfer T", Carried: true, Any: true,
            Until: Product.Start + Transfer.TakenWithin)));
        Assert.Equal(TransferState.Planned, Now(transfer).State);
        Assert.Null(transfer.Ask(new GetSettled()));
        transfer.When(new NoteMove("s/1", MoveStatus.Done)).ThenSends(new Send(
            EntityId.Of("sku", "default", "A"),
            new SkuCommand.PlanSupply("to:T:1", 1, "N2", 6, Monday, "transfer T from N1", [])));
        Answered(transfer);
        Assert.Equal((TransferState.InTransit, 6), (Now(transfer).State, Now(transfer).Line("1")!.InTransit));
        Assert.NotNull(transfer.Ask(new GetSettled()));
    }

    [Fact]
    public void A_movement_that_comes_too_late_is_asked_again_and_a_refusal_is_final()
    {
        var transfer = Planned().When(new Ship("s", Monday, [new("1", 6)]));
        transfer.At(Product.Start.AddMinutes(5)).When(new NoteMove("s/1", MoveStatus.TooLate));
        transfer.ThenSends(new Send(EntityId.Of("sku", "default", "A"), new SkuCommand.Move(
            "to/T/s/1", "N1", 6, StockState.Available, StockState.InTransit, "transfer T", Carried: true, Any: true,
            Until: Product.Start.AddMinutes(5) + Transfer.TakenWithin)));
        Assert.Null(transfer.Ask(new GetSettled()));

        transfer.When(new NoteMove("s/1", MoveStatus.BelowZero)).ThenSends();
        transfer.When(new NoteMove("s/1", MoveStatus.TooLate)).ThenNothing();
        Assert.NotNull(transfer.Ask(new GetSettled()));
    }

    [Fact]
    public void What_the_shelf_has_not_does_not_leave()
    {
        var transfer = Answered(Planned().When(new Ship("s", Monday, [])), MoveStatus.Committed);
        Assert.Equal((TransferState.Planned, 0), (Now(transfer).State, Now(transfer).Line("1")!.Shipped));
        Assert.All(Now(transfer).Moves, m => Assert.False(m.IsDone));
        Refused(transfer.When(Count("r", 1)), TransferStatus.NotShipped);
    }

    [Fact]
    public void Of_what_arrives_the_damaged_are_set_aside_and_those_too_many_are_told()
    {
        var transfer = Shipped().When(Count("r", 12, 1));
        var told = (SkuCommand.PlanSupply)Assert.Single(transfer.Sends).Command;
        Assert.Equal(
            [("to/T/r/1/good", 9, "N1"), ("to/T/r/1/damaged", 1, "N1"), ("to/T/r/1/over", 2, null)],
            told.Arrived.Select(a => (a.Id, a.Quantity, a.From)));
        Assert.Equal(0, told.Units);
        Answered(transfer);
        var line = Now(transfer).Line("1")!;
        Assert.Equal((11, 1, 2, 0), (line.Good, line.Damaged, line.Over, line.InTransit));
        Assert.Equal(TransferState.PartiallyReceived, Now(transfer).State);
        Answered(transfer.When(new Ship("t", Monday, [])).When(Count("x", 1)));
    }

    static Given<Transfer, TransferCommand, TransferEvent> ByName(params string[] serials) =>
        Answered(Planned().When(new Ship("s", Monday, [new("1", null, [.. serials])])));

    static string OnTheWay(Given<Transfer, TransferCommand, TransferEvent> transfer) =>
        string.Join(' ', Now(transfer).Line("1")!.Serials);

    static Receive Named(string id, params string[] serials) => new(id, [
        new("1", serials.Length, 0, StockState.Damaged, What: new(Serials: [.. serials]))]);

    [Fact]
    public void Units_that_leave_by_serial_arrive_by_serial()
    {
        var transfer = Planned().When(new Ship("s", Monday, [new("1", null, ["S1", "S2", "S3"])]));
        var moved = Assert.IsType<SkuCommand.Move>(Assert.Single(transfer.Sends).Command);
        Assert.Equal((3, "S1 S2 S3"), (moved.Quantity, string.Join(' ', moved.What!.Serials)));
        Assert.Equal("S1 S2 S3", OnTheWay(Answered(transfer)));

        Refused(transfer.When(Count("r", 1)), TransferStatus.SerialsMissing);
        Refused(transfer.When(Named("r", "S1", "S9")), TransferStatus.SerialNotShipped);
        Assert.Equal("S9", Assert.IsType<TransferReply>(transfer.Reply).Subject);
        Refused(transfer.When(new Receive("r", [.. Named("r", "S1").Lines, .. Named("r", "S1").Lines])),
            TransferStatus.SerialNotShipped);
        var told = (SkuCommand.PlanSupply)Assert.Single(transfer.When(Named("r", "S3", "S1")).Sends).Command;
        Assert.Equal("S3 S1", string.Join(' ', Assert.Single(told.Arrived).What!.Serials));
        Assert.Equal("S2", OnTheWay(Answered(transfer)));
        Refused(transfer.When(Named("t", "S1")), TransferStatus.SerialNotShipped);
        Answered(transfer.When(Named("t", "S2")));
        Assert.True(Now(transfer).Line("1")!.Serials.IsDefault);
        Assert.Equal(0, Now(transfer).Line("1")!.InTransit);
    }

    [Fact]
    public void As_many_units_as_serials_leave_and_each_once()
    {
        Refused(Planned().When(new Ship("s", Monday, [new("1", 3, ["S1", "S2"])])), TransferStatus.SerialsMissing);
        Refused(Planned().When(new Ship("s", Monday, [new("1", 2, ["S1", "S1"])])), TransferStatus.SerialsMissing);
        Refused(ByName("S1").When(Named("r", "S1", "S1")), TransferStatus.SerialsMissing);
        Refused(Shipped().When(Named("r", "S1")), TransferStatus.SerialNotShipped);
    }

    [Fact]
    public void Lost_units_are_named_unless_all_are()
    {
        Refused(ByName("S1", "S2").When(new WriteOff("w", [new("1", 1)], "x")), TransferStatus.SerialsMissing);
        Refused(
            ByName("S1", "S2").When(new WriteOff("w", [new("1", 1, ["S9"])], "x")), TransferStatus.SerialNotShipped);
        var one = ByName("S1", "S2").When(new WriteOff("w", [new("1", null, ["S2"])], "x"));
        Assert.Contains(one.Sends, s => s.Command is SkuCommand.Adjust { Delta: -1, What.Serials: ["S2"] });
        Assert.Equal("S1", OnTheWay(one));
        var all = ByName("S1", "S2").When(new WriteOff("w", [], "x"));
        Assert.Contains(all.Sends, s => s.Command is SkuCommand.Adjust { Delta: -2, What.Serials: ["S1", "S2"] });
        Assert.True(Now(all).Line("1")!.Serials.IsDefault);
    }

    [Fact]
    public void What_is_lost_on_the_way_is_written_off_with_a_reason()
    {
        var transfer = Answered(Shipped().When(Count("r", 7))).When(new WriteOff("w", [], "fell off the truck"));
        Assert.Contains(
            new SkuCommand.Adjust("to/T/w/1/lost", "N1", -3, "fell off the truck", StockState.InTransit, Any: true),
            transfer.Sends.Select(s => s.Command));
        Assert.Equal((3, 0), (Answered(transfer).State.Carriage!.Line("1")!.Lost, Now(transfer).Line("1")!.InTransit));
        Refused(transfer.When(new WriteOff("v", [], "again")), TransferStatus.MoreThanInTransit);
    }

    [Fact]
    public void All_there_it_is_received()
    {
        var transfer = Answered(Answered(Planned().When(new Ship("s", Monday, []))).When(new Receive("r", [
            new("1", 10, 0, StockState.Damaged), new("2", 4, 0, StockState.Damaged),
        ])));
        Assert.Equal(TransferState.Received, Now(transfer).State);
        Refused(transfer.When(new Ship("t", Monday, [])), TransferStatus.MoreThanPlanned);
    }

    [Fact]
    public void It_is_cancelled_before_anything_leaves_and_not_after()
    {
        var transfer = Planned().When(new Cancel("c", "not needed"));
        Assert.Equal(TransferState.Cancelled, Now(transfer).State);
        Refused(transfer.When(new Ship("s", Monday, [])), TransferStatus.Cancelled);
        Refused(transfer.When(new Cancel("c", "not needed")), TransferStatus.AlreadyDone);
        Refused(Shipped().When(new Cancel("c", "")), TransferStatus.AlreadyShipped);
    }

    [Fact]
    public void A_repeat_does_nothing_and_other_content_is_refused()
    {
        Refused(Planned().When(new Write(Terms)), TransferStatus.AlreadyDone);
        Refused(Planned().When(new Write(Terms with { To = "N3" })), TransferStatus.DifferentContent);
        var transfer = Shipped();
        Refused(transfer.When(new Ship("s", Monday, [new("1")])), TransferStatus.AlreadyDone);
        Refused(transfer.When(new Ship("s", Monday, [new("2")])), TransferStatus.DifferentContent);
        Refused(transfer.When(Count("r", 1, line: "9")), TransferStatus.UnknownLine);
        Refused(transfer.When(new WriteOff("w", [new("1", 11)], "x")), TransferStatus.MoreThanInTransit);
        transfer.When(new NoteMove("s/1", MoveStatus.Done)).ThenNothing();
        var none = new Given<Transfer, TransferCommand, TransferEvent>(Self, Product.Start);
        Refused(none.When(Count("r", 1)), TransferStatus.UnknownTransfer);
        Transfer full = transfer.State with
        {
            Operations = [.. Enumerable.Repeat(new Operation("x", 1), Transfer.MaxOperations)],
        };
        var refused = Transfer.Decide(full, new Cancel("y", ""), new(Self, Product.Start, 9)).Reply;
        Assert.Equal(TransferStatus.TooManyChanges, Assert.IsType<TransferReply>(refused).Status);
        Assert.Equal(TransferStatus.Done, Assert.IsType<TransferReply>(transfer.Ask(new Get())).Status);
    }
}
